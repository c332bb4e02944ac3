"""DOCX is read as the reader of Word sees it; hostile containers are refused in one sentence."""

from pathlib import Path

import pytest

from pipeline.contracts import Part
from pipeline.errors import DocumentError
from pipeline.formats import docx
from pipeline.formats.counters import formatted
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze
from tests import documents
from tests.documents import p, tc

CASES = [line for line in (Path(__file__).parent / "cases" / "word_numbers.tsv").read_text("utf-8").splitlines() if line[:1] != "#"]
FIXTURES = Path(__file__).parent.parent.parent / "shared" / "fixtures"
SPAN = '<w:gridSpan w:val="{}"/>'
LIST = """<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="Section"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""
STYLES = """<w:style w:styleId="Section"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Child"><w:name w:val="child"/><w:basedOn w:val="Section"/></w:style>"""


def read(data: bytes, limits: Limits | None = None) -> Reading:
    """Every document here must keep all that it shows."""
    reading = docx.read(data, "报告.docx", limits or Limits())
    assert sum(len(squeeze(part.text)) for part in reading.parts) == reading.characters
    return reading


def texts(data: bytes) -> list[str]:
    return [part.text for part in read(data).parts]


def numbered(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_there_are_cases() -> None:
    assert CASES


@pytest.mark.parametrize("case", CASES)
def test_number_formats(case: str) -> None:
    style, number, shown = case.split("\t")
    assert formatted(int(number), style) == shown


def test_automatic_numbers_stand_in_the_text() -> None:
    body = (
        p("回顾", numbered(0)) + p("工业", numbered(1)) + p("农业", numbered(1)) + p("打算", numbered(0)) + p("城建", numbered(1))
    )
    assert texts(documents.docx(body, numbering=LIST)) == ["一、回顾", "（一）工业", "（二）农业", "二、打算", "（一）城建"]


def test_a_number_is_kept_apart_from_a_figure_behind_it() -> None:
    assert texts(documents.docx(p("5亿元", numbered(2)), numbering=LIST)) == ["1.1 5亿元"]


def test_numbers_come_with_styles_and_their_parents() -> None:
    body = p("工业", '<w:pStyle w:val="Section"/>') + p("农业", '<w:pStyle w:val="Child"/>')
    parts = read(documents.docx(body, numbering=LIST, styles=STYLES)).parts
    assert [(part.text, part.style) for part in parts] == [("（一）工业", "heading 2"), ("（二）农业", "child")]


def test_a_list_that_starts_anew() -> None:
    body = p("一", numbered(0)) + p("二", numbered(0, 2)) + p("无号", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(documents.docx(body, numbering=LIST)) == ["一、一", "五、二", "无号"]


def test_serial_numbers_of_a_table_that_word_counts() -> None:
    number = f"<w:tc><w:p><w:pPr>{numbered(0)}</w:pPr></w:p></w:tc>"
    body = f"<w:tbl><w:tr>{number}{tc('路')}</w:tr><w:tr>{number}{tc('桥')}</w:tr></w:tbl>"
    assert texts(documents.docx(body, numbering=LIST)) == ["一、", "路", "二、", "桥"]


def cells(parts: tuple[Part, ...]) -> list[tuple[str, int, int, int, int]]:
    return [(q.text, q.cell.row, q.cell.column, q.cell.row_span, q.cell.column_span) for q in parts if q.cell]


def test_merged_cells() -> None:
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr>{tc('民生项目', SPAN.format(3))}</w:tr>",
        f"<w:tr>{tc('1')}{tc('路')}{tc('住建局', merged[0])}</w:tr>",
        f"<w:tr>{tc('2')}{tc('桥')}{tc('', merged[1])}</w:tr>",
    )
    parts = read(documents.docx(f"<w:tbl>{''.join(rows)}</w:tbl>")).parts
    assert cells(parts) == [
        ("民生项目", 0, 0, 1, 3),
        ("1", 1, 0, 1, 1),
        ("路", 1, 1, 1, 1),
        ("住建局", 1, 2, 2, 1),
        ("2", 2, 0, 1, 1),
        ("桥", 2, 1, 1, 1),
    ]


def test_a_cell_keeps_its_lines_and_a_table_of_one_cell_is_a_frame() -> None:
    two = f"<w:tc>{p('甲')}{p('乙')}</w:tc>"
    parts = read(documents.docx(f"<w:tbl><w:tr>{two}{tc('丙')}</w:tr></w:tbl><w:tbl><w:tr>{two}</w:tr></w:tbl>")).parts
    assert [(part.text, part.kind) for part in parts] == [
        ("甲\n乙", "table_cell"),
        ("丙", "table_cell"),
        ("甲", None),
        ("乙", None),
    ]


def test_notes_are_marked_and_follow_the_body_in_the_order_of_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p><w:r><w:t>五区叠加</w:t></w:r>{mark.format(9)}<w:r><w:t>和</w:t></w:r>{mark.format(4)}</w:p>"
    notes = f'<w:footnote w:id="4">{p("乙注")}</w:footnote><w:footnote w:id="9">{p("甲注")}</w:footnote>'
    parts = read(documents.docx(body, footnotes=notes)).parts
    assert [(part.text, part.kind) for part in parts] == [("五区叠加[1]和[2]", None), ("[1]甲注", "note"), ("[2]乙注", "note")]


RUNS = [
    ("<w:r><w:t>甲</w:t><w:br/><w:t>一、乙</w:t></w:r>", ["甲", "一、乙"]),
    ("<w:ins><w:r><w:t>加</w:t></w:r></w:ins><w:del><w:r><w:delText>减</w:delText></w:r></w:del>", ["加"]),
    ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>", ["新"]),
    ("<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>签</w:t></w:r></w:smartTag>", ["链签"]),
    ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", ["控件"]),
    ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"]),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r>", ["明", "暗"]),
    (
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "<w:t>文</w:t></w:r>",
        ["文", "框"],
    ),
    ("<w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r>", ["3"]),
]


