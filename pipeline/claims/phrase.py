"""The indicator of every quantity: the phrase that says what is measured, by a small grammar of clauses.

A noun stands behind a number (新增7个公园) or before it (公园7个), with the verb that governs it before both.
What a clause does not say itself goes on from the clause before: the subject (500亿元、增长8%), the verb
(新增、改造道路45条,桥梁22座), the owner of a measure (项目65个、总投资254.65亿元). The words that are known
stand in lexicon/verbs.toml and particles.toml; what is not known is kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.claims import clauses, coordination
from pipeline.claims.clauses import Clause, Group
from pipeline.claims.coordination import DEPENDENT
from pipeline.claims.edges import (
    ACT,
    ADJUNCT,
    BLANK,
    BRACKETS,
    CHANGED,
    THING,
    Verbs,
    closed,
    head,
    opened,
    subject,
    unsaying,
    verbs,
)
from pipeline.claims.words import VERB, VERBS, VerbRole
from pipeline.contracts import Indicator, Span, Table
from pipeline.quantity import Quantity

Spans = tuple[Span, ...]

_LISTED = re.compile(r"等(?:地|人|方面|领域|一批|多个|重点|一系列|\d*大)?$")
_LIST = re.compile(r"(?:[^等]*、[^等]*|“[^”等]*”)等(?=[^级待候额比价离次差])")
_MARK = re.compile(r"\^?[\[〔【]\d{1,3}[\]〕】]\^?|\(\d{1,2}\)|[①-⑳]|(?<=\w)已(?=全[部面]|完成|建成)|[\s\u200b\ufeff]+")
_SHARE = re.compile(r"占(?!地(?!区|方)|[用道有领比])")
_GROWTH = re.compile(r"的?(?:[高较中]?[快低]?速?(?:增长率|增长|增速|增幅|速度|涨幅|降幅|水平|比例|目标|任务|幅度|区间))")
_GOES_ON = re.compile(r"用于|投向|专项用于|[后时来起]$|不等|不变|的?基础上|为止|以来")
_TAIL = re.compile(r"的?(?:任务|工作|目标)$")
_GENERIC = ("制度", "机制", "标准", "政策", "措施", "办法", "文件", "机构", "工程", "活动", "行动")
_COUNTED_UP = re.compile(r"(?:一批|共|共计|累计|不少于|超过|至少|[只仅现共拥]有)$")
_REACHED = re.compile(r"达|为|增[至加长]|[提升降][高升至低]?[到至]|突破|超过|下降|控制|稳定|保持")
_SPEND = re.compile(r"(?:总)?(?:投入|投资|安排|筹集|统筹|整合|争取|落实|斥资|筹资|列支)(?:各类|各级|财政|专项)?(?:资金)?$")
_BARE = re.compile(r"[\d.,%()\-+—~以上左右约]*")
_PLAIN_HEADER = re.compile(r"年|目标|指标|单位|数|值|完成|计划|预期|内容|项目|备注|安排|金额|总投资|^$")
_BUILT = {"条", "座", "处", "所", "个"}
_TIMES = ("场", "场次", "次", "期", "轮", "届", "人次")
_COUNTERS = ("个", "条", "座", "所", "家", "处", "张", "名", "台", "套", "项", "人", "户", "人次")
_PER_MEASURE = re.compile(r"[能水电]耗|用水量|建设用地|二氧化碳排放量?|税收|产出")
_DRIVEN = re.compile("助力|推动|带动|促进|助推|拉动|支撑")
_PACE = re.compile("(?:增速|增幅|涨幅|降幅|增长率|[新净]增)$")
_SIZE = re.compile(r"(?:播种|种植|栽植|养殖)?(?:面积|产量|规模)$|[新净]增$")
_RUN = 6  # phrases of one list that are kept for a row of numbers after it
_TOTAL = re.compile(r"达|累计|总数|总量|增至|合计|目前")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The verb that narrows, and what is measured: spans of the text in the order in which they are read."""

    verb: Spans = ()
    noun: Spans = ()


@dataclass(slots=True)
class Memory:
    """What the clauses before have said: the phrases of the last group and its unit, the owner of measures that name none,
    the subject that achieved something (长城公司在徐水实现产值…;实现税收…), and the clause before where it held no number."""

    phrases: tuple[Phrase, ...] = ()
    unit: str | None = None
    owner: Spans = ()
    subject: Span | None = None
    changed: Span | None = None
    behind: bool = False
    done: Span | None = None
    run: tuple[Phrase, ...] = ()
    per: Span | None = None
    role: VerbRole | None = None
    clause: Span | None = None


