"""Glyphs at places -> lines of text: what stands on one baseline, where a reader sees a space, and how lines are joined."""

from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipeline.formats import columns

CLOSERS = "，。、；：？！）》】”’」』％%,.;:?!)]}…·"
_OPENERS = "（《“‘「『【〔([{<"
QUOTES = "“”‘’"


class Glyph(NamedTuple):
    """A character, never a space, with the left end of its baseline, its right end, and its size; y grows downwards.

    Glyphs of one `look` have the same typeface, weight and colour.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    look: int = 0


class Line(NamedTuple):
    """Glyphs on one baseline, from left to right."""

    text: str
    x: float
    right: float
    y: float
    size: float
    first: float
    """width of the first piece that can't be broken"""
    looks: tuple[int | None, int | None]
    """look of the first and the last Chinese sign"""


def lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines that glyphs stand in, from the top down."""
    return [_line(row, tall) for row, tall in rows(glyphs)]


def rows(glyphs: list[Glyph]) -> list[tuple[list[Glyph], Glyph]]:
    """Glyphs line by line from left to right, each line with its tallest; a raised sign belongs to the line that it hangs on."""
    found: list[list[Glyph]] = []
    tall: list[Glyph] = []
    for glyph in sorted(glyphs, key=attrgetter("y")):
        if found and glyph.y - tall[-1].y < 0.5 * max(glyph.size, tall[-1].size):
            found[-1].append(glyph)
            if glyph.size > tall[-1].size:
                tall[-1] = glyph
        else:
            found.append([glyph])
            tall.append(glyph)
    return [(sorted(row, key=attrgetter("x")), biggest) for row, biggest in zip(found, tall, strict=True)]


def pieces(row: list[Glyph]) -> list[columns.Piece]:
    """A line cut at its wide gaps."""
    cuts = [n for n, (a, b) in enumerate(pairwise(row), 1) if b.x - a.right > 0.8 * max(a.size, b.size)]
    parts = [row[start:end] for start, end in pairwise([0, *cuts, len(row)])]
    return [columns.Piece(part[0].x, part[-1].right, part[0].y, part[0].size) for part in parts]


def _line(row: list[Glyph], tall: Glyph) -> Line:
    signs = [row[0].text]
    first = row[0].right
    broken = False
    for before, glyph in pairwise(row):
        gap = " " if _apart(before, glyph) else ""
        broken = broken or bool(gap) or not _glued(before.text, glyph.text)
        if not broken:
            first = glyph.right
        signs.append(gap + glyph.text)
    return Line("".join(signs), row[0].x, row[-1].right, tall.y, tall.size, first - row[0].x, _looks(row))


def _looks(row: list[Glyph]) -> tuple[int | None, int | None]:
    """Figures and Latin come from fonts of their own; only signs between which a change of look means something count."""
    own = [glyph.look for glyph in row if "\u3400" <= glyph.text <= "\u9fff"]
    return (own[0], own[-1]) if own else (None, None)


def _glued(left: str, right: str) -> bool:
    """Whether typesetting breaks no line between two signs; curly quotes look the same in Latin and hold on to both sides."""
    return right in CLOSERS or left in _OPENERS or left in QUOTES or right in QUOTES or (left.isascii() and right.isascii())


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _apart(left: Glyph, right: Glyph) -> bool:
    """Whether a reader sees a space: between Latin words a quarter of a letter, elsewhere more than typesetting itself puts.

    Figures of one number that a justified line sets apart stand up to a fifth of their size from each other.
    """
    gap = right.x - left.right
    size = max(left.size, right.size)
    if left.text.isascii() and right.text.isascii():
        return gap > (0.22 if left.text.isdigit() and right.text.isdigit() else 0.15) * size
    if left.text.isascii() or right.text.isascii():
        return gap > 0.6 * size
    return gap > 0.45 * size


def joined(texts: Iterable[str]) -> str:
    """Lines of one paragraph: Chinese without a gap, Latin words with one."""
    out = ""
    for text in texts:
        gap = " " if out and out[-1].isascii() and out[-1].isalpha() and _latin(text[:1]) else ""
        out += gap + text
    return out
