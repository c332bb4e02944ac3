"""Whether what came out is what was promised: a target's words are the set of outcomes that keep it, an outcome's words the set
of numbers that it may mean; met where the second lies in the first, missed where they have nothing in common.

A level is never held against a growth rate, nor 元 against %. Which indicators are better the lower they are is knowledge
(lexicon/polarity.toml) where neither a modifier (3%以内) nor a direction (下降4.3%) says it.
"""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.claims import concept as concepts
from pipeline.contracts import Claim, Direction
from pipeline.years.contracts import Judgement

_ENDLESS = Decimal("Infinity")
_CLOSE = Decimal("0.95")  # 7%左右 is kept by 6.7%: readers call what is this near "about"
_SHORT = Decimal("0.9")  # and below this nobody does; 近 a number is no less than this of it either
_FAR = 3
_BEYOND = Decimal("1.5")  # 突破 a number is past it, not far past it

_CHANGES = ("change_rate", "change_amount")


class Lower(lexicon.Row):
    """Words of an indicator of which less is better, unless one of the other words is there too."""

    words: str
    unless: tuple[str, ...] = ()

    def matches(self, text: str) -> bool:
        return self.words in text and not any(word in text for word in self.unless)


@cache
def less_is_better(indicator: str) -> bool:
    """Whether an indicator is one of those where the lower figure is the better one (失业率, 能耗, 事故)."""
    return any(row.matches(indicator) for row in lexicon.load("polarity", "lower", Lower))


def _less(claim: Claim) -> bool:
    """The same of a claim: as the catalogue says where it knows the concept, else by the words."""
    concept = concepts.catalogue().get(claim.indicator.concept or "")
    if concept is not None and concept.more_is_better is not None:
        return not concept.more_is_better
    return less_is_better(claim.indicator.text)


class Bounds(NamedTuple):
    """The numbers from `low` to `high`; an open end is not one of them."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def holds(self, other: "Bounds") -> bool:
        below = other.low < self.low or (other.low == self.low and self.low_open and not other.low_open)
        above = other.high > self.high or (other.high == self.high and self.high_open and not other.high_open)
        return not below and not above

    def meets(self, other: "Bounds") -> bool:
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        return not any((b.low_open and low == b.low) or (b.high_open and low == b.high) for b in (self, other))


def judge(target: Claim, outcome: Claim) -> tuple[Judgement, str]:
    """The verdict, and in one line why. Both claims are about one indicator and one year: that is the caller's to know."""
    if reason := incomparable(target, outcome):
        return "unclear", reason
    if target.measure == "ratio":
        if target.value == outcome.value:
            return "met", f"the same ratio, {outcome.surface}"
        return "unclear", f"two ratios, {target.surface} and {outcome.surface}"
    wanted, least = _wanted(target, outcome)
    reached = _reached(target, outcome)
    better = "stays within" if least is None else "reaches"
    if wanted.holds(reached):
        return "met", f"{outcome.surface} {better} {target.surface}"
    if wanted.meets(reached):
        return "unclear", f"{outcome.surface} is said too loosely to hold against {target.surface}"
    if wanted.low_open and reached.low == wanted.low:
        return "unclear", f"{outcome.surface} is just what was to be passed"
    if outcome.modifier == "about" and wanted.meets(Bounds(reached.low * _CLOSE, reached.high / _CLOSE)):
        return "unclear", f"{outcome.surface} is said too loosely to hold against {target.surface}"
    if target.modifier == "about" and least is not None and least * _SHORT <= reached.low:
        return "unclear", f"{outcome.surface} is a little short of {target.surface}, which was only said about"
    worse = "exceeds" if least is None else "falls short of"
    return "missed", f"{outcome.surface} {worse} {target.surface}"


def incomparable(target: Claim, outcome: Claim) -> str | None:
    """Why two claims can't be held against each other; None where they can."""
    if target.measure != outcome.measure:
        return f"answered only by {_NAMES[outcome.measure]} ({outcome.surface}), not by {_NAMES[target.measure]}"
    if target.value is None or outcome.value is None:
        return f"{target.surface} and {outcome.surface}: a number that was not said"
    if _numbers(target, outcome) is None:
        return f"answered in another unit: {outcome.surface} for {target.surface}"
    return None


_NAMES = {
    "level": "a level",
    "change_rate": "a rate of change",
    "change_amount": "an amount of change",
    "ratio": "a ratio",
    "multiple": "a multiple",
    "rank": "a rank",
}


