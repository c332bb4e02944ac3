"""Glyphs on pages -> lines, paragraphs, table cells and page furniture; what PDF and OFD have in common.

A page holds glyphs at places and lines drawn; that a line goes on in the next, that a number stands at the foot of every page,
that a table runs on overleaf, is nowhere said and is read here from the places, as a reader's eye does it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.contracts import Cell, Part
from pipeline.formats import columns
from pipeline.formats.ruling import Box, Grid, Rule, grids
from pipeline.text import squeeze

_CLOSERS = "，。、；：？！）》】”’」』％%,.;:?!)]}…·"
_OPENERS = "（《“‘「『【〔([{<"
_QUOTES = "“”‘’"
_ENDERS = "。！？；：!?;:"
_NUMBER_ALONE = re.compile(r"[-—–─－·\s第]{0,6}[0-9]{1,4}(?:[/／共]\s?[0-9]{1,4})?[-—–─－·\s页]{0,6}")
_MARKER = re.compile(
    r"[0-9]{1,3}\s?[.．、](?![0-9])|[(（]\s?[0-9一二三四五六七八九十]{1,3}\s?[)）]|[一二三四五六七八九十]{1,3}、|——|第[一二三四五六七八九十]{1,3}[，、]"
    r"|[①-⑳]|[\[［〔]?[0-9]{1,3}[\]］〕]"
)
_DIGITS = re.compile(r"[0-9]+")


class Glyph(NamedTuple):
    """A character, never a space, with the left end of its baseline, its right end, and its size; y grows downwards.

    Glyphs of one `look` have the same typeface, weight and colour.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    look: int = 0


class Sheet(NamedTuple):
    """One page: what stands on it. `behind` is text that belongs to no line (watermarks, stamps, templates)."""

    number: int
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    behind: tuple[str, ...] = ()


class Line(NamedTuple):
    """Glyphs on one baseline, from left to right."""

    text: str
    x: float
    right: float
    y: float
    size: float
    first: float
    """width of the first piece that can't be broken"""
    looks: tuple[int | None, int | None]
    """look of the first and the last Chinese sign"""


@dataclass(slots=True)
class _Drawn:
    """A table on one page: its grid and the text of its cells."""

    grid: Grid
    texts: dict[Box, str]

    def __post_init__(self) -> None:
        for box in self.grid.boxes.values():
            self.texts.setdefault(box, "")


@dataclass(slots=True)
class _Slot:
    """A cell of a table while the table is put together over its pages."""

    row: int
    column: int
    last: int
    width: int
    page: int
    text: str


@dataclass(slots=True)
class _Table:
    xs: tuple[float, ...]
    drawn: bool
    rows: int = 0
    slots: list[_Slot] = field(default_factory=list)


def lay_out(sheets: Iterable[Sheet]) -> tuple[Part, ...]:
    """The parts of all pages, in reading order."""
    pages: list[tuple[Sheet, list[Line | _Drawn]]] = []
    known: tuple[float, ...] | None = None
    for sheet in sheets:
        found = grids(sheet.rules)
        rows = _rows(sheet.glyphs)
        aligned = None if found else columns.grid([_pieces(row) for row, _ in rows], known)
        # A table goes on overleaf only where nothing but the page's foot stands below it.
        below = aligned is not None and any(aligned.ys[-1] < tall.y < 0.88 * sheet.height for _, tall in rows)
        known = aligned.xs if aligned and not below else None
        drawn = [_Drawn(grid, {}) for grid in ([aligned] if aligned else found)]
        pages.append((sheet, _flow(sheet, drawn)))
    heads = _furniture(pages)
    writer = _Writer(_margins([[item for item in flow if isinstance(item, Line)] for _, flow in pages], heads))
    for index, (sheet, flow) in enumerate(pages):
        writer.turn(sheet, [item for item in flow if isinstance(item, Line) and (index, item) not in heads])
        for item in flow:
            if isinstance(item, _Drawn):
                writer.table(item, sheet.number)
            elif (index, item) in heads:
                writer.chrome(item.text, sheet.number)
            else:
                writer.line(item, sheet.number)
        for text in sheet.behind:
            writer.chrome(text, sheet.number)
    return writer.finish()


# --- lines ---------------------------------------------------------------------------------------------------------


