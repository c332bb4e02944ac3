"""What a quantity says of its indicator: a level, a change (which way, against what), a ratio, a multiple, a rank."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline import lexicon
from pipeline.claims.clauses import extent
from pipeline.claims.words import ChangeWord, Words
from pipeline.contracts import Direction, Indicator, Measure, Span
from pipeline.quantity import Quantity

Value = Decimal | tuple[Decimal, ...] | None


@dataclass(frozen=True, slots=True)
class Change:
    """How a quantity is to be read: `value` and `unit` are the quantity's own but where the measure makes them others
    (增长一倍 is 100 %); `pair` is the index of the quantity that this one grew from (由A增加至B)."""

    measure: Measure
    direction: Direction | None
    basis: str | None
    value: Value
    unit: str | None
    pair: int | None = None


_ROWS = lexicon.load("changes", "change", ChangeWord)
_DIRECTION: dict[str, Direction] = {word: row.direction for row in _ROWS for word in row.words}
_CHANGE = Words(word for row in _ROWS if row.kind == "change" for word in row.words)
_ABOVE = Words(word for row in _ROWS if row.kind == "above" for word in row.words)

_LEFT = 60
_CHANGES = ("change_rate", "change_amount")
_LINKED = re.compile(r"(?:左右|以上|以内|、|和|及|与|以及|\s)*")
_STOPS = re.compile(r"[,;:。!?()\n]")
_FILLER = re.compile(
    r"(?:了|约|近|分别|均|各|都|全部|[高低]?达到?|为|保持在?|控制在|预计|超过?|突破|不低于|不少于|至少|不超过|稳定在|\s|的)+$"
)
_NO_CHANGE_BEFORE = re.compile(r"[新净]$")
_BEHIND = re.compile(r"(?:以上|左右|以内|\s)*的?(?:[高较中快低速两位数平均]{0,3})(?:速度)?(增长率|增长|增速|增幅|涨幅|降幅|递增)")
_CAGR = re.compile(r"年均(?!浓度|气温|降水|降雨|水位|PM)|年平均增|年均递增|复合增长")
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|前年|上一年)(?:同期|实绩|年末|底|末)?|同口径|可比口径|可比价|不变价")
_BASIS = re.compile(
    r"(?:(?<![占同环对配性攀])比(?![重例率拼武赛对选亚如值])|较(?![大快好高多强为])|[高快好优多低慢少]于|高出|超出|领先于?)([^,;、]{1,20})$"
)
_SINCE = re.compile(r"(?:自(?![贸治然主行来助动身愿]))?([^,;。]{2,20}?)(?:以来|至今)[,]?$")
_MULTIPLE = re.compile(r"(?:是|为|相当于|达到?|约为)?([^,;、是为]{1,20}?)的?$")
_FROM = re.compile(r"(?:由|从)[^,;]{0,24}$")
_TO = re.compile(
    r"^[^,;由从]{0,12}?(?:增加|增长|提高|提升|上升|扩大|增|升|跃升|发展|壮大|拓展|攀升|调整|优化|下降|降低|减少|压减|压缩|缩短|缩减|降|减|变|改|延长|回落|精简|扩展|扩容|扩|提|上调|拓宽|增长|跃)?(?:到|至|为|成)"
)


def read(text: str, sentence: Span, quantities: Sequence[Quantity], indicators: Sequence[Indicator]) -> list[Change]:
    """The reading of each quantity of a sentence, in their order.

    `text` is the whole text folded to half width; `quantities` and `indicators` are those of the sentence, one for one.
    """
    changes: list[Change] = []
    for number, quantity in enumerate(quantities):
        previous = quantities[number - 1] if number else None
        changes.append(_one(text, sentence, quantity, previous, changes[-1] if changes else None))
        if previous is not None and _pairs(text, sentence, previous, quantity):
            changes[-1] = replace(changes[-1], pair=number - 1)
    return changes


def _pairs(text: str, sentence: Span, one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the ends of one way: 由A增加至B, 从A提高到B."""
    before = text[max(sentence[0], one.start - 30) : extent(one)[0]]
    between = text[extent(one)[1] : other.start]
    return bool(len(between) < 40 and _TO.match(between.replace("左右", "")) and _FROM.search(before))


