"""Stage 1: bytes -> the decoded page (media type, encoding, the page's own metadata, its parts in reading order)."""

import re

from pipeline.contracts import Page
from pipeline.errors import DocumentError
from pipeline.formats import read as read_format
from pipeline.formats.reading import Limits

_NUMERAL = re.compile("[0-9０-９]+|[一二三四五六七八九十百千万亿零〇两]+")


def read(data: bytes, name: str, limits: Limits | None = None) -> Page:
    """The page that `data` holds; `name` is the file's name, a hint to its format and nothing more.

    Raises DocumentError where no reader can read it, or where it goes past the limits of a reader or of the stages.
    """
    limits = limits or Limits()
    page = read_format(data, name, limits)
    _hold(page, name, limits)
    return page


def _hold(page: Page, name: str, limits: Limits) -> None:
    """Raises DocumentError `too-long` where the stages would take too long: no report is near to that."""
    if len(page.parts) > limits.lines:
        raise DocumentError("too-long", f"{name}: more than {limits.lines:,} lines, paragraphs and cells; no report has so many")
    characters = sum(len(part.text) for part in page.parts)
    if characters > limits.text:
        raise DocumentError("too-long", f"{name}: a text of more than {limits.text:,} characters; no report is so long")
    if characters > limits.numerals:  # so many characters at least hold so many numerals
        numerals = sum(len(_NUMERAL.findall(part.text)) for part in page.parts)
        if numerals > limits.numerals:
            raise DocumentError("too-long", f"{name}: more than {limits.numerals:,} numerals; no report has so many")