def _flow(sheet: Sheet, drawn: list[_Drawn]) -> list[Line | _Drawn]:
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
        drawn[number].texts[box] = _joined([line.text for line in lines(glyphs)])
    kept = [table for table in drawn if any(table.texts.values())]
    items: list[tuple[float, Line | _Drawn]] = [(line.y, line) for line in lines(outside)]
    items += [(table.grid.ys[0], table) for table in kept]
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines that glyphs stand in, from the top down."""
    return [_line(row, tall) for row, tall in _rows(glyphs)]


def _rows(glyphs: list[Glyph]) -> list[tuple[list[Glyph], Glyph]]:
    """Glyphs line by line from left to right, each line with its tallest; a raised sign belongs to the line that it hangs on."""
    rows: list[list[Glyph]] = []
    tall: list[Glyph] = []
    for glyph in sorted(glyphs, key=attrgetter("y")):
        if rows and glyph.y - tall[-1].y < 0.5 * max(glyph.size, tall[-1].size):
            rows[-1].append(glyph)
            if glyph.size > tall[-1].size:
                tall[-1] = glyph
        else:
            rows.append([glyph])
            tall.append(glyph)
    return [(sorted(row, key=attrgetter("x")), biggest) for row, biggest in zip(rows, tall, strict=True)]


def _pieces(row: list[Glyph]) -> list[columns.Piece]:
    """A line cut at its wide gaps."""
    cuts = [n for n, (a, b) in enumerate(pairwise(row), 1) if b.x - a.right > 0.8 * max(a.size, b.size)]
    parts = [row[start:end] for start, end in pairwise([0, *cuts, len(row)])]
    return [columns.Piece(part[0].x, part[-1].right, part[0].y, part[0].size) for part in parts]


def _line(row: list[Glyph], tall: Glyph) -> Line:
    pieces = [row[0].text]
    first = row[0].right
    broken = False
    for before, glyph in pairwise(row):
        gap = " " if _apart(before, glyph) else ""
        broken = broken or bool(gap) or not _glued(before.text, glyph.text)
        if not broken:
            first = glyph.right
        pieces.append(gap + glyph.text)
    return Line("".join(pieces), row[0].x, row[-1].right, tall.y, tall.size, first - row[0].x, _looks(row))


def _looks(row: list[Glyph]) -> tuple[int | None, int | None]:
    """Figures and Latin come from fonts of their own; only signs between which a change of look means something count."""
    own = [glyph.look for glyph in row if "\u3400" <= glyph.text <= "\u9fff"]
    return (own[0], own[-1]) if own else (None, None)


def _glued(left: str, right: str) -> bool:
    """Whether typesetting breaks no line between two signs; curly quotes look the same in Latin and hold on to both sides."""
    return right in _CLOSERS or left in _OPENERS or left in _QUOTES or right in _QUOTES or (left.isascii() and right.isascii())


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether a reader sees a space: between Latin words a quarter of a letter, elsewhere more than typesetting itself puts.

    Figures of one number that a justified line sets apart stand up to a fifth of their size from each other.
    """
    gap = right.x - left.right
    size = max(left.size, right.size)
    if left.text.isascii() and right.text.isascii():
        return gap > (0.22 if left.text.isdigit() and right.text.isdigit() else 0.15) * size
    if left.text.isascii() or right.text.isascii():
        return gap > 0.6 * size
    return gap > 0.45 * size


def _joined(texts: Iterable[str]) -> str:
    """Lines of one paragraph: Chinese without a gap, Latin words with one."""
    out = ""
    for text in texts:
        gap = " " if out and out[-1].isascii() and out[-1].isalpha() and _latin(text[:1]) else ""
        out += gap + text
    return out


# --- page furniture and margins ------------------------------------------------------------------------------------


