"""PDF and OFD: lines become paragraphs, drawn tables cells, page furniture chrome; a hostile file costs only its own process."""

import time
from pathlib import Path

import pytest

from pipeline.errors import DocumentError
from pipeline.formats import confined, ofd, office, pdf
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze
from tests import documents

FIXTURES = Path(__file__).parent.parent.parent / "shared" / "fixtures"
FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火"
"""A line of 26 signs: 416 points at a size of 16."""


def page(*rows: tuple[float, str], top: float = 760) -> list[tuple[float, float, str]]:
    """Lines at a distance of 24 points, each with its indent in signs."""
    return [(90 + 16 * indent, top - 24 * n, text) for n, (indent, text) in enumerate(rows)]


def read_pdf(pages: list[list[tuple[float, float, str]]], drawings: str = "") -> Reading:
    reading = pdf.parse(documents.pdf(pages, drawings), "报告.pdf", Limits())
    assert sum(len(squeeze(part.text)) for part in reading.parts) == reading.characters
    return reading


def body(reading: Reading) -> list[str]:
    return [part.text for part in reading.parts if part.kind is None]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not() -> None:
    rows = page((2, FULL[:24]), (0, FULL), (0, "到此。"), (2, FULL[:24]), (0, FULL), (0, FULL[:9] + "。"))
    assert body(read_pdf([rows])) == [FULL[:24] + FULL + "到此。", FULL[:24] + FULL + FULL[:9] + "。"]


def test_a_paragraph_goes_on_overleaf_and_page_numbers_are_chrome() -> None:
    feet = [[(280.0, 40.0, f"— {n} —")] for n in (1, 2)]
    first = page((2, FULL[:24]), (0, FULL), (0, FULL), (0, FULL), (0, FULL), (0, FULL)) + feet[0]
    second = page((0, FULL), (0, "终。"), (2, FULL[:24]), (0, FULL), (0, FULL), (0, "尾。")) + feet[1]
    reading = read_pdf([first, second])
    assert body(reading) == [FULL[:24] + FULL * 6 + "终。", FULL[:24] + FULL * 2 + "尾。"]
    assert [squeeze(part.text) for part in reading.parts if part.kind == "chrome"] == ["—1—", "—2—"]


def test_a_line_that_repeats_one_above_it_is_read_though_the_font_is_not_in_the_file() -> None:
    """PDFium takes texts of the same signs, left end and no height for one that is drawn twice."""
    assert body(read_pdf([page((0, FULL), (0, FULL), (0, "完。"))])) == [FULL * 2 + "完。"]


def test_a_text_drawn_twice_is_read_once() -> None:
    assert body(read_pdf([page((0, "标题")) + page((0, "标题"), top=759.8)])) == ["标题"]


def test_running_heads_are_chrome() -> None:
    pages = [[(90.0, 800.0, "某区人民政府公报"), *page((2, FULL[:24]), (0, FULL[:n] + "。"), top=680)] for n in (5, 9, 12)]
    reading = read_pdf(pages)
    assert len(body(reading)) == 3
    assert [part.text for part in reading.parts if part.kind == "chrome"] == ["某区人民政府公报"] * 3


def test_spaced_figures_are_closed() -> None:
    rows = [(122.0, 700.0, "于"), (142.0, 700.0, "２０２３"), (210.0, 700.0, "年末"), (90.0, 676.0, FULL), (90.0, 652.0, FULL)]
    assert body(read_pdf([rows]))[0].startswith("于２０２３年末")


def test_a_short_line_mid_sentence_goes_on() -> None:
    """A word that can't be broken leaves a gap at the line's end."""
    rows = page((2, FULL[:24]), (0, FULL[:24]), (0, FULL), (0, "完。"))
    assert len(body(read_pdf([rows]))) == 1


GRID = "".join(f"{x} 500 m {x} 700 l S\n" for x in (90, 190, 290)) + "".join(f"90 {y} m 290 {y} l S\n" for y in (500, 600, 700))


