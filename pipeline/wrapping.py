"""Paragraphs broken over lines or strewn with blanks, read as if they were not: views without these, and the way back.

A page that was wrapped at a screen's width says what it says unwrapped. Stages that read words work on the view; what they find is
moved back onto the one canonical text, so that every offset counts there and every quotation is what stands there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel

from pipeline.contracts import Block, Blocks, Claim, LedgerEntry, Span
from pipeline.text import fold

M = TypeVar("M", bound=BaseModel)

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_GAP = "[ \u00a0\u3000]"
_WIDE = "[\u2e80-\u2fff\u3001-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef]"  # no digit and no letter of full width
_BLANK = re.compile(  # the gap first and then what is before it: text without a gap is passed at the speed of a search for one
    rf"{_GAP}{{1,2}}(?:(?=\S)(?:(?<={_WIDE}{_GAP})|(?<={_WIDE}{_GAP}{{2}}))|(?={_WIDE})(?:(?<=\S{_GAP})|(?<=\S{_GAP}{{2}})))"
)
APART = re.compile(r"(?<=[0-9０-９])[ \u00a0](?=[0-9０-９.．])")
"""A blank between digits that may be those of one numeral."""
_STREWN = re.compile(r"(?<![0-9０-９.．])[0-9０-９][0-9０-９.．]*+(?:[ \u00a0][0-9０-９.．]+)+")
_LIKEWISE = re.compile("[（(](?:以)?下同[）)]")  # stands between a word and its number: 同比（下同）增长8.2%
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_BEFORE, _BEHIND = re.compile("[，。；、（\u4e00-\u9fff][ \u00a0]?\\Z"), re.compile("[ \u00a0]?[%％‰\u4e00-\u9fff]")
_STOP = re.compile("[，。；]")
_OFFSETS = {"start", "end", "body_end"}
_SPANS = {"sentence", "spans", "mentions", "marks", "zones"}


class Way(NamedTuple):
    """From offsets of the view to those of the canonical text: stretches by where they start in either.

    `zones` are what a gap moves, from the gap to its block's end: elsewhere all offsets are the same.
    """

    text: str
    there: list[int]
    here: list[int]
    zones: list[Span]

    def forth(self, offset: int) -> int:
        """Where something that starts at an offset of the text starts in the view."""
        return self._forth(bisect_right(self.here, offset) - 1, offset)

    def forth_end(self, offset: int) -> int:
        """Where something that ends at an offset of the text ends in the view: in its block, not behind what is put there."""
        return self._forth(max(0, bisect_left(self.here, offset) - 1), offset)

    def _forth(self, n: int, offset: int) -> int:
        last = self.there[n + 1] if n + 1 < len(self.there) else offset
        return min(self.there[n] + offset - self.here[n], last)

    def start(self, offset: int) -> int:
        """Where something that starts at an offset of the view starts in the text."""
        n = bisect_right(self.there, offset) - 1
        return self.here[n] + offset - self.there[n]


def unwrapped(blocks: Blocks) -> tuple[Blocks, Way | None]:
    """The blocks without line ends inside of them, and the way back; the blocks as they are, and None, where there are none."""
    text = blocks.text
    return _without(blocks, [block for block in blocks.blocks if text.find("\n", block.start, block.end) >= 0], _breaks)


def closed(blocks: Blocks) -> tuple[Blocks, Way | None]:
    """The blocks without the blanks that some people type around every number (由 10.81 万人下降到 2.88 万人), and the way back.

    Not those between two Latin words, and no gap of three and more, which sets columns apart; between digits where they can
    only be those of one numeral. A bracket that says 下同 goes with them.
    """
    return _without(blocks, [block for block in blocks.blocks if block.kind != "chrome"], _blanks)


Gaps = Callable[[str, int, int], Iterable[Span]]
"""Finds what is left out of a block, in reading order."""


def _breaks(text: str, start: int, end: int) -> Iterable[Span]:
    return (match.span() for match in _BREAK.finditer(text, start, end))


def _blanks(text: str, start: int, end: int) -> Iterable[Span]:
    gaps = [match.span() for pattern in (_BLANK, _LIKEWISE) for match in pattern.finditer(text, start, end)]
    # In a row of a table that lost its lines, which has no stop, blanks between digits divide the cells.
    if APART.search(text, start, end) and _STOP.search(text, start, end):
        for run in _STREWN.finditer(text, start, end):
            if _one_numeral(text, run):
                gaps += [(n, n + 1) for n in range(*run.span()) if text[n].isspace()]
    return sorted(gaps)


def _one_numeral(text: str, run: re.Match[str]) -> bool:
    """Whether digits with blanks between them are one numeral (征收房屋 1 7 00 户): they make one, between words, and none of
    them is a year, or a number with a stop behind it, as items have."""
    parts = fold(run[0]).split()
    between = _BEFORE.search(text, max(0, run.start() - 2), run.start()) and _BEHIND.match(text, run.end())
    apart = any(_YEAR.fullmatch(part) or (part[-1] == "." and len(part) > 1) for part in parts)
    return bool(between and not apart and _NUMBER.fullmatch("".join(parts)))


def _without(blocks: Blocks, among: Sequence[Block], gaps: Gaps) -> tuple[Blocks, Way | None]:
    """The blocks, some of them without the gaps that are found in them.

    What is left out of a block is made up for by line ends behind it, so that all other blocks keep their places.
    """
    text = blocks.text
    there, here, zones, kept = [0], [0], [], []
    at = 0
    for block in among:
        left_out, first = 0, len(here)
        for start, end in gaps(text, block.start, block.end):
            kept.append(text[at:start])
            at = end
            left_out += end - start
            there.append(at - left_out)
            here.append(at)
        if left_out:
            kept += (text[at : block.end], "\n" * left_out)
            at = block.end
            there.append(at)
            here.append(at)
            zones.append((there[first], at))
    if not kept:
        return blocks, None
    kept.append(text[at:])
    way = Way(text, there, here, zones)
    moved = forth(blocks, way)
    return moved.model_copy(update={"text": "".join(kept)}), way


class _Turn(NamedTuple):
    """How offsets are turned: which of them at all, and how they are where something starts and where it ends."""

    moved: bytearray
    start: Callable[[int], int]
    end: Callable[[int], int]
    text: str | None
    """what records quote from then on, where it is another text"""


def forth(found: M, way: Way | None) -> M:
    """What was found in the text, with every offset counted in the view."""
    return found if way is None else _moved(found, _Turn(_moving(way), way.forth, way.forth_end, None))


def back(found: M, *ways: Way | None) -> M:
    """What was found in the view, with every offset counted in the text and every quotation as it stands there.

    `ways` are those of a view of a view of …, the last made first.
    """
    taken = [way for way in ways if way is not None]
    if not taken:
        return found

    def start(offset: int) -> int:
        for way in taken:
            offset = way.start(offset)
        return offset

    def end(offset: int) -> int:  # before what was left out, not behind it
        return start(offset - 1) + 1 if offset else 0

    return _moved(found, _Turn(_moving(*taken), start, end, taken[-1].text))


def _moving(*ways: Way) -> bytearray:
    """For each offset whether it is in a zone of one of the ways."""
    moving = bytearray(len(ways[0].text) + 1)
    for way in ways:
        for low, high in way.zones:
            moving[low : high + 1] = b"\1" * (high + 1 - low)
    return moving


@cache
def _turning(model: type[BaseModel]) -> tuple[tuple[str, Callable[[Any, _Turn], Any]], ...]:
    """The fields of a model that hold offsets, themselves or in their records, and what turns them; a value has none."""
    found = ((name, _turner(name, field.annotation)) for name, field in model.model_fields.items())
    return tuple((name, turner) for name, turner in found if turner)


def _turner(name: str, annotation: Any) -> Callable[[Any, _Turn], Any] | None:
    if name in _OFFSETS:
        return _start if name == "start" else _end
    if name in _SPANS:
        return _span if name == "sentence" else _spans
    if any(_turning(inner) for inner in _models(annotation)):
        return _records if get_origin(annotation) is tuple else _moved
    return None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type is made of."""
    if parts := get_args(annotation):
        for part in parts:
            yield from _models(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _start(offset: int, turn: _Turn) -> int:
    return turn.start(offset) if turn.moved[offset] else offset


def _end(offset: int, turn: _Turn) -> int:
    return turn.end(offset) if turn.moved[offset] else offset


def _span(span: Span, turn: _Turn) -> Span:
    start, end = span
    return (turn.start(start), turn.end(end)) if turn.moved[start] or turn.moved[end] else span


def _spans(spans: tuple[Span, ...], turn: _Turn) -> tuple[Span, ...]:
    return tuple([_span(span, turn) for span in spans])


def _records(records: tuple[M, ...], turn: _Turn) -> tuple[M, ...]:
    return tuple([_moved(record, turn) for record in records])


def _moved(found: M, turn: _Turn) -> M:
    """A record with its offsets turned, and those of all records and spans in it; itself where it keeps its place, as most do."""
    update: dict[str, Any] = {}
    for name, turned in _turning(type(found)):
        before = getattr(found, name)
        after = None if before is None else turned(before, turn)
        if after is not before and after != before:
            update[name] = after
    if not update:
        return found
    if "start" in update or "end" in update:
        low, high = (update.get(name, getattr(found, name)) for name in ("start", "end"))
        update["end"] = max(low, high)  # what is empty stays empty
        if turn.text is not None and isinstance(found, Claim | LedgerEntry):
            update["surface" if isinstance(found, Claim) else "text"] = turn.text[low:high]
    return found.model_copy(update=update)
