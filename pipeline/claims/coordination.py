"""Coordinated nouns before a row of numbers: one for each, completed with what they share."""

import re
from itertools import pairwise

from pipeline.claims.words import Words, particles
from pipeline.contracts import Span

Spans = tuple[Span, ...]

DEPENDENT = particles("dependent")
_LINK = re.compile(r"、|以及|和|与|及")
_PLACE = re.compile(r"城镇|农村|城市|乡村|农民|市民|城区|乡镇|进口|出口|一产|二产|三产|第[一二三]产业|[一二三]产")
_COMMA = re.compile("、")
_AND = re.compile(r"以及|和|与|及")
_APART = re.compile(r"分别(?:为|达到?|完成|实现|新增|增长|下降)?")
PER = re.compile(
    r"(?:每?万元|单位|亿元)(?:地区生产总值|国内生产总值|生产总值|GDP|规模以上工业增加值|工业增加值)|每平方公里|每?万人|人均|亩均|地均|户均"
)
_GRADE = re.compile(r"\w{1,5}?(?:级|类)(?:以上)?")
_TAIL = re.compile(
    r"(?:人均|户均|亩均|平均|年均?|月|日均|总|毛|净|财政|最低|排放|保险|参保|贷款|存款|补助|补贴|保障|出口)*"
    r"(?:[^\W和与及的]{2}化?[量额率值]|总[量额数]|人数|标准|浓度|收入|支出|规模|面积|指数|强度|价格|余额|比例|案件|警情|利润|营收|产值|增加值)$"
)
"""A measure at the end of the last of several nouns, which all of them share (生猪、家禽|年出栏量)."""
_MEASURES = ("投资", "收入", "支出", "能耗", "水耗", "GDP", "税收", "利润", "出口", "进口", "消费", "存款", "贷款", "工资")
_OF_ALL = ("增", "降", "涨", "占比", "比重")
_ORDER = re.compile(r"第?[一二三](?!次)")
_COMPOUND = re.compile(r"(?P<one>存)(?P<two>贷)(?=款)|(?P<three>进)(?P<four>出)(?=口)|(?P<five>产)(?P<six>销)(?=[量额])")


def distributed(text: str, low: int, high: int, count: int) -> list[Spans]:
    """The noun of each of `count` numbers: one by one where the nouns are as many (水耗、电耗分别下降11%、6%), else all."""
    apart = _APART.search(text, low, high) if count > 1 else None
    nouns = _nouns(text, low, apart.start() if apart else high, count)
    if apart and apart.end() < high:
        return [(*noun, (apart.end(), high)) for noun in nouns]
    return nouns


def _nouns(text: str, low: int, high: int, count: int) -> list[Spans]:
    if count < 2:
        return [((low, high),)] * count
    if count == 2 and (match := _COMPOUND.search(text, low, high)) and (match["one"] or "分别" in text[high : high + 4]):
        middle = match.start() + 1
        before: Spans = ((low, match.start()),) if low < match.start() else ()
        return [((low, middle), (match.end(), high)), (*before, (middle, high))]
    parts: list[Span] = []
    for match in _COMMA.finditer(text, low, high):
        parts.append((low, match.start()))
        low = match.end()
    parts.append((low, high))
    if len(parts) == count - 1:
        low, high = parts[-1]
        if match := next(reversed([*_AND.finditer(text, low + 1, high - 1)]), None):
            parts[-1:] = [(low, match.start()), (match.end(), high)]
    if len(parts) != count:
        whole = (parts[0][0], parts[-1][1])
        links = [match.span() for match in _LINK.finditer(text, *whole)] if len(parts) < count else []
        if len(links) != count - 1:
            return [(whole,)] * count
        ends = [(whole[0], whole[0]), *links, (whole[1], whole[1])]
        parts = [(one[1], other[0]) for one, other in pairwise(ends)]
    return _completed(text, parts)