def test_a_drawn_table() -> None:
    texts = [(95.0, 680.0, "序号"), (195.0, 680.0, "项目"), (95.0, 580.0, "一"), (195.0, 580.0, "路网改造"), (195.0, 556.0, "工程")]
    reading = read_pdf([[*texts, (90.0, 460.0, "表后。")]], GRID)
    cells = [(q.text, q.cell.row, q.cell.column) for q in reading.parts if q.cell]
    assert cells == [("序号", 0, 0), ("项目", 0, 1), ("一", 1, 0), ("路网改造工程", 1, 1)]
    assert body(reading) == ["表后。"]


def test_a_table_that_runs_overleaf_is_one() -> None:
    first = [(95.0, 680.0, "序号"), (195.0, 680.0, "项目"), (95.0, 580.0, "一"), (195.0, 580.0, "路网")]
    second = [(195.0, 680.0, "改造"), (95.0, 580.0, "二"), (195.0, 580.0, "桥梁")]
    cells = [(q.text, q.cell.table, q.cell.row, q.cell.column) for q in read_pdf([first, second], GRID).parts if q.cell]
    assert cells == [
        ("序号", 0, 0, 0),
        ("项目", 0, 0, 1),
        ("一", 0, 1, 0),
        ("路网改造", 0, 1, 1),
        ("二", 0, 2, 0),
        ("桥梁", 0, 2, 1),
    ]


def test_a_table_without_lines_is_seen_by_its_columns() -> None:
    head = [(90.0, 700.0, "序号"), (190.0, 700.0, "项目"), (390.0, 700.0, "部门")]
    one = [(90.0, 676.0, "一"), (190.0, 676.0, "路网改造"), (390.0, 676.0, "住建局"), (190.0, 652.0, "工程")]
    two = [(90.0, 628.0, "二"), (190.0, 628.0, "桥梁"), (390.0, 628.0, "交通局")]
    reading = read_pdf([[*head, *one, *two, (90.0, 540.0, "表后的话。")]])
    cells = [(q.text, q.cell.row, q.cell.column) for q in reading.parts if q.cell]
    assert cells[3:] == [("一", 1, 0), ("路网改造工程", 1, 1), ("住建局", 1, 2), ("二", 2, 0), ("桥梁", 2, 1), ("交通局", 2, 2)]
    assert body(reading) == ["表后的话。"]


def test_the_last_cells_that_a_row_lacks_are_merged_with_those_above_where_no_lines_can_show_it() -> None:
    columns = (90.0, 190.0, 290.0, 390.0)
    texts = [
        ("序号", "项目", "部门", "领导"),
        ("一", "路网", "住建局", "王某"),
        ("二", "桥梁", "", ""),
        ("三", "学校", "教育局", ""),
    ]
    rows = [(x, 700.0 - 24 * n, text) for n, row in enumerate(texts) for x, text in zip(columns, row, strict=True) if text]
    spans = {q.text: q.cell.row_span for q in read_pdf([rows]).parts if q.cell}
    assert (spans["住建局"], spans["王某"], spans["桥梁"], spans["教育局"]) == (2, 2, 1, 1)


def test_spaced_names_make_no_table() -> None:
    rows = [
        (200.0, 700.0, "区"),
        (240.0, 700.0, "长"),
        (280.0, 700.0, "王某某"),
        *page((2, FULL[:24]), (0, FULL), (0, "完。"), top=660),
    ]
    assert [part.text for part in read_pdf([rows]).parts if part.cell] == []


def test_ofd_is_read_by_the_same_layout() -> None:
    rows = [(38.0, 40.0, FULL[:22]), (28.0, 50.0, FULL[:24]), (28.0, 60.0, "到此。"), (38.0, 70.0, FULL[:22]), (28.0, 80.0, "完。")]
    reading = ofd.read(documents.ofd([rows]), "报告.ofd", Limits())
    assert body(reading) == [FULL[:22] + FULL[:24] + "到此。", FULL[:22] + "完。"]
    assert [(m.name, m.value) for m in reading.meta] == [("title", "报告")]


