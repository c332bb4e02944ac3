"""Real tables: the cells that the source's own table has, merged cells resolved."""

from collections.abc import Iterator
from itertools import groupby

from pipeline.contracts import Block, Blocks, ColumnRole, Finding, Span
from pipeline.lines import split
from pipeline.tables import headers
from pipeline.tables.cells import Cells, Draft, serial
from pipeline.text import fold, squeeze, trim

Rows = list[list[Block | None]]
_MOST = 200_000  # cells of a grid with its merged cells spread out: more is no table of a report
_PAGE = 2000  # characters of a cell: a cell with more holds a page's text, and the table is its layout


def find(blocks: Blocks) -> Iterator[Draft | Finding]:
    """Every real table that has a header and rows; a table that only lays out a page is none. A finding where cells of a page
    without ruling lines were taken for merged ones."""
    text = blocks.text
    celled = [block for block in blocks.blocks if block.cell is not None and block.kind != "chrome"]
    for _, group in groupby(celled, key=lambda block: block.cell.table if block.cell else -1):
        members = list(group)
        grid = _spread(members)
        if not grid or any(block.end - block.start > _PAGE for block in members):
            continue
        title, top = _title(text, grid)
        names, roles, body = _head(text, grid, top)
        rows = [row for row in grid[body:] if _filled(row)]
        if members[0].origin.startswith("page:") and (hung := _hang(rows, roles)):
            message = f"{hung} blank cells of offices and persons are read as merged with the cells above"
            yield Finding(
                code="cells-merged", severity="info", stage="tables", message=message, start=members[0].start, end=members[-1].end
            )
        if len(names) > 1 and rows and any(map(headers.role_of, names)):
            yield Draft(title, names, tuple(_row(text, row, roles) for row in rows), members[0].start, members[-1].end, roles)


def _spread(members: list[Block]) -> Rows:
    """The grid, a merged cell standing in every place that it covers."""
    cells = [(block, block.cell) for block in members if block.cell is not None]
    height = max(cell.row + cell.row_span for _, cell in cells)
    width = max(cell.column + cell.column_span for _, cell in cells)
    if max(height * width, sum(cell.row_span * cell.column_span for _, cell in cells)) > _MOST:
        return []
    grid: Rows = [[None] * width for _ in range(height)]
    for block, cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            grid[row][cell.column : cell.column + cell.column_span] = [block] * cell.column_span
    return grid


def _filled(row: list[Block | None]) -> bool:
    """Whether a row is one of the table's own: not blank, and not one cell over its whole width (a title, a category)."""
    return len({block.id for block in row if block}) > 1 or (len(row) == 1 and row[0] is not None)


def _hang(rows: Rows, roles: tuple[ColumnRole, ...]) -> int:
    """Gives the cell above to blank cells in the columns that say who answers for a project; how many they were.

    A PDF or OFD without ruling lines does not tell a merged cell from a blank one. No project is without an office: where these
    columns are blank together, and nothing else is, the cells above reach down.
    """
    columns = [n for n, role in enumerate(roles) if role in ("lead", "leader")]
    others = [n for n, role in enumerate(roles) if role in ("number", "project", "content")]
    blank = [n for n, row in enumerate(rows) if columns and all(row[column] is None for column in columns)]
    apart = any(None in [row[column] for column in columns] for n, row in enumerate(rows) if n not in set(blank))
    if apart or 0 in blank or any(rows[n][column] is None for n in blank for column in others):
        return 0
    for n in blank:
        for column in columns:
            rows[n][column] = rows[n - 1][column]
    return len(blank) * len(columns)


def _title(text: str, grid: Rows) -> tuple[tuple[Span, ...], int]:
    """The title that stands in the first rows as one cell over all columns, and the first row below."""
    spans = []
    top = 0
    for row in grid:
        block = row[0]
        if len(row) < 2 or block is None or any(other is not block for other in row):
            break
        spans.append(trim(text, block.start, block.end))
        top += 1
    return tuple(spans[:1]), top


def _head(text: str, grid: Rows, top: int) -> tuple[tuple[str, ...], tuple[ColumnRole, ...], int]:
    """The names and roles of the columns and the first row below them: the rows that are marked or read as headers."""
    body = top
    while body < len(grid) - 1 and body - top < 3 and _is_head(text, grid[body], first=body == top):
        body += 1
    names, roles = [], []
    for column in range(len(grid[0])):
        parts = dict.fromkeys(_words(text, row[column]) for row in grid[top:body] if row[column])
        names.append("".join(parts))
        role = headers.role_of(names[-1]) or next((role for part in reversed(parts) if (role := headers.role_of(part))), None)
        roles.append(role or "other")
    return tuple(names), tuple(roles), body


def _is_head(text: str, row: list[Block | None], first: bool) -> bool:
    """Whether a row reads as headers: marked so, or words of the lexicon in half of its cells and no serial number."""
    own = list({block.id: block for block in row if block}.values())
    if not own:
        return False
    if all(block.cell and block.cell.header for block in own):
        return True
    words = [_words(text, block) for block in own]
    if any(serial(fold(word)) is not None for word in words):
        return False
    known = sum(headers.role_of(word) is not None for word in words)
    return known * 2 >= len(own) and (first or max(map(len, words)) <= headers.LONGEST)


def _words(text: str, block: Block | None) -> str:
    return squeeze(text[block.start : block.end]) if block else ""


def _row(text: str, row: list[Block | None], roles: tuple[ColumnRole, ...]) -> tuple[int | None, Cells]:
    cells: Cells = [split(text, block.start, block.end) if block else [] for block in row]
    number = roles.index("number") if "number" in roles else None
    return (serial(fold(_words(text, row[number]))) if number is not None else None), cells
