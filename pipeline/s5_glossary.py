"""Stage 5: the glossary (名词解释): its terms with definitions, and where the body uses them."""

from pipeline.contracts import Blocks, Glossary, Tables


def find(blocks: Blocks, tables: Tables) -> Glossary:
    """The entries of all glossaries of the text, the zones that they take up, and the note marks of the body."""
    return Glossary(glossary=())
