"""Many places over many years as four tables: what was aimed at, what was reached, whether it was kept, and what is there at all.

Reports are read one at a time, those that have a successor twice, so that memory does not grow with their number. A null is a null:
no sentinel, no number made of words; how a target was worded stands beside its value.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import reading, sources
from pipeline.contracts import Claim, Report
from pipeline.errors import DocumentError
from pipeline.export import Found, Writer, writing
from pipeline.export import find as written
from pipeline.feeds import Column, Feed, Row, decimal_of
from pipeline.pages.panel import Cell, page
from pipeline.store import replace
from pipeline.years import outcomes, pairing
from pipeline.years.targets import reached_in
from pipeline.years.targets import targets as targets_of
from pipeline.years.wording import wording

_PLACE = (
    Column("place", "string", "whose report it is"),
    Column("area_code", "string", "GB/T 2260 code as of that year"),
    Column("year", "integer", "the year that the figure is for"),
    Column("concept", "string", "the catalogue's id of what is measured"),
    Column("indicator", "string", "what is measured, as it stands in the text"),
    Column("measure", "string", "level, change_rate, change_amount, ratio, multiple or rank"),
)
_FIGURE = (
    Column("direction", "string", "up or down, of a change"),
    Column("basis", "string", "what a change is compared with"),
    Column("value", "decimal", "the number, null for a range"),
    Column("low", "decimal", "the lowest number that the words allow, null where they set none"),
    Column("high", "decimal", "the highest number that the words allow, null where they set none"),
    Column("unit", "string", "as written"),
    Column("code", "string", "what the unit is in a standard"),
    Column("modifier", "string", "exact, about, over, at_least, nearly, under or at_most"),
)
_WORDS = Column("words", "string", "the number with the words that modify it, as they stand")
_STANDS = (
    Column("sentence", "string", "the sentence that it stands in"),
    Column("start", "integer", "code point of the report's text where it starts"),
    Column("end", "integer", "code point of the report's text after its end"),
    Column("report", "string", "the report"),
    Column("claim", "string", "id of the claim in the report"),
)

TARGETS = Feed(
    "targets",
    (
        *_PLACE,
        *_FIGURE,
        Column("modality", "string", "aim, expect, ensure, plan, or nothing of it"),
        _WORDS,
        Column("headline", "boolean", "one of the year's main expected targets"),
        *_STANDS,
    ),
    ("report", "claim"),
    {},
)
ACTUALS = Feed("actuals", (*_PLACE, *_FIGURE, _WORDS, *_STANDS), ("report", "claim"), {})
FULFILMENT = Feed(
    "fulfilment",
    (
        *_PLACE,
        Column("target_words", "string", "the target of the year as it was worded"),
        Column("target_value", "decimal", "its number, null for a range"),
        Column("actual_words", "string", "what the next report says of it"),
        Column("actual_value", "decimal", "its number, null for a range"),
        Column("verdict", "string", "met, missed or unclear; null where the next report says nothing of it"),
        Column("score", "decimal", "how surely the two are the same, 0 to 1"),
        Column("why", "string", "the verdict's reason in one line"),
        Column("target_report", "string", "the report of the year"),
        Column("target_claim", "string", "id of its claim"),
        Column("actual_report", "string", "the report of the next year"),
        Column("actual_claim", "string", "id of its claim"),
    ),
    ("target_report", "target_claim"),
    {},
)
COVERAGE = Feed(
    "coverage",
    (
        Column("place", "string", "a place of the panel"),
        Column("area_code", "string", "GB/T 2260 code as of that year"),
        Column("year", "integer", "every year from its first report to its last"),
        Column("report", "string", "the report of the year, null where there is none"),
        Column("next_report", "string", "the report of the next year, null where there is none"),
        Column("concept", "string", "every concept that any report of the panel sets a main target for"),
        Column("target", "boolean", "whether the report of the year sets a target; null where there is no report"),
        Column("actual", "boolean", "whether the report of the next year gives the figure; null where there is no report"),
    ),
    ("place", "year", "concept"),
    {},
)
FEEDS = (TARGETS, ACTUALS, FULFILMENT, COVERAGE)

VIEWS = {
    "rewordings": """
        SELECT place, area_code, concept, measure, year, lag(words) OVER years AS before, words AS after
        FROM targets WHERE headline AND concept IS NOT NULL
        WINDOW years AS (PARTITION BY place, concept, measure ORDER BY year) ORDER BY place, concept, measure, year""",
    "kept": """
        SELECT concept, year, count(*) AS targets, count(*) FILTER (verdict = 'met') AS met,
               count(*) FILTER (verdict = 'missed') AS missed
        FROM fulfilment GROUP BY concept, year ORDER BY concept, year""",
}
"""The questions that people ask of the database: how a target was reworded, how many were kept."""


class Known(NamedTuple):
    """What stays in memory of a report: where it is, whose and of when, and the concepts that it speaks of."""

    found: Found
    place: str
    area_code: str | None
    year: int
    targets: frozenset[str]
    actuals: frozenset[str]
    main: frozenset[str]


def find(paths: tuple[Path, ...], output: Path) -> list[Found]:
    """Every report.json below the paths; where there is none, every source, which is then read through all stages."""
    return written(paths) or [Found(s.folder, Path(s.path)) for s in sources.find(tuple(map(str, paths)), output)]


def build(found: list[Found], to: str, output: Path, excel: bool = False) -> list[str]:
    """Writes the four tables as `csv`, `jsonl`, `parquet` or `duckdb` into the folder `output`.

    Returns a line for every report that is left out. Raises OSError where the folder can't be written, ModuleNotFoundError
    where the format's package is not installed.
    """
    problems: list[str] = []
    with writing(to, output, FEEDS, VIEWS, excel) as files:
        tables = Shown(files)
        known = [one for one in (_read(each, tables, problems) for each in found) if one]
        places = _by_place(known)
        for reports in places:
            _fulfilment(reports, tables)
        main = sorted(set().union(*(one.main for one in known)))
        for reports in places:
            tables.add(COVERAGE, list(_coverage(reports, main)))
    html = page(list(tables.cells.values()), len(places), len(known))
    replace(output / "panel.html", html.encode("utf-8", "replace"))
    return problems


class Shown:
    """A writer that passes all rows on, and keeps of the main targets and their answers what the page shows."""

    def __init__(self, files: Writer) -> None:
        self.files = files
        self.cells: dict[tuple[str, str], Cell] = {}

    def add(self, feed: Feed, made: list[Row]) -> None:
        self.files.add(feed, made)
        names = [column.name for column in feed.columns]
        for row in made if feed in (TARGETS, FULFILMENT) else ():
            self._keep(dict(zip(names, row, strict=True)), feed)

    def _keep(self, row: dict[str, Any], feed: Feed) -> None:
        if feed is TARGETS and row["headline"] and row["concept"]:
            key = (row["report"], row["claim"])
            self.cells[key] = Cell(*(row[name] for name in ("place", "year", "concept", "measure", "words", "value")))
        elif feed is FULFILMENT and (key := (row["target_report"], row["target_claim"])) in self.cells:
            answer = {"actual_words": row["actual_words"], "actual": row["actual_value"], "verdict": row["verdict"]}
            self.cells[key] = self.cells[key]._replace(**answer, why=row["why"])

    def close(self) -> None:
        self.files.close()


def _read(found: Found, tables: Writer, problems: list[str]) -> Known | None:
    """Writes a report's targets and actuals; what is to be remembered of it, or None where it is no part of a panel."""
    try:
        report = reading.report(found.path)
    except DocumentError as error:
        problems.append(error.message)
        return None
    data = report.metadata
    if lacking := _lacking(report):
        problems.append(f"{found.path}: {lacking}, left out")
        return None
    assert data.place is not None and data.year is not None
    targets = [claim for claim in targets_of(report) if claim.headline or claim.indicator.concept]
    actuals = [c for c in report.claims if c.status == "actual" and c.indicator.concept and c.period and "/" not in c.period]
    tables.add(TARGETS, [_target(found.name, report, claim) for claim in targets])
    tables.add(ACTUALS, [_actual(found.name, report, claim) for claim in actuals])
    return Known(
        found,
        data.place,
        data.area_code,
        data.year,
        _concepts(targets),
        _concepts([claim for claim in actuals if reached_in(claim, data.year - 1)]),
        _concepts([claim for claim in targets if claim.headline]),
    )


