"""The lines and paragraphs of the text's blocks: what flattened tables, lists of projects and glossaries are read from."""

from typing import NamedTuple

from pipeline.contracts import BlockKind, Blocks
from pipeline.text import fold, squeeze, trim

_FULL = 20  # characters of a line that may be a full one
_CLOSED = "。；！？：…”）》;!?:)."


class Line(NamedTuple):
    """A line that is not blank, or a paragraph: its span without the white space about it, and the kind of its block."""

    start: int
    end: int
    kind: BlockKind

    def of(self, text: str) -> str:
        """The line as it stands."""
        return text[self.start : self.end]

    def breaks_off(self, text: str) -> bool:
        """Whether the paragraph ends inside of a sentence, as one does that was wrapped and not put together again."""
        return self.end - self.start >= _FULL and text[self.end - 1] not in _CLOSED

    def key(self, text: str) -> str:
        """The line without white space and with widths folded: what words are compared by."""
        return fold(squeeze(text[self.start : self.end]))


def paragraphs_of(blocks: Blocks) -> list[Line]:
    """All blocks but page chrome and the cells of real tables, in reading order; a hard-wrapped paragraph is one."""
    return [Line(block.start, block.end, block.kind) for block in blocks.blocks if block.kind != "chrome" and block.cell is None]


def lines_of(text: str, paragraphs: list[Line]) -> list[Line]:
    """The lines of the paragraphs, in reading order."""
    return [
        line
        for paragraph in paragraphs
        for line in (
            [paragraph]
            if text.find("\n", paragraph.start, paragraph.end) < 0
            else [Line(*span, paragraph.kind) for span in split(text, paragraph.start, paragraph.end)]
        )
    ]


def split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the lines of a span, without the white space about them; blank ones left out."""
    spans = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        spans.append(trim(text, start, stop))
        start = stop + 1
    return [span for span in spans if span[0] < span[1]]


def joined(text: str, start: int, end: int) -> str:
    """The text of a span on one line: wrapped lines joined without space, other white space a single space."""
    return "".join(" ".join(line.split()) for line in text[start:end].split("\n"))
