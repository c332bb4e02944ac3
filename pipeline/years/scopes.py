"""What keeps two figures of like names apart: a running total, an act that is not the other's outcome, words of their own on both
sides."""

from collections import Counter
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.contracts import Claim
from pipeline.years import verdicts
from pipeline.years.align import plain

_REACHED = ("达", "达到", "达到了")
_BEFORE = 10  # characters before a number that may make it a total
_JOINING = "和及与、"
_LONGEST = 60  # characters of a name that are compared


class Words(lexicon.Row):
    """Words that say what a figure is (a running total, what a year adds), unless one of the others is there too; `within` are
    words that hold them and say another thing (高新技术企业 is nothing new, 新增高新技术企业 is)."""

    words: str
    unless: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        for word in self.within:
            text = text.replace(word, "")
        return self.words in text and not any(word in text for word in self.unless)


class Contrast(lexicon.Row):
    """Kinds of acts, or of things: a name with words of one kind alone is not the name of another."""

    kinds: tuple[tuple[str, ...], ...]

    def sides(self, name: str) -> frozenset[int]:
        """Which of the kinds a name speaks of."""
        return frozenset(n for n, words in enumerate(self.kinds) if any(word in name for word in words))

    def parts(self, a: str, b: str) -> bool:
        here, there = self.sides(a), self.sides(b)
        return bool(here and there) and not here & there


class Whole(lexicon.Row):
    """A concept and its parts, in the order that reports tell them."""

    concept: str
    parts: tuple[str, ...]

    def matches(self, text: str) -> bool:
        return text in self.parts


@cache
def _wholes() -> dict[str, tuple[str, ...]]:
    return {row.concept: row.parts for row in lexicon.load("scopes", "whole", Whole)}


def told_apart(concept: str | None, turn: tuple[int, int]) -> str | None:
    """The concept of one of several figures told in turn: the first of two on 城乡居民收入 is the one of 城镇居民."""
    parts = _wholes().get(concept or "", ())
    return parts[turn[0]] if turn[1] == len(parts) else concept


def parts_of(concept: str) -> tuple[str, ...]:
    """The concepts that are parts of a concept."""
    return _wholes().get(concept, ())


def is_part(concept: str | None, whole: str | None) -> bool:
    """Whether one concept is a part of the other."""
    return concept in parts_of(whole or "")


def is_total(text: str, claim: Claim) -> bool:
    """Whether a claim's number is all that there is: by the words before it, or because it is reached and not added
    (中药材达到10万亩)."""
    before = text[max(claim.sentence[0], claim.start - _BEFORE) : claim.start]
    return _says("total", before + claim.indicator.text) or (before.endswith(_REACHED) and not is_addition(claim))


def may_be_total(target: Claim, claim: Claim) -> bool:
    """Whether nothing says that a claim's number was added in the year, and it is far from what was to be added."""
    return not is_addition(claim) and verdicts.far_apart(target, claim)


def is_addition(claim: Claim) -> bool:
    """Whether a claim is what one year adds (新建公园3座), by its name."""
    return _says("addition", claim.indicator.text)


@lru_cache(maxsize=8192)
def _says(kind: str, words: str) -> bool:
    return any(row.matches(words) for row in lexicon.load("scopes", kind, Words))


@lru_cache(maxsize=8192)
def opposed(a: str, b: str) -> bool:
    """Whether two names speak of acts or things that are not each other's (开工 and 竣工, 筹集 and 供应)."""
    return any(row.parts(a, b) for row in lexicon.load("scopes", "contrast", Contrast))


@lru_cache(maxsize=8192)
def apart(a: str, b: str) -> float:
    """How far each of two names has characters that the other has not, 0 to 1; 0 where only one has.

    新增学位 is wider than 新增基础教育学位, and may answer it; 安全生产事故 and 道路交通事故 each say something of their own.
    """
    here, there = Counter(plain(a)[:_LONGEST]), Counter(plain(b)[:_LONGEST])
    if not here or not there:
        return 0.0
    return min((here - there).total() / here.total(), (there - here).total() / there.total())


@lru_cache(maxsize=8192)
def is_wider(a: str, b: str) -> bool:
    """Whether the second name joins something of its own to the first, a thing (公厕和垃圾中转站) or an act (新建和改造公园)."""
    if sum(b.count(c) for c in _JOINING) <= sum(a.count(c) for c in _JOINING):
        return False
    things = (Counter(plain(b)) - Counter(plain(a)) - Counter(_JOINING)).total() > 2
    return things or any(row.sides(a) < row.sides(b) for row in lexicon.load("scopes", "contrast", Contrast) if row.sides(a))


def holds(a: str, b: str) -> bool:
    """Whether the second name has every character of the first."""
    return not Counter(plain(a)) - Counter(plain(b))
