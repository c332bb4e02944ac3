"""Stage 6: the headings of the body, their depth and their sections.

A heading is a marker of a heading's style with a title (gold/GUIDELINE.md, "outline"). Which styles stand above which is read
from the document: where one counts on while another begins anew below it, it is the higher one. The lexicon's order of styles
decides only where the document doesn't.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline import markers
from pipeline.contracts import Block, Blocks, Glossary, Heading, Outline, Tables
from pipeline.outline import chapters
from pipeline.outline.body import paragraphs, turns
from pipeline.outline.headings import ALONE, Candidate, candidates, name, worded
from pipeline.text import fold, identifiers, squeeze, trim

_BELOW = "han-stop below"  # 一、 that begins anew within a chapter 二、
_DEPTH = {style: depth for depth, style in enumerate(("", "part", "han-stop", _BELOW, *markers.HEADINGS[2:], *markers.EITHER))}
_WORDS = 160  # characters of a paragraph's end that hold the closing words
_TIME = re.compile("年|时期|届")
_HEADING = re.compile("(?i)h[1-6]$|heading|标题")  # styles of headings, in HTML and DOCX
_CHAPTER = 40  # characters of a chapter's name


def find(blocks: Blocks, tables: Tables, glossary: Glossary) -> Outline:
    """Every heading in reading order, with its level, its parent and the end of its section; tables and glossaries hold none."""
    text, body = blocks.text, paragraphs(blocks, tables, glossary)
    found = candidates(text, body)
    numbered = [c for c in found if c.style in markers.HEADINGS]
    chosen = [*numbered, *_standing_alone(found, len(body)), *_chapters(text, body, numbered)]
    chosen = _apart(text, sorted(chosen, key=lambda c: c.start))
    chosen, end = _one_report(text, body, chosen)
    return Outline(outline=tuple(_headings(text, body, _begun_anew(text, chosen), end)))


# --- which of them are ----------------------------------------------------------------------------------------------


def _standing_alone(found: Sequence[Candidate], size: int) -> list[Candidate]:
    """Of the styles that items have too, the runs that stand alone on their lines with text below."""
    listed = [c for c in found if c.style in markers.EITHER]
    opening = {c.block: c.style for c in reversed(found)}
    above = [c for c in found if c.style in markers.HEADINGS]

    def heads(c: Candidate) -> bool:
        following = opening.get(c.block + 1, "text" if c.block + 1 < size else None)
        return c.alone and c.end - c.start <= ALONE and following not in (None, c.style, *markers.HEADINGS)

    runs: dict[tuple[str, int], list[Candidate]] = {}
    at = 0
    for c in listed:
        while at < len(above) and above[at].start < c.start:
            at += 1
        runs.setdefault((c.style, at), []).append(c)
    return [c for run in runs.values() if sum(map(heads, run)) * 2 > len(run) for c in run if c.alone]


def _apart(text: str, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The headings, none with the next one in its title (`二、今年工作 （一）稳增长。`)."""
    apart: list[Candidate] = []
    following = len(text)
    for c in reversed(chosen):
        end = min(c.end, trim(text, c.title, max(c.title, following))[1])
        if worded(text, c.title, end):
            apart.append(c._replace(end=end))
            following = c.start
    return apart[::-1]


def _chapters(text: str, body: Sequence[Block], numbered: Sequence[Candidate]) -> list[Candidate]:
    """The chapters without a number, where the numbered headings are none."""
    if any(_is_chapter(text, c) and c.style in ("part", "han-stop") and (c.number or 0) <= 2 for c in numbered):
        return []
    lines = {n: text[b.start : b.end] for n, b in enumerate(body) if _line(text, b) and _has_text(text, body, n)}
    sure = [n for n, line in lines.items() if chapters.named(line)]
    timed = [n for n in sure if _TIME.search(lines[n])]
    if len(timed) > 1:  # beside 2022年工作回顾 and 2023年工作安排 the line 主要目标 is no chapter
        sure = timed
    shapes = {_colon(lines[n]) for n in sure} - {-1}
    styles = {style for n in sure if (style := body[n].style) and _HEADING.match(style)}
    beside = [
        n
        for n, line in lines.items()
        if sure and (chapters.named(line, "beside") or _colon(line) in shapes or body[n].style in styles)
    ]
    spans = [(n, body[n].start, body[n].end) for n in sorted({*sure, *beside})]
    return [Candidate("", "", None, start, start, end, end, n, True) for n, start, end in spans]


def _is_chapter(text: str, c: Candidate) -> bool:
    return c.end - c.title < _CHAPTER and chapters.named(text[c.title : c.end])


def _colon(line: str) -> int:
    """Where `站在新起点：2012年工作回顾` has its colon: its sisters have theirs at the same place."""
    return fold(line).find(":")


