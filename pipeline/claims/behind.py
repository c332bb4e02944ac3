"""The indicator whose noun stands behind its number (新增7个公园): with the verb before the number, and a noun between."""

import re
from typing import NamedTuple

from pipeline.claims import before
from pipeline.claims.coordination import DEPENDENT
from pipeline.claims.edges import ACT, ADJUNCT, ADVERB, BLANK, BRACKETS, THING, closed, head, last_verb, opened, verbs
from pipeline.claims.slot import COUNTERS, GENERIC, Phrase, Slot, Spans
from pipeline.claims.words import VERB, VERBS, VerbRole
from pipeline.contracts import Span

_LISTED = re.compile(r"等(?:地|人|方面|领域|一批|多个|重点|一系列|\d*大)?$")
_GROWTH = re.compile(r"的?(?:预期)?(?:[高较中]?[快低]?速?(?:增长率|增长|增速|增幅|速度|涨幅|降幅|水平|比例|目标|任务|幅度|区间))")
_GOES_ON = re.compile(r"用于|投向|部分|等(?!级)|安排|专项用于|[后时来起]$|不等|不变|的?基础上|为止|以来")
_STEP = re.compile(r"(?:[十百千万亿]{1,2}元?级?)?[新大]?(?:台阶|关口|大关|门槛)")
_TAIL = re.compile(r"的?(?:任务|工作|目标)$")
_OF_KIND = re.compile("具有|拥有|符合|满足|具备")
_COUNTED_ACTS = (*GENERIC, "任务", "目标", "战略")
_LEADING = re.compile(r"为(?:重点|抓手|支撑|载体|龙头|突破口|核心|依托|引领|主)$")
_PLACED = re.compile(
    r"、?(?:数量|规模|总量|总数|金额)?均?(?:[位稳]?居|[位名]列|排名?|跻身|处于)(?:全|世界|国内|[东中西]|第)[^、率量额值]{0,6}$"
)
_WIDENED = re.compile(r"(?:扩[大展]|拓展)到$")
_DOES = re.compile("获(?!得?[0-9])|被|入选|列入|纳入|跻身|进入|入围|上榜|荣获|向|达到|实现|完成|成为|评为|登陆|通过|当选")
_DONE_TO = re.compile("被|入选|获评|获批|纳入|列入|入围|荣获")
_DONE = re.compile(r"(?:全部|全面|按期|如期|按时|顺利|基本|圆满|已)+完成$")
_SIZES = ("投资", "占地", "全长", "长", "年产", "日产", "日处理", "日供水")
_LONG = 8  # characters of a noun that is as good as a clause
_COUNTED_UP = re.compile(r"(?:一批|共|共计|累计|不少于|超过|至少|[只仅现共拥还仍尚]有)$")
_REACHED = re.compile(r"达|为|增[至加长]|[提升降][高升至低]?[到至]|突破|超过|下降|控制|稳定|保持")


def tail(slot: Slot) -> Span | None:
    """What stands behind the group, without the particle that joins it."""
    text, (low, high) = slot.text, slot.group.right
    while low < high and (text[low] in BLANK or text[low] == "的"):
        low += 1
    if low < high and text[low] in "([〔【":
        close = text.find(BRACKETS[text[low]], low, high)
        low = close + 1 if close > 0 else high
    if low < high and text[low] == "、":
        return None
    while low < high and (text[high - 1] in BLANK or text[high - 1] in "、"):
        high -= 1
    return (low, high) if high > low and text[low:high] not in "”’" else None


def stands(slot: Slot, low: int, high: int, right: Span) -> bool:
    """Whether what is measured stands behind the number (7个公园) and not before it (公园7个)."""
    text = slot.text
    if slot.first.shape in ("rank", "multiple") or _GOES_ON.match(text, *right):
        return False
    if slot.first.unit not in COUNTERS and _GROWTH.match(text, *right):
        return False
    if _STEP.fullmatch(text, *right):
        return False
    if low >= high or text[right[0] - 1] == "的":
        return True
    core = closed(text, low, high)
    if low < core < high and _REACHED.match(text, core, high):
        return text[core:high] == "为" and (ADVERB.after(text, low, core) == core or text.find("提供", *right) > 0)
    if _LISTED.search(text, low, core + 1) or _OF_KIND.match(text, *right):
        return True
    if slot.first.unit != "%" and slot.group.right[1] == slot.clause.end and text.endswith(_COUNTED_ACTS, *right):
        return True
    opening = verbs(text, low, core)
    return not (low < opening.object < core - 1 and verbs(text, *right).object > right[0])


