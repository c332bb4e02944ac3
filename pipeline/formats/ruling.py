"""Ruling lines of a page -> the grids of its tables, merged cells resolved. For formats that draw tables (PDF, OFD)."""

from bisect import bisect_right
from typing import NamedTuple

_NEAR = 3.0
"""Two lines nearer than this are one drawn twice, or as a thin box; points at a body size of about 10."""
_MOST = 4_000
"""Lines of one page past which it is a drawing and no table."""


class Rule(NamedTuple):
    """A straight line along one axis: at `at` on the other axis, from `low` to `high`; y grows downwards."""

    across: bool
    at: float
    low: float
    high: float


class Box(NamedTuple):
    """A cell of a grid: its place and spans."""

    row: int
    column: int
    row_span: int
    column_span: int


class Grid(NamedTuple):
    """A table as it is drawn: where its lines stand, and for each place of the grid the cell that covers it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: dict[tuple[int, int], Box]
    drawn: bool = True
    """False where no line is drawn and the texts' places alone make the table: such a grid can't show merged cells"""

    def box(self, x: float, y: float) -> Box | None:
        """The cell around a point, None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.boxes.get((row, column))


def rule(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """The line between two points, None where it is slanted or too short to part two cells."""
    if abs(y1 - y0) <= 1 and abs(x1 - x0) > 4:
        return Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if abs(x1 - x0) <= 1 and abs(y1 - y0) > 4:
        return Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None


def grids(rules: list[Rule], near: float = _NEAR) -> list[Grid]:
    """The tables that the lines draw, from the top of the page down; frames and underlines (one cell or none) are left out."""
    if len(rules) > _MOST:
        return []
    found: list[Grid] = []
    for group in _connected(rules, near):
        xs = _snapped([r.at for r in group if not r.across], near)
        ys = _snapped([r.at for r in group if r.across], near)
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4:
            found.append(Grid(xs, ys, _boxes(xs, ys, group, near)))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _connected(rules: list[Rule], near: float) -> list[list[Rule]]:
    """The lines in groups that touch each other."""
    across = [r for r in rules if r.across]
    down = sorted((r for r in rules if not r.across), key=lambda r: r.at)
    places = [r.at for r in down]
    parent = list(range(len(across) + len(down)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for i, h in enumerate(across):
        for j in range(bisect_right(places, h.low - near), bisect_right(places, h.high + near)):
            if down[j].low - near <= h.at <= down[j].high + near:
                parent[root(len(across) + j)] = root(i)
    groups: dict[int, list[Rule]] = {}
    for k, r in enumerate([*across, *down]):
        groups.setdefault(root(k), []).append(r)
    return list(groups.values())


def _snapped(places: list[float], near: float) -> tuple[float, ...]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > near:
            out.append(place)
    return tuple(out)


def _boxes(xs: tuple[float, ...], ys: tuple[float, ...], rules: list[Rule], near: float) -> dict[tuple[int, int], Box]:
    """Each place of the grid with its cell: neighbours without a line between them are one."""
    walls: dict[tuple[bool, int], list[Rule]] = {}
    for r in rules:
        at = bisect_right(ys if r.across else xs, r.at + near / 2) - 1
        walls.setdefault((r.across, at), []).append(r)

    def wall(across: bool, at: int, middle: float) -> bool:
        return any(r.low - near <= middle <= r.high + near for r in walls.get((across, at), ()))

    rows, columns = len(ys) - 1, len(xs) - 1
    boxes: dict[tuple[int, int], Box] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in boxes:
                continue
            middle = (ys[row] + ys[row + 1]) / 2
            wide = 1
            while column + wide < columns and (row, column + wide) not in boxes and not wall(False, column + wide, middle):
                wide += 1
            centre = (xs[column] + xs[column + 1]) / 2
            high = 1
            while row + high < rows and not wall(True, row + high, centre):
                high += 1
            box = Box(row, column, high, wide)
            boxes.update({(row + r, column + c): box for r in range(high) for c in range(wide)})
    return boxes
