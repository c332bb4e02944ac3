"""Money whose purpose stands behind it: 投入13.51亿元,完成十大民生项目."""

import re

from pipeline.claims.clauses import Group
from pipeline.claims.edges import closed, opened, verbs
from pipeline.claims.slot import GENERIC, Phrase, Slot, Spans
from pipeline.contracts import Span

_SPEND = re.compile(r"(?:总)?(?:投入|投资|安排|筹集|统筹|整合|争取|落实|斥资|筹资|列支)(?:各类|各级|财政|专项)?(?:资金)?$")


def spent(slot: Slot, low: int, high: int, right: Span | None) -> Phrase | None:
    """Money whose purpose stands behind: 投入13.51亿元,完成十大民生项目 gives 十大民生项目投入."""
    text = slot.text
    end = closed(text, low, high)
    match = _SPEND.search(text, low, end)
    if not match or match.start() > low or text[slot.group.right[0] : slot.group.right[0] + 1] == "的":
        return None
    if text.startswith("总", low) and slot.memory.owner:
        return None
    if right is None and slot.topic:
        return Phrase((), (slot.topic, match.span()))
    bought = slot.next_group()
    if right is None and bought:
        right = bought.left
    elif right is None and slot.following and slot.group.right[1] == slot.clause.end:
        right, bought = (slot.following.start, slot.following.end), next(iter(slot.following.groups), None)
    if right is None or text.startswith("其中", right[0]):
        return None
    start, stop = opened(text, *right), right[1]
    opening = verbs(text, start, stop)
    meant = text.endswith("用于", 0, start)
    if opening.role is None and not meant:
        return None
    verb: Spans = (opening.span,) if opening.role == "keep" and not meant else ()
    start = opened(text, opening.object, stop)
    noun: Spans = ((start, stop),)
    if bought and start <= bought.left[1] <= stop:
        noun = _counted(text, start, bought)
    return Phrase((), (*verb, *noun, match.span())) if sum(high - low for low, high in noun) > 1 else None


def _counted(text: str, start: int, group: Group) -> Spans:
    """What is bought, where it is counted: the noun before its number (管线3公里) and behind it (保护区|3家企业搬迁)."""
    low, high = group.right
    while low < high and text[low] in "的余多":
        low += 1
    listed = text[group.left[1] - 1] == "等" and low < high
    if listed and text[low:high] not in GENERIC:
        return ((low, high),)
    before = (start, group.left[1] if listed else closed(text, start, group.left[1]))
    return tuple(span for span in (before, (low, high)) if span[1] > span[0])
