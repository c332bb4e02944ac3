"""What a quantity says of its indicator: a level, a change (which way, against what), a ratio, a multiple, a rank.

A verb of change right before a number makes it a change (增长8%, 减少18天); with 到, 至, 为 behind it the number is the level
that was reached. The words stand in lexicon/changes.toml.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims.clauses import extent
from pipeline.claims.edges import opened, verbs
from pipeline.claims.words import ChangeWord, Words
from pipeline.contracts import Direction, Indicator, Measure, Span
from pipeline.quantities.quantity import Quantity

Value = Decimal | tuple[Decimal, ...] | None


class Change(NamedTuple):
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

_SAID = 200  # characters before a change in which its sentence says what it compares with
_LEFT = 60  # characters before a number that are looked at
_RATES = ("%", "‰")
_STOPS = re.compile(r"[,;:。!?()\n]")
_TO_STOP = re.compile(rf"[\s\S]*{_STOPS.pattern}")
_ENDED = re.compile(r"[,;:。!?()、\s]")
_BRACKET = re.compile(r"\([^()]{1,8}\)")
_LINKED = re.compile(r"(?:左右|以上|以内|、|和|及|与|以及|\s)*")
_FILLER = re.compile(
    r"(?:了|约|近|分别|(?<!平)均|各|都|全部|[高低]?达到?|为|保持在?|控制在|预计|超过?|突破|不低于|不少于|至少|不超过|稳定在|(?<=[速幅])(?:完成|实现)|\s|的)+$"
)
_REACHED = re.compile("达|为|在")
_OPENS = re.compile(r"(?:增加|减少)(?![到至为])")
_CUTS = re.compile(r"(精简|压减|压缩|削减|核减|缩短|减少|降低)(?![到至为])[^占达至到为的]+$")
_NEW = re.compile(r"[新净]增?$")
_BEHIND = re.compile(r"(?:以上|左右|以内|\s)*的?(?:[高较中快低速两位数平均]{0,3})(?:速度)?(增长率|增长|增速|增幅|涨幅|降幅|递增)")
_CAGR = re.compile(r"年均(?!浓度|气温|降水|降雨|水位|PM)|年平均增|年均递增|复合增长")
_YOY = re.compile(r"同比|(?:比|较)(?:上年|去年|前年|上一年)(?:同期|实绩|年末|底|末)?|同口径|可比口径|可比价|不变价")
_BASIS = re.compile(
    r"(?:(?<![占同环对配性攀评相类可之])比(?![重例率拼武赛对选亚如值])|较(?![大快好高多强为])|(?<!不)[高快好优多低慢少]于|高出|超出|领先于?)([^,;、]{1,20})$"
)
_BESIDES = re.compile(r"(?:分别|均|还|偏|再|(?:的?平均)?(?:水平|增速|增幅|增长率)|平均)$")
_SINCE = re.compile(r"(?:自(?![贸治然主行来助动身愿]))?([^,;。]{2,20}?)(?:以来|至今),?$")
_AGAINST = re.compile(r"(?:与|同|跟)([^,;。与同跟]{2,16}?)(?:相比|比较),")
_TIMES_OF = re.compile(r"(?:相当于|达到?|约为|是|为)([^,;、是为]{1,20}?)的$")
_LAST_YEAR = re.compile(r"[上去前]年|上一年|同期")
_EARLIER = re.compile(r"\d年|末|初|前|[八九十一二三四]五")
_DOUBLED = re.compile("番|倍增|翻倍")
_FROM = re.compile(r"[由从][^,;]{0,24}$")
_TO = re.compile(
    r"[^,;由从]{0,12}?(?:增加|增长|提高|提升|上升|扩大|增|升|跃升|发展|壮大|拓展|攀升|调整|优化|下降|降低|减少|压减|压缩|缩短|缩减|降|减|变|改"
    r"|延长|回落|精简|扩展|扩容|扩|提|上调|拓宽|跃)?(?:到|至|为|成)"
)


def read(text: str, sentence: Span, quantities: Sequence[Quantity], indicators: Sequence[Indicator]) -> list[Change]:
    """The reading of each quantity of a sentence, in their order.

    `text` is the whole text folded to half width; `quantities` and `indicators` are those of the sentence, one for one.
    """
    changes: list[Change] = []
    for number, quantity in enumerate(_with_shared_unit(text, quantities)):
        previous = quantities[number - 1] if number else None
        change = _one(text, sentence, quantity, previous, changes[-1] if changes else None)
        if previous is not None and _pairs(text, sentence, previous, quantity):
            change = change._replace(pair=number - 1)
        changes.append(change)
    return changes


def _with_shared_unit(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities, `个` before a linked 个百分点 read as that (高于全国12.7个、12个百分点)."""
    for one, other in zip_longest(quantities, quantities[1:]):
        shared = other and one.unit == "个" and other.unit == "个百分点" and _LINKED.fullmatch(text, extent(one)[1], other.start)
        yield one._replace(unit=other.unit, code=other.code) if shared else one


