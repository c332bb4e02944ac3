"""What the fuzzers found: each input that broke a promise, kept so that it breaks none again."""

import pytest

from tests.fuzz.promises import read

FOUND = {
    "the digit of a unit is no numeral": ("a.txt", b"\n2m2\n"),
    "no unit of area before another digit": ("a.html", b"<html><body>\xd52-6\x01\x00\x00\x00\xd56\tm23\xf9*-63/1`11"),
}


@pytest.mark.parametrize(("name", "data"), FOUND.values(), ids=FOUND)
def test_a_finding_stays_mended(name: str, data: bytes) -> None:
    read(data, name)
