"""Stage 8: the claims (quantity, indicator, time, status), and the ledger that accounts for every numeral."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline import modifiers, sentences, units
from pipeline.claims import contradictions, drafts, period, selection, status, stretches
from pipeline.claims.change import Value
from pipeline.claims.drafts import Draft
from pipeline.claims.headline import Targets
from pipeline.claims.passage import Reader
from pipeline.claims.period import Clock
from pipeline.claims.stretches import Mark, Stretch
from pipeline.contracts import (
    Base,
    Blocks,
    Claim,
    Claims,
    Glossary,
    Heading,
    LedgerEntry,
    Metadata,
    NumeralRole,
    Outline,
    Span,
    Tables,
    Task,
    Tasks,
)
from pipeline.numerals import plain
from pipeline.quantity import Quantity, scan
from pipeline.text import fold, identifiers, squeeze

Role = tuple[Quantity, NumeralRole]


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks) -> Claims:
    """Every claim of the text in reading order, and the ledger: every numeral of all blocks, chrome and titles included."""
    text = fold(blocks.text)
    clock = _clock(metadata, text)
    times = list(period.find(text, clock))
    reader = Reader(text, outline.outline, times, clock)
    targets = Targets(text, clock.plan)
    marks = stretches.marks(outline, tasks, tables, glossary)
    found: list[Draft] = []
    roles: list[Role] = []
    for stretch in stretches.find(blocks, tables, glossary):
        numerals = list(_numerals(text, stretch, marks))
        if not stretch.spoken:
            roles += [(numeral, role or _unspoken(numeral)) for numeral, role in numerals]
            continue
        spans = list(sentences.split(text, stretch.start, stretch.end))
        lead: Span | None = None
        for sentence, passage in zip(spans, reader.read(spans), strict=True):
            here = list(_roles(text, sentence, numerals))
            roles += here
            quantities = [numeral for numeral, role in here if role == "quantity"]
            read = drafts.of_sentence(text, sentence, quantities, times, passage, clock, stretch, lead)
            lead = None if quantities else sentence
            targets.mark(sentence, sentence == spans[0], _innermost(outline.outline, sentence[0]), read)
            found += read
    claims = _claims(blocks.text, found, outline, tasks)
    findings = contradictions.find(blocks.text, claims)
    return Claims(claims=tuple(claims), ledger=tuple(_ledger(blocks.text, roles, claims)), findings=tuple(findings))


def _clock(metadata: Metadata, text: str) -> Clock:
    """Where the speaker stands: a report that names no year of its own stands in the year in which it was given, and where it
    does not say that, behind the last year that it tells of."""
    said = int(metadata.report_date[:4]) if metadata.report_date else 0
    plan = metadata.year or said or period.last_told(text) + 1
    return Clock(plan, said if abs(said - plan) <= 1 else plan)


# --- numerals -------------------------------------------------------------------------------------------------------


def _numerals(text: str, stretch: Stretch, marks: Sequence[Mark]) -> Iterator[tuple[Quantity, NumeralRole | None]]:
    """The numerals of a stretch; those in a marker, a serial number or a heading with the role that they have there."""
    at = stretch.start
    n = max(0, bisect_right(marks, at, key=lambda mark: mark.start) - 1)
    while n < len(marks) and marks[n].start < stretch.end:
        mark = marks[n]
        n += 1
        if mark.end <= at:
            continue
        if at < mark.start:
            yield from ((quantity, None) for quantity in scan(text, at, mark.start))
        end = min(mark.end, stretch.end)
        yield from ((quantity, mark.role) for quantity in scan(text, max(at, mark.start), end))
        at = end
    if at < stretch.end:
        yield from ((quantity, None) for quantity in scan(text, at, stretch.end))


def _roles(text: str, sentence: Span, numerals: Sequence[tuple[Quantity, NumeralRole | None]]) -> Iterator[Role]:
    """The numerals of a sentence with their roles; a `quantity` is a claim."""
    first = bisect_left(numerals, sentence[0], key=lambda numeral: numeral[0].start)
    for numeral, marked in numerals[first : bisect_left(numerals, sentence[1], key=lambda numeral: numeral[0].start)]:
        yield numeral, marked or selection.role(text, sentence, numeral) or "quantity"


def _unspoken(numeral: Quantity) -> NumeralRole:
    """What a numeral of chrome, a title, a note or a definition is: no claim of the report's own."""
    return "reference" if numeral.role == "quantity" else numeral.role


