"""A numeral as it is written, Chinese, Arabic or mixed, in any width -> its exact value.

The grammar is that of GB/T 15835 and of everyday writing: 一百零五, 两千四百五 (2450), 5万4千6百, 4.78万亿, 二〇二一, 十五点七.
The words of an uncertain number (余, 多, 几, 来) count for nothing: 十多万 is 100000, 百余 is 100.
"""

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.text import fold

LONGEST = 64
"""Characters of the longest numeral that is given a value: longer ones stand for no amount in the world."""

_PLAIN = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?")
_MIXED = re.compile(r"[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)

_DIGITS = "〇一二三四五六七八九"
_VARIANTS = {
    "零": 0, "○": 0, "Ｏ": 0, "两": 2, "兩": 2, "俩": 2, "仨": 3,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "叄": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
DIGITS = {sign: value for value, sign in enumerate(_DIGITS)} | _VARIANTS
TENS = {"廿": 20, "卅": 30, "卌": 40}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
"""Scales that multiply all that stands before them (一万五千亿), in place of the digit alone."""
UNCERTAIN = "余餘多几幾来數数"
_MINUS = "-−负負"
_POINT = "点點"

_DIGIT = "[〇零○一二两兩三四五六七八九壹贰貳叁叄柒捌玖廿卅卌]|(?<![大登着内水海])[陆陸]|(?<![队退入])伍|(?<!放)肆"
_LONE = "(?![陆陸伍肆拾](?![〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬]))"  # 陆地 and 队伍 are no numbers
_TEN, _KILO = "十|(?<!收)拾", "(?:[瓦米克伏卡赫帕焦]|字节)"
_MEGA = "兆(?=[〇零一二两三四五六七八九十百千万亿余元美日])"  # 五兆六十二亿, but 1000兆 of a network's rate
_FIRST = rf"{_TEN}|[百佰](?!分[之点])|[千仟](?!分[点之]|{_KILO})|[万萬](?!分之)|[亿億](?!分之)|{_MEGA}"
_LATER = rf"{_TEN}|(?<![十万萬亿億])(?:[百佰](?!分[点比])|[千仟](?!分点|{_KILO}))|[万萬亿億]|{_MEGA}"
_SEVERAL = "[几幾](?=[十百千万亿])|(?<![指总人户次个件系函参多少倍基])数(?=[十百千万亿])"
_SCALED = rf"(?:[余餘多几]?(?:{_LATER}))"
CHINESE = (
    rf"{_LONE}(?:{_SEVERAL}|{_DIGIT}|{_FIRST})(?>(?:{_DIGIT}|{_LATER}|[余餘多几幾](?=[十百千万亿]))*)"
    rf"(?:点[〇零一二三四五六七八九]++[十百千万亿]*+)?"
)
ARABIC = (
    r"(?:[0-9]{1,3}(?>(?:,[0-9]{3})+)(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
    rf"(?: (?=[余多]?[百千]?[万亿]))?(?>(?:(?>{_SCALED}+)(?:零?[0-9]{{1,4}}(?=[十百千万])|零[0-9]{{1,4}})?)*)"
)
NUMERAL = rf"(?>{ARABIC}|{CHINESE})"
"""Patterns for a numeral in a folded text, its scale included: linear on any text, never a part of a longer numeral.

What is repeated as a group is kept from giving back by `(?>…)`, never by `*+`: before Python 3.11.5 the engine does not end on a
possessive group (github.com/python/cpython/issues/106052), and Debian 12 has 3.11.2."""


def value_of(numeral: str) -> Decimal | None:
    """The value of one numeral, its scales applied and commas of thousands taken out; None for what is no numeral or for 几 alone.

    A last digit without its scale takes the next lower one (四百五 is 450, 九万四 is 94000) unless a 零 stands before it.
    """
    if len(numeral) > LONGEST:
        return None
    return _value(numeral)


@lru_cache(maxsize=4096)
def _value(numeral: str) -> Decimal | None:
    folded = fold(numeral)
    if folded.isascii():
        plain = folded.replace(" ", "")
        return Decimal(plain.replace(",", "")) if _PLAIN.fullmatch(plain) and plain.strip("-") else None
    negative = folded[:1] in _MINUS
    whole, _, decimals = _split(folded[1:] if negative else folded)
    value = _decimal(whole, decimals)
    return -value if negative and value is not None else value


def plain(value: Decimal) -> str:
    """A value as the contract writes it: no exponent, no zeros that only the scale brought (4.50 stays 4.50)."""
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{value:f}"


def _split(numeral: str) -> tuple[str, str, str]:
    """What stands before the spoken decimal point, the point, and what stands after it."""
    at = next((n for n, sign in enumerate(numeral) if sign in _POINT), len(numeral))
    return numeral[:at], numeral[at : at + 1], numeral[at + 1 :]


def _decimal(whole: str, decimals: str) -> Decimal | None:
    """十五 and 七亿 of 十五点七亿 -> 1570000000."""
    digits = re.match(rf"[0-9{''.join(DIGITS)}]*", decimals)
    spoken = digits.group() if digits else ""
    if not spoken:
        return _integer(whole) if not decimals else None
    before = _integer(whole) if whole else Decimal(0)
    if before is None:
        return None
    fraction = "".join(sign if sign.isdigit() and sign.isascii() else str(DIGITS[sign]) for sign in spoken)
    value = before + Decimal("0." + fraction)
    for sign in decimals[len(spoken) :]:
        scale = SMALL.get(sign) or LARGE.get(sign)
        if scale is None:
            return None
        value *= scale
    return value


def _integer(numeral: str) -> Decimal | None:
    """A numeral without a spoken point: groups of thousands, each closed by its scale."""
    groups: list[tuple[Decimal, int]] = []  # what is closed by 万, 亿, 兆, and by which
    section = Decimal(0)  # what stands since, closed by 十, 百, 千
    open_digit: Decimal | None = None
    scale, implied, bare = 1, False, True
    for token in _MIXED.findall(numeral.replace(",", "")):
        if token[0].isascii() and token[0].isdigit():
            if open_digit is not None and not open_digit.is_zero() and "." in token:
                return None
            implied, bare = open_digit is None and len(token) == 1 and scale > 10, False
            open_digit = Decimal(token) if not open_digit else Decimal(f"{open_digit:f}{token}")
        elif token in DIGITS:
            digit = DIGITS[token]
            if open_digit is None:
                implied = digit > 0 and scale > 1
                open_digit = Decimal(digit)
            else:
                implied = implied and open_digit.is_zero()
                open_digit = open_digit * 10 + digit
            if digit == 0:
                scale = 1
            bare = False
        elif token in TENS:
            section, open_digit, scale, bare = section + TENS[token], None, 10, False
        elif token in SMALL:
            scale = SMALL[token]
            section += (Decimal(1) if open_digit is None or (open_digit.is_zero() and scale == 10) else open_digit) * scale
            open_digit, bare = None, False
        elif token in LARGE:
            scale = LARGE[token]
            amount = section + (open_digit or 0)
            while groups and (groups[-1][1] < scale or (amount.is_zero() and groups[-1][1] == scale)):
                amount += groups.pop()[0]
            if amount.is_zero() and open_digit is None:
                amount = Decimal(1)
            groups.append((amount * scale, scale))
            section, open_digit, bare = Decimal(0), None, False
        elif token not in UNCERTAIN and not token.isspace():
            return None
    if bare:
        return None
    if open_digit is not None:
        section += open_digit * (scale // 10) if implied and scale > 10 else open_digit
    total = sum((amount for amount, _ in groups), Decimal(0)) + section
    return total.to_integral_value() if total == total.to_integral_value() else total
