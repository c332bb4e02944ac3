"""The period and the status of one quantity: from the times of its sentence, and from the passage that the sentence stands in."""

import re
from collections.abc import Sequence

from pipeline.claims import status
from pipeline.claims.passage import Passage
from pipeline.claims.period import Clock, Time, written
from pipeline.claims.words import VERB
from pipeline.contracts import Period, Span, Status
from pipeline.quantities.quantity import Quantity

_CLAUSE = re.compile(r"[,，;；。:：!？]")
_LISTED_ON = re.compile("[;；]")
_TO_CLAUSE = re.compile(r"[\s\S]*[,，;；:：]")
_FROM = re.compile(r"(?:由|从|自)$")
_LEAD = re.compile(
    r"(?:^|[,，;；:：、。!\s—\-“\"(（]|到|至|截至|截止|在|于|预计|力争|确保|特别是|其中|争取|努力|实现|完成|计划|拟|我[市区县省州]"
    r"|全[市区县省国州])$"
)
_BY_THEN = re.compile(r"(?:截至|截止|到|至)$")
_CLOSE = re.compile(r"(?:末|底|年底|年末)?的?[^,，;；。:：、0-9一-龥]{0,2}(?:不足|仅|约|近|超过?|突破|平均)?的?")
_REACHED = re.compile(r"(?:[到至]|达到?|突破|超过?|为|总[数量]|数量|率|比重?)[^,，]{0,4}$|(?:拥有|现有|共有|已有)[^,，]{0,16}$")
_STOCK = re.compile(r"余额|存[款量]|保有量|总人口|户籍人口|常住人口|年限|寿命|拥有量")
_SUMMED = re.compile(
    r"累计|合计|年均|每年|平均|总共|共计|新增|完成|投[资入]|支出|引进|引资|签约|接待|减[免税]|培训|争取|发放|安排|建成(?!区)|新建|改造|实施|拆|整治|销售额?"
)
_YEARLY = re.compile(
    r"(?:人均[^,，]{0,8}(?:收入|生产总值|GDP)|居民收入|纯收入|生产总值|GDP|增加值|预算收入|财政收入|零售总额|进出口(?:总额|总值)?)"
    r"(?:预计|实际|已|首次|连续[^,，]{1,2}年)?(?:完成|实现|突?破|过|跨越|迈上|约|近)*$"
)
_OF_ALL_YEARS = re.compile(r"累计|合计|年均|每年|[五三四十5]年|(?<!公)共|新增")
_RANKED = re.compile(r"[^,，]{0,4}连续[^,，]{1,4}年|[位居列排跃跻稳均全名保蝉]")
_GAINED = re.compile(r"累计|年均|新[增建改]|供应|出让|增[速幅量长]|[降涨]幅|[提改]升|改善|增加|完成")
_LINK = re.compile(r"(?:以上|左右|多)?(?:、|和|及|与)(?:近|约|超过?|突破)?")
_LISTED = re.compile(r"(?:以上|左右|多)?、([^、,，;；。:：]{2,12})")
_DECADE = 10
_REACH = 24  # characters behind a quantity in which a part of the year may be named (147个项目上半年全部开工)


def of(
    text: str, sentence: Span, quantity: Quantity, after: int, times: Sequence[Time], passage: Passage, clock: Clock
) -> tuple[Period | None, Status]:
    """The period and status of a quantity. `times` are those of its sentence, `after` is where the quantity before it ends."""
    near = _near(text, quantity, after, times)
    if near:
        return _period(near, passage, clock), _status(near, passage, clock)
    clause = _clause(text, sentence[0], quantity.start)
    turn = status.turn(text, clause, quantity.start) or status.turn(text, sentence[0], quantity.start, "then")
    governing = _governing(text, quantity, times)
    when = _period(governing, passage, clock) if governing else _year(passage)
    if turn == "standard" and passage.status == "actual":
        return when, "reference"
    told = _status(governing, passage, clock) if governing else passage.status
    if turn in ("future", "then") and told == "actual":
        return None, "planned"
    if governing:
        return when, told
    if turn == "past" and passage.status == "planned" and clock.plan and passage.first is not None:
        return written(clock.plan - 1, clock.plan - 1), "actual"
    part = _part_behind(text, quantity, times) if passage.status == "planned" else None
    return (_period(part, passage, clock) if part else when), passage.status


def is_dated(text: str, quantity: Quantity, after: int, times: Sequence[Time]) -> bool:
    """Whether a time right before the quantity belongs to it alone."""
    return _near(text, quantity, after, times) is not None


def baseline(quantity: Quantity, times: Sequence[Time], passage: Passage, clock: Clock) -> Period | None:
    """The one year before a quantity that its sentence compares with; None where there are none or several."""
    compared = [time for time in times if time.end <= quantity.start and time.use == "compared"]
    return _period(compared[0], passage, clock) if len(compared) == 1 else None


def reached(text: str, sentence: Span, quantity: Quantity, times: Sequence[Time], passage: Passage) -> int | None:
    """The last of the years that are reviewed, where a quantity tells how things stood at their end (增至411家, 比重达到28%,
    居全省第三) and is no sum of them nor the rank of one; else None."""
    time = _governing(text, quantity, times)
    first, last = (time.first, time.last) if time and not time.span else (passage.first, passage.last)
    if time and time.span and passage.status == "actual" and last is not None:
        first = last - time.span + 1
    if first == last or last is None or is_dated(text, quantity, sentence[0], times):
        return None
    begin = _clause(text, sentence[0], quantity.start)
    if quantity.shape == "rank":
        begin = _clause(text, sentence[0], begin - 1) if begin > sentence[0] and _RANKED.match(text, begin) else begin
        return None if _GAINED.search(text, begin, quantity.start) else last
    clause = text[begin : quantity.start]
    if (quantity.unit or "").endswith("元") and _YEARLY.search(clause) and not _OF_ALL_YEARS.search(clause):
        return last  # a flow that is told by the year, as it was in the last
    stands = quantity.shape == "ratio" or quantity.unit in ("%", "‰") or _STOCK.search(clause) or _REACHED.search(clause)
    return last if stands and not _SUMMED.search(clause) else None


