"""Blanks that people type around and into numbers are read over; two numbers are never made one."""

import pytest

from pipeline.run import process
from tests.case_files import rows

HEAD = "2021年甲区政府工作报告\n一、2020年工作回顾\n"


@pytest.mark.parametrize(
    ("typed", "surfaces"),
    [
        ("由 10.81 万人下降到 2.88 万人。", ["10.81 万人", "2.88 万人"]),
        ("新建道路　５　条。", ["５　条"]),
        ("补偿8 9 8 人。", ["8 9 8 人"]),
        ("征收房屋 1 7 00 户 2 6万平米。", ["1 7 00 户", "2 6万平米"]),
        ("完成投资 36.5 9亿元、 1 . 57万户受益。", ["36.5 9亿元", "1 . 57万户"]),
        ("新建道路2020 12条。", ["12条"]),
        ("道路\u00a01\u00a02公里", ["2公里"]),
        ("完成整治。\n1 5个村完成整治。", ["5个"]),
        ("重点是：1. 5个村完成整治。", ["5个"]),
        ("补偿８９ ８人。", ["８９ ８人"]),
        ("补偿８９　８人。", ["８人"]),
        ("补偿８９ 8人。", ["８９ 8人"]),
    ],
)
def test_what_is_closed(typed: str, surfaces: list[str]) -> None:
    report = process((HEAD + typed).encode(), "a.txt").report
    assert [claim.surface for claim in report.claims] == surfaces


def test_a_bracket_that_says_likewise_parts_no_word_from_its_number() -> None:
    text = "全区地区生产总值372亿元，同比增长（下同）13%；全区生产总值同比(下同) 增长8.2%。"
    report = process((HEAD + text).encode(), "a.txt").report
    assert [(claim.surface, claim.measure, claim.indicator.concept) for claim in report.claims] == [
        ("372亿元", "level", "gross_domestic_product"),
        ("13%", "change_rate", "gross_domestic_product"),
        ("8.2%", "change_rate", "gross_domestic_product"),
    ]


def test_digits_that_stand_apart_are_one_value_and_a_finding() -> None:
    report = process((HEAD + "去年投资多。2 020 年征收房屋 1 7 00 户。").encode(), "a.txt").report
    assert [(claim.value, claim.period) for claim in report.claims] == [("1700", "2020")]
    found = [finding for finding in report.findings if finding.code == "digits-apart"]
    assert [report.text[finding.start : finding.end] for finding in found] == ["2 020", "1 7 00"]


def test_a_wrapped_page_that_holds_the_report_twice_says_it_once() -> None:
    paragraphs = [text * 4 if len(text) > 40 else text for kind, text in rows("blocks/second_copy.tsv") if kind != "chrome"]
    once = [f"　　{text}"[n : n + 30] for text in paragraphs for n in range(0, len(text) + 2, 30)]
    report, twice = (process("\n".join(lines).encode(), "a.txt").report for lines in (once, once + once))
    assert [claim.surface for claim in twice.claims] == [claim.surface for claim in report.claims]
    assert [heading.title for heading in twice.outline] == [heading.title for heading in report.outline]
