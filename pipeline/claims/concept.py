"""The catalogue of indicators: the phrase that a report uses -> the concept that it means, so that places and years compare.

A phrase is brought to one spelling (规上 is 规模以上, every kind of 生产总值 is GDP) and looked up whole; words of place and time
before it and words of growth behind it are taken off one by one until it is known. What narrows a concept is never taken off:
高技术制造业投资 is not 投资.
"""

import re
from functools import cache, lru_cache
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import Measure
from pipeline.text import fold, squeeze

Kind = Literal["stock", "flow", "rate", "share", "count", "ratio"]


class Concept(lexicon.Row):
    """A row of the catalogue; the head of `lexicon/indicators.toml` explains the fields."""

    id: str
    name: str
    english: str
    kind: Kind
    unit: str | None = None
    more_is_better: bool | None = None
    synonyms: tuple[str, ...] = ()


class Spelling(lexicon.Row):
    """Ways to write one thing, brought to one `form`."""

    pattern: str
    form: str


class Affix(lexicon.Row):
    """Words about an indicator that do not change what it is."""

    side: Literal["before", "behind"]
    pattern: str


class Pair(lexicon.Row):
    """A name of two concepts at once."""

    of: str
    first: str
    second: str
    pattern: str


_LONGEST = 40  # characters of the longest phrase that is looked up
_MONEY = ("元", "币", "美金")
_SHARES = ("%", "‰", "百分点")


@cache
def catalogue() -> dict[str, Concept]:
    """Every concept by its id."""
    return {row.id: row for row in lexicon.load("indicators", "concept", Concept)}


@cache
def _names() -> dict[str, Concept]:
    """Every name of every concept, in its one spelling."""
    return {spelled(name): row for row in catalogue().values() for name in (row.name, *row.synonyms)}


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row.pattern), row.form) for row in lexicon.load("indicators", "spelling", Spelling))


@cache
def _affixes(side: str) -> re.Pattern[str]:
    rows = (row.pattern for row in lexicon.load("indicators", "affix", Affix) if row.side == side)
    words = f"(?:{'|'.join(rows)})"
    return re.compile(words if side == "before" else words + "$")


def writes(row: Spelling, text: str) -> bool:
    """Whether a text has a way of writing that this row brings to its form."""
    return re.search(row.pattern, fold(text)) is not None


def affixed(row: Affix, text: str) -> bool:
    """Whether a text is words that this row takes off."""
    return re.fullmatch(row.pattern, text) is not None


def joins(row: Pair, text: str) -> bool:
    """Whether a phrase names both concepts of a row."""
    return re.search(row.pattern, text) is not None


def both(known: str | None, phrase: str) -> tuple[str, str] | None:
    """The two concepts, in their order, that a phrase names at once (城乡居民人均可支配收入); None where it names one."""
    rows = (row for row in lexicon.load("indicators", "pair", Pair) if row.of == known)
    return next(((row.first, row.second) for row in rows if joins(row, phrase)), None)


@lru_cache(maxsize=8192)
def spelled(phrase: str) -> str:
    """The phrase in one spelling, without white space, quotation marks and brackets."""
    plain = fold(squeeze(phrase))
    for pattern, form in _spellings():
        plain = pattern.sub(form, plain)
    return plain


@lru_cache(maxsize=8192)
def _known(phrase: str) -> Concept | None:
    plain = spelled(phrase[:_LONGEST])
    while plain:
        if plain in _names():
            return _names()[plain]
        before = _affixes("before").match(plain)
        shorter = plain[before.end() :] if before else plain
        if shorter in _names():
            return _names()[shorter]
        behind = _affixes("behind").search(plain)
        if behind and behind.start():
            plain = plain[: behind.start()]
        elif before and shorter:
            plain = shorter
        else:
            return None
    return None


def find(phrase: str, unit: str | None, measure: Measure) -> str | None:
    """The id of the concept that a phrase means, or None. A level must be in a unit of the concept's kind: 5% is no 生产总值."""
    found = _known(phrase)
    if found is None or (measure == "level" and not _fits(found, unit or "")):
        return None
    return found.id


def _fits(concept: Concept, unit: str) -> bool:
    natural = (concept.unit or "").partition("/")[0]
    if unit.endswith(_SHARES) or natural.endswith(_SHARES):
        return unit.endswith(_SHARES) and natural.endswith(_SHARES)
    return (unit.partition("/")[0].endswith(_MONEY) or not unit) == natural.endswith(_MONEY) or not unit
