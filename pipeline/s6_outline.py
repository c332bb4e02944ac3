"""Stage 6: the numbered headings of the body, their depth and their sections."""

from pipeline.contracts import Blocks, Glossary, Outline, Tables


def find(blocks: Blocks, tables: Tables, glossary: Glossary) -> Outline:
    """Every heading in reading order; tables and glossaries hold none."""
    return Outline(outline=())
