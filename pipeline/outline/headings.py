"""What may be a heading: a marker of a heading's style with its title, at the start of a paragraph or counted on within it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline import markers
from pipeline.contracts import Block
from pipeline.markers import Marker
from pipeline.outline import chapters
from pipeline.outline.body import lead
from pipeline.text import squeeze

ALONE = 60
"""The longest title that stands alone on its line, in characters."""
_STYLES = frozenset((*markers.HEADINGS, *markers.EITHER))
_SHORTEST = 4  # characters of a title
_WRAPPED = 16  # characters of either half of a title on two lines
_BROKEN = re.compile(r"[，。；：！？、,;:!?]|[是的和与在]$")
_GAP = re.compile(r"(?<!\s)[ \u3000\xa0\t]+(?!\s)")  # none at a line's end, nor the indent of a title's second line
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_LEADER = re.compile(r"[….·\s-]*[0-9]*$")


class Candidate(NamedTuple):
    """What may be a heading: `[start, end)` marker and title, `body` where the text behind its stop begins."""

    style: str
    surface: str
    number: int | None
    start: int
    title: int
    end: int
    body: int
    block: int
    alone: bool


def candidates(text: str, body: Sequence[Block]) -> list[Candidate]:
    """Every marker that may make a heading, with its title, in reading order; a table of contents is none."""
    marked = [
        (n, marker)
        for n, block in enumerate(body)
        for marker in markers.opening(text, block.start, block.end, _STYLES)
        if marker.style in markers.HEADINGS or (marker.start == block.start and marker.style in markers.EITHER)
    ]
    found = (_candidate(text, body, n, marker) for n, marker in _in_sequence(text, body, marked))
    return _without_contents(text, [c for c in found if worded(text, c.title, c.end)])


def worded(text: str, start: int, end: int) -> bool:
    """Whether a title holds a word, and not only dots."""
    return _WORD.search(text, start, end) is not None


def name(text: str, c: Candidate) -> str:
    """What a heading is called, to know it again: without the page number that a table of contents gives it."""
    return c.style + _LEADER.sub("", squeeze(text[c.title : c.end]))


def _in_sequence(text: str, body: Sequence[Block], marked: Sequence[tuple[int, Marker]]) -> Iterator[tuple[int, Marker]]:
    """All that open a paragraph; of those within one, what counts on from the last of its style, or is counted on from, or
    stands directly behind the name of a chapter."""
    following: list[int | None] = []
    last: dict[str, int | None] = {}
    for _, marker in reversed(marked):
        following.append(last.get(marker.style))
        last[marker.style] = marker.number
    before: dict[str, int] = {}
    above: Marker | None = None
    for (n, marker), after in zip(marked, reversed(following), strict=True):
        number, expected = marker.number or 0, before.get(marker.style, 0) + 1
        counted = expected <= number <= expected + 1 or (number == 1 and after == 2)
        behind = number == 1 and above is not None and above.style != marker.style and _named(text, above.body, marker.start)
        if marker.start == body[n].start or counted or behind:
            yield n, marker
            before[marker.style] = number
            above = marker


def _named(text: str, start: int, end: int) -> bool:
    return start < end <= start + ALONE and lead(text, start, end)[1] >= end and chapters.named(text[start:end], "alone", "beside")


def _candidate(text: str, body: Sequence[Block], n: int, marker: Marker) -> Candidate:
    """A marker with its title: up to the full stop or the line's end; a title may stand on the next line, or run on there."""
    block, opens, title = body[n], marker.start == body[n].start, marker.body
    end, behind = lead(text, title, block.end)
    if end == block.end and opens and marker.style in markers.HEADINGS and _runs_on(text, body, n, title):
        n, block, title = n + 1, body[n + 1], title if title < block.end else body[n + 1].start
        end, behind = lead(text, block.start, block.end)
    cut = chapters.head(text, title, end) or _gap(text, title, end)
    if cut:
        end = behind = cut
    return Candidate(
        marker.style, marker.surface, marker.number, marker.start, title, end, behind, n, opens and behind >= block.end
    )


def _runs_on(text: str, body: Sequence[Block], n: int, title: int) -> bool:
    """Whether the line below belongs to a title: behind a marker alone, or a few words without any stop below a short line."""
    if n + 1 >= len(body) or markers.at(text, body[n + 1].start, body[n + 1].end):
        return False
    line, below = text[title : body[n].end], text[body[n + 1].start : body[n + 1].end]
    if not line:
        return len(below) <= ALONE
    short = len(line) <= _WRAPPED and len(below) <= _WRAPPED
    return short and not _BROKEN.search(below) and not chapters.named(line) and not chapters.named(below)


def _gap(text: str, start: int, end: int) -> int | None:
    """Where a title ends that only space divides from the text behind it: two spaces and more, or one where no title is as long."""
    for gap in _GAP.finditer(text, start + _SHORTEST, end):
        if gap.end() - gap.start() > 1 or end - start > ALONE:
            return gap.start()
    return None


def _without_contents(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates without a table of contents: lines on end, most of which come again below as headings of their own."""
    names = [name(text, c) for c in found]
    last = {name: n for n, name in enumerate(names)}
    kept: list[Candidate] = []
    run: list[int] = []
    for n, c in enumerate(found):
        run.append(n)
        if n + 1 == len(found) or not c.alone or found[n + 1].block != c.block + 1:
            again = sum(last[names[k]] > n for k in run)
            kept += [found[k] for k in run if len(run) < 3 or again * 2 < len(run) or last[names[k]] <= n]
            run = []
    return kept
