"""What a place was ranked in, where nothing else of it is measured (在全省营商环境评价中,我县名列第三; 跻身全国百强县前十)."""

import re

from pipeline.claims.edges import closed, opened
from pipeline.claims.slot import Slot, Spans

_CONTEST = re.compile(
    r"在([^,;在]{2,40}?(?:评价|评估|测评|考核|考评|评比|评选|排名|活动|行动|竞赛|大赛|检查|调查|督查))中|(?:[位名]列|[位稳]居|跻身|荣获|获得?)([^,;]{4,30})$"
)
_BARE = 3  # characters that name no contest of their own (考核, 考评)


def of(slot: Slot) -> Spans:
    """What a rank is of where only the whole place has it: what it was won in (在…评价中名列第一, 跻身…百强县前十)."""
    low = slot.clause.start
    if slot.memory.clause and slot.text.endswith("中", *slot.memory.clause):
        low = slot.memory.clause[0]
    match = _CONTEST.search(slot.text, low, slot.group.left[1])
    if not match or (slot.memory.clause and low == slot.clause.start and not match[1]):
        return ()
    start, end = match.span(match.lastindex or 0)
    start = opened(slot.text, start, end)
    end = closed(slot.text, start, end, True)
    return ((start, end),) if end - start > _BARE else ()
