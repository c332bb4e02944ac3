"""Numerals, scales, units and modifiers in a string -> quantities, and every other numeral with its role.

One pass finds items (a numeral with what is glued to it), the gaps between neighbours make ranges, ratios, fractions and
lists of them, and the words around give the modifier.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from pipeline import modifiers, roles, units
from pipeline.contracts import Modifier, NumeralRole, Span
from pipeline.numerals import NUMERAL, plain, value_of
from pipeline.text import fold

Shape = Literal["number", "range", "ratio", "fraction", "multiple", "rank", "unknown"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral or a composite of numerals as it stands in a text, with what it is.

    `[start, end)` is the surface: for a quantity the numeral with its scale and unit (`500亿元`, `0.6:40.1:59.3`, `翻了一番`),
    for every other role the numeral itself. `numerals` are the numerals inside, each one entry of the ledger; a rank or
    multiple without one (榜首, 翻番) has none. `value` has the scale applied, a percent as its number; None for `几` alone.
    `modifier_spans` are the words that give the modifier outside of the surface.
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


class _Item(NamedTuple):
    """A numeral with what is glued to it; `start` and `end` hold its lead and unit too."""

    start: int
    end: int
    numeral: Span
    lead: str = ""
    unit: str | None = None
    role: NumeralRole | None = None
    measured: bool = False


_STARTS = re.compile(
    r"零下 ?(?=[0-9一二三四五六七八九十])|"
    r"[0-9〇零一二两三四五六七八九十百千万亿壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億兆几数若翻首榜之半$¥￥€£]"
    r"|[第前](?= ?[0-9〇零一二两三四五六七八九十百几])|(?<![税抱担减胜欠自肩辜])负(?=[0-9一二三四五六七八九十])|倍增"
    r"|(?<![0-9A-Za-z%)\u4e00-\u9fff])[-−](?=[0-9])|(?<=[为长降幅率达是到的由从至于])[-−](?=[0-9])|(?<![^\s,(])\.(?=[0-9])"
)
_LEADS = r"零下 ?|第 ?|(?<![目以之提空日当生先面跟向眼支])前 ?|(?:[十百千万]?[百千万亿])分之 {0,2}|[负\-−.] ?|[$¥￥€£] ?"
_UNSURE = (
    r"(?:(?<=[0十百千万亿])(?: (?=[余多]))?(?:余(?![额热粮])|多(?!元化|样|媒体|功能|边|党|少)|来(?=[个名家年天岁项]))"
    r"|(?<=[0-9])余(?=[个名家项人万亿])|(?<=十)几)?"
)
_WORDS = (
    r"(?P<multiple>翻(?:了)?(?P<times>[一两二三四五六])番|翻番|翻倍|翻了?一倍|倍增(?!计划|行动|工程|效应))"
    r"|(?P<top>首位(?!度)|榜首|之首)|(?P<half>一?半)(?P<half_unit>年|天|个月|个?小时|成)?"
)


@cache
def _item_pattern() -> re.Pattern[str]:
    label, _ = roles.labels()
    measured, counted = units.patterns()
    return re.compile(
        rf"(?P<lead>{_LEADS})?(?P<numeral>{NUMERAL}{_UNSURE}|若干|几(?=个|项|条|家|种|类|点|次|年|天|户|名|件|场|代|大|方面))"
        rf"(?: ?(?:(?P<label>{label})|(?P<measured>{measured}级?)|(?P<counted>{counted}级?|级)))?"
    )


_WORD = re.compile(_WORDS)
_NUMERAL = re.compile(f"{NUMERAL}|几|若干")
_folded = lru_cache(maxsize=2)(fold)  # a text is scanned block by block


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every numeral of `text[start:end]`, Arabic or Chinese, exactly once, in reading order, with absolute offsets."""
    folded, stop = _folded(text), len(text) if end is None else end
    items = list(_items(folded, start, stop))
    _share_units(folded, items)
    found = list(_read(folded, items, roles.quotations(folded, start, stop)))
    _share_modifiers(folded, found)
    return iter(found)


