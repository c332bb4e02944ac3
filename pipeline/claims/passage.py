"""What each sentence of a report speaks of, unless it says so itself: which years, and whether they are reviewed or planned.

A chapter's heading names one time (2020年工作回顾) or two (“十三五”时期发展成就和2020年工作回顾); what opens a paragraph
(五年来, 2020年是…, 今后五年) says to which of them the text has turned.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.claims.period import Clock, Time
from pipeline.contracts import Heading, Span, Status, Table
from pipeline.outline import chapters

_OPENING = re.compile(
    r"(?:[\s—\-–·•]|各位(?:人大)?代表[!,。]?|同志们[!,。]?|[(（]?[一二三四五六七八九十]{1,3}(?:[)）、]|是)|[0-9]{1,2}[.、])*"
    r"(?:(?:回顾|回首|展望|盘点|特别是|刚刚过去的|即将过去的|在|对于?)[,，]?)?"
)
_TURN = re.compile(
    r"(?:期间|时期|以来|里|中|间|的?工作|的发展)?(?:[,、:]|是|我们|我[省市区县州旗]|全[省市区县州旗国])|(?:的|经济|发展|政府)?[^,。;]{0,20}(?:目标|回顾|安排)"
)
_TARGETS = re.compile(r"(?:预期|奋斗|发展|主要)目标(?:是|为|:)")
_GOES_ON = re.compile(r"(?:同比|比上年|增长|下降)[^,。;]{0,6}[0-9]")  # of the year that the sentence before spoke of
_SUMS = re.compile(r"累计|五年|年均|以来|“")
_DIGIT = re.compile("[0-9]")
_ITEM = re.compile(r"\s*[—\-–·•]{1,4}")


class Passage(NamedTuple):
    """The years that a passage is about (None where nothing tells), and whether it reports or plans."""

    first: int | None
    last: int | None
    status: Status


def of_table(table: Table, clock: Clock) -> Passage | None:
    """What a table speaks of, by its year and by whether its projects are planned or completed; None where it tells neither."""
    if table.year is None and (table.stage is None or not clock.plan):
        return None
    year = table.year if table.year is not None else clock.plan - (table.stage == "completed")
    done = table.stage == "completed" or (table.stage is None and year < clock.plan)
    return Passage(year, year, "actual" if done else "planned")


@dataclass(slots=True)
class _Section:
    """A heading's section while it is being read: what its heading announces, and what is spoken of now."""

    level: int
    end: int
    announced: tuple[Passage, ...]
    now: Passage


