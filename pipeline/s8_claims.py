"""Stage 8: the claims (quantity, indicator, time, status), and the ledger that accounts for every numeral."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline import modifiers, sentences, units
from pipeline.claims import period, selection, status, stretches, timing
from pipeline.claims.passage import Passage, Reader
from pipeline.claims.period import Clock, Time
from pipeline.claims.stretches import Mark, Stretch
from pipeline.contracts import (
    Base,
    Blocks,
    Claim,
    Claims,
    Glossary,
    Heading,
    Indicator,
    LedgerEntry,
    Metadata,
    NumeralRole,
    Outline,
    Period,
    Span,
    Status,
    Tables,
    Task,
    Tasks,
)
from pipeline.numerals import plain
from pipeline.quantity import Quantity, scan
from pipeline.text import fold, identifiers, squeeze


@dataclass(slots=True)
class _Draft:
    """A claim before it has an id."""

    quantity: Quantity
    sentence: Span
    stretch: Stretch
    period: Period | None
    status: Status
    indicator: Indicator


def find(blocks: Blocks, metadata: Metadata, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks) -> Claims:
    """Every claim of the text in reading order, and the ledger: every numeral of all blocks, chrome and titles included."""
    text = fold(blocks.text)
    clock = _clock(metadata)
    times = list(period.find(text, clock))
    reader = Reader(text, outline.outline, times, clock)
    marks = stretches.marks(outline, tasks, tables, glossary)
    drafts: list[_Draft] = []
    roles: list[tuple[Quantity, NumeralRole]] = []
    for stretch in stretches.find(blocks, tables, glossary):
        found = list(_quantities(text, stretch, marks))
        spans = list(sentences.split(blocks.text, stretch.start, stretch.end))
        n = 0
        for sentence, passage in zip(spans, reader.read(spans) if stretch.spoken else (), strict=False):
            here: list[Quantity] = []
            while n < len(found) and found[n][0].start < sentence[1]:
                quantity, marked = found[n]
                n += 1
                role = marked or selection.role(text, sentence, quantity)
                roles.append((quantity, role or "quantity"))
                if role is None:
                    here.append(quantity)
            drafts += _drafts(text, sentence, here, times, passage, clock, stretch)
        for quantity, marked in found[n:]:
            roles.append((quantity, marked or ("reference" if quantity.role == "quantity" else quantity.role)))
    claims = _claims(blocks.text, drafts, outline, tasks)
    return Claims(claims=tuple(claims), ledger=tuple(_ledger(blocks.text, roles, claims)))


def _clock(metadata: Metadata) -> Clock:
    plan = metadata.year or 0
    said = int(metadata.report_date[:4]) if metadata.report_date else plan
    return Clock(plan, said if abs(said - plan) <= 1 else plan)


def _quantities(text: str, stretch: Stretch, marks: Sequence[Mark]) -> Iterator[tuple[Quantity, NumeralRole | None]]:
    """The numerals of a stretch; those in a marker, a serial number or a heading with the role that they have there."""
    at = stretch.start
    n = max(0, bisect_right(marks, at, key=lambda mark: mark.start) - 1)
    while n < len(marks) and marks[n].start < stretch.end:
        mark = marks[n]
        n += 1
        if mark.end <= at:
            continue
        yield from ((quantity, None) for quantity in scan(text, at, max(at, mark.start)))
        end = min(mark.end, stretch.end)
        yield from ((quantity, mark.role) for quantity in scan(text, max(at, mark.start), end))
        at = end
    yield from ((quantity, None) for quantity in scan(text, at, stretch.end))


def _drafts(
    text: str,
    sentence: Span,
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    passage: Passage,
    clock: Clock,
    stretch: Stretch,
) -> Iterator[_Draft]:
    low = bisect_left(times, sentence[0], key=lambda time: time.start)
    high = bisect_left(times, sentence[1], key=lambda time: time.start)
    here = times[low:high]
    after = sentence[0]
    for quantity in quantities:
        when, state = timing.of(text, sentence, quantity, after, here, passage, clock)
        start = max(text.rfind(sign, sentence[0], quantity.start) for sign in ",;、。:") + 1
        start = max(start, sentence[0], after)
        indicator = Indicator(text=text[start : quantity.start].strip(), concept=None, spans=((start, quantity.start),))
        after = quantity.end
        yield _Draft(quantity, sentence, stretch, when, state, indicator)


def _claims(text: str, drafts: Sequence[_Draft], outline: Outline, tasks: Tasks) -> list[Claim]:
    sections = [_innermost(outline.outline, draft.quantity.start) for draft in drafts]
    keys = [
        f"{section.id if section else ''}|{squeeze(text[slice(*draft.sentence)])}|{text[draft.quantity.start : draft.quantity.end]}"
        for section, draft in zip(sections, drafts, strict=True)
    ]
    ids = identifiers("c", keys)
    starts = [task.start for task in tasks.tasks]
    claims = []
    for name, section, draft in zip(ids, sections, drafts, strict=True):
        quantity, stretch = draft.quantity, draft.stretch
        claims.append(
            Claim(
                id=name,
                start=quantity.start,
                end=quantity.end,
                surface=text[quantity.start : quantity.end],
                value=_value(quantity.value),
                unit=quantity.unit,
                code=quantity.code,
                base=_base(quantity),
                interval=modifiers.interval(quantity.value, quantity.modifier),
                modifier=quantity.modifier,
                measure="level",
                direction=None,
                basis=None,
                period=draft.period,
                status=draft.status,
                modality=status.modality(text, draft.sentence[0], quantity.start) if draft.status == "planned" else None,
                indicator=draft.indicator,
                headline=False,
                section=section.id if section else None,
                task=_task(tasks.tasks, starts, quantity.start),
                table=stretch.table.id if stretch.table else None,
                row=stretch.row if stretch.table else None,
                sentence=draft.sentence,
            )
        )
    return claims


def _innermost(outline: Sequence[Heading], at: int) -> Heading | None:
    n = bisect_right(outline, at, key=lambda heading: heading.start) - 1
    while n >= 0 and outline[n].body_end <= at:
        n -= 1
    return outline[n] if n >= 0 else None


def _task(tasks: Sequence[Task], starts: Sequence[int], at: int) -> str | None:
    n = bisect_right(starts, at) - 1
    while n >= 0 and tasks[n].end <= at:
        n -= 1
    return tasks[n].id if n >= 0 else None


def _value(value: Decimal | tuple[Decimal, ...] | None) -> str | tuple[str, ...] | None:
    if isinstance(value, tuple):
        return tuple(plain(one) for one in value)
    return plain(value) if value is not None else None


def _base(quantity: Quantity) -> Base | None:
    values = quantity.value if isinstance(quantity.value, tuple) else (quantity.value,)
    if not quantity.unit or quantity.shape == "ratio":
        return None
    based = [units.base(value, quantity.unit) for value in values if value is not None]
    found = [each for each in based if each is not None]
    if not found or len(found) < len(values):
        return None
    numbers = tuple(plain(value) for value, _ in found)
    return Base(value=numbers if len(numbers) > 1 else numbers[0], code=found[0][1])


def _ledger(text: str, roles: Sequence[tuple[Quantity, NumeralRole]], claims: Sequence[Claim]) -> Iterator[LedgerEntry]:
    ids = {(claim.start, claim.end): claim.id for claim in claims}
    for quantity, role in roles:
        claim = ids.get((quantity.start, quantity.end)) if role == "quantity" else None
        for start, end in quantity.numerals or ((quantity.start, quantity.end),):
            yield LedgerEntry(start=start, end=end, text=text[start:end], role=role, claim=claim)
