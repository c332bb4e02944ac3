"""DOCX: zip and XML read directly, as the reader of Word sees the document.

One part a line of a paragraph (a manual line break starts a new part, so that a heading behind one is seen), one part a
table cell with its paragraphs joined by line ends. Automatic numbers are part of the text. A footnote's or endnote's mark,
which Word shows as a raised number, stands in the body as `[n]`; the notes follow the body, each behind its `[n]`.
Insertions are kept and deletions dropped, as in Word's final view; hidden text and headers and footers are `chrome`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from pipeline.contracts import Cell, Decoding, Finding, PageMeta, Part
from pipeline.errors import DocumentError
from pipeline.formats.container import Container
from pipeline.formats.numbering import Numbering, W, integer, read_numbering, read_styles, value
from pipeline.formats.reading import Limits, Reading
from pipeline.formats.word_tree import BOX, NOTES, blocks, cells, count, inline, rows, unread, written
from pipeline.text import squeeze

_STRICT = b"http://purl.oclc.org/ooxml/"
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
        self.held = 0
        self.generated = 0
        self.findings: list[Finding] = []
        self.notes: dict[str, dict[str, int]] = {"footnotes": {}, "endnotes": {}}

    def whole(self, root: etree._Element, origin: str, kind: _Kind = None) -> int:
        """A story, and below it what it holds where Word shows nothing; how many characters it shows."""
        before = self.held - self.generated
        if kind == "note":
            for number, note in enumerate(root, 1):
                self.story(note, f"{origin}#{number}", kind, prefix=f"[{number}]")
        else:
            self.story(root, origin, kind)
        characters = count(root)
        if missing := characters - (self.held - self.generated - before):
            for text in unread(root):
                for line in text.split("\n"):
                    self.add(line, origin, kind, "misplaced")
            message = f"{missing} characters of {origin} stand where Word shows none; they were put behind the others"
            self.findings.append(Finding(code="misplaced-text", severity="error", stage="page", message=message))
        return characters

    def story(self, root: etree._Element, origin: str, kind: _Kind = None, prefix: str = "") -> None:
        """All blocks below an element, in order; `prefix` stands before the first paragraph."""
        for place, element in enumerate(blocks(root), 1):
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
        for piece, unseen in inline(paragraph):
            out = hidden if unseen else shown
            if piece.tag == BOX:
                boxes.append(piece)
            elif piece.tag in NOTES:
                out.append(self.mark(piece, NOTES[str(piece.tag)]))
            else:
                out.append(written(piece))
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
        characters = len(squeeze(text))
        if not characters:
            return
        self.held += characters
        if len(self.parts) >= self.limits.parts:
            raise DocumentError("too-large", f"{self.name}: more than {self.limits.parts} paragraphs and cells")
        self.parts.append(Part.model_construct(text=text, origin=origin, kind=kind, style=style, cell=cell))

    def table(self, table: etree._Element, origin: str, kind: _Kind) -> None:
        """The cells of a table in the full grid, nested tables after it; a table of one cell is a frame about its content."""
        lines = list(rows(table))
        if len(lines) == 1 and sum(1 for _ in cells(lines[0])) == 1:
            self.story(next(cells(lines[0])), origin, kind)
            return
        number, self.tables = self.tables, self.tables + 1
        nested: list[etree._Element] = []
        open_above: dict[int, _Slot] = {}
        slots: list[_Slot] = []
        for row, element in enumerate(lines):
            properties = element.find(W + "trPr")
            column = self.grid(integer(properties, "gridBefore") or 0)
            header = properties is not None and properties.find(W + "tblHeader") is not None
            for tc in cells(element):
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
        for element in blocks(tc):
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
    characters = sum(reader.whole(container.xml(member), member, "chrome") for member in _sorted(related, "header"))
    characters += reader.whole(root, main)  # not the body alone: where the XML is broken, paragraphs stand behind it
    for story, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        source = related.get(story)
        if reader.notes[story] and source and source in container:
            characters += reader.whole(_notes(container.xml(source), tag, reader.notes[story]), source, "note")
    characters += sum(reader.whole(container.xml(member), member, "chrome") for member in _sorted(related, "footer"))
    characters += reader.generated
    if characters > limits.characters:
        raise DocumentError("too-large", f"{name}: more than {limits.characters} characters")
    findings = (*container.findings, *reader.findings)
    return Reading(tuple(reader.parts), characters, Decoding(method="container"), meta=_meta(container), findings=findings)


def _notes(root: etree._Element, tag: str, order: Iterable[str]) -> etree._Element:
    """The notes that the body refers to, in the order of their marks, in a tree of their own; separators left out."""
    notes = {element.get(W + "id"): element for element in root.iter(W + tag)}
    chosen = etree.Element(root.tag)
    chosen.extend([notes.get(key, etree.Element(W + tag)) for key in order])
    return chosen


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
