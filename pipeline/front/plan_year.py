"""Which year's plan a report sets out: told by its title, its headings, the day it was given, or what it calls the year."""

import re
from collections.abc import Sequence

from pipeline.front import opening
from pipeline.front.opening import Line, Value, said
from pipeline.text import fold

_TITLE_YEAR = re.compile(rf"(?<!关于)(?P<year>{opening.YEAR})年?度?(?![0-9]|年?[0-9元一二三四五六七八九十]{{1,2}}月)")
_REVIEW = re.compile(
    rf"(?P<about>关于)?(?P<year>{opening.YEAR})年(?P<since>以来)?度?(?:和今年以来)?(?:经济社会发展|国民经济和社会发展)?"
    r"的?(?:主要|政府|全年|重点|基本)?(?:工作)?的?(?:主要|基本)?(?:回顾|总结|情况|成就|成效|完成|(?(about)(?<=工作)$|(?!)))"
)
_PLAN = re.compile(
    rf"(?P<year>{opening.YEAR})年度?(?!以来|远景)的?[一-龥、和]{{0,16}}?(?:安排|任务|打算|部署|建议|要求|目标|思路|重点|主要工作)"
)
_RUN_ON = re.compile(rf"(?:^|[。！!：:\s])[一二三四五六七八九]、[^。，,\s]{{0,16}}?{opening.YEAR}年[^。，,\s]{{0,20}}")
_AGE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年,?是[^。]{2,60}(?:之年|一年)")
_PLANNED_FROM = 3  # a sentence on what the year is stands in the plan from this tenth of the text on


def of_title(title: str) -> int | None:
    """The year that a title names; folded or as written."""
    match = _TITLE_YEAR.search(fold(title))
    return opening.number(match["year"]) if match else None


def of_headings(headings: Sequence[Line], text: str) -> Value | None:
    """The year that headings give, lines of their own or the beginning of a paragraph."""
    return _headed(headings) or _headed([opening.line(text, *match.span()) for match in _RUN_ON.finditer(text)])


def of_date(date: Value) -> Value:
    """The year whose plan a report of that day sets out: the next one from November on."""
    return Value(str(int(date.value[:4]) + (date.value[5:7] >= "11")), date.span)


def _headed(headings: Sequence[Line]) -> Value | None:
    """The year of the headings: the plan's, the one in accord with a review's before others; else the one after the review's."""
    reviews = [(line, match) for line in headings if (match := _REVIEW.search(line.words))]
    plans = [(line, match) for line in headings if not _REVIEW.search(line.words) and (match := _PLAN.search(line.words))]
    after = {opening.number(match["year"]) + 1 for _, match in reviews}
    after = after or {min((opening.number(match["year"]) for _, match in plans), default=0) + 1}
    for line, match in sorted(plans, key=lambda plan: opening.number(plan[1]["year"]) not in after):
        return said(line, match, "year", str(opening.number(match["year"])))
    for line, match in sorted(reviews, key=lambda review: review[1]["since"] is not None):
        return said(line, match, "year", str(opening.number(match["year"]) + 1))
    return None


def of_sentences(text: str) -> Value | None:
    """2023年是…开局之年: the last year that is called something, or the one after it where that is said in the review."""
    called = list(_AGE.finditer(text))
    if not called:
        return None
    match = max(called, key=lambda match: (int(match["year"]), -match.start()))
    planned = match.start() * 10 >= len(text) * _PLANNED_FROM
    return Value(str(int(match["year"]) + (not planned)), match.span("year"))
