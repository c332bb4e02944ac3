"""Quantities in a table's cells: a bare number has its unit in the column's header, and its row says what it is of."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.contracts import Table
from pipeline.quantities.quantity import Quantity, scan
from pipeline.text import fold, squeeze

_IN_BRACKETS = re.compile(r"\(([^()]{1,12})\)")
_BARE = 6  # characters beside the number in a cell that holds a value and no sentence


def bare(text: str, start: int, end: int, quantity: Quantity) -> bool:
    """Whether a cell holds a value rather than a sentence."""
    return len(squeeze(text[start:end])) - len(squeeze(text[quantity.start : quantity.end])) <= _BARE


def with_unit(table: Table, column: int, quantity: Quantity) -> Quantity:
    """The quantity with scale and unit of its column's header (投资（万元）), where it has none of its own."""
    if quantity.unit is not None or not isinstance(quantity.value, Decimal):
        return quantity
    for unit in _units(table, column):
        if unit.unit and isinstance(unit.value, Decimal):
            return quantity._replace(value=quantity.value * unit.value, unit=unit.unit, code=unit.code)
    return quantity


def _units(table: Table, column: int) -> Iterator[Quantity]:
    for name in (table.columns[column].name, table.title or ""):
        for words in _IN_BRACKETS.findall(fold(name)):
            yield from scan("1" + re.sub("^单位:", "", words))
