"""Stage 4: tables, real ones and flattened ones (a cell a line, tab-separated), and livelihood projects listed in prose."""

from pipeline.contracts import Blocks, Metadata, Tables


def find(blocks: Blocks, metadata: Metadata) -> Tables:
    """All tables of the text in reading order, each with title, year, stage and the roles of its columns."""
    return Tables(tables=())
