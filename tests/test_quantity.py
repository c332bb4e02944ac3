"""What counts or measures is told from what does not, each numeral once, and the wording is kept apart from the value."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contracts import Interval, Modifier
from pipeline.quantities.modifiers import interval
from pipeline.quantities.numerals import plain
from pipeline.quantities.quantity import Quantity, as_records, scan

FOLDER = Path(__file__).parent / "cases"
SIGNS = "0123456789０５９〇零一二两三四五六七八九十百千万亿"
WORDS = [
    "年",
    "月",
    "个",
    "家",
    "%",
    "亿元",
    "公里",
    "第",
    "前",
    "。",
    "，",
    "、",
    "“",
    "”",
    ":",
    "-",
    "至",
    "和",
    "/",
    ".",
    "(",
    ")",
    "[",
    "]",
    "\n",
]
TEXTS = st.lists(
    st.sampled_from([*SIGNS, *WORDS, "分之", "以上", "超过", "左右", "中全会", "翻番", "产业", "A", "+", " ", "百分点", "千瓦"])
).map("".join)


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


@pytest.mark.parametrize("row", cases("numeral_roles.tsv"), ids=lambda row: row[0])
def test_the_role_of_every_numeral_of_a_line(row: list[str]) -> None:
    text, wanted = row
    assert [found.role for found in scan(text) for _ in found.numerals] == wanted.split()


@given(TEXTS)
def test_every_numeral_stands_in_the_ledger_once_and_in_order(text: str) -> None:
    found = list(scan(text))
    spans = [span for one in found for span in one.numerals]
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {at for one in found for at in range(one.start, one.end)} | {at for a, b in spans for at in range(a, b)}
    assert [sign for at, sign in enumerate(text) if sign in SIGNS and at not in covered] == []


@given(TEXTS, st.integers(0, 12), st.integers(0, 12))
def test_a_part_of_a_text_is_read_with_offsets_into_the_whole(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    found = list(scan(text, min(start, end), end))
    assert found == list(scan(text, min(start, end), end))
    assert all(start <= one.start < one.end <= end for one in found)


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    assert [record["text"] for record in as_records(text)] == [text[r["start"] : r["end"]] for r in as_records(text)]


@pytest.mark.parametrize(
    "sign",
    ["9", "一", "第一", "1,", "1-", "1:", "百", "一、", "3%、", "(1)", "1/", "近千", "“一", "《", "三分之", "1万", "1 ", "A1"],
)
def test_a_line_without_end_is_read(sign: str) -> None:
    assert sum(1 for _ in scan(sign * 20_000)) >= 0


@pytest.mark.parametrize(
    ("value", "modifier", "wanted"),
    [
        ("6", "exact", None),
        ("6", "at_least", ("6", None, True, False)),
        ("6", "over", ("6", None, False, False)),
        ("6", "at_most", (None, "6", False, True)),
        ("6", "under", (None, "6", False, False)),
        ("6", "nearly", (None, "6", False, False)),
        ("6", "about", (None, None, False, False)),
    ],
)
def test_what_a_modifier_says_of_a_number(
    value: str, modifier: Modifier, wanted: tuple[str | None, str | None, bool, bool] | None
) -> None:
    found = interval(Decimal(value), modifier)
    assert found == (wanted and Interval(low=wanted[0], high=wanted[1], low_closed=wanted[2], high_closed=wanted[3]))


def test_a_range_is_closed_at_both_ends() -> None:
    assert interval((Decimal(5), Decimal("5.5")), "exact") == Interval(low="5", high="5.5", low_closed=True, high_closed=True)


def test_records_of_a_line() -> None:
    first, second, inner, _ = as_records("投资3亿元以上，增长5%-6%")
    assert first == {
        "start": 2, "end": 5, "text": "3亿元", "role": "quantity", "value": "300000000", "low": "300000000", "high": None,
        "unit": "元", "code": "CNY", "modifier": "at_least",
    }  # fmt: skip
    assert (second["low"], second["high"], second["code"]) == ("5", "6", "%")
    assert (inner["text"], inner["value"]) == ("5", "5")