def phrases(slot: Slot, low: int, high: int, right: Span, count: int) -> list[Phrase]:
    """The phrase of each of `count` quantities by the noun at `right` behind the last of them.

    It is the noun of all (57条50公里道路), or of the second of two where the first has its own (培训1万人次、3900名青年参加见习).
    """
    opening = verbs(slot.text, low, high)
    if count > 1 and slot.text[right[0] - 1] != "的" and (owned := _capacity(slot, low, high, right)):
        return [owned, *[_behind(slot, low, low, right)] * (count - 1)]
    listed = slot.text.find("、", slot.group.left[1], slot.group.right[0]) > 0
    two = count == 2 and listed and slot.last.unit in COUNTERS and slot.last.unit != slot.first.unit
    if two and opening.role and opening.object < high - 1:
        return [*before.phrases(slot, low, high, 1), Phrase((), (right,))]
    return [_behind(slot, low, high, right)] * count


def _behind(slot: Slot, low: int, high: int, right: Span) -> Phrase:
    """新增7个公园: the verb before the number, the noun behind it."""
    text, memory = slot.text, slot.memory
    governor = _governor(text, low, high)
    role = governor.role
    if text[right[0] - 1] == "的" and slot.first.unit not in COUNTERS:
        if owned := _capacity(slot, low, high, right):
            return owned
        governor = Governor((), role, () if governor.verb else governor.noun)
    start, end = _trimmed(text, *right, role)
    if low >= high and slot.first.unit == memory.unit and _is_of_part(slot, start, end):
        return Phrase((), (*slot.named(), (start, end)))
    if text[start:end] in GENERIC and (listed := _LISTED.search(text, low, high)):
        opening = verbs(text, low, high)
        act: Spans = (opening.span,) if opening.role == "keep" else ()
        return Phrase(act, ((opened(text, opening.object, high), listed.start() + 1), (start, end)))
    verb = governor.verb
    if low >= high and (slot.continues() or slot.counts_on()) and memory.phrases:
        done_to = not slot.continues() and _DONE_TO.search(text, start + 2, end)
        verb, role = () if done_to else memory.phrases[-1].verb, memory.role
    if slot.unsaid(role, start, end) or (role == "cause" and _makes_act(slot, start, end)):
        verb = ()
    memory.role = role
    memory.running, memory.owner = (start, end), ((start, end),)
    return Phrase(verb, (*governor.noun, *_doing(text, start, end)))


def _is_of_part(slot: Slot, start: int, end: int) -> bool:
    """Whether what stands behind a number is what a part of those counted before do (80个项目开工、75个|投产; 其中9个|确定主体)."""
    alone = verbs(slot.text, start, end).object
    if alone >= end or (alone > start and slot.text.startswith("其中", slot.group.left[0])):
        return True
    owner = slot.memory.owner
    acts = not owner or verbs(slot.text, *owner[0]).role or _DOES.match(slot.text, *owner[0])
    return not acts and _DOES.match(slot.text, start, end) is not None


def _trimmed(text: str, start: int, end: int, role: VerbRole | None) -> Span:
    """A noun without what only says that it is to do, was done, leads or how it is placed (改造|任务, 实现|脱贫, 园区|为重点,
    指标|居全国前列), and without an apposition."""
    if leading := _LEADING.search(text, start + 2, end) or _PLACED.search(text, start + 2, end):
        end = leading.start()
    while end > start + 2 and text[end - 1] in "已均都共":
        end -= 1
    done = _DONE.search(text, start, end)
    if done and ACT.before(text, start, done.start()) < done.start():
        end = done.start()
    tail = _TAIL.search(text, start, end)
    if tail and tail.start() > start + 2 and (role == "light" or (role != "keep" and tail[0].endswith("工作"))):
        end = tail.start()
    if text.startswith(("实现", "完成"), start, end - 3):
        start += 4 if text.startswith("全部", start + 2, end - 2) else 2
    dash = text.find("——", start, end)
    return start, dash if dash > start else end


