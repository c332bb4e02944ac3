"""Every value that passes between stages, as frozen pydantic models; the schemas in `schemas/` are generated from them.

Offsets are Unicode code points into the one canonical text (`Blocks.text`), half open `[start, end)`.
Numbers are decimal strings, never floats. What is unknown is None, never a sentinel.
This module imports pydantic, and nothing of ours but the form of a message.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.errors import one_line

SCHEMA_VERSION = "1.0"

Offset = Annotated[int, Field(ge=0)]
Number = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="a decimal number as a string")]
Period = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
        description="2020, 2020-06, or a range 2016/2020",
    ),
]
Span = tuple[Offset, Offset]

BlockKind = Literal["chrome", "title", "byline", "heading", "paragraph", "item", "table_cell", "note", "caption"]
Level = Literal["nation", "province", "city", "district"]
TaskKind = Literal["achievement", "plan", "goal", "problem", "other"]
TableKind = Literal["livelihood", "indicators", "projects", "other"]
ColumnRole = Literal[
    "number",
    "category",
    "project",
    "content",
    "lead",
    "support",
    "leader",
    "unit",
    "value",
    "progress",
    "deadline",
    "note",
    "other",
]
NumeralRole = Literal["quantity", "date", "ordinal", "marker", "name", "idiom", "reference", "unexplained"]
Modifier = Literal["exact", "about", "over", "at_least", "nearly", "under", "at_most"]
Measure = Literal["level", "change_rate", "change_amount", "ratio", "multiple", "rank"]
Direction = Literal["up", "down"]
Status = Literal["actual", "planned", "reference"]
Modality = Literal["aim", "expect", "ensure", "plan"]
Verdict = Literal["report", "partial", "not_a_report"]
Severity = Literal["info", "warning", "error"]


class Model(BaseModel):
    """A value of the contract: frozen, no field that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(Model):
    """Something that a careful reader would remark on, with its place where it has one."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    severity: Severity
    stage: Annotated[str, Field(pattern=r"^[a-z]+$")]
    message: Annotated[str, AfterValidator(one_line)]
    start: Offset | None = None
    end: Offset | None = None


# --- 1 page -------------------------------------------------------------------------------------------------------


class Source(Model):
    """The file that a report was read from."""

    name: str
    media_type: str
    encoding: str | None
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    url: str | None = None


class Decoding(Model):
    """How the bytes became characters: the method that decided, and what could not be decoded."""

    method: Literal["bom", "utf-8", "utf-16", "declared", "gb18030", "big5", "fewest-replacements", "container"]
    declared: str | None = None
    replacements: Annotated[int, Field(ge=0, description="U+FFFD in the decoded text")] = 0


class PageMeta(Model):
    """One name and value of the page's own metadata (HTML meta, document properties), as written."""

    name: str
    value: str


class Cell(Model):
    """Where a part stands in a real table of the source, merged cells resolved into the grid."""

    table: Annotated[int, Field(ge=0)]
    row: Annotated[int, Field(ge=0)]
    column: Annotated[int, Field(ge=0)]
    row_span: Annotated[int, Field(ge=1)] = 1
    column_span: Annotated[int, Field(ge=1)] = 1
    header: bool = False


class Part(Model):
    """One line or block element of the source, in reading order; its text is never rewritten, only chosen and ordered.

    `kind` is what the format itself knows (page chrome, a table cell, a footnote, a caption, a heading style), else None.
    `style` is the name of the source's own paragraph style or element (`h1`, `Heading 1`), where it has one.
    """

    text: str
    origin: Annotated[str, Field(description="line:12, an XPath, page:3, word/footnotes.xml#2")]
    kind: Literal["chrome", "heading", "table_cell", "note", "caption"] | None = None
    style: str | None = None
    cell: Cell | None = None


class Page(Model):
    """A source, decoded: its parts in reading order. The canonical text is the parts joined by `\\n`."""

    source: Source
    decoding: Decoding
    meta: tuple[PageMeta, ...] = ()
    parts: tuple[Part, ...]
    characters: Annotated[
        int, Field(ge=0, description="characters other than white space that the source holds, counted apart from the reader")
    ]
    findings: tuple[Finding, ...] = ()


# --- 2 blocks -----------------------------------------------------------------------------------------------------


class Block(Model):
    """A paragraph, line or cell of the canonical text. Blocks are in reading order, do not overlap, and hold every
    character of the text other than white space. A hard-wrapped paragraph is one block with line ends inside."""

    id: str
    start: Offset
    end: Offset
    kind: BlockKind
    origin: str
    style: str | None = None
    cell: Cell | None = None


class Blocks(Model):
    """The one canonical text, and its blocks."""

    text: str
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()


# --- 3 metadata ---------------------------------------------------------------------------------------------------


class Metadata(Model):
    """What the report says of itself. None where the source has nothing."""

    title: str | None = None
    place: str | None = None
    level: Level | None = None
    area_code: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    year: Annotated[int, Field(ge=1949, le=2100)] | None = None
    report_date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    meeting: str | None = None
    speaker: str | None = None
    speaker_role: str | None = None
    publisher: str | None = None
    published: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None = None
    evidence: dict[str, Span] = Field(default_factory=dict, description="field to the span of text that says it")


