"""The running text of a report: what stands outside of page chrome, titles, tables, glossaries, notes and captions."""

import re
from collections import deque
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import Block, Blocks, Glossary, Span, Tables

_SENTENCE = 600  # characters of a lead sentence
_RUNNING = ("paragraph", "heading", "item")
_STOP = re.compile(r"[。！？!?](?:[”’」』）)]{0,2})")


class Turn(lexicon.Row):
    """Words with which a text turns away: from a `list` or a `section` to the whole (they begin a sentence or a paragraph), or
    from the `report` (they end its last paragraph)."""

    leaves: Literal["list", "section", "report"]
    pattern: str


_TURNS = {
    leaves: re.compile("|".join(row.pattern for row in lexicon.load("turns", "turn", Turn) if row.leaves == leaves))
    for leaves in ("list", "section", "report")
}


def matches(row: Turn, text: str) -> bool:
    """Whether a text turns away with these words."""
    return re.search(row.pattern, text) is not None if row.leaves == "report" else re.match(row.pattern, text) is not None


def turns(leaves: Literal["list", "section", "report"], text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, a sentence or a paragraph or the end of one, turns away from a list, a section, the report."""
    pattern = _TURNS[leaves]
    return (pattern.search if leaves == "report" else pattern.match)(text, start, end) is not None


def paragraphs(blocks: Blocks, tables: Tables, glossary: Glossary) -> list[Block]:
    """The blocks of running text in reading order. A list of projects in prose is running text as well as a table."""
    spans = [(t.start, t.end) for t in tables.tables if not t.in_prose] + list(glossary.zones)
    running = []
    left = deque(sorted(spans))
    end = 0
    for block in blocks.blocks:
        while left and left[0][0] <= block.start:
            end = max(end, left.popleft()[1])
        if block.kind in _RUNNING and block.start >= end:
            running.append(block)
    return running


def lead(text: str, start: int, end: int) -> Span:
    """The first sentence of `text[start:end]`: where it ends without its stop, and where the text behind its stop begins.

    What has no stop within 600 characters is cut there: no lead sentence is as long, and a hostile text must stay linear.
    """
    near = min(end, start + _SENTENCE)
    stop = _STOP.search(text, start, near)
    return (stop.start(), stop.end()) if stop else (near, near)
