"""What the last reading remarks on, on records made by hand: the review needs other stages' values, not their code."""

from pathlib import Path

import pytest

from pipeline import s9_review
from pipeline.contracts import (
    Block,
    Blocks,
    Claims,
    Column,
    Decoding,
    Finding,
    Front,
    Glossary,
    Heading,
    Metadata,
    Outline,
    Page,
    Review,
    Source,
    Table,
    TableCell,
    TableRow,
    Tables,
    Tasks,
    Term,
)
from pipeline.run import process
from pipeline.text import squeeze


def reviewed(
    text: str,
    tables: tuple[Table, ...] = (),
    outline: tuple[Heading, ...] = (),
    glossary: tuple[Term, ...] = (),
    characters: int | None = None,
) -> Review:
    source = Source(name="x", media_type="text/plain", encoding="utf-8", bytes=1, sha256="0" * 64)
    size = len(squeeze(text)) if characters is None else characters
    page = Page(source=source, decoding=Decoding(method="utf-8"), parts=(), characters=size)
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        blocks.append(Block(id=f"b{at}", start=at, end=at + len(line), kind="paragraph", origin=f"line:{len(blocks) + 1}"))
        at += len(line) + 1
    return s9_review.review(
        page,
        Blocks(text=text, blocks=tuple(blocks)),
        Front(metadata=Metadata(title="政府工作报告")),
        Tables(tables=tables),
        Glossary(glossary=glossary),
        Outline(outline=outline),
        Tasks(tasks=()),
        Claims(claims=(), ledger=()),
    )


def codes(review: Review) -> list[str]:
    return [finding.code for finding in review.findings if finding.code not in ("abridged", "no-report", "half")]


def only(review: Review, code: str) -> Finding:
    (finding,) = [finding for finding in review.findings if finding.code == code]
    return finding


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("建成“五个一”工程。", None),
        ("三项清单”即清单", 4),
        ("建成“五个一工程。\n下一段”", 2),
        ("（一）抓好（重点）工作", None),
        ("1）新建道路；2）改造管网", None),
        ("《条例》（试行)", None),
        ("说：“他说‘好’。”", None),
    ],
)
def test_a_quotation_mark_or_bracket_without_its_partner(text: str, at: int | None) -> None:
    found = [finding.start for finding in reviewed(text).findings if finding.code == "unbalanced"]
    assert found[:1] == ([at] if at is not None else [])


def test_lost_characters_are_an_error() -> None:
    assert codes(reviewed("新建道路。")) == []
    assert only(reviewed("新建道路。", characters=9), "coverage").severity == "error"


def test_characters_that_could_not_be_decoded_have_a_place() -> None:
    assert only(reviewed("新建\ufffd\ufffd路。"), "replacement-character").start == 2


def heading(n: int, number: int, parent: str | None, start: int, end: int, body_end: int) -> Heading:
    return Heading(
        id=f"s{n}", parent=parent, level=2 if parent else 1, marker=f"{number}、", number=number,
        title="x", start=start, end=end, body_end=body_end,
    )  # fmt: skip


def test_a_declared_count_of_sections_is_counted() -> None:
    text = "一、安排\n重点抓好三个方面工作：\n1、工业\n2、农业\n"
    outline = (
        heading(0, 1, None, 0, 4, len(text)),
        heading(1, 1, "s0", 17, 21, 21),
        heading(2, 2, "s0", 22, 26, len(text)),
    )
    finding = only(reviewed(text, outline=outline), "declared-count")
    assert "says 3, there are 2 sections" in finding.message
    assert codes(reviewed(text.replace("三", "两"), outline=outline)) == []


def test_a_number_left_out_is_a_finding() -> None:
    text = "一、安排\n1、工业\n3、农业"
    outline = (heading(0, 1, None, 0, 4, 16), heading(1, 1, "s0", 5, 9, 9), heading(2, 3, "s0", 10, 14, 14))
    assert only(reviewed(text, outline=outline), "counter").start == 10


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        id="t1", kind="projects", title=None, year=None, stage=None, start=0, end=0,
        columns=tuple(Column(name=f"c{n}", role="other") for n in range(len(rows[0]))),
        rows=tuple(TableRow(number=None, cells=tuple(TableCell(text=cell, start=0, end=0) for cell in row)) for row in rows),
    )  # fmt: skip


def test_a_stated_total_is_summed() -> None:
    assert codes(reviewed("x", tables=(table(("道路", "1.5"), ("管网", "2.5"), ("合计", "4.0")),))) == []
    wrong = only(reviewed("x", tables=(table(("道路", "1.5"), ("管网", "2.5"), ("合计", "5")),)), "table-sum")
    assert "sums to 4.0, the table says 5" in wrong.message


def test_a_term_that_the_body_does_not_use() -> None:
    term = Term(id="g1", number=1, term="人物并防", definition="x", start=0, end=4)
    assert codes(reviewed("人物并防：x", glossary=(term,))) == ["unused-term"]


REVIEW = "\n一、2020年工作回顾\n" + "新建道路57条，改造管网60公里，完成投资3.2亿元，各项事业全面发展。" * 60
PLAN = "\n二、2021年工作安排\n" + "今年计划新建道路60条，力争改造管网80公里，各项工作再上新的台阶。" * 60
VERDICTS = [
    line.split(" | ")
    for line in (Path(__file__).parent / "cases" / "verdicts.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("verdict", "head", "halves"), VERDICTS)
def test_what_a_document_is(verdict: str, head: str, halves: str) -> None:
    body = REVIEW * ("review" in halves) + PLAN * ("plan" in halves)
    read = process((head.replace("；", "\n") + body).encode(), "x.txt").report
    assert read.verdict == verdict, [finding.message for finding in read.findings]
    assert verdict == "report" or any(
        finding.code in ("other-report", "news", "no-report", "abridged", "half") for finding in read.findings
    )