def _line(text: str, block: Block) -> bool:
    """Whether a block is a short line without a marker, a comma or a stop; `站在新起点：2012年工作回顾` is one."""
    return (
        block.end - block.start <= _CHAPTER
        and not re.search("[。；，！？,;!?]|[：:]$", text[block.start : block.end])
        and markers.at(text, block.start, block.end) is None
    )


def _has_text(text: str, body: Sequence[Block], n: int) -> bool:
    """Whether running text follows a line within a few paragraphs (a navigation list has none)."""
    return any(block.end - block.start > _CHAPTER for block in body[n + 1 : n + 6])


# --- where the report ends, and what begins anew within it --------------------------------------------------------------


def _one_report(text: str, body: Sequence[Block], chosen: list[Candidate]) -> tuple[list[Candidate], int]:
    """The headings of the report itself and where it ends.

    A page can hold the report twice, or its beginning as a summary: the part with more headings is the report. What follows
    the closing words, with no heading that counts on, is an attachment.
    """
    end = body[-1].end if body else 0
    names = [name(text, c) for c in chosen]
    again = next((n for n in range(1, len(chosen)) if names[n] == names[0]), None)
    if again is not None:
        if again < len(chosen) - again:
            chosen = chosen[again:]
        else:
            chosen, end = chosen[:again], chosen[again].start
    starts = [c.start for c in chosen]
    top = min((c.style for c in chosen), key=_DEPTH.__getitem__, default="")
    words = [b for b in body if b.end <= end and turns("report", text, max(b.start, b.end - _WORDS), b.end)]
    for block in words:
        n = bisect_left(starts, block.end)
        anew = 0 < n < len(chosen) and chosen[n].style == top != "" and chosen[n].number == 1
        if anew and text[block.end - 1] in "！!":
            return chosen[:n], block.end
    if words and chosen and words[-1].start > chosen[-1].start:
        end = words[-1].end
    return chosen, end


def _begun_anew(text: str, chosen: Sequence[Candidate]) -> list[Candidate]:
    """The headings, 一、 told apart where it counts the chapters and begins anew within one."""
    told: list[Candidate] = []
    outer = inner = 0
    named = False
    for c in chosen:
        if c.style in ("", "part"):
            outer = inner = 0
        if c.style == "han-stop" and c.number is not None:
            chapter = _is_chapter(text, c)
            below = named and not chapter and (c.number == inner + 1 if inner else c.number == 1 and outer > 1)
            if below:
                inner = c.number
                told.append(c._replace(style=_BELOW))
                continue
            outer, inner, named = c.number, 0, named or chapter
        told.append(c)
    return told


# --- depth --------------------------------------------------------------------------------------------------------


def _order(chosen: Sequence[Candidate]) -> dict[str, int]:
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


def _parents(chosen: Sequence[Candidate]) -> list[int | None]:
    """For each heading the one that it stands under, by its place in the list."""
    depth = _order(chosen)
    stack: list[int] = []
    parents: list[int | None] = []
    for n, c in enumerate(chosen):
        while stack and depth[chosen[stack[-1]].style] >= depth[c.style]:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(n)
    return parents


def _levels(chosen: Sequence[Candidate], parents: Sequence[int | None]) -> list[int]:
    """One deeper than the heading above; where the chapter's heading is missing, as deep as the style stands elsewhere."""
    usual: dict[str, int] = {}
    levels: list[int] = []
    for known in (False, True):
        levels = []
        for c, parent in zip(chosen, parents, strict=True):
            levels.append(levels[parent] + 1 if parent is not None else usual.get(c.style, 1) if known else 1)
        usual = {c.style: level for c, parent, level in zip(chosen, parents, levels, strict=True) if parent is not None}
    return levels


def _headings(text: str, body: Sequence[Block], chosen: Sequence[Candidate], end: int) -> Iterable[Heading]:
    """The headings with level, parent and the end of the section."""
    parents = _parents(chosen)
    levels = _levels(chosen, parents)
    paths: list[str] = []
    for c, above in zip(chosen, parents, strict=True):
        title = squeeze(text[c.title : c.end])
        paths.append(title if above is None else f"{paths[above]}\n{title}")
    ids = identifiers("h", paths)
    ends = _ends(text, body, chosen, levels, end)
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


def _ends(text: str, body: Sequence[Block], chosen: Sequence[Candidate], levels: Sequence[int], end: int) -> list[int]:
    """Where each section ends: at the next heading of its level or higher, and below a chapter at a turn to the whole that no
    heading of the section follows."""
    away = [block.start for block in body if turns("section", text, block.start, block.end)]
    ends = [end] * len(chosen)
    following = [len(chosen)] * (max(levels, default=0) + 1)  # the next heading of each level or higher
    for n in range(len(chosen) - 1, -1, -1):
        after = following[levels[n]]
        ends[n] = chosen[after].start if after < len(chosen) else end
        if levels[n] > 1:
            at = bisect_left(away, chosen[after - 1].body)
            if at < len(away):
                ends[n] = min(ends[n], away[at])
        following[levels[n] :] = [n] * (len(following) - levels[n])
    return ends
