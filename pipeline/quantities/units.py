"""Units: how they are written, what they are in a standard, and their exact size."""

from decimal import Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from pipeline.lexicon import Row, load
from pipeline.quantities.numerals import LONGEST
from pipeline.quantities.words import any_of

_EXACT = Context(prec=28)
_WIDE = Context(prec=4 * LONGEST)  # holds the product of any numeral and factor


class Unit(Row):
    """A unit with an exact size: `factor` of `base` (a unit without one is its own base). `guard` must not follow a surface."""

    surfaces: tuple[str, ...]
    code: str
    dimension: str
    factor: str = "1"
    base: str | None = None
    guard: str = ""


class Count(Row):
    """Measure words and nouns that count: a unit without a size, its code the surface as an annotation, {户}."""

    surfaces: tuple[str, ...]
    guard: str = ""


class Per(Row):
    """What stands below the stroke of a rate (元/吨)."""

    surfaces: tuple[str, ...]


@cache
def _measured() -> dict[str, Unit]:
    return {surface: unit for unit in load("units", "unit", Unit) for surface in unit.surfaces}


def _guarded(rows: tuple[Unit, ...] | tuple[Count, ...]) -> dict[str, str]:
    """Every surface and what must not follow it: no letter behind one that ends in a letter (3m is a length, 3ml another), no
    digit and no % behind one that ends in a digit (of 6m23 nothing is an area, and 12m, broken off before 3%, none)."""
    guards = {}
    for row in rows:
        for surface in row.surfaces:
            last = surface[-1]
            alike = "" if not last.isascii() else "(?![A-Za-z])" if last.isalpha() else "(?![0-9%‰])" if last.isdigit() else ""
            guards[surface] = alike + (f"(?!{row.guard})" if row.guard else "")
    return guards


def patterns() -> tuple[str, str]:
    """A pattern for the units that have a size and one for those that only count, rates like 微克/立方米 included."""
    per = any_of([surface for row in load("units", "per", Per) for surface in row.surfaces])
    measured, counts = (any_of(_guarded(rows)) for rows in (load("units", "unit", Unit), load("units", "count", Count)))
    return f"{measured}(?:/{per})?", f"{counts}(?:/{per})?"


def code(unit: str) -> str:
    """What a unit with a size is in a standard: CNY, m2, %; the parts of a rate each by itself, one that counts as {户}."""
    above, slash, below = unit.partition("/")
    known = _measured().get(above)
    return (known.code if known else annotation(above)) + (f"/{code(below)}" if slash else "")


def annotation(unit: str) -> str:
    """The code of a unit that only counts."""
    return "{" + unit + "}"


@lru_cache(maxsize=1024)
def _size(unit: str) -> tuple[Fraction, str] | None:
    above, slash, below = unit.partition("/")
    known = _measured().get(above)
    if known is None:
        return None
    factor, base = Fraction(known.factor), known.base or known.code
    if not slash:
        return factor, base
    per = _size(below) or (Fraction(1), annotation(below))
    return factor / per[0], f"{base}/{per[1]}"


def base(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """The value in the base unit of its dimension and that unit's code; None for a unit without a size (户, 个).

    Exact where a decimal can be; else (1亩 is 2000/3 m2) to 28 digits.
    """
    size = _size(unit)
    if size is None:
        return None
    factor, base = size
    exact = _WIDE.multiply(value, Decimal(factor.numerator))
    return _EXACT.divide(exact, Decimal(factor.denominator)).normalize(_EXACT), base
