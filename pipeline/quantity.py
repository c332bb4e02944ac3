"""Numerals, scales, units and modifiers in a string -> quantities, and every other numeral with its role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache
from typing import Any, Literal

from pipeline import modifiers, units
from pipeline.contracts import Modifier, NumeralRole, Span
from pipeline.lexicon import Row, load
from pipeline.numerals import plain, value_of
from pipeline.text import fold
from pipeline.words import any_of

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


class Phrase(Row):
    """Set phrases that hold a numeral and count nothing."""

    role: Literal["name", "idiom", "ordinal", "date"]
    words: tuple[str, ...]


# --- numerals ---
_D = "[〇零○一二两三四五六七八九壹贰貳叁叄肆伍陆陸柒捌玖]"
_SCALE = "(?:[十拾]|[百佰](?!分)|[千仟](?![瓦米克伏卡赫帕焦])|[万萬](?!分之)|[亿億]|兆(?![瓦赫帕字光比焦欧]))"
_CHINESE = rf"(?:[几数](?=[十百千万亿])|{_D}|{_SCALE})(?:[余多几]?{_SCALE}|{_D})*(?:点[〇零○一二三四五六七八九]+[万亿]*)?"
_ARABIC = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:[余多几]?{_SCALE}(?:零?[0-9]+(?=[百千万]))?)*"
_N = rf"(?:{_ARABIC}|{_CHINESE})(?:[余多来](?=[\u4e00-\u9fff]))?"
_NUMERAL = re.compile(rf"{_ARABIC}|{_CHINESE}|几|若干")
_S = " ?"

# --- dates ---
_TO = f"{_S}(?:[-—–~、]{{1,2}}|至|到|和|与){_S}"
_YEAR = "(?:(?:19|20)[0-9]{2}|[一二][〇○零0一二三四五六七八九]{3})"
_MONTH = "(?:[0-9]{1,2}|十[一二]|[一二三四五六七八九十])"
_DAY = "(?:[0-9]{1,2}|[一二三]?十?[一二三四五六七八九十])"
_DATE = "|".join(
    [
        rf"{_YEAR}{_S}年?(?:{_TO}{_YEAR}{_S}年?)+",
        rf"{_YEAR}{_S}年(?:{_S}{_MONTH}(?:{_TO}{_MONTH})?{_S}月份?(?:{_S}{_DAY}{_S}日)?)?",
        rf"{_MONTH}(?:{_TO}{_MONTH})*{_S}月份?(?:{_S}{_DAY}(?:{_TO}{_DAY})?{_S}日)?",
        rf"{_DAY}(?:{_TO}{_DAY})?日",
        rf"[第前]?[一二三四1-4](?:{_TO}[一二三四1-4])*个?季度",
        r"[0-9]{1,2}:[0-9]{2}",
        r"(?:[0-9]{2}|[一二三四五六七八九十]{1,3})世纪(?:[2-9二三四五六七八九][0十]年代)?|[2-9二三四五六七八九][0十]年代",
        r"十[一二三四五六七]五(?![年个家])|[八九十]五(?=[”\"]?(?:期间|时期|规划|计划|末|以来))",
        rf"(?:(?<=过去)|(?<=今后)|(?<=未来)|(?<=[近前后这此头])){_N}年(?![度级])|{_N}年(?=来|间|以来|行动|规划)",
        r"一年(?!级)",
    ]
)
_ORDINAL = rf"第{_S}{_N}|[一二三四五六七八九十]+(?=届|期)|[0-9]{{1,2}}(?=届)"
_RANK = (
    rf"第{_S}(?:{_N})(?:位|名)?(?=[，。、；,;!！）)”\"和与及\s]|$)|前(?:{_N})(?:位|名)?(?=[，。、；,;!！）)”\"\s]|$)|首位|榜首|之首"
)
_MARKER = (
    r"(?<=\n)(?:[0-9]{1,2}(?=[.、])|[一二三四五六七八九十]{1,3}(?=、))|(?<=[(])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?=[)])"
    r"|(?<=[\n 。;:])[一二三四五六七八九十]{1,3}(?=是)"
)
_REFERENCE = r"(?<=[\[〔【])[0-9]{1,3}(?=[\]〕】])"
_NAME = (
    rf"(?<=[A-Za-z])[0-9.]+|[0-9.]+(?=[A-Za-z](?!m|g|W|V|\b))|(?:{_N})(?=\+|强|号|环)"
    rf"|(?<=\+)(?:{_N})|[一二三四五六七八九两](?=[^\W\d_]{{1,2}}[一二三四五六七八九两][^\W\d_])"
)


@cache
def _pattern() -> re.Pattern[str]:
    unit = f"(?:{units.pattern()})"
    forms = {
        "reference": _REFERENCE,
        "marker": _MARKER,
        "date": _DATE,
        "rank": _RANK,
        "ordinal": _ORDINAL,
        "ratio": rf"{_N}(?::{_N}){{1,5}}(?![0-9:])",
        "range": rf"{_N}{_S}{unit}?{_S}(?:[-—–~]{{1,2}}|至|到){_S}{_N}{_S}{unit}",
        "share": rf"(?:百分之|千分之|万分之){_N}",
        "fraction": rf"{_N}分之{_N}|[0-9]{{1,3}}/[0-9]{{1,3}}(?![0-9/])",
        "multiple": r"翻(?:了)?[一两]番|翻番|翻(?:了)?一倍|翻倍|倍增",
        "name": _NAME,
        "plain": rf"(?P<numeral>{_N}){_S}(?P<unit>{unit}|级)?|(?P<vague>几|若干)(?P<vague_unit>{unit})"
        rf"|半(?=年|天)(?P<half>年|天)|一半",
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9])(?:{any_of(word for row in load('numerals', 'phrase', Phrase) for word in row.words)})")


@cache
def _roles() -> dict[str, NumeralRole]:
    return {word: row.role for row in load("numerals", "phrase", Phrase) for word in row.words}


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"({modifiers.pattern('before')})(?:达到?|了|到|至|为)?(?:人民币)?$")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(modifiers.pattern("after"))


_STARTS = re.compile("[0-9〇零○一二两三四五六七八九十百千万亿壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億兆几数若第前翻倍首榜之半]")
_AFTER_WIDTH = 4
_BEFORE_WIDTH = 8


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every numeral of `text[start:end]`, Arabic or Chinese, exactly once, in reading order, with absolute offsets."""
    folded = fold(text[start:end])
    phrases = [(m.start(), m.end(), _roles()[m.group()]) for m in _phrases().finditer(folded)]
    phrases.append((len(folded), len(folded), "idiom"))
    at, n, pattern = 0, 0, _pattern()
    while found := _STARTS.search(folded, at):
        at = found.start()
        while phrases[n][1] <= at:
            n += 1
        if phrases[n][0] <= at:
            yield from _others(folded, start, at, phrases[n][1], phrases[n][2])
            at = phrases[n][1]
            continue
        match = pattern.match(folded, at)
        if match is None or match.end() == at:
            at += 1
            continue
        kind = str(match.lastgroup)
        if kind in ("reference", "marker", "date", "ordinal", "name"):
            yield from _others(folded, start, at, match.end(), kind)  # type: ignore[arg-type]
        else:
            yield _quantity(folded, start, match)
        at = match.end()


