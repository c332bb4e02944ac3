"""Which quantities of running text are claims, and what the others are (gold/GUIDELINE.md, "Not claims" and "Settled cases").

No claim is what only names a class (亿元以上产业项目), sums up or refers back (深哈两市, 三大结构), lasts (连续三年), or stands in
a slogan (“一枚印章管审批”). The rows of `lexicon/selection.toml` say how each of them stands in a text.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.contracts import Modifier, NumeralRole, Span
from pipeline.quantities.quantity import Quantity, scan
from pipeline.text import fold

_Asks = Callable[[str], re.Match[str] | None]


class Unclaimed(lexicon.Row):
    """How a quantity stands that is no claim; the head of the lexicon's file explains the fields."""

    why: str
    role: NumeralRole
    unit: str | None = None
    surface: str | None = None
    before: str | None = None
    behind: str | None = None
    not_before: str | None = None
    not_behind: str | None = None
    exact: bool = False
    over: bool = False


class _Test(NamedTuple):
    """A row with what its patterns ask of the surface, of what stands before it and of what stands behind."""

    row: Unclaimed
    unit: re.Pattern[str] | None
    surface: _Asks | None
    before: _Asks | None
    behind: _Asks | None
    not_before: _Asks | None
    not_behind: _Asks | None


def _compiled(row: Unclaimed) -> _Test:
    unit, surface, before, behind, not_before, not_behind = (
        re.compile(part) if part is not None else None
        for part in (row.unit, row.surface, row.before, row.behind, row.not_before, row.not_behind)
    )
    return _Test(
        row,
        unit,
        surface and surface.fullmatch,
        before and before.search,
        behind and behind.match,
        not_before and not_before.search,
        not_behind and not_behind.match,
    )


_TESTS = [_compiled(row) for row in lexicon.load("selection", "unclaimed", Unclaimed)]


@lru_cache(maxsize=4096)
def _of(unit: str, modifier: Modifier) -> list[_Test]:
    """The rows for a unit and a modifier: there are few of them and many quantities."""
    return [
        test
        for test in _TESTS
        if (test.unit is None or test.unit.fullmatch(unit))
        and not (test.row.exact and modifier != "exact")
        and not (test.row.over and modifier not in ("over", "at_least"))
    ]


_BEFORE, _BEHIND = 24, 32  # characters of the sentence about a quantity that the rows look at


def matches(row: Unclaimed, text: str) -> bool:
    """Whether a quantity of a text stands as a row says."""
    folded = fold(text)
    found = (quantity for quantity in scan(folded) if quantity.role == "quantity")
    return any(_deciding(folded, (0, len(folded)), quantity) == row for quantity in found)


def role(text: str, sentence: Span, quantity: Quantity) -> NumeralRole | None:
    """What a numeral of a sentence is where it is no claim; None for a claim. `text` is folded."""
    if quantity.role != "quantity":
        return quantity.role
    row = _deciding(text, sentence, quantity)
    return row.role if row else None


def _deciding(text: str, sentence: Span, quantity: Quantity) -> Unclaimed | None:
    """The first row that holds."""
    before = text[max(sentence[0], quantity.start - _BEFORE) : quantity.start]
    behind = text[quantity.end : min(sentence[1], quantity.end + _BEHIND)]
    surface = text[quantity.start : quantity.end]
    for row, _, of_surface, of_before, of_behind, not_before, not_behind in _of(quantity.unit or "", quantity.modifier):
        if (
            (of_surface is None or of_surface(surface))
            and (of_behind is None or of_behind(behind))
            and (of_before is None or of_before(before))
            and not (not_behind and not_behind(behind))
            and not (not_before and not_before(before))
        ):
            return row
    return None
