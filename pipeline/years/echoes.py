"""What the review of the new report says of the plans of the old one, numbers or not: each planned sentence with its echo.

Read on eight pairs of reports: of the sentences found so, nineteen in twenty speak of what was planned.
"""

from collections.abc import Sequence
from typing import TypeVar

from pipeline.contracts import Heading, Report, Span, Task
from pipeline.years import align
from pipeline.years.align import POSSIBLE, Space, similar
from pipeline.years.changes import Within, scored
from pipeline.years.contracts import Echo

_ROOT = 0.85  # a sentence of several clauses shares less of its words with its echo than a phrase: 0.27 is as much as 0.33
_SHORTEST = 8  # characters of a sentence that says something

R = TypeVar("R", Heading, Task)


def echoes(old: Report, new: Report) -> tuple[Echo, ...]:
    """The planned sentences of the old report that the new report's review takes up again, each with the likest sentence of it.
    There is none where the new report is not of the next year."""
    if old.metadata.year is None or new.metadata.year != old.metadata.year + 1:
        return ()
    planned, said = _sentences(old, "ahead"), _sentences(new, "back")
    vectors = Space([old.text[slice(*span)] for span in planned] + [new.text[slice(*span)] for span in said]).vectors
    best: dict[int, tuple[float, int]] = {}
    for match in similar(vectors[: len(planned)], vectors[len(planned) :]):
        if match.score**_ROOT >= POSSIBLE:
            best[match.old] = max(best.get(match.old, (0.0, 0)), (match.score, -match.new))
    return tuple(
        Echo(
            section=_innermost(old.outline, span),
            task=_innermost([task for task in old.tasks if task.end > span[0]], span),
            old=span,
            new=said[-best[n][1]],
            score=scored(best[n][0] ** _ROOT),
        )
        for n, span in enumerate(planned)
        if n in best
    )


def _sentences(report: Report, outlook: str) -> list[Span]:
    """The sentences of the chapters that look ahead, or back, headings left out."""
    within = Within(report)
    titles = {heading.start for heading in report.outline}
    return [
        span
        for chapter in report.outline
        if chapter.parent is None and within.outlook(chapter.end, chapter.body_end) == outlook
        for span in align.sentences(report.text, chapter.end, chapter.body_end)
        if span[1] - span[0] >= _SHORTEST and span[0] not in titles
    ]


def _innermost(records: Sequence[R], span: Span) -> str | None:
    """The id of the last record that begins at or before a sentence: the innermost one around it."""
    around = [record for record in records if record.start <= span[0]]
    return around[-1].id if around else None
