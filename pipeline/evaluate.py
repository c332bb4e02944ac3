"""A report against a person's annotations: precision, recall and F1 of what was found, and the share of right fields.

The annotations are a folder with `claims.jsonl` and `structure.json`, and where its offsets do not count in the report's own
text, the `text.txt` that they count in (`ranges.json`: the offset ranges that the claims cover). Claims marked `optional` count
neither for nor against; `also` holds another reading of a field, which counts as right too.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipeline.text import fold, squeeze

FIELDS = ("value", "unit", "modifier", "indicator", "measure", "direction", "basis", "period", "status")
ALIKE = 0.8  # an indicator that shares this much with the annotated phrase names the same thing
_QUOTES = str.maketrans("", "", "“”\"‘’'「」")

Json = dict[str, Any]


class GoldError(ValueError):
    """The annotations can't be used; the message says why, in one sentence."""


@dataclass
class Score:
    """Hits, false finds and misses of one kind of record."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """The score of every kind of record, the share of right fields, and each difference as a line."""

    records: dict[str, Score] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def as_dict(self, misses: bool = False) -> Json:
        rounded = {
            name: {"precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4), **vars(s)}
            for name, s in self.records.items()
        }
        shares = {name: round(share, 4) for name, share in self.shares.items()}
        return {"records": rounded, "fields": shares} | ({"misses": self.misses} if misses else {})

    def as_table(self, misses: bool = False) -> str:
        lines = [f"{'':12} precision  recall      f1   right  extra  missed"]
        for name, s in self.records.items():
            lines.append(f"{name:12} {s.precision:9.3f} {s.recall:7.3f} {s.f1:7.3f} {s.right:7} {s.extra:6} {s.missed:7}")
        lines += [f"{name:22} {share:.3f}" for name, share in self.shares.items()]
        return "\n".join(lines + (self.misses if misses else []))


def evaluate(report: Json, gold: Path) -> Scores:
    """The scores of a report (its JSON) against the folder `gold`. Raises GoldError."""
    try:
        claims = [json.loads(line) for line in (gold / "claims.jsonl").read_text("utf-8").splitlines() if line.strip()]
        structure = json.loads((gold / "structure.json").read_text("utf-8"))
        ranges = json.loads((gold / "ranges.json").read_text("utf-8")) if (gold / "ranges.json").exists() else None
        text = (gold / "text.txt").read_bytes().decode() if (gold / "text.txt").exists() else report["text"]
    except OSError as error:
        raise GoldError(f"{gold}: no folder of annotations ({error.strerror or error}: {error.filename})") from None
    except ValueError as error:
        raise GoldError(f"{gold}: annotations that are no JSON ({error})") from None
    scores = Scores()
    _claims(report, claims, ranges or [[0, len(text)]], _shift(text, report["text"]), scores)
    _structure(report, structure, scores)
    return scores


def _shift(text: str, other: str) -> Callable[[int], int]:
    """From offsets of the annotated text to those of the report's, where one holds the other but for white space."""
    if text == other:
        return lambda offset: offset
    dense, there = fold(squeeze(text)), fold(squeeze(other))
    if (at := there.find(dense)) < 0:
        raise GoldError("the report's text is not the one that was annotated")
    stops = [n for n, c in enumerate(other) if squeeze(c)] + [len(other)]
    before = [0]
    for c in text:
        before.append(before[-1] + bool(squeeze(c)))
    return lambda offset: stops[min(at + before[offset], len(stops) - 1)]


def _claims(report: Json, gold: list[Json], ranges: list[list[int]], shift: Callable[[int], int], scores: Scores) -> None:
    areas = [(shift(a), shift(b)) for a, b in ranges]
    found = [c for c in report["claims"] if any(a <= c["start"] < b for a, b in areas)]
    left = sorted(found, key=lambda c: int(c["start"]))
    hits, missed, whole, right = 0, 0, 0, dict.fromkeys(FIELDS, 0)
    for want in sorted(gold, key=lambda c: int(c["start"])):
        start, end = shift(want["start"]), shift(want["end"])
        here = [c for c in left if c["start"] < end and c["end"] > start]
        claim = min(here, key=lambda c: (not _is_right(want, "value", c), abs(c["start"] - start)), default=None)
        if claim:
            left.remove(claim)
        if want.get("optional"):
            continue
        if not claim:
            missed += 1
            scores.misses.append(f"missed {want['surface']} ({want['indicator']})")
            continue
        hits += 1
        wrong = [name for name in FIELDS if not _is_right(want, name, claim)]
        whole += not wrong
        for name in FIELDS:
            right[name] += name not in wrong
        scores.misses += [f"{name} of {want['surface']}: {_of(claim, name)!r}, annotated {want[name]!r}" for name in wrong]
    scores.misses += [f"extra {c['surface']} ({_of(c, 'indicator')})" for c in left]
    scores.records["claims"] = Score(hits, len(left), missed)
    scores.records["whole claims"] = Score(whole, len(left) + hits - whole, missed + hits - whole)
    scores.shares |= {f"claims.{name}": right[name] / hits if hits else 0.0 for name in FIELDS}


