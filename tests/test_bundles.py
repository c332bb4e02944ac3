"""A zip of documents, and a table with one report a row: each document a source of its own, with its own fate."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, bundles, sources
from pipeline.errors import DocumentError
from pipeline.formats import read
from pipeline.formats.reading import Limits
from tests import documents

REPORT = "{n}年政府工作报告\n一、2020年工作回顾\n新建道路{n}条。\n二、2021年工作安排\n改造管网{n}公里。\n"


def report(n: int) -> bytes:
    return REPORT.format(n=n).encode()


def found(path: Path, column: str | None = None) -> list[sources.Source]:
    return sources.find((str(path),), path.parent / "out", lambda one: bundles.names(one, column, Limits()), column)


def extract(path: Path, column: str | None = None) -> dict[str, dict[str, Any]]:
    """What became of each document, by the end of its name."""
    records = batch.extract(found(path, column), path.parent / "out", jobs=2)
    return {record["source"].removeprefix(str(path)): record for record, _ in records}


def test_each_document_of_a_zip_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(
        documents.zipped(
            {
                "2020/甲.txt": report(3),
                "2020/甲.docx": documents.docx(documents.p("2021年政府工作报告")),
                "__MACOSX/2020/._甲.txt": b"x",
                "坏.pdf": b"%PDF-1.4 and nothing",
                "inner.zip": documents.zipped({"a.txt": report(4)}),
            }
        )
    )
    records = extract(path)
    assert sorted(records) == ["!2020/甲.docx", "!2020/甲.txt", "!inner.zip", "!坏.pdf"]
    assert {name: r["error"] and r["error"]["code"] for name, r in records.items()} == {
        "!2020/甲.txt": None,
        "!2020/甲.docx": None,
        "!inner.zip": "bundle",
        "!坏.pdf": "damaged",
    }
    assert (tmp_path / "out/all/2020/甲.txt/report.json").is_file()
    assert (tmp_path / "out/all/2020/甲.docx/report.json").is_file()


def test_only_the_document_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(documents.zipped({"a.txt": report(3), "b.txt": report(4)}))
    extract(path)
    path.write_bytes(documents.zipped({"a.txt": report(3), "b.txt": report(5)}))
    again = {record["source"][-5:]: anew for record, anew in batch.extract(found(path), tmp_path / "out")}
    assert again == {"a.txt": False, "b.txt": True}


@pytest.mark.parametrize("name", ["../../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\..\\x.txt", "C:\\x.txt", "..", "a//x.txt"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    path = tmp_path / "in" / "all.zip"
    path.parent.mkdir()
    path.write_bytes(documents.zipped({name: report(3)}))
    extract(path)
    written = [file.relative_to(path.parent) for file in tmp_path.rglob("report.json")]
    assert len(written) == 1
    assert written[0].parts[:2] == ("out", "all")


def test_names_of_a_zip_made_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("XXXX.txt", report(3))
    path.write_bytes(path.read_bytes().replace(b"XXXX.txt", "报告".encode("gbk") + b".txt"))
    assert bundles.names(str(path), None, Limits()) == ["!报告.txt"]


def csv(path: Path, encoding: str = "utf-8") -> None:
    rows = [
        ["地区", "年份", "正文"],
        ["甲区", "2020", REPORT.format(n=3)],
        ["乙区", "2021", ""],
        ["丙区", "2021", REPORT.format(n=4)],
    ]
    path.write_bytes("\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(encoding))


def xlsx(path: Path, *_: str) -> None:
    shared = "".join(f"<si><r><t>{text}</t></r></si>" for text in ("地区", "正文", REPORT.format(n=3)))
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2" t="s"><v>2</v></c></row>'
        f'<row r="4"><c r="C4" t="inlineStr"><is><t>{REPORT.format(n=4)}</t></is></c></row>'
    )
    path.write_bytes(
        documents.zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<workbook/>",
                "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
                "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
            }
        )
    )


@pytest.mark.parametrize("column", [None, "正文"])
@pytest.mark.parametrize(("name", "make"), [("a.csv", csv), ("b.csv", lambda path: csv(path, "gb18030")), ("c.xlsx", xlsx)])
def test_each_row_of_a_table_is_read(name: str, make: Callable[[Path], None], column: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    make(path)
    assert [source.path for source in found(path, column)] == [f"{path}#2", f"{path}#4"]
    assert bundles.read(str(path), "#4", column, Limits()).decode() == REPORT.format(n=4)
    assert {record["status"] for record in extract(path, column).values()} == {"done"}
    assert (tmp_path / "out" / path.stem / "4" / "report.json").is_file()


def test_a_column_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    csv(tmp_path / "a.csv")
    (record,) = extract(tmp_path / "a.csv", "全文").values()
    assert record["error"]["code"] == "no-column"
    assert "地区, 年份, 正文" in record["error"]["message"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and nothing", "damaged"),
        (documents.zipped({"a.txt": "x"})[:-30], "damaged"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 20_000, "too-many-members"),
        (documents.zipped({"xl/workbook.xml": "<workbook/>"}), "damaged"),
    ],
)
def test_a_bundle_that_can_not_be_opened_is_one_failure(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(data)
    (record,) = extract(path).values()
    assert record["error"]["code"] == code


def test_a_member_larger_than_a_document_may_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(documents.zipped({"a.txt": bytes(70_000_000), "b.txt": report(3)}))
    assert {name: r["error"] and r["error"]["code"] for name, r in extract(path).items()} == {"!a.txt": "too-large", "!b.txt": None}


@pytest.mark.parametrize("data", [documents.zipped({"a.txt": "x"}), documents.zipped({"xl/workbook.xml": "<workbook/>"})])
def test_where_one_document_is_meant_a_bundle_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError, match="one document is meant") as raised:
        read(data, "某")
    assert raised.value.code == "bundle"
