"""Glyphs on pages -> lines, paragraphs, table cells and page furniture; what PDF and OFD have in common.

A page holds glyphs at places and lines drawn; that a line goes on in the next, that a number stands at the foot of every page,
that a table runs on overleaf, is nowhere said and is read here from the places, as a reader's eye does it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pipeline.contracts import Part
from pipeline.formats import columns
from pipeline.formats.lines import CLOSERS, QUOTES, Glyph, Line, joined, lines, pieces, rows
from pipeline.formats.paged_tables import Drawn, PagedTable
from pipeline.formats.ruling import Box, Rule, grids
from pipeline.text import squeeze

_ENDERS = "。！？；：!?;:"
_NUMBER_ALONE = re.compile(r"[-—–─－·\s第]{0,6}[0-9]{1,4}(?:[/／共]\s?[0-9]{1,4})?[-—–─－·\s页]{0,6}")
_MARKER = re.compile(
    r"[0-9]{1,3}\s?[.．、](?![0-9])|[(（]\s?[0-9一二三四五六七八九十]{1,3}\s?[)）]|[一二三四五六七八九十]{1,3}、|——|第[一二三四五六七八九十]{1,3}[，、]"
    r"|[①-⑳]|[\[［〔]?[0-9]{1,3}[\]］〕]"
)
_DIGITS = re.compile(r"[0-9]+")


class Sheet(NamedTuple):
    """One page: what stands on it. `behind` is text that belongs to no line (watermarks, stamps, templates)."""

    number: int
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    behind: tuple[str, ...] = ()


def lay_out(sheets: Iterable[Sheet]) -> tuple[Part, ...]:
    """The parts of all pages, in reading order."""
    pages: list[tuple[Sheet, list[Line | Drawn]]] = []
    known: tuple[float, ...] | None = None
    for sheet in sheets:
        found = grids(sheet.rules)
        standing = rows(sheet.glyphs)
        aligned = None if found else columns.grid([pieces(row) for row, _ in standing], known)
        # A table goes on overleaf only where nothing but the page's foot stands below it.
        below = aligned is not None and any(aligned.ys[-1] < tall.y < 0.88 * sheet.height for _, tall in standing)
        known = aligned.xs if aligned and not below else None
        drawn = [Drawn(grid, {}) for grid in ([aligned] if aligned else found)]
        pages.append((sheet, _flow(sheet, drawn)))
    heads = _furniture(pages)
    writer = _Writer(_margins([[item for item in flow if isinstance(item, Line)] for _, flow in pages], heads))
    for index, (sheet, flow) in enumerate(pages):
        writer.turn(sheet, [item for item in flow if isinstance(item, Line) and (index, item) not in heads])
        for item in flow:
            if isinstance(item, Drawn):
                writer.table(item, sheet.number)
            elif (index, item) in heads:
                writer.chrome(item.text, sheet.number)
            else:
                writer.line(item, sheet.number)
        for text in sheet.behind:
            writer.chrome(text, sheet.number)
    return writer.finish()


def _flow(sheet: Sheet, drawn: list[Drawn]) -> list[Line | Drawn]:
    """Lines and tables of a page from the top down; what stands in a table's cells goes into the table."""
    outside: list[Glyph] = []
    inside: dict[tuple[int, Box], list[Glyph]] = {}
    for glyph in sheet.glyphs:
        x, y = (glyph.x + glyph.right) / 2, glyph.y - glyph.size * 0.3
        for number, table in enumerate(drawn):
            box = table.grid.box(x, y)
            if box is not None:
                inside.setdefault((number, box), []).append(glyph)
                break
        else:
            outside.append(glyph)
    for (number, box), glyphs in inside.items():
        drawn[number].texts[box] = joined([line.text for line in lines(glyphs)])
    kept = [table for table in drawn if any(table.texts.values())]
    items: list[tuple[float, Line | Drawn]] = [(line.y, line) for line in lines(outside)]
    items += [(table.grid.ys[0], table) for table in kept]
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


# --- page furniture and margins ------------------------------------------------------------------------------------


