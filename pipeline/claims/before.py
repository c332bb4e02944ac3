"""The indicator whose noun stands before its number (公园7个), or was said in the clause before (…,增长8%)."""

import re

from pipeline.claims import contest, coordination
from pipeline.claims.coordination import DEPENDENT
from pipeline.claims.edges import ADJUNCT, CHANGED, SCOPE, Verbs, closed, last_verb, opened, subject, verbs
from pipeline.claims.slot import COUNTERS, NEWLY, Phrase, Slot, Spans
from pipeline.claims.words import VERB
from pipeline.contracts import Span

_LIST = re.compile(r"(?:[^等]*、[^等]*|“[^”等]*”)等(?=[^级待候额比价离次差])")
SHARE = re.compile(r"占(?!地(?!区|方)|[用道有领比])")
_PER_MEASURE = re.compile(r"[能水电]耗|用水量|建设用地|二氧化碳排放量?|税收|产出")
_DRIVEN = re.compile("助力|推动|带动|促进|助推|拉动|支撑")
_PACE = re.compile("(?:增速|增幅|涨幅|降幅|增长率|[新净]增)$")
_BARE_MONEY = ("投资", "资金")
_PROJECTS = ("项目", "工程")
_PART = 3  # characters of a part that needs its whole beside it (其中精品村2个)
_SHORT = 5  # characters of a noun that goes on with the verb of the clause before it (桥梁22座)
_LONG = 12  # characters of those for whom it is done that a phrase still holds (为企业减负)
_TASK = re.compile("(?:全年|年度|年|总|目标|既定|省定|市定|下达)*(?:任务|计划|目标)(?:任务)?")
_KINDS = ("新", "净增", "签约", "落地", "投产", "开工", "续建", "竣工")  # verbs that tell which of many (签约项目42个、总投资…)
_LIKE = 16  # characters of a noun that may have the measure of its like
_TOTAL = re.compile(r"达|累计|总数|总量|增至|合计|目前")


def phrases(slot: Slot, low: int, high: int, count: int) -> list[Phrase]:
    """The phrase of each of `count` quantities by what stands in `[low, high)` before the first of them.

    A share, a subject, or a verb and its object; where there is none, what was said before goes on.
    """
    text = slot.text
    if share := SHARE.search(text, low, high):
        return _shares(slot, low, share.start(), closed(text, share.end(), high), count)
    end = closed(text, low, high, slot.first.shape == "rank")
    if slot.first.unit == "%" and (match := _PACE.search(text, low + 2, end)):
        end = closed(text, low, match.start())
    elif slot.first.unit in COUNTERS and (act := CHANGED.after(text, end, high)) > end > low and _carries(text, low, end):
        end = act
    if end <= low or ((slot.first.unit or "").endswith("百分点") and text[low] == "超"):
        return _carried(slot, low, high, count)
    low = _last_act(text, low, end)
    if text[end - 1] in "至到" and low < (act := CHANGED.after(text, low, end)) < end - 1:
        low, end = act, end - 1  # 提高|低保标准|至900元
    opening = verbs(text, low, end)
    if owned := _owned(slot, low, end, opening):
        return [owned] * count
    if opening.role and opening.object >= end:
        return [_alone(slot, opening.span[0] if opening.span[0] < end else low, end)] * count
    return _governed(slot, low, end, opening, count)


def _carries(text: str, low: int, end: int) -> bool:
    """Whether a clause begins with a verb that only carries out what follows (完成|品质提升|27项)."""
    return verbs(text, low, end).role in ("light", "act")


