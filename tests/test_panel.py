"""A panel says what is there, what is not, and nothing that the reports don't say."""

import csv
import json
import time
from pathlib import Path

import pytest

from pipeline.contracts import Claim
from pipeline.years import panel
from tests.claims import claim
from tests.reports import report, text
from tests.test_cli import zhengbao

GDP = "地区生产总值 change_rate up"


def figure(words: str, year: int, status: str, sentence: str) -> Claim:
    """A claim on growth, its number where the sentence has it."""
    surface = claim(f"{GDP} {words}").surface
    start = sentence.index(surface)
    return claim(
        f"{GDP} {words}",
        id=f"{status}{year}",
        start=start,
        end=start + len(surface),
        period=str(year),
        status=status,
        indicator={"text": "地区生产总值", "concept": "gdp", "spans": ()},
        headline=status == "planned",
        sentence=(0, len(sentence)),
    )


def write(folder: Path, year: int, target: str, actual: str, place: str = "盐田区") -> None:
    """A report.json with one target for its year and one figure of the year before."""
    sentence = f"增长{target.split()[1]}%左右，增长{actual.split()[1]}%。"
    claims = [figure(target, year, "planned", sentence), figure(actual, year - 1, "actual", sentence)]
    whole = report(sentence + text(year, [], place=place), year, place=place, area_code="440308", level="district")
    (folder / f"{place}-{year}").mkdir(parents=True)
    made = whole.model_copy(update={"claims": tuple(claims), "verdict": "report"})
    (folder / f"{place}-{year}" / "report.json").write_text(made.model_dump_json(by_alias=True), "utf-8")


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The panel of a place whose report of 2018 is missing."""
    write(tmp_path / "in", 2016, "about 8.5 %", "exact 8.9 %")
    write(tmp_path / "in", 2017, "about 8 %", "exact 8.8 %")
    write(tmp_path / "in", 2019, "at_least 7 %", "exact 7.6 %")
    assert panel.build(panel.find((tmp_path / "in",), tmp_path / "out"), "csv", tmp_path / "out") == []
    return tmp_path / "out"


def test_a_target_keeps_its_number_and_its_words_apart(made: Path) -> None:
    first = rows(made, "targets")[0]
    assert [first[key] for key in ("place", "area_code", "year", "concept", "value", "modifier", "words")] == [
        "盐田区",
        "440308",
        "2016",
        "gdp",
        "8.5",
        "about",
        "8.5%左右",
    ]
    assert (first["low"], first["high"], first["modality"]) == ("", "", "")


def test_fulfilment_is_the_target_with_the_next_reports_answer(made: Path) -> None:
    (kept,) = rows(made, "fulfilment")
    assert [kept[key] for key in ("year", "target_words", "actual_words", "verdict")] == ["2016", "8.5%左右", "8.8%", "met"]


def test_what_is_not_there_is_said(made: Path) -> None:
    there = {(row["year"], row["target"], row["actual"], bool(row["report"])) for row in rows(made, "coverage")}
    assert there == {
        ("2016", "true", "true", True),
        ("2017", "true", "", True),
        ("2018", "", "true", False),
        ("2019", "true", "", True),
    }


def test_no_sentinels(made: Path) -> None:
    for table in ("targets", "actuals", "fulfilment", "coverage"):
        for row in rows(made, table):
            assert not {"-1", "None", "nan", "null", "NA", "-999"} & set(row.values())


def test_the_command_writes_tables_and_their_description(tmp_path: Path) -> None:
    write(tmp_path / "in", 2016, "about 8.5 %", "exact 8.9 %")
    (tmp_path / "in" / "broken").mkdir()
    (tmp_path / "in" / "broken" / "report.json").write_text("{}", "utf-8")
    run = zhengbao("panel", tmp_path / "in", "-o", tmp_path / "out")
    assert run.returncode == 3
    assert len(run.stderr.decode().splitlines()) == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "actuals.csv",
        "coverage.csv",
        "datapackage.json",
        "fulfilment.csv",
        "panel.html",
        "targets.csv",
    ]
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert {resource["name"] for resource in described["resources"]} == {"targets", "actuals", "fulfilment", "coverage"}


def test_no_reports_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert zhengbao("panel", tmp_path / "in", "-o", tmp_path / "out").returncode == 2


def test_a_panel_of_many_is_quick(tmp_path: Path) -> None:
    for n in range(20):
        for year in (2016, 2017):
            write(tmp_path / "in", year, "about 8.5 %", "exact 8.9 %", place=f"第{n}区")
    began = time.perf_counter()
    panel.build(panel.find((tmp_path / "in",), tmp_path / "out"), "csv", tmp_path / "out")
    assert time.perf_counter() - began < 2
