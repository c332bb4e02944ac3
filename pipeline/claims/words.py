"""Sets of words found by the longest match, forwards from a place or backwards from it, and the lexicon's words by role."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import Direction

VerbRole = Literal["keep", "light", "act", "cause", "reach"]
ParticleRole = Literal["opening", "adverb", "scope", "closing", "dependent", "act", "thing", "predicate", "ranking"]


class Verb(lexicon.Row):
    """Verbs that open the object of a quantity, by what becomes of them in the phrase."""

    role: VerbRole
    words: tuple[str, ...]


class Particle(lexicon.Row):
    """Words around an indicator, by the part that they play."""

    role: ParticleRole
    words: tuple[str, ...]


class ChangeWord(lexicon.Row):
    """Words that make a number a change, with the direction."""

    kind: Literal["change", "above"]
    direction: Direction
    words: tuple[str, ...]


class Words:
    """A set of words, found at a place of a text: the longest one that starts or ends there."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for word in self._words:
            first.setdefault(word[0], set()).add(len(word))
            last.setdefault(word[-1], set()).add(len(word))
        self._first = {sign: sorted(sizes, reverse=True) for sign, sizes in first.items()}
        self._last = {sign: sorted(sizes, reverse=True) for sign, sizes in last.items()}

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._words)

    def after(self, text: str, start: int, end: int) -> int:
        """The end of the longest word that starts at `start` and ends by `end`; `start` where there is none."""
        if start < end and (sizes := self._first.get(text[start])):
            for size in sizes:
                if start + size <= end and text[start : start + size] in self._words:
                    return start + size
        return start

    def before(self, text: str, start: int, end: int) -> int:
        """The start of the longest word that ends at `end` and starts from `start`; `end` where there is none."""
        if start < end and (sizes := self._last.get(text[end - 1])):
            for size in sizes:
                if start <= end - size and text[end - size : end] in self._words:
                    return end - size
        return end

    def inside(self, text: str, start: int, end: int) -> int:
        """The start of the first word between `start` and `end`; `end` where there is none."""
        for place in range(start, end):
            if self.after(text, place, end) > place:
                return place
        return end


VERBS: dict[str, VerbRole] = {word: row.role for row in lexicon.load("verbs", "verb", Verb) for word in row.words}
VERB = Words(VERBS)


def particles(role: ParticleRole) -> Words:
    """The lexicon's particles of one role."""
    return Words(word for row in lexicon.load("particles", "particle", Particle) if row.role == role for word in row.words)


def matches(row: Verb | Particle | ChangeWord, text: str) -> bool:
    """Whether a text has one of a row's words where words of its kind stand: at the start, at the end, or anywhere."""
    if isinstance(row, ChangeWord):
        return any(word in text for word in row.words)
    if isinstance(row, Particle) and row.role in ("closing", "act", "thing", "ranking"):
        return text.endswith(row.words)
    return text.startswith(row.words)