def _others(folded: str, offset: int, at: int, end: int, role: NumeralRole) -> Iterator[Quantity]:
    """Every numeral of a span that counts nothing."""
    for numeral in _NUMERAL.finditer(folded, at, end):
        span = (numeral.start() + offset, numeral.end() + offset)
        yield Quantity(*span, role, (span,), value=value_of(numeral.group()))


_ROUGH = Context(prec=15)


def _quantity(folded: str, offset: int, match: re.Match[str]) -> Quantity:
    surface = match.group()
    spans = tuple((m.start() + offset, m.end() + offset) for m in _NUMERAL.finditer(folded, match.start(), match.end()))
    numerals = [value_of(folded[a - offset : b - offset]) for a, b in spans]
    values = tuple(v for v in numerals if v is not None)
    start, end = match.start() + offset, match.end() + offset
    kind = next((name for name in ("ratio", "range", "rank") if match[name]), None)
    plain_one = Quantity(start, end, "quantity", spans)
    if kind == "ratio":
        return replace(plain_one, shape="ratio", value=values)
    if kind == "range":
        unit = next(iter(re.findall(f"(?:{units.pattern()})$", surface)), None)
        return _modified(folded, offset, replace(plain_one, shape="range", value=values, unit=unit, code=units.code(unit or "")))
    if kind == "rank":
        value = values[0] if values else Decimal(1)
        found = replace(plain_one, shape="rank", value=value, unit="位", code="{位}")
        return replace(found, modifier="at_most") if surface[0] == "前" else found
    if match["share"]:
        power = {"百": 0, "千": 1, "万": 2}[surface[0]]
        value = values[-1].scaleb(-power)
        return _modified(folded, offset, replace(plain_one, numerals=spans[-1:], value=value, unit="%", code="%"))
    if match["fraction"]:
        above, below = (values[1], values[0]) if "之" in surface else (values[0], values[1])
        if not below:
            return replace(plain_one, role="unexplained")
        return _modified(folded, offset, replace(plain_one, shape="fraction", value=_ROUGH.divide(above, below)))
    if match["multiple"]:
        value = Decimal(4) if "两" in surface else Decimal(2)
        return replace(plain_one, shape="multiple", value=value, unit="倍", code="{倍}")
    return _modified(folded, offset, _plain(match, plain_one, values))


