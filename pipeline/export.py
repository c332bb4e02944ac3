"""Reports -> files that other programs load: CSV, JSON Lines, Parquet, DuckDB, with a data package that describes them.

Reports go through one at a time, so memory does not grow with their number; files come to their place when all are whole.
"""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from pipeline import check, labels
from pipeline.feeds import DIGITS, FEEDS, PLACES, Feed, Json, Row, rows
from pipeline.store import replace

BATCH = 20_000
"""Rows held in memory before they are written."""

Feeds = tuple[Feed, ...]

_PARQUET_PART = ".part"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

VIEWS = {
    "headline_targets": """
        SELECT r.place, r.area_code, r.year, c.concept, c.indicator, c.measure, c.surface, c.number, c.unit, c.low, c.high,
               c.modifier, c.modality, c.sentence, c.report, c.id
        FROM claims c JOIN reports r USING (report)
        WHERE c.headline AND c.status = 'planned' ORDER BY r.place, r.year, c.start""",
    "tasks_by_section": """
        SELECT r.place, r.year, s.title AS section_title, t.kind, t.marker, t.title, t.report, t.id
        FROM tasks t JOIN reports r USING (report) LEFT JOIN sections s ON s.report = t.report AND s.id = t.section
        ORDER BY r.place, r.year, t.start""",
    "money_promised": """
        SELECT r.place, r.year, c.indicator, c.surface, c.number, c.code, c.modifier, c.sentence, c.report, c.id
        FROM claims c JOIN reports r USING (report)
        WHERE c.status = 'planned' AND regexp_full_match(c.code, '[A-Z]{3}') ORDER BY r.place, r.year, c.number DESC""",
}
"""The questions that people ask of the database: the year's targets, tasks by section, promises of money."""


class Found(NamedTuple):
    """A report.json, and the name that its report goes by in the tables."""

    name: str
    path: Path


class Writer(Protocol):
    """Takes rows of the tables in any order, many times; `close` makes the files whole."""

    def add(self, feed: Feed, made: list[Row]) -> None: ...
    def close(self) -> None: ...


def find(paths: tuple[Path, ...]) -> list[Found]:
    """Every report.json at or below the paths, each once; named by its folder below the path, several paths told apart."""
    found: dict[Path, str] = {}
    for path in paths:
        here = [path] if path.is_file() else sorted(path.rglob("report.json"))
        for file in here:
            inner = file.parent.name if path.is_file() else file.parent.relative_to(path).as_posix()
            found.setdefault(file.resolve(), inner if len(paths) == 1 else f"{path.name}/{inner}")
    taken: dict[str, int] = {}
    told = []
    for file, name in found.items():
        taken[name] = taken.get(name, 0) + 1
        told.append(Found(name if taken[name] == 1 else f"{name}-{taken[name]}", file))
    return told


def reports(found: list[Found], problems: list[str]) -> Iterator[tuple[str, Json]]:
    """The reports one after another; one that can't be read or breaks its schema becomes a line of `problems` instead."""
    for one in found:
        try:
            report = json.loads(one.path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            problems.append(f"{one.path}: can't be read ({error})")
            continue
        broken = check.against_schema("report", report)
        if broken:
            problems.append(f"{one.path}: {broken[0].line()}")
        else:
            yield one.name, report


def export(found: list[Found], to: str, output: Path, excel: bool = False) -> list[str]:
    """Writes the tables of all reports into the folder `output` as `csv`, `jsonl`, `parquet` or `duckdb`.

    `excel` makes CSV that Excel opens rightly: UTF-8 with BOM, and text that it would take for a formula behind an apostrophe.
    Returns a line for every report that is left out. Raises OSError where the folder can't be written, ModuleNotFoundError
    where the format's package is not installed.
    """
    problems: list[str] = []
    with writing(to, output, FEEDS, VIEWS, excel) as writer:
        for report, value in reports(found, problems):
            made = rows(report, value)
            for feed in FEEDS:
                writer.add(feed, made[feed.name])
    return problems


@contextmanager
def writing(to: str, output: Path, feeds: Feeds, views: dict[str, str], excel: bool = False) -> Iterator[Writer]:
    """A writer of the tables `feeds`; its files and the data package come to the folder `output` when all rows are in."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=output) as name:
        work = Path(name)
        writer = _writer(to, work, feeds, views, excel)
        yield writer
        writer.close()
        for file in sorted(work.iterdir()):
            file.replace(output / file.name)
    if to != "duckdb":
        replace(output / "datapackage.json", (json.dumps(package(to, feeds), ensure_ascii=False, indent=1) + "\n").encode())


def label_studio(found: list[Found], output: Path) -> list[str]:
    """Writes the reports as tasks of Label Studio, and the labelling interface that they need, into the folder `output`.

    Returns a line for every report that is left out. Raises OSError where the folder can't be written.
    """
    output.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix=".export-", dir=output) as name:
        path = Path(name) / "label-studio.json"
        with path.open("w", encoding="utf-8", newline="") as file:
            for number, (report, value) in enumerate(reports(found, problems)):
                file.write(("[\n" if number == 0 else ",\n") + json.dumps(labels.task(report, value), ensure_ascii=False))
            file.write("[]\n" if file.tell() == 0 else "\n]\n")
        path.replace(output / path.name)
    replace(output / "label-studio.xml", labels.config().encode())
    return problems


def _writer(to: str, work: Path, feeds: Feeds, views: dict[str, str], excel: bool) -> Writer:
    match to:
        case "csv":
            return Csv(work, feeds, excel)
        case "jsonl":
            return JsonLines(work, feeds)
        case "parquet":
            return Parquet(work, feeds)
        case "duckdb":
            return DuckDb(work, feeds, views)
    raise ValueError(to)


class Csv:
    """Comma separated, quoted where needed, `\\n` at the line's end, null as nothing."""

    def __init__(self, folder: Path, feeds: Feeds, excel: bool) -> None:
        self.excel = excel
        self.files: dict[str, IO[str]] = {}
        for feed in feeds:
            path, encoding = folder / f"{feed.name}.csv", "utf-8-sig" if excel else "utf-8"
            self.files[feed.name] = path.open("w", encoding=encoding, newline="")
            csv.writer(self.files[feed.name], lineterminator="\n").writerow(column.name for column in feed.columns)

    def add(self, feed: Feed, made: list[Row]) -> None:
        lines = csv.writer(self.files[feed.name], lineterminator="\n")
        lines.writerows([self._cell(value) for value in row] for row in made)

    def _cell(self, value: Any) -> Any:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Decimal):
            return f"{value:f}"
        if self.excel and isinstance(value, str) and value.startswith(_FORMULA):
            return f"'{value}"
        return value

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class JsonLines:
    """One object a line; decimals as strings, as everywhere in our JSON."""

    def __init__(self, folder: Path, feeds: Feeds) -> None:
        self.files = {feed.name: (folder / f"{feed.name}.jsonl").open("w", encoding="utf-8", newline="") for feed in feeds}

    def add(self, feed: Feed, made: list[Row]) -> None:
        names = [column.name for column in feed.columns]
        for row in made:
            record = {name: f"{v:f}" if isinstance(v, Decimal) else v for name, v in zip(names, row, strict=True)}
            self.files[feed.name].write(json.dumps(record, ensure_ascii=False) + "\n")

    def close(self) -> None:
        for file in self.files.values():
            file.close()


