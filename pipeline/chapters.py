"""What the chapters of a report are called, and what time they tell of: what was done, what is to do."""

import re
from typing import Literal

from pipeline import lexicon
from pipeline.text import fold, squeeze

Time = Literal["review", "plan", "goal", "problem"]


class Chapter(lexicon.Row):
    """A way to name a chapter; `unnumbered`: good enough to know a chapter by where it has no number."""

    time: Time
    pattern: str
    unnumbered: bool = False


_ROWS = [(row, re.compile(row.pattern)) for row in lexicon.load("chapters", "chapter", Chapter)]


def matches(row: Chapter, text: str) -> bool:
    """Whether a heading has this name."""
    return re.search(row.pattern, fold(squeeze(text))) is not None


def named(title: str) -> bool:
    """Whether a heading's words are a chapter's name."""
    plain = fold(squeeze(title))
    return any(row.unnumbered and pattern.search(plain) for row, pattern in _ROWS)


def times(title: str) -> tuple[Time, ...]:
    """What a heading's words tell of, each once."""
    plain = fold(squeeze(title))
    return tuple(dict.fromkeys(row.time for row, pattern in _ROWS if pattern.search(plain)))
