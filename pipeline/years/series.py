"""Many years of one place: each report with the next, and every main target through the years."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.contracts import SCHEMA_VERSION, Claim, Report
from pipeline.years.contracts import Diff, Kept, Link, Series, Track
from pipeline.years.diff import Key, compare, key_of, tool
from pipeline.years.pairing import WrongPairError, named
from pipeline.years.wording import wording


def follow(reports: Sequence[Report]) -> tuple[Series, dict[str, Diff]]:
    """The reports of one place in the order of their years: the diffs of those that follow each other, by the name of their
    folder, and every main target through the years."""
    ordered = sorted(reports, key=lambda report: report.metadata.year or 9999)  # those that don't say it at the end
    diffs: dict[str, Diff] = {}
    links = []
    for old, new in pairwise(ordered):
        folder = f"{old.metadata.year}-{new.metadata.year}"
        try:
            if old.metadata.year is None or new.metadata.year is None:
                raise WrongPairError(
                    f"{named(old)} and {named(new)}: one of them does not say its year, so it has no place in a series"
                )
            diffs[folder] = compare(old, new)
            links.append(Link(old=named(old), new=named(new), folder=folder, wrong=None))
        except WrongPairError as error:
            links.append(Link(old=named(old), new=named(new), folder=None, wrong=str(error)))
    whole = Series(
        schema_version=SCHEMA_VERSION,
        tool=tool(),
        place=ordered[-1].metadata.place,
        years=tuple(report.metadata.year for report in ordered),
        links=tuple(links),
        tracks=_tracks(diffs.values()),
    )
    return whole, diffs


def _tracks(diffs: Iterable[Diff]) -> tuple[Track, ...]:
    """The main targets of all years, each indicator on its own line."""
    found: dict[Key, list[tuple[Claim, Kept]]] = {}
    for diff in diffs:
        for answer in diff.targets:
            if answer.kind == "headline" and diff.old.year is not None:
                kept = Kept(
                    year=diff.old.year,
                    target=wording(diff.old.text, answer.target),
                    outcome=wording(diff.new.text, answer.outcome) if answer.outcome else None,
                    verdict=answer.verdict,
                    why=answer.why,
                )
                found.setdefault(key_of(answer.target), []).append((answer.target, kept))
    return tuple(
        Track(
            concept=rows[0][0].indicator.concept,
            name=rows[0][0].indicator.text,
            measure=rows[0][0].measure,
            unit=rows[0][0].unit,
            years=tuple(kept for _, kept in rows),
        )
        for rows in found.values()
    )
