"""What goes on from one report to another: sections, tasks, livelihood projects and terms, aligned first and compared then."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pipeline.contracts import Claim, Heading, Model, Report, Span, Task
from pipeline.text import squeeze
from pipeline.years import align
from pipeline.years.align import Match, Space
from pipeline.years.contracts import Change, Pair, ProjectPair, ProjectSide, SectionSide, TaskSide, TermSide

_TITLE = 0.9  # how far a title alone carries: two sections of one title are told apart by what stands in them
_LONG, _ROOT = 100, 0.6  # characters of a text of many sentences, and the power that brings its likeness to a sentence's

_QUOTES = '“”"‘’《》'

Differing = Literal["number", "title", "text"]
S = TypeVar("S", bound=Model)


class Item(NamedTuple, Generic[S]):
    """A record to align. `group`: only items of one group are the same; `whole`: all its text; `own`: without what has its
    own record; `number`: its marker or number as written."""

    side: S
    group: str
    number: str
    title: str
    whole: str
    own: str


def scored(score: float) -> str:
    """A score as the contract writes it: cut, not rounded, so that 0.33 and 0.50 are the thresholds that decided."""
    return f"{math.floor(score * 100 + 1e-9) / 100:.2f}"


def matches(old: Sequence[Item[S]], new: Sequence[Item[S]]) -> list[Match]:
    """The pairs of one kind of record: what is the same to the letter first, then by title and text together.

    A text of many sentences shares less of its words with its sequel than a sentence does (of the sections of two years that
    people call the same 0.2, against 0.1 for the next best): a root brings it to the sentences' scale.
    """
    if not old or not new:
        return []
    same = align.verbatim(*([f"{x.group}\0{x.title}\0{squeeze(x.whole)}" for x in side] for side in (old, new)))
    left_old = sorted(set(range(len(old))) - {match.old for match in same})
    left_new = sorted(set(range(len(new))) - {match.new for match in same})
    olds, news = [old[n] for n in left_old], [new[n] for n in left_new]
    space = Space([x.whole for x in (*olds, *news)])
    titles = Space([x.title for x in (*olds, *news)])
    by_text = {m[:2]: m.score for m in align.similar(space.vectors[: len(olds)], space.vectors[len(olds) :])}
    by_title = {m[:2]: m.score for m in align.similar(titles.vectors[: len(olds)], titles.vectors[len(olds) :])}
    likely = []
    for o, n in sorted(by_text.keys() | by_title.keys()):
        if olds[o].group == news[n].group:
            text, title = by_text.get((o, n), 0.0), by_title.get((o, n), 0.0)
            if min(len(olds[o].whole), len(news[n].whole)) >= _LONG:
                text = text**_ROOT
            score = 1 - (1 - _TITLE * title) * (1 - text)
            likely.append(Match(left_old[o], left_new[n], round(score, 6)))
    return sorted(same + align.greedy(likely))


def pairs(old: Sequence[Item[S]], new: Sequence[Item[S]], matched: Iterable[Match]) -> Iterator[Pair[S]]:
    """The pairs in the old report's order, then what is new."""
    partner = {match.old: match for match in matched}
    for o, item in enumerate(old):
        if match := partner.get(o):
            yield _pair(item, new[match.new], match.score)
        else:
            yield Pair(old=item.side, new=None, status="dropped", score=None, differs=())
    taken = {match.new for match in partner.values()}
    yield from (Pair(old=None, new=x.side, status="new", score=None, differs=()) for n, x in enumerate(new) if n not in taken)


def _pair(old: Item[S], new: Item[S], score: float) -> Pair[S]:
    differs = _differences(old, new)
    status: Change = "continued" if not differs else "changed" if score >= align.SURE else "possible"
    return Pair(old=old.side, new=new.side, status=status, score=scored(score), differs=differs)


def _differences(old: Item[S], new: Item[S]) -> tuple[Differing, ...]:
    found: list[Differing] = []
    if squeeze(old.number) != squeeze(new.number):
        found.append("number")
    if squeeze(old.title) != squeeze(new.title):
        found.append("title")
    if squeeze(old.own) != squeeze(new.own):
        found.append("text")
    return tuple(found)


# --- the records of a report -------------------------------------------------------------------------------------------


def without(text: str, span: Span, inner: Iterable[Span]) -> str:
    """The text of a span without the spans that lie in it."""
    at, end = span
    kept = []
    for start, stop in sorted(inner):
        if start >= end or stop <= at:
            continue
        kept.append(text[at:start])
        at = max(at, stop)
    return "".join([*kept, text[at:end]])


def sections(old: Report, new: Report) -> tuple[Pair[SectionSide], ...]:
    """The headings of both reports; a section of the review is no section of the plan."""
    here, there = _sections(old), _sections(new)
    return tuple(pairs(here, there, matches(here, there)))


def _sections(report: Report) -> list[Item[SectionSide]]:
    items = []
    within = Within(report)
    for heading in report.outline:
        inner = [(h.start, h.body_end) for h in within.headings(heading.end, heading.body_end)]
        inner += [(task.start, task.end) for task in within.tasks(heading.end, heading.body_end)]
        side = SectionSide(**heading.model_dump(include=set(SectionSide.model_fields)))
        whole = report.text[heading.end : heading.body_end]
        own = without(report.text, (heading.end, heading.body_end), inner)
        items.append(Item(side, within.outlook(heading.end, heading.body_end), heading.marker, heading.title, whole, own))
    return items


