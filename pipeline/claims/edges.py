"""The edges of a clause: what stands around an indicator and is no part of it, and the verbs that open its object."""

import re
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims.words import VERB, VERBS, ChangeWord, VerbRole, Words, particles
from pipeline.contracts import Span

OPENING, ADVERB, SCOPE = particles("opening"), particles("adverb"), particles("scope")
ACT, THING, PREDICATE, RANKING = particles("act"), particles("thing"), particles("predicate"), particles("ranking")
ADJUNCT = re.compile(
    r"在(?![建校册库岗职编外])|对(?![外口])|为(?!民)|以(?![上下内])|从(?!业)|向(?!上)|与(?!会)|给|按照?|根据|依托|通过|利用(?!外资|内资|省外|境外|率)|围绕|针对|面向|借助"
    r"|随着|经(?![营济])|聚焦|瞄准|会同|携手|由"
)
CHANGED = Words(
    word
    for row in lexicon.load("changes", "change", ChangeWord)
    for word in row.words
    if row.kind == "change" and len(word) > 1 and word[-1] not in "速幅率量度"
)
CLOSING = Words((*particles("closing"), *CHANGED))
BLANK = " \n\u3000\u00a0\u200b\ufeff"
BRACKETS = {"(": ")", "[": "]", "“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "〔": "〕", "【": "】"}

_PLAN = r"[“\"]?十[一二三四五六]五(?:[”\"]|(?=期|时|末|以|初|规))(?:规划)?(?:期间|时期|以来|期末|初|末)?"
_YEAR = (
    r"(?:19|20)\d\d(?:年?[-—~至到](?:19|20)?\d\d)?年度?(?!以后|以前|之前|之后|\d*月\d*日以)(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"(?:以来|底|末|初|上半年|下半年|期间)?"
)
_RELATIVE = (
    r"[今去前当上本明]年(?:底|末|初(?!步)|以来|同期)?|年[内底末初]前?|[一二三四]季度|前三季度|[上下]半年|[春秋]季学期"
    r"|(?:主?汛期|春节|国庆|入冬|供暖季|开学|暑期|月底|季末)前"
)
_SPELL = r"(?:过去|近|这|前|最近|未来|今后)?[一二三四五六七八九十两几\d]+(?:年|个月|周|天|日)多?[来间里内]"
_WHEN = rf"(?:{_PLAN}|{_YEAR}|\d{{1,2}}(?:[-—~至]\d{{1,2}})?月份?(?:底|末|初)?|{_RELATIVE}|{_SPELL})的?"
_PREPOSED = r"(?:截至|截止|到|至|自|从|由|比|较|在|并?于)?"
_TIME_LAST = re.compile(_PREPOSED + _WHEN + "$")
_UNCOUNTED = (
    r"\d{1,2}\.(?!\d)|[一二三四五六七八九十]{1,2}(?:是|要)(?=.{2})"  # the mark of an item in a sentence
    r"|第[一二三四五六七八九十\d]{1,3}[批轮]|首批|[多数][项个]|一批|一系列"  # a batch, an unnumbered lot
    r"|提前[半一二三四五六七八九十两\d]+个?[年月天]|在[^、在]{2,14}下(?=[^一半设])"  # circumstances
    r"|[^、]{2,8}后[将可]?(?=新增|形成|实现|年)"
    r"|(?:作为|代表|属于)[^、]{1,30}的(?=[^、]{2})"  # what the subject is besides
    r"|在第[一二三四五六七八九十\d]{1,3}届[^、在]{2,16}[会赛展][上中](?=[^、]{2})"
    r"|除[^、]{2,24}?以?外(?=[^、]{2})"  # what it leaves out
)
_BEFORE_ALL = re.compile(rf"(?:截至|截止|到|至|自|从|由|在)?{_WHEN}|{_UNCOUNTED}")
_STRETCH = re.compile(
    r"(?:已|均|分别|已经|[较比][近前上])?(?:连续|时隔)?[一二三四五六七八九十两\d]+个?(?:年|月|季度|次|届)(?:、[一二三四五六七八九十两\d]+年)*(?:保持|蝉联|实现)?$"
    r"|[从由]?(?:每人)?每(?:立方米|平方公里|[人户亩吨月年天生村校班]+)$|从(?![业事严紧教医军政众])[^、从到至由]{0,6}$"
)
_SLOGAN = re.compile(r"[“‘](?:双|[两三四五六]个|[一二两三四五]年)?(?:全[国省市区州])?双?$")  # “双|第一”, “三年|倍增”
_ADVERBIAL_ENDS = frozenset("里米年底末初来间里内期前月日份度后的持联现次届人户亩吨天生村校班下中上素")
_SITUATION = re.compile(r"(?:在[^、在]{2,24}(?:下|中|后|基础上)|(?:剔除|扣除)[^、]{2,20}(?:后|因素))$")
_SINGLE = re.compile(
    r"(?<![行作成人认以敢])为|(?<![干纯洁])净|[是再又]|(?<![所具国没享拥含特仅公私])有|(?<![新净倍激猛])[增减升降涨跌]|(?<=..)达|(?<![出])超"
    r"|(?<![人户亩年月日平])均|(?<![存现所内])在|(?<![成首古京])都|(?<=..)(?<![平高同中初均特优劣])等"
)
_STRAY = frozenset("并还转削微拉创仅则尚")
"""Single signs that are left of an adverb or a verb of change (转|为增长, 微|跌, 还|高于), and no subject."""
_GOING_ON = ("和", "与", "及", "、")  # the whole place is one of several (全国和自由贸易试验区)
_TOLD = re.compile("入选|获评|荣获|获得|成为|位居|列入|纳入|跻身")
_NOUN_ENDS = ("率", "额", "量", "数", "度", "值", "性", "面积")
COMPARED = re.compile(
    r"(?:(?<![占同环对配性攀评相类可之])比(?![重例率拼武赛对选亚如值])|较(?![大快好高多强为])|不?[高低快慢优好多少]于|高出|超出|相当于|领先"
    r"|超过?(?=全[国省市区县州]|国家|世界)"
    r"|(?<![还就要都也或但于])是(?!否))[^、]+(?<![例率重])$"
)
_COMPARING = re.compile("[比较于出当先是超]")
_FIELD = re.compile(
    r"(?:(?:内地|国内|沿海|亚太|全[省市国区县州球]|世界|亚洲|[中西东]部|东北|华北|长三角|珠三角|大湾区)"
    r"(?:[^、率量额速幅值占]{0,6}(?:\([^()]{0,8}\))?[^、率量额速幅值占]{0,4}(?<![数分]))?"
    r"|各[省市区县州盟旗](?:\([^()]{0,8}\))?|各?地市|中心城市|地级市|同类城市|主城区|百强|发展中国家)(?:级|内|中|的|之)*$"
    r"|(?:[位稳跃]居|居于|(?<![安定])居(?![民住家委])|[位名]列|(?<![减安编])排(?![放污水查行涝])名?在?)[^,;、。]{1,14}$"
)


def opened(text: str, start: int, end: int) -> int:
    """Where the clause begins in earnest: behind times, adverbs, brackets, the name of the whole place."""
    while start < end:
        mark = text[start]
        if mark in BLANK or mark in "、,—" or "①" <= mark <= "⑳":
            begin = start + 1
        elif mark in "([" and (close := text.find(BRACKETS[mark], start, min(end, start + 20))) > 0:
            begin = close + 1
        elif match := _BEFORE_ALL.match(text, start, end):
            begin = match.end()
        else:
            begin = _unsaid(text, start, end)
        if begin == start:
            break
        start = begin
    return start


def _unsaid(text: str, start: int, end: int) -> int:
    """The end of a word at the start that says nothing of the indicator; `start` where the indicator begins."""
    if (begin := OPENING.after(text, start, end)) > start:
        against = text[start] == "超" and SCOPE.after(text, begin, end) > begin  # 超过全国平均水平, and not 超过30家
        return start if against or text.startswith(("性", "他", "它", "度"), begin, end) else begin
    begin = ADVERB.after(text, start, end)
    if begin > start and VERB.after(text, start, end) < begin and _acts(text, begin, end):
        return begin
    begin = SCOPE.after(text, start, end)
    return start if text[begin : begin + 1] in _GOING_ON else begin


def _acts(text: str, start: int, end: int) -> bool:
    """Whether a verb, or an adverb before one, stands here."""
    while (begin := ADVERB.after(text, start, end)) > start:
        start = begin
    return _verb(text, start, end) > start


def closed(text: str, start: int, end: int, rank: bool = False) -> int:
    """Where the subject ends: before what links it to its number (达到, 同比增长, 由2016年, 比上年; of a rank 位居全省)."""
    while start < end:
        upto = CLOSING.before(text, start, end)
        if upto == end:
            upto = _closing(text, start, end, rank)
        if upto == end:
            break
        end = upto
    if _COMPARING.search(text, start, end) and (match := COMPARED.search(text, start, end)):
        return closed(text, start, match.start(), rank)
    return start if end - start == 1 and text[start] in _STRAY else end


def _closing(text: str, start: int, end: int, rank: bool) -> int:
    """The start of what is no word of the lexicon and yet no part of the subject at its end; `end` where there is nothing."""
    sign = text[end - 1]
    if sign in BLANK or sign in "、,":
        return end - 1
    if sign in "到至" and end - start == 1:
        return start
    if sign in "到至" and (at := _changing(text, start, end - 1)) < end - 1:
        return at
    if sign in "“‘双个年国省市区州" and (match := _SLOGAN.search(text, max(start, end - 8), end)):
        return match.start()
    near = max(start, end - 30)
    based = text.find("从", max(start, end - 8), end) > 0
    if (sign in _ADVERBIAL_ENDS or based) and (match := _adverbial(text, near, end)):
        return match.start()
    if _SINGLE.match(text, end - 1, end):
        return end - 1
    if rank:
        field = _FIELD.search(text, near, end)
        return field.start() if field else RANKING.before(text, start, end)
    return end


def _changing(text: str, start: int, end: int) -> int:
    """The start of the verb that ends here and reaches a level (回落|到, 合并|至, 调|至); `end` where there is none."""
    at = min(CHANGED.before(text, start, end), VERB.before(text, start, end))
    return end - 1 if at == end and start < end and text[end - 1] in "升降增减提调扩缩涨跌" else at


def _adverbial(text: str, start: int, end: int) -> re.Match[str] | None:
    """A time or circumstance at the end: 由2016年, 连续三年, 在强监管压力下."""
    near = max(start, end - 16)
    return _TIME_LAST.search(text, near, end) or _STRETCH.search(text, near, end) or _SITUATION.search(text, start, end)


class Verbs(NamedTuple):
    """The verbs that a clause begins with: their span (empty where they say nothing), the last one's role, their object's start."""

    span: Span
    role: VerbRole | None
    object: int


def verbs(text: str, start: int, end: int) -> Verbs:
    """The verbs at the start of a clause (新增、改造|道路); those that only say that it was done are passed over."""
    begin = place = stop = start
    role: VerbRole | None = None
    while (upto := _verb(text, place, end)) > place:
        if text.startswith("的", upto, end):
            break
        role = VERBS.get(text[place:upto], "keep")
        place = stop = upto
        while place < end and text[place] in "了":
            place += 1
        if role != "light" and text.startswith(("完成", "实现"), place, end):
            place += 2
        if role == "light":
            begin = stop = place = place + (text.startswith("对", place, end))
            if begin > start + 1 and VERBS.get(text[begin : VERB.after(text, begin, end)]) == "cause":
                break
        elif place < end and _verb(text, place, end) == end:
            continue
        elif role == "cause" and _verb(text, place, end) > place:
            begin = stop = place
        elif place < end - 1 and text[place] in "、和及与并" and _verb(text, place + 1, end) > place + 1:
            place += 1
        else:
            break
    return Verbs((begin, stop), role, place)


def _verb(text: str, start: int, end: int) -> int:
    """The end of a verb that starts here, 新 before it included."""
    if start < end and text[start] == "新" and (upto := VERB.after(text, start + 1, end)) > start + 1:
        return upto
    upto = VERB.after(text, start, end)
    named = text.startswith(_NOUN_ENDS, upto) or text.startswith(("建设用地", "保障房"), start)
    return start if upto < end and named else upto


def last_verb(text: str, start: int, end: int) -> int:
    """The start of the verb that ends here, 新 before it included; `end` where there is none."""
    at = VERB.before(text, start, end)
    return at - 1 if start < at < end and text[at - 1] == "新" else at


def unsaying(text: str, role: VerbRole | None, start: int, end: int) -> bool:
    """Whether a verb of this role goes before the object at `[start, end)`: it names an act itself, or a clause."""
    acts = ACT.before(text, start, end) < end
    if role in ("cause", "reach") and text[end - 1 : end] in ("额", "率", "值", "数"):
        return True
    if role == "cause":
        return acts or VERB.inside(text, start + 2, end) < end
    return role == "light" or (role == "act" and acts)


def head(text: str, low: int, high: int) -> int:
    """The end of the counted noun in a text that runs on (特级校长|年薪, 省百大项目|完成投资, 道路改造项目|进展顺利)."""
    told = _TOLD.search(text, low + 1, high)
    high = told.start() if told else high
    thing = next((place for place in range(high - 1, low + 1, -1) if THING.before(text, low, place) < place), low)
    if THING.before(text, low, high) < high:
        thing = high
    verb = min(_inside(text, low + 2, high), PREDICATE.inside(text, low + 2, high))
    if text[verb : verb + 1] == "新" and verb < high:
        return verb
    return thing if thing > low and (verb < thing or verb == high) else verb


def _inside(text: str, low: int, high: int) -> int:
    """The start of the first verb; `high` where there is none."""
    return next((place for place in range(low, high) if _verb(text, place, high) > place), high)


def subject(text: str, low: int, high: int) -> Span:
    """What a clause without a number is about: its object where it begins with a verb, else its noun up to the predicate."""
    low = opened(text, low, high)
    start = verbs(text, low, high).object
    if low < start < high:
        return start, high
    return low, closed(text, low, PREDICATE.inside(text, low + 2, high))
