"""The longer run: coverage-guided fuzzing of each reader and stage with atheris, for as long as it is given.

    make fuzz TARGET=html SECONDS=1800        or        python -m tests.fuzz.longer html -max_total_time=1800

A finding is an exception that is no DocumentError, or a broken promise; atheris writes the input that made it, and prints how
many inputs it ran and what they covered. Every finding becomes a case in `test_found.py` before it is mended.
"""

import importlib
import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline.formats import confined
    from pipeline.formats.reading import Limits, Reading
    from pipeline.quantities import numerals, quantity
    from tests.documents import docx, ofd, p, pdf, tc, zipped
    from tests.fuzz.promises import read

HEAD = "2021年甲区政府工作报告\n各位代表：\n一、2020年工作回顾\n"
ALPHABET = (
    "0123456789.,%：:（）()、。，；“”[]①一二三四五六七八九十百千万亿两零〇第点分之至到年月日个元人项公里吨倍番余多几约超近以上左右以内"
    "增长下降由其中新增建设是要——\n\t 　附名词解释序号项目民生实事各位代表回顾安排目标问题\\rn&nbsp;\ufffd"
)


STORIES = {
    "body": p("工作回顾", '<w:pStyle w:val="1"/>')
    + p("新建道路5条", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t><w:br/></w:r><w:del><w:r><w:t>乙</w:t></w:r></w:del>"
    '<w:r><w:footnoteReference w:id="2"/><w:sym w:char="25CF"/></w:r></w:p>'
    "<w:tbl><w:tr>"
    + tc("项目", '<w:vMerge w:val="restart"/>')
    + tc("2", '<w:gridSpan w:val="2"/>')
    + f"</w:tr><w:tr>{tc('', '<w:vMerge/>')}{tc('3%')}</w:tr></w:tbl>"
    f"<mc:AlternateContent><mc:Choice><w:txbxContent>{p('框')}</w:txbxContent></mc:Choice></mc:AlternateContent>",
    "numbering": '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    "styles": '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    "footnotes": f'<w:footnote w:id="2">{p("脚注")}</w:footnote>',
    "header": p("页眉"),
}
"""The inner XML of a sound DOCX, member by member."""
PAGE = (
    '<meta name="PubDate" content="2021-03-12"><a href=a>首页</a><div style="display:none">甲</div><ol start="3"><li>乙<li>丙</ol>'
    "<p>新建道路5公里<sup>1</sup>，2m<sup>2</sup>。<br>&nbsp;一、回顾&#x4e00;"
    "<table><caption>附<thead><tr><th colspan=2>项目<tr><td>1<td><table><td>3%</table></table><pre>一\n二</pre><select><option>丁"
)


def unconfined(module: str, data: object, name: str, limits: Limits) -> Reading:
    """A reader that has a process of its own, here in ours, where its coverage is seen; its limits are others' tests."""
    reading = importlib.import_module(module).parse(data, name, limits)
    assert isinstance(reading, Reading)
    return reading


def bytes_of_a_text(data: bytes) -> None:
    read(data, "a.txt")


def html(data: bytes) -> None:
    read(b"<html><body>" + data, "a.html")


def word(data: bytes) -> None:
    """The first byte says which story of a sound document the others take the place of, or that they are the whole file."""
    kind = [*STORIES, "file"][data[0] % (len(STORIES) + 1) if data else 0]
    if kind == "file":
        read(b"PK\x03\x04" + data[1:], "a.docx")
    else:
        stories = {**STORIES, kind: data[1:].decode("utf-8", "ignore")}
        read(docx(stories.pop("body"), **stories), "a.docx")


def portable(data: bytes) -> None:
    """Half of the inputs are what a page draws, half the bytes of the whole file."""
    if data[:1] < b"\x80":
        read(pdf([[(90, 700, "2021年甲区政府工作报告")]], data[1:].decode("utf-8", "ignore")), "a.pdf")
    else:
        read(b"%PDF-1.4\n" + data[1:], "a.pdf")


def open_fixed(data: bytes) -> None:
    """The first byte says which member of a sound file the others take the place of."""
    members: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(ofd([[(20, 30, "2021年甲区政府工作报告")]]))) as sound:
        members.update((name, sound.read(name)) for name in sound.namelist())
    members[list(members)[data[0] % len(members) if data else 0]] = data[1:]
    read(zipped(members), "a.ofd")


def numeral(data: bytes) -> None:
    numerals.value_of(letters(data))


def quantities(data: bytes) -> None:
    found = list(quantity.scan(letters(data)))
    assert all(one.end <= other.start for one, other in pairwise(found))


def outline(data: bytes) -> None:
    read((HEAD + letters(data)).encode(), "a.txt")


def tables(data: bytes) -> None:
    lines = letters(data).replace("。", "\n")
    read(f"{HEAD}附件：民生实事\n序号\n项目\n内容\n1\n{lines}".encode(), "a.txt")


def whole(data: bytes) -> None:
    read(data, "a")


def letters(data: bytes) -> str:
    """Each byte a sign of those that reports are made of."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decoder": bytes_of_a_text,
    "html": html,
    "docx": word,
    "pdf": portable,
    "ofd": open_fixed,
    "numerals": numeral,
    "quantities": quantities,
    "outline": outline,
    "tables": tables,
    "whole": whole,
}


def seeds(folder: Path) -> None:
    """Sound inputs to begin with: the opening of a report as each target takes it."""
    text = (Path(__file__).parents[2] / "input" / "songbei-2021.txt").read_text("utf-8")[:1500]
    lines = text.split("\n")
    page = [[(90.0, 700.0 - 20 * n, line[:30]) for n, line in enumerate(lines)]]
    with zipfile.ZipFile(io.BytesIO(ofd(page))) as sound:
        members = [bytes([n]) + sound.read(name) for n, name in enumerate(sound.namelist())]
    begun = [
        text.encode(),
        text.encode("gb18030"),
        "".join(f"<p>{line}</p><table><tr><td rowspan=2>{line[:9]}</td></tr></table>" for line in lines).encode(),
        PAGE.encode(),
        b"\0" + "".join(p(line, '<w:numPr><w:numId w:val="1"/></w:numPr>') for line in lines).encode(),
        *(bytes([n]) + story.encode() for n, story in enumerate(STORIES.values())),
        b"\xff" + pdf(page)[9:],
        b"\0BT /F1 16 Tf 90 650 Td <4e00> Tj ET 10 10 m 90 90 l S 10 10 200 200 re f",
        *members,
        bytes(ALPHABET.index(sign) for sign in text if sign in ALPHABET),
    ]
    for n, data in enumerate(begun):
        (folder / str(n)).write_bytes(data)


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"which target? {', '.join(TARGETS)}")
    confined.run = unconfined
    with tempfile.TemporaryDirectory() as folder:
        seeds(Path(folder))
        most = 1024 if TARGETS[sys.argv[1]] in (numeral, quantities, outline, tables) else 4096  # signs, or bytes
        again = any(Path(each).is_file() for each in sys.argv[2:])  # a finding's input, run once
        atheris.Setup([sys.argv[0], *sys.argv[2:], *([] if again else [f"-max_len={most}", folder])], TARGETS[sys.argv[1]])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
