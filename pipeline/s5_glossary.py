"""Stage 5: the glossary (名词解释): its terms with definitions, and where the body uses them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline import lexicon, markers, note_marks
from pipeline.contracts import Blocks, Finding, Glossary, Severity, Span, Tables, Term
from pipeline.lines import Line, lines_of
from pipeline.terms import mentions, parted, without_page
from pipeline.text import fold, identifiers, squeeze

_STYLES = (
    "digits-stop",
    "square",
    "digits-brackets",
    "digits-half-bracket",
    "circled",
    "sign-brackets",
    "han-stop",
    "han-brackets",
)
_TITLE = 40  # characters of a title
_AHEAD = 40  # lines within which the next number is looked for
_LEAD = 2  # lines between the title and the first entry
_APPENDIX = re.compile(r"^(?:附(?:件|录|表)?[0-9一二三四五六七八九十]{0,2}[:、.]?)")
_DECORATION = "※*·•—-=_~:。.[]【】<>〈〉《》()〔〕★●◆■▲#、"


class Title(lexicon.Row):
    """A form of a glossary's title."""

    pattern: str


def titles(row: Title, text: str) -> bool:
    """Whether a line is such a title."""
    return re.fullmatch(row.pattern, _bare(text)) is not None


_TITLES = re.compile("|".join(f"(?:{row.pattern})" for row in lexicon.load("glossary", "title", Title)))


@dataclass(slots=True)
class _Entry:
    """An entry as it stands: its number, where it starts, where its text begins, and its lines."""

    number: int | None
    start: int
    body: int
    lines: list[Line]


@dataclass(slots=True)
class _Zone:
    """A glossary: its entries, and the span that it takes up, its title with it."""

    start: int
    entries: list[_Entry] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return self.start, self.entries[-1].lines[-1].end


def find(blocks: Blocks, tables: Tables) -> Glossary:
    """The entries of all glossaries of the text, the zones that they take up, and the note marks of the body.

    A glossary is known by its title, by the source's own notes, or as a run of [1], [2] … below the text that the body's marks
    point to. Findings: a title without entries, numbers that do not run on, marks without a note.
    """
    text, folded = blocks.text, fold(blocks.text)
    taken = [(table.start, table.end) for table in tables.tables]
    lines = [line for line in lines_of(blocks) if not any(start <= line.start < end for start, end in taken)]
    findings: list[Finding] = []
    zones = list(_titled(text, lines, findings)) + list(_noted(text, lines))
    zones = zones or list(_untitled(text, folded, lines))
    zones.sort(key=lambda zone: zone.start)
    spans = [zone.span for zone in zones]
    terms = [_term(text, folded, entry) for zone in zones for entry in zone.entries]
    body = [(b.start, b.end) for b in blocks.blocks if b.kind not in ("chrome", "note") and not _inside(b.start, spans)]
    marks = note_marks.find(folded, body, {term.number for term in terms if term.number})
    used = mentions(text, body, [term.term for term in terms])
    ids = identifiers("g", (f"{squeeze(term.term)}|{term.number if not term.term else ''}" for term in terms))
    tied = _tied(terms, marks)
    findings.extend(_loose(terms, marks))
    return Glossary(
        glossary=tuple(
            term.model_copy(update={"id": ids[n], "mentions": tuple(used[n]), "marks": tuple(tied[n])})
            for n, term in enumerate(terms)
        ),
        zones=tuple(spans),
        marks=tuple(span for _, span in marks),
        findings=tuple(findings),
    )


