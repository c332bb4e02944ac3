"""A diff as a person reads it in a terminal: what became of every target, with both sentences, and what else has changed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from unicodedata import east_asian_width

import click

from pipeline.contracts import Claim
from pipeline.text import squeeze
from pipeline.years.contracts import Answer, Change, Diff, Judgement, Moved, Pair, S, Series, Track
from pipeline.years.wording import wording

_SIGNS: dict[Judgement | None, tuple[str, str | None]] = {
    "met": ("✓", "green"),
    "missed": ("✗", "red"),
    "unclear": ("?", "yellow"),
    None: ("·", None),
}
_MARKS: dict[Change, tuple[str, str | None]] = {
    "continued": ("=", None),
    "changed": ("~", None),
    "possible": ("?", "yellow"),
    "new": ("+", "green"),
    "dropped": ("-", "red"),
}
_GROUPS = {"headline": "Main targets", "task": "Targets in tasks", "other": "Other targets", "livelihood": "Livelihood projects"}
_LINE, _SENTENCE = 48, 110  # columns of a title, of a sentence
_CONTEXT = 26  # characters of the sentence on each side of a figure


def of_diff(diff: Diff) -> Iterator[str]:
    """The diff, a line at a time, with colours (`click.echo` takes them off where nobody sees them)."""
    place = diff.new.place or diff.old.place or "?"
    yield click.style(f"{place}  {diff.old.year or diff.old.name} → {diff.new.year or diff.new.name}", bold=True)
    yield from (f"  ! {finding.message}" for finding in diff.findings)
    yield from _targets(diff)
    yield from _indicators(diff)
    yield from _echoes(diff)
    yield from _pairs("Sections", diff.sections, lambda side: side.marker + side.title)
    yield from _pairs("Tasks", diff.tasks, lambda side: side.marker + side.title)
    yield from _pairs("Livelihood projects", diff.livelihood, lambda side: side.project)
    yield from _pairs("Glossary", diff.glossary, lambda side: side.term)


def of_series(series: Series) -> Iterator[str]:
    """The main targets of all years, a line for each year under its indicator."""
    yield click.style(f"{series.place or '?'}  {', '.join(str(year or '?') for year in series.years)}", bold=True)
    yield from (f"  ! {link.wrong}" for link in series.links if link.wrong)
    for name, tracks in _together(series.tracks):
        yield ""
        yield click.style(name, bold=True)
        for track in tracks:
            for kept in track.years:
                sign, colour = _SIGNS[kept.verdict]
                came = f"→ {kept.outcome}" if kept.outcome else ""
                yield f" {click.style(sign, fg=colour)} {kept.year}  {_pad(kept.target, 16)} {_pad(came, 16)} {kept.why}".rstrip()


def _together(tracks: Sequence[Track]) -> Iterator[tuple[str, list[Track]]]:
    """The tracks of each indicator, its level and its growth beside each other, in the order of the first."""
    groups: dict[str, list[Track]] = {}
    for track in tracks:
        groups.setdefault(track.concept or track.name, []).append(track)
    yield from ((group[0].name, group) for group in groups.values())


def _targets(diff: Diff) -> Iterator[str]:
    if not diff.targets or diff.old.year is None or diff.new.year != diff.old.year + 1:
        return
    count = Counter(answer.verdict for answer in diff.targets)
    told = ", ".join(f"{count[verdict]} {verdict or 'not spoken of'}" for verdict in _SIGNS if count[verdict])
    yield f"{len(diff.targets)} targets: {told}"
    for group, title in _GROUPS.items():
        answers = [answer for answer in diff.targets if answer.kind == group]
        if answers:
            yield ""
            yield click.style(title, bold=True)
        width = min(28, max((_width(a.target.indicator.text) for a in answers), default=0))
        for answer in answers:
            yield from _answer(diff, answer, width)


def _answer(diff: Diff, answer: Answer, width: int) -> Iterator[str]:
    sign, colour = _SIGNS[answer.verdict]
    said = wording(diff.old.text, answer.target)
    came = f"→ {wording(diff.new.text, answer.outcome)}" if answer.outcome else ""
    name = _pad(answer.target.indicator.text, width)
    yield f" {click.style(sign, fg=colour)} {name}  {_pad(said, 14)} {_pad(came, 16)} {answer.why}".rstrip()
    if answer.outcome:
        yield click.style(f"     {diff.old.year}  {_around(diff.old.text, answer.target)}", dim=True)
        yield click.style(f"     {diff.new.year}  {_around(diff.new.text, answer.outcome)}", dim=True)


def _around(text: str, claim: Claim) -> str:
    """The figure in its sentence, cut to what a line holds."""
    start, end = max(claim.sentence[0], claim.start - _CONTEXT), min(claim.sentence[1], claim.end + _CONTEXT)
    left = ("…" if start > claim.sentence[0] else "") + squeeze(text[start : claim.start])
    right = squeeze(text[claim.end : end]) + ("…" if end < claim.sentence[1] else "")
    return f"{left}[{squeeze(claim.surface)}]{right}"


def _indicators(diff: Diff) -> Iterator[str]:
    moved = [pair for pair in diff.indicators if pair.target]
    gone = [pair for pair in diff.indicators if pair.old.target and pair.old.target.headline and not pair.new.target]
    if not moved and not gone:
        return
    yield ""
    yield click.style(f"Targets of {diff.old.year} and {diff.new.year}", bold=True)
    width = min(28, max(_width(pair.name) for pair in (*moved, *gone)))
    for pair in moved:
        assert pair.target is not None
        yield f"   {_pad(pair.name, width)}  {_step(pair.target)}"
    for pair in gone:
        assert pair.old.target is not None
        yield f" - {_pad(pair.name, width)}  {wording(diff.old.text, pair.old.target)}, no target any more"


def _echoes(diff: Diff) -> Iterator[str]:
    """The planned sentences that the review takes up again, under each other."""
    if not diff.echoes:
        return
    yield ""
    yield click.style("Plans taken up again", bold=True) + f"  {len(diff.echoes)} sentences"
    for echo in diff.echoes:
        yield f" {diff.old.year}  {_cut(squeeze(diff.old.text[slice(*echo.old)]), _SENTENCE)}"
        yield click.style(f" {diff.new.year}  {_cut(squeeze(diff.new.text[slice(*echo.new)]), _SENTENCE)}", dim=True)


def _step(moved: Moved) -> str:
    if moved.old == moved.new:
        return f"{_pad(moved.old, 14)}   as before"
    step = moved.value or "0"
    change = "" if step == "0" else f"({_short(step)})" if step.startswith("-") else f"(+{_short(step)})"
    return f"{_pad(moved.old, 14)} → {_pad(moved.new, 14)} {change}".rstrip()


def _short(number: str) -> str:
    """A number with 万 or 亿 where it is long."""
    for scale, word in ((100_000_000, "亿"), (10_000, "万")):
        if abs(float(number)) >= scale:
            return f"{float(number) / scale:.6g}{word}"
    return number


def _pairs(title: str, pairs: Sequence[Pair[S]], name: Callable[[S], str]) -> Iterator[str]:
    """What has changed among the records of one kind; of what goes on as it was only the number."""
    if not pairs:
        return
    count = Counter(pair.status for pair in pairs)
    yield ""
    yield click.style(title, bold=True) + "  " + ", ".join(f"{count[status]} {status}" for status in _MARKS if count[status])
    for pair in pairs:
        sign, colour = _MARKS[pair.status]
        if pair.status == "continued":
            continue
        names = [_cut(squeeze(name(side)), _LINE) for side in (pair.old, pair.new) if side]
        if len(names) == 2 and names[0] == names[1]:
            names = [f"{names[0]}  ({', '.join(pair.differs)})"]
        yield f" {click.style(sign, fg=colour)} {' → '.join(names)}"


def _width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, width: int) -> str:
    """The text in at most `width` columns, what is too long with an ellipsis."""
    text = text if len(text) <= width else text[:width] + "…"
    while _width(text) > width:
        text = text[:-2] + "…"
    return text


def _pad(text: str, width: int) -> str:
    """The text in `width` columns."""
    short = _cut(text, width)
    return short + " " * (width - _width(short))