def _owned(slot: Slot, low: int, end: int, opening: Verbs) -> Phrase | None:
    """What the clause does not name itself: a measure, a part or the reach of what the clauses before are about."""
    text, memory = slot.text, slot.memory
    own = (low, end)
    if text.startswith("其中", slot.group.left[0]) and memory.unit == slot.first.unit in COUNTERS and end - low <= _PART:
        return Phrase((), (*slot.named(), own))
    done = opening.role == "light" and text.startswith(("完成", "实现", "创造"), low)
    measure = opening.object if done and opening.object < end else low
    if coordination.all_of(text, measure, end, DEPENDENT) and (owner := slot.achiever() if done else slot.owner()):
        if text.startswith(text[slice(*owner[-1])], measure):
            return Phrase((), ((measure, end),))
        return Phrase(_still_new(slot, low), owner if owner == ((measure, end),) else (*owner, (measure, end)))
    if slot.first.unit == "%" and text.startswith("完成", low) and _TASK.fullmatch(text, low + 2, end):
        return Phrase((), (*slot.owner(), own))
    if text[low] == "与" and text.endswith(("之比", "比例"), low, end):
        return Phrase((), (*slot.owner(), own))
    if opening.role == "reach" and text[end - 1] not in "额率值":
        built = memory.clause and subject(text, *memory.clause)[0] > opened(text, *memory.clause)
        if built or not text.startswith("入驻", low):
            return Phrase((), (*slot.owner(), (opening.span[0], end)))
    if memory.per and _PER_MEASURE.fullmatch(text, low, end):
        memory.owner = (memory.per, own)
        return Phrase((), memory.owner)
    if text[measure:end] in _BARE_MONEY and (done or measure == low):
        return _invested(slot, own, done)
    return None


def _invested(slot: Slot, own: Span, done: bool) -> Phrase | None:
    """投资, 完成投资 of what was counted or named right before, of the subject, or of what the clause before is about."""
    memory = slot.memory
    if not (slot.first.unit or "").endswith("元") and memory.unit not in COUNTERS:
        return None
    if memory.subject and slot.continues():
        return Phrase((), (memory.subject, own))
    measured = memory.phrases[-1].noun if memory.phrases else ()
    counted = memory.unit in COUNTERS and (not memory.behind or _is_lone_project(slot))
    named = not done or counted or memory.owner == (slot.topic,) or (len(measured) > 1 and measured[:1] == memory.owner)
    return Phrase((), (*slot.owner(), own)) if memory.clause or (memory.owner and named) else None


def _is_lone_project(slot: Slot) -> bool:
    """Whether all that was counted so far is one lot of projects (实施19个更新项目,完成投资8亿元), and none of several."""
    projects = [phrase for phrase in slot.memory.said if phrase.noun and slot.text.endswith(_PROJECTS, *phrase.noun[-1])]
    return len(projects) == 1 == len(slot.memory.said)


def _still_new(slot: Slot, low: int) -> Spans:
    """The verb of what is new, before the measure of it alone (新增商事主体…增速); its total is that of all."""
    verb = slot.memory.phrases[-1].verb if slot.memory.phrases and not slot.memory.clause else ()
    new = bool(verb) and slot.text.startswith(_KINDS, verb[0][0])
    return verb if new and not slot.text.startswith(("总量", "总数", "增量", "存量"), low) else ()


def _governed(slot: Slot, low: int, end: int, opening: Verbs, count: int) -> list[Phrase]:
    """A verb and its object, one for each quantity where several stand for several; or a subject."""
    text = slot.text
    if not opening.role or text.startswith("通过", low):
        opening = _after_adjunct(text, low, end, opening)
    start, role = opening.object, opening.role
    if role is None:
        return _subjects(slot, start, end, count)
    verb: Spans = (opening.span,) if opening.span[1] > opening.span[0] else ()
    if role == "light":
        start = SCOPE.after(text, start, end - 2)
        verb = ((low, start),) if text[start:end] in _BARE_MONEY else ()
    elif slot.unsaid(role, start, end) or (role == "cause" and end < slot.group.left[1]):
        verb = ()
    if count == 1 and (match := _LIST.match(text, start, end)) and end - match.end() > 2:
        start = match.end()
    nouns = coordination.distributed(text, start, end, count)
    if role == "light" and slot.memory.subject and start - low == 2:
        nouns = [(slot.memory.subject, *noun) for noun in nouns]
    slot.memory.owner = nouns[-1]
    if role == "keep" and slot.first.unit == "%":
        return [Phrase(verb if noun is nouns[0] else (), noun) for noun in nouns]
    return [Phrase(verb, noun) for noun in nouns]