def _ledger(text: str, roles: Sequence[Role], claims: Sequence[Claim]) -> Iterator[LedgerEntry]:
    """An entry for every numeral; a word that is a quantity without one (翻番) is an entry itself."""
    ids = {(claim.start, claim.end): claim.id for claim in claims}
    for quantity, role in roles:
        claim = ids.get((quantity.start, quantity.end)) if role == "quantity" else None
        for start, end in quantity.numerals or ((quantity.start, quantity.end),):
            yield LedgerEntry(start=start, end=end, text=text[start:end], role=role, claim=claim)


# --- records --------------------------------------------------------------------------------------------------------


def _claims(text: str, found: Sequence[Draft], outline: Outline, tasks: Tasks) -> list[Claim]:
    sections = [_innermost(outline.outline, draft.quantity.start) for draft in found]
    keys = (
        "|".join((section.id if section else "", squeeze(text[slice(*draft.sentence)]), _surface(text, draft)))
        for section, draft in zip(sections, found, strict=True)
    )
    ids = identifiers("c", keys)
    names = {id(draft): name for draft, name in zip(found, ids, strict=True)}
    claims = []
    for name, section, draft in zip(ids, sections, found, strict=True):
        quantity, read, table = draft.quantity, draft.change, draft.stretch.table
        planned = draft.status == "planned"
        claims.append(
            Claim(
                id=name,
                start=quantity.start,
                end=quantity.end,
                surface=_surface(text, draft),
                value=_value(read.value),
                unit=read.unit,
                code=quantity.code if read.unit == quantity.unit else units.code(read.unit) if read.unit else None,
                base=_base(draft),
                interval=modifiers.interval(read.value, quantity.modifier) if read.measure != "ratio" else None,
                modifier=quantity.modifier,
                measure=read.measure,
                direction=read.direction,
                basis=read.basis,
                period=draft.period,
                status=draft.status,
                modality=status.modality(text, draft.sentence[0], quantity.start) if planned else None,
                indicator=draft.indicator,
                from_=names[id(draft.pair)] if draft.pair else None,
                headline=draft.headline,
                section=section.id if section else None,
                task=_task(tasks.tasks, quantity.start),
                table=table.id if table else None,
                row=draft.stretch.row if table else None,
                sentence=draft.sentence,
            )
        )
    return claims


def _surface(text: str, draft: Draft) -> str:
    return text[draft.quantity.start : draft.quantity.end]


def _innermost(outline: Sequence[Heading], at: int) -> Heading | None:
    """The innermost section that holds an offset: the last heading before it, or the one of its ancestors that has not ended."""
    n = bisect_right(outline, at, key=lambda heading: heading.start) - 1
    while n >= 0 and outline[n].body_end <= at:
        n -= 1
    return outline[n] if n >= 0 else None


def _task(tasks: Sequence[Task], at: int) -> str | None:
    """The innermost item that holds an offset."""
    n = bisect_right(tasks, at, key=lambda task: task.start) - 1
    while n >= 0 and tasks[n].end <= at:
        n -= 1
    return tasks[n].id if n >= 0 else None


def _value(value: Value) -> str | tuple[str, ...] | None:
    if isinstance(value, tuple):
        return tuple(plain(one) for one in value)
    return plain(value) if value is not None else None


def _base(draft: Draft) -> Base | None:
    """The value in the base unit of its dimension, where the unit has a size."""
    value, unit = draft.change.value, draft.change.unit
    if value is None or not unit or draft.change.measure == "ratio":
        return None
    values = value if isinstance(value, tuple) else (value,)
    based = [units.base(one, unit) for one in values]
    numbers = tuple(plain(found[0]) for found in based if found)
    if len(numbers) < len(values) or not based[0]:
        return None
    return Base(value=numbers if isinstance(value, tuple) else numbers[0], code=based[0][1])
