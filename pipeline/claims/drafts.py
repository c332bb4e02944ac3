"""The quantities of one sentence -> what each claims: measure, indicator, concept, period, status."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.claims import cells, change, concept, phrase, timing
from pipeline.claims.change import Change
from pipeline.claims.passage import Passage
from pipeline.claims.period import Clock, Time
from pipeline.claims.stretches import Stretch
from pipeline.contracts import Indicator, Period, Span, Status
from pipeline.quantities.quantity import Quantity

_YEAR_BEFORE = re.compile(r"同比|[比较](?:上年|去年|前年)|同口径|可比")


@dataclass(slots=True)
class Draft:
    """A claim before it has an id; `pair` is the draft of the quantity that it grew from (由A增加至B)."""

    quantity: Quantity
    sentence: Span
    stretch: Stretch
    indicator: Indicator
    change: Change
    period: Period | None
    status: Status
    headline: bool = False
    pair: "Draft | None" = None


def of_sentence(
    text: str,
    sentence: Span,
    quantities: Sequence[Quantity],
    times: Sequence[Time],
    passage: Passage,
    clock: Clock,
    stretch: Stretch,
    lead: Span | None,
) -> list[Draft]:
    """The drafts of a sentence's quantities, in their order. `times` are those of the sentence, `lead` is the sentence before
    where it has no quantity."""
    if stretch.table:
        quantities = [cells.with_unit(stretch.table, stretch.column, quantity) for quantity in quantities]
    indicators = _indicators(text, sentence, quantities, stretch, lead)
    changes = change.read(text, sentence, quantities, indicators)
    drafts: list[Draft] = []
    after = sentence[0]
    at_last: int | None = None
    for quantity, indicator, read in zip(quantities, indicators, changes, strict=True):
        when, status = timing.of(text, sentence, quantity, after, times, passage, clock)
        after = quantity.end
        if status == "actual" and read.measure in ("level", "ratio", "rank"):
            if not (drafts and at_last and timing.goes_on(text, drafts[-1].quantity, quantity)):
                at_last = timing.reached(text, sentence, quantity, times, passage)
            when = str(at_last) if at_last else when
        if read.basis == "cagr":
            when = timing.over_years(text, when, times, passage, quantity.start)
        if read.basis == "yoy" and timing.is_of_years(when):
            if not _YEAR_BEFORE.search(text, sentence[0], quantity.start):
                read = read._replace(basis=None)
            elif when and status == "actual":  # told against the year before: of the last year, however many are reviewed
                when = when[-4:]
        known = concept.find(indicator.text, read.unit, read.measure)
        named = indicator.model_copy(update={"concept": known}) if known else indicator
        drafts.append(Draft(quantity, sentence, stretch, named, read, when, status))
    for one, other in pairwise(drafts):
        _tell_apart(one, other)
        _date_the_level(one, other)
    for draft in drafts:
        if draft.change.pair is not None:
            draft.pair = drafts[draft.change.pair]
            _date_the_first(text, draft.pair, times, passage, clock)
    return drafts


def _tell_apart(one: Draft, other: Draft) -> None:
    """Two values of one name that names two concepts (城乡居民收入分别增长7%、8%): each has its own."""
    names = concept.both(one.indicator.concept, one.indicator.text)
    same = one.indicator.text == other.indicator.text and one.change.measure == other.change.measure
    if names and same and other.change.pair is None:
        one.indicator, other.indicator = (
            draft.indicator.model_copy(update={"concept": name}) for draft, name in zip((one, other), names, strict=True)
        )


def _date_the_level(one: Draft, other: Draft) -> None:
    """A level in a review of several years whose growth on the year before is told behind it: both are of the same year."""
    told = other.change.basis == "yoy" and one.change.measure == "level" and one.status == other.status
    if told and one.indicator.text == other.indicator.text and timing.is_of_years(one.period):
        one.period = other.period


def _indicators(text: str, sentence: Span, quantities: Sequence[Quantity], stretch: Stretch, lead: Span | None) -> list[Indicator]:
    table = stretch.table
    if table is None:
        return phrase.read(text, sentence, quantities, lead=lead)
    if len(quantities) == 1 and cells.bare(text, stretch.start, stretch.end, quantities[0]):
        named = phrase.in_cell(text, table, stretch.row, stretch.column, quantities[0])
        if named.text:
            return [named]
    return phrase.read(text, sentence, quantities, phrase.row_name(table, stretch.row, stretch.column))


def _date_the_first(text: str, draft: Draft, times: Sequence[Time], passage: Passage, clock: Clock) -> None:
    """The first of a pair is as of the year named right before it, else of the only year compared with; else nothing tells."""
    if timing.is_dated(text, draft.quantity, draft.sentence[0], times):
        return
    draft.period, draft.status = timing.baseline(draft.quantity, times, passage, clock), "actual"
