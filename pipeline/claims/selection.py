"""Which quantities of running text are claims, and what the others are (gold/GUIDELINE.md, "Not claims" and "Settled cases").

No claim is what only names a class (亿元以上产业项目), sums up or refers back (深哈两市, 三大结构), lasts (连续三年), or stands in
a slogan (“一枚印章管审批”). The rows of `lexicon/selection.toml` say how each of them stands in a text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline import lexicon
from pipeline.contracts import Modifier, NumeralRole, Span
from pipeline.quantities.quantity import Quantity, scan
from pipeline.text import fold


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


@dataclass(frozen=True, slots=True)
class _Test:
    """A row with its patterns compiled."""

    row: Unclaimed
    unit: re.Pattern[str] | None
    surface: re.Pattern[str] | None
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_behind: re.Pattern[str] | None

    def holds(self, surface: str, before: str, behind: str) -> bool:
        """Whether a quantity, whose unit and modifier are of the row's, stands as the row says."""
        return (
            (self.surface is None or self.surface.fullmatch(surface) is not None)
            and (self.behind is None or self.behind.match(behind) is not None)
            and (self.before is None or self.before.search(before) is not None)
            and (self.not_behind is None or self.not_behind.match(behind) is None)
            and (self.not_before is None or self.not_before.search(before) is None)
        )


def _compiled(row: Unclaimed) -> _Test:
    parts = (row.unit, row.surface, row.before, row.behind, row.not_before, row.not_behind)
    return _Test(row, *(re.compile(part) if part is not None else None for part in parts))


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
    for test in _of(quantity.unit or "", quantity.modifier):
        if test.holds(surface, before, behind):
            return test.row
    return None
