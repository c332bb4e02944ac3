"""An HTML tree -> its lines of text in reading order, its elements and its tables, in one walk that never recurses.

A line is what a browser sets between two breaks: a block element's edge or a `<br>`. White space is folded as a browser folds
it, except that a line end of the source between two Chinese characters is nothing. The text of `script`, `style`, `template`,
`iframe`, `noembed`, `noframes` and `head`, comments and attributes are no text of the page; hidden elements and the faces of
form controls are, and their lines say so.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipeline.errors import DocumentError
from pipeline.formats import ordered
from pipeline.formats.ordered import Ordered
from pipeline.formats.reading import Limits
from pipeline.text import squeeze

SKIPPED = frozenset(("head", "script", "style", "template", "iframe", "noembed", "noframes"))
_BLOCK_NAMES = (
    "html body address article aside blockquote br caption center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav noscript ol optgroup option p plaintext pre"
    " section select summary table tbody td tfoot th thead tr ul xmp ucapcontent ucaptitle founder-content founder-title"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CONTROLS = frozenset(("button", "datalist", "noscript", "select", "textarea"))
_UNSEEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s{0,3}:\s{0,3}(?:block|table|flex|grid)\b", re.IGNORECASE)
_WIDE = r"[\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffee]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NOTE_MARK = re.compile(r"[0-9]{1,3}")
_STEPS = 24
"""Steps of an element's path that an origin names; a deeper one starts with `//`."""


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page, the lines `[begin, end)` in it, and what it goes by: `div`, `#id`, `.class`, in lower case."""

    tag: str
    parent: "Element | None"
    step: str
    names: frozenset[str] = frozenset()
    block: bool = True
    begin: int = 0
    end: int = 0
    unseen: "Element | None" = None
    """the innermost element about it that is not shown (itself among them)"""
    table: "Table | None" = None
    """the innermost table about it"""
    slot: "Slot | None" = None
    """the innermost table cell about it"""
    link: bool = False
    ordered: Ordered | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def path(self) -> str:
        """An XPath of it."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None and len(steps) < _STEPS:
            steps.append(element.step)
            element = element.parent
        return ("/" if element is None else "//") + "/".join(reversed(steps))


@dataclass(slots=True, eq=False)
class Slot:
    """A table's cell as the source has it, then its place in the table's full grid."""

    table: "Table"
    outer: "Slot | None"
    header: bool
    height: int
    width: int
    row: int
    column: int = 0
    begin: int = 0
    end: int = 0


@dataclass(slots=True, eq=False)
class Table:
    """A table: the cells of its rows; `number` is its place among the page's tables."""

    number: int
    begin: int
    rows: list[list[Slot]] = field(default_factory=list)
    columns: int = 0
    end: int = 0

    def resolve(self, limits: Limits, name: str) -> int:
        """Gives every cell its place in the full grid, as HTML's table model has it; how many places there are.

        Raises DocumentError `too-large` past the limit on cells.
        """
        places = 0
        until: dict[int, int] = {}
        for number, row in enumerate(self.rows):
            column = 0
            for slot in row:
                while until.get(column, 0) > number:
                    column += 1
                slot.height = min(slot.height or len(self.rows), len(self.rows) - number)
                slot.column = column
                places += slot.height * slot.width
                if places > limits.cells:
                    raise DocumentError("too-large", f"{name}: more than {limits.cells} cells in tables")
                until.update(dict.fromkeys(range(column, column + slot.width), number + slot.height))
                column += slot.width
                self.columns = max(self.columns, column)
        return places


class Line(NamedTuple):
    """A line of text, the block that it stands in, and how many of its characters are links to elsewhere."""

    text: str
    element: Element
    linked: int = 0
    unseen: Element | None = None


