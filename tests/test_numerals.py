"""A numeral means one value, however it is written."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.quantities.numerals import LONGEST, plain, value_of

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "numerals.tsv").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]

DIGITS = "零一二三四五六七八九"
FULL = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def spoken(n: int) -> str:
    """The full Chinese writing of a number below 10^12, every scale and every 零 written."""
    if n == 0:
        return "零"
    out, gap = "", False
    for group, name in ((n // 10**8, "亿"), (n // 10**4 % 10**4, "万"), (n % 10**4, "")):
        if group == 0:
            gap = gap or bool(out)
            continue
        started = False
        for place, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = group // place % 10
            if digit:
                out += ("零" if gap else "") + DIGITS[digit] + scale
                started, gap = True, False
            elif started or out:
                gap = True
        out += name
    return out


def test_there_are_cases() -> None:
    assert len(CASES) > 50


@pytest.mark.parametrize(("numeral", "value"), CASES)
def test_the_value_of_a_numeral(numeral: str, value: str) -> None:
    assert value_of(numeral) == (None if value == "-" else Decimal(value))


@given(st.integers(0, 10**12 - 1))
def test_every_number_written_out_in_chinese_is_read_back(n: int) -> None:
    assert value_of(spoken(n)) == n


@given(st.decimals(0, 10**15, places=3))
def test_widths_and_commas_change_nothing(number: Decimal) -> None:
    assert value_of(f"{number:f}") == value_of(f"{number:,f}") == value_of(f"{number:,f}".translate(FULL)) == number


@given(st.text(alphabet="0123456789.,一二三十百千万亿兆零〇点负-余几两 ", max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    value = value_of(text)
    assert value is None or Decimal(plain(value)) == value


def test_a_run_without_end_has_no_value() -> None:
    assert value_of("9" * (LONGEST + 1)) is None
    assert value_of("一" * 10**7) is None


def test_a_value_is_written_plainly() -> None:
    assert [plain(Decimal(v)) for v in ("1E+9", "4780.00", "4.50", "0.00", "-3")] == ["1000000000", "4780", "4.50", "0", "-3"]
