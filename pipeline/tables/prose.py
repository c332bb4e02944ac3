"""Livelihood projects listed in prose: `1.…工程。…` under a heading of that meaning.

Many reports enumerate matters of people's livelihood that are plain tasks. A list is one of projects where its heading is a
title of its own (an appendix: 2019年…民生实事) or says how many there are and as many follow (办好十件民生实事).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from pipeline import markers
from pipeline.contracts import ColumnRole
from pipeline.lines import Line, split
from pipeline.quantities.numerals import value_of
from pipeline.tables import headers
from pipeline.tables.cells import Cells, Draft
from pipeline.tables.titles import name_above
from pipeline.text import fold, squeeze

COLUMNS = ("序号", "项目", "内容")
ROLES: tuple[ColumnRole, ...] = ("number", "project", "content")
_HINT = re.compile("[实民心]")
_HEADING = 60  # characters of a heading
_LEAD = 3  # lines between the heading and the first project
_FEWEST = 3
_STYLES = ("digits-stop", "han-stop", "han-is", "digits-brackets", "han-brackets", "digits-half-bracket", "circled")
_SENTENCE = re.compile(r"[。!！](?=.)")
_TITLE = re.compile(
    r"(?:实事|项目|工程|事项|清单|名单|一览表|表|情况|计划|安排|说明|公示|方案|(?:实事|项目|工程|事项|清单|表|计划)\([^()]{1,12}\))$"
)
_NUMERAL = re.compile(r"[0-9０-９]+|[一二三四五六七八九十百]+")
_Opening = tuple[int, markers.Marker]
_COUNT = re.compile(r"(?P<count>[0-9]{1,3}|[一二三四五六七八九十百]{1,4})(?:大|件|项|个)(?:方面)?")


def find(text: str, lines: Sequence[Line]) -> Iterator[Draft]:
    """Every list of livelihood projects, in reading order."""
    at = 0
    while at < len(lines):
        line = lines[at]
        items = _items(text, lines, at) if line.end - line.start <= _HEADING else []
        if not items:
            at += 1
            continue
        heading = fold(squeeze(line.of(text)))
        marker = markers.at(text, line.start, line.end)
        in_body = marker is not None or not _TITLE.search(heading)
        if in_body and _counts(heading) != [len(items)]:
            at += 1
            continue
        title = (marker.body if marker else line.start, line.end - (heading[-1] in "。:"))
        titles = (title,) if in_body else (*name_above(text, lines, at), title)
        rows = tuple((number, cells) for number, cells, _ in items)
        start = items[0][1][0][0][0] if in_body else titles[0][0]
        yield Draft(titles, COLUMNS, rows, start, items[-1][2], ROLES, in_prose=in_body)
        while at < len(lines) and lines[at].start < items[-1][2]:
            at += 1


def _items(text: str, lines: Sequence[Line], at: int) -> list[tuple[int, Cells, int]]:
    """The numbered projects below a heading of that meaning: number, cells, end; none where the line is no such heading."""
    line = lines[at]
    if not _HINT.search(text, line.start, line.end):
        return []
    key = squeeze(line.of(text))
    marked = markers.at(text, line.start, line.end) is not None
    if headers.kind_of(key) != "livelihood" or "。" in (key[:-1] if marked else key):
        return []
    openings, stops = _openings(text, lines, at)
    if len(openings) < _FEWEST:
        return []
    sizes = Counter(b - a for (a, _), (b, _) in pairwise(openings))
    usual = max(sizes, key=lambda size: (sizes[size], -size))
    items = []
    for n, (first, marker) in enumerate(openings):
        until = openings[n + 1][0] if n + 1 < len(openings) else first + usual
        until = next((stop for stop in stops if first < stop < until), until)
        while n + 1 == len(openings) and until < len(lines) and lines[until - 1].breaks_off(text):
            until += 1
        members = lines[first : min(until, len(lines))]
        items.append((marker.number or n + 1, _cells(text, marker, members), members[-1].end))
    return items


def _openings(text: str, lines: Sequence[Line], at: int) -> tuple[list[_Opening], list[int]]:
    """The lines that open a project below a heading, and the lines between them that name a group of projects (一、教育类)."""
    outer = _run(text, lines, at, _STYLES)
    if len(outer) > 1 and outer[0][1].style in ("han-stop", "han-brackets"):
        inner = _run(text, lines, outer[0][0], ("digits-stop", "digits-brackets"))
        if len(inner) > len(outer) and inner[-1][0] > outer[1][0]:  # the projects count on through the groups
            return inner, [n for n, _ in outer]
    return outer, []


def _run(text: str, lines: Sequence[Line], at: int, styles: Collection[str]) -> list[_Opening]:
    """The lines below a line that open with 1, 2, 3 … in one of the styles, and their markers."""
    found: list[_Opening] = []
    between = 0  # paragraphs since the last of them
    for n in range(at + 1, len(lines)):
        line = lines[n]
        marker = markers.at(text, line.start, line.end)
        if marker and marker.number == len(found) + 1 and marker.style in styles:
            found.append((n, marker))
            styles, between = (marker.style,), 0
            continue
        between += 1
        if between > _LEAD or headers.is_mark(line.key(text)):
            break
    return found


def _cells(text: str, marker: markers.Marker, members: Sequence[Line]) -> Cells:
    """Serial number, project (the first sentence, or the line where the text stands below it) and content (all the rest)."""
    numeral = _NUMERAL.search(text, marker.start, marker.end)
    number = numeral.span() if numeral else (marker.start, marker.end)
    end = members[0].end
    stop = _SENTENCE.search(text, marker.body, end)
    cut = stop.start() + 1 if stop else end
    project = split(text, marker.body, cut - 1 if text[cut - 1] in "。；;" else cut)
    content = split(text, cut, end)
    content.extend(span for member in members[1:] for span in split(text, member.start, member.end))
    return [[number], project, content]


def _counts(heading: str) -> list[int]:
    """How many there are of what the heading names: one number, or it is not of these projects alone (十大突破、十件实事)."""
    values = [value_of(match["count"]) for match in _COUNT.finditer(heading)]
    return [int(value) for value in values if value is not None]
