"""Numbering: what stands before a heading or an item, as it is written, and the number it counts.

The styles are rows of `lexicon/markers.toml`. Whether a marker makes a heading, an item, a table's serial or a note is for the
stages to say: this module reads what stands at a place, and lists where within a paragraph a marker may open.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.quantities import numerals
from pipeline.text import fold

_ONES = "[一二三四五六七八九]"
_TENS = f"十{_ONES}?"
_ABOVE = f"百(?:零{_ONES}|{_ONES}{_TENS})?"
_HAN = f"(?:{_TENS}|{_ONES}{_TENS}|{_ABOVE}|一{_ABOVE}|{_ONES})"  # each way opens with a sign, by which it is passed over
_DIGITS = "[0-9]{1,3}"
_NUMERAL = re.compile(f"{_DIGITS}|{_HAN}")
_LONGEST = 40  # characters that a marker with what its pattern looks at behind it can take


class Style(lexicon.Row):
    """A form of marker: `pattern` as the lexicon's head explains; `marker`, where the pattern looks further than the marker."""

    style: str
    makes: Literal["heading", "item", "either", "note"]
    pattern: str
    marker: str | None = None
    number: int | None = None
    inside: str = ""


class Marker(NamedTuple):
    """A marker in the text: `[start, end)` is its surface, `body` where what it marks begins (behind spaces, `，`, `：`)."""

    style: str
    surface: str
    number: int | None
    start: int
    end: int
    body: int


def _pattern(source: str) -> str:
    return source.replace("{han}", _HAN).replace("{digits}", _DIGITS)


_STYLES = lexicon.load("markers", "style", Style)
HEADINGS = tuple(dict.fromkeys(row.style for row in _STYLES if row.makes == "heading"))
"""Styles that number headings, the highest first."""
EITHER = tuple(dict.fromkeys(row.style for row in _STYLES if row.makes == "either"))
"""Styles that number items as well: headings only where they stand alone on their lines."""
ITEMS = frozenset(row.style for row in _STYLES if row.makes in ("item", "either"))
"""Styles that an enumerated item can have."""

_EACH = [(re.compile(_pattern(row.pattern)), re.compile(_pattern(row.marker or row.pattern))) for row in _STYLES]
_ANY = re.compile("|".join(f"(?P<s{n}>{_pattern(row.pattern)})" for n, row in enumerate(_STYLES)))
_BODY = re.compile(r"[ \t]{0,8}(?:[,、:.][ \t]{0,8})?")


def _forms(inside: str) -> str:
    return "|".join(f"(?P<s{n}>{_pattern(row.pattern)})" for n, row in enumerate(_STYLES) if row.inside == inside)


_PLACES = [inside for inside in dict.fromkeys(row.inside for row in _STYLES) if inside not in ("", "*")]
_STOPS = re.escape("".join(dict.fromkeys("".join(_PLACES))))
_BEHIND_STOP = re.compile(  # a class of characters first: what stands elsewhere is passed over at the speed of a search for them
    f"[{_STOPS}](?:" + "|".join(rf"(?<=[{re.escape(place)}])[ \t]{{0,8}}(?:{_forms(place)})" for place in _PLACES) + ")"
)
_ANYWHERE = re.compile(_forms("*"))
_SIGN = re.compile("[(①-⓿❶-➓㈠-㈩㉑-㊿]")  # how what may open anywhere begins


def matches(row: Style, text: str) -> bool:
    """Whether a text opens with this form."""
    return re.match(_pattern(row.pattern), fold(text)) is not None


def at(text: str, pos: int, end: int) -> Marker | None:
    """The marker that opens `text[pos:end]`, or None. Full-width and ASCII forms are the same."""
    near = fold(text[pos : min(end, pos + _LONGEST)]).replace("\n", " ")
    match = _ANY.match(near)
    return _marker(text, near, match, pos) if match else None


def within(text: str, start: int, end: int, styles: Collection[str] | None = None) -> Iterator[Marker]:
    """The markers that may open inside the paragraph `text[start:end]` (after 。 or ；, as their row says), in reading order.

    The one at the paragraph's own start is not among them; of `styles`, where they are given. Many that are yielded count nothing:
    hold them against a sequence.
    """
    folded = fold(text[start:end]).replace("\n", " ")  # a wrapped line can end within a marker
    found = [match for sign in _SIGN.finditer(folded, 1) if (match := _ANYWHERE.match(folded, sign.start()))]
    behind = _BEHIND_STOP.search(folded)
    while behind:
        found.append(behind)
        behind = _BEHIND_STOP.search(folded, behind.end() - 1)  # a marker's own bracket can be the stop before the next
    for match in sorted(found, key=lambda match: match.end()):
        if styles is None or _STYLES[_index(match)].style in styles:
            yield _marker(text, folded, match, start)


def opening(text: str, start: int, end: int, styles: Collection[str] | None = None) -> Iterator[Marker]:
    """The marker at the paragraph's start, if there is one, and all that may open within it; of `styles`, where they are given."""
    first = at(text, start, end)
    if first and (styles is None or first.style in styles):
        yield first
    yield from (marker for marker in within(text, start, end, styles) if not first or marker.start >= first.end)


def _index(match: re.Match[str]) -> int:
    """The place of the matched row among the styles."""
    return int(str(match.lastgroup)[1:])


def _marker(text: str, folded: str, match: re.Match[str], base: int) -> Marker:
    """The marker of a match in `folded`, which is the text from `base` on."""
    n = _index(match)
    start = match.start(f"s{n}")
    surface = _EACH[n][1].match(folded, start)
    end = surface.end() if surface else match.end()
    while folded[end - 1].isspace():
        end -= 1
    body = _BODY.match(folded, end)
    row = _STYLES[n]
    number = row.number if row.number is not None else _number(folded[start:end])
    return Marker(
        row.style, text[base + start : base + end], number, base + start, base + end, base + (body.end() if body else end)
    )


@lru_cache(maxsize=1000)  # the same few markers count every list
def _number(surface: str) -> int | None:
    """The number of a marker: 十二 12, 12 12, ⑫ 12; None for a dash."""
    if numeral := _NUMERAL.search(surface):
        value = numerals.value_of(numeral[0])
        return None if value is None else int(value)
    for sign in surface:
        if (number := unicodedata.numeric(sign, None)) is not None:
            return int(number)
    return None
