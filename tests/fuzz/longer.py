"""The longer run: coverage-guided fuzzing of each reader and stage with atheris, for as long as it is given.

    make fuzz TARGET=html SECONDS=1800        or        python -m tests.fuzz.longer html -max_total_time=1800

A finding is an exception that is no DocumentError, or a broken promise; atheris writes the input that made it, and prints how
many inputs it ran and what they covered. Every finding becomes a case in `test_found.py` before it is mended.
"""

import sys
from collections.abc import Callable
from itertools import pairwise

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline.quantities import numerals, quantity
    from tests.documents import docx, p
    from tests.fuzz.promises import read

HEAD = "2021年甲区政府工作报告\n各位代表：\n一、2020年工作回顾\n"
ALPHABET = (
    "0123456789.,%：:（）()、。，；“”[]①一二三四五六七八九十百千万亿两零〇第点分之至到年月日个元人项公里吨倍番余多几约超近以上左右以内"
    "增长下降由其中新增建设是要——\n\t 　附名词解释序号项目民生实事各位代表回顾安排目标问题\\rn&nbsp;\ufffd"
)


def bytes_of_a_text(data: bytes) -> None:
    read(data, "a.txt")


def html(data: bytes) -> None:
    read(b"<html><body>" + data, "a.html")


def word(data: bytes) -> None:
    """Half of the inputs are the XML of a document's body, half the bytes of the whole file."""
    if data[:1] < b"\x80":
        read(docx(data[1:].decode("utf-8", "ignore")), "a.docx")
    else:
        read(b"PK\x03\x04" + data[1:], "a.docx")


def pdf(data: bytes) -> None:
    read(b"%PDF-1.4\n" + data, "a.pdf")


def ofd(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    read(docx(p(""), OFD=text).replace(b"word/OFD.xml", b"Doc0/OFD.xml"), "a.ofd")


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
    "pdf": pdf,
    "ofd": ofd,
    "numerals": numeral,
    "quantities": quantities,
    "outline": outline,
    "tables": tables,
    "whole": whole,
}


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"which target? {', '.join(TARGETS)}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
