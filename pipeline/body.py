"""The running text of a report: what stands outside of page chrome, titles, tables, glossaries, notes and captions."""

import re
from bisect import bisect_right

from pipeline.contracts import Block, Blocks, Glossary, Span, Tables

TURN = re.compile(r"各位|同志们|在(?:看到|肯定|总结)|同时[，,]?我们(?:也|还)?(?:要)?(?:清醒|深刻)|我们(?:也|还)(?:要)?清醒")
"""How a paragraph begins that turns from a section to the whole: it closes the section above it."""

_SENTENCE = 600
_RUNNING = ("paragraph", "heading", "item")
_STOP = re.compile(r"[。！？!?](?:[”’」』）)]{0,2})|[；;]")


def paragraphs(blocks: Blocks, tables: Tables, glossary: Glossary) -> list[Block]:
    """The blocks of running text in reading order. A list of projects in prose is running text as well as a table."""
    outside = sorted([(t.start, t.end) for t in tables.tables if not t.in_prose] + list(glossary.zones))
    starts = [start for start, _ in outside]

    def inside(at: int) -> bool:
        near = bisect_right(starts, at) - 1
        return near >= 0 and at < outside[near][1]

    return [block for block in blocks.blocks if block.kind in _RUNNING and not inside(block.start)]


def lead(text: str, start: int, end: int) -> Span:
    """The first sentence of `text[start:end]`: where it ends without its stop, and where the text behind its stop begins.

    What has no stop within 600 characters is cut there: no lead sentence is as long, and a hostile text must stay linear.
    """
    near = min(end, start + _SENTENCE)
    stop = _STOP.search(text, start, near)
    return (stop.start(), stop.end()) if stop else (near, near)
