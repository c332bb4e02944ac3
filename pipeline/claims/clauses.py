"""A sentence with its quantities -> clauses, and in each the groups of quantities with the text that belongs to them.

A clause ends at `,;:` outside of quotation marks and brackets; a quotation or bracket that holds a quantity is a clause of its own.
A group is a run of quantities with nothing but `、` or 和 between (7.5%、11%、6%): they share what stands before and behind them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.claims.edges import BLANK, BRACKETS, closed, head, opened, verbs
from pipeline.claims.words import Words, particles
from pipeline.contracts import Span
from pipeline.quantities.quantity import Quantity

_MARKS = re.compile(r"[,;:。!、()\[\]“”‘’《》「」『』〔〕【】\n]")
_NAME = 12  # a quotation up to this long is a name, whatever small number stands in it (“十大行动”)
_NESTED = 160  # a bracket that stays open longer than this is no bracket
_SPELL = re.compile(r"(?:连续|历时|时隔|提前|历经)(?:[一二三四五六七八九十\d]+年、)?$")
_BARE = re.compile(r"[十百千万亿]+(?:元|级|人)?|两位")
_SMALL = re.compile(r"[一二三四五六七八九十两]+(?:大类|大|类|种|项|级)|三次")
_THING = particles("thing")
_LINKING = ("从", "由", "为", "到", "至", "达", "在", "是", "约", "近", "长", "限")
_LINKS = Words(["、", "和", "及", "与", "以及", "或", "并", " ", "\n", "\u3000"])
_REACH = 120  # characters on either side of a quantity that are looked at


class Group(NamedTuple):
    """Quantities in a row, and the text before and behind that is theirs alone."""

    left: Span
    right: Span
    items: tuple[int, ...]


class Clause(NamedTuple):
    """A clause: its span, how deep in brackets it stands, the mark that ends it, its groups of quantities, and quantities that
    only stand in the noun of another (九大类重点民生领域支出255.5亿元) or in an adverb (连续三年)."""

    start: int
    end: int
    depth: int
    ended_by: str
    groups: tuple[Group, ...]
    asides: tuple[Group, ...]


def extent(quantity: Quantity) -> Span:
    """The quantity with the modifiers that touch it (超过20万人次以上)."""
    start, end = quantity.start, quantity.end
    for low, high in quantity.modifier_spans:
        start, end = min(start, low), max(end, high)
    return start, end


def split(text: str, sentence: Span, quantities: Sequence[Quantity]) -> Iterator[Clause]:
    """The clauses of a sentence in reading order, with their groups."""
    extents = [extent(quantity) for quantity in quantities]
    starts = [start for start, _ in extents]
    begin, depth, number = sentence[0], 0, 0
    stops = [*_stops(text, sentence, extents), (sentence[1], "。", 0)]
    for place, mark, change in stops:
        upto = bisect_left(starts, place, number)
        if upto == number:
            yield Clause(begin, place, depth, mark, (), ())
            begin, depth = place + (place < sentence[1]), max(0, depth + change)
            continue
        numbers = range(number, upto)
        aside = {n: None for n in numbers if _is_aside(text, quantities[n], extents, n, place)}
        groups = tuple(_groups(text, begin, place, [n for n in numbers if n not in aside], extents))
        asides = tuple(_aside(text, begin, place, extents, n, upto, quantities[n].shape == "rank") for n in aside)
        yield Clause(begin, place, depth, mark, groups, asides)
        begin, number = place + (place < sentence[1]), upto
        depth = max(0, depth + change)


def _is_aside(text: str, quantity: Quantity, extents: list[Span], number: int, end: int) -> bool:
    """Whether a quantity stands in the noun of another, in a name or in an adverb, and parts nothing."""
    start, stop = extents[number]
    if _SPELL.search(text, max(0, start - 8), start):
        return quantity.unit in ("年", "个月", "月", "天", "个年度")
    if _enclosed(text, start, stop):
        return True
    follows = text[stop : stop + 1]
    if text[quantity.start : quantity.end] == "一次":
        return True
    if not follows.strip(" ,;:。、()“”和及与"):
        return False
    if quantity.unit in ("年", "个月", "周") and follows != "的" and text[start - 1 : start] not in _LINKING:
        return True
    if quantity.unit is None and quantity.shape == "number" and text[start:stop].replace(".", "").isdigit():
        return True
    if _BARE.fullmatch(text, quantity.start, quantity.end) and start == quantity.start and follows != "的":
        return True
    if (quantity.unit or "").endswith("元") and follows != "的" and _THING.after(text, stop, stop + 8) > stop:
        return True
    if number + 1 >= len(extents) or extents[number + 1][0] > end or not _SMALL.fullmatch(text, quantity.start, quantity.end):
        return False
    between = text[stop : extents[number + 1][0]]
    return len(between) > 2 and not re.search("[、,;和及与]", between)


def _enclosed(text: str, start: int, stop: int) -> bool:
    """Whether a small number stands in a short quotation that is a name (“十大行动”, “千项万亿”)."""
    if text[start].isdigit():
        return False
    low = max(text.rfind("“", max(0, start - _NAME), start), text.rfind("《", max(0, start - _NAME), start))
    if low < 0 or text[low + 1 : start].find(BRACKETS[text[low]]) >= 0:
        return False
    return text.find(BRACKETS[text[low]], stop, low + _NAME + 1) > 0


def _aside(text: str, begin: int, end: int, extents: list[Span], number: int, upto: int, rank: bool) -> Group:
    """A quantity that parts nothing: it has the noun behind it, else what stands before it in the clause (全省“双第一”)."""
    start, low = extents[number]
    high = extents[number + 1][0] if number + 1 < upto else end
    stop = head(text, low, closed(text, low, high))
    if stop <= low or text[low:stop] in "”’":
        low = opened(text, _near(text, begin, start), start)
        stop = max(low, closed(text, low, start, rank))
    return Group((low, low), (low, stop), (number,))


def _stops(text: str, sentence: Span, extents: list[Span]) -> Iterator[tuple[int, str, int]]:
    """The places where a clause ends: the place, its mark, and by how much the depth changes."""
    closing: list[int] = []
    number, after = 0, 0
    for match in _MARKS.finditer(text, *sentence):
        at, mark = match.start(), match[0]
        while number < len(extents) and extents[number][1] <= at:
            number += 1
        if at < after or (number < len(extents) and extents[number][0] <= at):
            continue
        if closing and at == closing[-1]:
            closing.pop()
            yield at, mark, -1
        elif mark in BRACKETS:
            close = text.find(BRACKETS[mark], at, min(sentence[1], at + _NESTED))
            if close > 0 and _holds(text, at, close, extents[number] if number < len(extents) else None):
                closing.append(close)
                yield at, mark, 1
            elif close > 0:
                after = close + 1
        elif mark in ",;:。!" and not (mark in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
            yield at, mark, 0


def _holds(text: str, start: int, close: int, first: Span | None) -> bool:
    """Whether brackets hold a quantity of their own, and not a name with a small number in it (“十大行动”)."""
    if first is None or first[0] >= close:
        return False
    return text[start] in "([" or close - start > _NAME or text[first[0]].isdigit()


def _groups(text: str, start: int, end: int, numbers: Sequence[int], extents: list[Span]) -> Iterator[Group]:
    """The groups of one clause: what stands between two of them is shared out to the one before or the one behind."""
    if not numbers:
        return
    items, left = [numbers[0]], _near(text, start, extents[numbers[0]][0])
    for number in numbers[1:]:
        shared = _share(text, extents[items[-1]][1], extents[number][0])
        if shared is None:
            items.append(number)
            continue
        yield Group((left, extents[items[0]][0]), (extents[items[-1]][1], shared[0]), tuple(items))
        items, left = [number], shared[1]
    yield Group((left, extents[items[0]][0]), (extents[items[-1]][1], min(end, extents[items[-1]][1] + _REACH)), tuple(items))


def _goes_on(text: str, low: int, high: int) -> bool:
    """Whether a verb behind a quantity goes on from it (8亿元|新建学校3所), and opens no clause to a noun (纳入省调度的项目) and no
    noun that does something itself (12个|共建园区|引进企业5家)."""
    begin = verbs(text, opened(text, low, high), high).object
    if begin == low or text.find("的", low, high) >= 0:
        return False
    end = closed(text, low, high)
    noun = head(text, begin, end) if begin < end else end
    return noun >= end - 1 or _THING.before(text, begin, noun) == noun


def _near(text: str, start: int, end: int) -> int:
    """Where what is looked at before a quantity begins: at `start`, or in a very long clause behind a `、` within reach."""
    if end - start <= _REACH:
        return start
    return max(end - _REACH, text.find("、", end - _REACH, end) + 1)


def _share(text: str, low: int, high: int) -> Span | None:
    """Where the text behind one quantity ends and the text before the next begins; None where nothing parts them."""
    while low < high and text[low] in BLANK:
        low += 1
    relative = low < high and text[low] == "的"
    low += relative
    if low < high and text[low] in "([〔【" and (close := text.find(BRACKETS[text[low]], low, high)) > 0:
        low = close + 1
    start, end = low, high
    while not relative and (link := _LINKS.after(text, start, high)) > start:
        start = link
    if start >= high:
        return None
    if start > low or high - low > 2 * _REACH:
        return low, max(start, high - _REACH)
    while (link := _LINKS.before(text, low, end)) < end:
        end = link
    if end < high:
        return end, high
    if (comma := text.find("、", low + 2, high)) > 0:
        return comma, comma + 1
    if closed(text, low, high, rank=True) <= low or _goes_on(text, low, high):
        return low, low
    return head(text, low, closed(text, low, high)), low
