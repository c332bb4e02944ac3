"""How sure it is that a figure of the new report answers a target of the old one, 0 to 1.

Both may call it by another name, so names are compared by concept where the catalogue knows one, else by what their words share,
weighed by how rare these are in the two reports, and by what stands around. Read on 14 pairs of reports of nine places.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contracts import Claim, Report
from pipeline.years import scopes, verdicts
from pipeline.years.align import Space, plain, similar

_AROUND = 24  # characters on each side of a figure that tell what it is about
_NAME, _SHORT_NAME = 0.7, 0.5  # of the likeness is the names', the rest that of the surroundings; 完成投资 alone says little
_SHORT = 4  # characters of a short name
_SMALL, _LARGE = 0.3, 0.6  # of what is missing in likeness, how much the same number makes up for (3座, 1800个)
_ONE_CONCEPT = 0.4  # and how much one concept does
_STRANGE = 0.14  # what is less alike than this nothing brings to a possible answer
_DOUBTFUL = 0.49
_CONCEPT, _PART = 0.6, 0.5  # the likeness of two figures of one concept, of a part and its whole; the rest is the name's
_APART = 0.7  # how much of it is lost where each name has words of its own
_WIDER = 0.6  # how alike a name is at least to one that it is joined to something else in
_OTHER = 0.6  # what is left of it where the one is a running total, or another act

Turn = tuple[int, int]
"""Which of how many figures of one name a claim is in its sentence (城乡居民收入分别增长8%、9%)."""


class Said(NamedTuple):
    """A claim and its concept, whether its number is a running total, whether it is what one year adds, and its turn."""

    claim: Claim
    concept: str | None
    total: bool
    addition: bool
    turn: Turn


class Likeness:
    """The likeness of every target to every result of the next report."""

    def __init__(self, old: Report, targets: Sequence[Claim], new: Report, results: Sequence[Claim]) -> None:
        self._targets, self._results = _said(old, targets), _said(new, results)
        self._names = _shared([c.indicator.text for c in targets], [c.indicator.text for c in results], short=True)
        self._around = _shared([_around(old, c) for c in targets], [_around(new, c) for c in results])
        self._of_concept: dict[str, list[int]] = defaultdict(list)
        for n, said in enumerate(self._results):
            if said.concept:
                self._of_concept[said.concept].append(n)

    def of(self, target: int) -> Iterator[tuple[int, float]]:
        """The results that may answer a target, with the likeness of each; those of its concept that are another measure of it
        only where there is none of its own."""
        wanted = self._targets[target]
        inexact = []
        measured = False
        for n in self._near(target):
            said = self._results[n]
            if wanted.turn[1] == said.turn[1] and wanted.turn != said.turn and wanted.claim.indicator.text:
                continue
            fits = self._fits(wanted, said)
            if wanted.concept and said.concept == wanted.concept:
                measured = measured or fits
                if fits:
                    yield n, self._counted(target, n) if verdicts.counted(wanted.claim) else self._concept(target, n, fits)
                else:
                    inexact.append((n, self._concept(target, n, fits)))
            elif wanted.concept and said.concept:  # two concepts are never the same thing, whatever their words share
                if fits and scopes.is_part(said.concept, wanted.concept):
                    yield n, _PART + 0.2 * self._names[target].get(n, 0.0)
            elif fits:
                yield n, self._words(target, n)
        if not measured:
            yield from inexact

    def _near(self, target: int) -> list[int]:
        """The results of a target's concept, of a part of it, or with words of its name or its surroundings, in reading order."""
        concept = self._targets[target].concept
        near = {*self._names[target], *self._around[target]}
        for one in (concept, *scopes.parts_of(concept)) if concept else ():
            near.update(self._of_concept.get(one, ()))
        return sorted(near)

    def _counted(self, target: int, result: int) -> float:
        """One concept of things that are counted: it is as wide as its noun, so that the words decide with it."""
        words = self._words(target, result)
        other = self._results[result].total and self._targets[target].addition
        return words if other else words + (1 - words) * _ONE_CONCEPT

    def _concept(self, target: int, result: int, fits: bool) -> float:
        """One concept; a target of a task may be that of a part of the place (前海 alone), which its surroundings tell, or numbers
        that are far apart."""
        wanted, said = self._targets[target].claim, self._results[result].claim
        score = _CONCEPT + 0.2 * fits + 0.15 * self._names[target].get(result, 0.0) + 0.05 * wanted.headline
        if wanted.headline:
            return score
        score += 0.05 * self._around[target].get(result, 0.0)
        return min(score, _DOUBTFUL) if fits and wanted.measure == "level" and verdicts.far_apart(wanted, said) else score

    def _fits(self, wanted: Said, said: Said) -> bool:
        """Whether both are of one dimension; of a concept that the catalogue knows also of one measure."""
        same_measure = not (wanted.concept and said.concept) or wanted.claim.measure == said.claim.measure
        return same_measure and verdicts.same_dimension(wanted.claim, said.claim)

    def _words(self, target: int, result: int) -> float:
        """What names and surroundings share. The same number is no proof, but much more than chance, the longer the more."""
        wanted, said = self._targets[target], self._results[result]
        name, other = wanted.claim.indicator.text, said.claim.indicator.text
        share = _SHORT_NAME if len(plain(name)) <= _SHORT else _NAME
        alike_name, around = self._names[target].get(result, 0.0), self._around[target].get(result, 0.0)
        if _STRANGE < alike_name < _WIDER and scopes.is_wider(name, other) and scopes.holds(name, other):
            alike_name = _WIDER
        alike = share * alike_name + (1 - share) * around
        if alike < _STRANGE:
            return alike
        alike *= 1 - _APART * scopes.apart(name, other)
        if scopes.opposed(name, other) or (said.total and wanted.addition):
            alike *= _OTHER
        a, b = wanted.claim, said.claim
        if a.value is not None and a.value == b.value and a.measure == b.measure and b.modifier == "exact":
            alike += (1 - alike) * (_SMALL if len(a.surface) < 3 else _LARGE) * alike**0.5
        return alike


def _said(report: Report, claims: Sequence[Claim]) -> list[Said]:
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: one.start):
        groups[claim.sentence, claim.indicator.text, claim.measure, claim.unit].append(claim)
    turns = {claim.id: (n, len(group)) for group in groups.values() for n, claim in enumerate(group)}
    said = []
    for claim in claims:
        concept = scopes.told_apart(claim.indicator.concept, turns[claim.id])
        said.append(Said(claim, concept, scopes.is_total(report.text, claim), scopes.is_addition(claim), turns[claim.id]))
    return said


def _around(report: Report, claim: Claim) -> str:
    return report.text[max(claim.sentence[0], claim.start - _AROUND) : min(claim.sentence[1], claim.end + _AROUND)]


def _shared(old: list[str], new: list[str], short: bool = False) -> dict[int, dict[int, float]]:
    """How alike each of the old texts is to each of the new, where they share anything."""
    vectors = Space([*old, *new], short).vectors
    shared: dict[int, dict[int, float]] = defaultdict(dict)
    for match in similar(vectors[: len(old)], vectors[len(old) :]):
        shared[match.old][match.new] = match.score
    return shared
