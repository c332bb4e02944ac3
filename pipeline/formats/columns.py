"""Tables without ruling lines: rows of pieces that start, line after line, in the same columns."""

from itertools import pairwise
from typing import NamedTuple

from pipeline.formats.ruling import Box, Grid


class Piece(NamedTuple):
    """Signs on one line without a wide gap between them; y is the baseline."""

    x: float
    right: float
    y: float
    size: float


def grid(rows: list[list[Piece]], known: tuple[float, ...] | None = None) -> Grid | None:
    """The table among the lines of a page, None where there is none.

    A line of three or more pieces heads it, and two more such lines stand below; a row starts at each line whose first
    column is filled. `known` is the columns of a table on the page before, which may go on at the head of this one.
    """
    if known is not None:
        for start in range(min(3, len(rows))):
            end = _end(rows, start, known)
            if end > start:
                return _grid(rows[start:end], known)
    for start, row in enumerate(rows):
        if len(row) >= 3:
            columns = (*(piece.x - 0.6 * piece.size for piece in row), row[-1].right + 1e4)
            end = _end(rows, start, columns)
            if sum(len(one) >= 3 for one in rows[start:end]) >= 3:
                return _grid(rows[start:end], columns)
    return None


def _end(rows: list[list[Piece]], start: int, columns: tuple[float, ...]) -> int:
    """The first line from `start` on that does not stand in the columns, or stands far below."""
    end = start
    while end < len(rows) and all(_fits(piece, columns) for piece in rows[end]):
        if end > start and rows[end][0].y - rows[end - 1][0].y > 3 * rows[end][0].size:
            break
        end += 1
    return end


def _fits(piece: Piece, columns: tuple[float, ...]) -> bool:
    return any(
        left <= piece.x <= left + 1.3 * piece.size and piece.right <= right + piece.size for left, right in pairwise(columns)
    )


def _grid(rows: list[list[Piece]], columns: tuple[float, ...]) -> Grid:
    starts = [row for n, row in enumerate(rows) if n == 0 or row[0].x <= columns[0] + 1.3 * row[0].size]
    last = rows[-1][0]
    ys = (*(row[0].y - 0.9 * row[0].size for row in starts), last.y + 0.3 * last.size)
    boxes = {(r, c): Box(r, c, 1, 1) for r in range(len(ys) - 1) for c in range(len(columns) - 1)}
    return Grid(columns, ys, boxes, drawn=False)
