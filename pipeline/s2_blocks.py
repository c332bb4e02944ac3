"""Stage 2: the page -> the one canonical text, and its blocks with their kind.

The text is fixed: the parts joined by line ends, nothing rewritten. A block is a paragraph, a line or a cell of it. What a page
puts around and into a text (navigation, page numbers, a share bar, `&nbsp;` that was never decoded) is a block of its own of the
kind `chrome`. A summary that repeats the report's first lines and a notice that sends the report out (现将…印发给你们) stand
above the report and are no part of it: they are chrome too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from pipeline import lexicon, opening
from pipeline.contracts import Block, BlockKind, Blocks, Page, Part
from pipeline.text import fold, identifiers, squeeze, trim


class Chrome(lexicon.Row):
    """A line of page furniture: what it looks like as a whole, and where it is that and nothing else."""

    where: Literal["anywhere", "front", "tail"]
    pattern: str


class Piece(NamedTuple):
    """A line of the text, or what a literal line end or a run of literal blanks cuts off from one."""

    start: int
    end: int
    part: Part
    words: str
    """its first characters, folded, without white space"""
    kind: BlockKind | None


_DIRT = re.compile(r"(?:\\r\\n|\\[rn](?![A-Za-z])|&nbsp;|\?{2,}|[\s\u200b\ufeff])+")
_LINE_END = re.compile(r"(?:\s|\\r|\\n|&nbsp;|\?{2,})*(?:\\r\\n|\\[rn](?![A-Za-z]))(?:\s|\\r|\\n|&nbsp;|\?{2,})*")
_HEAD = 200  # characters of a piece that its words are made of: enough to tell what it is
_SENTENCE = re.compile(r"[。；！？]")
_SHORT = 80  # characters of a title line, broken or not
_PROSE = 40  # characters of a line from which on it is a paragraph, if it has a sentence's end
_CLOSED = frozenset("。！？；：…”』」）】》〉.!?;:)]\"'")
_BRACKETS = ("《》", "（）", "“”", "()")
_CONTINUES = frozenset("，。、；：！？）》”’】％%,.;:!?)")
_MARKER = re.compile(
    r"[(（]?[一二三四五六七八九十0-9０-９]{1,3}(?:[)）、]|[.．](?![0-9０-９]))|[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,3}[，,、章节部]"
    r"|[-—―─－]{1,6}|[①-⑳※★●◆·]|[\[［【〔]|各位|首先|其次"
)
_CHAPTER = re.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|.{0,24}(?:回顾|总结|成就|情况|工作|任务|目标|要求|打算|安排)$")


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is chrome anywhere, above the report, below it."""
    rows = lexicon.load("chrome", "chrome", Chrome)
    wheres = (("anywhere",), ("anywhere", "front", "tail"), ("anywhere", "tail"))
    anywhere, front, tail = (re.compile("|".join(f"(?:{row.pattern})" for row in rows if row.where in where)) for where in wheres)
    return anywhere, front, tail


def lay_out(page: Page) -> Blocks:
    """The canonical text, and the blocks that hold every character of it other than white space."""
    text = "\n".join(part.text for part in page.parts)
    pieces = _pieces(text, page.parts)
    kinds = _kinds(text, pieces)
    runs = list(_runs(text, pieces, kinds))
    spans = [(pieces[first].start, pieces[last].end) for first, last in runs]
    ids = identifiers("b", (squeeze(text[start:end]) for start, end in spans))
    blocks = tuple(
        Block(
            id=id_,
            start=start,
            end=end,
            kind=kinds[first],
            origin=pieces[first].part.origin,
            style=pieces[first].part.style,
            cell=pieces[first].part.cell,
        )
        for id_, (start, end), (first, _) in zip(ids, spans, runs, strict=True)
    )
    return Blocks(text=text, blocks=blocks)


# --- pieces -----------------------------------------------------------------------------------------------------------


def _pieces(text: str, parts: Sequence[Part]) -> list[Piece]:
    """The parts, cut at literal line ends, literal blanks cut off from both ends."""
    pieces: list[Piece] = []
    offset = 0
    for part in parts:
        end = offset + len(part.text)
        if "\\" in part.text or "&nbsp;" in part.text or "??" in part.text:
            pieces.extend(_cut(text, offset, end, part))
        else:
            pieces.extend(_piece(text, offset, end, part, part.kind))
        offset = end + 1
    return pieces


def _cut(text: str, start: int, end: int, part: Part) -> Iterator[Piece]:
    """The pieces of a line with literal line ends or blanks in it: what is dirt is chrome."""
    at = start
    for match in _LINE_END.finditer(text, start, end):
        yield from _peel(text, at, match.start(), part)
        yield from _piece(text, match.start(), match.end(), part, "chrome")
        at = match.end()
    yield from _peel(text, at, end, part)