def read(text: str, sentence: Span, quantities: Sequence[Quantity], topic: Span | None = None) -> list[Indicator]:
    """The indicator of each quantity of a sentence, in their order.

    `text` is the whole text folded to half width; `quantities` are those of the sentence, in reading order. `topic` names what
    a cell of prose is about (the project of its row): it is what bare money goes into (拟投入16.8亿元). The indicator's text is
    its pieces without white space and note marks; its concept is None.
    """
    found: dict[int, Phrase] = {}
    levels = [Memory(owner=(topic,) if topic else ())]
    parts = list(clauses.split(text, sentence, quantities))
    for number, clause in enumerate(parts):
        while len(levels) <= clause.depth:
            levels.append(Memory(levels[-1].phrases, levels[-1].unit, levels[-1].owner))
        del levels[clause.depth + 1 :]
        memory = levels[clause.depth]
        following = parts[number + 1] if number + 1 < len(parts) else None
        for group in clause.groups:
            phrases = Reader(text, quantities, memory, clause, group, following, topic).phrases()
            found.update(zip(group.items, phrases, strict=True))
        _share_predicate(text, clause, found)
        for group in clause.asides:
            found[group.items[0]] = Phrase((), (group.right,))
        if not clause.groups and clause.end - clause.start > 1:
            memory.clause = (clause.start, clause.end)
        if clause.ended_by in ":;" and not clause.groups:
            memory.phrases, memory.owner = (), ()
    return [indicator(text, found.get(number, Phrase())) for number in range(len(quantities))]


def _share_predicate(text: str, clause: Clause, found: dict[int, Phrase]) -> None:
    """83个社区、41个集贸市场实现常态化巡查: what the last of a list does, all of it do."""
    if len(clause.groups) < 2:
        return
    right = clause.groups[-1].right
    low = head(text, *right)
    last = found[clause.groups[-1].items[-1]]
    if last.verb or len(last.noun) != 1 or last.noun[0][0] != right[0]:
        return
    right = last.noun[0]
    acts = ACT.before(text, *right) < right[1]
    if opened(text, *clause.groups[0].left) < clause.groups[0].left[1] and not acts:
        low = right[1]
    for group in reversed(clause.groups[:-1]):
        phrase = found[group.items[-1]]
        kin = text.find(text[group.right[1] - 2 : group.right[1]], *right)
        low = kin + 2 if kin > 0 else low
        if (
            low >= right[1]
            or ACT.before(text, *group.right) < group.right[1]
            or phrase != Phrase((), (group.right,))
            or text[group.right[1] : group.right[1] + 1] not in ("、", "和")
        ):
            return
        found.update((item, Phrase((), (group.right, (low, right[1])))) for item in group.items)


def in_cell(text: str, table: Table, row: int, column: int, quantity: Quantity) -> Indicator:
    """The indicator of a bare value in a cell: the name of its row, and the header of its column where that says more.

    `row` and `column` count from 0. A header that only names a unit, a year, a target or an amount says nothing more.
    """
    name, cells = row_name(table, row, column), table.rows[row].cells
    spans: list[Span] = list(_pieces(text, *name)) if name else []
    header = table.columns[column].name
    if not _PLAIN_HEADER.search(header) and (at := text.find(header, table.start, cells[0].start)) >= 0 and header:
        spans.append((at, at + len(header)))
    return Indicator(text="".join(text[a:b] for a, b in spans), concept=None, spans=tuple(spans))


def row_name(table: Table, row: int, column: int) -> Span | None:
    """The cell that names what a row is about, seen from a cell of another column: its project, else the last name before it."""
    cells = table.rows[row].cells
    named = [n for n, c in enumerate(table.columns) if n != column and c.role in ("project", "category", "content", "other")]
    named = [n for n in named if n < len(cells) and cells[n].text and not _BARE.fullmatch(cells[n].text)]
    before = [n for n in named if n < column] or named
    chosen = next((n for n in before if table.columns[n].role == "project"), before[-1] if before else None)
    return None if chosen is None else (cells[chosen].start, cells[chosen].end)


def indicator(text: str, phrase: Phrase) -> Indicator:
    """The phrase as the contract has it: pieces in order, cut at white space and note marks."""
    spans = tuple(piece for span in phrase.verb + phrase.noun for piece in _pieces(text, *span))
    return Indicator(text="".join(text[a:b] for a, b in spans), concept=None, spans=spans)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _MARK.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


