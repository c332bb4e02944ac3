"""A diff reports what differs and nothing else, whichever way round it is given; a wrong pair is said, not compared."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import store
from pipeline.contracts import Report, Table
from pipeline.years import digest, pairing
from pipeline.years.contracts import Diff
from pipeline.years.diff import changed, compare
from pipeline.years.pairing import WrongPairError
from tests.reports import report, text
from tests.test_cli import zhengbao

PLANS = [
    (
        "抓好产业发展",
        [
            "一是着力壮大实体经济。推动制造业信息化、服务化，加快由制造向智造转变，大力支持企业进行设备更新和技术改造。",
            "二是全方位招商选资。打造好现代产业服务中心等载体，积极引进总部企业和高端业态项目，力争吸引一批优质企业。",
        ],
    ),
    (
        "抓好民生保障工作",
        [
            "一是推进教育优质发展。新增学位1800个，加快云海学校建设，引进一批名优骨干教师，不断提升教育教学质量。",
            "二是提升卫生计生水平。启动区人民医院后勤楼建设，继续抓好三名工程，推进社康中心标准化建设。",
        ],
    ),
]


def pairs_of(diff: Diff) -> list[Any]:
    return [*diff.sections, *diff.tasks, *diff.livelihood, *diff.glossary]


def told(diff: Diff) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """What a diff says has changed: the status, the title, what differs."""
    rows = []
    for pair in pairs_of(diff):
        if pair.status != "continued":
            side = pair.old or pair.new
            rows.append((pair.status, getattr(side, "title", None) or getattr(side, "term", None) or side.project, pair.differs))
    return rows


@pytest.fixture
def base() -> str:
    return text(2016, PLANS)


def test_nothing_has_changed_in_a_report_against_itself(base: str) -> None:
    diff = compare(report(base, 2016), report(base, 2016))
    assert told(diff) == []
    assert not changed(diff)
    assert [finding.code for finding in diff.findings] == ["one-year"]


def test_of_the_real_page_nothing_has_changed_either(seed: Any) -> None:
    diff = compare(seed.report, seed.report)
    assert told(diff) == []
    assert diff.indicators and not changed(diff)


def test_an_inserted_paragraph_is_the_only_thing_reported(base: str) -> None:
    inserted = "继续办好各类节庆活动，繁荣夜间经济。"
    anew = base.replace("（二）抓好民生", f"{inserted}\n（二）抓好民生")
    diff = compare(report(base, 2016), report(anew, 2016))
    assert len(told(diff)) == 1
    assert told(diff)[0][::2] == ("changed", ("text",))
    (only,) = [finding for finding in diff.findings if finding.code.startswith("only-in")]
    assert only.start is not None and only.end is not None
    assert (only.code, diff.new.text[only.start : only.end]) == ("only-in-new", inserted.rstrip("。"))


def test_where_there_are_no_sections_an_inserted_paragraph_is_told_too() -> None:
    written = "各位代表：\n去年各项工作顺利完成，社会大局保持稳定。\n今年我们要再接再厉，扎实做好各项工作。"
    diff = compare(report(written, 2016), report(f"{written}\n办好节庆活动。", 2016))
    assert [finding.code for finding in diff.findings if finding.start is not None] == ["only-in-new"]
    assert changed(diff)


def test_a_renumbered_section_is_the_only_thing_reported(base: str) -> None:
    anew = base.replace("（二）抓好民生", "（三）抓好民生")
    assert told(compare(report(base, 2016), report(anew, 2016))) == [("changed", "抓好民生保障工作", ("number",))]


def test_a_reworded_task_is_the_only_thing_reported(base: str) -> None:
    anew = base.replace("加快云海学校建设", "建成云海学校并投入使用")
    assert told(compare(report(base, 2016), report(anew, 2016))) == [("changed", "推进教育优质发展", ("text",))]


sentences = st.sampled_from(
    [paragraph for _, paragraphs in PLANS for paragraph in paragraphs] + ["三是加强城市管理。建设公园3座。"]
)
plans = st.lists(
    st.tuples(st.sampled_from(["抓好产业发展", "抓好民生保障工作", "抓好文化建设"]), st.lists(sentences, max_size=3)), max_size=4
)


@settings(max_examples=25, deadline=None)
@given(plans)
def test_any_report_against_itself(plans: list[tuple[str, list[str]]]) -> None:
    one = report(text(2016, plans), 2016)
    assert not changed(compare(one, one))


MIRROR = {"new": "dropped", "dropped": "new"}


@settings(max_examples=25, deadline=None)
@given(plans, plans)
def test_old_and_new_the_other_way_round_is_the_mirror_image(a: list[Any], b: list[Any]) -> None:
    old, new = report(text(2016, a), 2016), report(text(2017, b), 2017)
    there, back = compare(old, new), compare(new, old)
    assert Counter((p.old, p.new, p.status, p.score, p.differs) for p in pairs_of(there)) == Counter(
        (p.new, p.old, MIRROR.get(p.status, p.status), p.score, p.differs) for p in pairs_of(back)
    )
    assert "reversed" in [finding.code for finding in back.findings]


# --- which reports can be compared ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ({"place": "盐田区", "year": 2016}, {"place": "龙岗区", "year": 2017}, "two places"),
        ({"place": "盐田区", "year": 2016}, {"place": "盐田区", "year": 2019}, "years lie between"),
        (
            {"place": "朝阳区", "year": 2016, "area_code": "110105"},
            {"place": "朝阳区", "year": 2017, "area_code": "220104"},
            "two places",
        ),
        ({"place": "吉林省", "year": 2016, "level": "province"}, {"place": "吉林市", "year": 2017, "level": "city"}, "two places"),
    ],
)
def test_a_wrong_pair_is_one_sentence(base: str, old: dict[str, Any], new: dict[str, Any], why: str) -> None:
    with pytest.raises(WrongPairError, match=why):
        compare(report(base, **old), report(base, **new))


def test_two_reports_of_one_year_are_no_versions_of_one(base: str) -> None:
    other = text(
        2016,
        [("建设法治政府", ["一是推进依法行政。健全重大决策程序，严格规范公正文明执法，主动接受各方监督。"])],
        "换届以来开局良好。",
    )
    with pytest.raises(WrongPairError, match="two reports of one year"):
        compare(report(base, 2016), report(other, 2016))


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ({"place": "光明新区", "level": "district"}, {"place": "光明区", "level": "district"}, ["place-renamed"]),
        ({"place": "徐水县", "level": "district"}, {"place": "徐水区", "level": "district"}, ["place-renamed"]),
        ({"place": "海拉尔区"}, {"place": "呼伦贝尔市海拉尔区"}, []),
        ({"place": None}, {"place": "盐田区"}, ["place-unknown"]),
    ],
)
def test_a_place_that_was_renamed_is_compared_and_said(
    base: str, old: dict[str, Any], new: dict[str, Any], codes: list[str]
) -> None:
    codes_found = [finding.code for finding in pairing.relation(report(base, 2018, **old), report(base, 2019, **new))]
    assert codes_found == codes


# --- the command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, base: str) -> list[Path]:
    """Reports of three years, as a person has them."""
    paths = []
    for year in (2016, 2017, 2018):
        path = tmp_path / f"盐田区{year}年政府工作报告.txt"
        path.write_text(text(year, PLANS[: year - 2015]), "utf-8")
        paths.append(path)
    return paths


def test_two_reports_make_a_valid_diff(files: list[Path], tmp_path: Path) -> None:
    run = zhengbao("diff", *files[:2], "-o", tmp_path / "out")
    assert (run.returncode, run.stdout) == (0, b""), run.stderr.decode()
    assert zhengbao("validate", tmp_path / "out" / "diff.json").returncode == 0
    diff = json.loads((tmp_path / "out" / "diff.json").read_text("utf-8"))
    assert [diff[side]["year"] for side in ("old", "new")] == [2016, 2017]


def test_many_reports_make_a_series(files: list[Path], tmp_path: Path) -> None:
    assert zhengbao("diff", files[2], files[0], files[1], "-o", tmp_path / "out").returncode == 0
    made = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json"))
    assert made == ["2016-2017/diff.json", "2017-2018/diff.json", "series.json"]
    assert zhengbao("validate", tmp_path / "out" / "series.json").returncode == 0


def test_exit_code_says_whether_something_changed(files: list[Path]) -> None:
    assert zhengbao("diff", files[0], files[0], "--exit-code").returncode == 0
    assert zhengbao("diff", files[0], files[1], "--exit-code").returncode == 1
    assert zhengbao("diff", files[0], files[1]).returncode == 0


def test_a_wrong_pair_is_one_sentence_and_status_2(files: list[Path]) -> None:
    for arguments in ([files[0], files[2]], [files[0]]):
        run = zhengbao("diff", *arguments)
        assert (run.returncode, run.stdout) == (2, b"")
        assert len(run.stderr.decode().splitlines()) == 1


def test_what_a_person_reads(base: str) -> None:
    diff = compare(report(base, 2016), report(base.replace("（二）抓好民生", "（三）抓好民生"), 2016))
    lines = list(digest.of_diff(diff))
    assert any("（二）抓好民生保障工作 → （三）抓好民生保障工作" in line for line in lines)
    assert json.loads(store.checked("diff", diff))["findings"]


# --- which figure answers which target -------------------------------------------------------------------------------------

BEHIND = "全年地区生产总值增长8.8%，一般公共预算收入增长10.1%。新登记商事主体4358户。整改安全隐患8031项。调解矛盾纠纷191宗。"
AHEAD = "地区生产总值增长8.5%左右。办理人大代表建议189件。修编专项规划21个。引进规模以上物流企业2家。林相改造500亩。"


def cases() -> list[tuple[str, str, str]]:
    """Old sentence, new sentence, what is expected."""
    lines = (Path(__file__).parent / "cases" / "diff" / "links.txt").read_text("utf-8").splitlines()
    told = [line.split(maxsplit=1)[1] for line in lines if line and not line.startswith("#")]
    return list(zip(told[0::3], told[1::3], told[2::3], strict=True))


@pytest.mark.parametrize(("old", "new", "expected"), cases())
def test_the_figure_that_answers_a_target(old: str, new: str, expected: str) -> None:
    before = report(text(2016, [("抓好各项工作", [old + AHEAD])]), 2016)
    after = report(text(2017, [("抓好民生", ["一是发展教育。"])], done=new + BEHIND), 2017)
    answers = sorted(compare(before, after).targets, key=lambda answer: answer.target.start)
    first = answers[0]
    assert first.target.surface in old, f"the target is {first.target.surface}"
    found = f"{first.outcome.surface} {first.verdict}" if first.outcome else "nothing"
    assert found == expected, first.why


# --- livelihood projects ---------------------------------------------------------------------------------------------------


def with_projects(one: Report, stage: str, year: int, projects: list[str]) -> Report:
    """The report with a table of livelihood projects, planned or completed."""
    cells = [{"text": name, "start": n, "end": n + 1} for n, name in enumerate(projects)]
    table = {
        "id": "t1",
        "kind": "livelihood",
        "title": None,
        "year": year,
        "stage": stage,
        "columns": [{"name": "项目", "role": "project"}],
        "rows": [{"number": n, "cells": [cell]} for n, cell in enumerate(cells, 1)],
        "start": 0,
        "end": len(projects),
    }
    return one.model_copy(update={"tables": (*one.tables, Table.model_validate(table))})


PROJECTS = ["路网改造工程", "内涝整治工程", "学前教育工程", "河道环境综合整治工程"]


def test_completed_projects_answer_the_planned_whatever_their_numbers(base: str) -> None:
    old = with_projects(report(base, 2016), "planned", 2016, PROJECTS)
    new = with_projects(report(text(2017, PLANS), 2017), "completed", 2016, [PROJECTS[2], "公共交通扩面工程", *PROJECTS[:2]])
    told = {(p.old and p.old.project, p.new and p.new.project): (p.status, p.answers) for p in compare(old, new).livelihood}
    assert [told.pop((name, name)) for name in PROJECTS[:3]] == [("continued", True)] * 3
    assert told == {(PROJECTS[3], None): ("dropped", False), (None, "公共交通扩面工程"): ("new", False)}


def test_projects_completed_in_another_year_are_no_part_of_it(base: str) -> None:
    old = with_projects(report(base, 2016), "completed", 2015, PROJECTS)
    new = with_projects(report(text(2017, PLANS), 2017), "planned", 2017, ["建设人才公寓"])
    assert [(pair.status, pair.new and pair.new.project) for pair in compare(old, new).livelihood] == [("new", "建设人才公寓")]


# --- plans without numbers -------------------------------------------------------------------------------------------------


def test_a_plan_without_numbers_finds_what_the_review_says_of_it(base: str) -> None:
    old = report(base, 2016)
    new = report(text(2017, PLANS, done="云海学校建成启用，名优骨干教师队伍不断壮大，教育教学质量稳步提升。全年空气优良。"), 2017)
    (echo,) = compare(old, new).echoes
    assert old.text[slice(*echo.old)].startswith("新增学位")
    assert new.text[slice(*echo.new)].startswith("云海学校建成启用")
    assert echo.task in {task.id for task in old.tasks if task.title == "推进教育优质发展"}
    assert compare(new, old).echoes == ()
