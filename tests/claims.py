"""Claims for tests that need no text: only what the test is about, everything else as plain as it can be."""

from pipeline.contracts import Claim


def claim(words: str, **more: object) -> Claim:
    """A claim from `indicator measure direction modifier value unit`; `-` is nothing, `?` a number not said, `4.5..5` a range."""
    indicator, measure, direction, modifier, value, unit = words.split()
    numbers = value.replace("..", ":").split(":")
    record: dict[str, object] = {
        "id": "c1",
        "start": 0,
        "end": 1,
        "surface": f"{value}{unit.strip('-')}",
        "value": None if value == "?" else numbers[0] if len(numbers) == 1 else tuple(numbers),
        "unit": None if unit == "-" else unit,
        "code": None,
        "base": None,
        "interval": None,
        "modifier": modifier,
        "measure": measure,
        "direction": None if direction == "-" else direction,
        "basis": None,
        "period": "2020",
        "status": "actual",
        "modality": None,
        "indicator": {"text": indicator, "concept": None, "spans": ()},
        "headline": False,
        "section": None,
        "task": None,
        "table": None,
        "row": None,
        "sentence": (0, 1),
    }
    return Claim.model_validate(record | more)
