"""Which claims of a report are its targets, and which are the figures that answer those of the year before."""

from typing import Literal

from pipeline.claims.concept import catalogue
from pipeline.contracts import Claim, Report

Kind = Literal["headline", "task", "livelihood", "other"]
_STATES = ("stock", "rate", "share")
_ORDER: dict[Kind, int] = {"headline": 0, "task": 1, "other": 1, "livelihood": 2}


def targets(report: Report) -> list[Claim]:
    """The planned claims of a report for its year: the main targets first, then those of tasks and sections, then of tables."""
    planned = [claim for claim in report.claims if planned_for(claim, report.metadata.year)]
    return sorted(planned, key=lambda claim: (_ORDER[kind(claim)], claim.start))


def results(report: Report, year: int | None) -> list[Claim]:
    """The figures that a report gives of a year, in reading order; what grew on the average of many years is none of them, nor
    what is compared with another year than the one before. A review of five years tells of the last of them too: where a
    concept stood at its end, where it is not told of the year itself."""
    said = [claim for claim in report.claims if claim.status == "actual" and claim.basis in (None, "yoy")]
    exact = [claim for claim in said if _of(claim, year)]
    told = {(claim.indicator.concept, claim.measure) for claim in exact}
    late = [claim for claim in said if _ends_in(claim, year) and (claim.indicator.concept, claim.measure) not in told]
    return sorted([*exact, *late], key=lambda claim: claim.start) if late else exact


def _ends_in(claim: Claim, year: int | None) -> bool:
    """Whether a figure of several years that end in that year tells how things stood at the end of the last of them."""
    if claim.period is None or not claim.period.endswith(f"/{year}") or claim.indicator.concept is None:
        return False
    return claim.measure == "level" and catalogue()[claim.indicator.concept].kind in _STATES


def kind(claim: Claim) -> Kind:
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
    """Whether a claim is of the year: all of it (2023), a month or several of it (2023-01/2023-11)."""
    return year is not None and claim.period is not None and all(end[:4] == str(year) for end in claim.period.split("/"))
