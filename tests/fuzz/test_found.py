"""What the fuzzers found: each input that broke a promise, kept so that it breaks none again."""

import pytest

from tests.fuzz.promises import read

PARAGRAPH = "2020年，全区地区生产总值完成175亿元，增长5%，城镇新增就业6000人，新建道路12条。" * 3

FOUND = {
    "the digit of a unit is no numeral": ("a.txt", b"\n2m2\n"),
    "no unit of area before another digit": ("a.html", b"<html><body>\xd52-6\x01\x00\x00\x00\xd56\tm23\xf9*-63/1`11"),
    "a paragraph that stood in a hidden element": ("a.html", f"<html><body><div hidden>{PARAGRAPH}</div><p>{PARAGRAPH}".encode()),
}


@pytest.mark.parametrize(("name", "data"), FOUND.values(), ids=FOUND)
def test_a_finding_stays_mended(name: str, data: bytes) -> None:
    read(data, name)
