"""Which claims are the year's main expected targets (主要预期目标), in whatever words a report sets them out."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from pipeline import markers
from pipeline.claims.drafts import Draft
from pipeline.claims.places import Places
from pipeline.contracts import Heading, Span

_SETS = re.compile(
    r"(?:预期|主要|发展|奋斗|总体|经济|工作|全年|年度|具体|调控)[^,，。;；]{0,10}?(?:目标|指标)[^。;；]{0,14}?(?:是|为|:|设定|如下|包括|建议|安排)"
    r"|建议[^。;；]{0,24}(?:目标|预期|增长)|(?:综合|统筹|通盘)考虑[^。;；]{0,40}(?:增长|目标)"
)
_WORDS = re.compile(r"目标|指标|建议|考虑")  # without one of them nothing is set out
_NAMED = re.compile(r"(?:预期|主要|发展|奋斗)[^,，。;；]{0,6}目标")
_TURNS = re.compile(r"\s*(?:为|围绕|实现|确定|提出|重点|做好|完成)(?:了|好)?(?:上述|以上|这些|今年|以下|抓好|做好|实现)")
_ITEM = 120  # characters of an item of a list of targets; longer ones tell of work
_FEW = 3  # kinds of targets that tell what the year's are, where nothing says that they are targets
_BEFORE = 30  # characters before a sentence in which the words that set targets may begin, where a page broke them into lines


class Targets:
    """Follows the sentences in their order, and marks the drafts of those that set out the targets of the year `plan`.

    They stand behind `主要预期目标是` and the like, in the sentence, in the paragraph that its colon opens or in the list of short
    items there (——地区生产总值增长6%；), or under a heading of that name; the sentences behind them in the paragraph go on with
    them while they speak of what the catalogue knows.
    """

    def __init__(self, text: str, plan: int, places: Places) -> None:
        self._text = text
        self._plan = str(plan)
        self._places = places
        self._words = [match.start() for match in _WORDS.finditer(text)]
        self._colon = False
        self._listed: str | None = None  # the style of the items that a colon opened
        self._going_on = False
        self._named: dict[str, bool] = {}

    def unnamed(self, drafts: Sequence[Draft]) -> None:
        """Marks the year's targets in a report that only says them (地区生产总值增长7%左右，规上工业增加值增长8%…).

        They stand in its first sentence that promises the growth of the whole economy and of more. `drafts` are the report's.
        """
        if any(draft.headline for draft in drafts):
            return
        for _, told in groupby(drafts, key=lambda draft: draft.sentence):
            promised = [draft for draft in told if draft.status == "planned" and draft.period == self._plan]
            kinds = {draft.indicator.concept for draft in promised if draft.indicator.concept}
            if "gross_domestic_product" in kinds and len(kinds) >= _FEW:
                for draft in promised:
                    draft.headline = True
                return

    def mark(self, sentence: Span, first: bool, drafts: Sequence[Draft]) -> None:
        """Reads the next sentence; `first` where it opens a paragraph."""
        begin = self._begin(sentence, first)
        if begin is None and drafts and (section := self._places.section(sentence[0])) and self._names(section):
            begin = sentence[0]
        if begin is None or not drafts:
            self._going_on = False
            return
        told = [draft for draft in drafts if draft.status == "planned" and draft.period == self._plan]
        told = [draft for draft in told if draft.quantity.start >= begin]
        self._going_on = any(draft.indicator.concept or draft.change.measure == "change_rate" for draft in told)
        for draft in told if self._going_on else ():
            draft.headline = True

    def _begin(self, sentence: Span, first: bool) -> int | None:
        """The offset behind which claims of the sentence are targets by its words or those before it; None where there are none."""
        start, end = sentence
        colon, self._colon = self._colon, False
        if first:
            item = markers.at(self._text, start, end) if (colon or self._listed) and end - start <= _ITEM else None
            self._listed = item.style if item and (colon or item.style == self._listed) else None
        before = max(0, start - _BEFORE)
        word = bisect_left(self._words, before)
        near = _SETS.finditer(self._text, before, end) if word < len(self._words) and self._words[word] + 2 <= end else ()
        found = next((match for match in near if match.end() > start), None)
        if found:
            self._colon = self._text[end - 1] == ":"
            return found.start()
        if colon or (first and self._listed) or (self._going_on and not first and not _TURNS.match(self._text, start)):
            return start
        return None

    def _names(self, section: Heading) -> bool:
        """Whether a heading is of that name."""
        if section.id not in self._named:
            self._named[section.id] = _NAMED.search(self._text, section.start, section.end) is not None
        return self._named[section.id]