def _items(folded: str, start: int, stop: int) -> Iterator[_Item]:
    """Every numeral in order; a numeral inside of a set phrase has the phrase's role already."""
    _, label_roles = roles.labels()
    find, read = _STARTS.search, _item_pattern().match
    spans = iter([*roles.phrases(folded, start, stop), (stop + 1, stop + 1, "idiom")])
    phrase_start, phrase_end, phrase_role = next(spans)
    at = start
    while found := find(folded, at, stop):
        at = found.start()
        while phrase_end <= at:
            phrase_start, phrase_end, phrase_role = next(spans)
        if phrase_start <= at:
            for inner in _NUMERAL.finditer(folded, at, phrase_end):
                yield _Item(*inner.span(), inner.span(), role=phrase_role)
            at = phrase_end
        elif (word := _WORD.match(folded, at, stop)) and (word["half_unit"] or word["half"] != "半"):
            yield _Item(*word.span(), word.span(), lead=word.group(), unit=word["half_unit"])
            at = word.end()
        elif match := read(folded, at, stop):
            lead, _, label, measured, counted = match.groups()
            role = label_roles[label] if label else None
            yield _Item(at, match.end(), match.span(2), lead or "", label or measured or counted, role, measured is not None)
            at = match.end()
        else:
            at += 1


_LIST = frozenset("、和或及与")


def _share_units(folded: str, items: list[_Item]) -> None:
    """In a list the last one's unit is that of all (12.7个、12个百分点; 14、16号线; 第一、二产业)."""
    for n in range(len(items) - 2, -1, -1):
        here, after = items[n], items[n + 1]
        if after.start - here.end != 1 or folded[here.end] not in _LIST:
            if after.role == "date" and not here.unit and _TO.fullmatch(folded, here.end, after.start):
                items[n] = here._replace(role="date")
            continue
        if here.unit is None and here.role is None and after.role and not here.lead and not roles.numbering(folded, *here.numeral):
            items[n] = here._replace(role=after.role)
        elif after.unit == f"{here.unit}百分点":
            items[n] = here._replace(unit=after.unit, measured=True)


def _read(folded: str, items: list[_Item], quotations: list[Span]) -> Iterator[Quantity]:
    quoted, total, n = 0, len(items), 0
    while n < total:
        item = items[n]
        while quoted < len(quotations) and quotations[quoted][1] <= item.start:
            quoted += 1
        if n + 1 < total and item.role is None and items[n + 1].start - item.end <= _WIDEST_GAP:
            used, composite = _composite(folded, items, n)
            if composite:
                yield composite
                n += used
                continue
        inside = quoted < len(quotations) and quotations[quoted][0] < item.start
        yield _single(folded, items, n, inside)
        n += 1


# --- one numeral ----------------------------------------------------------------------------------------------------


def _single(folded: str, items: list[_Item], n: int, quoted: bool) -> Quantity:
    item = items[n]
    if _WORD.match(item.lead):
        return _worded(folded, item)
    role = item.role or _role(folded, items, n, quoted)
    if role == "quantity":
        return _quantity(folded, item)
    if role == "rank":
        return _ranked(folded, item)
    return Quantity(*item.numeral, role, (item.numeral,))


def _worded(folded: str, item: _Item) -> Quantity:
    """翻一番, 榜首, 一半, 半年: what is said with a word in place of a numeral."""
    start, end, lead = item.start, item.end, item.lead
    numerals = tuple(found.span() for found in _NUMERAL.finditer(folded, start, end))
    if "半" in lead:
        value = Decimal("5") if item.unit == "成" else Decimal("0.5")
        unit = "%" if item.unit == "成" else item.unit
        shape: Shape = "number" if unit else "fraction"
        half = Quantity(start, end, "quantity", numerals, shape, value, unit, units.code(unit) if unit else None)
        return _modified(folded, half)
    if lead in ("首位", "榜首", "之首"):
        return Quantity(start, end, "quantity", numerals, "rank", Decimal(1), "位", "{位}")
    times = value_of(folded[numerals[0][0] : numerals[0][1]]) if numerals and "番" in lead else None
    return Quantity(start, end, "quantity", numerals, "multiple", Decimal(2) ** (times or 1), "倍", "{倍}")


