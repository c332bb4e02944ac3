"""Which claim of the new report tells what became of each target of the old one, and whether it was kept.

The likest pair of all is taken first. Below 0.33 there is no answer, to 0.50 a possible one, which is shown and not judged. One
figure answers one promise: a second target with another number does not get it too, unless both are of one concept (固定资产投资
stands among the main targets and again in a task).
"""

from typing import NamedTuple

from pipeline.contracts import Claim, Report
from pipeline.years import scopes, verdicts
from pipeline.years.align import POSSIBLE, SURE
from pipeline.years.changes import scored
from pipeline.years.contracts import Answer, Judgement
from pipeline.years.likeness import Likeness
from pipeline.years.targets import kind, results, targets

_EXACT = 0.05


class Found(NamedTuple):
    """A claim that answers a target, how sure, and whether it is a running total where the target is what one year adds."""

    claim: Claim
    score: float
    total: bool = False


def answers(old: Report, new: Report, known: bool = False) -> tuple[Answer, ...]:
    """Every target of the old report for its year, with its outcome. The new report answers where it is of the next year.

    `known`: only those whose concept the catalogue knows, and only answers of the same concept.
    """
    wanted = [claim for claim in targets(old) if claim.indicator.concept or not known]
    if not wanted or new.metadata.year is None or old.metadata.year != new.metadata.year - 1:
        return tuple(_unanswered(target, "the other report is not of the next year") for target in wanted)
    said = [claim for claim in results(new, old.metadata.year) if claim.indicator.concept or not known]
    found = assign(wanted, said, Likeness(old, wanted, new, said))
    return tuple(_answer(target, _weighed(target, found.get(n), new)) for n, target in enumerate(wanted))


def assign(wanted: list[Claim], said: list[Claim], likeness: Likeness) -> dict[int, Found]:
    """The answer of each target that has one, by the target's place in the list."""
    likely = [
        (target, Found(said[n], score)) for target in range(len(wanted)) for n, score in likeness.of(target) if score >= POSSIBLE
    ]
    found: dict[int, Found] = {}
    holder: dict[str, Claim] = {}
    for target, one in sorted(likely, key=lambda pair: (*_rank(pair[1]), pair[0])):
        first = holder.setdefault(one.claim.id, wanted[target])
        if target not in found and _shares(first, wanted[target]):
            found[target] = one
    return found


def _weighed(target: Claim, found: Found | None, new: Report) -> Found | None:
    if found is None or not scopes.is_addition(target):
        return found
    return found._replace(total=scopes.is_total(new.text, found.claim) or scopes.may_be_total(target, found.claim))


def _rank(found: Found) -> tuple[float, int]:
    """The likest first, and before what is nearly as like the one that says the number and not a mark it has passed
    (突破百亿元大关,达122亿元); of equals the first."""
    return -found.score - _EXACT * (found.claim.modifier == "exact"), found.claim.start


def _shares(first: Claim, second: Claim) -> bool:
    """Whether two targets may have one answer: the same promise said twice."""
    if first is second or (first.value == second.value and first.measure == second.measure):
        return True
    return first.indicator.concept is not None and first.indicator.concept == second.indicator.concept


def _answer(target: Claim, found: Found | None) -> Answer:
    if found is None:
        return _unanswered(target, "the new report says nothing of it")
    verdict, why = _verdict(target, found)
    return Answer(kind=kind(target), target=target, outcome=found.claim, verdict=verdict, score=scored(found.score), why=why)


def _unanswered(target: Claim, why: str) -> Answer:
    return Answer(kind=kind(target), target=target, outcome=None, verdict=None, score=None, why=why)


def _verdict(target: Claim, found: Found) -> tuple[Judgement, str]:
    name = found.claim.indicator.text
    if found.score < SURE:
        return "unclear", f"only possibly the same: {name} {found.claim.surface}"
    if scopes.is_wider(target.indicator.text, name):
        return "unclear", f"answered together with something else: {name} {found.claim.surface}"
    if scopes.is_part(found.claim.indicator.concept, target.indicator.concept):
        verdict, why = verdicts.judge(target, found.claim)
        return ("missed" if verdict == "missed" else "unclear"), f"answered for a part of it, {name}: {why}"
    if found.total:
        return "unclear", f"answered by a running total: {name} {found.claim.surface}"
    verdict, why = verdicts.judge(target, found.claim)
    if _partial(found.claim) and not _partial(target) and not (verdict == "met" and target.measure == "level"):
        return "unclear", f"told only of a part of the year ({found.claim.period}): {why}"
    return verdict, why


def _partial(claim: Claim) -> bool:
    """Whether a claim is of a part of a year (2023-01/2023-11)."""
    return "-" in (claim.period or "")
