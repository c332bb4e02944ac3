"""What a page puts around a report: navigation, banners, title and byline above it, a share bar and links below it.

The report itself begins at its salutation, or else at its first paragraph with the headings right above. A summary that the
report's first lines say again, and a notice that sends the report out (现将…印发给你们), stand above it and are no part of it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.contracts import BlockKind, Part
from pipeline.front import opening
from pipeline.text import fold


class Chrome(lexicon.Row):
    """A line of page furniture: what it looks like as a whole, and where it is that and nothing else."""

    where: Literal["anywhere", "front", "behind", "tail"]
    pattern: str


class Piece(NamedTuple):
    """A line of the text, or what a literal line end or a run of literal blanks cuts off from one."""

    start: int
    end: int
    part: Part
    words: str
    """its first characters, folded, without white space"""
    kind: BlockKind | None
    """what the format itself knows"""


HEAD = 200
"""Characters of a piece that its words are made of: enough to tell what it is."""
SENTENCE = re.compile(r"[。；！？]")
PROSE = 40
"""Characters of a line from which on it is a paragraph, if it has a sentence's end."""

_SENTENCE_LENGTH = 12  # characters of a line that can hold a sentence's end of the report's
_SHORT = 80  # characters of a title line, broken or not
_SAID = 30  # first words of a paragraph by which it is known again
_COPIED, _MOSTLY = 0.4, 0.7  # of what stands before a second copy, and of its own run, that is said again
_TOP = 3000  # characters at the beginning that a share bar says again
_ABOVE = 6000  # characters within which the report begins
_CHAPTER = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|.{0,24}(?:回顾|总结|成就|情况|工作|任务|目标|要求|打算|安排)$")
_NOTICE = re.compile(
    r".{0,120}(?:现将.{0,60}(?:印发|发布|公布|转发)|(?:印发|转发)给你们|请(?:认真|遵照|结合实际).{0,12}(?:执行|落实))"
)
_GIVEN = re.compile(r".{0,120}(?:报告|会议上|讲话)[。)]{0,2}")


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is chrome anywhere, above the report, below it."""
    rows = lexicon.load("chrome", "chrome", Chrome)
    wheres = (("anywhere",), ("anywhere", "front", "tail"), ("tail",))
    anywhere, front, tail = (re.compile("|".join(f"(?:{row.pattern})" for row in rows if row.where in where)) for where in wheres)
    return anywhere, front, tail


@cache
def _behind() -> re.Pattern[str]:
    rows = "|".join(row.pattern for row in lexicon.load("chrome", "chrome", Chrome) if row.where == "behind")
    return re.compile(rf"(?<=[。!\s])(?:{rows})$")


def behind(text: str, start: int, end: int) -> int:
    """Where a mark of the page begins behind the last sentence of a line (来源:某数据网); the line's end where there is none.

    `text` is folded.
    """
    if end - start < PROSE:
        return end
    match = _behind().search(text, max(start + 1, end - _SHORT), end)
    return match.start() if match and re.search("[。!;]", text[start : match.start()]) else end


def kinds(text: str, pieces: Sequence[Piece]) -> list[BlockKind]:
    """The kind of each piece: what the format says, else by what it looks like and where it stands."""
    anywhere, _, _ = _furniture()
    body, tail = _body(text, pieces), _tail(text, pieces)
    found: list[BlockKind] = [
        piece.kind or ("chrome" if n >= tail or (len(piece.words) < PROSE and anywhere.fullmatch(piece.words)) else "paragraph")
        for n, piece in enumerate(pieces)
    ]
    for n, kind in _front(text, pieces[:body]):
        found[n] = kind
    return found


def copy(pieces: Sequence[Piece], found: Sequence[BlockKind]) -> range:
    """The pieces of a second copy of the report: a page that holds the whole text twice says it once.

    To be asked of paragraphs, not of their lines. A copy is a run of pieces that stood above, in characters at least four in ten
    of all that stands before it. What stood above as chrome alone (a hidden element with the article's text) is said here first.
    """
    said: dict[str, int] = {}
    twice = [found[n] != "chrome" and said.setdefault(piece.words, n) < n for n, piece in enumerate(pieces)]
    again = [n for n, piece in enumerate(pieces) if twice[n] and found[n] == "paragraph" and len(piece.words) >= _SAID]
    if not again:
        return range(0)
    first, last = again[0], again[-1]
    repeated = sum(pieces[n].end - pieces[n].start for n in again)
    above, run = (sum(piece.end - piece.start for piece in some) for some in (pieces[:first], pieces[first : last + 1]))
    if repeated < _COPIED * above or repeated < _MOSTLY * run:
        return range(0)
    while found[first - 1] == "chrome" or twice[first - 1]:  # the copy's title, date and speaker
        first -= 1
    while last + 1 < len(pieces) and twice[last + 1]:
        last += 1
    return range(first, last + 1)


def _prose(text: str, piece: Piece) -> bool:
    """Whether a piece is a paragraph by its length and a sentence's end in it."""
    return piece.end - piece.start >= PROSE and SENTENCE.search(text, piece.start, piece.end) is not None


def _says(text: str, piece: Piece) -> bool:
    """Whether a piece has a sentence's end, as a paragraph has, a line of a wrapped one, a cell, but no link."""
    return piece.end - piece.start >= _SENTENCE_LENGTH and SENTENCE.search(text, piece.start, piece.end) is not None


def _body(text: str, pieces: Sequence[Piece]) -> int:
    """The first piece of the report itself."""
    paragraphs: list[int] = []
    for n, piece in enumerate(pieces):
        if piece.start > _ABOVE or len(paragraphs) > 6:
            break
        if piece.kind == "chrome":
            continue
        if _opens(text, pieces, n):
            return n
        if _prose(text, piece) and not _foreign(text, piece):
            paragraphs.append(n)
    if not paragraphs:
        return 0
    first = paragraphs[0]
    while first and (pieces[first - 1].kind == "chrome" or _heads(pieces[first - 1])):
        first -= 1
    return first


def _opens(text: str, pieces: Sequence[Piece], n: int) -> bool:
    """Whether a piece is the salutation (各位代表:) with the proposal (现在,我代表…报告) in or right behind it, or the proposal."""
    words = pieces[n].words
    if opening.SALUTATION.match(words):
        return any(opening.PROPOSAL.match(piece.words) for piece in pieces[n : n + 3])
    return bool(opening.PROPOSAL.match(words)) and not opening.TITLE.match(words) and not _said_again(text, pieces[n])


def _heads(piece: Piece) -> bool:
    """Whether a piece right above the first paragraph is its heading."""
    return _CHAPTER.match(piece.words) is not None and not any(
        shape.fullmatch(piece.words) for shape in (opening.TITLE, opening.DATE_LINE, opening.SPEAKER_LINE)
    )


def _said_again(text: str, piece: Piece) -> bool:
    """Whether a line's first words are the next lines' too."""
    return len(piece.words) > _SAID and piece.words[:_SAID] in opening.words(fold(text[piece.end : piece.end + 2 * HEAD]))


def _foreign(text: str, piece: Piece) -> bool:
    """Whether a paragraph above the report is none of it: a notice, a banner, who gave it, a summary of the next lines."""
    words = piece.words
    short = piece.end - piece.start < HEAD
    return bool(
        _NOTICE.match(words)
        or (short and (opening.labels().search(words, 0, 30) or (opening.MEETING.search(words) and _GIVEN.fullmatch(words))))
        or _said_again(text, piece)
    )


def _front(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, BlockKind]]:
    """Position and kind of the pieces above the report: title, byline, else chrome where there is page furniture among them."""
    named: list[BlockKind | None] = [piece.kind if piece.kind == "chrome" else None for piece in pieces]
    for n, piece in enumerate(pieces):
        if named[n] is None:
            named[n] = _named(text, piece, pieces[n - 1] if n else None, named[n - 1] if n else None)
    _mend(pieces, named)
    paged = any(kind == "chrome" for kind in named)
    last = max((n for n, kind in enumerate(named) if kind in ("title", "byline")), default=-1)
    for n, kind in enumerate(named):
        if kind is None and n < last:
            kind = "chrome" if paged or _prose(text, pieces[n]) else "byline"
        if kind is not None and (pieces[n].kind is None or pieces[n].kind == "heading"):
            yield n, kind


