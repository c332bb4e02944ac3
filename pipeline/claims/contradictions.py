"""What a careful reader remarks on in the numbers themselves: a claim said again with another value, a growth that its own two
levels contradict, parts larger than their whole. Each finding names both places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import pairwise

from pipeline.claims import concept
from pipeline.contracts import Claim, Finding, Span
from pipeline.text import excerpt

_ELSEWHERE = re.compile(r"全国|全省|全市|平均|高于|低于|快于|其中|目标|计划|任务|原|相比|以来|累计|民营")
_OF_WHICH = re.compile(r"[,，、；;（(]?其中[:：]?")
_REAL_TERMS = frozenset(("gross_domestic_product", "gdp_per_capita"))  # their growth is at constant prices, their levels are not
_ONE_SIZE = Decimal("1.5")
_HALF = Decimal("0.5")
_POINT = Decimal("0.6")  # percentage points by which a growth may miss that of two rounded levels


def find(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The findings in the order of their places. `text` is the canonical text."""
    found = [*_repeated(text, claims), *_growth(text, claims), *_parts(text, claims)]
    yield from sorted(found, key=lambda finding: (finding.start or 0, finding.code))


def _finding(code: str, message: str, span: Span) -> Finding:
    return Finding(code=code, severity="warning", stage="claims", message=message, start=span[0], end=span[1])


def _number(claim: Claim) -> Decimal | None:
    """A single exact value in the base unit where it has one; None for a range, a ratio, an uncertain number."""
    value = claim.base.value if claim.base else claim.value
    return Decimal(value) if isinstance(value, str) and claim.modifier == "exact" else None


def _repeated(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The same concept, called the same, of the same time and measure, reported with two values that no rounding makes one.

    A name that stands for two values in one sentence (城乡居民收入分别增长8%、9%) is no name of either.
    """
    told = [(key, claim) for claim in claims if (key := _what(text, claim))]
    times = Counter((key, claim.sentence) for key, claim in told)
    first: dict[tuple[object, ...], Claim] = {}
    for key, claim in told:
        if any(times[key, one.sentence] > 1 for one in (claim, first.get(key, claim))):
            continue
        other = first.setdefault(key, claim)
        if _near(other, claim) and not _same(other, claim):
            there = excerpt(text, other.start, other.end)
            name, when = claim.indicator.text, claim.period
            message = f"{name} of {when} is {other.surface} in one place ({there}), {claim.surface} in another"
            yield _finding("repeated-value", message, (claim.start, claim.end))


def _what(text: str, claim: Claim) -> tuple[object, ...] | None:
    """What a claim reports a value of, where there is one true value of it in a report; None for all other claims."""
    known = concept.catalogue().get(claim.indicator.concept or "")
    if not known or known.kind == "count" or claim.status != "actual" or claim.table or _number(claim) is None:
        return None
    if claim.measure not in ("level", "change_rate") or _ELSEWHERE.search(_clause(text, claim)):
        return None
    unit = claim.base.code if claim.base else claim.unit
    return concept.spelled(claim.indicator.text), claim.period, claim.measure, claim.direction, claim.basis, unit


def _clause(text: str, claim: Claim) -> str:
    """What stands before a claim in its sentence, from the last `；` on."""
    start = max(text.rfind("；", claim.sentence[0], claim.start), claim.sentence[0])
    return text[start : claim.start]


def _near(one: Claim, other: Claim) -> bool:
    """Whether two values are of one size: where they are not, one of them is of a part of the place."""
    a, b = _number(one), _number(other)
    return a is not None and b is not None and 0 < a <= b * _ONE_SIZE and b <= a * _ONE_SIZE


def _same(one: Claim, other: Claim) -> bool:
    """Whether two values are one number, rounded differently."""
    a, b = _number(one), _number(other)
    return a is None or b is None or a == b or abs(a - b) < max(_unit_in_last_place(one), _unit_in_last_place(other))


def _unit_in_last_place(claim: Claim) -> Decimal:
    """What one in the last written digit is worth: 0.1亿元 of 12.3亿元."""
    digits = re.search(r"[0-9]+(?:\.([0-9]+))?", claim.surface)
    value = _number(claim)
    if not digits or value is None:
        return Decimal(0)
    try:
        scale = value / Decimal(digits[0])
    except (DivisionByZero, InvalidOperation):
        return Decimal(0)
    return abs(scale) * Decimal(10) ** -len(digits[1] or "")


def _growth(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """由A增加到B，增长N%: the growth of A to B is N."""
    by_id = {claim.id: claim for claim in claims}
    for level, rate in pairwise(claims):
        start = by_id.get(level.from_ or "")
        if not start or rate.sentence != level.sentence or rate.measure != "change_rate" or rate.basis == "cagr":
            continue
        if rate.indicator.text != level.indicator.text or level.indicator.concept in _REAL_TERMS or rate.from_:
            continue
        a, b, said = _number(start), _number(level), _number(rate)
        if a is None or b is None or said is None or a <= 0 or level.unit != start.unit or rate.unit != "%":
            continue
        grown = (b / a - 1) * 100
        slack = (
            _POINT + _unit_in_last_place(rate) + 100 * (_unit_in_last_place(start) * b / a + _unit_in_last_place(level)) * _HALF / a
        )
        if abs(abs(grown) - said) > slack:
            shown = excerpt(text, start.start, level.end)
            message = f"from {start.surface} to {level.surface} is {grown:.1f}%, not {rate.surface} ({shown})"
            yield _finding("growth-of-levels", message, (rate.start, rate.end))


def _parts(text: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A，其中B: B is not more than A, in the same unit."""
    for whole, part in pairwise(claims):
        if part.sentence != whole.sentence or not _OF_WHICH.match(text, whole.end) or part.measure != "level":
            continue
        a, b = _number(whole), _number(part)
        if a is None or b is None or whole.measure != "level" or whole.unit != part.unit or whole.unit == "%" or b <= a:
            continue
        message = f"a part of {part.surface} in a whole of {whole.surface} ({excerpt(text, whole.start, part.end)})"
        yield _finding("part-over-whole", message, (part.start, part.end))