class Walk:
    """One page on its way to lines: the elements that are open, and the line that is being filled."""

    def __init__(self, root: LexborNode, name: str, limits: Limits) -> None:
        """Raises DocumentError: `too-large`, `too-deep`."""
        self.name = name
        self.limits = limits
        self.lines: list[Line] = []
        self.blocks: list[Element] = []
        self.tables: list[Table] = []
        self.generated = 0
        """characters other than white space that the reader put in: the brackets of note marks, the numbers of lists"""
        self._open: list[Element] = []
        self._shown: list[str] = []
        self._hidden: list[str] = []
        self._linked = 0
        self._raised = 0
        self._veil: Element | None = None
        self._label = ""
        """the number of the list item that has just begun"""
        self._walk(root)
        cells = 0
        for table in self.tables:
            cells += table.resolve(limits, name)
            if cells > limits.cells:
                raise DocumentError("too-large", f"{name}: more than {limits.cells} cells in tables")

    def _walk(self, root: LexborNode) -> None:
        node = root
        while True:
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and (tag := node.tag or "") not in SKIPPED:
                self._enter(tag, node.attributes)
                if (child := node.first_child) is not None:
                    node = child
                    continue
                self._leave()
            while (after := node.next) is None or not self._open:
                if not self._open:
                    return
                self._leave()
                node = node.parent or root
            node = after

    def _enter(self, tag: str, attributes: dict[str, str | None]) -> None:
        parent = self._open[-1] if self._open else None
        if len(self._open) >= self.limits.depth:
            raise DocumentError("too-deep", f"{self.name}: elements nested deeper than {self.limits.depth}")
        style = attributes.get("style") or ""
        block = tag in _BLOCKS or ("display" in style and _BLOCK_STYLE.search(style) is not None)
        if block:
            self._flush()
        element = Element(tag, parent, tag, block=block, begin=len(self.lines))
        if parent is not None:
            element.unseen, element.table, element.slot, element.link = parent.unseen, parent.table, parent.slot, parent.link
            parent.counts[tag] = count = parent.counts.get(tag, 0) + 1
            element.step = f"{tag}[{count}]"
        if tag in _CONTROLS or "hidden" in attributes or _UNSEEN.search(style):
            element.unseen = element
        if block:
            names = (f".{one}" for one in (attributes.get("class") or "").split())
            element.names = frozenset((tag, f"#{attributes.get('id') or ''}".lower(), *(one.lower() for one in names)))
            self.blocks.append(element)
        if tag == "a":
            element.link = not (attributes.get("href") or "#").strip().startswith("#")
        elif tag == "sup":
            self._raised = len(self._shown)
        elif tag == "ol":
            element.ordered = ordered.opened(attributes)
        elif tag == "li" and parent is not None and parent.ordered is not None:
            self._label = parent.ordered.label(attributes.get("value"))
        self._table(element, tag, attributes)
        self._open.append(element)

    def _table(self, element: Element, tag: str, attributes: dict[str, str | None]) -> None:
        """Tables, rows and cells as they open."""
        if tag == "table":
            element.table = Table(len(self.tables), len(self.lines))
            self.tables.append(element.table)
        elif tag == "tr" and element.table is not None:
            element.table.rows.append([])
        elif tag in ("td", "th") and (table := element.table) is not None and table.rows:
            header = tag == "th" or any(one.tag == "thead" for one in self._open[-2:])
            height, width = _span(attributes.get("rowspan"), 65534), max(1, _span(attributes.get("colspan"), 1000))
            element.slot = Slot(table, element.slot, header, height, width, len(table.rows) - 1, begin=len(self.lines))
            table.rows[-1].append(element.slot)

    def _leave(self) -> None:
        element = self._open[-1]
        if element.block:
            self._flush()
        element.end = len(self.lines)
        if element.tag == "table" and element.table is not None:
            element.table.end = element.end
        elif element.tag in ("td", "th") and element.slot is not None:
            element.slot.end = element.end
        elif element.tag == "li":
            self._label = ""
        elif element.tag == "sup":
            self._mark()
        self._open.pop()

    def _mark(self) -> None:
        """A raised number is a note's mark and becomes `[n]`, or it would run into the figure beside it; m² and km² stay."""
        raised = "".join(self._shown[self._raised :]).strip()
        before = "".join(self._shown[max(0, self._raised - 3) : self._raised])
        if _NOTE_MARK.fullmatch(raised) and not (before[-1:].isascii() and before[-1:].isalpha()):
            self._shown[self._raised :] = [f"[{raised}]"]
            self.generated += 2

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if element.unseen is not None:
            self._veil = self._veil or element.unseen
            self._hidden.append(text)
        elif any(one.tag in ("pre", "xmp", "plaintext", "listing") for one in self._open[-6:]):
            for n, line in enumerate(text.split("\n")):
                if n:
                    self._flush()
                self._shown.append(line)
        else:
            self._shown.append(_WRAP.sub("", text) if "\n" in text else text)
            if element.link:
                self._linked += len(squeeze(text))

    def _flush(self) -> None:
        """Ends the line that is being filled."""
        if not self._shown and not self._hidden:
            return
        block = next((element for element in reversed(self._open) if element.block), self._open[0])
        for pieces, unseen in ((self._shown, None), (self._hidden, self._veil)):
            text = _BLANKS.sub(" ", "".join(pieces)).strip(" ")
            if text and not text.isspace():
                if self._label and unseen is None:
                    text = self._numbered(text)
                if len(self.lines) >= self.limits.parts:
                    raise DocumentError("too-large", f"{self.name}: more than {self.limits.parts} lines")
                self.lines.append(Line(text, block, 0 if unseen else self._linked, unseen))
            pieces.clear()
        self._linked = self._raised = 0
        self._veil = None

    def _numbered(self, text: str) -> str:
        """The first line of a list item with the item's number, unless it brings one of its own."""
        label, self._label = self._label, ""
        if ordered.numbered(text):
            return text
        self.generated += len(label)
        return label + text


def _span(value: str | None, most: int) -> int:
    """A row or column span; 1 where it is no number, 0 (to the table's end) only where it says so."""
    digits = re.match(r"\s{0,9}\+?([0-9]{1,9})", value or "")
    return min(int(digits.group(1)), most) if digits else 1
