"""Administrative areas: names and codes of GB/T 2260, each with the years in which it was in force.

A county that became a district, a city that was renamed, keep their old name and code for the years before.
"""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from pipeline.contracts import Level

LONGEST = 15  # characters of the longest name (双江拉祜族佤族布朗族傣族自治县)
_FIRST, _LAST = 0, 9999


class Area(NamedTuple):
    """A code of GB/T 2260, its name, and the first and last year in which the code had that name."""

    code: str
    name: str
    first: int
    last: int

    @property
    def level(self) -> Level:
        """province: `xx0000`; city (prefecture): `xxxx00`; district (county level): any other."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "district"


@cache
def _rows() -> dict[str, list[str]]:
    """Name -> the lines of the areas that have or had it; autonomous areas also by their short name (黔东南州, 宁夏)."""
    rows: dict[str, list[str]] = {}
    for line in (files("pipeline.lexicon") / "areas.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name = line[7 : line.index("\t", 7)]
        rows.setdefault(name, []).append(line)
        if "自治" in name and (short := _short(name)):
            rows.setdefault(short, []).append(line)
    return rows


def _area(line: str) -> Area:
    code, name, first, last = line.split("\t")
    return Area(code, name, int(first or _FIRST), int(last or _LAST))


_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗"
    "|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各)族?)+$"
)


def _short(name: str) -> str | None:
    """黔东南苗族侗族自治州 -> 黔东南州, 宁夏回族自治区 -> 宁夏; None where the name is that of its peoples alone."""
    full, kind = name.split("自治", 1)
    stem = _PEOPLES.sub("", full)
    if kind == "区":
        return stem if len(stem) > 1 else full
    return stem + kind if len(stem) > 1 else None


def named(name: str, year: int | None) -> tuple[Area, ...]:
    """The areas of that name in that year (in any year for None); the code in force when the year began before one given in it."""
    found = [area for area in map(_area, _rows().get(name, ())) if year is None or area.first <= year <= area.last]
    if year is not None and len(found) > 1:
        found = [area for area in found if not any(_follows(area, other, year) for other in found)]
    return tuple(found)


def _follows(area: Area, other: Area, year: int) -> bool:
    """Whether the area is the other under a new code, given in the year."""
    return area.first == year == other.last and area.code[:2] == other.code[:2]


def last_in(words: str) -> str | None:
    """The longest name of an area, of any year, that the words end with."""
    rows = _rows()
    for length in range(min(LONGEST, len(words)), 1, -1):
        if words[-length:] in rows:
            return words[-length:]
    return None


def above(area: Area) -> tuple[Area, ...]:
    """The city and the province that a code lies in, under all the names that they had."""
    codes = {f"{area.code[:2]}0000", f"{area.code[:4]}00"} - {area.code}
    return tuple(_area(line) for code in sorted(codes) for line in _codes().get(code, ()))


@cache
def _codes() -> dict[str, list[str]]:
    """Code -> its lines."""
    codes: dict[str, list[str]] = {}
    for lines in _rows().values():
        for line in lines:
            codes.setdefault(line[:6], []).append(line)
    return codes


def names() -> tuple[str, ...]:
    """All names that areas have or had, short names of autonomous areas too, sorted."""
    return tuple(sorted(_rows()))


def stem(name: str) -> str:
    """The name without its kind and peoples: 丽水市 -> 丽水, 黔东南苗族侗族自治州 -> 黔东南."""
    if "自治" in name:
        return _PEOPLES.sub("", name.split("自治", 1)[0])
    return name[:-2] if name.endswith("地区") else name[:-1]
