"""What the fuzzers found: each input that broke a promise, kept so that it breaks none again."""

import pytest

from pipeline.formats import ofd, pdf
from pipeline.formats.reading import Limits
from pipeline.run import process
from tests import documents
from tests.documents import p
from tests.fuzz.promises import read, records

PARAGRAPH = "2020年，全区地区生产总值完成175亿元，增长5%，城镇新增就业6000人，新建道路12条。" * 3

FOUND = {
    "the digit of a unit is no numeral": ("a.txt", b"\n2m2\n"),
    "a digit of another script behind a unit of area": ("a.txt", "新建道路5公里，2m2\u07c0。".encode()),
    "no unit of area before another digit": ("a.html", b"<html><body>\xd52-6\x01\x00\x00\x00\xd56\tm23\xf9*-63/1`11"),
    "a paragraph that stood in a hidden element": ("a.html", f"<html><body><div hidden>{PARAGRAPH}</div><p>{PARAGRAPH}".encode()),
    "word's XML is broken in a paragraph's properties": ("a.docx", documents.docx(p("甲") + p("乙", "<w:numPr><mPr>") + p("丙"))),
    "word's text stands in properties": ("a.docx", documents.docx(p("甲", "<w:rPr><w:t>乙</w:t></w:rPr>") + "<w:t>丙</w:t>")),
    "a symbol of word's is white space": ("a.docx", documents.docx('<w:p><w:r><w:sym w:char="3000"/><w:t>甲</w:t></w:r></w:p>')),
    "a finding quotes a numeral of several lines": ("a.txt", "一\n二\n一\n二".encode()),
    "a unit of area before a sign of percent": ("a.html", b"<html><body><table><tr><td>1<td>2<tr><td>3<td>2m<br>3%</table>"),
    "the digit of a unit stands on the next line": ("a.html", b"<html><body><table><tr><td>1<td>2<tr><td>3<td>2m<br>3</table>"),
    "nothing is said before a quantity": ("a.html", "<html><body><table><tr><td>1<td>2<tr><td>3<td>对<br>3%</table>".encode()),
    "a heading goes on below a turn to the whole": (
        "a.txt",
        "发展成就 一、e\n各位代表\n①sicalBox>0 0 210/Document>发展，质量发展奠定了坚实基础。\n甲".encode(),
    ),
    "a member's name has no end": (
        "a.ofd",
        documents.zipped({"OFD.xml": f"<OFD><DocBody><DocRoot>{'甲' * 999}</DocRoot></DocBody></OFD>"}),
    ),
}


@pytest.mark.parametrize(("name", "data"), FOUND.values(), ids=FOUND)
def test_a_finding_stays_mended(name: str, data: bytes) -> None:
    read(data, name)


def test_paragraphs_of_one_length_are_no_wrapped_page_for_one_that_is_indented() -> None:
    text = "2021年甲区政府工作报告\n各位代表：\n一、2020年工作回顾\n" + "一、地区生产总值增长5亿元以上。\n" * 6
    more = text.replace("回顾\n", "回顾\n　　这是一段没有任何标记的话，说明情况。\n")
    one, other = (process(each.encode(), "a.txt").report for each in (text, more))
    assert len(other.blocks) == len(one.blocks) + 1


@pytest.mark.parametrize("blank", ["\n\n\n\n", "\n　　", "\n    "])
def test_blanks_are_no_part_of_what_stands_before_a_copy(blank: str) -> None:
    twice = "新建道路12公里，地区生产总值增长5%以上，城镇新增就业6000人。"
    lines = ["2021年甲区政府工作报告", "各位代表：", "一、2020年工作回顾", "引进项目9个，建成投产5个。", twice, twice]
    one, other = (process(f"{gap.join(lines)}\n二、2021年工作安排\n".encode(), "a.txt").report for gap in ("\n", blank))
    assert records(one) == records(other)


def test_a_sign_that_stands_nowhere_belongs_to_no_line() -> None:
    nowhere = f"BT /F1 16 Tf {'9' * 45}. 600 Td <4e59> Tj ET"
    reading = pdf.parse(documents.pdf([[(90, 700, "甲")]], nowhere), "a.pdf", Limits())
    assert [(part.text, part.kind) for part in reading.parts] == [("甲", None), ("乙", "chrome")]


def test_one_text_object_in_another_is_read_once() -> None:
    data = documents.ofd([[(20, 30, "甲乙丙丁")]], '<TextObject Boundary="20 40 9 9"><TextObject><TextCode>戊己庚辛</TextCode>')
    reading = ofd.read(data, "a.ofd", Limits())
    assert [part.text for part in reading.parts] == ["戊己庚辛", "甲乙丙丁"]
    assert [finding.code for finding in reading.findings] == ["broken-xml"]
