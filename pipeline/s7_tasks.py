"""Stage 7: the enumerated items (一是, 第一, ——, 1.) and whether each is an achievement, a plan, a goal or a problem."""

from pipeline.contracts import Blocks, Glossary, Metadata, Outline, Tables, Tasks


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline) -> Tasks:
    """Every enumerated item of the body in reading order, with its section."""
    return Tasks(tasks=())