def _peel(text: str, start: int, end: int, part: Part) -> Iterator[Piece]:
    """A line without the literal blanks at its ends, and these as pieces of their own."""
    left, right = start, end
    if match := _DIRT.match(text, start, end):
        left = match.end()
    for match in _DIRT.finditer(text, left, end):
        if match.end() == end:
            right = match.start()
    yield from _piece(text, start, left, part, "chrome")
    yield from _piece(text, left, right, part, part.kind)
    yield from _piece(text, right, end, part, "chrome")


def _piece(text: str, start: int, end: int, part: Part, kind: BlockKind | None) -> Iterator[Piece]:
    start, end = trim(text, start, end)
    if start < end:
        yield Piece(start, end, part, opening.words(fold(text[start : min(end, start + _HEAD)])), kind)


# --- kinds ------------------------------------------------------------------------------------------------------------


def _kinds(text: str, pieces: Sequence[Piece]) -> list[BlockKind]:
    """The kind of each piece: what the format says, else by what it looks like and where it stands."""
    anywhere, _, _ = _furniture()
    body, tail = _body(text, pieces), _tail(text, pieces)
    kinds: list[BlockKind] = [
        piece.kind or ("chrome" if n >= tail or anywhere.fullmatch(piece.words) else "paragraph") for n, piece in enumerate(pieces)
    ]
    for n, kind in _front(text, pieces[:body]):
        kinds[n] = kind
    return kinds


def _prose(text: str, piece: Piece) -> bool:
    """Whether a piece is a paragraph by its length and a sentence's end in it."""
    return piece.end - piece.start >= _PROSE and _SENTENCE.search(text, piece.start, piece.end) is not None


def _body(text: str, pieces: Sequence[Piece]) -> int:
    """The first piece of the report itself: its salutation, else its first paragraph with the headings right above it."""
    first = len(pieces)
    for n, piece in enumerate(pieces):
        if piece.kind == "chrome":
            continue
        if _opens(pieces, n):
            return n
        if n < first and _prose(text, piece) and not _is_front(text, pieces, n):
            first = n
        if piece.start > 6000 or n - first > 12:
            break
    if first == len(pieces):
        return 0
    while (
        first and (pieces[first - 1].kind == "chrome" or _CHAPTER.match(pieces[first - 1].words)) and not _titled(pieces[first - 1])
    ):
        first -= 1
    return first


def _opens(pieces: Sequence[Piece], n: int) -> bool:
    """Whether a piece is the salutation (各位代表:) with the proposal (现在,我代表…报告) in or right behind it, or the proposal."""
    if opening.SALUTATION.match(pieces[n].words):
        return any(opening.PROPOSAL.match(piece.words) for piece in pieces[n : n + 3])
    return opening.PROPOSAL.match(pieces[n].words) is not None and not opening.TITLE.match(pieces[n].words)


def _titled(piece: Piece) -> bool:
    return any(shape.fullmatch(piece.words) for shape in (opening.TITLE, opening.DATE_LINE, opening.SPEAKER_LINE))


_NOTICE = re.compile(
    r".{0,120}(?:现将.{0,60}(?:印发|发布|公布|转发)|(?:印发|转发)给你们|请(?:认真|遵照|结合实际).{0,12}(?:执行|落实))"
)
_BANNER = re.compile(r".{0,20}(?:来源|时间|日期|作者|发布机构|信息来源|发文单位|报告人):.{0,120}")


def _is_front(text: str, pieces: Sequence[Piece], n: int) -> bool:
    """Whether a paragraph above the report is none of it: a notice, a banner, a summary that the next lines say again."""
    piece = pieces[n]
    if _NOTICE.match(piece.words) or (_BANNER.match(piece.words) and piece.end - piece.start < _HEAD):
        return True
    following = opening.words(fold(text[piece.end : piece.end + 2 * _HEAD]))
    return piece.words[:30] in following


def _front(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[int, BlockKind]]:
    """Position and kind of the pieces above the report: title, byline, else chrome where there is page furniture among them."""
    _, furniture, _ = _furniture()
    named: list[BlockKind | None] = [piece.kind if piece.kind == "chrome" else None for piece in pieces]
    for n, piece in enumerate(pieces):
        if named[n] is None:
            named[n] = _named(text, piece, furniture, named[n - 1] if n else None)
    _mend(pieces, named)
    paged = any(kind == "chrome" for kind in named)
    last = max((n for n, kind in enumerate(named) if kind in ("title", "byline")), default=-1)
    for n, kind in enumerate(named):
        if kind is None and n < last:
            kind = "chrome" if paged or _prose(text, pieces[n]) else "title"
        if kind is not None and (pieces[n].kind is None or pieces[n].kind == "heading"):
            yield n, kind


