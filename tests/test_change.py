"""A number is told to be a level or a change, which way the change goes and what it is compared with."""

import pytest

from pipeline.claims import change, phrase
from pipeline.quantities.numerals import plain
from pipeline.quantities.quantity import scan
from pipeline.text import fold
from tests import case_files

CASES = case_files.rows("changes.tsv")


def readings(sentence: str) -> list[list[str]]:
    text = fold(sentence)
    found = [one for one in scan(text) if one.role == "quantity"]
    read = change.read(text, (0, len(text)), found, phrase.read(text, (0, len(text)), found))
    rows = []
    for one, reading in zip(found, read, strict=True):
        row = [text[one.start : one.end], reading.measure, reading.direction or "-", reading.basis or "-"]
        if reading.pair is not None:
            row.append("from " + text[found[reading.pair].start : found[reading.pair].end])
        elif (reading.value, reading.unit) != (one.value, one.unit):
            assert reading.value is not None and not isinstance(reading.value, tuple)
            row.append(f"{plain(reading.value)} {reading.unit}")
        rows.append(row)
    return rows


@pytest.mark.parametrize("row", CASES, ids=[row[0] for row in CASES])
def test_what_a_quantity_says_of_its_indicator(row: list[str]) -> None:
    sentence, *wanted = row
    assert wanted in readings(sentence)
