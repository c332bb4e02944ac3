"""Stage 2: the page -> the one canonical text, and its blocks with their kind.

The text is fixed: the parts joined by line ends, nothing rewritten. A block is a paragraph, a line or a cell of it. What a page
puts around and into a text (navigation, page numbers, a share bar, `&nbsp;` that was never decoded) is a block of its own of the
kind `chrome`. A summary that repeats the report's first lines and a notice that sends the report out (现将…印发给你们) stand
above the report and are no part of it: they are chrome too.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contracts import Block, BlockKind, Blocks, Page, Part
from pipeline.front import opening, surroundings
from pipeline.front.surroundings import HEAD, PROSE, SENTENCE, Piece
from pipeline.text import fold, identifiers, squeeze, trim

_DIRT = re.compile(r"(?:&nbsp;|\?\?+|[\s\u200b\ufeff])+")
_LINE_END = re.compile(r"(?:\\r\\n|\\[rn](?![A-Za-z]))+")
_LINES = 12  # lines of a document that can be told to be hard-wrapped
_NARROWEST, _WIDEST = 24, 120  # columns and characters of the full line of a wrapped text
_INDENT = 2  # characters of white space that begin a paragraph; a single one is a blank of the sentence
_RAGGED = 6  # columns that a full line may lack: no line begins with a stop, and a number is not cut
_FULL = 0.9  # where the full lines stand among all lines by their width; and more are no sign of indented paragraphs
_COMMAS = "，、,"
_CLOSED = frozenset("。！？；：…”』」）】》〉.!?;:)]\"'")
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("(", ")"))
_CONTINUES = frozenset("，。、；：！？）》”’】％%,.;:!?)")
_MARKER = re.compile(
    r"[(（]?[一二三四五六七八九十0-9０-９]{1,3}(?:[)）、]|[.．](?![0-9０-９]{1,6}(?![0-9０-９年])))|[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,3}[，,、章节部]"
    r"|[-—―─－]{1,6}|[①-⑳※★●◆·]|[\[［【〔]|各位|首先|其次"
)


def lay_out(page: Page) -> Blocks:
    """The canonical text, and the blocks that hold every character of it other than white space."""
    text = "\n".join(part.text for part in page.parts)
    pieces = _pieces(text, page.parts)
    kinds = surroundings.kinds(text, pieces)
    if wrap := _wrapped(text, pieces, kinds):
        pieces = _unwrapped(text, pieces, kinds, wrap)
        kinds = surroundings.kinds(text, pieces)
    for n in surroundings.copy(pieces, kinds):
        kinds[n] = "chrome"
    runs = list(_runs(text, pieces, kinds, wrapped=wrap is not None))
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
    folded = fold(text)
    following = 0
    for part in parts:
        offset, end = following, following + len(part.text)
        following = end + 1
        if not part.text or part.text.isspace():
            continue
        dirty = "\\" in part.text or "&nbsp;" in part.text or "??" in part.text
        mark = surroundings.behind(folded, offset, end)
        line = list(_cuts(text, offset, mark, part.kind)) if dirty else [(offset, mark, part.kind)]
        if mark < end:
            line.append((mark, end, "chrome"))
        for start, stop, kind in line:
            start, stop = trim(text, start, stop)
            if start < stop:
                pieces.append(Piece(start, stop, part, opening.words(folded[start : min(stop, start + HEAD)]), kind))
    return pieces


Cut = tuple[int, int, BlockKind | None]


def _cuts(text: str, start: int, end: int, kind: BlockKind | None) -> Iterator[Cut]:
    """The pieces of a line with literal line ends or blanks in it: what is dirt is chrome."""
    for match in _LINE_END.finditer(text, start, end):
        yield from _peel(text, start, match.start(), kind)
        yield match.start(), match.end(), "chrome"
        start = match.end()
    yield from _peel(text, start, end, kind)


def _peel(text: str, start: int, end: int, kind: BlockKind | None) -> Iterator[Cut]:
    """A line without the literal blanks at its ends, and these as pieces of their own."""
    runs = [match.span() for match in _DIRT.finditer(text, start, end)]
    left = runs[0][1] if runs and runs[0][0] == start else start
    right = runs[-1][0] if runs and runs[-1][1] == end and left < end else end
    yield start, left, "chrome"
    yield left, right, kind
    yield right, end, "chrome"


# --- lines that are one paragraph -------------------------------------------------------------------------------------


def _runs(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind], *, wrapped: bool) -> Iterator[tuple[int, int]]:
    """First and last piece of each block: a line each, but for a paragraph that was broken at its links."""
    broken = not wrapped and _broken(text, pieces, kinds)
    first = 0
    for n in range(1, len(pieces) + 1):
        may = n < len(pieces) and not wrapped and _may_join(pieces[n - 1], pieces[n], kinds[first], kinds[n])
        if may and _goes_on(text, pieces[first].start, pieces[n - 1], pieces[n], broken, joined=n - 1 > first):
            continue
        if first < n:
            yield first, n - 1
        first = n


def _may_join(above: Piece, piece: Piece, first: BlockKind, kind: BlockKind) -> bool:
    """Whether two pieces can be of one paragraph: lines of running text, the second without a marker."""
    running = first == kind == "paragraph" and above.end != piece.start
    return running and not (above.part.cell or piece.part.cell or piece.part.style or _MARKER.match(piece.words))


class Wrap(NamedTuple):
    """How a document is hard-wrapped: the columns of a full line, or the characters where lines are cut at their number, and
    whether a paragraph's first line is indented."""

    width: int
    characters: int | None
    indented: bool


