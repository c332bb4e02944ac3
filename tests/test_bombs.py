"""Files made to cost more than they are: each is refused in a sentence or read, within ten seconds and 500 MB.

Time is that of the processors, so that a busy machine fails no test; memory is the peak of any one process.
"""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import documents

ROOT = Path(__file__).parent.parent
SECONDS = 10
MEMORY = 500_000
"""in KB, as the system counts it"""
_READ = """
import json, resource, sys
from pathlib import Path
from pipeline.errors import DocumentError
from pipeline.formats import read
from pipeline.text import squeeze
data = Path(sys.argv[1]).read_bytes()
try:
    page = read(data, 'bomb')
    assert sum(len(squeeze(part.text)) for part in page.parts) == page.characters, 'characters were lost'
    outcome = 'read'
except DocumentError as error:
    assert len(error.message) < 400 and chr(10) not in error.message
    outcome = error.code
own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
seconds = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
peak = int(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])
print(json.dumps([outcome, seconds, max(peak, children.ru_maxrss)]))
"""


def cost(data: bytes, folder: Path) -> list[Any]:
    """Outcome, seconds and peak memory of reading, in a process of its own."""
    (folder / "bomb").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(folder / "bomb")], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: list[Any] = json.loads(done.stdout)
    return found


def word(inner: str, head: str = "") -> bytes:
    """A DOCX whose document is this, with something before its root."""
    return documents.zipped({"word/document.xml": f"{head}<w:document {documents.W}><w:body>{inner}</w:body></w:document>"})


def text(inner: str) -> str:
    return f"<w:p><w:r><w:t>{inner}</w:t></w:r></w:p>"


def spaces(count: int) -> bytes:
    """So many millions of spaces, packed, without ever being whole."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(b" " * 1_000_000) for _ in range(count)), packer.flush()])


def pdf(content: bytes, filters: str = "/Filter /FlateDecode") -> bytes:
    """A PDF of one page with this content, packed already."""
    plain = documents.pdf([[]])
    start, end = plain.index(b"6 0 obj"), plain.index(b"endobj", plain.index(b"6 0 obj"))
    stream = f"6 0 obj\n<< /Length {len(content)} {filters} >>\nstream\n".encode() + content + b"\nendstream\n"
    return plain[:start] + stream + plain[end:]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12)
)
CELL = "<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc>"
GLYPHS = zlib.compress(b"BT /F1 1 Tf " + b"1 0 Td <4e004e01> Tj " * 500_000 + b"ET")

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a DOCX that inflates to 300 MB": ("too-large", lambda: word(" " * 300_000_000)),
    "a DOCX with a text of 200 MB": ("too-large", lambda: word(text("a" * 200_000_000))),
    "a DOCX of 20,000 members": ("too-many-members", lambda: documents.zipped({f"word/{n}": b"" for n in range(20_000)})),
    "a zip in a zip": ("bundle", lambda: documents.zipped({"a.zip": documents.zipped({"b.zip": b"x"})})),
    "entities of entities": ("doctype", lambda: word(text("&m;"), ENTITIES + "]>")),
    "an external entity": ("doctype", lambda: word(text("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "a cell over a billion columns": ("too-large", lambda: word(f"<w:tbl><w:tr>{CELL}{CELL}</w:tr></w:tbl>")),
    "a million paragraphs": ("too-large", lambda: word(text("甲") * 1_000_000)),
    "a page of 100 MB": ("too-large", lambda: b"<html><body><p>" + b"a" * 100_000_000),
    "cells over the whole table": (
        "too-large",
        lambda: b"<html><table>" + b"<tr><td rowspan=65534 colspan=1000>a</td></tr>" * 200 + b"</table>",
    ),
    "a file of line ends": ("too-large", lambda: b"a" + b"\n" * 30_000_000),
}
EITHER: dict[str, Callable[[], bytes]] = {
    "20,000 elements in each other": lambda: b"<html>" + b"<div>" * 20_000 + "深".encode(),
    "200,000 elements in each other": lambda: b"<html>" + b"<div>" * 200_000 + "深".encode(),
    "tables in tables": lambda: b"<html>" + b"<table><tr><td>" * 10_000 + "深".encode(),
    "fonts that are never closed": lambda: b"<html>" + b"".join(b"<p><font a=%d>x</p>" % n for n in range(20_000)),
    "a tag of many attributes": lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x",
    "a million elements": lambda: b"<html>" + b"<p>a" * 390_000 + b"<b></b>" * 300_000,
    "a text of 59 MB in one element": lambda: b"<html><p>" + "深".encode() * 19_800_000,
    "a page of NUL": lambda: b"<html><p>a" + b"\0" * 20_000_000 + b"b",
    "a text of one line of 59 MB": lambda: "深".encode() * 19_800_000,
    "the same in GB18030": lambda: "深".encode("gb18030") * 19_800_000,
    "a page of angle brackets": lambda: b"<html>" + b"<" * 5_000_000,
    "Word's tables in each other": lambda: word("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000),
    "a PDF stream that inflates to 400 MB": lambda: pdf(spaces(400)),
    "one in another": lambda: pdf(zlib.compress(spaces(400), 9), "/Filter [/FlateDecode /FlateDecode]"),
    "a million glyphs on a page": lambda: pdf(GLYPHS),
    "pages that hold themselves": lambda: documents.pdf([[]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
    "a PDF of brackets": lambda: b"%PDF-1.4\n1 0 obj\n" + b"[" * 5_000_000,
    "an OFD of a million glyphs": lambda: documents.ofd([[(10.0, 10.0, "深" * 1_000_000)]]),
}


@pytest.mark.parametrize(("code", "make"), REFUSED.values(), ids=REFUSED)
def test_a_bomb_is_refused(code: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    outcome, seconds, peak = cost(make(), tmp_path)
    assert outcome == code
    assert seconds < SECONDS
    assert peak < MEMORY


@pytest.mark.parametrize("make", EITHER.values(), ids=EITHER)
def test_a_bomb_costs_little_whether_it_is_read_or_refused(make: Callable[[], bytes], tmp_path: Path) -> None:
    _, seconds, peak = cost(make(), tmp_path)
    assert seconds < SECONDS
    assert peak < MEMORY
