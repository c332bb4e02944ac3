"""Stage 8: the claims (quantity, indicator, time, status), and the ledger that accounts for every numeral."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from pipeline import markers, sentences
from pipeline.claims import contradictions, drafts, period, records, selection, stretches
from pipeline.claims import passage as passages
from pipeline.claims.drafts import Draft
from pipeline.claims.headline import Targets
from pipeline.claims.passage import Reader
from pipeline.claims.period import Clock
from pipeline.claims.places import Places
from pipeline.claims.stretches import Mark, Stretch
from pipeline.contracts import Blocks, Claim, Claims, Glossary, LedgerEntry, Metadata, NumeralRole, Outline, Span, Tables, Tasks
from pipeline.quantities.quantity import Quantity, scan
from pipeline.text import fold

Role = tuple[Quantity, NumeralRole]
Numeral = tuple[Quantity, NumeralRole | None]  # with the role that its place gives it, if any
_ENTRIES = TypeAdapter(tuple[LedgerEntry, ...])
"""Makes all entries at once: a third of the time of one after another, and a page has more of them than of all else."""


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks) -> Claims:
    """Every claim of the text in reading order, and the ledger: every numeral of all blocks, chrome and titles included."""
    text = fold(blocks.text)
    clock = _clock(metadata, text)
    reader = Reader(text, outline.outline, list(period.find(text, clock)), clock)
    places = Places(outline, tasks, tables)
    targets = Targets(text, clock.plan, places)
    marks = stretches.marks(outline, tasks, tables, glossary)
    begun = [mark.start for mark in marks]
    found: list[Draft] = []
    roles: list[Role] = []
    for stretch in stretches.find(blocks, tables, glossary):
        numerals = list(_numerals(text, stretch, marks, begun))
        if not stretch.spoken:
            roles += [(numeral, role or _unspoken(numeral)) for numeral, role in numerals]
            continue
        parts = list(_whole(sentences.split(text, stretch.start, stretch.end), numerals))
        of_table = passages.of_table(stretch.table, clock) if stretch.table else None
        silent: Span | None = None  # the sentence before, where it has no quantity
        for (sentence, within), passage in zip(parts, reader.read([sentence for sentence, _ in parts]), strict=True):
            here = [(numeral, marked or _role(text, sentence, numeral)) for numeral, marked in within]
            roles += here
            quantities = [numeral for numeral, role in here if role == "quantity"]
            read: list[Draft] = []
            if quantities:
                times, lead = reader.within(*sentence), _unmarked(text, silent) if silent else None
                read = drafts.of_sentence(text, sentence, quantities, times, of_table or passage, clock, stretch, lead)
            silent = None if quantities else sentence
            targets.mark(sentence, sentence == parts[0][0], read)
            found += read
    targets.unnamed(found)
    claims = records.of(blocks.text, found, places)
    findings = contradictions.find(blocks.text, claims)
    return Claims(claims=tuple(claims), ledger=_ledger(blocks.text, roles, claims), findings=tuple(findings))


def _clock(metadata: Metadata, text: str) -> Clock:
    """Where the speaker stands: a report that names no year of its own stands in the year in which it was given, and where it
    does not say that, behind the last year that it tells of."""
    said = int(metadata.report_date[:4]) if metadata.report_date else 0
    plan = metadata.year or said or period.last_told(text) + 1
    return Clock(plan, said if abs(said - plan) <= 1 else plan)


def _unmarked(text: str, sentence: Span) -> Span:
    """A sentence behind the marker that opens it (——, 一是)."""
    marker = markers.at(text, *sentence)
    return (marker.body, sentence[1]) if marker and marker.body < sentence[1] else sentence


def _whole(spans: Iterator[Span], numerals: Sequence[Numeral]) -> Iterator[tuple[Span, Sequence[Numeral]]]:
    """The sentences and the numerals of each. None ends within a quantity: where one without a stop was cut at its length, that
    one ends behind it."""
    at = n = 0
    for start, end in spans:
        first = n
        while n < len(numerals) and numerals[n][0].start < end:
            n += 1
        end = max(end, numerals[n - 1][0].end) if n else end
        if (start := max(start, at)) < end:
            yield (start, end), numerals[first:n]
            at = end


# --- numerals -------------------------------------------------------------------------------------------------------


def _numerals(text: str, stretch: Stretch, marks: Sequence[Mark], begun: Sequence[int]) -> Iterator[Numeral]:
    """The numerals of a stretch; those in a marker, a serial number or a heading with the role that they have there.

    `begun` are the starts of the marks.
    """
    at = stretch.start
    n = max(0, bisect_right(begun, at) - 1)
    while n < len(marks) and begun[n] < stretch.end:
        mark = marks[n]
        n += 1
        if mark.end <= at:
            continue
        if at < mark.start:
            for quantity in scan(text, at, mark.start):
                yield quantity, None
        end = min(mark.end, stretch.end)
        for quantity in scan(text, max(at, mark.start), end):
            yield quantity, mark.role
        at = end
    if at < stretch.end:
        for quantity in scan(text, at, stretch.end):
            yield quantity, None


def _role(text: str, sentence: Span, numeral: Quantity) -> NumeralRole:
    """The role of a numeral of a sentence; a `quantity` is a claim."""
    return selection.role(text, sentence, numeral) or "quantity"


def _unspoken(numeral: Quantity) -> NumeralRole:
    """What a numeral of chrome, a title, a note or a definition is: no claim of the report's own."""
    return "reference" if numeral.role == "quantity" else numeral.role


def _ledger(text: str, roles: Sequence[Role], claims: Sequence[Claim]) -> tuple[LedgerEntry, ...]:
    """An entry for every numeral; a word that is a quantity without one (翻番) is an entry itself."""
    ids = {(claim.start, claim.end): claim.id for claim in claims}
    entries: list[dict[str, object]] = []
    for quantity, role in roles:
        claim = ids.get((quantity.start, quantity.end)) if role == "quantity" else None
        for start, end in quantity.numerals or ((quantity.start, quantity.end),):
            entries.append({"start": start, "end": end, "text": text[start:end], "role": role, "claim": claim})
    return _ENTRIES.validate_python(entries)
