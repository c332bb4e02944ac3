"""What each passage of a report speaks of: the years that it reviews or plans, from headings and from what opens a paragraph.

A chapter's heading names one time (2020年工作回顾) or two (“十三五”时期发展成就和2020年工作回顾); a paragraph that opens with
五年来, 2020年是… or 今年 says to which of them the text has turned.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline import lexicon
from pipeline.claims.period import Clock, Time
from pipeline.contracts import Heading, Span, Status


class SectionRow(lexicon.Row):
    """What a heading's words say of its section."""

    status: Literal["actual", "planned"]
    pattern: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The years that a passage is about (None where nothing tells) and whether it reports or plans."""

    first: int | None
    last: int | None
    status: Status


_SECTIONS = [(row.status, re.compile(row.pattern)) for row in lexicon.load("status", "section", SectionRow)]
_OPENING = re.compile(
    r"(?:[\s—\-–·•]|各位代表[!,。]?|同志们[!,。]?|特别是|总之|总的看|[(（]?[一二三四五六七八九十]{1,3}(?:[)）、]|是)|[0-9]{1,2}[.、])*"
    r"(?:回顾|回首|展望|盘点|刚刚|即将|围绕|在|对于?)?"
)
_BEHIND = re.compile(r"[\"”]?(?:期间|时期|以来|里|中|间|末|工作)?(?:[,、]|是|以来|期间|我|全[市区县省国州]|的?(?:工作|发展|成绩))")


def matches(row: SectionRow, text: str) -> bool:
    """Whether a heading's title has the words of this row."""
    return re.search(row.pattern, text) is not None


def named(title: str, times: Sequence[Time], shift: int, clock: Clock) -> list[Passage]:
    """The passages that a title announces, in its order; `times` are absolute, `shift` is where the title stands."""
    here = [t for t in times if t.first is not None and t.use == "stands"]
    ends = [t.start - shift for t in here[1:]] + [len(title)]
    found = []
    for time, end in zip(here, ends, strict=True):
        status = _status(title[time.end - shift : end]) or _status(title) or _by_year(time, clock)
        found.append(_of(time, status))
    return found


def _status(words: str) -> Literal["actual", "planned"] | None:
    """Review or plan, by the last of the words that tell."""
    last = max(((m.end(), status) for status, pattern in _SECTIONS for m in pattern.finditer(words)), default=None)
    return last[1] if last else None


def _by_year(time: Time, clock: Clock) -> Status:
    return "actual" if time.last is not None and time.last < clock.plan else "planned"


def _of(time: Time, status: Status) -> Passage:
    return Passage(time.first, time.last, status)


@dataclass
class _Place:
    """The heading that the reading has come to, with what its chapter announces and what is being spoken of."""

    now: Passage
    announced: tuple[Passage, ...] = ()


class Reader:
    """Reads headings and sentences in their order, and says of each sentence what it speaks of."""

    def __init__(self, text: str, outline: Sequence[Heading], times: Sequence[Time], clock: Clock) -> None:
        self._text, self._clock, self._times = text, clock, times
