"""Paragraphs broken over lines, read as if they stood on one: a view without the line ends inside of blocks, and the way back.

A page that was wrapped at a screen's width says what it says unwrapped. Stages that read words work on the view; what they find is
moved back onto the one canonical text, so that every offset counts there and every quotation is what stands there.
"""

import re
from bisect import bisect_right
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from pipeline.contracts import Blocks, Claim, LedgerEntry

M = TypeVar("M", bound=BaseModel)

_BREAK = re.compile(r"[^\S\n]*\n\s*")
_OFFSETS = {"start", "end", "body_end"}


class Way(NamedTuple):
    """From offsets of the view to those of the canonical text: stretches by where they start in either."""

    text: str
    there: list[int]
    here: list[int]

    def start(self, offset: int) -> int:
        """Where something that starts at an offset of the view starts in the text."""
        n = bisect_right(self.there, offset) - 1
        return self.here[n] + offset - self.there[n]

    def end(self, offset: int) -> int:
        """Where something that ends at an offset of the view ends in the text: before a line end, not behind it."""
        return self.start(offset - 1) + 1 if offset else 0


def unwrapped(blocks: Blocks) -> tuple[Blocks, Way | None]:
    """The blocks without line ends inside of them, and the way back; the blocks as they are, and None, where there are none."""
    text = blocks.text
    cuts = [
        (match.start(), match.end())
        for block in blocks.blocks
        if text.find("\n", block.start, block.end) >= 0
        for match in _BREAK.finditer(text, block.start, block.end)
    ]
    if not cuts:
        return blocks, None
    there, here, kept = [0], [0], []
    at = 0
    for start, end in cuts:
        kept.append(text[at:start])
        at = end
        there.append(there[-1] + len(kept[-1]))
        here.append(end)
    kept.append(text[at:])
    view = "".join(kept)
    lost, n, moved = 0, 0, []
    for block in blocks.blocks:
        start = block.start - lost
        while n < len(cuts) and cuts[n][0] < block.end:
            lost += here[n + 1] - cuts[n][0]
            n += 1
        moved.append(block.model_copy(update={"start": start, "end": block.end - lost}))
    return blocks.model_copy(update={"text": view, "blocks": tuple(moved)}), Way(text, there, here)


def back(found: M, way: Way | None) -> M:
    """What was found in the view, with every offset counted in the canonical text and every quotation as it stands there."""
    return found if way is None else _moved(found, way)


def _moved(found: M, way: Way) -> M:
    update: dict[str, Any] = {}
    for name in type(found).model_fields:
        value = getattr(found, name)
        if name in _OFFSETS and isinstance(value, int):
            update[name] = way.start(value) if name == "start" else way.end(value)
        elif isinstance(value, BaseModel):
            update[name] = _moved(value, way)
        elif isinstance(value, tuple) and value:
            update[name] = _span(value, way) if _is_span(name, value) else tuple(_item(item, way) for item in value)
    if "start" in update and update["end"] < update["start"]:
        update["end"] = update["start"]  # what is empty stays empty
    if isinstance(found, Claim | LedgerEntry):
        update["surface" if isinstance(found, Claim) else "text"] = way.text[update["start"] : update["end"]]
    return found.model_copy(update=update)


def _item(item: Any, way: Way) -> Any:
    if isinstance(item, BaseModel):
        return _moved(item, way)
    return _span(item, way) if isinstance(item, tuple) else item


def _is_span(name: str, value: tuple[Any, ...]) -> bool:
    return name == "sentence" and isinstance(value[0], int)


def _span(span: tuple[int, int], way: Way) -> tuple[int, int]:
    start = way.start(span[0])
    return start, max(start, way.end(span[1]))
