"""What a data engineer loads: seven tables that join by key, in four formats with the same rows."""

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline import export, store
from pipeline.contracts import (
    Claim,
    Column,
    Finding,
    Heading,
    Indicator,
    Interval,
    Metadata,
    Report,
    Source,
    Table,
    TableCell,
    TableRow,
    Task,
    Tool,
)
from pipeline.feeds import FEEDS, rows

ROOT = Path(__file__).parent.parent
TEXT = '一、2021年工作安排\n一是新建道路57条。\n=序号,"项目"\n地区生产总值增长6%以上。'


def report(name: str = "甲.txt") -> Report:
    """A small report made by hand, with a record of every kind."""
    source = Source(name=name, media_type="text/plain", encoding="utf-8", bytes=1, sha256="0" * 64)
    claim = Claim(
        id="c1", start=40, end=42, surface=TEXT[40:42], value="6", unit="%", code="%", base=None,
        interval=Interval(low="6", high=None, low_closed=True, high_closed=False), modifier="at_least", measure="change_rate",
        direction="up", basis="yoy", period="2021", status="planned", modality=None,
        indicator=Indicator(text="地区生产总值", concept="gdp", spans=((32, 38),)), headline=True,
        section="s1", task=None, table=None, row=None, sentence=(32, len(TEXT)),
    )  # fmt: skip
    cells = (TableCell(text="=序号", start=23, end=26), TableCell(text="项目", start=28, end=30))
    table = Table(
        id="t1", kind="livelihood", title=None, year=2021, stage="planned", start=23, end=31,
        columns=(Column(name="序号", role="number"), Column(name="项目", role="project")),
        rows=(TableRow(number=None, cells=cells),),
    )  # fmt: skip
    return Report(
        schema_version="1.0",
        source=source,
        tool=Tool(version="0", lexicon="0" * 16),
        verdict="report",
        text=TEXT,
        blocks=(),
        metadata=Metadata(place="甲区", year=2021, report_date="2021-01-02", area_code="230109"),
        outline=(
            Heading(
                id="s1", parent=None, level=1, marker="一、", number=1, title="2021年工作安排", start=0, end=11, body_end=len(TEXT)
            ),
        ),
        tasks=(
            Task(id="k1", section="s1", parent=None, marker="一是", number=1, title="新建道路57条", kind="plan", start=12, end=22),
        ),
        claims=(claim,),
        tables=(table,),
        glossary=(),
        ledger=(),
        findings=(Finding(code="x", severity="info", stage="review", message="m", start=12, end=14),),
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for n in range(3):
        folder = tmp_path / "out" / "district" / f"{n}"
        folder.mkdir(parents=True)
        store.replace(folder / "report.json", report(f"{n}.txt").model_dump_json(by_alias=True).encode())
    return tmp_path / "out"


def exported(written: Path, to: str, **options: bool) -> Path:
    output = written.parent / to
    assert export.export(export.find((written,)), to, output, **options) == []
    return output


def test_every_row_has_a_value_for_every_column() -> None:
    made = rows("a", report().model_dump(mode="json", by_alias=True))
    assert set(made) == {feed.name for feed in FEEDS}
    for feed in FEEDS:
        assert all(len(row) == len(feed.columns) for row in made[feed.name]), feed.name


def test_csv_and_json_lines_hold_the_same(written: Path) -> None:
    one, other = exported(written, "csv"), exported(written, "jsonl")
    for feed in FEEDS:
        with (one / f"{feed.name}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        objects = [json.loads(line) for line in (other / f"{feed.name}.jsonl").read_text("utf-8").splitlines()]
        assert len(lines) == len(objects) == (0 if feed.name == "glossary" else 3)
        for line, record in zip(lines, objects, strict=True):
            plain = {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in record.items()}
            assert line == plain


def test_keys_join(written: Path) -> None:
    folder = exported(written, "jsonl")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables = {
        r["name"]: [json.loads(x) for x in (folder / r["path"]).read_text("utf-8").splitlines()] for r in package["resources"]
    }
    for resource in package["resources"]:
        keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in tables[resource["name"]]]
        assert len(keys) == len(set(keys))
        for point in resource["schema"]["foreignKeys"]:
            there = {tuple(row[k] for k in point["reference"]["fields"]) for row in tables[point["reference"]["resource"]]}
            here = {tuple(row[k] for k in point["fields"]) for row in tables[resource["name"]]}
            assert {key for key in here if None not in key} <= there


def test_excel_gets_a_bom_and_no_formulas(written: Path) -> None:
    raw = (exported(written, "csv", excel=True) / "livelihood.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    line = csv.reader(raw.decode("utf-8-sig").splitlines()[1:])
    assert not any(cell.startswith("=") for cell in next(line))
    text = report().model_copy(update={"metadata": Metadata(title="=1+1")}).model_dump_json(by_alias=True)
    store.replace(written / "district" / "0" / "report.json", text.encode())
    assert "'=1+1" in (exported(written, "csv", excel=True) / "reports.csv").read_text("utf-8-sig")
    assert ",=1+1" in (exported(written, "csv") / "reports.csv").read_text("utf-8")


def test_numbers_stay_exact(written: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(exported(written, "duckdb") / "zhengbao.duckdb"), read_only=True) as base:
        assert base.execute("SELECT DISTINCT number, low, high FROM claims").fetchall() == [(Decimal(6), Decimal(6), None)]
    broad = report().model_dump(mode="json", by_alias=True)
    broad["claims"][0]["value"] = "1" + "0" * 40
    (claim,) = rows("a", broad)["claims"]
    values = dict(zip((c.name for c in FEEDS[3].columns), claim, strict=True))
    assert (values["value"], values["number"]) == ("1" + "0" * 40, None)


def test_parquet_is_typed(written: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    schema = parquet.read_schema(exported(written, "parquet") / "claims.parquet")
    assert str(schema.field("number").type) == "decimal128(38, 10)"
    assert str(schema.field("headline").type) == "bool"


def queries() -> Iterator[str]:
    """The SELECT examples of the README."""
    yield from re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture
def database(written: Path) -> Any:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(exported(written, "duckdb") / "zhengbao.duckdb"), read_only=True) as base:
        yield base


def test_the_views_answer(database: Any) -> None:
    answer = database.execute("SELECT place, year, concept, number, modifier FROM headline_targets").fetchall()
    assert answer == [("甲区", 2021, "gdp", Decimal(6), "at_least")] * 3
    assert database.execute("SELECT count(*) FROM tasks_by_section WHERE section_title = '2021年工作安排'").fetchone() == (3,)
    assert database.execute("SELECT count(*) FROM money_promised").fetchone() == (0,)


def test_the_queries_of_the_readme_run(database: Any) -> None:
    examples = list(queries())
    assert examples
    for query in examples:
        database.execute(query).fetchall()


def test_a_broken_report_is_named_and_the_others_are_written(written: Path) -> None:
    (written / "district" / "1" / "report.json").write_text('{"text": 1}')
    problems = export.export(export.find((written,)), "csv", written.parent / "csv")
    assert len(problems) == 1 and "district/1/report.json" in problems[0]
    assert len((written.parent / "csv" / "reports.csv").read_text("utf-8").splitlines()) == 3
