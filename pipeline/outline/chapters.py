"""What the chapters of a report are called, and what time they tell of: what was done, what is to do."""

import re
from collections.abc import Sequence
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import Heading
from pipeline.text import fold, squeeze

Time = Literal["review", "plan"]
Strength = Literal["alone", "beside"]


class Chapter(lexicon.Row):
    """A way to name a chapter; `unnumbered`: how far a line without a number is known by it."""

    time: Time
    pattern: str
    unnumbered: Strength | None = None


_ROWS = [(row, re.compile(row.pattern)) for row in lexicon.load("chapters", "chapter", Chapter)]
_AFTER = re.compile(
    r"[ \u3000\xa0\n]*(?:(?:19|20)[0-9]{2} ?年(?!工作|度)|过去|今年|刚刚|各位代表|“)|[ \u3000\xa0\n]+(?=[\u4e00-\u9fff])"
)
_NAME = re.compile(r"(?:回顾|总结|安排|任务|部署|建议|目标|要求|重点|工作|建设)(?=[ \u3000\xa0\n12过今刚各“])")
_YEAR = re.compile(r"20[0-9]{2}(?=年)")
_LONG = 34  # characters of a chapter's name


def matches(row: Chapter, text: str) -> bool:
    """Whether a heading has this name."""
    return re.search(row.pattern, fold(squeeze(text))) is not None


def named(title: str, *strength: Strength) -> bool:
    """Whether a heading's words are a chapter's name, so far as `strength` says ("alone" where it is not given)."""
    plain = fold(squeeze(title))
    return any(row.unnumbered in (strength or ("alone",)) and pattern.search(plain) for row, pattern in _ROWS)


def head(text: str, start: int, end: int) -> int | None:
    """Where a chapter's name ends that the text runs on behind without a stop (`2023年工作回顾 2023年是…`), or None."""
    for match in _NAME.finditer(text, start, min(end, start + _LONG)):
        if re.search("[，,；。]", text[start : match.end()]):
            return None
        if match.end() < end and _AFTER.match(text, match.end(), end) and named(text[start : match.end()], "alone", "beside"):
            return match.end()
    return None


def times(title: str) -> tuple[Time, ...]:
    """What a heading's words tell of, each once."""
    plain = fold(squeeze(title))
    return tuple(dict.fromkeys(row.time for row, pattern in _ROWS if pattern.search(plain)))


def timeline(outline: Sequence[Heading], year: int | None) -> dict[str, Time | None]:
    """What time each heading's section tells of, by its id: the outermost that says it decides.

    A chapter that says nothing is of the plan behind one that says something, and before the plan it is of the review.
    `year` is the year whose plan the report sets out; where it is not known, the last that a chapter names.
    """
    year = year or max((y for heading in outline if heading.parent is None for y in _years(heading.title)), default=None)
    told: dict[str, Time | None] = {}
    silent: list[str] = []
    known = False
    for heading in outline:
        time = told[heading.parent] if heading.parent else _said(heading.title, year)
        if heading.parent is None:
            if time is None and known and len(times(heading.title)) < 2:
                time = "plan"
            if time == "plan" and not known:
                told.update(dict.fromkeys(silent, "review"))
            known = known or time is not None
        told[heading.id] = time or _said(heading.title, year)
        if not known:
            silent.append(heading.id)
    return told


def _years(title: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(fold(squeeze(title)))]


def _said(title: str, year: int | None) -> Time | None:
    """Review or plan by a heading's words; by the years in it where the words say both or nothing."""
    words, years = times(title), _years(title)
    if len(words) == 1:
        return words[0]
    if years and year:
        return "review" if max(years) < year else "plan" if min(years) >= year and "十" not in title else None
    return None
