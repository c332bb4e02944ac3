"""Money whose purpose stands behind it: 投入13.51亿元,完成十大民生项目."""

import re

from pipeline.claims.edges import closed, opened, verbs
from pipeline.claims.slot import Phrase, Slot
from pipeline.contracts import Span

_SPEND = re.compile(r"(?:总)?(?:投入|投资|安排|筹集|统筹|整合|争取|落实|斥资|筹资|列支)(?:各类|各级|财政|专项)?(?:资金)?$")


def spent(slot: Slot, low: int, high: int, right: Span | None) -> Phrase | None:
    """Money whose purpose stands behind: 投入13.51亿元,完成十大民生项目 gives 十大民生项目投入."""
    text = slot.text
    end = closed(text, low, high)
    match = _SPEND.search(text, low, end)
    if not match or match.start() > low or text[slot.group.right[0] : slot.group.right[0] + 1] == "的":
        return None
    if right is None and slot.topic:
        return Phrase((), (slot.topic, match.span()))
    if right is None and slot.following and slot.group.right[1] == slot.clause.end:
        right = (slot.following.start, slot.following.end)
    if right is None:
        return None
    start, stop = opened(text, *right), right[1]
    opening = verbs(text, start, stop)
    if opening.role is None and not text.endswith("用于", 0, start):
        return None
    start = opened(text, opening.object, stop)
    for group in slot.following.groups[:1] if slot.following else ():
        if start <= group.left[1] < stop:
            start, stop = (start, group.left[1]) if group.left[1] > start + 1 else group.right
    return Phrase((), ((start, stop), match.span())) if stop > start + 1 else None