def _ranked(folded: str, item: _Item) -> Quantity:
    """第一, 第4位, 前十."""
    end = roles.rank(folded, item.start, item.numeral[1]) or item.end
    value = value_of(folded[slice(*item.numeral)])
    among: Modifier = "at_most" if item.lead[0] == "前" else "exact"
    return Quantity(item.start, end, "quantity", (item.numeral,), "rank", value, "位", "{位}", among)


def _role(folded: str, items: list[_Item], n: int, quoted: bool) -> NumeralRole | Literal["rank"]:
    """What a numeral is that no set phrase or label has told."""
    item = items[n]
    start, end = item.numeral
    numeral = folded[start:end]
    if item.lead and item.lead[0] in "第前":
        if n + 1 < len(items) and items[n + 1].role == "ordinal" and items[n + 1].start - item.end == 1:
            return "ordinal"
        return roles.place(folded, item.start, end, item.lead[0], item.unit)
    if item.lead:
        return "quantity"
    if roles.alternates(folded, item.numeral, items[n + 1].numeral if n + 1 < len(items) else None):
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


def _quantity(folded: str, item: _Item) -> Quantity:
    start, end = item.numeral
    numeral, unit, lead = folded[start:end], item.unit, item.lead
    value, first = value_of(numeral), start
    if lead.endswith(("之", " ")) and "分" in lead:
        value, unit = _percent(value, lead), "%"
        first = item.start
    elif lead[:2] == "零下":
        value, first = value_of("-" + numeral), item.start
    elif lead and lead[0] in "负-−.":
        value, first = value_of(lead[0].replace("−", "-") + numeral), item.start
    elif lead:
        unit, first = lead.strip(), item.start
        item = item._replace(measured=True)
    inside: Modifier = "over" if _INEXACT.search(numeral) else "exact"
    if unit == "成" and value is not None:
        value, unit = value * 10, "%"
    if (unit is not None and unit[-1] == "级" and len(unit) > 1) or (unit == "级" and numeral[-1] in "百千万亿"):
        unit = unit[:-1] or None
    code = (units.code(unit) if item.measured or unit == "%" else units.annotation(unit)) if unit else None
    return _modified(folded, Quantity(first, item.end, "quantity", ((first, end),), "number", value, unit, code, inside))


_INEXACT = re.compile("[余餘多来]|[几数](?=[十百千万亿])|(?<=十)几")


def _percent(value: Decimal | None, lead: str) -> Decimal | None:
    """百分之五 is 5, 千分之五 is 0.5."""
    whole = value_of(lead.partition("分")[0])
    return value * 100 / whole if value is not None and whole else value


# --- several ---------------------------------------------------------------------------------------------------------

_WIDEST_GAP = 8
_ROUGH = Context(prec=15)
_TO = re.compile(r" ?(?:[-—–~―]{1,2}|至|到) ?")
_RATIO = re.compile(r" ?[:∶] ?")
_OVER = re.compile(r" ?分 {0,2}之 {0,2}")
_BETWEEN = re.compile(r"[和与到至-]")
_APART = re.compile(r"以上[,、]? ?")


def _composite(folded: str, items: list[_Item], n: int) -> tuple[int, Quantity | None]:
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
    if (_OVER.fullmatch(gap) and not left.unit) or (gap == "/" and not left.unit and not left.lead):
        return 2, _fraction(folded, left, right, gap == "/")
    if _TO.fullmatch(gap) or (_BETWEEN.fullmatch(gap) and folded.startswith("之间", right.end)) or _APART.fullmatch(gap):
        return 2, _range(folded, left, right)
    return 0, None


def _ratio(folded: str, items: list[_Item], n: int) -> tuple[int, Quantity | None]:
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


def _stamp(folded: str, items: list[_Item], n: int) -> Quantity | None:
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


