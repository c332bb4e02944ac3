"""What stands above a report's first paragraph: the shapes of its title, date, meeting and speaker lines and of its salutation.

All patterns run over words as `words` and `line` give them: widths folded, no white space, nothing of what a web page puts in its
place. Numerals are ASCII or Chinese, signs are ASCII.
"""

import datetime
import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.contracts import Span
from pipeline.quantities.numerals import value_of
from pipeline.text import fold

_SPACE = r"\s\u200b-\u200f\ufeff"
_BLANK = re.compile(  # a class of signs first: text without them is passed at the speed of a search for them
    rf"[{_SPACE}&?](?:(?<=[{_SPACE}])[{_SPACE}]*|(?<=&)nbsp;|(?<=\?)\?+)"
)

DASHES = ("—", "-", "―", "─")
NUMERAL = r"[0-9一二三四五六七八九十百]{1,4}"
YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九○〇零OoОΟ][○〇零OoОΟ一二三四五六七八九]{2})"
DATE = (
    r"(?:(?:19|20)[0-9]{2}年(?:[0-9]{1,2}|元)月[0-9]{1,2}日|(?:19|20)[0-9]{6}日?|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    rf"|{YEAR}年[一二三四五六七八九十元]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
)
ROLE = (
    r"(?:(?:[省市区县州盟旗]委(?:常委|副书记)[、,]){0,2}(?:代理?|副|常务副)?"
    r"(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|主席|专员|总理|(?<=管委会)主任|(?<=管理委员会)主任))"
)
NAME = r"(?:[一-龥]{1,8}(?:[·•・.][一-龥]{1,8}){1,3}|[一-龥]{2,4})"
FIRST_NAME = r"(?:[一-龥]{1,8}(?:[·•・.][一-龥]{1,8}){1,3}|[一-龥]{2,4}?)"

MEETING = re.compile(
    rf"(?P<place>[一-龥]{{0,24}}?)(?P<term>第?{NUMERAL}届(?:全国)?(?:人民代表大会(?:常务委员会|常委会)?|人大(?:常委会)?)"
    rf"第?{NUMERAL}次(?:全体)?(?:扩大)?会议)"
)
TITLE = re.compile(
    rf"《?.{{0,60}}(?:工作的?报告|(?:计划|规划)(?:纲要)?的报告)(?:》?(?:全文|摘要|摘登)?|\(.{{1,60}}\))(?:[-—―─].{{0,60}}|(?:{DATE})?[在于].{{0,60}})?"
)
DATE_LINE = re.compile(rf"[-—―─]{{0,6}}\(?(?:{DATE})(?:[0-9]{{1,2}}[:时][0-9]{{1,2}}分?(?::[0-9]{{1,2}})?|[一-龥·]{{2,4}})?\)?")
SPEAKER_LINE = re.compile(rf"(?:(?:报告人|作者):?)?[一-龥、,]{{0,30}}?{ROLE}[:,]?(?:{NAME})?(?:同志)?(?:作?(?:政府)?工作报告)?")
SALUTATION = re.compile(r"各位(?:人大)?代表|同志们")
PROPOSAL = re.compile(r".{0,80}?我(?:谨|受)?代?表.{2,60}?(?:报告|作|汇报)")


class Label(lexicon.Row):
    """A label of a banner line, names of page metadata that say the same, and the field that their value gives."""

    field: str
    label: str
    meta: tuple[str, ...] = ()


@cache
def label_rows() -> tuple[Label, ...]:
    """What pages label, as `lexicon/opening.toml` has it."""
    return lexicon.load("opening", "label", Label)


@cache
def labels() -> re.Pattern[str]:
    """Any label with its colon."""
    return re.compile("(?P<label>" + "|".join(row.label for row in label_rows()) + "):")


@cache
def told() -> re.Pattern[str]:
    """A label, with its colon, whose value is a field of the metadata."""
    return re.compile("(?:" + "|".join(row.label for row in label_rows() if row.field) + "):")


_ZEROS = str.maketrans("○零OoОΟ", "〇〇〇〇〇〇")  # the letters that stand for 〇 in pages made by hand


class Line(NamedTuple):
    """The words of a stretch of text: folded, as they are written, and the offset of each of their characters in the text."""

    words: str
    written: str
    at: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The stretch of text from the first of these words to the last."""
        return self.at[start], self.at[end - 1] + 1


class Value(NamedTuple):
    """What a field holds, and the span of text that says it; None where only the page's own metadata says it."""

    value: str
    span: Span | None


def said(line: Line, match: re.Match[str], group: str | int = 0, value: str | None = None) -> Value:
    """What a group of a match over a line's words says: as it is written, or `value` for it."""
    return Value(value or line.written[slice(*match.span(group))], line.span(match.start(group), match.end(group)))


def words(text: str) -> str:
    """The text without white space and what pages put in its place (`&nbsp;`, `??` where a decoder lost it); not of one length."""
    return _BLANK.sub("", text)


def line(text: str, start: int, end: int) -> Line:
    """The words of `text[start:end]`, folded, with their offsets."""
    at: list[int] = []
    kept: list[str] = []
    for match in _BLANK.finditer(text, start, end):
        at.extend(range(start, match.start()))
        kept.append(text[start : match.start()])
        start = match.end()
    at.extend(range(start, end))
    written = "".join((*kept, text[start:end]))
    return Line(fold(written), written, at)


def joined(first: Line, second: Line) -> Line:
    """Two lines that are one, broken."""
    return Line(first.words + second.words, first.written + second.written, [*first.at, *second.at])


def iso_date(written: str) -> str | None:
    """2021年3月3日, 20210303日, 2021-3-3, 二○二一年三月三日 -> 2021-03-03; None for what is no date of the calendar."""
    numbers = re.findall(r"[^-/.年月日]+", written)
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers = [numbers[0][:4], numbers[0][4:6], numbers[0][6:]]
    try:
        year, month, day = (number(written) for written in numbers)
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def number(written: str) -> int:
    """2021, 二〇二一, 二OO六, 十二, 元 (the first month); ValueError for what is none."""
    value = value_of("1" if written == "元" else written.translate(_ZEROS))
    if value is None:
        raise ValueError(written)
    return int(value)
