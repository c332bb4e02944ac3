"""What a list of items is: an achievement, a plan, a goal, a problem, by what introduces it, what it says and where it stands."""

import re
from collections.abc import Sequence
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import TaskKind
from pipeline.outline import chapters
from pipeline.text import fold, squeeze


class Cue(lexicon.Row):
    """Words that tell a list's kind; `but`: words beside which they don't."""

    kind: TaskKind
    where: Literal["intro", "title"]
    pattern: str
    but: str | None = None


_Said = tuple[re.Pattern[str], re.Pattern[str] | None]


def _compiled(row: Cue) -> _Said:
    return re.compile(row.pattern), re.compile(row.but) if row.but else None


_ROWS = lexicon.load("task_kinds", "cue", Cue)
_INTROS = [(row.kind, _compiled(row)) for row in _ROWS if row.where == "intro"]
_TITLES = {row.kind: [_compiled(each) for each in _ROWS if (each.where, each.kind) == ("title", row.kind)] for row in _ROWS}


def matches(row: Cue, text: str) -> bool:
    """Whether the words stand in a text, and none beside which they don't count."""
    return _says(fold(squeeze(text)), _compiled(row))


def _says(plain: str, said: _Said) -> bool:
    pattern, but = said
    return pattern.search(plain) is not None and not (but and but.search(plain))


def of(intros: Sequence[str], titles: Sequence[str], time: chapters.Time | None, aim: bool, early: bool) -> TaskKind:
    """The kind of a list.

    `intros`: the sentences before it, the nearest first; `titles`: the lead sentences of its items; `time`: what its chapter
    tells of; `aim`: the heading above it names aims alone; `early`: it stands in the report's first half.
    """
    leads = [fold(squeeze(title)) for title in titles]
    introduced = next((kind for intro in intros if (kind := _introduced(intro))), None)
    aims = _share("goal", leads) > 0.5
    if introduced == "goal" and time != "review":
        return "goal" if aims else "plan"
    if introduced and introduced != "goal":
        return introduced
    if _share("problem", leads) > 0.5:
        return "problem"
    if time == "review":
        return "achievement"
    if time == "plan":
        return "goal" if aims and aim else "plan"
    done, planned = _share("achievement", leads), _share("plan", leads)
    if done == planned:
        return "achievement" if early else "plan"
    return "achievement" if done > planned else "plan"


def _introduced(intro: str) -> TaskKind | None:
    plain = fold(squeeze(intro)).rstrip("。")
    return next((kind for kind, said in _INTROS if _says(plain, said)), None)


def _share(kind: TaskKind, leads: Sequence[str]) -> float:
    """The share of lead sentences, folded, that speak for a kind."""
    return sum(any(_says(lead, said) for said in _TITLES[kind]) for lead in leads) / len(leads)


def names_aims(title: str) -> bool:
    """Whether a heading speaks of aims and of no work to do."""
    return "目标" in title and not re.search("任务|工作|安排|重点", title)
