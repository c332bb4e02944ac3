"""A group of quantities where it stands, and what the clauses before it have said."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.claims.clauses import Clause, Group
from pipeline.claims.coordination import DEPENDENT, all_of
from pipeline.claims.edges import BLANK, THING, head, last_verb, opened, subject, unsaying
from pipeline.claims.words import VerbRole
from pipeline.contracts import Span
from pipeline.quantities.quantity import Quantity

Spans = tuple[Span, ...]

COUNTERS = frozenset(("个", "条", "座", "所", "家", "处", "张", "名", "台", "套", "项", "人", "户", "人次"))
"""Units that count things, and so may share a verb or a noun."""

GENERIC = ("制度", "机制", "标准", "政策", "措施", "办法", "文件", "机构", "工程", "活动", "行动", "项目")
"""Nouns that need the list before them to say what they are (改扩建等5项工程)."""

_BUILT = {"条", "座", "处", "所", "个"}
_TIMES = ("场", "场次", "次", "期", "轮", "届", "人次")
_SIZE = re.compile(r"年?(?:播种|种植|栽植|养殖)?(?:面积|产量|规模)$|[新净]增$")
_WORK = re.compile("(?:建设|改造)+$")
NEWLY = re.compile("[新净]增$")
_TOPIC = 24  # characters of a subject that later measures may be of
_LINKS = "、和及与并"


class Phrase(NamedTuple):
    """The verb that narrows, and what is measured: spans of the text in the order in which they are read."""

    verb: Spans = ()
    noun: Spans = ()


@dataclass(slots=True)
class Memory:
    """What the clauses before have said, as far as it can go on in this one."""

    phrases: tuple[Phrase, ...] = ()
    """The phrases of the last group."""
    run: tuple[Phrase, ...] = ()
    """Those of the list that the last group ends: numbers after it may be one for each."""
    said: tuple[Phrase, ...] = ()
    """The last phrases, whatever parts them."""
    silent: tuple[Span, ...] = ()
    """The last clauses without a number, the sentence before first where it had none."""
    unit: str | None = None
    """The unit of the last quantity."""
    behind: bool = False
    """Whether the last noun stood behind its number."""
    role: VerbRole | None = None
    """The role of the last verb whose noun stood behind a number."""
    owner: Spans = ()
    """Whose measure a measure is that names nobody."""
    running: Span | None = None
    """The last noun behind a number, as it runs on: its owner is only the noun that it begins with (省百大项目|完成投资)."""
    subject: Span | None = None
    """Who achieved something (长城公司在徐水实现产值…;实现税收…)."""
    done: Span | None = None
    """What the verb at the end of the last subject was done to (老旧小区改造|新开工40个、完工25个)."""
    per: Span | None = None
    """What the last measure was per (万元GDP|能耗)."""
    changed: Span | None = None
    """The verb of the last rate of change."""
    shared: bool = False
    """Whether the last quantity was a share (占全国18%,居第一)."""
    clause: Span | None = None
    """The clause right before, where it held no number."""


class Slot(NamedTuple):
    """One group of quantities: the first of them, its clause and the one after, what was said before, what its cell is about."""

    text: str
    first: Quantity
    last: Quantity
    memory: Memory
    clause: Clause
    group: Group
    following: Clause | None
    topic: Span | None

    def continues(self) -> bool:
        """Whether this group goes on with a list of the same verb: `、` or 和 before it."""
        low, high = self.group.left
        at = low - 1
        while at > self.clause.start and self.text[at] in BLANK:
            at -= 1
        return (at >= self.clause.start and self.text[at] in _LINKS) or (
            self.clause.start < low < high and self.text[low] in _LINKS
        )

    def next_group(self) -> Group | None:
        """The group of the same clause that comes after this one."""
        return next((group for group in self.clause.groups if group.items[0] > self.group.items[-1]), None)

    def counts_on(self) -> bool:
        """Whether the clause goes on counting what the one before counted (打造3—5个千万级单品,10—20个百万级单品)."""
        return self.memory.behind and self.counts_alike() and self.group.left[0] == self.group.left[1]

    def counts_alike(self) -> bool:
        """Whether the quantity before counts in the same unit, or both count what is built."""
        return self.memory.unit == self.first.unit or {self.memory.unit, self.first.unit} <= _BUILT

    def unsaid(self, role: VerbRole | None, start: int, end: int) -> bool:
        """Whether the verb goes: it says nothing of its object, or the object is an event that is counted by times."""
        return unsaying(self.text, role, start, end) or (role in ("act", "cause") and self.first.unit in _TIMES)

    def owner(self) -> Spans:
        """Whose measure it is where the clause does not say: the last noun, or what the clause before is about."""
        if self.memory.clause:
            low, high = self.memory.clause
            about = subject(self.text, max(low, high - 80), high)
            return (
                (*(self.named() or self.spoken_of(self.memory.silent[:-1])), about)
                if all_of(self.text, *about, DEPENDENT)
                else (about,)
            )
        owner = self.whole(self.named())
        return () if len({phrase.noun[:1] for phrase in self.memory.run}) > 1 else owner or self.spoken_of(self.memory.silent)

    def achiever(self) -> Spans:
        """Whose measure was achieved (完成产值): not what the clause before did, but who did it."""
        return (self.spoken_of(self.memory.silent) if self.memory.clause else ()) or self.owner()

    def spoken_of(self, clauses: tuple[Span, ...]) -> Spans:
        """The subject of the last of these clauses that has one."""
        for low, high in reversed(clauses):
            begin = opened(self.text, low, high)
            start, end = subject(self.text, begin, min(high, begin + 2 * _TOPIC))
            if begin == start and end < high and end - begin <= _TOPIC and "," not in self.text[begin:end]:
                return ((begin, end),)
        return ()

    def worked_on(self) -> Spans:
        """What the clause right before is the work on (农村公路|建设进一步加强,新改建50公里)."""
        if not self.memory.clause:
            return ()
        start, end = subject(self.text, *self.memory.clause)
        work = _WORK.search(self.text, start + 2, end)
        return ((start, work.start()),) if work else ()

    def named(self) -> Spans:
        """The noun that the clauses before named last, without what it does."""
        owner, running = self.memory.owner, self.memory.running
        if running is None or owner != (running,) or THING.before(self.text, *running) < running[1]:
            return owner
        return ((running[0], head(self.text, *running)),)

    def whole(self, noun: Spans, size: re.Pattern[str] = _SIZE) -> Spans:
        """A noun without the size or the novelty that it ends with (粮食|播种面积, 子公司|新增)."""
        if not noun:
            return noun
        low, high = noun[-1]
        high = high if self.text.endswith("投入", low, high) else last_verb(self.text, low + 2, high)
        match = size.search(self.text, low + 2, high)
        return (*noun[:-1], (low, match.start() if match else high))
