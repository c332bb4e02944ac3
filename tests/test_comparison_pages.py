"""The pages of a diff and of a panel in a real browser: both sides in sight, filters, the download, nothing cut off."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.pages import diff as diff_page
from pipeline.pages import panel as panel_page
from pipeline.pages.filling import in_chinese
from pipeline.pages.panel import Cell
from pipeline.run import process
from pipeline.years.contracts import Diff
from pipeline.years.diff import compare
from tests.browser import WIDTHS, audit, chromium, shown

OLD = """政府工作报告
——2020年1月8日在甲区第三届人民代表大会第五次会议上
各位代表：
一、2019年工作回顾
地区生产总值增长7%。
二、2020年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长8%左右，一般公共预算收入增长5%以上。
（一）<b>着力</b>抓好城市建设。新建道路57条，改造管网60公里。
（二）着力发展现代农业。建设高标准农田3万亩。
"""
NEW = """政府工作报告
——2021年1月8日在甲区第三届人民代表大会第六次会议上
各位代表：
一、2020年工作回顾
地区生产总值增长8.2%，一般公共预算收入增长4.1%。新建道路57条，改造管网40公里。
二、2021年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长7%以上，一般公共预算收入增长5%以上。
（一）<b>着力</b>抓好城市建设。新建学校2所。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def diff() -> Diff:
    return compare(*(process(text.encode(), f"{year}.txt").report for text, year in ((OLD, 2020), (NEW, 2021))))


