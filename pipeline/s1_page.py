"""Stage 1: bytes -> the decoded page (media type, encoding, the page's own metadata, its parts in reading order)."""

from pipeline.contracts import Page
from pipeline.formats import read as read_format


def read(data: bytes, name: str) -> Page:
    """The page that `data` holds; `name` is the file's name, a hint to its format and nothing more.

    Raises DocumentError where no reader can read it.
    """
    return read_format(data, name)
