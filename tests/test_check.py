"""Nothing is written that breaks its schema or contradicts itself, and the message names the place."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline import check
from pipeline.contracts import PRODUCTS, Report
from pipeline.run import Result

Json = dict[str, Any]

TEXT = "一、2021年的工作\n新建道路3条。\n二、结束"
SHA = "0" * 64


def small() -> Json:
    """A report of three lines that is right in everything."""
    section: Json = {"id": "s1", "parent": None, "level": 1, "marker": "一、", "number": 1, "title": "2021年的工作"}
    claim: Json = dict.fromkeys(
        ["code", "base", "interval", "direction", "basis", "period", "modality", "from", "task", "table", "row"]
    )
    claim |= {"id": "c1", "start": 15, "end": 17, "surface": "3条", "value": "3", "unit": "条", "modifier": "exact"}
    claim |= {"measure": "level", "status": "planned", "headline": False, "section": "s1", "sentence": [11, 18]}
    claim |= {"indicator": {"text": "道路", "concept": None, "spans": [[13, 15]]}}
    lines = [(0, 10), (11, 18), (19, 23)]
    return {
        "schema_version": "1.0",
        "source": {"name": "x.txt", "media_type": "text/plain", "encoding": "utf-8", "bytes": 60, "sha256": SHA, "url": None},
        "tool": {"version": "0.1.0", "lexicon": "0" * 16},
        "verdict": "report",
        "text": TEXT,
        "blocks": [
            {"id": f"b{n}", "start": a, "end": b, "kind": "paragraph", "origin": f"line:{n}", "style": None, "cell": None}
            for n, (a, b) in enumerate(lines, 1)
        ],
        "metadata": json.loads(PRODUCTS["3_metadata"].model_validate({"metadata": {}}).model_dump_json())["metadata"],
        "outline": [section | {"start": 0, "end": 10, "body_end": 19}],
        "tasks": [],
        "claims": [claim],
        "tables": [],
        "glossary": [],
        "ledger": [
            {"start": 0, "end": 1, "text": "一", "role": "marker", "claim": None},
            {"start": 2, "end": 6, "text": "2021", "role": "date", "claim": None},
            {"start": 15, "end": 16, "text": "3", "role": "quantity", "claim": "c1"},
            {"start": 19, "end": 20, "text": "二", "role": "marker", "claim": None},
        ],
        "findings": [],
    }


def test_a_right_report_has_no_problems() -> None:
    assert check.file(json.dumps(small()), "report.json") == []


def change(path: str, value: object) -> Callable[[Json], None]:
    def apply(report: Json) -> None:
        *steps, last = path.split(".")
        at: Any = report
        for step in steps:
            at = at[int(step)] if step.isdigit() else at[step]
        if last.isdigit():
            at[int(last)] = value
        else:
            at[last] = value

    return apply


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("claims.0.surface", "4条", "$.claims[0].surface: '4条' is not what stands there (text 2:5"),
        ("claims.0.end", 99, "$.claims[0]: the span [15, 99) does not lie in the text"),
        ("claims.0.sentence", [16, 18], "$.claims[0].sentence: does not hold the claim"),
        ("claims.0.section", "s9", "$.claims[0].section: names 's9'"),
        ("claims.0.from", "c9", "$.claims[0].from: names 'c9'"),
        ("claims.0.row", 0, "$.claims[0].row: the table has no row 0"),
        ("ledger.2.claim", None, "$.claims[0]: no numeral of the ledger names this claim"),
        ("ledger.2.claim", "c2", "$.ledger[2].claim: names 'c2'"),
        ("ledger.1.claim", "c1", "$.ledger[1].claim: does not stand in 'c1'"),
        ("ledger.1.start", 0, "$.ledger[1]: overlaps the numeral before it"),
        ("ledger.1.text", "2020", "$.ledger[1].text: '2020' is not what stands there"),
        ("blocks.1.start", 12, "$.blocks[1]: text before this block stands in no block"),
        ("blocks.1.start", 9, "$.blocks[1]: overlaps the block before it"),
        ("blocks.1.id", "b1", "$.blocks: the id 'b1' is there twice"),
        ("blocks.2.end", 20, "$.blocks: text after the last block stands in no block"),
        ("outline.0.title", "2022年工作", "$.outline[0].title: '2022年工作' does not stand there"),
        ("outline.0.parent", "s0", "$.outline[0].parent: names 's0'"),
        (
            "findings",
            [{"code": "x", "severity": "info", "stage": "review", "message": "", "start": 1, "end": None}],
            "$.findings[0]",
        ),
        ("verdict", "perhaps", "$.verdict: 'perhaps' is not one of"),
        ("claims.0.value", 3.5, "$.claims[0].value"),
        ("extra", 1, "$: Additional properties"),
    ],
)
def test_a_wrong_report_says_where(path: str, value: object, says: str) -> None:
    report = small()
    change(path, value)(report)
    lines = check.file(json.dumps(report), "report.json")
    assert any(says in line for line in lines), lines


def test_broken_json_points_at_line_and_column() -> None:
    assert check.file('{"a":\n 1,}', "report.json")[0].startswith("no JSON: ")
    assert "line 2" in check.file('{"a":\n 1,}', "report.json")[0]


def test_a_file_of_another_name_is_known_by_its_keys() -> None:
    assert check.file(json.dumps(small()), "anything.json") == []
    assert "none of our products" in check.file("[]", "anything.json")[0]


def broken(value: Any) -> list[Any]:
    """The value with each of its top keys once gone and once of a wrong type."""
    return [value] + [{k: v for k, v in value.items() if k != key} for key in value] + [value | {key: 1.5} for key in value]


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_fast_engine_and_the_reference_agree(name: str, seed: Result) -> None:
    value = json.loads(seed[list(PRODUCTS).index(name)].model_dump_json(by_alias=True))
    assert check.against_schema(name, value) == []
    for case in broken(value):
        assert {p.path for p in check.against_schema(name, case)} == {p.path for p in check.by_reference(name, case)}


def test_the_seed_has_no_problems(seed: Result) -> None:
    assert [problem.line(seed.report.text) for problem in check.report(seed.report)] == []


def test_a_report_read_back_is_the_report(seed: Result) -> None:
    assert Report.model_validate_json(seed.report.model_dump_json(by_alias=True)) == seed.report