def _makes_act(slot: Slot, start: int, end: int) -> bool:
    """Whether somebody is made to do something: a verb goes on behind the noun, or the noun is as long as a clause."""
    goes_on = end < slot.clause.end and VERB.after(slot.text, end, end + 4) > end
    return goes_on or (end - start > _LONG and slot.first.unit != "元")


def _doing(text: str, start: int, end: int) -> Spans:
    """A counted noun and what it does: without the verb that only says that an act was done (小区|完成|雨污分流改造)."""
    for word in ("完成", "实现"):
        at = text.find(word, start + 1, end - 2)
        if at > 0 and text[at - 1] != "部" and ACT.before(text, at + 2, end) < end:
            return (start, at), (at + 2, end)
    return ((start, end),)


def _capacity(slot: Slot, low: int, high: int, right: Span) -> Phrase | None:
    """总投资15亿元的红星美凯龙项目开工: the measure before the number belongs to the noun behind it."""
    text, end = slot.text, closed(slot.text, low, high)
    at = max(low, end - 6)
    while at < end and DEPENDENT.after(text, at, end) != end and text[at:end] not in _SIZES:
        at += 1
    if at >= end:
        return None
    stop = head(text, *right)
    rest: Spans = ()
    if (listed := text.find("等", right[0] + 2, stop)) > 0:
        stop = listed
    elif (after := slot.next_group()) and right[0] < right[1] == after.left[1] < after.right[1] and stop == right[1]:
        rest = (after.right,)
    stop = next((n for n in range(stop, right[0] + 2, -1) if THING.before(text, right[0], n) < n), stop)
    slot.memory.owner = ((right[0], closed(text, right[0], stop)),)
    within = opened(text, verbs(text, low, at).object, at)
    governed = low < within < at == VERB.inside(text, within, at) and at - within <= _LONG and text[at - 1] not in "、和与及"
    place: Spans = ((within, at),) if governed else ()
    return Phrase((), (*place, *slot.memory.owner, *rest, (at, end)))


class Governor(NamedTuple):
    """The verb before a number whose noun stands behind, its role, and a noun between (完成|一级水源保护区|147处违建拆除)."""

    verb: Spans = ()
    role: VerbRole | None = None
    noun: Spans = ()


def _governor(text: str, low: int, high: int) -> Governor:
    """What governs a number from `[low, high)`: the verb that opens the clause, else one right before the number, else a noun.

    每 before the verb stays with it (每街道配备1所幼儿园). A list that 等 ends, and a coordination that goes on behind the
    number, are no noun of its own.
    """
    limited = high
    while high > low and (text[high - 1] in BLANK or text[high - 1] in "了的"):
        high -= 1
    linked = high > low and text[high - 1] in "、和及与"
    if match := _COUNTED_UP.search(text, low, high) or _WIDENED.search(text, low + 2, high):
        high = match.start()
    if text[low:high] == "有":
        return Governor()
    listed = _LISTED.search(text, low, high)
    high = listed.start() if listed else high
    adjunct = ADJUNCT.match(text, low, high)
    if adjunct and adjunct[0] in ("对", "为", "给", "向") and text[limited - 1] == "的":
        return Governor(noun=((adjunct.end(), limited),))
    if not adjunct:
        opening = verbs(text, low, high)
        at = high if linked else last_verb(text, opening.object + 2, high)
        role = VERBS.get(text[at:high], "keep")
        if at < high and (role != "keep" or text[at] == "新"):
            return Governor(((low if text[low] == "每" else at, high),), role)
        if opening.role:
            bare = listed or linked or opening.object >= high or "、" in text[opening.object : high]
            verb = (opening.span,) if opening.span[1] > opening.span[0] else ()
            return Governor(verb, opening.role, () if bare else ((opening.object, high),))
    if linked or low >= high or (listed and not adjunct):
        return Governor()
    if (at := last_verb(text, low, high)) < high:
        role = VERBS.get(text[at:high], "keep")
        while (earlier := last_verb(text, low, at)) < at:
            at = earlier
        return Governor(((low if text[low] == "每" else at, high),), role)
    return Governor() if adjunct or "、" in text[low:high] else Governor(noun=((low, high),))