@dataclass(slots=True)
class Reader:
    """Goes through the sentences in their order. `text` is folded; `times` are all times of the text."""

    text: str
    outline: Sequence[Heading]
    times: Sequence[Time]
    clock: Clock
    _starts: list[int] = field(init=False)
    _sections: list[_Section] = field(default_factory=list)
    _next: int = 0

    def __post_init__(self) -> None:
        self._starts = [time.start for time in self.times]

    def read(self, paragraph: Sequence[Span]) -> Iterator[Passage]:
        """The passage of each sentence of the paragraph that follows the one read before."""
        here: Passage | None = None
        year: Passage | None = None
        is_item = bool(paragraph) and _ITEM.match(self.text, paragraph[0][0]) is not None
        for n, (start, end) in enumerate(paragraph):
            opened = self._headings(end)
            here = None if opened else here
            times = self.within(start, end)
            turned, lasting = self._turn(times, start, end, n == 0 or opened) or self._set_out(start, end) or (None, False)
            if turned and lasting:
                here = turned
                if (n == 0 or opened) and self._holds(turned, start) and not is_item:
                    self._section.now = turned
            if not turned and (announced := self._introduced(times, start, end)):
                here = self._section.now = announced
            if turned and not lasting:
                year = turned
            elif year and not _GOES_ON.search(self.text, start, end):
                year = None
            if year and _SUMS.search(self.text, start, end):
                year = None
            yield turned or year or here or self._section.now

    def _holds(self, passage: Passage, at: int) -> bool:
        """Whether a time that a paragraph turns to is the section's: one that its heading announces, or a part of one.

        Behind the end of the last section (a second copy of the report, say) nothing is announced.
        """
        announced = self._section.announced if at < self._section.end else ()
        return not announced or any(_inside(passage, whole) for whole in announced)

    @property
    def _section(self) -> _Section:
        if not self._sections:
            year = self.clock.plan - 1 if self.clock.plan else None
            self._sections.append(_Section(0, len(self.text), (), Passage(year, year, "actual")))
        return self._sections[-1]

    def _headings(self, before: int) -> bool:
        """Opens the sections whose headings start before an offset; whether there was one."""
        came = self._next
        while self._next < len(self.outline) and self.outline[self._next].start < before:
            heading = self.outline[self._next]
            self._next += 1
            last = self._section.now
            while len(self._sections) > 1 and self._sections[-1].level >= heading.level:
                last = self._sections.pop().now
            above = self._section
            announced = self._announced(heading, above)
            now = announced[0] if announced else above.now if above.level else last
            self._sections.append(_Section(heading.level, heading.body_end, announced or above.announced, now))
        return self._next > came

    def _announced(self, heading: Heading, above: _Section) -> tuple[Passage, ...]:
        """What a heading says that its section is about; nothing where it only names a subject."""
        title = self.text[heading.start : heading.end]
        told = _told(title)
        times = [t for t in self.within(heading.start, heading.end) if t.first is not None and t.use == "stands"]
        if times and (told or above.level == 0):
            ends = [t.start for t in times[1:]] + [heading.end]
            return tuple(
                Passage(t.first, t.last, self._status(t, _told(self.text[t.end : end]) or told))
                for t, end in zip(times, ends, strict=True)
            )
        if told and above.announced:
            return tuple(p for p in above.announced if p.status == told)[:1]
        if told and above.level == 0:
            year = self.clock.plan - (told == "actual") if self.clock.plan else None
            return (Passage(year, year, told),)
        return ()

    def _turn(self, times: Sequence[Time], start: int, end: int, first: bool) -> tuple[Passage, bool] | None:
        """The time that a sentence opens with, of the times in it, and whether the passage behind it goes on with that time.

        `first`: the sentence opens a paragraph; in the midst of one a bare year (2020年，…) is the sentence's own.
        """
        if not times:
            return None
        opening = _OPENING.match(self.text, start, end)
        at = opening.end() if opening else start
        for time in times:
            if time.first is None or time.use != "stands" or time.months or not (time.start <= at <= time.end):
                continue
            behind = _TURN.match(self.text, time.end, end)
            if not behind:
                continue
            passage = Passage(time.first, time.last, self._by_year(time) if self.clock.plan else self._section.now.status)
            said = (opening[0] if opening else "") + behind[0]
            lasting = time.lasting or "过去的" in said or said.endswith(("是", "目标"))
            lasting = lasting or (first and passage in self._section.announced)
            return passage, lasting or start >= self._section.end
        return None

    def _set_out(self, start: int, end: int) -> tuple[Passage, bool] | None:
        """The plan's year where a report without a heading above sets out its targets."""
        if self._next == 0 and self.clock.plan and _TARGETS.search(self.text, start, end):
            return Passage(self.clock.plan, self.clock.plan, "planned"), True
        return None

    def _introduced(self, within: Sequence[Time], start: int, end: int) -> Passage | None:
        """The other of the times that a heading announces, where a sentence of words and these times alone leads over to it."""
        section = self._section
        if len(section.announced) < 2 or start >= section.end:
            return None
        times = [t for t in within if t.first is not None]
        named = {(t.first, t.last) for t in times if t.use in ("stands", "told")}
        others = [passage for passage in section.announced if (passage.first, passage.last) in named and passage != section.now]
        if not len(named) == len(others) == 1:
            return None
        of_times = sum(len(_DIGIT.findall(self.text, t.start, t.end)) for t in times)
        return others[0] if len(_DIGIT.findall(self.text, start, end)) == of_times else None

    def within(self, start: int, end: int) -> Sequence[Time]:
        """The times that start in a stretch of the text."""
        return self.times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _status(self, time: Time, told: Status | None) -> Status:
        """What a heading's words tell of a time, but no plan of a year that is over (2018年主要工作 in a report of 2019)."""
        by_year = self._by_year(time)
        return "actual" if self.clock.plan and by_year == "actual" else told or by_year

    def _by_year(self, time: Time) -> Status:
        return "actual" if time.last is not None and time.last < self.clock.plan else "planned"


def _inside(part: Passage, whole: Passage) -> bool:
    if part.first is None or part.last is None or whole.first is None or whole.last is None:
        return False
    return whole.first <= part.first and part.last <= whole.last


def _told(words: str) -> Status | None:
    """Whether words of a heading announce a review or a plan; None where they say neither or both."""
    told = {"actual" if time in ("review", "problem") else "planned" for time in chapters.times(words)}
    return told.pop() if len(told) == 1 else None  # type: ignore[return-value]
