"""Stage 6: the headings of the body, their depth and their sections.

A heading is a marker of a heading's style with a title (gold/GUIDELINE.md, "outline"). Which styles stand above which is read
from the document: where one counts on while another begins anew below it, it is the higher one. The lexicon's order of styles
decides only where the document doesn't.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import chapters, markers
from pipeline.body import lead, paragraphs
from pipeline.contracts import Block, Blocks, Glossary, Heading, Outline, Tables
from pipeline.text import identifiers, squeeze

_NUMBERED = ("part", "han-stop", "han-brackets", "han-half-bracket")
_LISTED = (
    "sign-brackets",
    "digits-stop",
    "digits-brackets",
    "digits-half-bracket",
    "circled",
)  # headings only where they stand alone
_DEPTH = {style: depth for depth, style in enumerate(("part", "", *_NUMBERED[1:], *_LISTED))}
_ALONE = 60  # characters of a title that stands alone on its line, in a style that items use too
_CHAPTER = 40  # characters of a chapter's name
_GAP = re.compile(r"[ \u3000\xa0\t]+")
_TURN = re.compile(r"(?:各位|同志们|在(?:看到|肯定|总结)|同时[，,]?我们(?:也|还)?(?:要)?(?:清醒|深刻)|我们(?:也|还)(?:要)?清醒)")


@dataclass(frozen=True, slots=True)
class _Candidate:
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


def find(blocks: Blocks, tables: Tables, glossary: Glossary) -> Outline:
    """Every heading in reading order, with its level, its parent and the end of its section; tables and glossaries hold none."""
    text, body = blocks.text, paragraphs(blocks, tables, glossary)
    found = _without_contents(text, _candidates(text, body))
    numbered = _in_sequence([c for c in found if c.style in _NUMBERED])
    listed = _standing_alone([c for c in found if c.style in _LISTED], found, len(body))
    chosen = sorted((*numbered, *listed, *_chapters(text, body, numbered)), key=lambda c: c.start)
    return Outline(outline=tuple(_headings(text, body, chosen)))


# --- what may be a heading ----------------------------------------------------------------------------------------


def _candidates(text: str, body: Sequence[Block]) -> list[_Candidate]:
    """Every marker that a heading may have, at the start of a paragraph or, in the numbered styles, behind a full stop in it."""
    found = []
    for n, block in enumerate(body):
        for marker in markers.opening(text, block.start, block.end):
            first = marker.start == block.start
            if marker.style in _NUMBERED or (first and marker.style in _LISTED):
                found.append(_candidate(text, block, n, marker))
    return found


def _candidate(text: str, block: Block, n: int, marker: markers.Marker) -> _Candidate:
    end, body = lead(text, marker.body, block.end)
    gap = _gap(text, marker.body, end)
    if gap:
        end = body = gap
    alone = marker.start == block.start and body >= block.end
    return _Candidate(marker.style, marker.surface, marker.number, marker.start, marker.body, end, body, n, alone)


def _gap(text: str, start: int, end: int) -> int | None:
    """Where a title ends that only a space divides from the text that runs on behind it."""
    if end - start <= _ALONE:
        return None
    gaps = list(_GAP.finditer(text, start, end))
    return gaps[0].start() if len(gaps) == 1 and 4 <= gaps[0].start() - start <= _ALONE else None


def _without_contents(text: str, found: list[_Candidate]) -> list[_Candidate]:
    """The candidates without a table of contents: lines on end, most of which come again below as headings of their own."""
    names = [squeeze(text[c.start : c.end]) for c in found]
    last = {name: n for n, name in enumerate(names)}
    kept: list[_Candidate] = []
    run: list[int] = []
    for n, c in enumerate(found):
        run.append(n)
        if n + 1 == len(found) or not c.alone or found[n + 1].block != c.block + 1:
            again = sum(last[names[k]] > n for k in run)
            kept += [found[k] for k in run if len(run) < 3 or again * 2 < len(run) or last[names[k]] <= n]
            run = []
    return kept


# --- which of them are ----------------------------------------------------------------------------------------------


def _in_sequence(found: Sequence[_Candidate]) -> list[_Candidate]:
    """All that open a paragraph; of those within one, what counts on from the last of its style or is counted on from."""
    kept: list[_Candidate] = []
    before: dict[str, int | None] = {}
    for n, c in enumerate(found):
        opens = n == 0 or c.block != found[n - 1].block or c.start < found[n - 1].start
        if not opens and c.number != (before.get(c.style) or 0) + 1:
            following = next((other for other in found[n + 1 :] if other.style == c.style), None)
            if c.number != 1 or following is None or following.number != 2:
                continue
        kept.append(c)
        before[c.style] = c.number
    return kept


def _standing_alone(listed: Sequence[_Candidate], found: Sequence[_Candidate], size: int) -> list[_Candidate]:
    """Of the styles that items have too, the runs that stand alone on their lines with text below."""
    opening = {c.block: c.style for c in reversed(found)}
    above = [c for c in found if c.style in _NUMBERED]

    def heads(c: _Candidate) -> bool:
        following = opening.get(c.block + 1, "text" if c.block + 1 < size else None)
        return c.alone and c.end - c.start <= _ALONE and following not in (None, c.style, *_NUMBERED)

    runs: dict[tuple[str, int], list[_Candidate]] = {}
    at = 0
    for c in listed:
        while at < len(above) and above[at].start < c.start:
            at += 1
        runs.setdefault((c.style, at), []).append(c)
    return [c for run in runs.values() if sum(map(heads, run)) * 2 > len(run) for c in run if c.alone]


def _chapters(text: str, body: Sequence[Block], numbered: Sequence[_Candidate]) -> list[_Candidate]:
    """The chapters without a number, where the numbered headings are none."""
    if any(chapters.named(text[c.title : c.end]) for c in numbered if c.style in ("part", "han-stop")):
        return []
    found = []
    for n, block in enumerate(body):
        line = text[block.start : block.end]
        short = len(line) <= _CHAPTER and not re.search("[。；，：！？,;:]$", line)
        if short and chapters.named(line) and markers.at(text, block.start, block.end) is None:
            found.append(_Candidate("", "", None, block.start, block.start, block.end, block.end, n, True))
    return found


# --- depth --------------------------------------------------------------------------------------------------------


def _order(chosen: Sequence[_Candidate]) -> dict[str, int]:
    """The styles from the highest to the deepest.

    A style stands above another where runs of the other begin below it (number 1 again) more often than its own do below that.
    """
    styles = sorted({c.style for c in chosen}, key=_DEPTH.__getitem__)
    begun: Counter[tuple[str, str]] = Counter()
    last = ""
    for c in chosen:
        if c.number == 1 and last not in ("", c.style):
            begun[last, c.style] += 1
        last = c.style
    for n in range(1, len(styles)):
        k = n
        while k and begun[styles[k], styles[k - 1]] > begun[styles[k - 1], styles[k]] + 1:
            styles[k - 1], styles[k] = styles[k], styles[k - 1]
            k -= 1
    return {style: depth for depth, style in enumerate(styles)}


def _headings(text: str, body: Sequence[Block], chosen: Sequence[_Candidate]) -> Iterable[Heading]:
    """The headings with their levels: one deeper than the heading that they stand under."""
    depth = _order(chosen)
    stack: list[int] = []
    parents: list[int | None] = []
    levels: list[int] = []
    for n, c in enumerate(chosen):
        while stack and depth[chosen[stack[-1]].style] >= depth[c.style]:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        levels.append(levels[stack[-1]] + 1 if stack else 1 + (0 if n == 0 else depth[c.style] and 0))
        stack.append(n)
    paths: list[str] = []
    for n, c in enumerate(chosen):
        parent = parents[n]
        title = squeeze(text[c.title : c.end])
        paths.append(title if parent is None else f"{paths[parent]}\n{title}")
    ids = identifiers("h", paths)
    ends = _ends(text, body, chosen, levels)
    for n, c in enumerate(chosen):
        parent = parents[n]
        yield Heading(
            id=ids[n],
            parent=None if parent is None else ids[parent],
            level=levels[n],
            marker=c.surface,
            number=c.number,
            title=text[c.title : c.end],
            start=c.start,
            end=c.end,
            body_end=ends[n],
        )


def _ends(text: str, body: Sequence[Block], chosen: Sequence[_Candidate], levels: Sequence[int]) -> list[int]:
    """Where each section ends: at the next heading of its level or higher, and below a chapter at a turn to the whole."""
    turns = [block for block in body if _TURN.match(text, block.start, block.end)]
    ends = [0] * len(chosen)
    following = [body[-1].end if body else 0] * (max(levels, default=0) + 1)
    for n in range(len(chosen) - 1, -1, -1):
        c = chosen[n]
        ends[n] = following[levels[n]]
        if levels[n] > 1:
            turn = next((block.start for block in turns if c.body <= block.start < ends[n]), ends[n])
            ends[n] = turn
        for level in range(levels[n], len(following)):
            following[level] = c.start
    return ends
