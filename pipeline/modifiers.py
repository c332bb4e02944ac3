"""Words that say how exact a number is, and the interval that they mean."""

from decimal import Decimal
from functools import cache

from pipeline.contracts import Interval, Modifier
from pipeline.lexicon import Row, load
from pipeline.numerals import plain
from pipeline.words import any_of


class Word(Row):
    """Words that stand before or after a number, and what they say of it."""

    modifier: Modifier
    words: tuple[str, ...]


@cache
def meanings(side: str) -> dict[str, Modifier]:
    """Every word of one side (`before`, `after`) and its modifier."""
    return {word: row.modifier for row in load("modifiers", side, Word) for word in row.words}


def pattern(side: str) -> str:
    """A pattern for the words of one side."""
    return any_of(list(meanings(side)))


def interval(value: Decimal | tuple[Decimal, ...] | None, modifier: Modifier) -> Interval | None:
    """What a modifier says of a number; None where it is exact, or where nothing is known.

    以上 is closed below and open above (low closed, no high), 超过 open below, 以内 closed above, 近 and 不足 open above;
    约 says that there is a width but not which: both ends are open and unknown. A range is closed at both its ends.
    """
    if isinstance(value, tuple):
        if len(value) != 2:
            return None
        return Interval(low=plain(value[0]), high=plain(value[1]), low_closed=True, high_closed=True)
    if value is None or modifier == "exact":
        return None
    number = plain(value)
    low = number if modifier in ("over", "at_least") else None
    high = number if modifier in ("nearly", "under", "at_most") else None
    return Interval(low=low, high=high, low_closed=modifier == "at_least", high_closed=modifier == "at_most")