class Parquet:
    """A file a table, typed; rows are written in batches."""

    def __init__(self, folder: Path, feeds: Feeds) -> None:
        import pyarrow as pa  # type: ignore[import-untyped]
        from pyarrow import parquet

        types = {
            "string": pa.string(),
            "json": pa.string(),
            "integer": pa.int64(),
            "boolean": pa.bool_(),
            "date": pa.string(),
            "decimal": pa.decimal128(DIGITS, PLACES),
        }
        self.arrow = pa
        self.schemas = {feed.name: pa.schema([(c.name, types[c.kind]) for c in feed.columns]) for feed in feeds}
        self.files = {name: parquet.ParquetWriter(folder / f"{name}.parquet", schema) for name, schema in self.schemas.items()}
        self.waiting: dict[str, list[Row]] = {feed.name: [] for feed in feeds}

    def add(self, feed: Feed, made: list[Row]) -> None:
        self.waiting[feed.name] += made
        if len(self.waiting[feed.name]) >= BATCH:
            self._flush(feed.name)

    def _flush(self, name: str) -> None:
        schema, made = self.schemas[name], self.waiting[name]
        if made:
            columns = [self.arrow.array(values, kind.type) for values, kind in zip(zip(*made, strict=True), schema, strict=True)]
            self.files[name].write_table(self.arrow.Table.from_arrays(columns, schema=schema))
        self.waiting[name] = []

    def close(self) -> None:
        for name, file in self.files.items():
            self._flush(name)
            file.close()


class DuckDb:
    """One database file: the tables, loaded from Parquet, and the views."""

    def __init__(self, folder: Path, feeds: Feeds, views: dict[str, str]) -> None:
        import duckdb

        self.connect = duckdb.connect
        self.feeds, self.views = feeds, views
        self.folder, self.parts = folder, folder / _PARQUET_PART
        self.parts.mkdir()
        self.parquet = Parquet(self.parts, feeds)

    def add(self, feed: Feed, made: list[Row]) -> None:
        self.parquet.add(feed, made)

    def close(self) -> None:
        self.parquet.close()
        with self.connect(str(self.folder / "zhengbao.duckdb")) as base:
            base.execute("SET threads = 2; SET memory_limit = '200MB'; SET autoinstall_known_extensions = false")
            for feed in self.feeds:
                cast = ", ".join(
                    f'CAST("{c.name}" AS DATE) AS "{c.name}"' if c.kind == "date" else f'"{c.name}"' for c in feed.columns
                )
                source = str(self.parts / f"{feed.name}.parquet").replace("'", "''")
                base.execute(f"CREATE TABLE {feed.name} AS SELECT {cast} FROM read_parquet('{source}')")
            for name, query in self.views.items():
                base.execute(f"CREATE VIEW {name} AS {query}")
        shutil.rmtree(self.parts)


def package(to: str, feeds: Feeds) -> Json:
    """The data package (Data Package v2) of the tables as files of one format."""
    kinds = {"json": "string", "decimal": "string" if to == "jsonl" else "number"}
    media = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}[to]
    resources = []
    named = {feed.name for feed in feeds}
    for feed in feeds:
        points = [("report", "reports", ["report"])] if feed.name != "reports" and "reports" in named else []
        points += [(column, table, ["report", "id"]) for column, table in feed.points_to.items()]
        schema: Json = {
            "fields": [{"name": c.name, "type": kinds.get(c.kind, c.kind), "description": c.about} for c in feed.columns],
            "primaryKey": list(feed.key),
            "foreignKeys": [
                {
                    "fields": ["report"] if column == "report" else ["report", column],
                    "reference": {"resource": table, "fields": keys},
                }
                for column, table, keys in points
            ],
        }
        if to == "csv":
            schema["missingValues"] = [""]
        resource = {"name": feed.name, "type": "table", "path": f"{feed.name}.{to}", "format": to, "mediatype": media}
        resources.append(resource | ({} if to == "parquet" else {"encoding": "utf-8"}) | {"schema": schema})
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "zhengbao",
        "title": "Government work reports (政府工作报告) as data",
        "resources": resources,
    }
