"""Whose report it is: the area that a report names as its own, where the name stands, and its level and code."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.contracts import Level
from pipeline.front import areas
from pipeline.front.areas import Area
from pipeline.front.opening import Line

_OWNER = re.compile(
    r"(?:人民)?政府|第?[0-9一二三四五六七八九十百]{1,4}届|管委会|管理委员会|(?:19|20)[0-9]{2}年|工作报告|代?[省市区县州盟旗]长|$"
)
_NEW_AREA = re.compile(r"[一-龥]{2}(?<!高)新区$")
_AREA, _COMMITTEE = re.compile("[一-龥]{2}新区"), re.compile("[一-龥]{2}新区(?=管委会|管理委员会)")
_NEW_AREA_LENGTH = 4  # 坪山新区, 大鹏新区
_KINDS: tuple[tuple[str, Level], ...] = (
    ("自治区", "province"), ("地区", "city"), ("省", "province"), ("州", "city"), ("盟", "city"),
    ("区", "district"), ("县", "district"), ("旗", "district"),
)  # fmt: skip
NATION = "国务院"
"""The kind of area whose government is the State Council."""

_OWN = re.compile(
    r"我(?:谨|受)?代?表(?P<own>国务院|[一-龥]{1,24}?(?=第?[一二三四五六七八九十]{1,4}届|(?:党工委[、和])?(?:人民政府|政府|管委会|管理委员会)))"
)
_UNKNOWN = re.compile(r"(?:新一届|本届|上届)?(?P<name>(?!自治)(?:(?![届委党及和])[一-龥]){2,8}区)")  # 高新区: no name of GB/T 2260
_KIND = re.compile(r"(?:国务院|新区|自治区|自治县|自治州|地区|[省市区县州盟旗])$")
_WHOLE = re.compile(r"[全我]([市区县州盟旗])")
_SAID = 5  # times that a report must say 全县
_SURE, _CLEAR = 8, 2  # times that a text must name its own area, and times as often as any other
_NAMED = 4  # times where it names the area's committee too


class Named(NamedTuple):
    """A name of an area in a line and the names that stand right before it (保定市徐水区)."""

    line: Line
    name: str
    start: int
    end: int
    above: tuple[str, ...]


def owners(line: Line) -> Iterator[Named]:
    """The areas in a line whose government, congress, report or head it speaks of."""
    at = -1
    for match in _OWNER.finditer(line.words):
        if match.start() > at and (one := named(line, match.start())):
            at = match.start()
            yield one


def named(line: Line, end: int, begin: int = 0) -> Named | None:
    """The area whose name ends at `end` of the line (and begins at `begin` at the earliest), with the greater areas before it."""
    name = _last(line.words[begin:end])
    if name is None:
        return None
    start = end - len(name)
    above: list[str] = []
    at = start
    while parent := _last(line.words[begin:at]):
        above.insert(0, parent)
        at -= len(parent)
    return Named(line, name, start, end, tuple(above))


def _last(words: str) -> str | None:
    """The name of an area that the words end with: one of GB/T 2260, or a new area with a committee in place of a government."""
    if name := areas.last_in(words[-areas.LONGEST :]):
        return name
    match = _NEW_AREA.search(words[-_NEW_AREA_LENGTH:])
    return match.group() if match else None


def level_of(name: str) -> Level | None:
    """The level that a name without a code says by its kind; None for a 市, which can be of two."""
    return next((level for kind, level in _KINDS if name.endswith(kind)), None)


def resolve(named: Sequence[Named], text: str, year: int | None) -> tuple[Area, ...]:
    """The areas that the first name can mean in that year: one where it is known, several where the text does not tell them apart.

    Between areas of one name a greater area decides that stands before the name, or else that the text names again and again.
    """
    name = named[0].name
    found = areas.named(name, year)
    if len(found) < 2:
        return found
    greater = {parent for one in named if one.name == name for parent in one.above}
    told = tuple(area for area in found if any(parent.name in greater for parent in areas.above(area)))
    if len(told) == 1:
        return told
    counts = sorted(
        ((sum(text.count(parent.name[:-1]) for parent in areas.above(area)), area) for area in told or found), reverse=True
    )
    (best, area), (second, _) = counts[:2]
    return (area,) if best >= _CLEAR and best > _CLEAR * second else found


class Own(NamedTuple):
    """The government that the speaker speaks for: its area where it is named, else the kind of area (市人民政府)."""

    named: tuple[Named, ...]
    kind: str


def own(lines: Sequence[Line]) -> Own:
    """For whom the first paragraphs say that the speaker speaks (我代表…人民政府)."""
    for line in lines:
        match = _OWN.search(line.words)
        if match is None:
            continue
        start, end = match.span("own")
        if one := named(line, end, start):
            return Own((one,), "")
        if unknown := _UNKNOWN.fullmatch(line.words, start, end):
            return Own((Named(line, unknown["name"], unknown.start("name"), end, ()),), "")
        kind = _KIND.search(match["own"])
        return Own((), kind.group() if kind else "")
    return Own((), "")


def whole(text: str) -> str:
    """The kind of area that a report speaks of as a whole (全县) by far the most often; empty where it is not clear."""
    counts: Counter[str] = Counter(_WHOLE.findall(text))
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (kind, best), (_, second) = ranked[:2]
    return kind if best >= _SAID and best >= _CLEAR * second else ""


class Words(lexicon.Row):
    """Stems of names (平安区, 合作市) that are words of any report."""

    stems: tuple[str, ...]


@cache
def _stems(kind: str) -> dict[str, tuple[str, ...]]:
    """Stem -> names (黔东南 -> 黔东南州, 黔东南苗族侗族自治州) of the areas of a kind; a stem that is a word is left out."""
    words = {stem for row in lexicon.load("opening", "word", Words) for stem in row.stems}
    stems: dict[str, tuple[str, ...]] = {}
    for name in areas.names():
        stem = areas.stem(name) if name.endswith(kind) else ""
        if stem and stem not in words:
            key = stem if len(stem) > 1 else name
            stems[key] = (*stems.get(key, ()), name)
    return stems


def most_named(text: str, kind: str) -> tuple[str, str] | None:
    """The area of a kind (市, 县) that a text names by far the most often, and the words that stand for it in the text."""
    stems = {name: (name,) for name in _COMMITTEE.findall(text) or _AREA.findall(text)} if kind == "新区" else _stems(kind)
    pairs = set(map(str.__add__, text, text[1:]))
    ranked = sorted(((text.count(stem), stem) for stem in stems if stem[:2] in pairs), reverse=True)[:6]
    if not ranked:
        return None
    whole = {stem: any(name in text for name in stems[stem]) for _, stem in ranked}
    (best, stem), *others = ranked
    # A rival that stands nowhere in full, where the best does, may be but letters of other words (雄安新区 has 安新).
    sure = _NAMED if f"{stem}管委会" in text else _SURE
    if best < sure or any(best < (_CLEAR if whole[rival] or not whole[stem] else 1) * count for count, rival in others):
        return None
    for name in stems[stem]:
        if name in text:
            return name, name
    return max(stems[stem], key=len), stem
