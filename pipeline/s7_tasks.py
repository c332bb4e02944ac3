"""Stage 7: the enumerated items (一是, 第一, ——, 1.) and whether each is an achievement, a plan, a goal or a problem.

What an item is, where it ends and what its title is: gold/GUIDELINE.md, "tasks" and "Settled cases".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import markers
from pipeline.contracts import Block, Blocks, Glossary, Heading, Metadata, Outline, Tables, Task, TaskKind, Tasks
from pipeline.markers import Marker
from pipeline.outline import chapters, task_kinds
from pipeline.outline.body import lead, paragraphs, turns
from pipeline.text import identifiers, squeeze, trim

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?[”’」』）)]{0,2}")
_INTRO = 200  # characters before a list that can introduce it
_LOOSE = 3  # items that count on from some number other than 1
_BARE = 24  # characters of a sentence that only announces a list


@dataclass(slots=True)
class _Item:
    """An item while it is being found: its marker, its paragraph, the item that it stands under, and its end."""

    marker: Marker
    block: int
    parent: int | None
    end: int


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline) -> Tasks:
    """Every enumerated item of the body in reading order, with the innermost heading above it and its kind."""
    text, body = blocks.text, paragraphs(blocks, tables, glossary)
    if outline.outline:  # behind the last section stand attachments
        end = max(heading.body_end for heading in outline.outline)
        body = [block for block in body if block.start < end]
    taken = {heading.start for heading in outline.outline} | {start for start, _ in glossary.marks}
    items = _items(text, body, taken)
    _extend(text, body, items, {heading.start for heading in outline.outline})
    sections = _sections(items, outline.outline)
    titles = [_title(text, body[item.block], item) for item in items]
    kinds = _kinds(text, body, items, titles, sections, outline.outline, metadata.year)
    keys: list[str] = []
    for item, section, title in zip(items, sections, titles, strict=True):
        above = section.id if section else ""
        keys.append(f"{above if item.parent is None else keys[item.parent]}\n{squeeze(title)}")
    ids = identifiers("t", keys)
    return Tasks(
        tasks=tuple(
            Task(
                id=ids[n],
                section=section.id if (section := sections[n]) else None,
                parent=None if item.parent is None else ids[item.parent],
                marker=item.marker.surface,
                number=item.marker.number,
                title=titles[n],
                kind=kinds[n],
                start=item.marker.start,
                end=item.end,
            )
            for n, item in enumerate(items)
        )
    )


def _title(text: str, block: Block, item: _Item) -> str:
    """The lead sentence without its stop."""
    start, end = trim(text, item.marker.body, lead(text, item.marker.body, min(item.end, block.end))[0])
    return text[start:end].rstrip("，,、：:；;")


def _sections(items: Sequence[_Item], outline: Sequence[Heading]) -> list[Heading | None]:
    """The innermost heading above each item, by position."""
    starts = [heading.start for heading in outline]
    return [outline[at - 1] if (at := bisect_right(starts, item.marker.start)) else None for item in items]


# --- items --------------------------------------------------------------------------------------------------------


def _items(text: str, body: Sequence[Block], taken: set[int]) -> list[_Item]:
    """All items, nested as they stand: an item holds those of another style that stand behind it in its paragraph.

    One whose paragraph ends in a colon holds the paragraphs of another style below it.
    """
    items: list[_Item] = []
    last: dict[str, int] = {}
    above: set[str] = set()
    held: list[int] = []
    for n, block in enumerate(body):
        found = _in_paragraph(text, block, body[n + 1] if n + 1 < len(body) else None, taken, last, above)
        above = {marker.style for marker in found}
        opens = bool(found) and found[0].start == block.start
        held = _above(items, held, found[0].style) if opens else []
        stack = held
        for marker in found:
            kept = _above(items, stack, marker.style)
            for k in stack[len(kept) :]:
                items[k].end = trim(text, items[k].marker.start, marker.start)[1]
            items.append(_Item(marker, n, kept[-1] if kept else None, block.end))
            stack = [*kept, len(items) - 1]
        if found and found[-1].start > block.start:
            items[-1].end = _last_end(text, [m for m in found if m.style == found[-1].style], block.end)
        if opens and text[block.end - 1] in ":：":
            held = stack
    for item in reversed(items):
        if item.parent is not None:
            items[item.parent].end = max(items[item.parent].end, item.end)
    return items


def _extend(text: str, body: Sequence[Block], items: Sequence[_Item], headings: set[int]) -> None:
    """Items whose lead sentences are paragraphs of their own go on over the paragraphs below them, to the next item or heading.

    Only where a neighbour in the list has text below it as well: what follows a list of single sentences is not its last item's.
    """
    taken = {item.block for item in items} | {n for n, block in enumerate(body) if block.start in headings}

    def text_below(item: _Item) -> bool:
        block = body[item.block]
        alone = item.marker.start == block.start and lead(text, item.marker.body, block.end)[1] >= block.end
        return alone and item.block + 1 < len(body) and item.block + 1 not in taken

    below = [text_below(item) for item in items]
    for n, item in enumerate(items):
        beside = [k for k in (n - 1, n + 1) if 0 <= k < len(items) and items[k].marker.style == item.marker.style]
        if below[n] and any(below[k] for k in beside):
            for k in range(item.block + 1, len(body)):
                if k in taken or turns("section", text, body[k].start, body[k].end):
                    break
                item.end = body[k].end


def _above(items: Sequence[_Item], stack: list[int], style: str) -> list[int]:
    """The open items that an item of this style stands under."""
    return next((stack[:k] for k, n in enumerate(stack) if items[n].marker.style == style), stack)


def _in_paragraph(
    text: str, block: Block, following: Block | None, taken: set[int], last: dict[str, int], above: set[str]
) -> list[Marker]:
    """The markers of items in one paragraph: the one that opens it, and those within it that count on.

    `last` holds the last number of each style so far, and is carried on; `above` the styles of the paragraph above.
    """
    opened = markers.opening(text, block.start, block.end, markers.ITEMS)
    there = [m for m in opened if m.start not in taken and m.body < block.end]
    if not there:
        return []
    found: list[Marker] = []
    for style in dict.fromkeys(m.style for m in there):
        for chain in _chains([m for m in there if m.style == style], block.start, last.get(style, 0)):
            number, before = chain[-1].number, last.get(style, 0)
            counts_on = style in above and chain[0].number == before + 1 > 1
            opens = chain[0].start == block.start and style != "word"  # 首先，我代表… without 其次 opens no list
            if len(chain) > 1 or opens or counts_on or _goes_on(text, following, style, number):
                found += chain
                if number is not None:
                    last[style] = number
    return sorted(found, key=lambda m: m.start)


def _goes_on(text: str, following: Block | None, style: str, number: int | None) -> bool:
    """Whether the paragraph below opens with the next number of a style."""
    if following is None or number is None:
        return False
    after = markers.at(text, following.start, following.end)
    return after is not None and (after.style, after.number) == (style, number + 1)


def _chains(there: Sequence[Marker], opening: int, before: int) -> list[list[Marker]]:
    """Markers of one style in lists that count on: from 1, from the number before the paragraph, from its opening; 24. 25. 26. too.

    A number that is missing or stands twice breaks no list.
    """
    chains: list[list[Marker]] = []
    for m in there:
        number = chains[-1][-1].number if chains else before
        if m.start == opening or m.number == 1 or not chains:
            chains.append([m])
        elif m.number is None or (number is not None and number <= m.number <= number + 2):
            chains[-1].append(m)
    if chains and chains[0][0].start != opening and chains[0][0].number not in (None, 1, before + 1):
        loose = len(chains[0]) < _LOOSE or chains[0][0].style != "digits-stop"
        return chains[1:] if loose else chains
    return chains


def _last_end(text: str, siblings: Sequence[Marker], end: int) -> int:
    """Where the last item within a paragraph ends: before a sentence that speaks of the whole list again.

    Where each of the others is a single sentence (一是…；二是…), the last one is too.
    """
    start = siblings[-1].body
    spans = [(m.body, following.start) for m, following in pairwise(siblings)]
    single = bool(spans) and all(not text[lead(text, a, b)[1] : b].strip() for a, b in spans)
    for n, sentence in enumerate(_SENTENCE.finditer(text, start, end)):
        if n and sentence.start() < end and (single or turns("list", text, sentence.start(), end)):
            return trim(text, start, sentence.start())[1]
    return end


# --- kinds --------------------------------------------------------------------------------------------------------


def _kinds(
    text: str,
    body: Sequence[Block],
    items: Sequence[_Item],
    titles: Sequence[str],
    sections: Sequence[Heading | None],
    outline: Sequence[Heading],
    year: int | None,
) -> list[TaskKind]:
    """The kind of each item: one for a whole list."""
    times = chapters.timeline(outline, year)
    bare = {heading.start for heading in outline}
    middle = (body[0].start + body[-1].end) / 2 if body else 0
    kinds: dict[int, TaskKind] = {}
    for run in _runs(items, sections):
        first, section = items[run[0]], sections[run[0]]
        kind = task_kinds.of(
            intros=list(_intros(text, body, items, first, bare)),
            titles=[titles[n] for n in run],
            time=times[section.id] if section else None,
            aim=section is not None and task_kinds.names_aims(section.title),
            early=first.marker.start < middle,
        )
        kinds.update((n, kind) for n in run)
    return [kinds[n] for n in range(len(items))]


def _runs(items: Sequence[_Item], sections: Sequence[Heading | None]) -> list[list[int]]:
    """The lists: items of one style under one heading and one item, with no other paragraph between that breaks the count."""
    runs: list[list[int]] = []
    open_runs: dict[tuple[int | None, str], list[int]] = {}
    for n, item in enumerate(items):
        key = (item.parent, item.marker.style)
        run = open_runs.get(key)
        if run:
            before = items[run[-1]]
            same = sections[n] is sections[run[-1]]
            near = item.block - before.block <= 1 or items[n - 1].block >= item.block - 1
            counts = item.marker.number is not None and item.marker.number == (before.marker.number or 0) + 1
            if same and (counts or (near and item.marker.number != 1)):
                run.append(n)
                continue
        open_runs[key] = [n]
        runs.append(open_runs[key])
    return runs


def _intros(text: str, body: Sequence[Block], items: Sequence[_Item], first: _Item, headings: set[int]) -> Iterator[str]:
    """The sentence before a list, in its own paragraph or the one above; and the one before it, where that says next to nothing
    (主要有以下几个方面)."""
    start, end = body[first.block].start, first.marker.start
    if first.parent is not None:
        start = max(start, items[first.parent].marker.body)
    if start >= end:
        above = body[first.block - 1] if first.block else None
        if above is None or (above.start in headings and lead(text, above.start, above.end)[1] >= above.end):
            return
        start, end = above.start, above.end
    sentences = [m[0].strip() for m in _SENTENCE.finditer(text, max(start, end - _INTRO), end) if m[0].strip()]
    yield from sentences[-1:]
    if len(sentences) > 1 and len(sentences[-1]) <= _BARE:
        yield sentences[-2]
