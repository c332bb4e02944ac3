"""Which claim of the new report tells what became of a target of the old one.

Both may call it by another name, so names are compared by concept where the catalogue knows one, else by what their words share,
weighed by how rare these are in the two reports. A pair needs one dimension (or one concept); below 0.33 there is no answer, to
0.50 a possible one, which is shown and not judged.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline import scopes, verdicts
from pipeline.align import POSSIBLE, SURE, Space, similar
from pipeline.changes import scored
from pipeline.contracts import Answer, Claim, Judgement, Report

_AROUND = 24  # characters on each side of a figure that tell what it is about
_NAME = 0.7  # of the likeness is the names', the rest that of the surroundings
_SMALL, _LARGE = 0.3, 0.6  # of what is missing in likeness, how much the same number makes up for (3座, 1800个)
_ONE_CONCEPT = 0.4  # and how much one concept does
_OTHER = 0.6  # what is left of it where the one is a running total, or another act


class Told(NamedTuple):
    """A claim that may answer a target, with what both names share and what both surroundings share (0 to 1)."""

    claim: Claim
    name: float
    around: float
    total: bool


class Found(NamedTuple):
    """A claim that answers a target, and how sure."""

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
    names = _shared([c.indicator.text for c in wanted], [c.indicator.text for c in results])
    around = _shared([_around(old, c) for c in wanted], [_around(new, c) for c in results])
    totals = [scopes.is_total(new.text, c) for c in results]
    found = []
    for t, target in enumerate(wanted):
        total = scopes.is_total(old.text, target)
        told = [Told(c, names.get((t, n), 0.0), around.get((t, n), 0.0), totals[n] and not total) for n, c in enumerate(results)]
        found.append(_answer(target, outcome(target, told)))
    return tuple(found)


def _shared(old: list[str], new: list[str]) -> dict[tuple[int, int], float]:
    """How alike each of the old texts is to each of the new, where they share anything."""
    vectors = Space([*old, *new]).vectors
    return {(match.old, match.new): match.score for match in similar(vectors[: len(old)], vectors[len(old) :])}


def _around(report: Report, claim: Claim) -> str:
    return report.text[max(claim.sentence[0], claim.start - _AROUND) : min(claim.sentence[1], claim.end + _AROUND)]


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


def outcome(target: Claim, said: Sequence[Told]) -> Found | None:
    """The claim that answers a target best; None where none is alike enough."""
    concept = target.indicator.concept
    same = [one for one in said if concept and one.claim.indicator.concept == concept]
    rated = [Found(one.claim, _by_concept(target, one)) for one in same]
    if not rated:  # two concepts are never the same thing, whatever their words share
        others = [one for one in said if one.name + one.around and not (concept and one.claim.indicator.concept)]
        rated = [Found(one.claim, _by_words(target, one)) for one in others if verdicts.same_dimension(target, one.claim)]
    best = max(rated, key=_rank, default=None)
    return best if best and best.score >= POSSIBLE else None


def _rank(found: Found) -> tuple[float, bool, int]:
    """The likest; of those that are nearly so the one that says the number and not a mark it has passed (突破百亿元大关,达122亿元);
    of equals the first."""
    return round(found.score, 1), found.claim.modifier == "exact", -found.claim.start


def _by_concept(target: Claim, result: Told) -> float:
    """One concept: the figure of the target's own measure and unit, else another one of it. A concept of things that are counted
    is as wide as its noun (学位 of schools and of kindergartens), so that the words decide with it."""
    claim = result.claim
    fits = target.measure == claim.measure and verdicts.same_dimension(target, claim)
    if fits and verdicts.counted(target):
        words = _by_words(target, result)
        return words + (1 - words) * _ONE_CONCEPT
    return 0.6 + 0.2 * fits + 0.2 * result.name


def _by_words(target: Claim, result: Told) -> float:
    """What the names and the surroundings share; the same number is no proof, but much more than chance, the longer the more."""
    claim = result.claim
    name, other = target.indicator.text, claim.indicator.text
    alike = _NAME * result.name + (1 - _NAME) * result.around
    alike *= 1 - scopes.apart(name, other)
    if scopes.opposed(name, other) or result.total:
        alike *= _OTHER
    if target.value is not None and target.value == claim.value and target.measure == claim.measure and claim.modifier == "exact":
        alike += (1 - alike) * (_SMALL if len(target.surface) < 3 else _LARGE) * alike**0.5
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