class Within:
    """The records of a report that start in a span."""

    def __init__(self, report: Report) -> None:
        self._headings, self._tasks, self._claims = report.outline, report.tasks, sorted(report.claims, key=_start)

    def headings(self, start: int, end: int) -> Sequence[Heading]:
        return _between(self._headings, start, end)

    def tasks(self, start: int, end: int) -> Sequence[Task]:
        return _between(self._tasks, start, end)

    def outlook(self, start: int, end: int) -> str:
        """`ahead` where most of the tasks and claims are still to be done, else `back`."""
        kinds = [task.kind == "plan" for task in self.tasks(start, end) if task.kind in ("plan", "achievement")]
        kinds += [claim.status == "planned" for claim in _between(self._claims, start, end) if claim.status != "reference"]
        return "ahead" if 2 * sum(kinds) > len(kinds) else "back"


def _start(record: Heading | Task | Claim) -> int:
    return record.start


R = TypeVar("R", Heading, Task, Claim)


def _between(records: Sequence[R], start: int, end: int) -> Sequence[R]:
    """Of records in reading order those that start in the span."""
    return records[bisect_left(records, start, key=_start) : bisect_left(records, end, key=_start)]


def tasks(old: Report, new: Report) -> tuple[Pair[TaskSide], ...]:
    """The enumerated items of both reports; what is planned is aligned with what is planned, what is done with what is done."""
    here, there = _tasks(old), _tasks(new)
    return tuple(pairs(here, there, matches(here, there)))


def _tasks(report: Report) -> list[Item[TaskSide]]:
    items = []
    inner: dict[str | None, list[Span]] = defaultdict(list)
    for task in report.tasks:
        inner[task.parent].append((task.start, task.end))
    for task in report.tasks:
        side = TaskSide(**task.model_dump(include=set(TaskSide.model_fields)))
        whole = report.text[task.start : task.end].removeprefix(task.marker)
        own = without(report.text, (task.start, task.end), inner[task.id]).removeprefix(task.marker)
        group = "plan" if task.kind == "goal" else task.kind
        items.append(Item(side, group, task.marker, task.title, whole, own))
    return items


def glossary(old: Report, new: Report) -> tuple[Pair[TermSide], ...]:
    """The terms that both reports explain; the number of an entry is no difference, it changes with every entry before it."""
    here, there = _terms(old), _terms(new)
    return tuple(pairs(here, there, matches(here, there)))


def _terms(report: Report) -> list[Item[TermSide]]:
    items = []
    for term in report.glossary:
        side = TermSide(**term.model_dump(include=set(TermSide.model_fields)))
        items.append(Item(side, "", "", term.term.strip(_QUOTES), term.definition, term.definition))
    return items


def livelihood(old: Report, new: Report) -> tuple[ProjectPair, ...]:
    """The livelihood projects. Those completed answer those planned for the same year, whichever report has them and whatever
    their numbers are; then plans are aligned with plans. What was completed in another year is no part of the comparison."""
    here, there = _projects(old), _projects(new)
    free, open_ = list(here), list(there)
    found: dict[tuple[int, int], ProjectPair] = {}
    for stage, other in (("planned", "completed"), ("completed", "planned"), ("completed", "completed"), ("planned", "planned")):
        answers = stage != other
        left, right = ([x for x in side if x.side.stage == s] for side, s in ((free, stage), (open_, other)))
        if stage == other == "planned":  # of whatever year: this is what goes on
            left, right = ([x._replace(group="") for x in side] for side in (left, right))
        for match in matches(left, right):
            a, b = left[match.old], right[match.new]
            if answers:
                a, b = a._replace(number=""), b._replace(number="")
            found[a.side.start, b.side.start] = ProjectPair(**dict(_pair(a, b, match.score)), answers=answers)
        free = [x for x in free if x.side not in {pair.old for pair in found.values()}]
        open_ = [x for x in open_ if x.side not in {pair.new for pair in found.values()}]
    alone = [ProjectPair(old=x.side, new=None, **_ALONE, status="dropped") for x in free if _concerns(x, there)]
    alone += [ProjectPair(old=None, new=x.side, **_ALONE, status="new") for x in open_ if _concerns(x, here)]
    return (*(found[key] for key in sorted(found)), *alone)


_ALONE: dict[str, Any] = {"score": None, "differs": (), "answers": False}


def _concerns(item: Item[ProjectSide], others: Sequence[Item[ProjectSide]]) -> bool:
    """Whether a project is part of the comparison: a plan, or of a year that the other report's tables are about too."""
    return item.side.stage == "planned" or any(item.group == other.group for other in others)


def _projects(report: Report) -> list[Item[ProjectSide]]:
    """The rows of the livelihood tables, grouped by the year that they are about."""
    items = []
    for table in report.tables:
        if table.kind != "livelihood":
            continue
        stage = table.stage or "planned"
        year = table.year or (report.metadata.year or 0) - (stage == "completed")
        roles = [column.role for column in table.columns]
        for n, row in enumerate(table.rows):
            cells = dict(zip(reversed(roles), reversed(row.cells), strict=True))  # the first of two of a role
            name, content = cells.get("project", row.cells[0]), cells.get("content")
            filled = [cell for cell in row.cells if cell.end > cell.start] or [name]
            side = ProjectSide(
                table=table.id,
                row=n,
                number=row.number,
                project=name.text,
                content=content.text if content else None,
                stage=stage,
                start=min(cell.start for cell in filled),
                end=max(cell.end for cell in filled),
            )
            text = "\n".join(cell.text for role, cell in zip(roles, row.cells, strict=True) if role in ("project", "content"))
            items.append(Item(side, str(year), str(row.number or ""), name.text, text, text))
    return items