@pytest.fixture(scope="module")
def diff_file(diff: Diff, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diff") / "diff.html"
    path.write_text(diff_page.page(diff), "utf-8")
    return path


@pytest.fixture(scope="module")
def panel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cells = [
        Cell(
            f"{place}<i>区",
            year,
            "gdp",
            "change_rate",
            f"{8 - n}%左右",
            Decimal(8 - n),
            f"{7 - n}%",
            Decimal(7 - n),
            "missed",
            "why",
        )
        for place in "甲乙"
        for n, year in enumerate(range(2015, 2021))
    ]
    cells += [Cell("甲<i>区", 2015, "public_revenue", "change_rate", "5%—6%", None)]
    path = tmp_path_factory.mktemp("panel") / "panel.html"
    path.write_text(panel_page.page(cells, 2, 12), "utf-8")
    return path


def test_promise_and_answer_stand_side_by_side(browser: Any, diff: Diff, diff_file: Path) -> None:
    with shown(browser) as seen:
        seen.open(diff_file)
        rows = seen.page.locator("#promises tbody tr")
        assert rows.count() == len(diff.targets)
        first = rows.first.inner_text()
        assert "8%左右" in first and "8.2%" in first
        marked = seen.page.evaluate("[...document.querySelectorAll('#promises q mark')].map(m => m.textContent)")
        assert {"8%", "8.2%"} <= set(marked)


def test_the_summary_fits_into_a_screenshot_and_counts_what_is_below(browser: Any, diff: Diff, diff_file: Path) -> None:
    with shown(browser) as seen:
        seen.open(diff_file)
        assert seen.page.locator(".summary").bounding_box()["height"] < 300
        met = sum(answer.verdict == "met" for answer in diff.targets)
        assert seen.page.inner_text(".summary div:has-text('承诺与结果') .count-met b") == str(met)


def test_verdicts_filter_and_every_list_opens(browser: Any, diff: Diff, diff_file: Path) -> None:
    with shown(browser) as seen:
        seen.open(diff_file)
        seen.page.select_option("#promises [data-filter=verdict]", "met")
        visible = seen.page.evaluate("[...document.querySelectorAll('#promises tbody tr')].filter(r => !r.hidden).length")
        assert visible == sum(answer.verdict == "met" for answer in diff.targets) > 0
        for name in ("indicators", "echoes", "tasks", "sections", "livelihood", "glossary"):
            seen.page.click(f"#tab-{name}")
            assert seen.page.locator(f"#{name}").is_visible()
            assert audit(seen.page) == []
        seen.page.click("#tab-sections")
        seen.page.fill("#search", "农田")
        assert seen.page.evaluate("[...document.querySelectorAll('#sections tbody tr')].filter(r => !r.hidden).length") <= 1


def test_what_a_document_says_is_text(browser: Any, diff_file: Path, panel_file: Path) -> None:
    with shown(browser) as seen:
        seen.open(diff_file)
        assert "<b>着力</b>" in seen.page.text_content("#sections")
    with shown(browser) as seen:
        seen.open(panel_file)
        assert "甲<i>区" in seen.page.inner_text(".panel:visible")


def test_a_panel_shows_a_concept_at_a_time_and_gives_it_away(browser: Any, panel_file: Path) -> None:
    with shown(browser) as seen:
        seen.open(panel_file)
        assert seen.page.locator(".panel:visible").count() == 1
        assert seen.page.locator(".panel:visible svg polyline, .panel:visible svg path").count() == 2
        with seen.page.expect_download() as download:
            seen.page.click("#download")
        lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert lines[0].startswith('"地区","2015"') and '"8%左右 → 7%"' in lines[1]
        seen.page.select_option("#concept", "public_revenue-change_rate")
        assert "5%—6%" in seen.page.inner_text(".panel:visible")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("what", ["diff", "panel"])
def test_they_fit_are_accessible_and_print(browser: Any, diff_file: Path, panel_file: Path, what: str, width: int) -> None:
    with shown(browser, width) as seen:
        seen.open(diff_file if what == "diff" else panel_file)
        seen.keep(f"{what}-{width}")
        assert seen.fits()
        assert audit(seen.page) == []
        assert seen.page.pdf(format="A4").startswith(b"%PDF")


PIPELINE = Path(__file__).parent.parent / "pipeline"
REASONS = {
    "5.3% reaches 5%": "5.3%，达到5%",
    "280亿元 falls short of 282亿元": "280亿元，没有达到282亿元",
    "answered for a part of it, 城镇居民收入: 7% falls short of 8%": "只回应了其中一部分（城镇居民收入）：7%，没有达到8%",
    "answered only by a level (136.3亿元), not by a rate of change": "只以数值回应（136.3亿元），没有给出增速",
    "7.9% is a little short of 8%左右, which was only said about": "7.9%略低于8%左右，而目标只是约数",
    "the new report says nothing of it": "新报告没有提及",
    "the body does not use Internet of Things in this form": "正文没有以这一写法使用“Internet of Things”",
    "收入 of 2020 is 5亿元 in one place (a rank), 6亿元 in another": "收入（2020）一处为5亿元（a rank），另一处为6亿元",
    "项目10项 says 10, there are 9 items": "项目10项：所说是10，实有9项",
    "whatever else is said": "whatever else is said",
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_verdict_gives_its_reason_in_the_reader_s_language(reason: str) -> None:
    assert in_chinese(reason) == REASONS[reason]


def messages() -> Iterator[str]:
    """What our code says to people in findings and reasons, its fields filled: read off the code, so that none is missing."""
    for path in sorted(PIPELINE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.Assign) and {getattr(one, "id", "") for one in node.targets} & {"message", "none"}:
                values = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_finding", "Judged", "_unanswered"):
                values = node.args
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and path.name in ("verdicts.py", "outcomes.py"):
                values = node.value.elts
            for value in values:
                parts = value.values if isinstance(value, ast.JoinedStr) else [value]
                said = "".join(str(part.value) if isinstance(part, ast.Constant) else "甲" for part in parts)
                if " " in said:
                    yield said.replace("甲 甲 甲", "甲 reaches 甲")


def test_every_message_has_its_chinese() -> None:
    said = list(messages())
    assert len(said) > 40
    assert [one for one in said if re.search("[a-z]{2}", in_chinese(one))] == []


@pytest.mark.parametrize(("locale", "english"), [("zh-CN", False), ("en-GB", True)])
def test_the_reader_s_language_turns_the_reasons(browser: Any, diff_file: Path, locale: str, english: bool) -> None:
    with shown(browser, locale=locale) as seen:
        seen.open(diff_file)
        said = seen.page.locator("td small [data-zh]").all_inner_texts()
    assert said
    assert all(bool(re.search("[a-z]{2}", reason)) == english for reason in said)
