"""The title that stands above a table."""

import re
from collections.abc import Sequence

from pipeline import markers
from pipeline.contracts import Span
from pipeline.lines import Line
from pipeline.tables import headers
from pipeline.tables.cells import serial

_LONGEST = 48  # characters
_ABOVE = 3  # lines that are looked at
_ENDS = "。；;：:，,"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年")


def title_above(text: str, lines: Sequence[Line], at: int) -> tuple[Span, ...]:
    """The lines of the title above the table that begins at a line: short, no sentence, no mark of an appendix. A line that gives
    the unit or names the first group of rows may stand between."""
    for n in range(at - 1, max(-1, at - 1 - _ABOVE), -1):
        line = lines[n]
        key = line.key(text)
        if key.startswith(("单位:", "(单位")) or (is_group(text, line) and headers.kind_of(key) is None):
            continue
        if not _is_title(text, line) or serial(key) is not None:
            return ()
        return (*name_above(text, lines, n), (line.start, line.end))
    return ()


def name_above(text: str, lines: Sequence[Line], at: int) -> tuple[Span, ...]:
    """The first line of a title of two, with the place and the year (某县2022年 above 民生实事一览表)."""
    if at == 0 or _YEAR.search(lines[at].key(text)):
        return ()
    line = lines[at - 1]
    fits = line.end - line.start <= _LONGEST // 2 and _is_title(text, line) and _YEAR.search(line.key(text)) is not None
    return ((line.start, line.end),) if fits and markers.at(text, line.start, line.end) is None else ()


def is_group(text: str, line: Line) -> bool:
    """A line between rows that names a group of them (一、教育类)."""
    marker = markers.at(text, line.start, line.end)
    short = line.end - line.start <= 30 and text[line.end - 1] not in _ENDS
    return marker is not None and marker.style in ("han-stop", "han-brackets") and marker.body < line.end and short


def _is_title(text: str, line: Line) -> bool:
    key = line.key(text)
    return len(key) <= _LONGEST and key[-1] not in _ENDS and not headers.is_mark(key)
