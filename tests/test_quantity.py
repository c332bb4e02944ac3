"""What counts or measures is told from what does not, and the wording is kept apart from the value."""

from pathlib import Path

import pytest

from pipeline.numerals import plain
from pipeline.quantity import Quantity, scan

FOLDER = Path(__file__).parent / "cases"


def cases(name: str) -> list[list[str]]:
    rows = [line.split("\t") for line in (FOLDER / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert rows, f"{name} holds no cases"
    return rows


def written(text: str, found: Quantity) -> str:
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    value = (":" if found.shape == "ratio" else "..").join("null" if v is None else plain(v) for v in values)
    return f"{text[found.start : found.end]}={value} {found.unit or '-'} {found.modifier}"


@pytest.mark.parametrize("row", cases("quantities.tsv"), ids=lambda row: row[0])
def test_quantities_of_a_line(row: list[str]) -> None:
    text, wanted = row
    found = [written(text, one) for one in scan(text) if one.role == "quantity"]
    assert " | ".join(found) == (wanted if wanted != "-" else "")
