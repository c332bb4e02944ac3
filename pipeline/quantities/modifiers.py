"""Words that say how exact a number is, and the interval that they mean."""

import re
from decimal import Decimal
from functools import cache

from pipeline.contracts import Interval, Modifier
from pipeline.lexicon import Row, load
from pipeline.quantities.numerals import plain
from pipeline.quantities.words import any_of


class Word(Row):
    """Words that stand before or after a number, and what they say of it.

    `behind`: signs that must not stand before a word, `guard`: a pattern that must not follow it. An `adverb` may have a verb
    between itself and the number. A `weak` word says nothing where another word does (控制在3%左右).
    """

    modifier: Modifier
    words: tuple[str, ...]
    behind: str = ""
    guard: str = ""
    adverb: bool = False
    weak: bool = False


@cache
def meanings(side: str) -> dict[str, Modifier]:
    """Every word of one side (`before`, `after`) and its modifier."""
    return {word: row.modifier for row in load("modifiers", side, Word) for word in row.words}


@cache
def weak() -> frozenset[str]:
    """The words that another word overrides."""
    return frozenset(word for row in load("modifiers", "before", Word) if row.weak for word in row.words)


@cache
def after() -> re.Pattern[str]:
    """A pattern for a word right behind a number."""
    rows = load("modifiers", "after", Word)
    return re.compile("|".join(any_of(row.words) + (f"(?!{row.guard})" if row.guard else "") for row in rows))


_LINKS = "(?:达到?|了|到|至|为|在|有|是)?(?:人民币)?"
_VERBS = "(?:完成|建成|建设|打造|培育|引进|新增|实现|开展|举办|组织|安排|开办|新建|改造|增加|落地|推出|参加|有|要|需)?"


@cache
def before() -> re.Pattern[str]:
    """A pattern, to be searched in what stands before a number; its first group is the word."""
    words = []
    for row in load("modifiers", "before", Word):
        between = _VERBS if row.adverb else ""
        words.append((f"(?<![{row.behind}])" if row.behind else "") + any_of(row.words) + f"(?={between}{_LINKS}$)")
    return re.compile(f"({'|'.join(words)})")


WIDEST = 12
"""Signs before a number in which a word and its verb stand."""


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
