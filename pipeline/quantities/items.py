"""The numerals of a text, each with what is glued to it: its lead (第, 百分之), its unit or label, the role that a phrase tells."""

import re
from functools import cache
from typing import NamedTuple

from pipeline.contracts import NumeralRole, Span
from pipeline.quantities import roles, units
from pipeline.quantities.numerals import NUMERAL


class Item(NamedTuple):
    """A numeral; `start` and `end` hold its lead and unit too. A word that stands for a number (翻番, 榜首, 一半) is all `lead`."""

    start: int
    end: int
    numeral: Span
    lead: str = ""
    unit: str | None = None
    role: NumeralRole | None = None
    measured: bool = False


_STARTS = re.compile(
    "[0-9〇零○一二两三四五六七八九十百千万亿壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億兆几数若廿卅卌第前翻倍首榜之半负−$¥￥€£.-]"
)
_LEADS = (
    r"零下 ?|第 ?|(?<![目以之提空日当生先面跟向眼支])前 ?|[负−-]?(?:[十百千万]?[百千万亿])分之 {0,2}"
    r"|(?<![税抱担减胜欠自肩辜不])负 ?"
    r"|(?:(?<![0-9A-Za-z%)\u4e00-\u9fff-])|(?<=[为长降幅率达是到的由从至于]))[-−](?=[0-9])|(?<![^\s,(])\.(?=[0-9])|[$¥￥€£] ?"
)
_UNSURE = (
    r"(?:(?<=[0十百千万亿])(?: (?=[余多]))?(?:余(?![额热粮])|多(?!元化|样|媒体|功能|边|党|少)|来(?=[个名家年天岁项]))"
    r"|(?<=[0-9])余(?=[个名家项人万亿])|(?<=十)几)?"
)
_WORDS = frozenset("翻倍首榜之两百一半")
"""What a word in place of a numeral begins with."""
WORD = re.compile(
    r"(?P<multiple>翻(?:了)?(?P<times>[一两二三四五六])番|翻番|翻倍|翻了?一倍|倍增(?!计划|行动|工程|效应))"
    r"|(?P<top>首位(?!度)|榜首|之首)|两位数(?!字)|百分百|(?<![上下大])(?P<half>一?半)(?P<half_unit>年|天|个月|个?小时|成|岁)?"
)


@cache
def _pattern() -> re.Pattern[str]:
    label, _ = roles.labels()
    measured, counted = units.patterns()
    return re.compile(
        rf"(?P<lead>{_LEADS})?(?P<numeral>{NUMERAL}{_UNSURE}|若干|几(?=个|项|条|家|种|类|点|次|年|天|户|名|件|场|代|大|方面))"
        rf"(?: ?(?:(?P<label>{label})|(?P<measured>{measured}级?)|(?P<counted>{counted}级?|级)))?"
    )


NUMBER = re.compile(f"{NUMERAL}|几|若干|[百千万亿]")
"""A numeral alone, inside of what is already known."""
LIST = frozenset("、和或及与")
"""What stands between the members of a list."""

TO = re.compile(r" ?(?:[-—–~―]{1,2}|至|到) ?")
"""What stands between the ends of a range."""


def find(folded: str, start: int, stop: int) -> list[Item]:
    """Every numeral in order; a numeral inside of a set phrase has the phrase's role already."""
    items: list[Item] = []
    find, read = _STARTS.search, _pattern().match
    found = find(folded, start, stop)
    if not found:
        return items
    _, label_roles = roles.labels()
    phrases = [(stop + 1, stop + 1, "idiom"), *reversed(roles.phrases(folded, start, stop))]
    phrase_start, phrase_end, phrase_role = phrases.pop()
    while found:
        at = found.start()
        while phrase_end <= at:
            phrase_start, phrase_end, phrase_role = phrases.pop()
        if phrase_start <= at:
            inside = [inner.span() for inner in NUMBER.finditer(folded, at, phrase_end)]
            items += [Item(*span, span, role=phrase_role) for span in inside]
            at = phrase_end
        elif folded[at] in _WORDS and (word := WORD.match(folded, at, stop)) and (word["half_unit"] or word["half"] != "半"):
            items.append(Item(*word.span(), word.span(), word.group(), word["half_unit"]))
            at = word.end()
        elif match := read(folded, at, stop):
            lead, _, label, measured, counted = match.groups()
            numeral, role = match.span(2), label_roles[label] if label else None
            start, at = at, match.end()
            items.append(Item(start, at, numeral, lead or "", label or measured or counted, role, measured is not None))
        else:
            if folded[at] in "百千万亿":  # a part of a unit that nothing stands before: 千瓦, 百分点
                items.append(Item(at, at + 1, (at, at + 1), role="idiom"))
            at += 1
        found = find(folded, at, stop)
    return items


def share_units(folded: str, items: list[Item]) -> None:
    """In a list the last one's unit or label is that of all (12.7个、12个百分点; 10.6万、3.8万平方米; 14、16号线)."""
    for n in range(len(items) - 2, -1, -1):
        here, after = items[n], items[n + 1]
        if after.start - here.end != 1 or folded[here.end] not in LIST:
            if after.role == "date" and not here.unit and TO.fullmatch(folded, here.end, after.start):
                items[n] = here._replace(role="date")
        elif here.unit and after.unit == f"{here.unit}百分点":
            items[n] = here._replace(unit=after.unit, measured=True)
        elif here.unit or here.role or here.lead or roles.numbering(folded, *here.numeral):
            continue
        elif after.role:
            items[n] = here._replace(role=after.role)
        elif after.unit not in (None, "年") and _alike(folded[slice(*here.numeral)], folded[slice(*after.numeral)]):
            items[n] = here._replace(unit=after.unit, measured=after.measured)


def _alike(one: str, two: str) -> bool:
    """Whether two numerals are written in one way, with one scale: 10.6万 and 3.8万, but not 50亿 and 3."""
    scale = one.lstrip("0123456789.,")
    return one[0].isascii() and two[0].isascii() and scale == two.lstrip("0123456789.,") and not roles.is_year(one)