def _wrapped(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> Wrap | None:
    """How the document is wrapped, where half of its lines end at one column; None where lines are paragraphs."""
    lines = [piece for piece, kind in zip(pieces, kinds, strict=True) if kind == "paragraph" and not piece.part.cell]
    if len(lines) < _LINES or any(piece.end - piece.start > _WIDEST for piece in lines):
        return None
    indented = sum(_indent(text, piece) >= _INDENT for piece in lines)
    by_indent = 0 < indented < _FULL * len(lines)
    lengths = Counter(_length(text, piece) for piece in lines)
    if (longest := max(lengths)) >= _NARROWEST and 2 * lengths[longest] >= len(lines):
        full = [piece for piece in lines if _length(text, piece) == longest]
        return None if _closed(text, full) else Wrap(0, longest, by_indent)
    widths = sorted(_columns(text, piece) for piece in lines)
    width = widths[int(len(widths) * _FULL)]
    full = [piece for piece in lines if width - _RAGGED <= _columns(text, piece) <= width + _RAGGED]
    if width < _NARROWEST or 2 * len(full) < len(lines) or _closed(text, full):
        return None
    return Wrap(width, None, by_indent)


def _closed(text: str, full: Sequence[Piece]) -> bool:
    """Whether most of the full lines end where a sentence does, and so are paragraphs that happen to be of one length."""
    return 2 * sum(text[piece.end - 1] in _CLOSED for piece in full) > len(full)


def _unwrapped(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind], wrap: Wrap) -> list[Piece]:
    """The pieces with the lines of a wrapped paragraph, or of a wrapped title, made one."""
    made: list[Piece] = []
    for n, piece in enumerate(pieces):
        above = pieces[n - 1] if n and kinds[n - 1] != "chrome" != kinds[n] else None
        apart = above and (above.part.cell or piece.part.cell or piece.part.style or above.kind or piece.kind)
        marked = not wrap.indented and _MARKER.match(piece.words)
        if above and not apart and not marked and above.end != piece.start and _wraps(text, above, piece, wrap):
            first = made[-1]
            words = squeeze(text[first.start : piece.end]) if len(first.words) < HEAD else first.words
            made[-1] = first._replace(end=piece.end, words=opening.words(fold(words[:HEAD])))
        else:
            made.append(piece)
    return made


def _wraps(text: str, above: Piece, piece: Piece, wrap: Wrap) -> bool:
    """Whether a line goes on in the next: it is full, and the next begins no paragraph."""
    if wrap.characters and _length(text, above) != wrap.characters:
        return False
    if _columns(text, above) < wrap.width - _RAGGED:
        return False
    return _indent(text, piece) < _INDENT if wrap.indented else text[above.end - 1] not in _CLOSED


def _indent(text: str, piece: Piece) -> int:
    """Characters of white space before a piece on its line."""
    return piece.start - (text.rfind("\n", 0, piece.start) + 1)


def _length(text: str, piece: Piece) -> int:
    """The characters of a piece's line, white space at its ends included."""
    end = text.find("\n", piece.end)
    return (len(text) if end < 0 else end) - piece.start + _indent(text, piece)


def _columns(text: str, piece: Piece) -> int:
    """The width of a line up to the piece's end: an ideograph takes two columns, a letter or digit one."""
    line = text[piece.start - _indent(text, piece) : piece.end]
    return 2 * len(line) - sum(map(str.isascii, line))


def _goes_on(text: str, start: int, above: Piece, piece: Piece, broken: bool, *, joined: bool) -> bool:
    """Whether a line goes on with the paragraph that begins at `start`, though no line of the document is wrapped: it begins
    with what no line begins with, or the paragraph breaks off inside of a sentence."""
    last = text[above.end - 1]
    if text[piece.start] in _CONTINUES or last in _COMMAS:
        return True
    if last in _CLOSED:
        return False
    if any(text.rfind(left, above.start, above.end) > text.rfind(right, above.start, above.end) for left, right in _BRACKETS):
        return True
    return joined or (bool(SENTENCE.search(text, start, above.end)) and (broken or above.end - start >= PROSE))


def _broken(text: str, pieces: Sequence[Piece], kinds: Sequence[BlockKind]) -> bool:
    """Whether lines of the document break off at links: lines that begin with what no line begins with."""
    starts = sum(kind == "paragraph" and text[piece.start] in _CONTINUES for piece, kind in zip(pieces, kinds, strict=True))
    return starts >= 2
