"""The indicator of every quantity: the phrase that says what is measured, by a small grammar of clauses.

A noun stands behind a number (新增7个公园) or before it (公园7个), with the verb that governs it before both.
What a clause does not say itself goes on from the clause before: the subject (500亿元、增长8%), the verb
(新增、改造道路45条,桥梁22座), the owner of a measure (项目65个、总投资254.65亿元). The words that are known
stand in lexicon/verbs.toml and particles.toml; what is not known is kept.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.claims import before, behind, clauses, money
from pipeline.claims.clauses import Clause
from pipeline.claims.edges import ACT, CHANGED, head, opened, verbs
from pipeline.claims.slot import Memory, Phrase, Slot, Spans
from pipeline.claims.words import VERBS
from pipeline.contracts import Indicator, Span, Table
from pipeline.quantities.quantity import Quantity

_SHORT = 8  # characters of a clause that may say nothing but when
_SILENT = 6  # clauses without a number that are kept
_RUN = 6  # phrases of one list that are kept for a row of numbers after it
_THAN = re.compile(
    r"\s*(?:均|都|分别|增速|增幅)?(?:[高低快慢优好]于|高出|领先|同比|比上年|较上年|按照?|根据|依托|随着|剔除|扣除"
    r"|再?创[^,]{0,12}(?:新高|纪录))"
)
_JOINS = ("、", "和", "及", "与")
_MARK = re.compile(
    r"\^?[\[〔【]\d{1,3}[\]〕】]\^?|\(\d{1,2}\)|[①-⑳]|(?<=\w)已(?=全[部面]|完成|建成)|(?<=\w)(?<![为除])了(?=\w)(?![解望断结])|[\s\u200b\ufeff]+"
)
_BARE = re.compile(r"[\d.,%()\-+—~以上左右约]*")
_PLAIN_HEADER = re.compile(r"年|目标|指标|单位|数|值|完成|计划|预期|内容|项目|备注|安排|金额|总投资|^$")


def read(
    text: str, sentence: Span, quantities: Sequence[Quantity], topic: Span | None = None, lead: Span | None = None
) -> list[Indicator]:
    """The indicator of each quantity of a sentence, in their order.

    `text` is the whole text folded to half width; `quantities` are those of the sentence, in reading order. `topic` names what
    a cell of prose is about (the project of its row): it is what bare money goes into (拟投入16.8亿元). `lead` is the sentence
    before, where it has no number and may name whose the measures are (服装产业再上水平。完成产值…). The indicator's text is its
    pieces without white space and note marks; its concept is None.
    """
    found: dict[int, Phrase] = {}
    levels = [Memory(owner=(topic,) if topic else (), silent=(lead,) if lead else ())]
    parts = list(clauses.split(text, sentence, quantities))
    for number, clause in enumerate(parts):
        while len(levels) <= clause.depth:
            above = levels[-1]
            levels.append(
                Memory(phrases=above.phrases, unit=above.unit, owner=above.owner, running=above.running, silent=above.silent)
            )
        del levels[clause.depth + 1 :]
        memory = levels[clause.depth]
        following = parts[number + 1] if number + 1 < len(parts) else None
        for group in clause.groups:
            first, last = quantities[group.items[0]], quantities[group.items[-1]]
            slot = Slot(text, first, last, memory, clause, group, following, topic)
            found.update(zip(group.items, _of_group(slot), strict=True))
        if len(clause.groups) > 1:
            _share_noun(text, clause, found)
            _share_predicate(text, clause, found)
        for group in clause.asides:
            found[group.items[0]] = Phrase((), (group.right,))
        if not clause.groups and not _empty(text, clause.start, clause.end):
            memory.clause = (clause.start, clause.end)
            memory.silent = (*memory.silent[-_SILENT:], memory.clause)
        if clause.ended_by in ":;" and not clause.groups:
            memory.phrases, memory.owner = (), ()
    return [indicator(text, found.get(number, Phrase())) for number in range(len(quantities))]


def _empty(text: str, low: int, high: int) -> bool:
    """Whether a clause says nothing but when (2011年,), than what (高于全国平均水平,) or by what (按照可比口径,)."""
    return high - low < 2 or _THAN.match(text, low, high) is not None or (high - low <= _SHORT and opened(text, low, high) >= high)


def _of_group(slot: Slot) -> list[Phrase]:
    """A phrase for each quantity of a group; the memory goes on to the next."""
    text, memory, count = slot.text, slot.memory, len(slot.group.items)
    low, high = opened(text, *slot.group.left), slot.group.left[1]
    right = behind.tail(slot)
    changed = CHANGED.before(text, low, high)
    paid = money.spent(slot, low, high, right) if (slot.first.unit or "").endswith("元") else None
    stands_behind = not paid and right is not None and behind.stands(slot, low, high, right)
    if paid:
        found = [paid] * count
    elif right and stands_behind:
        found = behind.phrases(slot, low, high, right, count)
    else:
        found = before.phrases(slot, low, high, count)
    memory.behind = stands_behind
    if slot.first.shape != "rank" or not (memory.changed and slot.continues()):
        memory.phrases = tuple(found)
    memory.said = (*memory.said[-_RUN:], *found)
    memory.run = (*memory.run[-_RUN:], *found) if slot.continues() else tuple(found)
    memory.clause = None
    memory.shared = not stands_behind and before.SHARE.search(text, low, high) is not None
    memory.changed = (changed, high) if changed < high and slot.first.unit == "%" else None
    memory.unit = slot.last.unit
    return found


def _share_noun(text: str, clause: Clause, found: dict[int, Phrase]) -> None:
    """新建103个、修缮60个农村互助幸福院: a verb alone has the noun that stands behind the number after the next."""
    for group, other in pairwise(clause.groups):
        phrase, behind_it = found[group.items[0]], found[other.items[0]]
        verb = phrase.verb or phrase.noun
        alone = all(verbs(text, *span).object == span[1] for span in verb)
        stands_behind = behind_it.noun and other.right[0] <= behind_it.noun[0][0]
        if alone and stands_behind and group.right[0] == group.right[1] and text[other.left[0] - 1] == "、":
            found.update((item, Phrase(verb, behind_it.noun)) for item in group.items)


def _share_predicate(text: str, clause: Clause, found: dict[int, Phrase]) -> None:
    """83个社区、41个集贸市场实现常态化巡查: what the last of a list does, all of it do."""
    right = clause.groups[-1].right
    low = head(text, *right)
    last = found[clause.groups[-1].items[-1]]
    if (last.verb and not _makes(text, last.verb)) or len(last.noun) != 1 or last.noun[0][0] != right[0]:
        return
    right = last.noun[0]
    acts = ACT.before(text, *right) < right[1]
    if opened(text, *clause.groups[0].left) < clause.groups[0].left[1] and not acts:
        low = right[1]
    for group in reversed(clause.groups[:-1]):
        phrase = found[group.items[-1]]
        size = 1 if text[group.right[1] - 1] in "级类" else 2  # 国家级|和省级|试点, 快充桩|和慢充桩|建设
        kin = text.find(text[group.right[1] - size : group.right[1]], *right)
        low = kin + size if kin > 0 else low
        if (
            low >= right[1]
            or ACT.before(text, *group.right) < group.right[1]
            or phrase.noun != (group.right,)
            or (phrase.verb and not _makes(text, phrase.verb))
            or text[group.right[1] : group.right[1] + 1] not in _JOINS
        ):
            return
        verb = phrase.verb if last.verb else ()
        found.update((item, Phrase(verb, (group.right, (low, right[1])))) for item in group.items)


def _makes(text: str, verb: Spans) -> bool:
    """Whether a verb carries out an act or makes somebody act (启动, 推动), and narrows no thing."""
    return VERBS.get(text[slice(*verb[-1])]) in ("act", "cause", "light")


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
    spans = tuple(span for span in phrase.verb + phrase.noun if span[0] < span[1])  # 对3% has neither verb nor noun
    if any(_MARK.search(text, *span) for span in spans):
        spans = tuple(piece for span in spans for piece in _pieces(text, *span))
    return Indicator(text="".join([text[low:high] for low, high in spans]), concept=None, spans=spans)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _MARK.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end