def _mend(pieces: Sequence[Piece], named: list[BlockKind | None]) -> None:
    """Names a meeting or a title that is broken over two lines."""
    for n in range(len(pieces) - 1):
        first, second = pieces[n].words, pieces[n + 1].words
        if named[n] == "chrome" or named[n + 1] == "chrome" or len(first) + len(second) > _SHORT:
            continue
        if opening.MEETING.search(first + second) and not (opening.MEETING.search(first) or opening.MEETING.search(second)):
            named[n], named[n + 1] = named[n] or "byline", "byline"
        elif not (named[n] or named[n + 1]) and opening.TITLE.fullmatch(first + second):
            named[n] = named[n + 1] = "title"


def _named(text: str, piece: Piece, furniture: re.Pattern[str], above: BlockKind | None) -> BlockKind | None:
    words = piece.words
    if furniture.fullmatch(words) or _NOTICE.match(words):
        return "chrome"
    if piece.end - piece.start <= _HEAD and (opening.DATE_LINE.fullmatch(words) or opening.SPEAKER_LINE.fullmatch(words)):
        return "byline"
    if _BANNER.fullmatch(words) or (opening.MEETING.search(words) and not _prose(text, piece)):
        return "byline"
    if opening.TITLE.fullmatch(words):
        return "title"
    if above == "byline" and re.fullmatch(opening.NAME, words):
        return "byline"
    return None


def _tail(text: str, pieces: Sequence[Piece]) -> int:
    """The first piece of the furniture below the report: behind it there is no paragraph that is not said above."""
    _, _, furniture = _furniture()
    cut = len(pieces)
    for n in range(len(pieces) - 1, -1, -1):
        piece = pieces[n]
        if furniture.fullmatch(piece.words):
            cut = n
        elif _prose(text, piece) and piece.words[:30] not in opening.words(fold(text[: min(3000, piece.start)])):
            break
    return cut


# --- lines that are one paragraph -------------------------------------------------------------------------------------


def _runs(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> Iterator[tuple[int, int]]:
    """First and last piece of each block: a line each, but for a paragraph that was wrapped or broken at its links."""
    width = _wrap_width(pieces, kinds)
    broken = _broken(text, pieces, kinds)
    first = 0
    for n in range(1, len(pieces) + 1):
        if n < len(pieces) and _joins(text, pieces, kinds, first, n, width, broken):
            continue
        if first < n:
            yield first, n - 1
        first = n


def _joins(
    text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind], first: int, n: int, width: int | None, broken: bool
) -> bool:
    """Whether piece `n` goes on with the paragraph that the pieces from `first` on make."""
    above, piece = pieces[n - 1], pieces[n]
    if kinds[n] != "paragraph" or kinds[first] != "paragraph" or piece.part.cell or above.part.cell or piece.part.style:
        return False
    if above.end == piece.start or _MARKER.match(piece.words):
        return False
    if width is not None:
        indented = text[piece.start - 2 : piece.start].strip(" \u3000") == ""
        return above.end - above.start >= width - 3 and not indented
    joined = broken and n - 1 > first
    return text[piece.start] in _CONTINUES or _open(text, pieces[first].start, above, broken, joined)


def _open(text: str, start: int, above: Piece, broken: bool, joined: bool) -> bool:
    """Whether the paragraph up to here breaks off inside of a sentence."""
    last = text[above.end - 1]
    if last in "，、," or any(
        text.rfind(pair[0], above.start, above.end) > text.rfind(pair[1], above.start, above.end) for pair in _BRACKETS
    ):
        return True
    if last in _CLOSED:
        return False
    return joined or (bool(_SENTENCE.search(text, start, above.end)) and (broken or above.end - start >= _PROSE))


def _broken(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> bool:
    """Whether lines of the document break off at links: lines that begin with what no line begins with."""
    starts = sum(kind == "paragraph" and text[piece.start] in _CONTINUES for piece, kind in zip(pieces, kinds, strict=True))
    return starts >= 2


def _wrap_width(pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> int | None:
    """The length of a full line where the document is hard-wrapped, that is, where most lines have one length."""
    lengths = [piece.end - piece.start for piece, kind in zip(pieces, kinds, strict=True) if kind == "paragraph"]
    if len(lengths) < 12:
        return None
    ordered = sorted(lengths)
    width = ordered[int(len(ordered) * 0.9)]
    full = sum(abs(length - width) <= 3 for length in lengths)
    return width if 12 <= width <= 80 and full * 2 > len(lengths) else None
