"""Stage 5: the glossary (名词解释): its terms with definitions, and where the body uses them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

from pipeline import lexicon, markers
from pipeline.contracts import Blocks, Finding, Glossary, Severity, Span, Tables, Term
from pipeline.glossary import note_marks
from pipeline.glossary.entries import Entry, entries_below, has_term
from pipeline.glossary.terms import mentions, parted, without_page
from pipeline.lines import Line, joined, paragraphs_of
from pipeline.text import covers, fold, identifiers, squeeze

_TITLE = 40  # characters of a title
_MANY = 20  # findings of one kind; more say nothing new of a text
_TERMS = re.compile("(?:有关|相关)?(?:名词|术语|用语|词语|概念)(?:名称)?")
_MEANINGS = re.compile("(?:名词|术语)?(?:解释|释义|注释|定义|含义|说明)(?:内容)?")
_APPENDIX = re.compile(r"^(?:附(?:件|录|表)?[0-9一二三四五六七八九十]{0,2}[:、.]?)")
_DECORATION = "※*·•—-=_~:。.[]【】<>〈〉《》()〔〕★●◆■▲#、"


class Title(lexicon.Row):
    """A form of a glossary's title."""

    pattern: str


def titles(row: Title, text: str) -> bool:
    """Whether a line is such a title."""
    return re.fullmatch(row.pattern, _bare(text)) is not None


_TITLES = re.compile("|".join(f"(?:{row.pattern})" for row in lexicon.load("glossary", "title", Title)))
_HINT = re.compile("[词语注释概]")


class _Zone(NamedTuple):
    """A glossary: the span that it takes up, its title with it, and its terms."""

    start: int
    end: int
    terms: tuple[Term, ...]


def find(blocks: Blocks, tables: Tables) -> Glossary:
    """The entries of all glossaries of the text, the zones that they take up, and the note marks of the body.

    A glossary is known by its title, by the source's own notes, by a table's headers, or as a run of [1], [2] … below the text
    that the body's marks point to. A glossary that a page prints twice is read once. Findings: a title without entries, numbers
    that do not run on, marks without a note.
    """
    text, folded = blocks.text, fold(blocks.text)
    taken = [(table.start, table.end) for table in tables.tables]
    lines = [line for line in paragraphs_of(blocks) if not covers(taken, line.start)]
    titles = [n for n, line in enumerate(lines) if _is_title(text, line)]
    zones = [*_titled(text, folded, lines, titles), *_noted(text, folded, lines), *_tabled(tables)]
    zones = sorted(zones or _untitled(text, folded, lines))
    spans = [(zone.start, zone.end) for zone in zones]
    read = [term for zone in zones for term in zone.terms]
    terms = list({(term.number, term.term, term.definition): term for term in reversed(read)}.values())[::-1]
    body = [(b.start, b.end) for b in blocks.blocks if b.kind not in ("chrome", "note") and not covers(spans, b.start)]
    marks = note_marks.find(folded, body, {term.number for term in terms if term.number})
    used = mentions(folded, body, [term.term for term in terms])
    ids = identifiers("g", (f"{squeeze(term.term)}|{term.number if not term.term else ''}" for term in terms))
    tied = _tied(terms, marks)
    unread = [] if zones else [lines[n] for n in titles if n + 1 < len(lines)]
    return Glossary(
        glossary=tuple(
            term.model_copy(update={"id": ids[n], "mentions": tuple(used[n]), "marks": tuple(tied[n])})
            for n, term in enumerate(terms)
        ),
        zones=tuple(spans),
        marks=tuple(span for _, span in marks),
        findings=tuple(each for kind in (_unread(unread), _gaps(zones), _loose(terms, marks)) for each in islice(kind, _MANY)),
    )


def _bare(line: str) -> str:
    """A line without white space, decoration and the mark of an appendix."""
    key = fold(squeeze(line)).strip(_DECORATION)
    return _APPENDIX.sub("", key).strip(_DECORATION) or key


def _is_title(text: str, line: Line) -> bool:
    short = line.end - line.start <= _TITLE and _HINT.search(text, line.start, line.end) is not None
    return short and _TITLES.fullmatch(_bare(line.of(text))) is not None


# --- where glossaries stand ---------------------------------------------------------------------------------------


