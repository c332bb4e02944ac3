"""Stage 2: the page -> the one canonical text, and its blocks with their kind.

The text is fixed: the parts joined by line ends, nothing rewritten. A block is a paragraph, a line or a cell of it. What a page
puts around and into a text (navigation, page numbers, a share bar, `&nbsp;` that was never decoded) is a block of its own of the
kind `chrome`. A summary that repeats the report's first lines and a notice that sends the report out (现将…印发给你们) stand
above the report and are no part of it: they are chrome too.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline import opening, surroundings
from pipeline.contracts import Block, BlockKind, Blocks, Page, Part
from pipeline.surroundings import HEAD, PROSE, SENTENCE, Piece
from pipeline.text import fold, identifiers, squeeze, trim

_DIRT = re.compile(r"(?:\\r\\n|\\[rn](?![A-Za-z])|&nbsp;|\?{2,}|[\s\u200b\ufeff])+")
_LINE_END = re.compile(r"(?:\s|\\r|\\n|&nbsp;|\?{2,})*(?:\\r\\n|\\[rn](?![A-Za-z]))(?:\s|\\r|\\n|&nbsp;|\?{2,})*")
_CLOSED = frozenset("。！？；：…”』」）】》〉.!?;:)]\"'")
_BRACKETS = ("《》", "（）", "“”", "()")
_CONTINUES = frozenset("，。、；：！？）》”’】％%,.;:!?)")
_MARKER = re.compile(
    r"[(（]?[一二三四五六七八九十0-9０-９]{1,3}(?:[)）、]|[.．](?![0-9０-９]))|[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,3}[，,、章节部]"
    r"|[-—―─－]{1,6}|[①-⑳※★●◆·]|[\[［【〔]|各位|首先|其次"
)


def lay_out(page: Page) -> Blocks:
    """The canonical text, and the blocks that hold every character of it other than white space."""
    text = "\n".join(part.text for part in page.parts)
    pieces = _pieces(text, page.parts)
    kinds = surroundings.kinds(text, pieces)
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
        yield Piece(start, end, part, opening.words(fold(text[start : min(end, start + HEAD)])), kind)


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
    return joined or (bool(SENTENCE.search(text, start, above.end)) and (broken or above.end - start >= PROSE))


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
