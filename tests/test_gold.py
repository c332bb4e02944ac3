"""A ratchet on human truth: on reports that people annotated, what is found stays at least as good as it ever was.

`tests/gold/<report>/` holds the annotations and `floors.json`, the least that each figure may be. `--bless` lifts floors to what
is reached now, rounded down to a thousandth; it never lowers one. The annotations themselves are never blessed.
"""

import json
import math
from pathlib import Path

import pytest

from pipeline import evaluate
from pipeline.run import process

ROOT = Path(__file__).parent.parent
GOLD = sorted(path.parent for path in (ROOT / "tests" / "gold").glob("*/claims.jsonl"))


def figures(gold: Path) -> dict[str, float]:
    """F1 of each kind of record and the share of each right field, for the report that `gold` annotates."""
    source = gold / "text.txt"
    source = source if source.exists() else ROOT / "input" / f"{gold.name}.txt"
    report = process(source.read_bytes(), source.name).report.model_dump(mode="json", by_alias=True)
    scores = evaluate.evaluate(report, gold)
    return {name: score.f1 for name, score in scores.records.items()} | scores.shares


def test_there_are_annotated_reports() -> None:
    assert GOLD


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.name)
def test_no_figure_falls_below_its_floor(gold: Path, bless: bool) -> None:
    reached = figures(gold)
    path = gold / "floors.json"
    floors: dict[str, float] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if bless:
        floors = {name: max(floors.get(name, 0.0), math.floor(value * 1000) / 1000) for name, value in reached.items()}
        path.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    assert floors, "no floors yet: run pytest tests/test_gold.py --bless"
    fallen = {name: (reached.get(name), floor) for name, floor in floors.items() if reached.get(name, 0.0) < floor}
    assert not fallen, "reached, floor; a change that lowers a figure is not done"