@dataclass(frozen=True, slots=True)
class Reader:
    """One group of quantities, where it stands, and what was said before."""

    text: str
    quantities: Sequence[Quantity]
    memory: Memory
    clause: Clause
    group: Group
    following: Clause | None
    topic: Span | None
    first: Quantity = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", self.quantities[self.group.items[0]])

    def phrases(self) -> list[Phrase]:
        """A phrase for each quantity of the group; the memory goes on to the next."""
        low, high = self.group.left
        low = opened(self.text, low, high)
        right = self._right()
        changed = (CHANGED.before(self.text, low, high), high)
        count = len(self.group.items)
        behind = False
        if (first := self.first).unit and first.unit.endswith("元") and (spent := self._spent(low, high, right)):
            found = [spent] * count
        elif right and self._stands_behind(low, high, right):
            behind = True
            found = self._behind_all(low, high, right, count)
        else:
            found = self._before(low, high, count)
        self.memory.behind = behind
        self.memory.phrases = tuple(found)
        self.memory.run = (*self.memory.run[-_RUN:], *found) if self._continues() else tuple(found)
        self.memory.clause = None
        self.memory.changed = changed if changed[0] < high and self.first.unit == "%" else None
        self.memory.unit = self.quantities[self.group.items[-1]].unit
        return found

    # --- the noun behind the number ---

    def _right(self) -> Span | None:
        """What stands behind the group, without the particle that joins it."""
        text, (low, high) = self.text, self.group.right
        while low < high and (text[low] in BLANK or text[low] in "的余多"):
            low += 1
        if low < high and text[low] in "([〔【":
            close = text.find(BRACKETS[text[low]], low, high)
            low = close + 1 if close > 0 else high
        if low < high and text[low] == "、":
            return None
        while low < high and (text[high - 1] in BLANK or text[high - 1] in "、"):
            high -= 1
        return (low, high) if high > low else None

    def _stands_behind(self, low: int, high: int, right: Span) -> bool:
        """Whether what is measured stands behind the number (7个公园) and not before it (公园7个)."""
        text = self.text
        if self.first.shape in ("rank", "multiple") or _GROWTH.match(text, *right) or _GOES_ON.match(text, *right):
            return False
        if low >= high or text[right[0] - 1] == "的":
            return True
        core = closed(text, low, high)
        if low < core < high and _REACHED.match(text, core, high):
            return False
        opening = verbs(text, low, core)
        return not (low < opening.object < core - 1 and verbs(text, *right).object > right[0])

    def _behind(self, low: int, high: int, right: Span) -> Phrase:
        """新增7个公园: the verb before the number, the noun behind it."""
        text, (start, end) = self.text, right
        verb, role, noun = self._governing(low, high)
        if text[start - 1] == "的" and self.first.unit not in _COUNTERS:
            if owned := self._capacity(low, high, right):
                return owned
            verb, noun = (), () if verb else noun
        if (match := _TAIL.search(text, start, end)) and match.start() > start + 2 and role != "keep":
            end = match.start() if match[0][-2:] == "工作" or role == "light" else end
        if text.startswith(("实现", "完成"), start, end - 3):
            start += 4 if text.startswith("全部", start + 2, end - 2) else 2
        if (dash := text.find("——", start, end)) > start:
            end = dash
        if text[start:end] in _GENERIC and (listed := _LISTED.search(text, low, high)):
            at = opened(text, verbs(text, low, high).object, high)
            return Phrase((), ((at, listed.start() + 1), (start, end)))
        if low >= high and not verb and (self._continues() or self._counts_on()):
            verb, role = (self.memory.phrases[-1].verb if self.memory.phrases else ()), self.memory.role
        if self._unsaid(role, start, end) or (role == "cause" and end < self.clause.end and VERB.after(text, end, end + 4) > end):
            verb = ()
        if role == "cause" and end - start > 8 and (self.first.unit or "") != "元":
            verb = ()
        self.memory.role = role
        noun = (*noun, *self._doing(start, end))
        self.memory.owner = ((start, end if THING.before(text, start, end) < end else head(text, start, end)),)
        return Phrase(verb, noun)

    def _doing(self, start: int, end: int) -> Spans:
        """A counted noun and what it does: without the verb that only says that an act was done (小区|完成|雨污分流改造)."""
        for word in ("完成", "实现"):
            at = self.text.find(word, start + 1, end - 2)
            if at > 0 and self.text[at - 1] != "部" and ACT.before(self.text, at + 2, end) < end:
                return (start, at), (at + 2, end)
        return ((start, end),)

    def _behind_all(self, low: int, high: int, right: Span, count: int) -> list[Phrase]:
        """A noun behind for all of a row (57条50公里道路), or for the second of two where the first has its own."""
        opening = verbs(self.text, low, high)
        second = self.quantities[self.group.items[-1]].unit
        apart = self.text[self.group.left[1] : self.group.right[0]].find("、") > 0
        if (
            count == 2
            and apart
            and second in _COUNTERS
            and second != self.first.unit
            and opening.role
            and opening.object < high - 1
        ):
            return [*self._before(low, high, 1), Phrase((), (right,))]
        return [self._behind(low, high, right)] * count

    def _capacity(self, low: int, high: int, right: Span) -> Phrase | None:
        """总投资15亿元的红星美凯龙项目开工: the measure before the number belongs to the noun behind it."""
        end = closed(self.text, low, high)
        at = max(low, end - 6)
        while at < end and DEPENDENT.after(self.text, at, end) != end and self.text[at:end] != "投资":
            at += 1
        if at >= end:
            return None
        stop = head(self.text, *right)
        stop = next((n for n in range(stop, right[0] + 2, -1) if THING.before(self.text, right[0], n) < n), stop)
        noun = (right[0], closed(self.text, right[0], stop))
        self.memory.owner = (noun,)
        return Phrase((), (noun, (at, end)))

    def _continues(self) -> bool:
        """Whether this group goes on with a list of the same verb: `、` or 和 before it."""
        low, high = self.group.left
        at = low - 1
        while at > self.clause.start and self.text[at] in BLANK:
            at -= 1
        return (at >= self.clause.start and self.text[at] in "、和及与并") or (low < high and self.text[low] in "、和及与并")

    def _unsaid(self, role: VerbRole | None, start: int, end: int) -> bool:
        """Whether the verb goes: it says nothing of its object, or the object is an event that is counted by times."""
        return unsaying(self.text, role, start, end) or (role == "act" and self.first.unit in _TIMES)

    def _counts_on(self) -> bool:
        """Whether the clause goes on counting what the one before counted (打造3—5个千万级单品,10—20个百万级单品)."""
        alike = self.memory.unit == self.first.unit or {self.memory.unit, self.first.unit} <= _BUILT
        return self.memory.behind and alike and self.group.left[0] == self.group.left[1]

    def _governing(self, low: int, high: int) -> tuple[Spans, VerbRole | None, Spans]:
        """The verb before a number whose noun stands behind, its role, and a noun between (完成|一级水源保护区|147处)."""
        text = self.text
        while high > low and (text[high - 1] in BLANK or text[high - 1] in "了的"):
            high -= 1
        linked = high > low and text[high - 1] in "、和及与"
        if match := _COUNTED_UP.search(text, low, high):
            high = match.start()
        if listed := _LISTED.search(text, low, high):
            high = listed.start()
        if not ADJUNCT.match(text, low, high):
            opening = verbs(text, low, high)
            at = VERB.before(text, opening.object + 2, high)
            if at < high and not linked and (VERBS[text[at:high]] != "keep" or text[at] == "新"):
                return ((at, high),), VERBS[text[at:high]], ()
            if opening.role:
                span, rest = opening.span, opening.object
                bare = listed or linked or rest >= high or "、" in text[rest:high]
                return (span,) if span[1] > span[0] else (), opening.role, () if bare else ((rest, high),)
            if listed or linked:
                return (), None, ()
        at = high if linked else VERB.before(text, low, high)
        if at < high:
            role = VERBS[text[at:high]]
            while (earlier := VERB.before(text, low, at)) < at:
                at = earlier
            return ((at, high),), role, ()
        if "、" in text[low:high] or ADJUNCT.match(text, low, high) or low >= high or linked:
            return (), None, ()
        return (), None, ((low, high),)

    # --- the noun before the number ---

    def _before(self, low: int, high: int, count: int) -> list[Phrase]:
        """Subject, or verb and object, before the number; where there is none, what was said before goes on."""
        text, memory = self.text, self.memory
        if share := _SHARE.search(text, low, high):
            return [self._part(low, share.start(), closed(text, share.end(), high))] * count
        end = closed(text, low, high, self.first.shape == "rank")
        if self.first.unit == "%" and (match := _PACE.search(text, low + 2, end)):
            end = match.start()
        if end <= low:
            return self._carried(low, high, count)
        low = self._last_act(low, end)
        if text.startswith("其中", self.group.left[0]) and memory.unit == self.first.unit in _COUNTERS and end - low <= 3:
            return [Phrase((), (*memory.owner, (low, end)))] * count
        if (owner := self._owner()) and coordination.all_of(text, low, end, DEPENDENT):
            return [Phrase(self._still_new(low), (*owner, (low, end)))] * count
        opening = verbs(text, low, end)
        if opening.role == "reach" and text[end - 1] not in "额率值":
            built = memory.clause and subject(text, *memory.clause)[0] > opened(text, *memory.clause)
            owner = self._owner() if built or not text.startswith("入驻", low) else ()
            return [Phrase((), (*owner, (opening.span[0], end)))] * count
        if opening.role and opening.object >= end:
            return [self._alone(low, end, opening)] * count
        return self._governed(low, end, opening, count)

    def _still_new(self, low: int) -> Spans:
        """The verb of what is new, before the measure of it alone (新增商事主体…增速); its total is that of all."""
        verb = self.memory.phrases[-1].verb if self.memory.phrases and not self.memory.clause else ()
        new = bool(verb) and self.text.startswith(("新", "净增"), verb[0][0])
        return verb if new and not self.text.startswith(("总量", "总数", "增量", "存量"), low) else ()

    def _governed(self, low: int, end: int, opening: Verbs, count: int) -> list[Phrase]:
        """A verb that may be none, and its object or the subject, one for each quantity where several stand for several."""
        text, memory = self.text, self.memory
        verb: Spans = (opening.span,) if opening.span[1] > opening.span[0] else ()
        start, role = opening.object, opening.role
        if role is None and not text.startswith(("为", "向", "给"), low) and ADJUNCT.match(text, low, end):
            at = VERB.inside(text, low + 2, end)
            inner = verbs(text, at, end)
            if inner.object < end - 1:
                verb, start, role = (inner.span,), inner.object, inner.role
        if self._unsaid(role, start, end) and not (role == "light" and text[start:end] in ("投资", "资金")):
            verb = ()
        elif role == "light" and (memory.clause or (self.topic and memory.owner == (self.topic,))):
            return [Phrase((), (*self._owner(), (low, end)))] * count
        elif role == "light":
            verb = ((low, start),)
        if role is None and self._same_verb():
            verb = memory.phrases[-1].verb
        if role and (match := _LIST.match(text, start, end)) and end - match.end() > 2:
            start = match.end()
        if role is None and text[end - 1] in "额率值量" and (match := _DRIVEN.search(text, start + 2, end - 3)):
            start = match.end()
        nouns = coordination.distributed(text, start, end, count)
        if role is None and count == 1:
            nouns = [self._achieved(start, end)]
            if match := coordination.PER.match(text, start, end):
                memory.per = match.span()
        if memory.per and _PER_MEASURE.fullmatch(text, low, end):
            verb, nouns = (), [(memory.per, (low, end))]
        elif role == "light" and memory.subject and start - low == 2:
            nouns = [(memory.subject, *noun) for noun in nouns]
        memory.owner = nouns[-1]
        if role == "keep" and count > 1 and self.first.unit == "%":
            return [Phrase(verb if noun is nouns[0] else (), noun) for noun in nouns]
        return [Phrase(verb, noun) for noun in nouns]

    def _achieved(self, start: int, end: int) -> Spans:
        """A subject that achieved its object (长城公司在徐水|实现|产值): both without the verb."""
        for word in ("实现", "完成"):
            at = self.text.find(word, start + 2, end - 2)
            if at > 0 and self.text[at + 2 : end] != "投资" and self.text[at + 2] not in "率额量情":
                self.memory.subject = (start, at)
                return (start, at), (at + 2, end)
        self.memory.subject = None
        at = VERB.before(self.text, start + 2, end)
        self.memory.done = (start, at) if at < end else None
        return ((start, end),)

    def _same_verb(self) -> bool:
        """Whether a noun alone has the verb of the group before (新增学位3600个、病床400张), in a list or in the clause after."""
        if not self.memory.phrases or not self.memory.phrases[-1].verb:
            return False
        if self._continues():
            return True
        low, high = self.group.left
        plain = (
            high - low <= 5
            and VERB.inside(self.text, low, high) == high
            and closed(self.text, low, high) == high
            and self.group.right[0] >= self.group.right[1]
        )
        return plain and self.first.unit in _COUNTERS

    def _last_act(self, low: int, end: int) -> int:
        """Where the last of several acts in one clause begins (完成道路硬化、新建厕所|5座)."""
        at = self.text.rfind("、", low, end)
        while at > low:
            opening = verbs(self.text, low, at)
            if opening.role and opening.object < at - 1 and verbs(self.text, at + 1, end).role:
                return at + 1
            at = self.text.rfind("、", low, at)
        return low

    def _part(self, low: int, share: int, end: int) -> Phrase:
        """占财政支出的72.9%: a share of something by what was named before or stands before it."""
        opening = verbs(self.text, low, share)
        low = opening.object if opening.role == "light" else low
        if share == low or coordination.all_of(self.text, low, share, DEPENDENT):
            return Phrase((), (*(self.memory.owner if not self.memory.clause else self._owner()), (low, end)))
        self.memory.owner = ((low, share),)
        return Phrase((), ((low, end),))

    def _owner(self) -> Spans:
        """Whose measure it is where the clause does not say: the last noun, or what the clause before is about."""
        if self.memory.clause:
            low, high = self.memory.clause
            about = subject(self.text, max(low, high - 80), high)
            return (*self.memory.owner, about) if coordination.all_of(self.text, *about, DEPENDENT) else (about,)
        owner = self.memory.owner
        if owner:
            low, high = owner[-1]
            high = VERB.before(self.text, low + 2, high)
            if match := _SIZE.search(self.text, low + 2, high):
                high = match.start()
            owner = (*owner[:-1], (low, high))
        return () if len({phrase.noun for phrase in self.memory.run}) > 1 else owner

    def _alone(self, low: int, end: int, opening: Verbs) -> Phrase:
        """A verb without an object (拆违2821处), or with that of the group before (筹集住房5800套、供应650套)."""
        memory = self.memory
        if memory.unit == self.first.unit and memory.done:
            return Phrase((), (memory.done, (low, end)))
        if memory.phrases and memory.phrases[-1].verb and memory.unit == self.first.unit:
            return Phrase(((low, end),), memory.phrases[-1].noun)
        memory.owner = ((low, end),)
        return Phrase((), ((low, end),))

    def _carried(self, low: int, high: int, count: int) -> list[Phrase]:
        """Nothing of its own before the number: the phrases of the group before, one for one where they are as many."""
        memory, text = self.memory, self.text
        if memory.clause:
            memory.owner = self._owner()
            return [Phrase((), memory.owner)] * count
        if not memory.phrases:
            return [Phrase()] * count
        phrases = [memory.phrases[-1]] * count
        if count > 1 and count in (len(memory.phrases), len(memory.run)):
            phrases = list(memory.phrases if len(memory.phrases) == count else memory.run)
        if self.first.shape == "rank" and memory.changed and self._continues():
            return [Phrase(phrase.verb, (*phrase.noun, memory.changed)) for phrase in phrases]
        if self.first.shape != "rank" and _TOTAL.match(text, low, high):
            return [Phrase((), phrase.noun) for phrase in phrases]
        return phrases

    # --- money and what it is spent on ---

    def _spent(self, low: int, high: int, right: Span | None) -> Phrase | None:
        """Money whose purpose stands behind: 投入13.51亿元,完成十大民生项目 gives 十大民生项目投入."""
        text = self.text
        end = closed(text, low, high)
        match = _SPEND.search(text, low, end)
        if not match or match.start() > low or text[self.group.right[0] : self.group.right[0] + 1] == "的":
            return None
        if right is None and self.topic:
            return Phrase((), (self.topic, match.span()))
        if right is None and self.following and self.group.right[1] == self.clause.end:
            right = (self.following.start, self.following.end)
        if right is None:
            return None
        start, stop = opened(text, *right), right[1]
        opening = verbs(text, start, stop)
        if opening.role is None:
            return None
        start = opened(text, opening.object, stop)
        for group in self.following.groups[:1] if self.following else ():
            if start <= group.left[1] < stop:
                start, stop = (start, group.left[1]) if group.left[1] > start + 1 else group.right
        return Phrase((), ((start, stop), match.span())) if stop > start + 1 else None
