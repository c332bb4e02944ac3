"""A glossary's terms, wherever and however it is printed, tied to the marks and the words of the body."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s4_tables, s5_glossary
from pipeline.contracts import Block, Blocks, Glossary, Metadata, Tables
from tests import case_files


def render(text: str, glossary: Glossary) -> str:
    """A line an entry: number, term, definition, the places that use it, its marks; the zones; the findings."""
    lines = []
    for term in glossary.glossary:
        uses = [text[start:end].replace("\n", "") for start, end in term.mentions]
        marks = [text[start:end] for start, end in term.marks]
        ties = f"{'、'.join(uses) or '-'} | {''.join(marks) or '-'}"
        lines.append(f"{term.number or '-'} | {term.term or '-'} | {term.definition} | {ties}")
    tied = {mark for term in glossary.glossary for mark in term.marks}
    loose = [text[start:end] for start, end in glossary.marks if (start, end) not in tied]
    lines += [f"loose marks {''.join(loose)}"] if loose else []
    for start, end in glossary.zones:
        first, *_, last = text[start:end].splitlines()
        lines.append(f"zone {first.strip()} … {last.strip()}")
    lines += [f"! {finding.code}" for finding in glossary.findings]
    return "\n".join(lines) or "none"


def found(text: str) -> Glossary:
    blocks = case_files.blocks_of(text)
    return s5_glossary.find(blocks, s4_tables.find(blocks, Metadata()))


@pytest.mark.parametrize("name", case_files.names("glossary"))
def test_the_glossary_of_a_case_file(name: str) -> None:
    case = case_files.read("glossary", name)
    assert render(case.text, found(case.text)) == case.expected["glossary"]


def test_the_sources_own_notes_are_entries() -> None:
    lines = ["完成海绵城市[1]建设。", "[1]海绵城市：像海绵一样的城市。\n分两行写。", "[2]又称弹性城市。"]
    text = "\n".join(lines)
    spans = [(text.index(line), text.index(line) + len(line)) for line in lines]
    origins = ("word/document.xml#1", "word/footnotes.xml#1", "word/footnotes.xml#2")
    blocks = [
        Block(id=origin, start=start, end=end, kind="note" if "notes" in origin else "paragraph", origin=origin)
        for (start, end), origin in zip(spans, origins, strict=True)
    ]
    glossary = s5_glossary.find(Blocks(text=text, blocks=tuple(blocks)), Tables(tables=()))
    assert [(term.number, term.term, term.definition) for term in glossary.glossary] == [
        (1, "海绵城市", "像海绵一样的城市。分两行写。"),
        (2, "", "又称弹性城市。"),
    ]
    assert glossary.zones == ((spans[1][0], len(text)),)
    assert glossary.glossary[0].marks == glossary.marks == ((6, 9),)


def test_an_entry_that_was_wrapped_over_lines_is_one_paragraph() -> None:
    paragraphs = ["名词解释", "1.生态系统生\n产总值（GEP）：各类生态产品的\n价值总和。（见第\n3页）", "2.三农：农业、农村、农民。"]
    text = "\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    blocks = [
        Block(id=str(start), start=start, end=start + len(paragraph), kind="paragraph", origin="line:1")
        for start, paragraph in zip(starts, paragraphs, strict=True)
    ]
    glossary = s5_glossary.find(Blocks(text=text, blocks=tuple(blocks)), Tables(tables=()))
    assert [(term.term, term.definition) for term in glossary.glossary] == [
        ("生态系统生产总值（GEP）", "各类生态产品的价值总和。"),
        ("三农", "农业、农村、农民。"),
    ]


def test_a_table_is_no_glossary_and_a_glossary_holds_no_mention() -> None:
    text = "推进三农工作。\n名词解释\n1.三农：农业、农村、农民，三农是重中之重。\n2.两新：设备更新和以旧换新，服务三农。"
    assert found(text).glossary[0].mentions == ((2, 4),)


def test_ids_come_from_the_term() -> None:
    one = "名词解释\n1.三农：农业、农村、农民。\n2.两新：更新与换新。"
    other = "名词解释\n1.五清：清理垃圾。\n2.三农：农业、农村、农民。\n3.两新：更新与换新。"
    assert {term.id for term in found(one).glossary} < {term.id for term in found(other).glossary}


LOOSE = st.lists(
    st.sampled_from(
        [
            *[
                "名词解释",
                "注释",
                "三农",
                "：",
                "。",
                "指",
                "——",
                "1.",
                "2.",
                "3、",
                "[1]",
                "[2]",
                "①",
                "②",
                "（1）",
                "【三农】",
                "“六稳”",
                "（见第3页）",
                "农业、农村",
                "海绵城市：吸水。",
            ],
            "\n",
            "\n",
        ]
    ),
    max_size=60,
)


@given(LOOSE)
def test_whatever_stands_there_entries_lie_in_their_zones_and_marks_outside(words: list[str]) -> None:
    text = "".join(words)
    glossary = found(text)
    for start, end in glossary.zones:
        assert start < end <= len(text)
        assert not any(start <= at < end for at, _ in glossary.marks)
    for term in glossary.glossary:
        assert any(start <= term.start < term.end <= end for start, end in glossary.zones)
        assert set(term.marks) <= set(glossary.marks)
        for start, end in term.mentions:
            assert not any(a <= start < b for a, b in glossary.zones)
            assert text[start:end]


def test_a_place_is_of_the_first_of_terms_that_are_written_alike() -> None:
    """Else a thousand of them and a thousand places would be a million mentions."""
    text = "推进三区一极建设。\n名词解释\n1.三区一极：指三个区。\n2.三区一极：指一个极。\n"
    assert [len(term.mentions) for term in found(text).glossary] == [1, 0]