def same_dimension(a: Claim, b: Claim) -> bool:
    """Whether two claims count in the same unit, or in units of one dimension (亩 and 平方公里, 个 and 家).

    A number without its unit (突破2000亿大关) is taken for what the other one of its concept is.
    """
    if a.base and b.base:
        return a.base.code == b.base.code
    if a.unit == b.unit or (a.code is not None and a.code == b.code):
        return True
    if a.unit is None or b.unit is None:
        return a.indicator.concept is not None and a.indicator.concept == b.indicator.concept
    return _alike_counters(a.unit, b.unit)


@cache
def _alike_counters(a: str, b: str) -> bool:
    return any(a in counters and b in counters for counters in _COUNTERS)


def far_apart(a: Claim, b: Claim) -> bool:
    """Whether one of two numbers of one dimension is more than three times the other."""
    numbers = _numbers(a, b)
    if numbers is None or not all((*numbers[0], *numbers[1])):
        return False
    small, large = sorted((max(numbers[0]), max(numbers[1])))
    return large > _FAR * small


def counted(claim: Claim) -> bool:
    """Whether a claim counts things or people, by a measure word."""
    return any(claim.unit in counters for counters in _COUNTERS)


_COUNTERS = (frozenset("个家所座处项条件套台辆栋幢间片块支批场次宗例起笔"), frozenset("户家"), frozenset("人名位"))
"""Measure words that writers change for one another: 8个社区服务中心 is 8家. People are counted apart from things."""


def _numbers(target: Claim, outcome: Claim) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]] | None:
    """Both values in one unit, each as its lowest and highest number; None where there is no such unit."""
    if not same_dimension(target, outcome):
        return None
    if target.unit != outcome.unit and target.base and outcome.base:
        return _decimals(target.base.value), _decimals(outcome.base.value)
    if target.value is None or outcome.value is None:
        return None
    return _decimals(target.value), _decimals(outcome.value)


def _decimals(value: str | tuple[str, ...]) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, value)) if isinstance(value, tuple) else (Decimal(value),)


def _wanted(target: Claim, outcome: Claim) -> tuple[Bounds, Decimal | None]:
    """The outcomes that keep a target, and the least of them; None for the least where lower is better."""
    numbers = _numbers(target, outcome)
    assert numbers is not None
    low, high = numbers[0][0], numbers[0][-1]
    if _lower(target, outcome):
        most = high / _CLOSE if target.modifier == "about" else high
        return Bounds(-_ENDLESS, most, high_open=target.modifier == "under"), None
    least = low * {"about": _CLOSE, "nearly": _SHORT}.get(target.modifier, Decimal(1))
    return Bounds(least, _ENDLESS, low_open=target.modifier == "over"), low


def _lower(target: Claim, outcome: Claim) -> bool:
    """Whether the lower number is the better one: said by the modifier, by what a rank is, by the indicator."""
    if target.modifier in ("at_most", "under") or target.measure == "rank":
        return True
    if target.modifier in ("at_least", "over", "nearly"):
        return False
    return _sense(target, outcome) != "down" and (target.value == "0" or _less(target))


def _sense(target: Claim, outcome: Claim) -> Direction | None:
    """Which way a target wants to change; of one that does not say it (能耗 3.2%), what is better and was answered so."""
    if target.measure not in _CHANGES or target.direction:
        return target.direction
    return "down" if outcome.direction == "down" and _less(target) else "up"


def _reached(target: Claim, outcome: Claim) -> Bounds:
    """The numbers that an outcome may mean, counted in the target's sense: a rise is less than nothing of a fall."""
    numbers = _numbers(target, outcome)
    assert numbers is not None
    low, high = numbers[1][0], numbers[1][-1]
    bounds = {
        "over": Bounds(low, low * _BEYOND, low_open=True),
        "at_least": Bounds(low, low * _BEYOND),
        "nearly": Bounds(low * _SHORT, low, high_open=True),
        "under": Bounds(-_ENDLESS, low, high_open=True),
        "at_most": Bounds(-_ENDLESS, low),
    }.get(outcome.modifier, Bounds(low, high))
    sense = _sense(target, outcome)
    if target.measure in _CHANGES and sense != (outcome.direction or sense):
        return Bounds(-bounds.high, -bounds.low, bounds.high_open, bounds.low_open)
    return bounds
