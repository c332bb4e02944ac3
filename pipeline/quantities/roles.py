"""What a numeral is that counts nothing: a date, an ordinal, a list marker, a note mark, a part of a name or of a set phrase.

Sources: GB/T 15835 for the writing of dates and ordinals; for names the annotations' guideline (世界500强, 5G, 三甲医院).
Chinese grammar helps: what is counted has a measure word, so that a numeral which stands bare before a noun names (三农, 两会).
"""

import re
from functools import cache
from typing import Literal

from pipeline.contracts import NumeralRole
from pipeline.lexicon import Row, load
from pipeline.quantities.words import any_of


class Phrase(Row):
    """Words that hold a numeral and count nothing. `guard` must not follow."""

    role: NumeralRole
    words: tuple[str, ...]
    guard: str = ""


class Label(Row):
    """What follows a numeral that dates, orders or names and does not count: 月, 届, 号线. `guard` must not follow.

    `chinese`: true where only a Chinese numeral is meant (二期 is the second phase, 12期 are twelve).
    """

    role: NumeralRole
    words: tuple[str, ...]
    guard: str = ""
    chinese: bool = False


class People(Row):
    """Nouns that are counted without a measure word: 10万农户."""

    words: tuple[str, ...]


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, NumeralRole]]:
    rows = load("numerals", "phrase", Phrase)
    guards = {word: f"(?!{row.guard})" if row.guard else "" for row in rows for word in row.words}
    return re.compile(any_of(guards, sought=True)), {word: row.role for row in rows for word in row.words}


_LINK = re.compile(r"(?:https?://|www\.)[!-~]{1,2000}")
_NUMERALS = frozenset("0123456789.〇零一二两三四五六七八九十百千万亿")
_MEASURING = frozenset("上近超破逾达过约满数几余")
_MAGNITUDE = frozenset("百千万亿")


def phrases(folded: str, start: int, stop: int) -> list[tuple[int, int, NumeralRole]]:
    """Every set phrase and link of a text, in order: its span and role.

    One that a longer numeral cuts (二十一日) is none, nor is a magnitude that a word before it measures (近千家).
    """
    pattern, known = _phrases()
    found: list[tuple[int, int, NumeralRole]] = []
    for match in pattern.finditer(folded, start, stop):
        at = match.start()
        before, first = folded[at - 1 : at] or " ", folded[at]
        if not ((first in _NUMERALS and before in _NUMERALS) or (first in _MAGNITUDE and before in _MEASURING)):
            found.append((at, match.end(), known[match.group()]))
    if folded.find("://", start, stop) < 0 and folded.find("www.", start, stop) < 0:
        return found
    links: list[tuple[int, int, NumeralRole]] = [(*m.span(), "name") for m in _LINK.finditer(folded, start, stop)]
    return sorted(found + links)


@cache
def labels() -> tuple[str, dict[str, NumeralRole]]:
    """A pattern for every label, and the role that each gives."""
    rows = load("numerals", "label", Label)
    guards = {}
    for row in rows:
        for word in row.words:
            behind = f"(?<=[一二三四五六七八九十]{word})" if row.chinese else ""
            guards[word] = behind + (f"(?!{row.guard})" if row.guard else "")
    return any_of(guards), {word: row.role for row in rows for word in row.words}


_QUOTED = re.compile(r"“[^“”\n]*+”|\"[^\"\n]*+\"|《[^《》\n]*+》|‘[^‘’\n]*+’|「[^「」\n]*+」")
_SENTENCE = re.compile("[。，；！,;!]")
_LONGEST_NAME = 26


