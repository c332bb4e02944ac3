"""Neighbouring numerals that make one: ranges, ratios, fractions, sums of money, dates and codes joined by strokes."""

import re
from decimal import Context, Decimal

from pipeline.contracts import NumeralRole
from pipeline.quantities import roles
from pipeline.quantities.items import TO, Item
from pipeline.quantities.numerals import value_of
from pipeline.quantities.readings import Quantity, amount, modified

WIDEST_GAP = 8
"""Signs between two numerals that may make one."""

_ROUGH = Context(prec=15)
_LOWER, _UPPER = frozenset(["over", "at_least"]), frozenset(["under", "at_most", "nearly"])
_MINUS = frozenset("负-−")
_SIGNS = frozenset(["", *_MINUS])
_RATIO = re.compile(r" ?[:∶] ?")
_OVER = re.compile(r" ?分 {0,2}之 {0,2}")
_BETWEEN = re.compile(r"[和与到至-]")
_BOUNDS = re.compile("[,、;]? ?(?:且|并且|而且|而|又|同时|但是?|并)?(?:不?[大小多少高低]于(?:或?等于)?|不?超过|不到|不足)")
_APART = re.compile(r"以上[,、]? ?")


def composite(folded: str, items: list[Item], n: int) -> tuple[int, Quantity | None]:
    """The range, ratio or fraction that starts at an item, and how many items it takes."""
    left, right = items[n], items[n + 1]
    gap = folded[left.end : right.start]
    if right.role is not None:
        return 0, None
    if not gap:
        return _coins(folded, items, n)
    if _RATIO.fullmatch(gap) and not left.unit:
        return _ratio(folded, items, n)
    if len(gap) == 1 and gap in "-/.·•" and not left.unit and not left.lead and (stamp := _stamp(folded, items, n)):
        return len(stamp.numerals), stamp
    if (_OVER.fullmatch(gap) and not left.unit) or (gap == "/" and not left.unit and left.lead in _SIGNS):
        return 2, _fraction(folded, left, right, gap == "/")
    if gap == "又" and not left.unit and n + 2 < len(items) and _OVER.fullmatch(folded, right.end, items[n + 2].start):
        return 3, _mixed(folded, items, n, False)
    if gap == " " and not left.unit and not left.lead and n + 2 < len(items) and folded[right.end : items[n + 2].start] == "/":
        return 3, _mixed(folded, items, n, True)
    if _BOUNDS.fullmatch(gap):
        return 2, _bounded(folded, left, right)
    if (
        TO.fullmatch(gap)
        or (_BETWEEN.fullmatch(gap) and folded.startswith("之间", right.end))
        or (_APART.fullmatch(gap) and folded.startswith("以下", right.end))
    ):
        return 2, _range(folded, left, right)
    return 0, None


def _ratio(folded: str, items: list[Item], n: int) -> tuple[int, Quantity | None]:
    last = n
    while last + 1 < len(items) and last - n < 5 and _RATIO.fullmatch(folded[items[last].end : items[last + 1].start]):
        last += 1
        if items[last].unit:
            break
    parts = items[n : last + 1]
    values = [value_of(folded[slice(*part.numeral)]) for part in parts]
    numerals = tuple(part.numeral for part in parts)
    if roles.clock(folded, parts[0].start, parts[-1].numeral[1]):
        return len(parts), Quantity(parts[0].start, parts[-1].numeral[1], "date", numerals)
    if None in values:
        return 0, None
    known = tuple(value for value in values if value is not None)
    return len(parts), Quantity(parts[0].start, parts[-1].numeral[1], "quantity", numerals, "ratio", known)


def _stamp(folded: str, items: list[Item], n: int) -> Quantity | None:
    """2021-03-12, “11·28”, 0312-3312066: numerals that a stroke or a dot joins and no unit follows."""
    last = n
    while last + 1 < len(items) and last - n < 3 and items[last].unit is None and items[last + 1].role is None:
        if items[last + 1].start - items[last].end != 1 or folded[items[last].end] not in "-/.·•":
            break
        last += 1
    if items[last].unit or items[last].lead:
        return None
    numerals = tuple(item.numeral for item in items[n : last + 1])
    role = roles.stamp(folded, numerals[0][0], numerals[-1][1])
    return Quantity(numerals[0][0], numerals[-1][1], role, numerals) if role else None


_COINS = {"元": ("角", "毛"), "块": ("角", "毛"), "圆": ("角",), "角": ("分",), "毛": ("分",)}


