"""Paragraphs broken over lines or strewn with blanks, read as if they were not: views without these, and the way back.

A page that was wrapped at a screen's width says what it says unwrapped. Stages that read words work on the view; what they find is
moved back onto the one canonical text, so that every offset counts there and every quotation is what stands there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import BaseModel

from pipeline.contracts import Block, Blocks, Claim, LedgerEntry

M = TypeVar("M", bound=BaseModel)

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_GAP = "[ \u00a0\u3000]"
_WIDE = "[\u2e80-\u2fff\u3001-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uffef]"  # no digit and no letter of full width
_BLANK = re.compile(  # the gap first and then what is before it: text without a gap is passed at the speed of a search for one
    rf"{_GAP}{{1,2}}(?:(?=\S)(?:(?<={_WIDE}{_GAP})|(?<={_WIDE}{_GAP}{{2}}))|(?={_WIDE})(?:(?<=\S{_GAP})|(?<=\S{_GAP}{{2}})))"
)
_OFFSETS = {"start", "end", "body_end"}
_SPANS = {"sentence", "spans", "mentions", "marks", "zones"}


Turn = Callable[[int], int]


class Way(NamedTuple):
    """From offsets of the view to those of the canonical text: stretches by where they start in either."""

    text: str
    there: list[int]
    here: list[int]

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
    return _without(blocks, [block for block in blocks.blocks if text.find("\n", block.start, block.end) >= 0], _BREAK)


def closed(blocks: Blocks) -> tuple[Blocks, Way | None]:
    """The blocks without the blanks that some people type around every number (由 10.81 万人下降到 2.88 万人), and the way back.

    Not those between two digits or two Latin words, and no gap of three and more, which sets columns apart.
    """
    return _without(blocks, [block for block in blocks.blocks if block.kind != "chrome"], _BLANK)


def _without(blocks: Blocks, among: Sequence[Block], gap: re.Pattern[str]) -> tuple[Blocks, Way | None]:
    """The blocks, some of them without the gaps that a pattern finds in them.

    What is left out of a block is made up for by line ends behind it, so that all other blocks keep their places.
    """
    text = blocks.text
    there, here, kept = [0], [0], []
    at = 0
    for block in among:
        left_out = 0
        for match in gap.finditer(text, block.start, block.end):
            kept.append(text[at : match.start()])
            at = match.end()
            left_out += at - match.start()
            there.append(at - left_out)
            here.append(at)
        if left_out:
            kept += (text[at : block.end], "\n" * left_out)
            at = block.end
            there.append(at)
            here.append(at)
    if not kept:
        return blocks, None
    kept.append(text[at:])
    way = Way(text, there, here)
    moved = forth(blocks, way)
    return moved.model_copy(update={"text": "".join(kept)}), way


def forth(found: M, way: Way | None) -> M:
    """What was found in the text, with every offset counted in the view."""
    return found if way is None else _moved(found, way.forth, way.forth_end, None)


def back(found: M, *ways: Way | None) -> M:
    """What was found in the view, with every offset counted in the text and every quotation as it stands there.

    `ways` are those of a view of a view of …, the last made first.
    """
    taken = [way for way in ways if way is not None]
    if not taken:
        return found
    start: Turn = taken[0].start
    for way in taken[1:]:
        start = _then(start, way.start)

    def end(offset: int) -> int:  # before what was left out, not behind it
        return start(offset - 1) + 1 if offset else 0

    return _moved(found, start, end, taken[-1].text)


def _then(first: Turn, second: Turn) -> Turn:
    return lambda offset: second(first(offset))


@cache
def _turning(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that hold offsets, themselves or in their records: there are none in a value or an interval."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if name in _OFFSETS or name in _SPANS or any(_turning(inner) for inner in _models(field.annotation))
    )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type is made of."""
    if parts := get_args(annotation):
        for part in parts:
            yield from _models(part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation


def _moved(found: M, start: Turn, end: Turn, text: str | None) -> M:
    """A record with its offsets turned, and those of all records and spans in it; it quotes `text` where that is given.

    The record itself where it keeps its place, as most do.
    """
    update: dict[str, Any] = {}
    turned: Any
    for name in _turning(type(found)):
        value = getattr(found, name)
        if value is None:
            continue
        if name in _OFFSETS:
            turned = start(value) if name == "start" else end(value)
        elif name == "sentence":
            turned = (start(value[0]), end(value[1]))
        elif name in _SPANS:
            turned = tuple([(start(low), end(high)) for low, high in value])
        elif isinstance(value, tuple):
            turned = tuple([_moved(record, start, end, text) for record in value])
        else:
            turned = _moved(value, start, end, text)
        if turned != value:
            update[name] = turned
    if not update:
        return found
    if "start" in update or "end" in update:
        low, high = (update.get(name, getattr(found, name)) for name in ("start", "end"))
        update["end"] = max(low, high)  # what is empty stays empty
        if text is not None and isinstance(found, Claim | LedgerEntry):
            update["surface" if isinstance(found, Claim) else "text"] = text[low:high]
    return found.model_copy(update=update)