@pytest.mark.parametrize(("runs", "expected"), RUNS)
def test_what_a_paragraph_shows(runs: str, expected: list[str]) -> None:
    assert texts(documents.docx(f"<w:p>{runs}</w:p>")) == expected


def test_headers_and_footers_are_chrome() -> None:
    parts = read(documents.docx(p("正文"), header=p("公报"), footer=p("1"))).parts
    assert [(part.text, part.kind) for part in parts] == [("公报", "chrome"), ("正文", None), ("1", "chrome")]


def test_document_properties() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>工作报告</dc:title></c>'
    data = documents.zipped({"word/document.xml": f"<w:document {documents.W}><w:body/></w:document>", "docProps/core.xml": core})
    assert [(m.name, m.value) for m in read(data).meta] == [("title", "工作报告")]


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HOSTILE = [
    ("not-a-container", b"PK\x03\x04 and nothing more"),
    ("missing-member", documents.zipped({"word/other.xml": "<a/>"})),
    ("broken-xml", documents.zipped({"word/document.xml": "no xml at all"})),
    ("not-a-document", documents.zipped({"word/document.xml": "<a/>"})),
    ("unsafe-name", documents.zipped({"../../etc/passwd": "x", "word/document.xml": "<a/>"})),
    ("doctype", documents.zipped({"word/document.xml": ENTITY + f"<w:document {documents.W}><w:body>&b;</w:body></w:document>"})),
    ("doctype", documents.zipped({"word/document.xml": EXTERNAL + f"<w:document {documents.W}><w:body>&a;</w:body></w:document>"})),
    ("too-many-members", documents.zipped({f"m{n}": "" for n in range(101)})),
    ("too-large", documents.zipped({"word/document.xml": b"\0" * 2_000_000})),
    ("too-large", documents.docx("<w:p/>" * 6_000)),
    ("too-large", documents.docx(f"<w:tbl><w:tr>{tc('甲', SPAN.format(999999999))}{tc('乙')}</w:tr></w:tbl>")),
]


@pytest.mark.parametrize(("code", "data"), HOSTILE)
def test_hostile_containers_are_refused(code: str, data: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        docx.read(data, "报告.docx", Limits(members=100, inflated=1_000_000, tags=5_000, cells=1_000))
    assert raised.value.code == code
    assert "\n" not in raised.value.message


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(documents.docx(p("正文" * 500)))
    data[60] ^= 0xFF
    with pytest.raises(DocumentError):
        docx.read(bytes(data), "报告.docx", Limits())


def test_broken_xml_is_read_as_far_as_it_goes_and_says_so() -> None:
    data = documents.zipped({"word/document.xml": f"<w:document {documents.W}><w:body>{p('前')}<w:p><w:r><w:t>后</w:body>"})
    reading = read(data)
    assert reading.parts[0].text == "前"
    assert [finding.code for finding in reading.findings] == ["broken-xml"]


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the shared fixtures are not here")
def test_numbers_made_by_word_and_typed_ones_read_the_same() -> None:
    made, typed = (read((FIXTURES / f"{name}.docx").read_bytes()) for name in ("autonum", "unstyled"))
    wide = str.maketrans("（）", "()")
    assert [squeeze(part.text).translate(wide) for part in made.parts] == [
        squeeze(part.text).translate(wide) for part in typed.parts
    ]


def test_text_that_stands_beside_the_body_is_read() -> None:
    broken = documents.docx(p("一、回顾") + "</w:body><w:r><w:t>散</w:t></w:r>" + p("二、安排") + "<w:body>")
    reading = docx.read(broken, "报告.docx", Limits())
    assert [part.text for part in reading.parts] == ["一、回顾", "散", "二、安排"]
    assert sum(len(squeeze(part.text)) for part in reading.parts) == reading.characters
