"""Drafts -> claims as the contract has them: ids, values as strings, base values, intervals, and where each stands."""

from collections.abc import Sequence

from pipeline.claims import status
from pipeline.claims.change import Value
from pipeline.claims.drafts import Draft
from pipeline.claims.places import Places
from pipeline.contracts import Base, Claim
from pipeline.quantities import modifiers, units
from pipeline.quantities.numerals import plain
from pipeline.text import identifiers, squeeze


def of(text: str, drafts: Sequence[Draft], places: Places) -> list[Claim]:
    """The claims of a text from their drafts, in their order; the ids are made of section, sentence and surface."""
    sections = [places.section(draft.quantity.start) for draft in drafts]
    words = {sentence: squeeze(text[slice(*sentence)]) for sentence in dict.fromkeys(draft.sentence for draft in drafts)}
    keys = (
        "|".join((section.id if section else "", words[draft.sentence], _surface(text, draft)))
        for section, draft in zip(sections, drafts, strict=True)
    )
    ids = identifiers("c", keys)
    names = {id(draft): name for draft, name in zip(drafts, ids, strict=True)}
    claims = []
    for name, section, draft in zip(ids, sections, drafts, strict=True):
        quantity, read = draft.quantity, draft.change
        task, stretch = places.task(quantity.start), draft.stretch
        table, row = (stretch.table, stretch.row) if stretch.table else places.row(quantity.start) or (None, None)
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
                task=task.id if task else None,
                table=table.id if table else None,
                row=row,
                sentence=draft.sentence,
            )
        )
    return claims


def _surface(text: str, draft: Draft) -> str:
    return text[draft.quantity.start : draft.quantity.end]


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
