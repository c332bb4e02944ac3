"""Stage 2: the page -> the one canonical text, and its blocks with their kind."""

from pipeline.contracts import Block, Blocks, Page
from pipeline.text import trim


def lay_out(page: Page) -> Blocks:
    """The parts of a page joined by line ends, and the blocks that hold every character of it other than white space."""
    text = "\n".join(part.text for part in page.parts)
    blocks: list[Block] = []
    offset = 0
    for part in page.parts:
        start, end = trim(text, offset, offset + len(part.text))
        offset += len(part.text) + 1
        if start < end:
            blocks.append(
                Block(
                    id=f"b{len(blocks) + 1}",
                    start=start,
                    end=end,
                    kind=part.kind or "paragraph",
                    origin=part.origin,
                    style=part.style,
                    cell=part.cell,
                )
            )
    return Blocks(text=text, blocks=tuple(blocks))
