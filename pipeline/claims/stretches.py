"""The stretches of text that quantities are read in: paragraphs and table cells in reading order, each with what it belongs to.

Every character of every block lies in exactly one stretch, so that the ledger meets each numeral once.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contracts import Block, Blocks, Glossary, NumeralRole, Outline, Span, Table, Tables, Tasks

_SPOKEN = ("paragraph", "heading", "item", "table_cell")


class Stretch(NamedTuple):
    """A paragraph or a cell. `spoken`: what stands there is said of the world; not so in chrome, titles and definitions."""

    start: int
    end: int
    spoken: bool
    table: Table | None = None
    row: int = 0
    column: int = 0


class Mark(NamedTuple):
    """A piece of text whose numerals number something or belong to a heading: `role` is theirs, whatever they look like."""

    start: int
    end: int
    role: NumeralRole


def find(blocks: Blocks, tables: Tables, glossary: Glossary) -> Iterator[Stretch]:
    """The stretches in reading order. A merged cell that stands in several rows of a table is read in its first."""
    cells = sorted(_cells(tables), key=lambda cell: (cell.start, cell.row))
    silent = sorted([*glossary.zones, *((table.start, table.end) for table in tables.tables if not table.in_prose)])
    at = n = 0
    for block in blocks.blocks:
        at = max(at, block.start)
        while n < len(cells) and cells[n].start < block.end:
            cell = cells[n]
            n += 1
            if cell.start < at:
                continue
            if at < cell.start:
                yield Stretch(at, cell.start, _spoken(block, at, silent))
            yield cell
            at = cell.end
        if at < block.end:
            yield Stretch(at, block.end, _spoken(block, at, silent))


def _cells(tables: Tables) -> Iterator[Stretch]:
    for table in tables.tables:
        if table.in_prose:
            continue
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell.start < cell.end:
                    yield Stretch(cell.start, cell.end, table.columns[c].role != "number", table, r, c)


def _spoken(block: Block, at: int, silent: Sequence[Span]) -> bool:
    near = bisect_right(silent, at, key=lambda span: span[0]) - 1
    return block.kind in _SPOKEN and not (near >= 0 and at < silent[near][1])


def marks(outline: Outline, tasks: Tasks, tables: Tables, glossary: Glossary) -> list[Mark]:
    """Markers of headings and items, serial numbers, note marks and the words of headings, in reading order, without overlap."""
    found = [Mark(start, end, "reference") for start, end in glossary.marks]
    for heading in outline.outline:
        found.append(Mark(heading.start, heading.start + len(heading.marker), "marker"))
        found.append(Mark(heading.start + len(heading.marker), heading.end, "name"))
    found += [Mark(task.start, task.start + len(task.marker), "marker") for task in tasks.tasks]
    for table in tables.tables:
        numbered = [n for n, column in enumerate(table.columns) if column.role == "number"]
        if not table.in_prose:
            found += [Mark(row.cells[n].start, row.cells[n].end, "marker") for row in table.rows for n in numbered]
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, mark.end)):
        if mark.start < mark.end and (not kept or kept[-1].end <= mark.start):
            kept.append(mark)
    return kept
