"""Which claims of a report are its targets, and which are the figures that answer those of the year before."""

from typing import Literal

from pipeline.contracts import Claim, Report

Kind = Literal["headline", "task", "livelihood", "other"]
_ORDER: dict[Kind, int] = {"headline": 0, "task": 1, "other": 1, "livelihood": 2}


def targets(report: Report) -> list[Claim]:
    """The planned claims of a report for its year: the main targets first, then those of tasks and sections, then of tables."""
    planned = [claim for claim in report.claims if planned_for(claim, report.metadata.year)]
    return sorted(planned, key=lambda claim: (_ORDER[kind(claim)], claim.start))


def results(report: Report, year: int | None) -> list[Claim]:
    """The figures that a report gives of a year, in reading order; what grew on the average of many years is none of them, nor
    what is compared with another year than the one before."""
    return [claim for claim in report.claims if reached_in(claim, year) and claim.basis in (None, "yoy")]


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
    return year is not None and claim.period is not None and "/" not in claim.period and claim.period[:4] == str(year)
