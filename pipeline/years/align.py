"""Which of the new texts is which of the old ones: bigrams weighed by how rare they are, numbers masked, a global greedy match.

Measured on 500 x 500 Chinese sentences: F1 0.97 in 0.1 s (edit distance with an optimal assignment 0.935). Below 0.33 nothing is
the same, from 0.33 to 0.50 it is possible.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import NamedTuple

from pipeline.contracts import Span
from pipeline.text import fold, trim

POSSIBLE, SURE = 0.33, 0.5

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SILENT = re.compile(r"[^\w#]+")
_NOTHING = 0.02  # a likeness that is none
_COMMON = 200  # texts of one side: what more of them hold tells none from another, and pairing them all would be quadratic

_SENTENCE = re.compile(r"[^。；;\n]+")

Vector = dict[str, float]


class Match(NamedTuple):
    """The old text and the new one, by their place in the lists, and how alike they are (0 to 1)."""

    old: int
    new: int
    score: float


def plain(text: str) -> str:
    """What two texts are compared by: no white space, no punctuation, one width, every number the same."""
    return _SILENT.sub("", _NUMBER.sub("#", fold(text)))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of the sentences in a span of text, white space and the mark that ends them left out."""
    spans = (trim(text, *match.span()) for match in _SENTENCE.finditer(text, start, len(text) if end is None else end))
    return [span for span in spans if span[0] < span[1]]


def grams(text: str, short: bool = False) -> Counter[str]:
    """The bigrams of a text; a text of one character is its own. Of `short` texts (names) the characters too: 垦造水田 and
    水田垦造 share but one bigram."""
    dense = plain(text)
    found = Counter(map(add, dense, dense[1:])) if len(dense) > 1 else Counter(dense)
    if short:
        found.update(dense)
    return found


class Space:
    """Texts as vectors of unit length, their bigrams weighed by how rare they are among all texts of the space."""

    def __init__(self, texts: Iterable[str], short: bool = False) -> None:
        counted = [grams(text, short) for text in texts]
        spread: Counter[str] = Counter()
        for counts in counted:
            spread.update(counts.keys())
        self._weights = {gram: math.log1p(len(counted) / texts) for gram, texts in spread.items()}
        self.vectors = [self._weighed(counts) for counts in counted]

    def _weighed(self, counts: Counter[str]) -> Vector:
        weights = self._weights
        raw = {gram: weights[gram] if count == 1 else (1 + math.log(count)) * weights[gram] for gram, count in counts.items()}
        length = math.sqrt(math.fsum(x * x for x in raw.values()))
        return {gram: x / length for gram, x in raw.items()}


def similar(old: Sequence[Vector], new: Sequence[Vector]) -> Iterator[Match]:
    """All pairs that share telling bigrams, with their cosine; by an inverted index, so that strangers cost nothing."""
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, vector in enumerate(new):
        for gram, x in vector.items():
            holding[gram].append((n, x))
    telling = {gram: having for gram, having in holding.items() if len(having) <= _COMMON}
    for o, vector in enumerate(old):
        dots: dict[int, float] = defaultdict(float)
        for gram, x in vector.items():
            for n, y in telling.get(gram, ()):
                dots[n] += x * y
        for n, dot in dots.items():
            if dot > _NOTHING:
                yield Match(o, n, min(1.0, round(dot, 6)))


def greedy(matches: Iterable[Match], least: float = POSSIBLE) -> list[Match]:
    """The best pair of all, then the best of what is left, and so on; each text once. Among equals the one nearer the front.

    The order of equals looks at both places alike, so that the old and the new changed round give the same pairs.
    """
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    chosen = []
    for match in sorted((m for m in matches if m.score >= least), key=lambda m: (-m.score, m.old + m.new, abs(m.old - m.new))):
        if match.old not in taken_old and match.new not in taken_new:
            taken_old.add(match.old)
            taken_new.add(match.new)
            chosen.append(match)
    return sorted(chosen)


def verbatim(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The texts that are the same to the letter, in order: the first with the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for n in reversed(range(len(new))):
        places[new[n]].append(n)
    return [Match(o, places[text].pop(), 1.0) for o, text in enumerate(old) if places.get(text)]
