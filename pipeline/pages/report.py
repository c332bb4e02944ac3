"""A report -> one self-contained page: its text with everything that was found marked in it, beside tables to walk by.

Reads a report, parses no text. Everything that comes from a document is escaped; the page allows itself nothing but its own
style and script (Content-Security-Policy with their hashes), so it neither loads nor runs anything else.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from markupsafe import Markup

from pipeline.contracts import Block, Claim, Heading, LedgerEntry, Report
from pipeline.pages.filling import render
from pipeline.text import squeeze


class Mark(NamedTuple):
    """A stretch of the text to be marked: its classes, where a click goes, and the name that a link finds it by."""

    start: int
    end: int
    classes: str
    href: str | None = None
    name: str | None = None


class Line(NamedTuple):
    """A block as the page shows it."""

    kind: str
    level: int
    name: str | None
    html: Markup


class Group(NamedTuple):
    """Blocks shown together: page furniture folded away, cells of one table as a table, every other block alone."""

    kind: str
    lines: list[Line]
    rows: list[list[Line]]


def page(report: Report) -> str:
    """The page of a report, as the text of an HTML file."""
    concepts = list(dict.fromkeys(claim.indicator.concept for claim in report.claims if claim.indicator.concept))
    livelihood = [table for table in report.tables if table.kind == "livelihood"]
    rest = [(entry, _around(report.text, entry)) for entry in report.ledger if entry.role == "unexplained"]
    return render(
        "report",
        concepts=concepts,
        title=report.metadata.title or report.source.name,
        report=report,
        used=concepts,
        groups=list(_groups(report)),
        chapters=_titles(report.outline),
        livelihood=livelihood,
        rest=rest,
        tabs=[
            ("claims", len(report.claims)),
            ("tasks", len(report.tasks)),
            ("livelihood", len(livelihood)),
            ("glossary", len(report.glossary)),
            ("findings", len(report.findings)),
            ("unexplained", len(rest)),
        ],
        squeeze=squeeze,
    )


def _titles(outline: Iterable[Heading]) -> dict[str | None, str]:
    """A short name for each section, in reading order, to filter by."""
    return {heading.id: f"{heading.marker}{squeeze(heading.title)}"[:24] for heading in outline}


def _around(text: str, entry: LedgerEntry) -> tuple[str, str]:
    """What stands before and behind a numeral."""
    return squeeze(text[max(0, entry.start - 14) : entry.start]), squeeze(text[entry.end : entry.end + 14])


# --- the text -----------------------------------------------------------------------------------------------------


def _groups(report: Report) -> Iterator[Group]:
    headings = {heading.start: heading for heading in report.outline}
    marks = sorted(_marks(report), key=lambda mark: (mark.start, -mark.end))
    starts = [mark.start for mark in marks]
    longest = max((mark.end - mark.start for mark in marks), default=0)

    def line(block: Block) -> Line:
        first = bisect_right(starts, block.start - longest - 1)
        last = bisect_right(starts, block.end)
        here = [mark for mark in marks[first:last] if mark.end > block.start]
        heading = headings.get(block.start)
        # a heading that runs on into its paragraph is marked inside of it
        level = heading.level if heading and heading.end >= block.end - 1 else 0
        name = f"s-{heading.id}" if heading else None
        return Line(block.kind, level, name, _marked(report.text, block.start, block.end, here))

    def kind(block: Block) -> str:
        if block.kind == "table_cell" and block.cell:
            return f"table {block.cell.table}"
        return "chrome" if block.kind == "chrome" else f"block {block.id}"

    for name, run in groupby(report.blocks, key=kind):
        blocks = list(run)
        if name.startswith("table"):
            rows = [[line(block) for block in row] for _, row in groupby(blocks, key=lambda b: b.cell.row if b.cell else 0)]
            yield Group("table", [], rows)
        else:
            yield Group("chrome" if name == "chrome" else "block", [line(block) for block in blocks], [])


def _marks(report: Report) -> Iterator[Mark]:
    for heading in report.outline:
        yield Mark(heading.start, heading.end, "heading")
    for task in report.tasks:
        yield Mark(
            task.start, task.start + _marker(report.text, task.start, task.marker), f"marker {task.kind}", None, f"k-{task.id}"
        )
    for term in report.glossary:
        yield Mark(term.start, term.end, "entry", None, f"g-{term.id}")
        for start, end in (*term.mentions, *term.marks):
            yield Mark(start, end, "term", f"#r-{term.id}")
    for claim in report.claims:
        yield Mark(claim.start, claim.end, _claim_classes(claim), f"#r-{claim.id}", f"c-{claim.id}")
    for number, finding in enumerate(report.findings):
        if finding.start is not None and finding.end is not None:
            yield Mark(finding.start, finding.end, f"finding {finding.severity}", f"#r-f{number}", f"f-{number}")
    for entry in report.ledger:
        if entry.role == "unexplained":
            yield Mark(entry.start, entry.end, "unexplained", f"#r-n{entry.start}", f"n-{entry.start}")


def _claim_classes(claim: Claim) -> str:
    return f"claim {claim.status}" + (" headline" if claim.headline else "")


def _marker(text: str, start: int, marker: str) -> int:
    """How far a marker reaches from its start, white space inside of it counted."""
    want, end = len(squeeze(marker)), start
    while want and end < len(text):
        want -= not text[end].isspace()
        end += 1
    return end - start


def _marked(text: str, start: int, end: int, marks: list[Mark]) -> Markup:
    """`text[start:end]` escaped, cut at the ends of the marks; a piece under several marks has the classes of all."""
    cuts = sorted({start, end, *(max(start, m.start) for m in marks), *(min(end, m.end) for m in marks)})
    cuts = [cut for cut in cuts if start <= cut <= end]
    named: set[str] = set()
    made = []
    for left, right in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= left and right <= mark.end]
        inner = Markup.escape(text[left:right])
        made.append(_piece(inner, over, named) if over else inner)
    made += [Markup('<a id="{}"></a>').format(m.name) for m in marks if m.start == m.end and m.name and start <= m.start <= end]
    return Markup("").join(made)


def _piece(inner: Markup, over: list[Mark], named: set[str]) -> Markup:
    """One piece of text under some marks: a link where one of them leads somewhere (the shortest decides)."""
    over = sorted(over, key=lambda mark: mark.end - mark.start)
    classes = " ".join(dict.fromkeys(name for mark in over for name in mark.classes.split()))
    names = [mark.name for mark in over if mark.name and mark.name not in named]
    named.update(names)
    href = next((mark.href for mark in over if mark.href), None)
    tag = "a" if href else "span"
    attributes = Markup(' class="{}"').format(classes)
    if href:
        attributes += Markup(' href="{}"').format(href)
    if names:
        attributes += Markup(' id="{}"').format(names[0])
    anchors = Markup("").join(Markup('<a id="{}"></a>').format(name) for name in names[1:])
    return anchors + Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), attributes, inner)
