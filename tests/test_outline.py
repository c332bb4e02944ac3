"""Headings come out with their depth and their sections, however a report numbers them; what only looks like one does not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s6_outline
from pipeline.contracts import Glossary, Outline, Table, Tables
from pipeline.text import squeeze
from tests import case_files


def found(text: str) -> Outline:
    return s6_outline.find(case_files.blocks_of(text), Tables(tables=()), Glossary(glossary=()))


def render(outline: Outline, text: str) -> str:
    """A line a heading, two spaces a level: marker and title, and the last words of its section."""
    lines = [
        f"{'  ' * (h.level - 1)}{squeeze(h.marker) or '-'} | {squeeze(h.title)} … {squeeze(text[h.start : h.body_end])[-6:]}"
        for h in outline.outline
    ]
    return "\n".join(lines).strip() or "none"


@pytest.mark.parametrize("name", case_files.names("outline"))
def test_the_outline_of_a_case_file(name: str) -> None:
    case = case_files.read("outline", name)
    assert render(found(case.text), case.text) == case.expected["outline"]


def test_tables_and_glossaries_hold_no_headings() -> None:
    text = "一、今年任务\n（一）表中的行\n（二）正文的节。继续推进。\n（三）注释的条"
    rows, notes = (text.index("（一）"), text.index("（二）")), (text.index("（三）"), len(text))
    table = Table(id="t", kind="other", title=None, year=None, stage=None, columns=(), rows=(), start=rows[0], end=rows[1])
    outline = s6_outline.find(case_files.blocks_of(text), Tables(tables=(table,)), Glossary(glossary=(), zones=(notes,)))
    assert [heading.title for heading in outline.outline] == ["今年任务", "正文的节"]


PIECES = [
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "①",
    "甲乙丙丁",
    "。",
    "；",
    "\n",
    " ",
    "2023年工作回顾",
    "让我们前进！",
    "各位代表！",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_sections_nest_and_headings_quote_the_text(text: str) -> None:
    outline = found(text).outline
    by_id = {heading.id: heading for heading in outline}
    assert len(by_id) == len(outline)
    for before, after in pairwise(outline):
        assert before.end <= after.start
        assert before.body_end <= after.start or before.level < after.level
    for heading in outline:
        assert text[heading.start :].startswith(heading.marker)
        assert heading.title in text
        assert heading.start < heading.end <= heading.body_end
        if heading.parent:
            parent = by_id[heading.parent]
            assert parent.level == heading.level - 1
            assert parent.start < heading.start < heading.body_end <= parent.body_end
