"""Bytes -> text. What the bytes are decides; a declared charset is a hint, and wrong on many real pages.

Order: a byte order mark; strict UTF-8; UTF-16 where NUL bytes stand as it puts them; GB18030 (a page labelled `gb2312` or
`gbk` is GB18030, and Python's codecs of those names turn `——` into `――`); Big5 where its text reads better; and where no
encoding fits every byte, the one that leaves the fewest U+FFFD.
"""

import re
from typing import Literal, NamedTuple

from pipeline.contracts import Decoding
from pipeline.errors import DocumentError

Method = Literal["bom", "utf-8", "utf-16", "declared", "gb18030", "big5", "fewest-replacements", "container"]

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030"}
_NAMES |= {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_-]{3,20})""")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_USUAL = re.compile(r"[\t\n\r\x20-\x7e\u00a0\u2010-\u203f\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_FEW = 8
"""Characters that can't be read, or control characters, that a text may have however short it is."""
_SAMPLE = 200_000
"""Bytes that are looked at where two encodings fit and the text must say which reads better."""


class Text(NamedTuple):
    """A decoded file: its text without a byte order mark, how it came about, and the encoding's name."""

    text: str
    decoding: Decoding
    encoding: str


def decode(data: bytes, name: str) -> Text:
    """The text that `data` holds, nothing in it changed but the byte order mark dropped.

    Raises DocumentError: `binary` (NUL or many control characters), `undecodable` (no encoding fits even nearly).
    """
    declared = _declared(data)
    text, method, encoding = _decoded(data, declared)
    lost = text.count("\ufffd")
    markup = text.lstrip().startswith("<")  # a NUL in a page is nothing, as in a browser
    controls = _CONTROL.findall(text[:_SAMPLE].replace("\0", "") if markup else text[:_SAMPLE])
    if ("\0" in text and not markup) or len(controls) > max(_FEW, len(text[:_SAMPLE]) // 50):
        raise DocumentError("binary", f"{name}: not a text, but binary data of no format that we read")
    if lost > max(_FEW, len(text) // 10):
        raise DocumentError("undecodable", f"{name}: neither UTF-8, UTF-16, GB18030 nor Big5; {lost} characters can't be read")
    return Text(text, Decoding(method=method, declared=declared, replacements=lost), encoding)


def _declared(data: bytes) -> str | None:
    """The charset that an HTML page or an XML prolog says it has."""
    head = data[:4096]
    found = _DECLARED.search(head) if b"<" in head else None
    return found.group(1).decode().lower() if found else None


def _decoded(data: bytes, declared: str | None) -> tuple[str, Method, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if (text := _strict(data, "utf-8")) is not None and "\0" not in text:
        return text, "utf-8", "utf-8"
    if b"\0" in data and (wide := _wide(data)) is not None:
        return wide[0], "utf-16", wide[1]
    chinese, taiwanese = _strict(data, "gb18030"), _strict(data, "big5hkscs")
    if taiwanese is not None and (chinese is None or _common(data, "big5", taiwanese) > _common(data, "gb2312", chinese)):
        return taiwanese, "big5", "big5"
    if chinese is not None:
        return chinese, "gb18030", "gb18030"
    return _nearest(data, declared)


def _marked(data: bytes, encoding: str) -> tuple[str, Method, str]:
    """After a mark; where it is not true (two files put together), the encoding that loses least."""
    text = data.decode(encoding, "replace")
    if "\ufffd" in text and encoding == "utf-8":
        other = data.decode("gb18030", "replace")
        if other.count("\ufffd") < text.count("\ufffd"):
            return other, "fewest-replacements", "gb18030"
    return text.removeprefix("\ufeff"), "bom", encoding


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: in the byte order in which nearly all characters are such as reports are written with."""
    best: tuple[float, str] = (0.9, "")
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[: _SAMPLE & ~1].decode(encoding, "replace")
        share = len(_USUAL.findall(sample)) / max(1, len(sample))
        best = max(best, (share, encoding))
    return (data.decode(best[1], "replace"), best[1]) if best[1] else None


def _common(data: bytes, encoding: str, text: str) -> float:
    """The share of a text's Chinese characters that are in the everyday rows of an encoding's own table.

    Level 1 of GB 2312 has 3,755 characters, that of Big5 5,401: 98% and more of any text. Read in the other's table, under
    two thirds are.
    """
    low, high = (b"\xb0\xa1", b"\xd7\xf9") if encoding == "gb2312" else (b"\xa4\x40", b"\xc6\x7e")
    sample = [sign for sign in text[: _SAMPLE // 2] if sign > "\u00ff" and not "\u3000" <= sign <= "\u303f" and sign < "\uff00"]
    usual = sum(low <= sign.encode(encoding, "ignore") <= high for sign in sample)
    return usual / max(1, len(sample))


def _nearest(data: bytes, declared: str | None) -> tuple[str, Method, str]:
    """The reading with the fewest U+FFFD; of two alike the declared one."""
    hint = _NAMES.get(declared or "", "")
    readings = {encoding: data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030", "big5hkscs")}
    best = min(readings, key=lambda encoding: (readings[encoding].count("\ufffd"), encoding != hint))
    return readings[best], "fewest-replacements", best.removesuffix("hkscs")