def _lacking(report: Report) -> str | None:
    """What keeps a report out of a panel."""
    if report.verdict == "not_a_report":
        return "no work report"
    if report.metadata.place is None:
        return "does not say its place"
    return "does not say its year" if report.metadata.year is None else None


def _concepts(claims: list[Claim]) -> frozenset[str]:
    return frozenset(claim.indicator.concept for claim in claims if claim.indicator.concept)


def _target(name: str, report: Report, claim: Claim) -> Row:
    figure = _figure(report, claim, report.metadata.year)
    return (*figure, claim.modality, wording(report.text, claim), claim.headline, *_stands(name, report, claim))


def _actual(name: str, report: Report, claim: Claim) -> Row:
    figure = _figure(report, claim, int(claim.period[:4]) if claim.period else None)
    return (*figure, wording(report.text, claim), *_stands(name, report, claim))


def _figure(report: Report, claim: Claim, year: int | None) -> Row:
    if isinstance(claim.value, tuple):
        low, high = (claim.value[0], claim.value[-1]) if claim.measure != "ratio" else (None, None)
    else:
        low, high = (claim.interval.low, claim.interval.high) if claim.interval else (None, None)
    return (
        report.metadata.place,
        report.metadata.area_code,
        year,
        claim.indicator.concept,
        claim.indicator.text,
        claim.measure,
        claim.direction,
        claim.basis,
        decimal_of(claim.value),
        decimal_of(low),
        decimal_of(high),
        claim.unit,
        claim.code,
        claim.modifier,
    )