def _of(claim: Json, name: str) -> Any:
    value = claim.get(name)
    return value.get("text") if name == "indicator" and isinstance(value, dict) else value


def _is_right(want: Json, name: str, claim: Json) -> bool:
    found = _of(claim, name)
    readings = [want[name], *([want["also"][name]] if name in want.get("also", {}) else [])]
    if name == "value":
        return any(_same_number(_number(reading), _number(found)) for reading in readings)
    if name == "indicator":
        return any(SequenceMatcher(None, _plain(reading), _plain(found), autojunk=False).ratio() >= ALIKE for reading in readings)
    return _plain(found) in [_plain(reading) for reading in readings]


def _number(value: Any) -> Any:
    if isinstance(value, list):
        return [_number(one) for one in value]
    try:
        return Decimal(value).normalize() if value is not None else None
    except InvalidOperation:
        return value


def _same_number(want: Any, found: Any) -> bool:
    """Equal; an annotated value with four decimals (2/3 as 0.6667) allows for its rounding."""
    if isinstance(want, Decimal) and isinstance(found, Decimal) and want.as_tuple().exponent == -4:
        return abs(want - found) < Decimal("0.0001")
    return bool(want == found)


def _plain(value: Any) -> str:
    """Words without white space and quotation marks, widths folded: what two careful readers agree on."""
    return fold(squeeze("" if value is None else str(value))).translate(_QUOTES)


def _structure(report: Json, gold: Json, scores: Scores) -> None:
    """Outline, tasks, glossary and livelihood rows as sequences in reading order; metadata field by field."""
    keys: dict[str, Callable[[Json], tuple[Any, ...]]] = {
        "outline": lambda x: (x["level"], _plain(x["marker"]), _plain(x["title"])),
        "tasks": lambda x: (_plain(x["marker"]), _plain(x["title"])),
        "glossary": lambda x: (_plain(x["number"]), _plain(x["term"])),
    }
    for name, key in keys.items():
        pairs = _sequence([key(x) for x in gold[name]], [key(x) for x in report[name]], name, scores)
        if name == "tasks":
            same = sum(gold[name][a]["kind"] == report[name][b]["kind"] for a, b in pairs)
            scores.shares["tasks.kind"] = same / len(pairs) if pairs else 0.0
    rows = [tuple(map(_plain, row)) for table in gold["livelihood"] for row in table["rows"]]
    ours = [
        tuple(_plain(cell["text"]) for cell in row["cells"])
        for table in report["tables"]
        if table["kind"] == "livelihood"
        for row in table["rows"]
    ]
    _sequence(rows, ours, "livelihood", scores)
    known = {name: value for name, value in gold["metadata"].items() if value is not None}
    wrong = [name for name, value in known.items() if _plain(report["metadata"].get(name)) != _plain(value)]
    scores.misses += [f"metadata.{name}: {report['metadata'].get(name)!r}, annotated {known[name]!r}" for name in wrong]
    scores.shares["metadata"] = 1 - len(wrong) / len(known) if known else 1.0


def _sequence(want: list[Any], found: list[Any], name: str, scores: Scores) -> list[tuple[int, int]]:
    blocks = SequenceMatcher(None, want, found, autojunk=False).get_matching_blocks()
    pairs = [(m.a + k, m.b + k) for m in blocks for k in range(m.size)]
    scores.records[name] = Score(len(pairs), len(found) - len(pairs), len(want) - len(pairs))
    left, right = {a for a, _ in pairs}, {b for _, b in pairs}
    scores.misses += [f"{name} missed: {' '.join(map(str, key))}" for n, key in enumerate(want) if n not in left]
    scores.misses += [f"{name} extra: {' '.join(map(str, key))}" for n, key in enumerate(found) if n not in right]
    return pairs