def _completed(text: str, parts: list[Span]) -> list[Spans]:
    """What all share stands with one of them: 万元GDP before the first, 居民人均可支配收入 or 规模 behind the last."""
    first, last = parts[0], parts[-1]
    if text[first[1] - 1] == "存" and text[last[0]] == "贷" and len(parts) == 2:  # 各项存、贷|款余额
        whole: Spans = ((first[0], first[1] - 1),) if first[1] - first[0] > 1 else ()
        return [(first, (last[0] + 1, last[1])), (*whole, last)]
    if all(high - low == 1 for low, high in parts[:-1]) and last[1] - last[0] > 2:  # 市、县|财政支出
        return [*((part, (last[0] + 1, last[1])) for part in parts[:-1]), (last,)]
    if match := PER.match(text, *first):
        return [(first,), *((part,) if PER.match(text, *part) else (match.span(), part) for part in parts[1:])]
    if (match := _PLACE.match(text, *first)) and match.end() == first[1] and (match := _PLACE.match(text, *last)):
        return [*((part, (match.end(), last[1])) for part in parts[:-1]), (last,)]
    for stem in (_GRADE, _ORDER):
        stems = [stem.match(text, *part) for part in parts]
        if stems[-1] and all(match and match.end() == part[1] for match, part in zip(stems[:-1], parts[:-1], strict=True)):
            return [*((part, (stems[-1].end(), last[1])) for part in parts[:-1]), (last,)]
    if last[1] - last[0] <= 2 and (at := _dependent(text, *first)) > first[0] + 1:
        return [(first,), *(((first[0], at), part) for part in parts[1:])]
    tail = _measure(text, *last)
    if tail == last[0]:
        return [(part,) for part in parts]
    listed = text.find("等", last[0] + 1, tail)
    ending: Spans = ((last[0], listed), (tail, last[1])) if listed > 0 else (last,)
    return [_with_measure(text, part, (tail, last[1])) for part in parts[:-1]] + [ending]


def _with_measure(text: str, part: Span, tail: Span) -> Spans:
    """A noun with the measure that the last of its list has, where it lacks one."""
    return (part, (_unsaid(text, part[1], tail[0]), tail[1])) if _lacks(text, *part, tail[0]) else (part,)


def _unsaid(text: str, end: int, tail: int) -> int:
    """Where a shared measure begins behind a noun that says its first word itself (生活补贴,护理|补贴|标准)."""
    return tail + 2 if text[end - 2 : end] == text[tail : tail + 2] else tail


def _measure(text: str, low: int, high: int) -> int:
    """Where the measure that ends a noun begins (入境游客|数量); `low` where it names none."""
    tail = _TAIL.search(text, low, high)
    named = _dependent(text, low, high)
    return named if not tail or low < named <= tail.start() + 1 else tail.start()


def _dependent(text: str, low: int, high: int) -> int:
    """The same, by the lexicon's measures alone."""
    return next((n for n in range(low + 1, high) if DEPENDENT.after(text, n, high) == high), low)


def measured(text: str, low: int, high: int) -> bool:
    """Whether a text ends with a measure."""
    return text.endswith(_MEASURES, low, high) or _TAIL.search(text, low, high) is not None


def _lacks(text: str, low: int, high: int, tail: int) -> bool:
    """Whether a noun names no measure itself, which the one at `tail` may be; a pace may be that of any (投资、消费|增速)."""
    if text[high - 1] in "额率量值数" or any(DEPENDENT.after(text, n, high) == high for n in range(low, high)):
        return False
    return text.startswith(_OF_ALL, tail) or not (text.endswith(_MEASURES, low, high) or _TAIL.search(text, low, high))


def all_of(text: str, low: int, high: int, words: Words) -> bool:
    """Whether a text is one of the words, or several of them coordinated (总量、增幅)."""
    while (upto := words.after(text, low, high)) > low:
        if upto == high:
            return True
        link = _LINK.match(text, upto, high)
        if not link:
            return False
        low = link.end()
    return False
