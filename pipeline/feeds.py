"""Reports -> the rows of seven tables that join by key: what a data engineer or an economist loads.

A report is known by `report` (its folder below OUT, or its file's path), every record by `report` and `id`. Numbers stay as
written in `value` (the contract's decimal string, a JSON list for ranges and ratios); `number`, `low` and `high` are the same as
decimals, null where a decimal of 38 digits can't hold them exactly.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Json = dict[str, Any]
Kind = Literal["string", "integer", "decimal", "boolean", "date", "json"]
Row = tuple[Any, ...]

DIGITS, PLACES = 38, 10
"""A decimal column: at most 38 digits, 10 of them behind the point."""


class Column(NamedTuple):
    """A column: its name, its type, and what it holds."""

    name: str
    kind: Kind
    about: str


class Feed(NamedTuple):
    """A table: its name, columns, the columns that make its key, and the tables that its columns point to."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    points_to: dict[str, str]


_REPORT = Column("report", "string", "the report: its folder below OUT")
_ID = Column("id", "string", "the record's id, unique in its report")
_START = Column("start", "integer", "code point of the report's text where it starts")
_END = Column("end", "integer", "code point of the report's text after its end")
_SECTION = Column("section", "string", "id of the innermost section that it stands in")

FEEDS = (
    Feed(
        "reports",
        (
            _REPORT,
            Column("source", "string", "name of the file"),
            Column("sha256", "string", "of the file's bytes"),
            Column("media_type", "string", "what the bytes are"),
            Column("verdict", "string", "report, partial or not_a_report"),
            Column("title", "string", "the report's title"),
            Column("place", "string", "whose report it is"),
            Column("level", "string", "nation, province, city or district"),
            Column("area_code", "string", "GB/T 2260 code as of that year"),
            Column("year", "integer", "the year whose plan it sets out"),
            Column("report_date", "date", "when it was given"),
            Column("meeting", "string", "where it was given"),
            Column("speaker", "string", "who gave it"),
            Column("speaker_role", "string", "as what"),
            Column("publisher", "string", "who published the page"),
            Column("published", "date", "when the page was published"),
            Column("characters", "integer", "code points of the text"),
            Column("tool", "string", "version of the program"),
            Column("lexicon", "string", "hash of the lexicon"),
        ),
        ("report",),
        {},
    ),
    Feed(
        "sections",
        (
            _REPORT,
            _ID,
            Column("parent", "string", "id of the section around it"),
            Column("level", "integer", "1 for a chapter"),
            Column("marker", "string", "as written: 一、"),
            Column("number", "integer", "what the marker counts"),
            Column("title", "string", "the heading without its marker"),
            _START,
            _END,
            Column("body_end", "integer", "where the section ends"),
        ),
        ("report", "id"),
        {"parent": "sections"},
    ),
    Feed(
        "tasks",
        (
            _REPORT,
            _ID,
            _SECTION,
            Column("parent", "string", "id of the item that it is part of"),
            Column("marker", "string", "as written: 一是"),
            Column("number", "integer", "what the marker counts"),
            Column("title", "string", "the lead sentence"),
            Column("kind", "string", "achievement, plan, goal, problem or other"),
            _START,
            _END,
            Column("text", "string", "the whole item, as it stands"),
        ),
        ("report", "id"),
        {"section": "sections", "parent": "tasks"},
    ),
    Feed(
        "claims",
        (
            _REPORT,
            _ID,
            Column("surface", "string", "numeral with scale and unit, as written"),
            Column("value", "string", "decimal, or a JSON list for a range or ratio"),
            Column("number", "decimal", "the value, where it is one number"),
            Column("unit", "string", "as written, without its scale"),
            Column("code", "string", "ISO 4217, UCUM, % or an annotation"),
            Column("base_value", "string", "the value in the base unit"),
            Column("base_code", "string", "the base unit's code"),
            Column("low", "decimal", "lower end of what the modifier means"),
            Column("high", "decimal", "upper end of what the modifier means"),
            Column("low_closed", "boolean", "whether the lower end is meant too"),
            Column("high_closed", "boolean", "whether the upper end is meant too"),
            Column("modifier", "string", "exact, about, over, at_least, nearly, under or at_most"),
            Column("measure", "string", "level, change_rate, change_amount, ratio, multiple or rank"),
            Column("direction", "string", "up or down, of a change"),
            Column("basis", "string", "what a change is compared with"),
            Column("period", "string", "2020, 2020-06 or 2016/2020"),
            Column("status", "string", "actual, planned or reference"),
            Column("modality", "string", "aim, expect, ensure or plan"),
            Column("indicator", "string", "what is measured, as written"),
            Column("concept", "string", "the catalogue's id of the indicator"),
            Column("from", "string", "id of the first of a pair 由…增加至…"),
            Column("headline", "boolean", "one of the year's main expected targets"),
            _SECTION,
            Column("task", "string", "id of the item that it stands in"),
            Column("table", "string", "id of the table that it stands in"),
            Column("row", "integer", "row of that table, from 0"),
            _START,
            _END,
            Column("sentence", "string", "the sentence that it stands in"),
        ),
        ("report", "id"),
        {"section": "sections", "task": "tasks", "from": "claims"},
    ),
    Feed(
        "livelihood",
        (
            _REPORT,
            Column("table", "string", "id of the table"),
            Column("row", "integer", "row of the table, from 0"),
            Column("title", "string", "the table's title"),
            Column("year", "integer", "the table's year"),
            Column("stage", "string", "planned or completed"),
            Column("number", "integer", "the project's number"),
            Column("project", "string", "the project"),
            Column("content", "string", "what is to be done"),
            Column("lead", "string", "who answers for it"),
            Column("cells", "json", "all cells by the names of their columns"),
            _START,
            _END,
        ),
        ("report", "table", "row"),
        {},
    ),
    Feed(
        "glossary",
        (
            _REPORT,
            _ID,
            Column("number", "integer", "the entry's number"),
            Column("term", "string", "the term"),
            Column("definition", "string", "its definition"),
            Column("mentions", "integer", "places in the body that use it"),
            _START,
            _END,
        ),
        ("report", "id"),
        {},
    ),
    Feed(
        "findings",
        (
            _REPORT,
            Column("place", "integer", "running number in the report, from 0"),
            Column("code", "string", "what kind of remark"),
            Column("severity", "string", "info, warning or error"),
            Column("stage", "string", "the stage that made it"),
            Column("message", "string", "the remark"),
            _START,
            _END,
            Column("text", "string", "what stands at its place"),
        ),
        ("report", "place"),
        {},
    ),
)
"""The tables; every column `report` points to the table `reports`."""