def _plain(match: re.Match[str], bare: Quantity, values: tuple[Decimal, ...]) -> Quantity:
    surface, unit = match.group(), match["unit"] or match["vague_unit"] or match["half"]
    if match["half"]:
        return replace(bare, value=Decimal("0.5"), unit=unit, code=units.code(unit))
    if surface == "一半":
        return replace(bare, shape="fraction", value=Decimal("0.5"))
    value = values[0] if values else None
    inside: Modifier = "over" if re.search("[余多]|^[几数](?=[十百千万亿])", surface) else "exact"
    if unit == "成" and value is not None:
        value, unit = value * 10, "%"
    if unit == "级" and re.search("[百千万亿]级", surface):
        unit = None
    found = replace(bare, value=value, unit=unit, code=units.code(unit) if unit else None, modifier=inside)
    if unit is None and not re.search("[0-9百千万亿]", surface):
        return replace(found, role="unexplained")
    return found


def _modified(folded: str, offset: int, quantity: Quantity) -> Quantity:
    start, end = quantity.start - offset, quantity.end - offset
    spans = []
    modifier = quantity.modifier
    if after := _after().match(folded, end):
        spans.append((after.start() + offset, after.end() + offset))
        modifier = modifiers.meanings("after")[after.group()]
    before_at = max(0, start - _BEFORE_WIDTH)
    if before := _before().search(folded[before_at:start]):
        spans.append((before_at + before.start() + offset, before_at + before.end(1) + offset))
        modifier = modifiers.meanings("before")[before.group(1)]
    elif folded[max(0, start - 1) : start] in ("上", "过") and folded[start] in "百千万亿":
        spans.append((start - 1 + offset, start + offset))
        modifier = "over"
    return replace(quantity, modifier=modifier, modifier_spans=tuple(sorted(spans))) if spans else quantity


def as_records(line: str) -> Iterator[dict[str, Any]]:
    """Every number of a line, as `zhengbao quantities` prints it: the contract's fields, numbers as decimal strings."""
    for quantity in scan(line):
        record: dict[str, Any] = {"start": quantity.start, "end": quantity.end, "text": line[quantity.start : quantity.end]}
        record["role"] = quantity.role
        bounds = modifiers.interval(quantity.value, quantity.modifier)
        if isinstance(quantity.value, Decimal):
            record["value"] = plain(quantity.value)
        elif isinstance(quantity.value, tuple) and quantity.shape == "ratio":
            record["value"] = [plain(value) for value in quantity.value]
        if bounds:
            record["low"], record["high"] = bounds.low, bounds.high
        yield record | {"unit": quantity.unit, "code": quantity.code, "modifier": quantity.modifier}