def goes_on(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether a quantity stands in one list with the one before, with nothing between (城乡低保标准提高到815元和615元) or with its
    noun alone (社会组织超过1万家、专业社工8230人)."""
    listed = _LISTED.fullmatch(text, one.end, other.start)
    if listed and other.shape == one.shape == "number" and (other.unit or "") not in "%个百分点":
        start, end = listed.span(1)
        return not _SUMMED.search(text, start, end) and VERB.inside(text, start, end) == end
    return other.unit == one.unit and _LINK.fullmatch(text, one.end, other.start) is not None


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause that holds `end` begins."""
    last = _TO_CLAUSE.match(text, start, end)
    return last.end() if last else start


def _near(text: str, quantity: Quantity, after: int, times: Sequence[Time]) -> Time | None:
    """A time that stands right before the quantity and belongs to it alone: 由2016年的A调整为2020年的B, 比上年190天."""
    before = [time for time in times if after <= time.start and time.end <= quantity.start]
    if not before or (before[-1].first is None and not before[-1].away) or before[-1].use not in ("stands", "compared"):
        return None
    last = before[-1]
    gap = text[last.end : quantity.start]
    if not _CLOSE.fullmatch(gap):
        return None
    if last.use == "compared" and _is_relative(quantity):
        return None
    return last if "的" in gap or last.use == "compared" or _FROM.search(text[max(0, last.start - 2) : last.start]) else None


def is_of_years(period: Period | None) -> bool:
    """Whether a period is one of several years."""
    return period is not None and len(period) == len("2016/2020")


def over_years(text: str, period: Period | None, sentence: Sequence[Time], passage: Passage, end: int) -> Period | None:
    """The years that a yearly average runs over: not the last of them alone, where the sentence or the passage names the first."""
    if period is None or len(period) != 4:
        return period
    last = int(period)
    for time in sentence:
        base = time.use == "compared" or _FROM.search(text, max(0, time.start - 2), time.start)
        if time.end <= end and base and time.last is not None and 1 < last - time.last <= _DECADE:
            return written(time.last + 1, last)
    return written(passage.first, last) if passage.first is not None and passage.first < last == passage.last else period


def _is_relative(quantity: Quantity) -> bool:
    return quantity.shape in ("multiple", "fraction") or (quantity.unit or "").endswith(("%", "百分点", "倍"))


def _governing(text: str, quantity: Quantity, times: Sequence[Time]) -> Time | None:
    """The last time before the quantity that reaches to it: in its clause, or from a clause's beginning to the sentence's end, but
    五年 only to the next item of a list."""
    for time in reversed(times):
        if time.end > quantity.start or time.use != "stands" or time.away:
            continue
        before = text[max(0, time.start - 4) : time.start]
        if _FROM.search(before) or (_single_month(time) and not _BY_THEN.search(before)):
            continue
        if time.span and _LISTED_ON.search(text, time.end, quantity.start):
            continue
        if _LEAD.search(before) or not _CLAUSE.search(text, time.end, quantity.start):
            return time
    return None


def _single_month(time: Time) -> bool:
    return time.months is not None and time.months[0] == time.months[1]


def _part_behind(text: str, quantity: Quantity, times: Sequence[Time]) -> Time | None:
    for time in times:
        if quantity.end <= time.start < quantity.end + _REACH and time.months and time.first is None and time.use == "stands":
            return None if _CLAUSE.search(text, quantity.end, time.start) else time
    return None


def _year_at_hand(passage: Passage, clock: Clock) -> int | None:
    """The one year that 全年 means: the passage's, or the last that a review of several years tells of."""
    if passage.first is not None and passage.first == passage.last:
        return passage.first
    return (clock.plan - (passage.status == "actual")) if clock.plan else None


def _period(time: Time, passage: Passage, clock: Clock) -> Period | None:
    if time.first is not None and time.last is not None:
        return written(time.first, time.last, time.months)
    if time.span:
        return _of_span(time.span, passage, clock)
    year = _year_at_hand(passage, clock)
    return written(year + time.away, year + time.away, time.months) if year is not None else None


def _of_span(years: int, passage: Passage, clock: Clock) -> Period | None:
    """五年累计: the years of a passage about several, else so many back or on from the year that the report plans."""
    if passage.first != passage.last or not clock.plan:
        return _year(passage)
    back = years if passage.status == "actual" else 0
    return written(clock.plan - back, clock.plan - back + years - 1)


def _year(passage: Passage) -> Period | None:
    return written(passage.first, passage.last) if passage.first is not None and passage.last is not None else None


def _status(time: Time, passage: Passage, clock: Clock) -> Status:
    """By the time where it lies wholly before the year that is planned, or not before it; else by the passage."""
    if time.first is None or time.last is None or not clock.plan:
        return "actual" if time.away < 0 else passage.status
    if time.last < clock.plan:
        return "actual"
    return "planned" if time.first >= clock.plan else passage.status
