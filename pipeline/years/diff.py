"""Two reports side by side: every target with what became of it, the figures of both years, what goes on, is new, is gone."""

from decimal import Decimal

from pipeline import __version__, lexicon
from pipeline.contracts import SCHEMA_VERSION, Claim, Measure, Report, Tool
from pipeline.text import squeeze
from pipeline.years import align, changes, outcomes, pairing, targets
from pipeline.years.contracts import Diff, IndicatorPair, Moved, Side, Standing
from pipeline.years.echoes import echoes
from pipeline.years.wording import wording

Key = tuple[str, Measure, str | None]
"""A concept, how it is measured, in which unit: what can stand side by side."""


def compare(old: Report, new: Report) -> Diff:
    """The diff of two reports of one place. Raises pairing.WrongPairError where they can't be compared."""
    findings = pairing.relation(old, new)
    return Diff(
        schema_version=SCHEMA_VERSION,
        tool=tool(),
        old=_side(old),
        new=_side(new),
        targets=outcomes.answers(old, new),
        indicators=indicators(old, new),
        sections=changes.sections(old, new),
        tasks=changes.tasks(old, new),
        livelihood=changes.livelihood(old, new),
        glossary=changes.glossary(old, new),
        echoes=echoes(old, new),
        findings=findings,
    )


def tool() -> Tool:
    """Which program and which rules made a comparison."""
    return Tool(version=__version__, lexicon=lexicon.fingerprint())


def _side(report: Report) -> Side:
    data = report.metadata
    return Side(name=report.source.name, place=data.place, area_code=data.area_code, year=data.year, text=report.text)


def changed(diff: Diff) -> bool:
    """Whether anything at all differs between the two reports."""
    statuses = {pair.status for pair in diff.sections} | {pair.status for pair in diff.tasks}
    statuses |= {pair.status for pair in diff.livelihood} | {pair.status for pair in diff.glossary}
    moved = [m for pair in diff.indicators for m in (pair.target, pair.actual)]
    return (
        bool(statuses - {"continued"})
        or any(m is not None and (m.value not in (None, "0") or m.old != m.new) for m in moved)
        or any((pair.old.target is None) != (pair.new.target is None) for pair in diff.indicators)
        or squeeze(diff.old.text) != squeeze(diff.new.text)
    )


# --- indicators: the same figure in both years ---------------------------------------------------------------------------


def indicators(old: Report, new: Report) -> tuple[IndicatorPair, ...]:
    """Every concept that either report sets a target for or both give a figure of, headline targets first.

    A report's target is for its own year, its actual figure of the year before; the first that it names is the whole place's.
    """
    here, there = _standings(old), _standings(new)
    return tuple(
        _indicator(key, here.get(key, _NONE), there.get(key, _NONE), old.text, new.text)
        for key in {**here, **there}
        if _worth_a_line(here.get(key, _NONE), there.get(key, _NONE))
    )


_NONE = Standing(target=None, actual=None)


def _worth_a_line(old: Standing, new: Standing) -> bool:
    return bool(old.target or new.target or (old.actual and new.actual))


def _standings(report: Report) -> dict[Key, Standing]:
    """What a report says of each concept, the main targets first, then in reading order."""
    found: dict[Key, dict[str, Claim]] = {}
    year = report.metadata.year
    for claim in sorted(report.claims, key=lambda claim: (not claim.headline, claim.start)):
        is_target, is_actual = targets.planned_for(claim, year), targets.reached_in(claim, year and year - 1)
        if (is_target or is_actual) and (claim.indicator.concept or claim.headline):
            found.setdefault(key_of(claim), {}).setdefault("target" if is_target else "actual", claim)
    return {key: Standing(target=roles.get("target"), actual=roles.get("actual")) for key, roles in found.items()}


def key_of(claim: Claim) -> Key:
    """What a claim can stand side by side with."""
    return claim.indicator.concept or align.plain(claim.indicator.text), claim.measure, claim.code or claim.unit


def _indicator(key: Key, old: Standing, new: Standing, old_text: str, new_text: str) -> IndicatorPair:
    first = next(claim for claim in (old.target, new.target, old.actual, new.actual) if claim)
    return IndicatorPair(
        concept=first.indicator.concept,
        name=first.indicator.text,
        measure=first.measure,
        unit=first.unit,
        old=old,
        new=new,
        target=_moved(old.target, new.target, old_text, new_text),
        actual=_moved(old.actual, new.actual, old_text, new_text),
    )


def _moved(old: Claim | None, new: Claim | None, old_text: str, new_text: str) -> Moved | None:
    if old is None or new is None:
        return None
    return Moved(value=_difference(old, new), old=wording(old_text, old), new=wording(new_text, new))


def _difference(old: Claim, new: Claim) -> str | None:
    """New less old, a fall counted below nothing; None for ranges and ratios."""
    if isinstance(old.value, str) and isinstance(new.value, str):
        before, after = (Decimal(c.value) * (-1 if c.direction == "down" else 1) for c in (old, new) if isinstance(c.value, str))
        return f"{(after - before).normalize():f}"
    return None
