"""DOCX: zip and XML read directly, as the reader of Word sees the document.

One part a line of a paragraph (a manual line break starts a new part, so that a heading behind one is seen), one part a
table cell with its paragraphs joined by line ends. Automatic numbers are part of the text. A footnote's or endnote's mark,
which Word shows as a raised number, stands in the body as `[n]`; the notes follow the body, each behind its `[n]`.
Insertions are kept and deletions dropped, as in Word's final view; hidden text and headers and footers are `chrome`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, cast

from lxml import etree

from pipeline.contracts import Cell, Decoding, PageMeta, Part
from pipeline.errors import DocumentError
from pipeline.formats.container import Container
from pipeline.formats.numbering import Numbering, W, integer, read_numbering, read_styles, value
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/"
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
_SKIPPED = {W + t for t in (*_PROPERTIES, "del", "moveFrom", "rt", "instrText", "delText")}
_TEXT = {W + "t", _M + "t"}
_LITERAL = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_SHOWN = "not(ancestor::w:moveFrom or ancestor::w:del or ancestor::w:rt or ancestor::mc:Fallback[../mc:Choice])"
_NAMES = {"w": W[1:-1], "m": _M[1:-1], "mc": _MC[1:-1]}
_COUNTED = etree.XPath(f"//w:t[{_SHOWN}] | //m:t[{_SHOWN}]", namespaces=_NAMES)
_SIGNS = etree.XPath(f"count(//w:sym[{_SHOWN}] | //w:noBreakHyphen[{_SHOWN}])", namespaces=_NAMES)
_CORE = {"title": "title", "creator": "creator", "created": "created", "modified": "modified", "subject": "subject"}


_Kind = Literal["chrome", "note"] | None


@dataclass(slots=True)
class _Slot:
    """A cell while its table is read: where it starts, the last row that it reaches, its lines."""

    row: int
    column: int
    width: int
    header: bool
    last: int
    lines: list[str] = field(default_factory=list)


class _Reader:
    """One document on its way to parts: the counters that run through it, and what was found so far."""

    def __init__(self, name: str, limits: Limits, numbering: Numbering) -> None:
        self.name = name
        self.limits = limits
        self.numbering = numbering
        self.parts: list[Part] = []
        self.tables = 0
        self.cells = 0
        self.generated = 0
        self.notes: dict[str, dict[str, int]] = {"footnotes": {}, "endnotes": {}}

    def story(self, root: etree._Element, origin: str, kind: _Kind = None, prefix: str = "") -> None:
        """All blocks below an element, in order; `prefix` stands before the first paragraph."""
        for place, element in enumerate(_blocks(root), 1):
            where = f"{origin}#{place}"
            if element.tag == W + "tbl":
                self.table(element, where, kind)
            else:
                self.paragraph(element, where, kind, prefix)
                self.generated += len(prefix)
                prefix = ""

    def paragraph(self, element: etree._Element, origin: str, kind: _Kind, prefix: str = "") -> None:
        """A part for each line of the paragraph, then its hidden text, then its text boxes."""
        shown, hidden, boxes = self.runs(element)
        style = value(element.find(W + "pPr"), "pStyle")
        named = self.numbering.styles.get(style or "")
        for line in (prefix + shown).split("\n"):
            self.add(line, origin, kind, named.name if named else style)
        self.add(hidden, origin, "chrome", "hidden")
        for box in boxes:
            self.story(box, origin, kind)

    def runs(self, paragraph: etree._Element) -> tuple[str, str, list[etree._Element]]:
        """The paragraph's text with its automatic number, its hidden text, and the text boxes that hang on it."""
        label = self.numbering.label(paragraph.find(W + "pPr"))
        self.generated += len(squeeze(label))
        shown: list[str] = [label]
        hidden: list[str] = []
        boxes: list[etree._Element] = []
        for element, unseen in _inline(paragraph, False):
            tag = str(element.tag)
            out = hidden if unseen else shown
            if tag in _TEXT:
                out.append(element.text or "")
            elif tag in _LITERAL:
                out.append(_LITERAL[tag])
            elif tag == W + "sym":
                out.append(_symbol(element))
            elif tag in _NOTES:
                out.append(self.mark(element, _NOTES[tag]))
            else:
                boxes.append(element)
        return "".join(shown), "".join(hidden), boxes

    def mark(self, element: etree._Element, story: str) -> str:
        """The mark of a note, numbered in the order of the marks; nothing where the author typed a mark of their own."""
        key = element.get(W + "id") or ""
        number = self.notes[story].setdefault(key, len(self.notes[story]) + 1)
        if element.get(W + "customMarkFollows") in {"1", "true", "on"}:
            return ""
        mark = f"[{number}]"
        self.generated += len(mark)
        return mark

    def add(self, text: str, origin: str, kind: _Kind | Literal["table_cell"], style: str | None, cell: Cell | None = None) -> None:
        if not squeeze(text):
            return
        if len(self.parts) >= self.limits.parts:
            raise DocumentError("too-large", f"{self.name}: more than {self.limits.parts} paragraphs and cells")
        self.parts.append(Part.model_construct(text=text, origin=origin, kind=kind, style=style, cell=cell))

    def table(self, table: etree._Element, origin: str, kind: _Kind) -> None:
        """The cells of a table in the full grid, nested tables after it; a table of one cell is a frame about its content."""
        rows = list(_rows(table))
        if len(rows) == 1 and sum(1 for _ in _cells(rows[0])) == 1:
            self.story(next(_cells(rows[0])), origin, kind)
            return
        number, self.tables = self.tables, self.tables + 1
        nested: list[etree._Element] = []
        open_above: dict[int, _Slot] = {}
        slots: list[_Slot] = []
        for row, element in enumerate(rows):
            properties = element.find(W + "trPr")
            column = self.grid(integer(properties, "gridBefore") or 0)
            header = properties is not None and properties.find(W + "tblHeader") is not None
            for tc in _cells(element):
                layout = tc.find(W + "tcPr")
                width = self.grid(max(1, integer(layout, "gridSpan") or 1))
                merge = layout.find(W + "vMerge") if layout is not None else None
                slot = open_above.pop(column, None) if merge is not None and merge.get(W + "val") != "restart" else None
                if slot is None:
                    slot = _Slot(row, column, width, header, row)
                    slots.append(slot)
                slot.last = row
                slot.lines.extend(self.cell(tc, nested))
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = slot
                column += width
        for slot in slots:
            place = Cell(
                table=number,
                row=slot.row,
                column=slot.column,
                row_span=slot.last - slot.row + 1,
                column_span=slot.width,
                header=slot.header,
            )
            where = f"{origin}/{slot.row + 1}/{slot.column + 1}"
            self.add("\n".join(slot.lines), where, kind or "table_cell", None, place)
        for inner in nested:
            self.table(inner, origin, kind)

    def grid(self, columns: int) -> int:
        self.cells += columns
        if self.cells > self.limits.cells:
            raise DocumentError("too-large", f"{self.name}: more than {self.limits.cells} cells in tables")
        return columns

    def cell(self, tc: etree._Element, nested: list[etree._Element]) -> list[str]:
        """The lines of a cell, those of its text boxes among them; its tables are put on `nested`."""
        lines: list[str] = []
        for element in _blocks(tc):
            if element.tag == W + "tbl":
                nested.append(element)
                continue
            shown, hidden, boxes = self.runs(element)
            lines.append(shown)
            self.add(hidden, "hidden", "chrome", "hidden")
            for box in boxes:
                lines.extend(self.cell(box, nested))
        return [line for line in lines if squeeze(line)]


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The paragraphs, cells and notes of a DOCX. Raises DocumentError where it is no readable DOCX or past the limits."""
    container = Container(data, name, limits)
    main = _main(container)
    root = container.xml(main)
    body = root.find(W + "body")
    if body is None:
        strict = _STRICT in container.read(main)[:4096]
        reason = "is saved as strict OOXML; save it as an ordinary DOCX" if strict else "has no document body"
        raise DocumentError("not-a-document", f"{name}: {reason}")
    related = _related(container, main)
    styles = read_styles(_optional(container, related.get("styles")))
    reader = _Reader(name, limits, read_numbering(_optional(container, related.get("numbering")), styles))
    roots = [root]
    for member in _sorted(related, "header"):
        roots.append(container.xml(member))
        reader.story(roots[-1], member, "chrome")
    reader.story(root, main)  # not the body alone: where the XML is broken, paragraphs stand behind it
    for story, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        source = related.get(story)
        if reader.notes[story] and source and source in container:
            roots.append(_notes(container.xml(source), tag, reader.notes[story]))
            for number, note in enumerate(roots[-1], 1):
                reader.story(note, f"{source}#{number}", "note", prefix=f"[{number}]")
    for member in _sorted(related, "footer"):
        roots.append(container.xml(member))
        reader.story(roots[-1], member, "chrome")
    characters = sum(_count(one) for one in roots) + reader.generated
    if characters > limits.characters:
        raise DocumentError("too-large", f"{name}: more than {limits.characters} characters")
    return Reading(
        tuple(reader.parts), characters, Decoding(method="container"), meta=_meta(container), findings=tuple(container.findings)
    )


def _count(root: etree._Element) -> int:
    texts = cast(list[etree._Element], _COUNTED(root))
    return sum(len(squeeze(element.text or "")) for element in texts) + int(cast(float, _SIGNS(root)))


def _notes(root: etree._Element, tag: str, order: Iterable[str]) -> etree._Element:
    """The notes that the body refers to, in the order of their marks, in a tree of their own; separators left out."""
    notes = {element.get(W + "id"): element for element in root.iterchildren(W + tag)}
    chosen = etree.Element(root.tag)
    chosen.extend([notes.get(key, etree.Element(W + tag)) for key in order])
    return chosen


def _inline(element: etree._Element, hidden: bool) -> Iterator[tuple[etree._Element, bool]]:
    """The pieces of a paragraph in order (text, breaks, marks, text boxes), each with whether it is hidden."""
    for child in element:
        tag = str(child.tag)
        if tag == W + "r":
            properties = child.find(W + "rPr")
            vanish = properties.find(W + "vanish") if properties is not None else None
            unseen = hidden or (vanish is not None and vanish.get(W + "val") not in {"0", "false", "off"})
            yield from _inline(child, unseen)
        elif tag in _TEXT or tag in _LITERAL or tag in _NOTES or tag == W + "sym" or tag == W + "txbxContent":
            yield child, hidden
        elif tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            chosen = child.find(_MC + "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from _inline(chosen, hidden)
        elif tag not in _SKIPPED and len(child):
            yield from _inline(child, hidden)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and stray runs below an element, through content controls and insertions, not into each other."""
    for child in element:
        if child.tag in (W + "p", W + "tbl", W + "r"):
            yield child
        elif child.tag == _MC + "AlternateContent":
            chosen = child.find(_MC + "Choice")
            chosen = child.find(_MC + "Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from _blocks(chosen)
        elif child.tag not in _SKIPPED and len(child):
            yield from _blocks(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            properties = child.find(W + "trPr")
            if properties is None or properties.find(W + "del") is None:
                yield child
        elif child.tag not in _SKIPPED:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _cells(child)


def _symbol(element: etree._Element) -> str:
    code = element.get(W + "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return "□"
    # Symbol fonts draw private code points; what they look like is not in the file.
    return chr(number) if 0x20 < number < 0xD800 or 0xF900 <= number < 0x10000 else "□"


def _main(container: Container) -> str:
    """The member that is the document: what the container's relations say, else `word/document.xml`."""
    if "_rels/.rels" in container:
        for relation in container.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return container.beside("", relation.get("Target") or "")
    return "word/document.xml"


def _related(container: Container, main: str) -> dict[str, str]:
    """The members that belong to the document by kind (`styles`, `numbering`, `footnotes`); `header1`… for headers and footers."""
    folder, _, last = main.rpartition("/")
    member = f"{folder}/_rels/{last}.rels".lstrip("/")
    related: dict[str, str] = {}
    if member in container:
        for relation in container.xml(member):
            kind = (relation.get("Type") or "").rpartition("/")[2]
            if relation.get("TargetMode") == "External":
                continue
            key = f"{kind} {len(related):06}" if kind in {"header", "footer"} else kind
            related.setdefault(key, container.beside(main, relation.get("Target") or ""))
    return related


def _sorted(related: dict[str, str], kind: str) -> list[str]:
    return sorted({member for key, member in related.items() if key.split(" ")[0] == kind})


def _optional(container: Container, member: str | None) -> etree._Element | None:
    return container.xml(member) if member and member in container else None


def _meta(container: Container) -> tuple[PageMeta, ...]:
    """Title, creator and dates of `docProps/core.xml`, under their own names."""
    if "docProps/core.xml" not in container:
        return ()
    found: list[PageMeta] = []
    for element in container.xml("docProps/core.xml"):
        name = _CORE.get(str(element.tag).rpartition("}")[2])
        if name and element.text and element.text.strip():
            found.append(PageMeta(name=name, value=element.text.strip()))
    return tuple(found)