def _stands(name: str, report: Report, claim: Claim) -> Row:
    return report.text[slice(*claim.sentence)], claim.start, claim.end, name, claim.id


def _by_place(known: list[Known]) -> list[list[Known]]:
    """The reports of each place by year, places in the order that they came; a place keeps its line when its level is renamed."""
    places: dict[tuple[str, str], list[Known]] = defaultdict(list)
    for one in known:
        places[(one.area_code or "")[:4], pairing.stem(one.place)].append(one)
    return [sorted(reports, key=lambda one: one.year) for reports in places.values()]


def _fulfilment(reports: Sequence[Known], tables: Writer) -> None:
    """Writes what became of the targets of every year that has a report of the next one."""
    by_year: dict[int, Known] = {}
    for one in reports:
        by_year.setdefault(one.year, one)
    read: tuple[Known, Report] | None = None
    for one in reports:
        after = by_year.get(one.year + 1)
        if after is None:
            continue
        old = read[1] if read and read[0] is one else reading.report(one.found.path)
        new = reading.report(after.found.path)
        read = after, new
        tables.add(FULFILMENT, list(_kept(one.found.name, old, after.found.name, new)))


def _kept(old_name: str, old: Report, new_name: str, new: Report) -> Iterator[Row]:
    for answer in outcomes.answers(old, new, known=True):
        target, outcome = answer.target, answer.outcome
        figure = _figure(old, target, old.metadata.year)[: len(_PLACE)]
        yield (
            *figure,
            wording(old.text, target),
            decimal_of(target.value),
            wording(new.text, outcome) if outcome else None,
            decimal_of(outcome.value) if outcome else None,
            answer.verdict,
            decimal_of(answer.score),
            answer.why,
            old_name,
            target.id,
            new_name if outcome else None,
            outcome.id if outcome else None,
        )


def _coverage(reports: list[Known], concepts: list[str]) -> Iterator[Row]:
    """Every year of a place with every concept, said to be there or not."""
    by_year: dict[int, Known] = {}
    for one in reports:
        by_year.setdefault(one.year, one)
    last = reports[0]
    for year in range(reports[0].year, reports[-1].year + 1):
        here, after = by_year.get(year), by_year.get(year + 1)
        last = here or last
        for concept in concepts:
            yield (
                last.place,
                last.area_code,
                year,
                here and here.found.name,
                after and after.found.name,
                concept,
                here and concept in here.targets,
                after and concept in after.actuals,
            )
