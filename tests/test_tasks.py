"""Items come out with their title, their section and what they are, from lists of every form; what only looks like one does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s6_outline, s7_tasks
from pipeline.contracts import Glossary, Metadata, Outline, Tables, Tasks
from pipeline.text import squeeze
from tests import case_files

NO_TABLES, NO_NOTES = Tables(tables=()), Glossary(glossary=())


def found(text: str, notes: Glossary = NO_NOTES) -> tuple[Outline, Tasks]:
    blocks = case_files.blocks_of(text)
    outline = s6_outline.find(blocks, NO_TABLES, notes)
    return outline, s7_tasks.find(blocks, Metadata(), NO_TABLES, notes, outline)


def render(outline: Outline, tasks: Tasks, text: str) -> str:
    """A line an item, two spaces a level: kind, marker, title; its last words; its section."""
    sections = {heading.id: squeeze(heading.title) for heading in outline.outline}
    depth: dict[str, int] = {}
    lines = []
    for task in tasks.tasks:
        depth[task.id] = depth[task.parent] + 1 if task.parent else 0
        section = sections[task.section] if task.section else "-"
        last = squeeze(text[task.start : task.end])[-6:]
        lines.append(f"{'  ' * depth[task.id]}{task.kind} | 「{task.marker}」 | {squeeze(task.title)} … {last} | {section}")
    return "\n".join(lines) or "none"


@pytest.mark.parametrize("name", case_files.names("tasks"))
def test_the_items_of_a_case_file(name: str) -> None:
    case = case_files.read("tasks", name)
    assert render(*found(case.text), case.text) == case.expected["tasks"]


def test_a_note_mark_is_no_item() -> None:
    text = "一、回顾\n推行“一窗”①改革，建设“双园”②工程。"
    marks = tuple((at, at + 1) for at in (text.index("①"), text.index("②")))
    assert found(text, Glossary(glossary=(), marks=marks))[1].tasks == ()


PIECES = [
    "一是",
    "二是",
    "三是",
    "——",
    "1.",
    "2.",
    "①",
    "②",
    "第一，",
    "甲乙丙丁",
    "。",
    "；",
    "：",
    "\n",
    " ",
    "一、",
    "（一）",
    "还不强",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_items_stand_in_order_under_items_and_sections_that_exist(text: str) -> None:
    outline, tasks = found(text)
    sections = {heading.id: heading for heading in outline.outline}
    by_id = {task.id: task for task in tasks.tasks}
    assert len(by_id) == len(tasks.tasks)
    assert [task.start for task in tasks.tasks] == sorted({task.start for task in tasks.tasks})
    for task in tasks.tasks:
        assert text[task.start :].startswith(task.marker)
        assert task.start < task.end <= len(text)
        assert task.title in text
        assert task.section is None or sections[task.section].start <= task.start
        if task.parent:
            parent = by_id[task.parent]
            assert parent.start < task.start < task.end <= parent.end
