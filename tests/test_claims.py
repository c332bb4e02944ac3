"""What a sentence claims, in a report of one chapter: the cases are lines of `tests/cases/*.tsv`; to add one, add a line."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from pipeline.contracts import Claim, Claims, Report
from pipeline.run import Result, process

CASES = Path(__file__).parent / "cases"
SHARED = Path(__file__).parent.parent.parent / "shared"


def lines(name: str) -> list[list[str]]:
    """The cases of a file; an empty file is a fault."""
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row and not row[0].startswith("#")]
    assert rows, f"no cases in {name}.tsv"
    return rows


@cache
def read(year: str, heading: str, paragraph: str) -> Result:
    """A report of one chapter with one paragraph."""
    title = f"{year}年清河县政府工作报告\n——{year}年1月8日在清河县第十六届人民代表大会第五次会议上\n清河县县长 王明\n各位代表：\n"
    text = f"{title}现在，我代表县人民政府向大会报告工作，请予审议。\n一、{heading}\n{paragraph}\n"
    return process(text.encode(), "case.txt")


def claim(year: str, heading: str, paragraph: str, surface: str) -> Claim:
    found = [claim for claim in read(year, heading, paragraph).claims.claims if claim.surface == surface]
    assert found, f"no claim {surface} in {paragraph}"
    return found[0]


@pytest.mark.parametrize(("year", "heading", "paragraph", "surface", "period", "status"), lines("periods"))
def test_the_time_that_a_quantity_is_about(year: str, heading: str, paragraph: str, surface: str, period: str, status: str) -> None:
    found = claim(year, heading, paragraph, surface)
    assert (found.period, found.status) == (period or None, status)


@pytest.mark.parametrize(
    ("year", "heading", "paragraph", "surface", "status", "modality"), [[*row, ""][:6] for row in lines("status")]
)
def test_what_is_and_what_is_to_be(year: str, heading: str, paragraph: str, surface: str, status: str, modality: str) -> None:
    found = claim(year, heading, paragraph, surface)
    assert (found.status, found.modality) == (status, modality or None)


def field(result: Claims, found: Claim, name: str) -> str:
    """A field of a claim as the case files write it."""
    value: object
    match name:
        case "concept":
            value = found.indicator.concept
        case "indicator":
            value = found.indicator.text
        case "low" | "high" | "low_closed" | "high_closed":
            value = getattr(found.interval, name)
        case "base" | "base_code":
            value = getattr(found.base, "code" if name == "base_code" else "value")
        case "from":
            value = next((one.surface for one in result.claims if one.id == found.from_), None)
        case _:
            value = getattr(found, name)
    return ",".join(value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("year", "heading", "paragraph", "surface", "fields"), lines("claims"))
def test_the_fields_of_a_claim(year: str, heading: str, paragraph: str, surface: str, fields: str) -> None:
    found, result = claim(year, heading, paragraph, surface), read(year, heading, paragraph).claims
    wanted = dict(pair.split("=", 1) for pair in fields.split())
    assert {name: field(result, found, name) for name in wanted} == wanted


@pytest.mark.parametrize(("paragraph", "numeral", "role"), lines("unclaimed"))
def test_what_is_no_claim_has_a_role_of_its_own(paragraph: str, numeral: str, role: str) -> None:
    ledger = read("2021", "2020年工作回顾", paragraph).claims.ledger
    entry = next(entry for entry in reversed(ledger) if entry.text == numeral)
    assert entry.role == role
    assert (entry.claim is not None) == (role == "quantity")


def test_every_numeral_of_the_first_page_is_accounted_for(seed: Result) -> None:
    ledger = seed.claims.ledger
    chrome = [(block.start, block.end) for block in seed.blocks.blocks if block.kind == "chrome"]
    body = [entry for entry in ledger if not any(start <= entry.start < end for start, end in chrome)]
    assert [entry.text for entry in body if entry.role == "unexplained"] == []
    assert all(entry.claim for entry in ledger if entry.role == "quantity")
    assert {entry.claim for entry in ledger if entry.claim} == {claim.id for claim in seed.claims.claims}


def test_an_inserted_paragraph_renames_no_claim(seed: Result) -> None:
    text = seed.blocks.text
    at = text.index("\n", len(text) // 3) + 1
    longer = process((text[:at] + "新增菜市场2个。\n" + text[at:]).encode(), "longer.txt")
    before, after = ({claim.id for claim in result.claims.claims} for result in (seed, longer))
    assert before < after
    assert len(after - before) == 1


GDP = SHARED / "gold" / "provinces-gdp.json"
TARGETS = (
    [(year, *pair) for year, places in json.loads(GDP.read_text("utf-8")).items() for pair in places.items()]
    if GDP.exists()
    else []
)


@pytest.mark.skipif(not TARGETS, reason="the shared reports are not here")
@pytest.mark.parametrize(("year", "place", "target"), TARGETS)
def test_the_growth_that_a_province_aims_at(year: str, place: str, target: str) -> None:
    source = next(path for path in (SHARED / "corpus").glob(f"provinces-{year}*/*{place}*"))
    report = process(source.read_bytes(), source.name).report
    assert [words(report, claim) for claim in report.claims if is_target(claim)][:1] == [target]


def is_target(claim: Claim) -> bool:
    return claim.headline and claim.indicator.concept == "gross_domestic_product" and claim.measure == "change_rate"


def words(report: Report, claim: Claim) -> str:
    """A target as it is said: the number and the word that follows it."""
    said = {"about": "左右", "at_least": "以上", "exact": ""}[claim.modifier]
    return claim.surface.replace("％", "%") + said


@pytest.mark.parametrize("marks", [("——", "——", "——"), ("1.", "2.", "3."), ("", "", "")])
def test_a_list_that_a_colon_opens_is_of_targets(marks: tuple[str, str, str]) -> None:
    """Of paragraphs without a mark only the first can be told to belong to it."""
    items = ("地区生产总值增长6%；", "一般公共预算收入增长5%；", "城镇新增就业5万人。")
    listed = "\n".join(map("".join, zip(marks, items, strict=True)))
    head = "2021年甲区政府工作报告\n二、2021年工作安排\n今年经济社会发展主要预期目标是：\n"
    report = process(f"{head}{listed}\n重点抓好以下工作：\n{marks[0]}新建学校5所，教育投资增长8%。\n".encode(), "a.txt").report
    assert [claim.surface for claim in report.claims if claim.headline] == (["6%", "5%", "5万人"] if marks[0] else ["6%"])


@pytest.mark.parametrize(("code", "paragraph"), lines("contradictions"))
def test_what_a_careful_reader_remarks_on_in_the_numbers(code: str, paragraph: str) -> None:
    """A code of `-` stands for numbers that agree."""
    found = [finding.code for finding in read("2021", "2020年工作回顾", paragraph).claims.findings]
    assert found == [code] * (code != "-")