def _mend(pieces: Sequence[Piece], named: list[BlockKind | None]) -> None:
    """Names a meeting or a title that is broken over two lines, and the motto above a title that goes on with a dash."""
    for n in range(len(pieces) - 1):
        first, second = pieces[n].words, pieces[n + 1].words
        if named[n] == "chrome" or named[n + 1] == "chrome" or len(first) + len(second) > _SHORT:
            continue
        if opening.MEETING.search(first + second) and not (opening.MEETING.search(first) or opening.MEETING.search(second)):
            named[n], named[n + 1] = named[n] or "byline", "byline"
        elif not (named[n] or named[n + 1]) and opening.TITLE.fullmatch(first + second):
            named[n] = named[n + 1] = "title"
        elif not named[n] and second.startswith(opening.DASHES) and opening.TITLE.fullmatch(second):
            named[n] = "title"


def _named(text: str, piece: Piece, before: Piece | None, named: BlockKind | None) -> BlockKind | None:
    """What a line above the report is; the line before it, and what that is, tell a name or a value that stands alone."""
    _, furniture, _ = _furniture()
    words = piece.words
    if len(words) < HEAD and named == "byline" and before and opening.labels().fullmatch(before.words[-12:].lstrip("】]")):
        return "byline"
    if _NOTICE.match(words) or _said_again(text, piece) or (furniture.fullmatch(words) and not opening.told().search(words)):
        return "chrome"
    if len(words) >= HEAD:
        return None
    if opening.labels().match(words) or opening.DATE_LINE.fullmatch(words) or opening.SPEAKER_LINE.fullmatch(words):
        return "byline"
    if opening.MEETING.search(words) and ("。" not in words or _GIVEN.fullmatch(words)):
        return "byline"
    if opening.TITLE.fullmatch(words):
        return "title"
    return "byline" if named == "byline" and re.fullmatch(opening.NAME, words) else None


def _tail(text: str, pieces: Sequence[Piece]) -> int:
    """The first piece of the furniture below the report: behind it there is no paragraph that is not said above."""
    _, _, furniture = _furniture()
    top = opening.words(fold(text[:_TOP]))
    cut = len(pieces)
    for n in range(len(pieces) - 1, -1, -1):
        piece = pieces[n]
        if furniture.fullmatch(piece.words):
            cut = n
        elif _says(text, piece) and (piece.start < _TOP or piece.words[:_SAID] not in top):
            break
    return cut
