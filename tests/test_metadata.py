"""What a report says of itself is read from where it stands, and nothing is said without evidence."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s1_page, s2_blocks, s3_metadata
from pipeline.contracts import Front
from pipeline.front import areas
from pipeline.front.opening import words
from pipeline.run import Result

CASES = Path(__file__).parent / "cases" / "front"


def read(text: str) -> Front:
    page = s1_page.read(text.encode(), "页.txt")
    return s3_metadata.read(page, s2_blocks.lay_out(page))


def test_the_seed_says_all_of_itself(seed: Result) -> None:
    assert seed.front.metadata.model_dump(exclude={"evidence"}) == {
        "title": "2021年松北区人民政府工作报告",
        "place": "松北区",
        "level": "district",
        "area_code": "230109",
        "year": 2021,
        "report_date": "2021-03-03",
        "meeting": "松北区第四届人民代表大会第六次会议",
        "speaker": "王铁立",
        "speaker_role": "区长",
        "publisher": "松北区人民政府",
        "published": "2021-03-12",
    }


def test_evidence_is_the_text_that_says_it(seed: Result) -> None:
    told = seed.front.metadata
    for field in ("title", "place", "meeting", "speaker", "speaker_role", "publisher"):
        start, end = told.evidence[field]
        assert words(seed.blocks.text[start:end]) == getattr(told, field)


@pytest.mark.parametrize(
    ("name", "year", "codes"),
    [
        ("徐水县", 2015, ["130625"]),  # a county until the spring of 2015, when it had given its report
        ("徐水区", 2015, ["130609"]),
        ("徐水区", 2013, []),
        ("毕节市", 2011, ["522401"]),  # the county-level city until the autumn of 2011
        ("毕节市", 2020, ["520500"]),
        ("黔东南州", 2024, ["522600"]),
        ("宁夏", 2025, ["640000"]),
        ("新华区", 2020, ["130105", "130902", "410402"]),
        ("坪山新区", 2014, []),
    ],
)
def test_a_name_has_the_code_of_its_year(name: str, year: int, codes: list[str]) -> None:
    assert [area.code for area in areas.named(name, year)] == codes


def _cases() -> list[Any]:
    found = sorted(CASES.glob("*.txt"))
    return [pytest.param(path.read_text("utf-8"), id=path.stem) for path in found] or [
        pytest.param("", id="no case file in tests/cases/front")
    ]


@pytest.mark.parametrize("case", _cases())
def test_a_page_in_this_style_says_this_of_itself(case: str) -> None:
    """A case is a page, a line `====`, and the fields as `field: value`; fields that are not named are null."""
    page, mark, wanted = case.partition("\n====\n")
    assert mark
    fields = dict(line.split(": ", 1) for line in wanted.splitlines() if line)
    told = read(page).metadata.model_dump(exclude={"evidence"}, exclude_none=True)
    assert {field: str(value) for field, value in told.items()} == fields


FRAGMENTS = [
    *(
        "政府工作报告",
        "2021年",
        "1900年",
        "二〇二一年",
        "在",
        "松北区",
        "第四届",
        "人民代表大会",
        "第六次会议",
        "上",
        "区长",
        "王铁立",
    ),
    *("来源：", "发布日期：2021-13-99", "（", "）", "——", "各位代表：", "现在，我代表区人民政府向大会报告工作。", "\n", "\n", "??"),
    *("一、2020年工作回顾", "全区", "公报", "作者：", "2099年是最后之年。", "2101年政府工作报告"),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
def test_whatever_stands_there_the_metadata_keeps_to_its_contract(fragments: list[str]) -> None:
    text = "".join(fragments) or "空"
    page = s1_page.read(text.encode(), "页.txt")
    told = s3_metadata.read(page, s2_blocks.lay_out(page)).metadata
    for field, (start, end) in told.evidence.items():
        assert 0 <= start < end <= len(text)
        assert getattr(told, field) is not None