def _furniture(pages: list[tuple[Sheet, list[Line | Drawn]]]) -> set[tuple[int, Line]]:
    """Running heads, feet and page numbers: the outer lines of pages that come again at the same height, numbers apart."""
    seen: Counter[tuple[str, int]] = Counter()
    outer: list[tuple[int, Line, tuple[str, int]]] = []
    for index, (sheet, flow) in enumerate(pages):
        edge = dict.fromkeys(item for item in (*flow[:2], *flow[-2:]) if isinstance(item, Line)) if flow else {}
        for line in edge:
            key = (_DIGITS.sub("0", squeeze(line.text)), round(line.y / 4))
            outer.append((index, line, key))
            if not 0.15 < line.y / sheet.height < 0.85:
                seen[key] += 1
    least = max(2, len(pages) // 4)
    heads: set[tuple[int, Line]] = set()
    for index, line, key in outer:
        height = line.y / pages[index][0].height
        again = sum(seen[(key[0], key[1] + near)] for near in (-1, 0, 1)) >= least
        number = (height > 0.88 or height < 0.08) and _NUMBER_ALONE.fullmatch(line.text) is not None
        if (again and not 0.15 < height < 0.85) or number:
            heads.add((index, line))
    return heads


class _Margins(NamedTuple):
    left: float
    right: float
    size: float


def _margins(pages: list[list[Line]], heads: set[tuple[int, Line]]) -> _Margins:
    """Where the document's lines start and end, and the size of its running text."""
    body = [line for index, page in enumerate(pages) for line in page if (index, line) not in heads]
    if not body:
        return _Margins(0, 0, 1)
    sizes = Counter({0.0: 0})
    for line in body:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] or 1
    usual = [line for line in body if abs(line.size - size) < 0.15 * size] or body
    return _Margins(_left(usual, size), sorted(line.right for line in usual)[len(usual) * 4 // 5], size)


def _left(usual: list[Line], size: float) -> float:
    """The leftmost place where lines often start."""
    starts = Counter(round(line.x / size * 4) for line in usual)
    often = [place for place, count in starts.items() if count >= max(1, len(usual) // 12)]
    place = min(often or starts)
    return min(line.x for line in usual if round(line.x / size * 4) == place)


# --- paragraphs and tables -----------------------------------------------------------------------------------------


class _Writer:
    """Parts in reading order, with the paragraph and the table that are still open; a page's end closes neither."""

    def __init__(self, margins: _Margins) -> None:
        self.whole = self.here = margins
        self.parts: list[Part] = []
        self.waiting: list[Part] = []
        self.paragraph: list[Line] = []
        self.page = 0
        self.last_page = 0
        self.open: PagedTable | None = None
        self.tables = 0
        self.pitch = 0.0

    def turn(self, sheet: Sheet, body: list[Line]) -> None:
        """A new page: margins may lie elsewhere (left and right pages), and lines stand in their own distance."""
        usual = [line for line in body if abs(line.size - self.whole.size) < 0.15 * self.whole.size]
        self.here = self.whole
        if len(usual) >= 6:
            left = _left(usual, self.whole.size)
            self.here = self.whole._replace(left=left, right=self.whole.right + left - self.whole.left)
        gaps = sorted(round(b.y - a.y, 1) for a, b in pairwise(usual))
        if len(gaps) >= 3:
            self.pitch = gaps[len(gaps) // 4]

    def chrome(self, text: str, page: int) -> None:
        part = Part(text=text, origin=f"page:{page}", kind="chrome")
        (self.waiting if self.paragraph or self.open else self.parts).append(part)

    def line(self, line: Line, page: int) -> None:
        """The line goes on with the open paragraph, or closes it and opens its own."""
        self.close_table()
        if self.paragraph and self.ends(self.paragraph[-1], line, page != self.last_page):
            self.close_paragraph()
        if not self.paragraph:
            self.page = page
        self.paragraph.append(line)
        self.last_page = page

    def ends(self, above: Line, below: Line, turned: bool) -> bool:
        """Whether a paragraph ends between two lines."""
        size = self.whole.size
        if abs(above.size - below.size) > 0.12 * max(above.size, below.size):
            return True
        left, right = self.here.left, self.here.right
        # A heading that fills its line: no full stop, and the look changes just there.
        looks = above.looks[1], below.looks[0]
        if looks[0] != looks[1] and None not in looks and above.text[-1] not in _ENDERS + CLOSERS:
            return True
        if below.x - left > 1.2 * size:
            return True
        if not turned and self.pitch and below.y - above.y > 1.25 * max(self.pitch, above.size):
            return True
        # The line above is short: the first word of this one would have had room. Mid-sentence more must be missing.
        short = right - above.right
        if short > below.first + 0.4 * size and (above.text[-1] in _ENDERS + QUOTES or short > 4 * size):
            return True
        flush = self.paragraph[0].x - left < 1.2 * size
        return (turned or flush) and above.text[-1] in _ENDERS and _MARKER.match(below.text) is not None

    def table(self, drawn: Drawn, page: int) -> None:
        """A table of one page: goes on with the open one where it has the same columns."""
        self.close_paragraph()
        table = self.open
        if table is None or self.last_page == page or not table.goes_on(drawn.grid):
            self.close_table()
            table = self.open = PagedTable(drawn.grid.xs, drawn.grid.drawn)
        table.append(drawn, page)
        self.last_page = page

    def close_paragraph(self) -> None:
        if self.paragraph:
            text = joined(line.text for line in self.paragraph)
            self.parts.append(Part(text=text, origin=f"page:{self.page}"))
            self.paragraph = []
        if self.open is None:
            self.parts += self.waiting
            self.waiting = []

    def close_table(self) -> None:
        if self.open is not None:
            self.parts += self.open.parts(self.tables)
            self.tables += 1
            self.open = None
            self.parts += self.waiting
            self.waiting = []

    def finish(self) -> tuple[Part, ...]:
        self.close_paragraph()
        self.close_table()
        return tuple(self.parts)