def test_pieces_that_share_a_frame_are_set_one_after_another() -> None:
    rows = [(28.0, 40.0, "地区生产总值"), (28.0, 40.0, "500"), (28.0, 40.0, "亿元")]
    assert body(ofd.read(documents.ofd([rows]), "报告.ofd", Limits())) == ["地区生产总值500亿元"]


NO_TEXT = [
    ("no-text", lambda: pdf.parse(documents.pdf([[]]), "扫描.pdf", Limits())),
    ("no-text", lambda: ofd.read(documents.ofd([[]]), "扫描.ofd", Limits())),
    ("damaged", lambda: pdf.parse(b"%PDF-1.4 and nothing", "坏.pdf", Limits())),
    ("too-large", lambda: pdf.parse(documents.pdf([[]] * 4), "长.pdf", Limits(pages=3))),
    ("too-large", lambda: ofd.read(documents.ofd([[]] * 4), "长.ofd", Limits(pages=3))),
    ("missing-member", lambda: ofd.read(documents.zipped({"a": "b"}), "空.ofd", Limits())),
]


@pytest.mark.parametrize(("code", "attempt"), NO_TEXT)
def test_what_can_not_be_read_is_refused_in_a_sentence(code: str, attempt: object) -> None:
    assert callable(attempt)
    with pytest.raises(DocumentError) as raised:
        attempt()
    assert raised.value.code == code


def test_a_pdf_is_read_in_a_child() -> None:
    data = documents.pdf([page((2, FULL[:24]), (0, "完。"))])
    assert body(pdf.read(data, "报告.pdf", Limits())) == [FULL[:24] + "完。"]
    with pytest.raises(DocumentError) as raised:
        pdf.read(documents.pdf([[]]), "扫描.pdf", Limits())
    assert raised.value.code == "no-text"


@pytest.mark.parametrize(
    ("module", "limits", "code"),
    [
        ("tests.readers.hangs", Limits(seconds=2), "timeout"),
        ("tests.readers.eats", Limits(memory=300_000_000), "memory"),
        ("tests.readers.dies", Limits(), "crashed"),
    ],
)
def test_the_parent_survives_a_reader_that(module: str, limits: Limits, code: str) -> None:
    began = time.monotonic()
    with pytest.raises(DocumentError) as raised:
        confined.run(module, b"", "报告.pdf", limits)
    assert raised.value.code == code
    assert time.monotonic() - began < 10


def test_without_libreoffice_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(DocumentError, match="LibreOffice") as raised:
        office.read(b"\xd0\xcf\x11\xe0", "报告.doc", Limits())
    assert raised.value.code == "needs-libreoffice"


def test_a_converter_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(office, "program", lambda: str(slow))
    with pytest.raises(DocumentError) as raised:
        office.read(b"\xd0\xcf\x11\xe0", "报告.doc", Limits(conversion=1))
    assert raised.value.code == "timeout"


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_rtf_through_libreoffice() -> None:
    rtf = rb"{\rtf1\ansi\uc0 \u19968 \u12289 \u22238 \u39038 \par 2020 GDP\par}"
    assert [part.text for part in office.read(rtf, "报告.rtf", Limits()).parts] == ["一、回顾", "2020 GDP"]


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared fixtures are not here")
def test_the_paragraphs_of_a_pdf_are_those_of_the_docx_that_it_was_made_from() -> None:
    from pipeline.formats import docx

    made = pdf.parse((FIXTURES / "unstyled.pdf").read_bytes(), "a.pdf", Limits())
    source = docx.read((FIXTURES / "unstyled.docx").read_bytes(), "a.docx", Limits())
    shown = [[squeeze(part.text) for part in reading.parts if part.kind != "chrome"] for reading in (made, source)]
    assert shown[0] == shown[1]
