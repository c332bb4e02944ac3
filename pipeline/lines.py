"""The lines of the text's blocks: what a flattened table and a glossary are read from."""

from typing import NamedTuple

from pipeline.contracts import BlockKind, Blocks
from pipeline.text import fold, squeeze, trim


class Line(NamedTuple):
    """A line that is not blank: its span without the white space about it, and the kind of the block that it belongs to."""

    start: int
    end: int
    kind: BlockKind
    first: bool  # of its block

    def of(self, text: str) -> str:
        """The line as it stands."""
        return text[self.start : self.end]

    def key(self, text: str) -> str:
        """The line without white space and with widths folded: what words are compared by."""
        return fold(squeeze(text[self.start : self.end]))


def lines_of(blocks: Blocks) -> list[Line]:
    """The lines of all blocks but page chrome and the cells of real tables, in reading order."""
    text, lines = blocks.text, []
    for block in blocks.blocks:
        if block.kind == "chrome" or block.cell is not None:
            continue
        if text.find("\n", block.start, block.end) < 0:
            lines.append(Line(block.start, block.end, block.kind, first=True))
            continue
        offset = block.start
        for line in text[block.start : block.end].split("\n"):
            start, end = trim(text, offset, offset + len(line))
            offset += len(line) + 1
            if start < end:
                lines.append(Line(start, end, block.kind, first=start == block.start))
    return lines
