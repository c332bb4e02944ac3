"""Real reports, where they are at hand: every promise holds of each, and another dress changes no record.

The corpus stands beside the project (`../shared/corpus`), never in it; without it these tests are passed over.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from pipeline.contracts import Report
from pipeline.errors import DocumentError
from pipeline.run import process
from tests.fuzz.promises import keeps, records

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside the project")

FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".txt", ".docx")) if CORPUS.is_dir() else []
TEXTS = [path for path in FILES if path.suffix == ".txt"]
SAMPLE = TEXTS[:: max(1, len(TEXTS) // 100)][:100]
NAVIGATION = "当前位置：\n首页 > 政务公开 > 政府工作报告\n字号：[ 大 中 小 ]  打印\n"
FOOT = "\n【打印本页】 【关闭窗口】\n版权所有：某区人民政府\n京ICP备00000000号\n"


def wide(text: str) -> str:
    """Punctuation and digits of full width."""
    return text.translate(str.maketrans("0123456789%,;:()", "０１２３４５６７８９％，；：（）"))


def narrow(text: str) -> str:
    return text.translate(str.maketrans("０１２３４５６７８９％，；：（）", "0123456789%,;:()"))


def wrapped(report: Report) -> bytes:
    """Paragraphs indented by two signs and broken at thirty, as a typeset page is when it is copied from a screen."""
    blocks = (report.text[block.start : block.end].replace("\n", "") for block in report.blocks)
    lines = [f"　　{block}" for block in blocks]
    return "\n".join(line[n : n + 30] for line in lines for n in range(0, len(line), 30)).encode()


DRESSES: dict[str, Callable[[Report], bytes]] = {
    "crlf": lambda report: report.text.replace("\n", "\r\n").encode(),
    "gb18030": lambda report: report.text.encode("gb18030"),
    "blank lines": lambda report: report.text.replace("\n", "\n\n").encode(),
    "no-break spaces": lambda report: re.sub(r"^(?=.)", "\u00a0\u00a0", report.text, flags=re.MULTILINE).encode(),
    "full width": lambda report: wide(report.text).encode(),
    "half width": lambda report: narrow(report.text).encode(),
    "navigation": lambda report: (NAVIGATION + report.text + FOOT).encode(),
    "wrapped": wrapped,
}


def folded(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Records with their widths folded: a page in another width says the same."""
    return [tuple(narrow(part) if isinstance(part, str) else part for part in record) for record in found]


def differing(path: Path) -> Iterator[tuple[str, str, str]]:
    """The dresses in which another record comes out, the document, and the first record that differs."""
    report = process(path.read_bytes(), path.name).report
    plain = folded(records(report))
    for name, dress in DRESSES.items():
        other = folded(records(process(dress(report), path.name).report))
        if other != plain:
            pairs = [(a, b) for a, b in zip(plain, other, strict=False) if a != b]
            yield name, path.name, f"{len(plain)} against {len(other)} records; {pairs[:1]}"


def undressed(path: Path) -> list[tuple[str, str, str]]:
    return list(differing(path))


def promised(path: Path) -> str | None:
    try:
        keeps(process(path.read_bytes(), path.name))
    except (AssertionError, DocumentError) as error:
        return f"{path}: {error}"
    return None


def test_every_promise_holds_of_every_report() -> None:
    with ProcessPoolExecutor(2) as pool:
        broken = [line for line in pool.map(promised, FILES, chunksize=8) if line]
    assert FILES and broken == []


def test_another_dress_changes_no_record() -> None:
    with ProcessPoolExecutor(2) as pool:
        changed = [line for lines in pool.map(undressed, SAMPLE, chunksize=4) for line in lines]
    assert len(SAMPLE) == 100
    assert changed == []