def _after_adjunct(text: str, low: int, end: int, opening: Verbs) -> Verbs:
    """The verb behind what a clause opens with (在重点园区|设立金融驿站); for whom it is done stays (为企业减负)."""
    if not ADJUNCT.match(text, low, end):
        return opening
    at = VERB.inside(text, low + 2, end)
    if text.startswith(("为", "向", "给"), low) and at - low <= _LONG:
        return opening
    inner = verbs(text, at, end)
    return inner if inner.object < end - 1 else opening


def _subjects(slot: Slot, start: int, end: int, count: int) -> list[Phrase]:
    """A noun that no verb of the clause governs; it may share that of the clause before."""
    text, memory = slot.text, slot.memory
    verb = memory.phrases[-1].verb if _same_verb(slot) else ()
    stated = verb and (text[verb[0][0]] not in "新净" or end < slot.group.left[1])
    if stated and memory.unit != slot.first.unit and coordination.measured(text, start, end):
        verb = ()
    if text[start] == "对" and text[end - 1] != "率" and text[start + 1] not in "外口":
        start += 1
    if text[end - 1] in "额率值量" and (match := _DRIVEN.search(text, start + 2, end - 3)):
        start = match.end()
    if count > 1:
        nouns = coordination.distributed(text, start, end, count)
    else:
        nouns = [_borrowed(slot, start, end) or _achieved(slot, start, end)]
        if match := coordination.PER.match(text, start, end):
            memory.per = match.span()
    if text[end - 1] != "率" or not memory.owner:
        memory.owner = nouns[-1]
    return [Phrase(verb, noun) for noun in nouns]


def _borrowed(slot: Slot, start: int, end: int) -> Spans:
    """A subject with the measure of its like before it (集中供养孤儿|生活标准…,散居孤儿…); nothing where it has its own."""
    text, phrases = slot.text, slot.memory.phrases
    if text[end - 1] == ")" and (bracket := text.rfind("(", start, end)) > start:
        end = bracket
    if slot.memory.behind or not phrases or len(phrases[-1].noun) != 1 or not 3 <= end - start <= _LIKE:
        return ()
    if coordination.measured(text, start, end):
        return ()
    low, high = phrases[-1].noun[0]
    kin = text.find(text[end - 2 : end], low, high - 2) + 2
    return ((start, end), (kin, high)) if kin > 1 and high - kin < high - low and coordination.measured(text, kin, high) else ()


def _achieved(slot: Slot, start: int, end: int) -> Spans:
    """A subject that achieved its object (长城公司在徐水|实现|产值): both without the verb."""
    for word in ("实现", "完成"):
        at = slot.text.find(word, start + 2, end - 2)
        if at > 0 and slot.text[at + 2 : end] != "投资" and slot.text[at + 2] not in "率额量情":
            slot.memory.subject = (start, at)
            return (start, at), (at + 2, end)
    slot.memory.subject = None
    at = last_verb(slot.text, start + 2, end)
    slot.memory.done = (start, at) if at < end else None
    return ((start, end),)


def _same_verb(slot: Slot) -> bool:
    """Whether a noun alone has the verb of the group before (新增学位3600个、病床400张), in a list or in the clause after."""
    if not slot.memory.phrases or not slot.memory.phrases[-1].verb:
        return False
    if slot.continues():
        return True
    text, (low, high) = slot.text, slot.group.left
    if (
        high - low > _SHORT
        or slot.first.unit not in COUNTERS
        or not slot.counts_alike()
        or slot.group.right[0] < slot.group.right[1]
        or text.startswith("再", low)
    ):
        return False
    return VERB.inside(text, low, high) == high == closed(text, low, high)


def _last_act(text: str, low: int, end: int) -> int:
    """Where the last of several acts in one clause begins (完成道路硬化、新建厕所|5座)."""
    each = text.find("分别", low + 2, end) + 2
    if each > 1 and verbs(text, each, end).role == "keep":
        return each
    at = text.rfind("、", low, end)
    while at > low:
        opening = verbs(text, low, at)
        if opening.role and opening.object < at - 1 and verbs(text, at + 1, end).role:
            return at + 1
        at = text.rfind("、", low, at)
    return low