def _one(text: str, sentence: Span, quantity: Quantity, previous: Quantity | None, last: Change | None) -> Change:
    """One quantity, with the one before it, whose reading it shares where nothing but `、` parts them."""
    low, high = extent(quantity)
    begin = max(sentence[0], low - _LEFT, previous.end if previous else 0)
    between = text[begin:low]
    if quantity.shape == "rank":
        return Change("rank", None, None, quantity.value, quantity.unit)
    if quantity.shape == "ratio":
        return Change("ratio", None, None, quantity.value, quantity.unit)
    if previous is not None and last is not None and _LINKED.fullmatch(between) and _alike(previous, quantity, last):
        return replace(last, value=quantity.value, unit=quantity.unit, pair=None)
    surface = text[quantity.start : quantity.end]
    if quantity.shape == "multiple" or quantity.unit == "倍":
        return _multiple(text, sentence, quantity, begin, low)
    word = _word(text, begin, low) or _behind(text, high, sentence[1])
    basis = _compared(text, sentence, begin, low)
    above = _BASIS.search(text, begin, low)
    if quantity.unit and quantity.unit.endswith("百分点"):
        direction = _DIRECTION.get(word or "") or _above(text, begin, low) or (last.direction if last else None)
        return Change("change_amount", direction, basis, quantity.value, quantity.unit)
    if word and (_rate(quantity.unit) or quantity.shape == "fraction" or surface == "一半"):
        return Change("change_rate", _DIRECTION[word], basis, quantity.value, quantity.unit)
    if word and _said_of(text, begin, low, word):
        return Change("change_amount", _DIRECTION[word], basis, quantity.value, quantity.unit)
    if above and (direction := _above(text, begin, low)) and above.start() >= begin and quantity.unit != "%":
        return Change("change_amount", direction, basis, quantity.value, quantity.unit)
    return Change("level", None, None, quantity.value, quantity.unit)


def _alike(previous: Quantity, quantity: Quantity, last: Change) -> bool:
    return last.measure in _CHANGES and _rate(quantity.unit) == _rate(previous.unit)


def _rate(unit: str | None) -> bool:
    return unit in ("%", "‰")


def _word(text: str, begin: int, low: int) -> str | None:
    """The word of change right before the number; None where another stands between, or the level reached (提高到)."""
    filler = _FILLER.search(text, begin, low)
    end = filler.start() if filler else low
    at = _CHANGE.before(text, begin, end)
    if at == end or _NO_CHANGE_BEFORE.search(text, begin, at):
        return None
    word = text[at:end]
    noun = word.endswith(("幅", "速", "率", "增长", "度"))
    if filler and re.search("达|为|在", filler[0]) and not noun:
        return None
    if len(word) == 1 and word in "多少翻" and not re.search(r"[比较][^,;]{1,20}$", text[begin:at]):
        return None
    return word


def _behind(text: str, high: int, end: int) -> str | None:
    """The noun of change right behind the number: 实现15%的高增长."""
    match = _BEHIND.match(text, high, min(end, high + 16))
    return match[1] if match else None


def _said_of(text: str, begin: int, low: int, word: str) -> bool:
    """Whether the change is said of a subject before it (企业增加18家) and does not open its own object (增加床位18张)."""
    head = text[begin:low]
    at = head.rfind(word)
    subject = _STOPS.split(head[:at])[-1]
    return bool(re.search(r"\S\S", re.sub(r"累计|全年|预计|分别", "", subject)))


def _above(text: str, begin: int, low: int) -> Direction | None:
    """The direction of 高于全省, 低于去年 anywhere before the number."""
    for place in range(low - 1, begin - 1, -1):
        if (end := _ABOVE.after(text, place, low)) > place:
            return _DIRECTION[text[place:end]]
    return None


def _compared(text: str, sentence: Span, begin: int, low: int) -> str:
    """What a change is compared with: yoy, cagr, or the text that names it."""
    start = max(begin, max((m.end() for m in _STOPS.finditer(text, begin, low)), default=begin))
    clause = text[start:low]
    if _CAGR.search(clause):
        return "cagr"
    if _YOY.search(clause):
        return "yoy"
    filler = _FILLER.search(clause)
    clause = clause[: filler.start()] if filler else clause
    at = _CHANGE.before(clause, 0, len(clause))
    if match := _BASIS.search(clause[:at]):
        name = re.sub(r"(?:分别|均|还|平均水平)$", "", match[1]) or match[1]
        return "yoy" if re.match(r"上年|去年|上一年|同期", name) else name
    if match := _SINCE.search(text[max(sentence[0], start - 30) : start]):
        return match[1]
    return "yoy"


def _multiple(text: str, sentence: Span, quantity: Quantity, begin: int, low: int) -> Change:
    """倍 and 翻番: of growth (增长2倍), of what was (是上年的2.1倍), of another thing (是全市平均水平的2.5倍)."""
    basis = _compared(text, sentence, begin, low)
    if (
        "番" in text[quantity.start : quantity.end]
        or text[quantity.start : quantity.end] in ("翻倍", "倍增")
        or "倍增" in text[quantity.start : quantity.end]
    ):
        return Change("multiple", "up", basis, quantity.value, quantity.unit)
    word = _word(text, begin, low)
    if word and isinstance(quantity.value, Decimal):
        return Change("change_rate", _DIRECTION[word], basis, quantity.value * 100, "%")
    match = _MULTIPLE.search(text[begin:low])
    name = match[1] if match and text[low - 1] == "的" else None
    if name is None:
        return Change("multiple", None, None, quantity.value, quantity.unit)
    if re.search(r"上年|去年|上一年|同期|前年", name):
        return Change("multiple", "up", "yoy", quantity.value, quantity.unit)
    return Change("multiple", "up" if re.search(r"\d年|末|初|前", name) else None, name, quantity.value, quantity.unit)