def _titled(text: str, folded: str, lines: Sequence[Line], titles: Sequence[int]) -> Iterator[_Zone]:
    """The glossaries below their titles. A title with nothing below (a link, a table of contents) is none."""
    for at, until in pairwise([*titles, len(lines)]):
        entries = entries_below(text, lines, at + 1, until)
        if entries and sum(has_term(text, entry) for entry in entries) * 2 >= len(entries):
            yield _zone(text, folded, lines[at].start, entries)


def _noted(text: str, folded: str, lines: Sequence[Line]) -> Iterator[_Zone]:
    """The source's own footnotes and endnotes, a note an entry."""
    for is_note, group in groupby(lines, key=lambda line: line.kind == "note"):
        if not is_note:
            continue
        entries = []
        for line in group:
            marker = markers.at(text, line.start, line.end)
            number, body = (marker.number, marker.body) if marker else (None, line.start)
            entries.append(Entry(number, line.start, body, [line]))
        yield _zone(text, folded, entries[0].start, entries)


def _tabled(tables: Tables) -> Iterator[_Zone]:
    """The tables whose columns are terms and definitions."""
    for table in tables.tables:
        names = [_bare(column.name) for column in table.columns]
        named = next((n for n, name in enumerate(names) if _TERMS.fullmatch(name)), None)
        meant = next((n for n, name in enumerate(names) if _MEANINGS.fullmatch(name)), None)
        if named is None or meant is None:
            continue
        terms = []
        for row in table.rows:
            term, meaning = row.cells[named], row.cells[meant]
            cells = [cell for cell in row.cells if cell.text]
            start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
            terms.append(Term(id="g", number=row.number, term=term.text, definition=meaning.text, start=start, end=end))
        yield _Zone(table.start, table.end, tuple(terms))


def _untitled(text: str, folded: str, lines: Sequence[Line]) -> Iterator[_Zone]:
    """A run of [1] term: definition that stands below the text without a title, where the text has marks of that form."""
    read = len(text) // 2
    marked: set[int] | None = None
    for at, line in enumerate(lines):
        if folded[line.start] not in "[〔【①" or line.start < read:
            continue
        marker = markers.at(text, line.start, line.end)
        if marker is None or marker.number != 1:
            continue
        entries = entries_below(text, lines, at, len(lines))
        if marked is None:
            marked = {number for number, _ in note_marks.find(folded, [(each.start, each.end) for each in lines], ())}
        if len(entries) > 1 and 2 * sum(entry.number in marked and has_term(text, entry) for entry in entries) >= len(entries):
            yield _zone(text, folded, line.start, entries)
            return
        read = entries[-1].end if entries else read


def _zone(text: str, folded: str, start: int, entries: Sequence[Entry]) -> _Zone:
    return _Zone(start, entries[-1].end, tuple(_term(text, folded, entry) for entry in entries))


# --- terms, marks ---------------------------------------------------------------------------------------------------


def _term(text: str, folded: str, entry: Entry) -> Term:
    """Term and definition of an entry; the term is empty where the entry is a remark without one."""
    first, rest = entry.lines[0], entry.lines[1:]
    cut = parted(folded, entry.body, first.end)
    if cut is None and rest and first.end - entry.body <= _TITLE:
        cut = (first.end, first.end)
    term = without_page(joined(text, entry.body, cut[0])).strip("【】[]，,：: ") if cut else ""
    spans = [(cut[1] if cut else entry.body, first.end), *((line.start, line.end) for line in rest)]
    return Term(
        id="g",
        number=entry.number,
        term=term,
        definition="".join(without_page(joined(text, *span)) for span in spans),
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


def _unread(titles: Iterable[Line]) -> Iterator[Finding]:
    """Titles of glossaries in a text where none could be read."""
    for title in titles:
        yield _finding("glossary-unread", "info", "the title of a glossary without entries", (title.start, title.end))


def _gaps(zones: Iterable[_Zone]) -> Iterator[Finding]:
    """Numbers that do not run on."""
    for zone in zones:
        for term, following in pairwise(zone.terms):
            if term.number and following.number and following.number != term.number + 1:
                message = f"entry {following.number} follows entry {term.number}"
                yield _finding("glossary-number", "info", message, (following.start, following.end))


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