def rows(name: str, report: Json) -> dict[str, list[Row]]:
    """The rows of every table for one report, the JSON of a report.json that is known as `name`."""
    text: str = report["text"]
    made: dict[str, list[Row]] = {
        "reports": [_report(name, report)],
        "claims": [_claim(name, claim, text) for claim in report["claims"]],
        "livelihood": list(_livelihood(name, report["tables"])),
        "sections": [(name, *_pick(one, "id parent level marker number title start end body_end")) for one in report["outline"]],
    }
    made["tasks"] = [
        (name, *_pick(one, "id section parent marker number title kind start end"), text[one["start"] : one["end"]])
        for one in report["tasks"]
    ]
    made["glossary"] = [
        (name, *_pick(one, "id number term definition"), len(one["mentions"]), one["start"], one["end"])
        for one in report["glossary"]
    ]
    made["findings"] = [
        (
            name,
            place,
            *_pick(one, "code severity stage message start end"),
            None if one["start"] is None else text[one["start"] : one["end"]],
        )
        for place, one in enumerate(report["findings"])
    ]
    return made


def _pick(record: Json, keys: str) -> Iterator[Any]:
    return (record[key] for key in keys.split())


def _report(name: str, report: Json) -> Row:
    source, tool = report["source"], report["tool"]
    return (
        name,
        *_pick(source, "name sha256 media_type"),
        report["verdict"],
        *_pick(report["metadata"], "title place level area_code year report_date meeting speaker speaker_role publisher published"),
        len(report["text"]),
        *_pick(tool, "version lexicon"),
    )


def _claim(name: str, claim: Json, text: str) -> Row:
    base, interval = claim["base"] or {}, claim["interval"] or {}
    value = claim["value"]
    return (
        name,
        *_pick(claim, "id surface"),
        _plain(value),
        decimal_of(value),
        *_pick(claim, "unit code"),
        _plain(base.get("value")),
        base.get("code"),
        decimal_of(interval.get("low")),
        decimal_of(interval.get("high")),
        interval.get("low_closed"),
        interval.get("high_closed"),
        *_pick(claim, "modifier measure direction basis period status modality"),
        claim["indicator"]["text"],
        claim["indicator"]["concept"],
        *_pick(claim, "from headline section task table row start end"),
        text[slice(*claim["sentence"])],
    )


def _livelihood(name: str, tables: list[Json]) -> Iterator[Row]:
    for table in tables:
        if table["kind"] != "livelihood":
            continue
        for place, row in enumerate(table["rows"]):
            pairs = list(zip(table["columns"], row["cells"], strict=True))
            by_role = {column["role"]: cell["text"] for column, cell in reversed(pairs)}
            cells = {f"{n} {column['name']}".strip(): cell["text"] for n, (column, cell) in enumerate(pairs, 1)}
            filled = [cell for cell in row["cells"] if cell["end"] > cell["start"]] or [table]
            yield (
                name,
                table["id"],
                place,
                *_pick(table, "title year stage"),
                row["number"],
                *(by_role.get(role) for role in ("project", "content", "lead")),
                json.dumps(cells, ensure_ascii=False),
                min(cell["start"] for cell in filled),
                max(cell["end"] for cell in filled),
            )


def _plain(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def decimal_of(value: Any) -> Decimal | None:
    """A decimal string as a decimal that the columns can hold exactly, else None."""
    if not isinstance(value, str):
        return None
    whole, _, fraction = value.lstrip("-").partition(".")
    return Decimal(value) if len(whole) <= DIGITS - PLACES and len(fraction) <= PLACES else None
