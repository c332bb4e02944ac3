"""The elements of WordprocessingML as Word shows them, in order (ECMA-376 part 1, 17): what stands in what, what is not shown."""

from collections.abc import Iterator
from itertools import groupby
from typing import cast

from lxml import etree

from pipeline.formats.container import own_text
from pipeline.formats.numbering import W
from pipeline.text import squeeze

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
_SKIPPED = {W + t for t in (*_PROPERTIES, "del", "moveFrom", "rt", "instrText", "delText")}
_TEXT = {W + "t", _M + "t"}
_LITERAL = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
"""The marks of notes, and the story in which their notes stand."""
BOX = W + "txbxContent"
_SHOWN = (
    "not(ancestor::w:moveFrom or ancestor::w:del or ancestor::w:rt or ancestor::w:tr[w:trPr/w:del]"
    " or ancestor::mc:Fallback[parent::mc:AlternateContent/mc:Choice] or ancestor::mc:Choice[preceding-sibling::mc:Choice])"
)
_NAMES = {"w": W[1:-1], "m": _M[1:-1], "mc": _MC[1:-1]}
_COUNTED = etree.XPath(f"//w:t[{_SHOWN}] | //m:t[{_SHOWN}]", namespaces=_NAMES)
_SIGNS = etree.XPath(f"//w:sym[{_SHOWN}] | //w:noBreakHyphen[{_SHOWN}]", namespaces=_NAMES)
_EITHER = etree.XPath(f"{_COUNTED.path} | {_SIGNS.path}", namespaces=_NAMES)


def count(root: etree._Element) -> int:
    """The characters other than white space that a story shows, counted apart from the way that reads them."""
    return sum(len(squeeze(own_text(element))) for element in _found(_COUNTED, root)) + len(_found(_SIGNS, root))


def unread(root: etree._Element) -> list[str]:
    """What `count` counts and no block holds: a text outside of runs, in properties, or where broken XML was read on.

    A string for each stretch of one paragraph's, in the document's order.
    """
    read = set(_reached(root))
    left = [element for element in _found(_EITHER, root) if element not in read]
    return ["".join(map(written, run)) for _, run in groupby(left, key=lambda one: next(one.iterancestors(W + "p"), None))]


def _reached(element: etree._Element) -> Iterator[etree._Element]:
    """All pieces of paragraphs below an element, in tables and text boxes too."""
    for block in blocks(element):
        if block.tag == W + "tbl":
            for row in rows(block):
                for cell in cells(row):
                    yield from _reached(cell)
            continue
        for piece, _ in inline(block):
            if piece.tag == BOX:
                yield from _reached(piece)
            else:
                yield piece


def _found(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast(list[etree._Element], path(root))


def written(piece: etree._Element) -> str:
    """The text of a piece that is neither a note's mark nor a text box."""
    if piece.tag in _TEXT:
        return own_text(piece)
    return _symbol(piece) if piece.tag == W + "sym" else _LITERAL[str(piece.tag)]


def inline(element: etree._Element, hidden: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """The pieces of a paragraph in order (text, breaks, marks, text boxes), each with whether it is hidden."""
    for child in element:
        tag = str(child.tag)
        if tag == W + "r":
            properties = child.find(W + "rPr")
            vanish = properties.find(W + "vanish") if properties is not None else None
            unseen = hidden or (vanish is not None and vanish.get(W + "val") not in {"0", "false", "off"})
            yield from inline(child, unseen)
        elif tag in _TEXT or tag in _LITERAL or tag in NOTES or tag == W + "sym" or tag == BOX:
            yield child, hidden
        elif tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            chosen = child.find(_MC + "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from inline(chosen, hidden)
        elif tag not in _SKIPPED and len(child):
            yield from inline(child, hidden)


def blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and stray runs below an element, through content controls and insertions, not into each other."""
    for child in element:
        if child.tag in (W + "p", W + "tbl", W + "r"):
            yield child
        elif child.tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            chosen = child.find(_MC + "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from blocks(chosen)
        elif child.tag not in _SKIPPED and len(child):
            yield from blocks(child)


def rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for child in table:
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag not in _SKIPPED:
            yield from rows(child)


def cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, those in content controls too."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag not in _SKIPPED:
            yield from cells(child)


def _symbol(element: etree._Element) -> str:
    code = element.get(W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return "□"
    # Symbol fonts draw private code points; what they look like is not in the file.
    sign = chr(number) if 0x20 < number < 0xD800 or 0xF900 <= number < 0x10000 else "□"
    return sign if squeeze(sign) else "□"