def quotations(folded: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The spans of short quotations and titles, where a count is most often part of a name."""
    return [
        match.span()
        for match in _QUOTED.finditer(folded, start, stop)
        if match.end() - match.start() <= _LONGEST_NAME and not _SENTENCE.search(folded, *match.span())
    ]


_SHORT = frozenset("一二三四五六七八九十")
_OPENS = frozenset("\n。;；:： \t()[]【】〔〕|")


def numbering(folded: str, start: int, end: int) -> NumeralRole | None:
    """Whether a bare numeral numbers an item (一、, (二), 3., 一是) or points at a note or page ([4], - 5 -)."""
    if end - start > 3:
        return None
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if " " in (before, after):  # set with spaces: [ 4 ], — 5 —
        left, right = folded[max(0, start - 3) : start].rstrip()[-1:], folded[end : end + 3].lstrip()[:1]
        if (left and left in "[〔【" and right in "]〕】") or (left and left in "-—" and right and right in "-—"):
            return "reference"
    if before in "([〔【" and before and after in ")]〕】" and after:
        if before in "[〔【":
            return "reference"
        return "marker"
    opens = before == "" or before in _OPENS
    if opens and (after in ("、", ")") or (after == "." and not folded[end + 1 : end + 2].isdigit())):
        return "marker" if before in ("", "\n", "(") or folded[start] in _SHORT or after == "." else None
    if opens and folded[start] in _SHORT and after in ("是", "要"):
        return "marker"
    if before in ("\n", "\t", " ", "") and _line(folded, start, end):
        return "marker" if before else None
    if before in "-— " and before and after in "-— " and after and _PAGE.fullmatch(folded, *_around(folded, start, end)):
        return "reference"
    return None


_PAGE = re.compile(r"[ \t]*[-—] ?[0-9]{1,3} ?[-—][ \t]*")


def _around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The line of a span, no more than a few signs to each side."""
    left = folded.rfind("\n", max(0, start - 12), start) + 1
    right = folded.find("\n", end, end + 12)
    return left, right if right >= 0 else min(len(folded), end + 12)


def _line(folded: str, start: int, end: int) -> bool:
    """Whether a numeral has its line for itself."""
    left, right = _around(folded, start, end)
    return folded[left:right].strip() == folded[start:end]


_PAST = re.compile(r"(?:过去|今后|未来|往后|接下来|最近|[近前后这此头上下每去同全当本今明新末首第])的?$")
_SPAN_OF_TIME = re.compile(r"来|间(?!隔)|以来|之[前后]|[前后](?!续)|行动|规划|计划|攻坚|目标|期间|累计|的?发展规划")
_USED = re.compile(r"(?:提前|历时|缩短|延长|连续|不到|不足|再用|用|仅|推迟|经过|至少|为期|满)了?$")


_CALENDAR = re.compile("[12][0-9]{3}|[一二][〇零○0一二三四五六七八九]{3}")


def year(folded: str, start: int, end: int, numeral: str) -> NumeralRole:
    """Whether a number of years is a calendar year or a period (2020年, 过去五年, 三年来), or a length of time (连续三年)."""
    if _CALENDAR.fullmatch(numeral):
        return "date"
    if folded.startswith("一遇", end):
        return "name"
    before = folded[max(0, start - 4) : start]
    if _USED.search(before):
        return "quantity"
    if before.endswith("的") and not _PAST.search(before):
        return "date"  # 极不平凡的五年
    if _PAST.search(before) or _SPAN_OF_TIME.match(folded, end) or numeral == "一":
        return "date"
    return "quantity"


def is_year(numeral: str) -> bool:
    """Whether four signs alone are a calendar year of our time: 2035, 二〇二五."""
    return len(numeral) == 4 and (
        (numeral.isascii() and "1949" <= numeral <= "2060") or (numeral[0] in "一二" and numeral[1] in "九〇零○0")
    )


_SECOND_TO_NONE = re.compile(r"(?:放|摆|挺|作|视|当)(?:在|为|作|到)[^，。]{0,6}$")
_RANKED = re.compile(r"[位名]?(?:[，。、；,;.!！?？)）”\"》】\]\s和与及并且的]|$)")


def set_first(folded: str, start: int) -> bool:
    """Whether something is put first (把安全放在首位) rather than ranked."""
    return _SECOND_TO_NONE.search(folded[max(0, start - 8) : start]) is not None


def rank(folded: str, start: int, end: int) -> int | None:
    """Where a rank ends (第一, 第4位: 位 and 名 belong to it), or None where 第N only orders (第一批) or says what matters most."""
    match = _RANKED.match(folded, end)
    if match is None or set_first(folded, start):
        return None
    return end + 1 if folded[end : end + 1] in ("位", "名") else end


def place(folded: str, start: int, end: int, lead: str, unit: str | None) -> NumeralRole | Literal["rank"]:
    """What 第N and 前N are: a rank (第一, 第4位, 前十), a date (前三季度, 前5个月) or an ordinal (第一批, 前两届)."""
    if unit in ("年", "个月", "天", "周", "个季度", "小时"):
        return "date"
    if rank(folded, start, end) is not None:
        return "rank"
    return "ordinal" if lead == "第" or unit else "rank"


_HAN = re.compile("[\u4e00-\u9fff]{1,2}")


def alternates(folded: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two numerals make a name by turns with bare nouns: 三区一极, 一户一策, 百县千镇."""
    if not 1 <= right[0] - left[1] <= 2 or left[1] - left[0] > 1 or right[1] - right[0] > 1:
        return False
    if folded[left[0]].isascii() or folded[right[0]].isascii() or not _HAN.match(folded, right[1]):
        return False
    between = folded[left[1] : right[0]]
    return _HAN.fullmatch(between) is not None and between not in _JOINS


_JOINS = frozenset(["和", "与", "至", "到", "或", "及", "比", "之", "分之", "以及"])


def named(folded: str, start: int, end: int) -> bool:
    """Whether a numeral is glued to a letter or joined by plus signs: 5G, G60, PM2.5, 1+3+N."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if before in "-_" and before and start > 1 and folded[start - 2].isascii() and folded[start - 2].isalpha():
        return True
    return any(sign in "+×" or (sign.isascii() and sign.isalpha()) for sign in (before, after) if sign)


@cache
def _people() -> re.Pattern[str]:
    return re.compile(any_of([word for row in load("numerals", "people", People) for word in row.words]))


_COMPARED = re.compile("(?:[大小多少高低]于|等于|超过|不足|不到|达到|约为)$")


def compared(folded: str, start: int, end: int) -> bool:
    """Whether a bare numeral is held against another (大于10) or stands alone in an uncertain way (十几)."""
    return _COMPARED.search(folded[max(0, start - 4) : start]) is not None or folded[end - 1] in "几余多"


_VALUED = frozenset("达为至到过超近约增减升降于在有共值")
_ROADS = ("国道", "省道", "县道", "乡道", "附件", "专栏", "工业", "附表")
_ONENESS = frozenset("之合归如不划唯统")


def bare(folded: str, start: int, end: int, numeral: str, quoted: bool) -> NumeralRole:
    """What a numeral without a unit is."""
    role = numbering(folded, start, end)
    if role:
        return role
    if named(folded, start, end):
        return "name"
    if is_year(numeral):
        return "date"
    if compared(folded, start, end):
        return "quantity"
    if numeral[0] in _MAGNITUDE:
        measured = (
            folded[start - 1 : start] in _MEASURING
            or numeral[-1] in "余多"
            or folded.startswith(("级", "大关", "台阶", "新台阶"), end)
        )
        return "quantity" if measured and start else "name"
    if numeral[0].isascii():
        return _bare_arabic(folded, start, end, numeral, quoted)
    return _bare_chinese(folded, start, end, numeral, quoted)


def _bare_arabic(folded: str, start: int, end: int, numeral: str, quoted: bool) -> NumeralRole:
    if not numeral.isascii() or "," in numeral:
        return "quantity"
    if quoted or folded[start - 2 : start] in _ROADS or numeral.endswith(".0"):
        return "name"
    if "." in numeral:
        return "quantity"
    end += folded.startswith(" ", end)
    after = folded[end : end + 1]
    if "\u4e00" <= after <= "\u9fff":
        return "quantity" if _people().match(folded, end) or after in "以左和至到或" else "name"
    return "quantity" if folded[start - 1 : start] in _VALUED or after in "、/" else "unexplained"


def _bare_chinese(folded: str, start: int, end: int, numeral: str, quoted: bool) -> NumeralRole:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if quoted:
        return "name"
    if numeral == "零" or (numeral == "一" and before in _ONENESS):
        return "idiom"
    if len(numeral) > 1 and any(sign in _MAGNITUDE for sign in numeral):
        return "quantity"
    return "name" if "\u4e00" <= after <= "\u9fff" else "unexplained"


_ADDS = re.compile(r"(?:增|建|设|成|进|添|入|地|育|造|得|有|达|仅|只|共|办|放|展)了?$")
_THINGS = re.compile("GDP|地区|生产|产值|国内|单位|工业|规模|增加|本[区市省县]|[区市省县]|能耗|投资|农业|\\)")


_ARTICLES = frozenset("个份篇段组幅股款扇票口把对层门面道片次种类支张位轮箱团")
"""Measure words that mostly stand with 一 where English has an article: 交出一份答卷."""

_WITHIN = re.compile("以[上下内]|之?内|左右|大关|余|多")


def measured(folded: str, start: int, end: int, numeral: str, unit: str) -> NumeralRole:
    """What a numeral with a unit of a size is: an amount, but 万元 in 万元GDP能耗 and in 单位:万元 a part of a name."""
    if unit == "小时" and numeral == "24" and not _WITHIN.match(folded, end + len(unit)):
        return "name"
    if unit.isascii() and unit.isalpha() and named(folded, start, end + len(unit)):
        return "name"  # P2P
    per = numeral in ("万", "亿") and _THINGS.match(folded, end + len(unit)) and folded[start - 1 : start] not in _MEASURING
    return "name" if per else "quantity"


def counted(folded: str, start: int, end: int, numeral: str, unit: str, quoted: bool) -> NumeralRole:
    """What a numeral with a measure word is: a count, but in a short quotation a name, and 一个 is most often an article."""
    if quoted or named(folded, start, end):
        return "name"
    if numeral == "零":
        return "idiom"
    if numeral in _MAGNITUDE and folded[start - 1 : start] not in _MEASURING and not _WITHIN.match(folded, end + len(unit)):
        return "name"
    if numeral == "一" and unit in _ARTICLES and "\u4e00" <= folded[end + 1 : end + 2] <= "\u9fff":
        return "quantity" if _ADDS.search(folded[max(0, start - 3) : start]) else "idiom"
    return "quantity"


_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?")
_SHARES = re.compile(r"(?:比|例|例为|比为|按|约|配比)$")


def clock(folded: str, start: int, end: int) -> bool:
    """Whether a:b is a time of day and no ratio; one with seconds stands behind a date."""
    if _CLOCK.fullmatch(folded, start, end) is None:
        return False
    if folded.count(":", start, end) == 2:
        return folded[max(0, start - 2) : start].strip()[-1:].isdigit()
    return not _SHARES.search(folded[max(0, start - 3) : start])


_STROKE = re.compile(r"[-−负]?[0-9]{1,3}/[0-9]{1,3}")


def fraction(folded: str, start: int, end: int) -> bool:
    """Whether a/b is a fraction and no part of a date, a path or a code."""
    glued = folded[start - 1 : start] + folded[end : end + 1]
    return _STROKE.fullmatch(folded, start, end) is not None and not any(
        sign.isascii() and (sign.isalnum() or sign in "/-_.") for sign in glued
    )


_FROM = re.compile(r"[从由自][^，。,；]{0,2}$")


def led_from(folded: str, start: int) -> bool:
    """Whether a change is told (从5%到8%) and no range."""
    return _FROM.search(folded[max(0, start - 3) : start]) is not None


_DATE_STAMP = re.compile(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2})?|(?:[1-9]|[01][0-9])[·•][0-9]{1,2}")
_DAY_STAMP = re.compile(r"[01][0-9]-[0-3][0-9]")


def stamp(folded: str, start: int, end: int) -> NumeralRole | None:
    """What numerals joined by strokes or dots are: a date (2021-03-12, 11·28), else a number of a telephone or a code."""
    if _DATE_STAMP.fullmatch(folded, start, end) or (_DAY_STAMP.fullmatch(folded, start, end) and _line(folded, start, end)):
        return "date"
    if "/" in folded[start:end] and fraction(folded, start, end):
        return None
    return "name"
