"""A panel -> one self-contained page: a matrix of places and years for each concept, with targets, answers and their course.

Reads the panel's rows, parses no text. Everything that comes from a document is escaped.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import drawsvg  # type: ignore[import-untyped]
from markupsafe import Markup

from pipeline.pages.filling import render

_WIDTH, _HEIGHT, _EDGE = 120, 28, 3
_TARGET, _ACTUAL = "#8a4b00", "#0a6652"


class Cell(NamedTuple):
    """A place's main target for a year, how it was worded, and what the next report says of it."""

    place: str
    year: int
    concept: str
    measure: str
    words: str
    value: Decimal | None
    actual_words: str | None = None
    actual: Decimal | None = None
    verdict: str | None = None
    why: str | None = None


class Line(NamedTuple):
    """A place's row of a matrix: a cell or None for every year, whether its wording is another than the year before, its course."""

    place: str
    cells: list[tuple[Cell | None, bool]]
    course: Markup


class Matrix(NamedTuple):
    """One concept in one measure."""

    key: str
    concept: str
    measure: str
    years: list[int]
    lines: list[Line]


def page(cells: Sequence[Cell], places: int, reports: int) -> str:
    """The page of a panel of so many places and reports, as the text of an HTML file."""
    groups: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.concept, cell.measure].append(cell)
    order = sorted(groups, key=lambda group: (-len(groups[group]), group))
    matrices = [_matrix(*group, groups[group]) for group in order]
    return render(
        "panel", concepts=[cell.concept for cell in cells], title="政府工作报告", matrices=matrices, places=places, reports=reports
    )


def _matrix(concept: str, measure: str, cells: list[Cell]) -> Matrix:
    years = sorted({cell.year for cell in cells})
    by_place: dict[str, dict[int, Cell]] = defaultdict(dict)
    for cell in cells:
        by_place[cell.place].setdefault(cell.year, cell)
    lines = [Line(place, _row(there, years), _course(there, years)) for place, there in by_place.items()]
    return Matrix(f"{concept}-{measure}", concept, measure, years, lines)


def _row(there: dict[int, Cell], years: list[int]) -> list[tuple[Cell | None, bool]]:
    row: list[tuple[Cell | None, bool]] = []
    before: Cell | None = None
    for year in years:
        cell = there.get(year)
        row.append((cell, bool(cell and before and cell.words != before.words)))
        before = cell or before
    return row


def _course(there: dict[int, Cell], years: list[int]) -> Markup:
    """Targets as a line, answers as dots, over the years of the matrix; nothing where fewer than two numbers are known."""
    targets = [(n, cell.value) for n, year in enumerate(years) if (cell := there.get(year)) and cell.value is not None]
    actuals = [(n, cell.actual) for n, year in enumerate(years) if (cell := there.get(year)) and cell.actual is not None]
    values = [value for _, value in (*targets, *actuals)]
    if len(values) < 2:
        return Markup("")
    low, high = min(values), max(values)
    across = (_WIDTH - 2 * _EDGE) / max(1, len(years) - 1)
    down = Decimal(_HEIGHT - 2 * _EDGE) / ((high - low) or 1)

    def at(point: tuple[int, Decimal]) -> tuple[float, float]:
        # where a dot stands on the picture: no figure is computed with these
        return round(_EDGE + point[0] * across, 1), round(float(_EDGE + (high - point[1]) * down), 1)

    picture = drawsvg.Group()
    if len(targets) > 1:
        places = [round(place, 1) for point in targets for place in at(point)]
        picture.append(drawsvg.Lines(*places, fill="none", stroke=_TARGET, stroke_width=1.5))
    else:
        picture.extend(drawsvg.Rectangle(at(point)[0] - 2, at(point)[1] - 2, 4, 4, fill=_TARGET) for point in targets)
    picture.extend(drawsvg.Circle(*at(point), 2.2, fill=_ACTUAL) for point in actuals)
    drawing = drawsvg.Drawing(_WIDTH, _HEIGHT)
    drawing.append(picture)
    return Markup(drawing.as_svg(header=""))  # numbers of ours alone
