"""Which claim of the new report tells what became of a target of the old one.

Both may call it by another name, so names are compared by concept where the catalogue knows one, else by what their words share,
weighed by how rare these are in the two reports. A pair needs one dimension (or one concept); below 0.33 there is no answer, to
0.50 a possible one, which is shown and not judged.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline import verdicts
from pipeline.align import POSSIBLE, SURE, Space, Vector, cosine
from pipeline.changes import scored
from pipeline.contracts import Answer, Claim, Judgement, Report

_AROUND = 24  # characters on each side of a figure that tell what it is about
_NAME = 0.7  # of the likeness is the names', the rest that of the surroundings
_SMALL, _LARGE = 0.3, 0.6  # of what is missing in likeness, how much the same number makes up for (3座, 1800个)


class Told(NamedTuple):
    """A claim with its name and its surroundings as vectors."""

    claim: Claim
    name: Vector
    around: Vector


class Found(NamedTuple):
    """A claim that may answer a target, and how sure."""

    claim: Claim
    score: float


def answers(old: Report, new: Report, known: bool = False) -> tuple[Answer, ...]:
    """Every target of the old report for its year, with its outcome. The new report answers where it is of the next year.

    `known`: only those whose concept the catalogue knows, and only answers of the same concept.
    """
    wanted = [claim for claim in targets(old) if claim.indicator.concept or not known]
    if not wanted or new.metadata.year is None or old.metadata.year != new.metadata.year - 1:
        return tuple(_answer(target, None) for target in wanted)
    results = [c for c in new.claims if reached_in(c, old.metadata.year) and (c.indicator.concept or not known)]
    space = Space([*_texts(old, wanted), *_texts(new, results)])
    told = [Told(claim, *space.vectors[2 * n : 2 * n + 2]) for n, claim in enumerate((*wanted, *results))]
    asked, said = told[: len(wanted)], told[len(wanted) :]
    return tuple(_answer(one.claim, outcome(one, said)) for one in asked)


def _texts(report: Report, claims: Iterable[Claim]) -> Iterable[str]:
    """Of each claim its name and its surroundings."""
    for claim in claims:
        start, end = max(claim.sentence[0], claim.start - _AROUND), min(claim.sentence[1], claim.end + _AROUND)
        yield claim.indicator.text
        yield report.text[start:end]


def targets(report: Report) -> list[Claim]:
    """The planned claims of a report for its year: the main targets first, then those of tasks and sections, then of tables."""
    order = {"headline": 0, "task": 1, "other": 1, "livelihood": 2}
    planned = [claim for claim in report.claims if planned_for(claim, report.metadata.year)]
    return sorted(planned, key=lambda claim: (order[kind(claim)], claim.start))


def kind(claim: Claim) -> Literal["headline", "task", "livelihood", "other"]:
    """Where a target stands."""
    if claim.headline:
        return "headline"
    if claim.table:
        return "livelihood"
    return "task" if claim.task else "other"


def planned_for(claim: Claim, year: int | None) -> bool:
    """Whether a claim is a target for that year, or for a part of it."""
    return claim.status == "planned" and _of(claim, year)


def reached_in(claim: Claim, year: int | None) -> bool:
    """Whether a claim is a figure reported of that year, or of a part of it."""
    return claim.status == "actual" and _of(claim, year)


def _of(claim: Claim, year: int | None) -> bool:
    return year is not None and claim.period is not None and "/" not in claim.period and claim.period[:4] == str(year)


def outcome(target: Told, said: Sequence[Told]) -> Found | None:
    """The claim that answers a target best, the first of equals; None where none is alike enough."""
    concept = target.claim.indicator.concept
    same = [one for one in said if concept and one.claim.indicator.concept == concept]
    rated = [Found(one.claim, _by_concept(target, one)) for one in same]
    if not rated:  # two concepts are never the same thing, whatever their words share
        others = [one for one in said if not (concept and one.claim.indicator.concept)]
        rated = [Found(one.claim, _by_words(target, one)) for one in others if verdicts.same_dimension(target.claim, one.claim)]
    best = max(rated, key=lambda found: (found.score, -found.claim.start), default=None)
    return best if best and best.score >= POSSIBLE else None


def _by_concept(target: Told, result: Told) -> float:
    """One concept: the figure of the target's own measure and unit, else another one of the same concept."""
    a, b = target.claim, result.claim
    fits = a.measure == b.measure and verdicts.same_dimension(a, b)
    return 0.6 + 0.2 * fits + 0.2 * cosine(target.name, result.name)


def _by_words(target: Told, result: Told) -> float:
    """What the names and the surroundings share; the same number is no proof, but much more than chance, the longer the more."""
    a, b = target.claim, result.claim
    alike = _NAME * cosine(target.name, result.name) + (1 - _NAME) * cosine(target.around, result.around)
    if a.value is not None and a.value == b.value and a.measure == b.measure:
        alike += (1 - alike) * (_SMALL if len(a.surface) < 3 else _LARGE) * alike**0.5
    return alike


def _answer(target: Claim, found: Found | None) -> Answer:
    if found is None:
        why = "the new report says nothing of it"
        return Answer(kind=kind(target), target=target, outcome=None, verdict=None, score=None, why=why)
    verdict, why = _verdict(target, found)
    return Answer(kind=kind(target), target=target, outcome=found.claim, verdict=verdict, score=scored(found.score), why=why)


def _verdict(target: Claim, found: Found) -> tuple[Judgement, str]:
    if found.score < SURE:
        return "unclear", f"only possibly the same: {found.claim.indicator.text} {found.claim.surface}"
    return verdicts.judge(target, found.claim)