def _coins(folded: str, items: list[_Item], n: int) -> tuple[int, Quantity | None]:
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


def _fraction(folded: str, left: _Item, right: _Item, stroke: bool) -> Quantity | None:
    one, two = (value_of(folded[slice(*item.numeral)]) for item in (left, right))
    above, below = (one, two) if stroke else (two, one)
    if stroke and not roles.fraction(folded, left.start, right.numeral[1]):
        return None
    if above is None or not below:
        return None
    role: NumeralRole = "quantity" if above == above.to_integral_value() else "unexplained"  # 五百分之2.2 is no share
    numerals = (left.numeral, right.numeral)
    return _modified(folded, Quantity(left.start, right.numeral[1], role, numerals, "fraction", _ROUGH.divide(above, below)))


def _range(folded: str, left: _Item, right: _Item) -> Quantity | None:
    low, high = _quantity(folded, left), _quantity(folded, right)
    between = folded.startswith("之间", right.end)
    unit = right.unit if right.lead == "" else high.unit
    if not isinstance(low.value, Decimal) or not isinstance(high.value, Decimal):
        return None
    between = between or (folded[left.end] == "以" and folded.startswith("以下", right.end))
    if (unit is None and not between) or (left.unit not in (None, unit) and low.unit != high.unit):
        return None
    if unit == "年" and roles.is_year(folded[slice(*right.numeral)]):
        return None
    if unit and roles.led_from(folded, left.start):
        return None
    bottom = low.value * _missing_scale(folded, left, right)
    if bottom > high.value:
        return None
    spans = (left.numeral, right.numeral)
    found = Quantity(low.start, high.end, "quantity", spans, "range", (bottom, high.value), high.unit, high.code)
    return _modified(folded, found)


def _missing_scale(folded: str, left: _Item, right: _Item) -> Decimal:
    """3-5万 is 30000 to 50000: what the left number is multiplied by where only the right one has a scale."""
    one, two = folded[slice(*left.numeral)], folded[slice(*right.numeral)]
    scale = re.search("[百千万亿]+$", two)
    if not scale or re.search("[百千万亿]", one) or not one[:1].isascii():
        return Decimal(1)
    mantissa = value_of(two[: scale.start()])
    below = value_of(one)
    return value_of(scale.group()) or Decimal(1) if mantissa is not None and below is not None and below < mantissa else Decimal(1)


# --- modifiers -------------------------------------------------------------------------------------------------------


_BEFORE = frozenset(word[-1] for word in modifiers.meanings("before")) | frozenset(
    "达到了至为在有是币成设造育进增现展办织排建加地出要需"
)
_AFTER = frozenset(word[0] for word in modifiers.meanings("after"))


def _modified(folded: str, quantity: Quantity) -> Quantity:
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
    elif start and folded[start - 1] in "上过" and folded[start] in "百千万亿":
        spans.insert(0, (start - 1, start))
        modifier = "over"
    return replace(quantity, modifier=modifier, modifier_spans=tuple(spans)) if spans else quantity


def _share_modifiers(folded: str, found: list[Quantity]) -> None:
    """In a bare list the last one's wording is that of all (3%、3%、2%左右)."""
    for n in range(len(found) - 2, -1, -1):
        here, after = found[n], found[n + 1]
        if (
            after.start - here.end == 1
            and after.modifier_spans
            and after.modifier_spans[-1][0] >= after.end
            and not here.modifier_spans
            and here.unit == after.unit
            and folded[here.end] in _LIST
        ):
            found[n] = replace(here, modifier=after.modifier, modifier_spans=after.modifier_spans)


def as_records(line: str) -> Iterator[dict[str, Any]]:
    """Every number of a line, as `zhengbao quantities` prints it: the contract's fields, numbers as decimal strings.

    A composite is followed by the numbers that it is made of, each with its own place and value.
    """
    for found in scan(line):
        yield _record(line, found)
        if len(found.numerals) > 1:
            for start, end in found.numerals:
                yield _record(line, replace(found, start=start, end=end, value=value_of(line[start:end]), modifier="exact"))


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