def _pairs(text: str, sentence: Span, one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the ends of one way: 由A增加至B, 从A提高到B."""
    start, end = extent(one)
    if other.start - end > 40:
        return False
    before = text[max(sentence[0], start - 30) : start]
    return bool(_TO.match(text[end : other.start]) and _FROM.search(before))


def _one(text: str, sentence: Span, quantity: Quantity, previous: Quantity | None, last: Change | None) -> Change:
    """One quantity, with the one before it, whose reading it shares where nothing but `、` parts them."""
    low, high = extent(quantity)
    begin = max(sentence[0], low - _LEFT, previous.end if previous else 0)
    plain = Change("level", None, None, quantity.value, quantity.unit)
    if quantity.shape in ("rank", "ratio"):
        return plain._replace(measure="rank" if quantity.shape == "rank" else "ratio")
    linked = previous is not None and _LINKED.fullmatch(text, begin, low) and (quantity.unit in _RATES) == (previous.unit in _RATES)
    if last and linked and last.measure in ("change_rate", "change_amount", "multiple"):
        return _like(last, quantity)
    start = _start(text, begin, low)
    if quantity.shape == "multiple" or quantity.unit == "倍":
        return _multiple(text, quantity, begin, low, plain, _compared(text, sentence, start, low))
    word = _word(text, begin, low) or _behind(text, high, sentence[1])
    if quantity.unit and quantity.unit.endswith("百分点"):
        direction = _DIRECTION.get(word or "") or _above(text, begin, low) or (last.direction if last else None)
        return plain._replace(measure="change_amount", direction=direction, basis=_compared(text, sentence, start, low))
    if quantity.unit in _RATES or quantity.shape == "fraction" or text[quantity.start : quantity.end] == "一半":
        if not word and quantity.unit in _RATES and _NEW.search(text, begin, low):
            word = "增"
        if not word and quantity.unit in _RATES:
            word = _cutting(text, start, low)
        if not word:
            return plain
        return plain._replace(measure="change_rate", direction=_DIRECTION[word], basis=_compared(text, sentence, start, low))
    direction = _amount(text, begin, start, low, high, word, bool(previous))
    if not direction and (opening := _opening(text, start, low)):
        return plain._replace(measure="change_amount", direction=_DIRECTION[opening])
    if not direction:
        return plain
    return plain._replace(measure="change_amount", direction=direction, basis=_compared(text, sentence, start, low))


def _like(last: Change, quantity: Quantity) -> Change:
    """A quantity that shares the reading of the one before it: of 增长2.5倍和4倍 both are per cent."""
    if last.measure == "change_rate" and quantity.unit == "倍" and isinstance(quantity.value, Decimal):
        return last._replace(value=quantity.value * 100, unit="%", pair=None)
    return last._replace(value=quantity.value, unit=quantity.unit, pair=None)


def _amount(text: str, begin: int, start: int, low: int, high: int, word: str | None, follows: bool) -> Direction | None:
    """The direction of a change in the number's own unit (企业增加18家, 比国家下达任务多安排212个村); None where it is a level.

    A verb that opens the number's own object is none (改造提升四个出入口), nor is one without a subject before it.
    """
    compared = _BASIS.search(text, begin, low) or (word and _BASIS.search(text, begin, text.rfind(word, begin, low)))
    bracket = _BRACKET.match(text, high)
    high = bracket.end() if bracket else high
    own = high < len(text) and not _ENDED.match(text, high)
    if word and (compared or not own):
        goes_on = follows and start == begin
        if not goes_on and verbs(text, opened(text, start, low), low).role in ("light", "act"):
            return None
        subject = _STOPS.split(text[begin : text.rfind(word, begin, low)])[-1].strip("、 \n")
        if compared or re.search(r"\S\S", re.sub(r"累计|全年|预计|分别", "", subject)) or (follows and not subject):
            return _DIRECTION[word]
    return _above(text, begin, low) if compared else None


def _opening(text: str, start: int, low: int) -> str | None:
    """增加 or 减少 where it opens the clause, its object before or behind the number (增加公办学位8580个)."""
    match = _OPENS.match(text, opened(text, start, low), low)
    return match[0] if match else None


def _cutting(text: str, start: int, low: int) -> str | None:
    """The verb of change that opens the clause, its object before the number (精简会议文件30%, 压缩审批时限60%)."""
    match = _CUTS.match(text, opened(text, start, low), low)
    return match[1] if match else None


def _word(text: str, begin: int, low: int) -> str | None:
    """The word of change right before the number; None where another stands between, or the level reached (提高到)."""
    filler = _FILLER.search(text, begin, low)
    end = filler.start() if filler else low
    at = _CHANGE.before(text, begin, end)
    if at == end or _NEW.search(text, begin, at):
        return None
    word = text[at:end]
    if word == "增长率" and text.endswith("自然", begin, at):
        return None
    if filler and _REACHED.search(filler[0]) and not word.endswith(("幅", "速", "率", "增长", "度")):
        return None
    if word in ("多", "少", "高", "低", "翻") and not re.search(r"[比较][^,;]{1,20}$", text[begin:at]):
        return None
    return word


def _behind(text: str, high: int, end: int) -> str | None:
    """The noun of change right behind the number: 实现15%的高增长."""
    match = _BEHIND.match(text, high, min(end, high + 16))
    return match[1] if match else None


def _above(text: str, begin: int, low: int) -> Direction | None:
    """The direction of 高于全省, 低于去年 anywhere before the number."""
    for place in range(low - 1, begin - 1, -1):
        if (end := _ABOVE.after(text, place, low)) > place and text[place - 1] != "不":
            return _DIRECTION[text[place:end]]
    return None


def _start(text: str, begin: int, low: int) -> int:
    """Where the clause begins that ends at `low`, but not before `begin`."""
    last = _TO_STOP.match(text, begin, low)
    return last.end() if last else begin


def _compared(text: str, sentence: Span, start: int, low: int) -> str:
    """What a change in the clause `[start, low)` is compared with: yoy, cagr, or the text that names it.

    A bare change is one against the year before.
    """
    if _CAGR.search(text, start, low):
        return "cagr"
    if _YOY.search(text, start, low):
        return "yoy"
    filler = _FILLER.search(text, start, low)
    end = _CHANGE.before(text, start, filler.start() if filler else low)
    if match := _BASIS.search(text, start, end):
        name = _BESIDES.sub("", match[1]) or match[1]
        return "yoy" if _LAST_YEAR.match(name) else name
    if match := _SINCE.search(text, max(sentence[0], start - 30), start):
        return match[1]
    said = [match[1] for match in _AGAINST.finditer(text, max(sentence[0], start - _SAID), start)]
    return said[-1] if said and not _LAST_YEAR.match(said[-1]) else "yoy"


def _multiple(text: str, quantity: Quantity, begin: int, low: int, plain: Change, basis: str) -> Change:
    """倍 and 翻番: of growth (增长2倍), of what was (是上年的2.1倍), of another thing (是全市平均水平的2.5倍)."""
    plain = plain._replace(measure="multiple")
    if _DOUBLED.search(text, quantity.start, quantity.end):
        return plain._replace(direction="up", basis=basis)
    word = _word(text, begin, low)
    if word and isinstance(quantity.value, Decimal):
        return plain._replace(measure="change_rate", direction=_DIRECTION[word], basis=basis, value=quantity.value * 100, unit="%")
    if not (match := _TIMES_OF.search(text, begin, low)):
        return plain
    if _LAST_YEAR.search(match[1]):
        return plain._replace(direction="up", basis="yoy")
    return plain._replace(direction="up" if _EARLIER.search(match[1]) else None, basis=match[1])
