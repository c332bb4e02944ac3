"""A counter's value as documents show it: 一, ①, iv, 甲. The styles go by Word's names (ECMA-376 part 1, 17.18.59)."""

_COUNTING = "〇一二三四五六七八九"
_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_CYCLES = {
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
# Past the last sign Word writes the plain number.
_SIGNS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_COUNTED = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "koreanCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}


def counted(number: int, digits: str = _COUNTING, scales: str = "十百千") -> str:
    """A number in Chinese as it is spoken: 十, 二十一, 一百〇五; positions alone past 9999."""
    if number <= 0 or number > 9999:
        return "".join(digits[int(d)] for d in str(abs(number)))
    out = ""
    figures = [int(d) for d in str(number)]
    for place, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure:
            out += digits[figure] + (scales[place - 1] if place else "")
        elif not out.endswith(digits[0]) and any(figures[len(figures) - place :]):
            out += digits[0]
    return out[1:] if digits == _COUNTING and 10 <= number < 20 else out


def _roman(number: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (number // worth)
        number %= worth
    return out


def formatted(number: int, style: str) -> str:
    """A counter's value in a format of Word's (`chineseCounting`, `decimalEnclosedCircle`, …); unknown ones as decimals."""
    if style == "none":
        return ""
    if style in _COUNTED:
        return counted(number)
    if style in {"chineseLegalSimplified", "ideographLegalTraditional"}:
        return counted(number, _SIMPLIFIED if style == "chineseLegalSimplified" else _TRADITIONAL, "拾佰仟")
    if style in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}:
        return "".join(_COUNTING[int(d)] for d in str(number))
    if style in _SIGNS and 1 <= number <= len(_SIGNS[style]):
        return _SIGNS[style][number - 1]
    if style in _CYCLES and 1 <= number <= 10_000:
        cycle = _CYCLES[style]
        return cycle[(number - 1) % len(cycle)] * ((number - 1) // len(cycle) + 1 if style.endswith("Letter") else 1)
    if style in {"upperRoman", "lowerRoman"} and 1 <= number <= 10_000:
        return _roman(number) if style == "upperRoman" else _roman(number).lower()
    if style == "decimalZero":
        return f"{number:02}"
    if style in {"decimalFullWidth", "decimalFullWidth2"}:
        return "".join(chr(ord(d) + 0xFEE0) for d in str(number))
    return str(number)
