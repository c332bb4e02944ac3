"""Tables of pages, drawn or seen by their columns: each page's piece put together with those before it, cells to parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from pipeline.contracts import Cell, Part
from pipeline.formats.lines import joined
from pipeline.formats.ruling import Box, Grid


@dataclass(slots=True)
class Drawn:
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
class PagedTable:
    """A table while it is put together over its pages: where its columns stand, and its cells so far."""

    xs: tuple[float, ...]
    drawn: bool
    rows: int = 0
    slots: list[_Slot] = field(default_factory=list)

    def goes_on(self, grid: Grid) -> bool:
        """Whether a grid has the same columns, wherever on its page they stand."""
        old, new = self.xs, grid.xs
        return len(old) == len(new) and all(abs((a - old[0]) - (b - new[0])) < 4 for a, b in zip(old, new, strict=True))

    def append(self, drawn: Drawn, page: int) -> None:
        """The rows of one page after those of the pages before.

        A first row whose first cell is empty is the rest of a row that the page's end cut; an empty cell of several rows is the
        rest of a cell merged over the page's end; a first row that repeats the table's first is the header printed again.
        """
        boxes = sorted(set(drawn.grid.boxes.values()))
        above = {
            column: slot
            for slot in self.slots
            if slot.last == self.rows - 1
            for column in range(slot.column, slot.column + slot.width)
        }
        header = [slot.text for slot in self.slots if slot.row == 0]
        top = [drawn.texts[box] for box in boxes if box.row == 0]
        repeated = bool(above) and top == header
        cut = bool(above) and not repeated and not drawn.texts[boxes[0]] and boxes[0].row_span == 1 and any(top)
        base = self.rows - 1 if cut or repeated else self.rows
        for box in boxes:
            text = drawn.texts[box]
            first, last = base + box.row, base + box.row + box.row_span - 1
            slot = above.get(box.column) if box.row == 0 else None
            if repeated and box.row == 0 and slot is not None:
                self.slots.append(_Slot(first, box.column, last, box.column_span, -page, text))
            elif slot is not None and (cut or (not text and (box.row_span > 1 or slot.last > slot.row))):
                slot.text = joined(t for t in (slot.text, text) if t)
                slot.last = max(slot.last, last)
            else:
                self.slots.append(_Slot(first, box.column, last, box.column_span, page, text))
        self.rows = base + len(drawn.grid.ys) - 1

    def parts(self, number: int) -> Iterator[Part]:
        """The cells that hold text, as the parts of table `number`."""
        self.slots.sort(key=lambda slot: (slot.row, slot.column))
        if not self.drawn:
            self._merge()
        for slot in self.slots:
            height = slot.last - slot.row + 1
            place = Cell(table=number, row=slot.row, column=slot.column, row_span=height, column_span=slot.width)
            if slot.text:
                yield Part(text=slot.text, origin=f"page:{slot.page}", kind="table_cell", cell=place)

    def _merge(self) -> None:
        """Merged cells of a table without lines: a row whose last cells are missing, two or more, has those of the row above.

        A single one may well be empty (a column of remarks); lead department and leader of a project are never left out together.
        """
        width = len(self.xs) - 1
        above: dict[int, _Slot] = {}
        for row, group in groupby(self.slots, key=attrgetter("row")):
            slots = list(group)
            filled = max((slot.column + slot.width for slot in slots if slot.text), default=0)
            missing = range(filled, width)
            kept = {slot.column: slot for slot in slots}
            if 2 <= len(missing) <= width - 2 and all(column in above and above[column].text for column in missing):
                for column in missing:
                    kept[column] = above[column]
                    kept[column].last = row
            above = kept if row else {}