def _shares(slot: Slot, low: int, share: int, end: int, count: int) -> list[Phrase]:
    """The share of each of several (教育、卫生支出分别占财政支出的18%和9%), or that of one."""
    subject_end = closed(slot.text, low, share)
    opening = verbs(slot.text, low, share)
    low = opening.object if opening.role in ("light", "cause") else low
    nouns = coordination.distributed(slot.text, low, subject_end, count) if count > 1 and low < subject_end else []
    if len({*nouns}) < 2:
        return [_share(slot, low, share, end)] * count
    slot.memory.owner = nouns[-1]
    return [Phrase((), (*noun, (share, end))) for noun in nouns]


def _share(slot: Slot, low: int, share: int, end: int) -> Phrase:
    """占财政支出的72.9%: a share of something by what was named before or stands before it."""
    if share == low or coordination.all_of(slot.text, low, share, DEPENDENT):
        said = slot.memory.phrases[-1].noun if slot.memory.phrases else ()
        owner = slot.owner() if slot.memory.clause else slot.named()
        extended = not slot.memory.clause and said[: len(owner)] == owner
        return Phrase((), (*(said if extended else owner), (low, end)))
    slot.memory.owner = ((low, share),)
    return Phrase((), ((low, end),))


def _alone(slot: Slot, low: int, end: int) -> Phrase:
    """A verb without an object (拆违2821处), or with that of the group before (筹集住房5800套、供应650套) or of the work that the
    clause before is about (推进安居房建设,开工60套)."""
    memory = slot.memory
    if memory.unit == slot.first.unit and memory.done:
        return Phrase((), (memory.done, (low, end)))
    if memory.phrases and memory.phrases[-1].verb and memory.unit == slot.first.unit:
        return Phrase(((low, end),), _without_act(slot.text, memory.phrases[-1].noun))
    if memory.phrases and memory.owner and not memory.clause and NEWLY.fullmatch(slot.text, low, end):
        return Phrase(((low, end),), slot.whole(memory.owner))
    if worked_on := slot.worked_on():
        return Phrase(((low, end),), worked_on)
    memory.owner = ((low, end),)
    return Phrase((), ((low, end),))


def _without_act(text: str, noun: Spans) -> Spans:
    """What was done to something that a second verb opens (新开工|筹集保障性住房5套、供应3套): the thing alone."""
    act = verbs(text, *noun[0]) if noun else None
    return ((act.object, noun[0][1]), *noun[1:]) if act and act.role == "keep" and act.object < noun[0][1] - 1 else noun


def _carried(slot: Slot, low: int, high: int, count: int) -> list[Phrase]:
    """Nothing of its own before the number: the phrases of the group before, one for one where they are as many."""
    memory, text = slot.memory, slot.text
    if slot.first.shape == "rank" and not memory.phrases and (won_in := contest.of(slot)):
        return [Phrase((), won_in)] * count
    if memory.clause:
        memory.owner = slot.owner()
        if count > 1 and len(memory.owner) == 1:
            return [Phrase((), noun) for noun in coordination.distributed(text, *memory.owner[0], count)]
        return [Phrase((), memory.owner)] * count
    if not memory.phrases:
        return [Phrase()] * count
    phrases = [memory.phrases[-1]] * count
    if count > 1 and count in (len(memory.phrases), len(memory.run)):
        phrases = list(memory.phrases if len(memory.phrases) == count else memory.run)
    elif count > 1 and len(memory.said) >= count and text.find("分别", *slot.group.left) >= 0:
        phrases = list(memory.said[-count:])
    if slot.first.shape == "rank" and memory.shared:
        return [Phrase(phrase.verb, memory.owner) for phrase in phrases]
    if slot.first.shape == "rank" and memory.changed and slot.continues():
        return [Phrase(phrase.verb, (*phrase.noun, memory.changed)) for phrase in phrases]
    if slot.first.shape != "rank" and _TOTAL.match(text, low, high):
        return [Phrase((), slot.whole(phrase.noun, NEWLY)) for phrase in phrases]
    return phrases
