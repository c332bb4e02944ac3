"""One numeral and the words about it -> what it is: a quantity with its modifier, a rank, or a role that counts nothing."""

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.contracts import Modifier, NumeralRole, Span
from pipeline.quantities import modifiers, roles, units
from pipeline.quantities.items import NUMBER, WORD, Item
from pipeline.quantities.numerals import value_of

Shape = Literal["number", "range", "ratio", "fraction", "multiple", "rank", "unknown"]


class Quantity(NamedTuple):
    """A numeral or a composite of numerals as it stands in a text, with what it is.

    `[start, end)` is the surface: for a quantity the numeral with its scale and unit (`500亿元`, `0.6:40.1:59.3`, `翻了一番`),
    for every other role the numeral itself, or a date or code of several (`2024-03-18`). `numerals` are the numerals inside,
    each one entry of the ledger; a rank or multiple without one (榜首, 翻番) has none. `value` has the scale applied, a percent
    as its number; None for `几` alone. `modifier_spans` are the words that give the modifier outside of the surface.
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


def single(folded: str, items: list[Item], n: int, quoted: bool) -> Quantity:
    """What the n-th numeral is by itself; `quoted` where it stands in a short quotation or title."""
    item = items[n]
    if item.lead and WORD.match(item.lead):
        return _worded(folded, item)
    role = item.role or _role(folded, items, n, quoted)
    if role == "quantity":
        return amount(folded, item)
    if role == "rank":
        return _ranked(folded, item)
    return Quantity(*item.numeral, role, (item.numeral,))


def _worded(folded: str, item: Item) -> Quantity:
    """翻一番, 榜首, 一半, 半年: what is said with a word in place of a numeral."""
    start, end, lead = item.start, item.end, item.lead
    numerals = tuple(found.span() for found in NUMBER.finditer(folded, start, end))
    if "半" in lead:
        value = Decimal("5") if item.unit == "成" else Decimal("0.5")
        unit = "%" if item.unit == "成" else item.unit
        shape: Shape = "number" if unit else "fraction"
        half = Quantity(start, end, "quantity", numerals, shape, value, unit, units.code(unit) if unit else None)
        return modified(folded, half)
    if lead in ("两位数", "百分百"):
        share = Decimal(10) if lead == "两位数" else Decimal(100)
        return modified(folded, Quantity(start, end, "quantity", numerals, "number", share, "%", "%"))
    if lead in ("首位", "榜首", "之首"):
        return Quantity(start, end, "quantity", numerals, "rank", Decimal(1), "位", "{位}")
    times = value_of(folded[numerals[0][0] : numerals[0][1]]) if numerals and "番" in lead else None
    return modified(folded, Quantity(start, end, "quantity", numerals, "multiple", Decimal(2) ** (times or 1), "倍", "{倍}"))


def _ranked(folded: str, item: Item) -> Quantity:
    """第一, 第4位, 前十."""
    end = roles.rank(folded, item.start, item.numeral[1]) or item.end
    value = value_of(folded[slice(*item.numeral)])
    among: Modifier = "at_most" if item.lead[0] == "前" else "exact"
    return Quantity(item.start, end, "quantity", (item.numeral,), "rank", value, "位", "{位}", among)


def _role(folded: str, items: list[Item], n: int, quoted: bool) -> NumeralRole | Literal["rank"]:
    """What a numeral is that no set phrase or label has told."""
    item = items[n]
    start, end = item.numeral
    numeral = folded[start:end]
    if item.lead and item.lead[0] in "第前":
        if _goes_on(folded, items, n):
            return "ordinal"
        return roles.place(folded, item.start, end, item.lead[0], item.unit)
    if item.lead:
        return "quantity"
    if n + 1 < len(items) and roles.alternates(folded, item.numeral, items[n + 1].numeral):
        return "name"
    if n and roles.alternates(folded, items[n - 1].numeral, item.numeral):
        return "name"
    if item.unit == "年":
        return roles.year(folded, item.start, item.end, numeral)
    if item.unit is None or item.unit == "级":
        return roles.bare(folded, start, end, numeral, quoted)
    if item.measured:
        return roles.measured(folded, start, end, numeral, item.unit)
    return roles.counted(folded, start, end, numeral, item.unit, quoted)


_TIMES = {"成": (10, "%"), "折": (10, "%"), "打": (12, "打")}
"""Units that are written as a part of another: 三成 is 30%, 一打 twelve."""


def _goes_on(folded: str, items: list[Item], n: int) -> bool:
    """Whether a list of ordinals follows, 第 said once: 第一、二、三产业."""
    if n + 1 == len(items):
        return False
    here, after = items[n], items[n + 1]
    return folded[here.end : after.start] == "、" and not after.lead and not here.unit and not folded[after.start].isascii()


def amount(folded: str, item: Item) -> Quantity:
    start, end = item.numeral
    numeral, unit, lead = folded[start:end], item.unit, item.lead
    value, first = value_of(numeral), start
    if lead.endswith(("之", " ")) and "分" in lead:
        value, unit = _percent(value, lead.lstrip("负-−")), "%"
        value = -value if value is not None and lead[0] in "负-−" else value
        first = item.start
    elif lead[:2] == "零下":
        value, first = value_of("-" + numeral), item.start
    elif lead and lead[0] in "负-−.":
        value, first = value_of(lead[0].replace("−", "-") + numeral), item.start
    elif lead:
        unit, first = lead.strip(), item.start
        item = item._replace(measured=True)
    inside: Modifier = "over" if not numeral.isascii() and _INEXACT.search(numeral) else "exact"
    if unit in _TIMES and value is not None:
        times, unit = _TIMES[unit]
        value *= times if times > 10 or value <= 10 else 1  # 八折, but 七五折
    if (unit is not None and unit[-1] == "级" and len(unit) > 1) or (unit == "级" and numeral[-1] in "百千万亿"):
        unit = unit[:-1] or None
    code = (units.code(unit) if item.measured or unit == "%" else units.annotation(unit)) if unit else None
    return modified(folded, Quantity(first, item.end, "quantity", ((first, end),), "number", value, unit, code, inside))


_INEXACT = re.compile("[余餘多来]|[几数](?=[十百千万亿])|(?<=十)几")


def _percent(value: Decimal | None, lead: str) -> Decimal | None:
    """百分之五 is 5, 千分之五 is 0.5."""
    whole = value_of(lead.partition("分")[0])
    return value * 100 / whole if value is not None and whole else value


_BEFORE = frozenset(word[-1] for word in modifiers.meanings("before")) | frozenset(
    "达到了至为在有是币成设造育进增现展办织排建加地出要需"
)
_AFTER = frozenset(word[0] for word in modifiers.meanings("after"))


_SURPASSES = re.compile(r"[上过](?=[百千万亿])|(?<![通经超越])过(?=(?:[0-9.]++|[一二三四五六七八九十]++)[百千万]?亿)")
"""上千, 过百: only before a bare magnitude; 过50亿 only of hundreds of millions, for 举办过5届 is no measure."""


def modified(folded: str, quantity: Quantity) -> Quantity:
    """The quantity with what the words about it say; the one at the left tells more than the one at the right."""
    start, end = quantity.start, quantity.end
    spans: list[Span] = []
    modifier = quantity.modifier
    if folded[end : end + 1] in _AFTER and (after := modifiers.after().match(folded, end)):
        spans.append(after.span())
        modifier = modifiers.meanings("after")[after.group()]
    if folded[start - 1 : start] in _BEFORE and (
        before := modifiers.before().search(folded, max(0, start - modifiers.WIDEST), start)
    ):
        word = before.group(1)
        if not (word in modifiers.weak() and (spans or modifier != "exact")):
            modifier = modifiers.meanings("before")[word]
        spans.insert(0, before.span(1))
    elif start and _SURPASSES.match(folded, start - 1, end):
        spans.insert(0, (start - 1, start))
        modifier = "over"
    return quantity._replace(modifier=modifier, modifier_spans=tuple(spans)) if spans else quantity
