"""Coordinated nouns before a row of numbers: one for each, completed with what they share."""

import re

from pipeline.contracts import Span

Spans = tuple[Span, ...]

_COMMA = re.compile("、")
_AND = re.compile(r"以及|和|与|及")
_APART = re.compile(r"分别(?:为|达到?|完成|实现|新增|增长|下降)?")
_PER = re.compile(r"(?:万元|单位|亿元|每万元)(?:GDP|地区生产总值|生产总值|国内生产总值|规模以上工业增加值|工业增加值)")
_COMPOUND = re.compile(r"(?P<one>存)(?P<two>贷)(?=款)|(?P<three>进)(?P<four>出)(?=口)")


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
    if count == 2 and (match := _COMPOUND.match(text, low, high)):
        middle = match.start() + 1
        return [((low, middle), (match.end(), high)), ((middle, high),)]
    parts: list[Span] = []
    for match in _COMMA.finditer(text, low, high):
        parts.append((low, match.start()))
        low = match.end()
    parts.append((low, high))
    if len(parts) == count - 1:
        low, high = parts[-1]
        if match := _AND.search(text, low + 1, high - 1):
            parts[-1:] = [(low, match.start()), (match.end(), high)]
    if len(parts) != count:
        return [((parts[0][0], parts[-1][1]),)] * count
    return _completed(text, parts)


def _completed(text: str, parts: list[Span]) -> list[Spans]:
    """What all share stands with one of them: 万元GDP before the first, 居民人均可支配收入 behind the last."""
    first, last = parts[0], parts[-1]
    if match := _PER.match(text, *first):
        return [(first,), *((match.span(), part) for part in parts[1:])]
    size = first[1] - first[0]
    if size <= 3 and last[1] - last[0] > size + 2:
        return [*((part, (last[0] + size, last[1])) for part in parts[:-1]), (last,)]
    return [(part,) for part in parts]