def _coins(folded: str, items: list[Item], n: int) -> tuple[int, Quantity | None]:
    """50元6角3分 is one amount; the last coin may go without its name."""
    last, total = n, value_of(folded[slice(*items[n].numeral)])
    if items[n].unit not in ("元", "块", "圆") or total is None:
        return 0, None
    weight = Decimal(1)
    while last + 1 < len(items) and items[last + 1].start == items[last].end and items[last].unit in _COINS:
        coin, value = items[last + 1], value_of(folded[slice(*items[last + 1].numeral)])
        if value is None or coin.unit not in (None, *_COINS[items[last].unit or ""]):
            break
        weight, last = weight / 10, last + 1
        total += value * weight
    if last == n:
        return 0, None
    numerals = tuple(item.numeral for item in items[n : last + 1])
    return last - n + 1, Quantity(items[n].start, items[last].end, "quantity", numerals, "number", total, "元", "CNY")


def _fraction(folded: str, left: Item, right: Item, stroke: bool) -> Quantity | None:
    one, two = (value_of(folded[slice(*item.numeral)]) for item in (left, right))
    above, below = (one, two) if stroke else (two, one)
    if stroke and not roles.fraction(folded, left.start, right.numeral[1]):
        return None
    if above is None or not below:
        return None
    role: NumeralRole = "quantity" if above == above.to_integral_value() else "unexplained"  # 五百分之2.2 is no share
    numerals = (left.numeral, right.numeral)
    value = _ROUGH.divide(above, below)
    if (left.lead[:1] in _MINUS) != (right.lead[:1] in _MINUS):
        value = -value
    return modified(folded, Quantity(left.start, right.numeral[1], role, numerals, "fraction", value))


def _mixed(folded: str, items: list[Item], n: int, stroke: bool) -> Quantity | None:
    """1 3/4 and 一又四分之三 are a whole number and a fraction."""
    whole = value_of(folded[slice(*items[n].numeral)])
    part = _fraction(folded, items[n + 1], items[n + 2], stroke)
    if whole is None or part is None or not isinstance(part.value, Decimal):
        return None
    return part._replace(start=items[n].start, numerals=(items[n].numeral, *part.numerals), value=whole + part.value)


def _range(folded: str, left: Item, right: Item) -> Quantity | None:
    low, high = amount(folded, left), amount(folded, right)
    unit = right.unit if right.lead == "" else high.unit
    if not isinstance(low.value, Decimal) or not isinstance(high.value, Decimal):
        return None
    bounded = folded[left.end] == "以" and folded.startswith("以下", right.end)
    between = bounded or folded.startswith("之间", right.end)
    spoken = folded[left.end : right.start].strip() in ("至", "到", "~") and not left.unit and not left.lead
    if (unit is None and not between and not spoken) or (left.unit not in (None, unit) and low.unit != high.unit):
        return None
    if unit == "年" and roles.is_year(folded[slice(*right.numeral)]):
        return None
    joined_by_word = any(word in folded[left.end : right.start] for word in "至到")
    if unit and joined_by_word and roles.led_from(folded, left.start):
        return None
    bottom = low.value * _missing_scale(folded, left, right)
    if bottom > high.value:
        return None
    spans = (left.numeral, right.numeral)
    found = Quantity(low.start, high.end, "quantity", spans, "range", (bottom, high.value), high.unit, high.code)
    return found if bounded else modified(folded, found)


def _bounded(folded: str, left: Item, right: Item) -> Quantity | None:
    """不低于3%、不高于5% is a range, in either order."""
    ends = sorted((modified(folded, amount(folded, item)) for item in (left, right)), key=lambda one: one.modifier not in _LOWER)
    low, high = ends
    if low.modifier not in _LOWER or high.modifier not in _UPPER or left.unit not in (None, right.unit):
        return None
    if not isinstance(low.value, Decimal) or not isinstance(high.value, Decimal) or low.value > high.value:
        return None
    unit = max(ends, key=lambda one: one.end)
    spans, start = (left.numeral, right.numeral), min(low.start, high.start)
    return Quantity(start, right.end, "quantity", spans, "range", (low.value, high.value), unit.unit, unit.code)


def _missing_scale(folded: str, left: Item, right: Item) -> Decimal:
    """3-5万 is 30000 to 50000: what the left number is multiplied by where only the right one has a scale."""
    one, two = folded[slice(*left.numeral)], folded[slice(*right.numeral)]
    scale = re.search("[百千万亿]+$", two)
    if not scale or re.search("[百千万亿]", one) or not one[:1].isascii():
        return Decimal(1)
    mantissa = value_of(two[: scale.start()])
    below = value_of(one)
    return value_of(scale.group()) or Decimal(1) if mantissa is not None and below is not None and below < mantissa else Decimal(1)