class Front(Model):
    """The third stage's value: the report's metadata."""

    metadata: Metadata
    findings: tuple[Finding, ...] = ()


# --- 4 tables -----------------------------------------------------------------------------------------------------


class Column(Model):
    """A column of a table: its header as written, and what it holds."""

    name: str
    role: ColumnRole


class TableCell(Model):
    """A cell: its wrapped lines joined, padding inside names removed; the span it was read from (empty span where absent)."""

    text: str
    start: Offset
    end: Offset


class TableRow(Model):
    """A row with a cell for every column."""

    number: int | None
    cells: tuple[TableCell, ...]


class Table(Model):
    """A table, real or flattened (a cell a line), or a numbered list of livelihood projects in prose."""

    id: str
    kind: TableKind
    title: str | None
    year: int | None
    stage: Literal["planned", "completed"] | None
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    start: Offset
    end: Offset
    in_prose: Annotated[bool, Field(description="a numbered list in running text, whose lines are tasks too")] = False


class Tables(Model):
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()


# --- 5 glossary ---------------------------------------------------------------------------------------------------


class Term(Model):
    """A glossary entry; `mentions` are the places in the body that use it, `marks` the note marks that point to it."""

    id: str
    number: int | None
    term: str
    definition: str
    start: Offset
    end: Offset
    mentions: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()


class Glossary(Model):
    """The entries, the spans that glossaries take up (their titles included), and all note marks of the body."""

    glossary: tuple[Term, ...]
    zones: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()


# --- 6 outline ----------------------------------------------------------------------------------------------------


class Heading(Model):
    """A heading: level 1 is the chapter; `[start, end)` is the heading, `[start, body_end)` its section."""

    id: str
    parent: str | None
    level: Annotated[int, Field(ge=1)]
    marker: str
    number: int | None
    title: str
    start: Offset
    end: Offset
    body_end: Offset


class Outline(Model):
    outline: tuple[Heading, ...]
    findings: tuple[Finding, ...] = ()


# --- 7 tasks ------------------------------------------------------------------------------------------------------


class Task(Model):
    """An enumerated item: `start` at its marker, `end` after its last sentence; `section` the innermost heading above."""

    id: str
    section: str | None
    parent: str | None
    marker: str
    number: int | None
    title: str
    kind: TaskKind
    start: Offset
    end: Offset


class Tasks(Model):
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...] = ()


# --- 8 claims -----------------------------------------------------------------------------------------------------


class Base(Model):
    """A value in the base unit of its dimension (亩 to m2, 吨 to t, 万千瓦时 to kW.h)."""

    value: Number | tuple[Number, ...]
    code: str


class Interval(Model):
    """What a modifier says of a number: `以上` is low closed, no high."""

    low: Number | None
    high: Number | None
    low_closed: bool
    high_closed: bool


class Indicator(Model):
    """What is measured: the phrase, the catalogue's concept or None, the pieces of text that the phrase was joined from."""

    text: str
    concept: str | None
    spans: tuple[Span, ...]


class Claim(Model):
    """One quantity that says how much or how many of something in the world (gold/GUIDELINE.md defines every field)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    id: str
    start: Offset
    end: Offset
    surface: str
    value: Number | tuple[Number, ...] | None
    unit: str | None
    code: str | None
    base: Base | None
    interval: Interval | None
    modifier: Modifier
    measure: Measure
    direction: Direction | None
    basis: str | None
    period: Period | None
    status: Status
    modality: Modality | None
    indicator: Indicator
    from_: Annotated[str | None, Field(alias="from")] = None
    headline: bool
    section: str | None
    task: str | None
    table: str | None
    row: int | None
    sentence: Span


class LedgerEntry(Model):
    """One numeral of the text and what it is."""

    start: Offset
    end: Offset
    text: str
    role: NumeralRole
    claim: str | None = None


class Claims(Model):
    claims: tuple[Claim, ...]
    ledger: tuple[LedgerEntry, ...]
    findings: tuple[Finding, ...] = ()


# --- 9 review, and the report ---------------------------------------------------------------------------------------


class Review(Model):
    """What a careful reader remarks on after reading everything, and the verdict on the whole."""

    verdict: Verdict
    findings: tuple[Finding, ...]


class Tool(Model):
    """Which program and which rules made a record."""

    version: str
    lexicon: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Report(Model):
    """All that was read out of one document."""

    schema_version: str
    source: Source
    tool: Tool
    verdict: Verdict
    text: str
    blocks: tuple[Block, ...]
    metadata: Metadata
    outline: tuple[Heading, ...]
    tasks: tuple[Task, ...]
    claims: tuple[Claim, ...]
    tables: tuple[Table, ...]
    glossary: tuple[Term, ...]
    ledger: tuple[LedgerEntry, ...]
    findings: tuple[Finding, ...]


PRODUCTS: dict[str, type[Model]] = {
    "1_page": Page,
    "2_blocks": Blocks,
    "3_metadata": Front,
    "4_tables": Tables,
    "5_glossary": Glossary,
    "6_outline": Outline,
    "7_tasks": Tasks,
    "8_claims": Claims,
    "9_review": Review,
    "report": Report,
}
"""What is written of one document, in the order of writing: the stem of its file and of its schema -> its model."""