def _furniture(pages: list[tuple[Sheet, list[Line | _Drawn]]]) -> set[tuple[int, Line]]:
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
        self.open: _Table | None = None
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
        if looks[0] != looks[1] and None not in looks and above.text[-1] not in _ENDERS + _CLOSERS:
            return True
        if below.x - left > 1.2 * size:
            return True
        if not turned and self.pitch and below.y - above.y > 1.25 * max(self.pitch, above.size):
            return True
        # The line above is short: the first word of this one would have had room. Mid-sentence more must be missing.
        short = right - above.right
        if short > below.first + 0.4 * size and (above.text[-1] in _ENDERS + _QUOTES or short > 4 * size):
            return True
        flush = self.paragraph[0].x - left < 1.2 * size
        return (turned or flush) and above.text[-1] in _ENDERS and _MARKER.match(below.text) is not None

    def table(self, drawn: _Drawn, page: int) -> None:
        """A table of one page: goes on with the open one where it has the same columns."""
        self.close_paragraph()
        table = self.open
        if table is None or len(table.xs) != len(drawn.grid.xs) or self.last_page == page or not _same(table.xs, drawn.grid.xs):
            self.close_table()
            table = self.open = _Table(drawn.grid.xs, drawn.grid.drawn)
        _append(table, drawn, page)
        self.last_page = page

    def close_paragraph(self) -> None:
        if self.paragraph:
            text = _joined(line.text for line in self.paragraph)
            self.parts.append(Part(text=text, origin=f"page:{self.page}"))
            self.paragraph = []
        if self.open is None:
            self.parts += self.waiting
            self.waiting = []

    def close_table(self) -> None:
        if self.open is not None:
            self.open.slots.sort(key=lambda slot: (slot.row, slot.column))
            if not self.open.drawn:
                _merge(self.open)
            for slot in self.open.slots:
                place = Cell(
                    table=self.tables,
                    row=slot.row,
                    column=slot.column,
                    row_span=slot.last - slot.row + 1,
                    column_span=slot.width,
                )
                if slot.text:
                    self.parts.append(Part(text=slot.text, origin=f"page:{slot.page}", kind="table_cell", cell=place))
            self.tables += 1
            self.open = None
            self.parts += self.waiting
            self.waiting = []

    def finish(self) -> tuple[Part, ...]:
        self.close_paragraph()
        self.close_table()
        return tuple(self.parts)


def _same(old: tuple[float, ...], new: tuple[float, ...]) -> bool:
    """The same columns, wherever on the page they stand."""
    return all(abs((a - old[0]) - (b - new[0])) < 4 for a, b in zip(old, new, strict=True))


def _append(table: _Table, drawn: _Drawn, page: int) -> None:
    """The rows of one page after those of the pages before.

    A first row whose first cell is empty is the rest of a row that the page's end cut; an empty cell of several rows is the
    rest of a cell merged over the page's end; a first row that repeats the table's first is the header printed again.
    """
    boxes = sorted(set(drawn.grid.boxes.values()))
    above = {
        column: slot
        for slot in table.slots
        if slot.last == table.rows - 1
        for column in range(slot.column, slot.column + slot.width)
    }
    header = [slot.text for slot in table.slots if slot.row == 0]
    top = [drawn.texts[box] for box in boxes if box.row == 0]
    repeated = bool(above) and top == header
    cut = bool(above) and not repeated and not drawn.texts[boxes[0]] and boxes[0].row_span == 1 and any(top)
    base = table.rows - 1 if cut or repeated else table.rows
    for box in boxes:
        text = drawn.texts[box]
        first, last = base + box.row, base + box.row + box.row_span - 1
        slot = above.get(box.column) if box.row == 0 else None
        if repeated and box.row == 0 and slot is not None:
            table.slots.append(_Slot(first, box.column, last, box.column_span, -page, text))
        elif slot is not None and (cut or (not text and (box.row_span > 1 or slot.last > slot.row))):
            slot.text = _joined(t for t in (slot.text, text) if t)
            slot.last = max(slot.last, last)
        else:
            table.slots.append(_Slot(first, box.column, last, box.column_span, page, text))
    table.rows = base + len(drawn.grid.ys) - 1


def _merge(table: _Table) -> None:
    """Merged cells of a table without lines: a row whose last cells are missing, two or more, has those of the row above.

    A single one may well be empty (a column of remarks); lead department and leader of a project are never left out together.
    """
    width = len(table.xs) - 1
    above: dict[int, _Slot] = {}
    for row, group in groupby(table.slots, key=attrgetter("row")):
        slots = list(group)
        filled = max((slot.column + slot.width for slot in slots if slot.text), default=0)
        missing = range(filled, width)
        kept = {slot.column: slot for slot in slots}
        if 2 <= len(missing) <= width - 2 and all(column in above and above[column].text for column in missing):
            for column in missing:
                kept[column] = above[column]
                kept[column].last = row
        above = kept if row else {}
