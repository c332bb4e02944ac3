"""Which lines of an HTML page are the article: its container, and the title and the line of source and date above it."""

import re
from itertools import accumulate

from pipeline import lexicon
from pipeline.formats.markup import Element, Line
from pipeline.text import fold, squeeze

_STOPS = re.compile(r"[，。；、！？]|(?<=[\u4e00-\u9fff”）])[,;](?=[\u4e00-\u9fff“（])")
_ENDS = ("。", "；", "！", "？")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ENOUGH = 0.97
"""Share of a page's prose that the element which is taken for the article must hold. A footer has a few sentences."""
_KNOWN_ENOUGH = 0.8
"""The same for a container that is known by name: what is missing is prose of the page's own (news beside it, comments)."""
_HEAD_LINES = 10
_HEAD_CHARACTERS = 400
"""Between the title and the article stand source, date, number of the document, letter size, sharing: no more than this."""


class Container(lexicon.Row):
    """A name by which site systems call the element that holds an article's text."""

    name: str
    system: str


class Furniture(lexicon.Row):
    """A name by which pages call what they put around an article."""

    name: str


def known_as(row: Container | Furniture, names: str) -> bool:
    """Whether an element that goes by these names (spaces between) is what the row knows."""
    return row.name in names.split()


def prose(line: Line) -> int:
    """How much a line reads like running text: its Chinese punctuation; none where it is mostly links or has a single sign."""
    if line.unseen is not None or 2 * line.linked > len(squeeze(line.text)):
        return 0
    stops = len(_STOPS.findall(line.text))
    return stops if stops > 1 or line.text.endswith(_ENDS) else 0


def article(lines: list[Line], blocks: list[Element]) -> tuple[int, int]:
    """The lines `[begin, end)` of the article's text.

    A container known by name, the outermost one, if it holds nearly all prose of the page; else the smallest element that
    holds all of it but for what a footer has.
    """
    sums = [0, *accumulate(map(prose, lines))]
    total = sums[-1]

    def share(element: Element) -> float:
        return (sums[element.end] - sums[element.begin]) / total if total else float(element.end - element.begin == len(lines))

    names = {row.name for row in lexicon.load("containers", "container", Container)}
    for element in blocks:
        if not names.isdisjoint(element.names) and share(element) >= _KNOWN_ENOUGH:
            return element.begin, element.end
    fitting = [element for element in blocks if share(element) >= _ENOUGH]
    best = min(fitting, key=lambda element: element.end - element.begin, default=None)
    return (best.begin, best.end) if best else (0, len(lines))


def furniture(lines: list[Line], blocks: list[Element], begin: int, end: int) -> set[int]:
    """The lines of the article `[begin, end)` that stand in elements called navigation, footer and the like.

    Where such an element holds more of the prose than a footer can, its name means something else.
    """
    sums = [0, *accumulate(map(prose, lines))]
    most = (1 - _ENOUGH) * (sums[end] - sums[begin])
    names = {row.name for row in lexicon.load("containers", "furniture", Furniture)}
    found: set[int] = set()
    until = begin
    for element in blocks:
        inside = begin <= element.begin and until < element.end <= end
        if inside and not names.isdisjoint(element.names) and sums[element.end] - sums[element.begin] <= most:
            found.update(range(element.begin, element.end))
            until = element.end
    return found


def head(lines: list[Line], begin: int, titles: tuple[str, ...]) -> int:
    """Where the article's head begins: the line of its title, if it stands a little above the text; else the text itself.

    `titles` are what the page's metadata call it; a heading element will do where none of them stands there.
    """
    wanted = {_key(title) for title in titles} - {""}
    characters = 0
    heading = begin
    for index in range(begin - 1, max(-1, begin - 1 - _HEAD_LINES), -1):
        line = lines[index]
        characters += len(line.text)
        if characters > _HEAD_CHARACTERS:
            break
        if line.unseen is None and _key(line.text) in wanted:
            return index
        if heading == begin and line.element.tag in _HEADINGS and line.linked == 0:
            heading = index
    return heading


def _key(text: str) -> str:
    return fold(squeeze(text))
