"""A diff -> one self-contained page: promise and answer side by side, what was reworded, what goes on, what is new, what is gone.

Reads a diff, parses no text. Everything that comes from a document is escaped.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from pipeline.contracts import Claim
from pipeline.pages.filling import render
from pipeline.text import squeeze
from pipeline.years.contracts import Diff, Pair, S
from pipeline.years.wording import wording

VERDICTS = ("met", "missed", "unclear", "unanswered")
CHANGES = ("continued", "changed", "possible", "new", "dropped")


class Told(NamedTuple):
    """A claim as the page shows it: the figure with its wording, and its sentence with the figure marked."""

    figure: str
    sentence: Markup


class Promise(NamedTuple):
    """A target, its answer where there is one, and what comes of the two."""

    name: str
    kind: str
    concept: str | None
    verdict: str
    target: Told
    outcome: Told | None
    why: str


class Reworded(NamedTuple):
    """An indicator in both years: both targets and both figures as worded, and what the target's value changed by."""

    name: str
    measure: str
    targets: tuple[str, str]
    actuals: tuple[str, str]
    change: str


class Row(NamedTuple):
    """A section, task, project or term of one year and the one that it lives on as in the other."""

    status: str
    old: str
    new: str
    differs: tuple[str, ...]


def page(diff: Diff) -> str:
    """The page of a diff, as the text of an HTML file."""
    old, new = diff.old, diff.new
    promises = [
        Promise(
            squeeze(answer.target.indicator.text),
            answer.kind,
            answer.target.indicator.concept,
            answer.verdict or "unanswered",
            _told(old.text, answer.target),
            _told(new.text, answer.outcome) if answer.outcome else None,
            answer.why,
        )
        for answer in diff.targets
    ]
    reworded = [
        Reworded(
            one.name,
            one.measure,
            (_words(old.text, one.old.target), _words(new.text, one.new.target)),
            (_words(old.text, one.old.actual), _words(new.text, one.new.actual)),
            one.target.value or "" if one.target else "",
        )
        for one in diff.indicators
    ]
    lists = {
        "tasks": _rows(diff.tasks, lambda side: f"{side.marker}{side.title}"),
        "sections": _rows(diff.sections, lambda side: f"{side.marker}{side.title}"),
        "livelihood": _rows(diff.livelihood, lambda side: side.project),
        "glossary": _rows(diff.glossary, lambda side: side.term),
    }
    return render(
        "diff",
        title=f"{new.place or old.place or ''} {old.year or old.name} → {new.year or new.name}".strip(),
        diff=diff,
        promises=promises,
        echoes=[(squeeze(old.text[slice(*echo.old)]), squeeze(new.text[slice(*echo.new)]), echo.score) for echo in diff.echoes],
        verdicts=_counted(VERDICTS, [one.verdict for one in promises]),
        main=_counted(VERDICTS, [one.verdict for one in promises if one.kind == "headline"]),
        reworded=reworded,
        lists=lists,
        tabs=[
            ("promises", len(promises)),
            ("indicators", len(reworded)),
            ("echoes", len(diff.echoes)),
            *((key, len(rows)) for key, rows in lists.items()),
        ],
        statuses=CHANGES,
        counted=lambda rows: _counted(CHANGES, [row.status for row in rows]),
    )


def _told(text: str, claim: Claim) -> Told:
    start, end = claim.sentence
    marked = Markup("{}<mark>{}</mark>{}").format(
        squeeze(text[start : claim.start]), squeeze(text[claim.start : claim.end]), squeeze(text[claim.end : end])
    )
    return Told(wording(text, claim), marked)


def _words(text: str, claim: Claim | None) -> str:
    return wording(text, claim) if claim else ""


def _rows(pairs: Sequence[Pair[S]], name: Callable[[S], str]) -> list[Row]:
    return [
        Row(pair.status, squeeze(name(pair.old)) if pair.old else "", squeeze(name(pair.new)) if pair.new else "", pair.differs)
        for pair in pairs
    ]


def _counted(order: Sequence[str], found: Sequence[str]) -> list[tuple[str, int]]:
    count = Counter(found)
    return [(key, count[key]) for key in order if count[key]]
