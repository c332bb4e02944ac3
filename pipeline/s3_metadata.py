"""Stage 3: what the report says of itself (title, place, year, date, meeting, speaker), each with its evidence."""

from pipeline.contracts import Blocks, Front, Metadata, Page


def read(page: Page, blocks: Blocks) -> Front:
    """The metadata that the title block, the page's own metadata and the salutation give; None where nothing gives it."""
    return Front(metadata=Metadata())
