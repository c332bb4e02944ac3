"""Numerals, scales, units and modifiers in a string -> quantities, and every other numeral with its role.

One pass finds items (a numeral with what is glued to it), the gaps between neighbours make ranges, ratios, fractions and
lists of them, and the words around give the modifier.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pipeline.contracts import Span
from pipeline.quantities import items, modifiers, roles
from pipeline.quantities.composites import WIDEST_GAP, composite
from pipeline.quantities.numerals import plain, value_of
from pipeline.quantities.readings import Quantity, Shape, single
from pipeline.text import fold

__all__ = ["Quantity", "Shape", "as_records", "scan"]

_NEAR = 10  # characters before a list that tell that its numbers are each of another
_folded = lru_cache(maxsize=2)(fold)  # a text is scanned block by block


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every numeral of `text[start:end]`, Arabic or Chinese, exactly once, in reading order, with absolute offsets."""
    folded, stop = _folded(text), len(text) if end is None else end
    found_items = items.find(folded, start, stop)
    if not found_items:
        return iter(())
    items.share_units(folded, found_items)
    found = list(_read(folded, found_items, roles.quotations(folded, start, stop)))
    _share_modifiers(folded, found)
    return iter(found)


def _read(folded: str, numerals: list[items.Item], quotations: list[Span]) -> Iterator[Quantity]:
    quoted, total, n = 0, len(numerals), 0
    while n < total:
        item = numerals[n]
        while quoted < len(quotations) and quotations[quoted][1] <= item.start:
            quoted += 1
        if n + 1 < total and item.role is None and numerals[n + 1].start - item.end <= WIDEST_GAP:
            used, joined = composite(folded, numerals, n)
            if joined:
                yield joined
                n += used
                continue
        inside = quoted < len(quotations) and quotations[quoted][0] < item.start
        yield single(folded, numerals, n, inside)
        n += 1


def _share_modifiers(folded: str, found: list[Quantity]) -> None:
    """In a bare list the wording behind the last, and before the first, is that of all (3%、3%、2%左右; 突破8万亿元、9万亿元)."""
    linked = [n for n in range(1, len(found)) if found[n].start - found[n - 1].end == 1 and folded[found[n - 1].end] in items.LIST]
    for n in reversed(linked):
        here, after = found[n - 1], found[n]
        if (
            after.modifier_spans
            and after.modifier_spans[-1][0] >= after.end
            and not here.modifier_spans
            and (here.unit == after.unit or folded.rfind("分别", max(0, here.start - _NEAR), here.start) >= 0)
        ):
            found[n - 1] = here._replace(modifier=after.modifier, modifier_spans=after.modifier_spans)
    for n in linked:
        before, here = found[n - 1], found[n]
        if (
            before.modifier in ("over", "at_least")
            and before.modifier_spans
            and before.modifier_spans[0][1] <= before.start
            and not here.modifier_spans
            and here.unit == before.unit
        ):
            found[n] = here._replace(modifier=before.modifier)


def as_records(line: str) -> Iterator[dict[str, Any]]:
    """Every number of a line, as `zhengbao quantities` prints it: the contract's fields, numbers as decimal strings.

    A composite is followed by the numbers that it is made of, each with its own place and value.
    """
    for found in scan(line):
        yield _record(line, found)
        if len(found.numerals) > 1:
            for start, end in found.numerals:
                yield _record(line, found._replace(start=start, end=end, value=value_of(line[start:end]), modifier="exact"))


def _record(line: str, found: Quantity) -> dict[str, Any]:
    text = line[found.start : found.end]
    value = value_of(text) if found.value is None else found.value
    record: dict[str, Any] = {"start": found.start, "end": found.end, "text": text, "role": found.role}
    if isinstance(value, Decimal):
        record["value"] = plain(value)
    elif isinstance(value, tuple) and found.shape == "ratio":
        record["value"] = [plain(one) for one in value]
    if bounds := modifiers.interval(value, found.modifier) if found.shape != "ratio" else None:
        record["low"], record["high"] = bounds.low, bounds.high
    return record | {"unit": found.unit, "code": found.code, "modifier": found.modifier}