def _inside(offset: int, spans: Sequence[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _bare(line: str) -> str:
    """A line without white space, decoration and the mark of an appendix."""
    key = fold(squeeze(line)).strip(_DECORATION)
    return _APPENDIX.sub("", key).strip(_DECORATION) or key


# --- where glossaries stand ---------------------------------------------------------------------------------------


def _titled(text: str, lines: list[Line], findings: list[Finding]) -> Iterator[_Zone]:
    """The glossaries below a title. A title with nothing below (a link, a table of contents) is none."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.end - line.start > _TITLE or not _TITLES.fullmatch(_bare(line.of(text))):
            at += 1
            continue
        entries, below = _entries(text, lines, at + 1, findings)
        if entries:
            yield _Zone(line.start, entries)
        elif line.end - line.start > 2 and at + 1 < len(lines) and not _TITLES.fullmatch(_bare(lines[at + 1].of(text))):
            findings.append(_finding("glossary-unread", "info", "the title of a glossary without entries", (line.start, line.end)))
        at = max(below, at + 1)


def _noted(text: str, lines: Sequence[Line]) -> Iterator[_Zone]:
    """The source's own footnotes and endnotes, a note an entry."""
    zone: _Zone | None = None
    for line in lines:
        if line.kind != "note":
            if zone:
                yield zone
            zone = None
            continue
        zone = zone or _Zone(line.start)
        if line.first:
            marker = markers.at(text, line.start, line.end)
            zone.entries.append(
                _Entry(marker.number if marker else None, line.start, marker.body if marker else line.start, [line])
            )
        else:
            zone.entries[-1].lines.append(line)
    if zone:
        yield zone


def _untitled(text: str, folded: str, lines: list[Line]) -> Iterator[_Zone]:
    """A run of [1] term: definition that stands below the text without a title, where the text has marks of that form."""
    for at, line in enumerate(lines):
        if folded[line.start] not in "[〔【①" or line.start * 2 < len(text):
            continue
        marker = markers.at(text, line.start, line.end)
        if marker and marker.number == 1 and folded.find(folded[marker.start : marker.end]) < line.start:
            entries, _ = _entries(text, lines, at, [])
            if len(entries) > 1 and all(parted(folded, entry.body, entry.lines[0].end) for entry in entries[:2]):
                yield _Zone(line.start, entries)
                return


# --- entries ------------------------------------------------------------------------------------------------------


def _entries(text: str, lines: list[Line], at: int, findings: list[Finding]) -> tuple[list[_Entry], int]:
    """The entries from a line on, numbered or not, and the line below them."""
    for first in range(at, min(at + 1 + _LEAD, len(lines))):
        marker = markers.at(text, lines[first].start, lines[first].end)
        if marker and marker.number == 1 and marker.style in _STYLES:
            return _numbered(text, lines, first, marker.style, findings)
    return _unnumbered(text, lines, at)


def _numbered(text: str, lines: list[Line], at: int, style: str, findings: list[Finding]) -> tuple[list[_Entry], int]:
    """Entries that count on in one style. What stands between two numbers belongs to the first; what stands below the last
    number belongs to it as far as the others have as many lines."""
    entries: list[_Entry] = []
    waiting: list[Line] = []  # lines that belong to the last entry if another one follows
    below = at
    while at < len(lines) and len(waiting) <= _AHEAD:
        line = lines[at]
        marker = _marker(text, line, style, entries[-1].number or 0 if entries else 0)
        if marker and entries and marker.number not in (entries[-1].number, (entries[-1].number or 0) + 1):
            last = entries[-1].number or 0
            skipped = marker.number is not None and last < marker.number <= last + 3
            if not skipped or _counts_on(text, lines, at, style, last + 1):
                marker = None
        if marker:
            if entries:
                entries[-1].lines.extend(waiting)
                if marker.number != (entries[-1].number or 0) + 1:
                    message = f"entry {marker.number} follows entry {entries[-1].number}"
                    findings.append(_finding("glossary-number", "info", message, (line.start, marker.end)))
            entries.append(_Entry(marker.number, line.start, marker.body, [line]))
            waiting = []
            below = at + 1
        elif not line.first and not waiting:
            entries[-1].lines.append(line)
            below = at + 1
        else:
            waiting.append(line)
        at += 1
    return entries, below + _rest(entries, waiting)


def _marker(text: str, line: Line, style: str, last: int) -> markers.Marker | None:
    """The number that opens a line; a term may itself open with a digit (8.8所1中心), so the number that is due is taken too."""
    marker = markers.at(text, line.start, line.end)
    if marker and marker.style == style:
        return marker
    due = str(last + 1)
    if style != "digits-stop" or fold(text[line.start : line.start + len(due)]) != due:
        return None
    stop = line.start + len(due)
    if text[stop : stop + 1] not in (".", "．", "、") or parted(fold(line.of(text)), len(due) + 1, line.end - line.start) is None:
        return None
    return markers.Marker(style, text[line.start : stop + 1], last + 1, line.start, stop + 1, stop + 1)


def _counts_on(text: str, lines: list[Line], at: int, style: str, number: int) -> bool:
    """Whether the number that is due still comes: what stands before it counts something of its own."""
    for line in lines[at + 1 : at + _AHEAD]:
        marker = markers.at(text, line.start, line.end)
        if marker and marker.style == style and marker.number == number:
            return True
    return False


def _rest(entries: list[_Entry], waiting: list[Line]) -> int:
    """Gives the last entry as many lines as the others have at least, and says how many those are."""
    sizes = Counter(len(entry.lines) for entry in entries[:-1])
    usual = min(sizes) if sizes else 1
    more = waiting[: max(0, usual - len(entries[-1].lines))]
    entries[-1].lines.extend(more)
    return len(more)


def _unnumbered(text: str, lines: list[Line], at: int) -> tuple[list[_Entry], int]:
    """Entries without numbers: `term：definition` a line. They end where the next lines have no term."""
    entries: list[_Entry] = []
    while at < len(lines):
        line = lines[at]
        if not line.first and entries:
            entries[-1].lines.append(line)
        elif _is_entry(text, line):
            entries.append(_Entry(None, line.start, line.start, [line]))
        elif entries and text[line.end - 1] in "。；;" and any(_is_entry(text, later) for later in lines[at + 1 : at + 2]):
            entries[-1].lines.append(line)
        else:
            break
        at += 1
    return (entries, at) if len(entries) > 1 else ([], at)


def _is_entry(text: str, line: Line) -> bool:
    own = line.of(text)
    cut = parted(fold(own), 0, len(own))
    return cut is not None and 1 < cut[0] <= 40 and len(own) - cut[1] > 6 and own[cut[0]] in ":：—─"


# --- terms, marks ---------------------------------------------------------------------------------------------------


def _term(text: str, folded: str, entry: _Entry) -> Term:
    """Term and definition of an entry; the term is empty where the entry is a remark without one."""
    first, rest = entry.lines[0], entry.lines[1:]
    cut = parted(folded, entry.body, first.end)
    if cut is None and rest and first.end - entry.body <= _TITLE:
        cut = (first.end, first.end)
    term = text[slice(*without_page(text, folded, entry.body, cut[0]))] if cut else ""
    spans = [(cut[1] if cut else entry.body, first.end), *((line.start, line.end) for line in rest)]
    lines = [" ".join(text[slice(*without_page(text, folded, *span))].split()) for span in spans]
    return Term(
        id="g",
        number=entry.number,
        term=" ".join(term.split()),
        definition="".join(lines),
        start=entry.start,
        end=entry.lines[-1].end,
    )


def _tied(terms: Sequence[Term], marks: Sequence[tuple[int, Span]]) -> list[list[Span]]:
    """The marks of each entry, by its number; of two entries with one number the first."""
    owner: dict[int, int] = {}
    for n, term in enumerate(terms):
        if term.number is not None:
            owner.setdefault(term.number, n)
    tied: list[list[Span]] = [[] for _ in terms]
    for number, span in marks:
        if number in owner:
            tied[owner[number]].append(span)
    return tied


def _loose(terms: Sequence[Term], marks: Sequence[tuple[int, Span]]) -> Iterator[Finding]:
    """Marks that point to no entry: one finding for all where the text holds no notes."""
    numbers = {term.number for term in terms}
    if marks and not terms:
        message = f"{len(marks)} note marks, and no notes"
        yield _finding("notes-missing", "info", message, marks[0][1])
        return
    for number, span in marks:
        if number not in numbers:
            yield _finding("mark-without-note", "info", f"the mark {number} has no note", span)


def _finding(code: str, severity: Severity, message: str, span: Span) -> Finding:
    return Finding(code=code, severity=severity, stage="glossary", message=message, start=span[0], end=span[1])
