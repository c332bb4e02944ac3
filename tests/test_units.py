"""Every unit with a size has the size that an independent table of units gives it, and a code that says what it is."""

import re
from decimal import Decimal
from fractions import Fraction

import pint
import pytest

from pipeline.lexicon import load
from pipeline.quantities import units

ROWS = load("units", "unit", units.Unit)
SIZED = [row for row in ROWS if row.base and row.base != row.code and row.dimension not in ("money", "share", "points")]

PINT = {
    "km2": "km**2", "cm2": "cm**2", "dm2": "dm**2", "mm2": "mm**2", "har": "hectare", "ar": "are",
    "m2": "m**2", "[acr_us]": "acre", "[mi_i]2": "mile**2", "[sft_i]": "ft**2", "um": "micrometer",
    "[mi_i]": "mile", "[ft_i]": "foot", "[in_i]": "inch", "[nmi_i]": "nautical_mile", "[ly]": "light_year",
    "[yd_i]": "yard", "cm3": "cm**3", "dm3": "dm**3", "km3": "km**3", "m3": "m**3", "[gal_us]": "gallon",
    "[pt_us]": "pint", "[qt_us]": "quart", "[bbl_us]": "oil_barrel", "t": "metric_ton", "kt": "kilometric_ton", "ug": "microgram",
    "[lb_av]": "pound", "[oz_av]": "ounce", "[car_m]": "carat", "MW.h": "MW*hour", "kW.h": "kW*hour",
    "kV.A": "kV*A", "MV.A": "MV*A", "V.A": "V*A", "[HP]": "horsepower", "cal": "calorie",
    "kcal": "kilocalorie", "By": "byte", "kBy": "kilobyte", "MBy": "megabyte", "GBy": "gigabyte",
    "TBy": "terabyte", "PBy": "petabyte", "Mbit/s": "Mbit/s", "Gbit/s": "Gbit/s", "bit/s": "bit/s",
    "wk": "week", "h": "hour", "min": "minute", "d": "day", "s": "second", "GHz": "gigahertz",
}  # fmt: skip
"""Codes of ours that pint writes otherwise."""

MARKET = {"[mu]": "2000/3", "[li]": "500", "[zhang]": "10/3", "[chi]": "1/3", "[cun]": "1/30", "[jin]": "1/2", "kgce": "1/1000"}
"""The units of the market system (市制, State Council 1959, in metres, square metres and kilograms), which pint has not."""

CURRENCY = re.compile("[A-Z]{3}")


@pytest.mark.parametrize("row", SIZED, ids=lambda row: row.surfaces[0])
def test_a_factor_is_that_of_an_independent_table(row: units.Unit) -> None:
    if row.code in MARKET:
        assert Fraction(row.factor) == Fraction(MARKET[row.code])
        return
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(non_int_type=Decimal)
    size = registry.Quantity(Decimal(1), PINT.get(row.code, row.code)).to(PINT.get(row.base or "", row.base or ""))
    ours = Decimal(Fraction(row.factor).numerator) / Decimal(Fraction(row.factor).denominator)
    assert abs(size.magnitude / ours - 1) < Decimal("1e-9")


def test_money_is_in_codes_of_iso_4217_and_its_coins_in_their_currency() -> None:
    money = [row for row in ROWS if row.dimension == "money"]
    assert len(money) > 50
    assert all(CURRENCY.fullmatch(row.code) and row.base in (None, row.code) for row in money)


def test_every_surface_stands_once() -> None:
    surfaces = [surface for row in ROWS for surface in row.surfaces]
    assert len(surfaces) == len(set(surfaces))


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("3", "亩", "2000 m2"),
        ("1", "亩", "666.6666666666666666666666667 m2"),
        ("12.5", "公里", "12500 m"),
        ("4", "吨", "4000 kg"),
        ("30000", "千瓦时", "30000 kW.h"),
        ("7", "角", "0.7 CNY"),
        ("500", "元", "500 CNY"),
        ("36", "微克/立方米", "3.6E-8 kg/m3"),
        ("2", "立方米/秒", "2 m3/s"),
        ("850", "元/亩", "1.275 CNY/m2"),
        ("6", "户", None),
        ("6", "个", None),
    ],
)
def test_a_value_in_the_base_unit(value: str, unit: str, base: str | None) -> None:
    found = units.base(Decimal(value), unit)
    if base is None:
        assert found is None
        return
    number, code = base.split()
    assert found == (Decimal(number), code)


def test_codes() -> None:
    assert [units.code(unit) for unit in ("元", "%", "平方米", "户", "元/吨", "微克/立方米")] == [
        "CNY", "%", "m2", "{户}", "CNY/t", "ug/m3",
    ]  # fmt: skip
