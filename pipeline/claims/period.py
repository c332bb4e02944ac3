"""The times that a text names, and the period of each as years or months: what `period` of a claim is made of.

The ways to name a time are rows of `lexicon/periods.toml`. Many name it from where the speaker stands (去年, 五年来, 今后五年):
a `Clock` says where that is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.quantities.numerals import value_of

Reading = Literal["year", "years", "month", "months", "plan", "back", "on", "relative", "span", "hand"]
Use = Literal["stands", "compared", "named", "told", "deadline"]


class TimeRow(lexicon.Row):
    """A way to name a time; the head of the lexicon's file explains the fields."""

    reading: Reading
    pattern: str
    years: int | None = None
    months: tuple[int, int] | None = None
    lasting: bool = False
    spoken: bool = False


class UseRow(lexicon.Row):
    """What stands before or behind a time that is not the time of the quantities behind it."""

    use: Use
    before: str | None = None
    after: str | None = None


class Clock(NamedTuple):
    """Where the speaker stands: the year whose plan the report sets out, and the year in which it was given."""

    plan: int
    spoken: int


class Time(NamedTuple):
    """A time as it stands in a text. `first` and `last` are its years; None where it is `away` years from the year at hand
    (全年, 上半年: 0; 上年: -1) or `span` years long (五年累计). `months` are its months in that year. A time whose `use` is not
    `stands` is no quantity's period."""

    start: int
    end: int
    first: int | None
    last: int | None
    months: tuple[int, int] | None = None
    away: int = 0
    span: int = 0
    lasting: bool = False
    use: Use = "stands"


_ROWS: tuple[TimeRow, ...] = lexicon.load("periods", "time", TimeRow)
_USES: list[tuple[Use, re.Pattern[str] | None, re.Pattern[str] | None]] = [
    (row.use, re.compile(f"(?:{row.before})$") if row.before else None, re.compile(row.after) if row.after else None)
    for row in lexicon.load("periods", "use", UseRow)
]
# what a time can open with, and what it has a little further on; every other place is passed in one step
_FIRST = '0-9二九十“"‘过近最这刚前后今未下本任新去上已一明全当年三两四五六七八'
_WITHIN = "年月季届期五"
_ANY = re.compile(
    f"(?=[{_FIRST}][^,。;]{{0,14}}?[{_WITHIN}])(?:"
    + "|".join(f"(?P<row{n}>{re.sub('[?]P<[a-zA-Z]>', '?:', row.pattern)})" for n, row in enumerate(_ROWS))
    + ")"
)
_ALONE = [re.compile(row.pattern) for row in _ROWS]
_AROUND = 12  # characters before a time that may say what it is used for
_FIVE_YEARS = {f"{n}五": 1996 + 5 * k for k, n in enumerate(("九", "十", "十一", "十二", "十三", "十四", "十五", "十六"))}


def matches(row: TimeRow, text: str) -> bool:
    """Whether a time of the text is read by this row (a row above it may read it first)."""
    return any(_ROWS[_number_of(match)] == row for match in _ANY.finditer(text))


def uses(row: UseRow, text: str) -> bool:
    """Whether the first time in a text is used in this way."""
    time = next(find(text, Clock(2021, 2021)), None)
    return time is not None and time.use == row.use


def find(text: str, clock: Clock) -> Iterator[Time]:
    """The times of a folded text, in reading order, without overlap."""
    for match in _ANY.finditer(text):
        number = _number_of(match)
        row, groups = _ROWS[number], _ALONE[number].match(text, match.start())
        time = _read(row, groups.groupdict() if groups else {}, match, clock)
        if time:
            yield time


def _number_of(match: re.Match[str]) -> int:
    """The number of the row that a match was found by."""
    return int((match.lastgroup or "")[3:])


def _read(row: TimeRow, groups: dict[str, str | None], match: re.Match[str], clock: Clock) -> Time | None:
    first: int | None
    last: int | None
    months = row.months
    match row.reading:
        case "years":
            first, last = _number(groups["a"]), _number(groups["b"])
        case "year":
            first = last = _number(groups["y"])
        case "month":
            first = last = _number(groups["y"])
            months = (_number(groups["m"]), _number(groups["m"]))
        case "months":
            first = last = _year_of(match[0], groups.get("y"), clock)
            months = months or (_number(groups["m"]), _number(groups["n"]))
        case "plan":
            first = _FIVE_YEARS[groups["p"] or groups["q"] or ""]
            last = first if groups["begin"] else first + 4
            first = last if groups["end"] else first
        case "back":
            first, last = clock.plan - (row.years or _number(groups["n"])), clock.plan - 1
        case "on":
            first, last = clock.plan, clock.plan - 1 + (row.years or _number(groups["n"] or groups["N"]))
        case "relative":
            first = last = (clock.spoken if row.spoken else clock.plan) + (row.years or 0)
        case "span" | "hand":
            first = last = None
    if first is not None and last is not None and not 1900 <= first <= last <= 2100:
        return None
    away = row.years or 0 if row.reading == "hand" else 0
    span = _number(groups["n"]) if row.reading == "span" else 0
    return Time(match.start(), match.end(), first, last, months, away, span, row.lasting, _use(match))


def _number(numeral: str | None) -> int:
    value = value_of(numeral or "")
    return int(value) if value is not None else 0


def _year_of(surface: str, year: str | None, clock: Clock) -> int | None:
    """The year of 去年上半年, 2023年1-9月; None where it is the year at hand."""
    if year:
        return int(year)
    return {"去": clock.spoken - 1, "上": clock.spoken - 1, "今": clock.spoken}.get(surface[0]) if surface[1:2] == "年" else None


def _use(match: re.Match[str]) -> Use:
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - _AROUND) : start]
    for use, ahead, behind in _USES:
        if (not behind or behind.match(text, end)) and (not ahead or ahead.search(before)):
            return use
    return "stands"


def written(first: int, last: int, months: tuple[int, int] | None = None) -> str:
    """A period as the contract writes it: 2020, 2016/2020, 2020-06, 2020-01/2020-11."""
    if months is None:
        return f"{first}" if first == last else f"{first}/{last}"
    a, b = months
    return f"{first}-{a:02}" if a == b else f"{first}-{a:02}/{first}-{b:02}"


def last_told(text: str) -> int:
    """The last calendar year that a folded text tells of more than once, without being one to come (到2025年) or to compare with;
    -1 where it tells of none."""
    times = (
        time for time in find(text, Clock(0, 0)) if time.use == "stands" and time.first is not None and time.first == time.last
    )
    years = Counter(time.first for time in times if not text.startswith(("到", "至"), time.start - 1))
    return max((year for year, count in years.items() if year and count > 1), default=-1)
