"""Numerals, scales, units and modifiers in a string -> quantities, and every other numeral with its role."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.contracts import Modifier, NumeralRole, Span

Shape = Literal["number", "range", "ratio", "fraction", "multiple", "rank", "unknown"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral or a composite of numerals as it stands in a text, with what it is.

    `[start, end)` is the surface: for a quantity the numeral with its scale and unit (`500亿元`, `0.6:40.1:59.3`, `翻了一番`),
    for every other role the numeral itself. `numerals` are the numerals inside, each one entry of the ledger.
    `value` has the scale applied, a percent as its number; None for `几` alone. `scale` is what the surface's scale word means
    (1 where there is none). `modifier_spans` are the words that give the modifier, outside or inside of the surface.
    """

    start: int
    end: int
    role: NumeralRole
    numerals: tuple[Span, ...]
    shape: Shape = "number"
    value: Decimal | tuple[Decimal, ...] | None = None
    unit: str | None = None
    code: str | None = None
    modifier: Modifier = "exact"
    modifier_spans: tuple[Span, ...] = ()


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every numeral of `text[start:end]`, Arabic or Chinese, exactly once, in reading order, with absolute offsets."""
    yield from ()
