"""Reports -> tasks for Label Studio with what we read as predictions; what people corrected there -> the gold format.

A region is a claim, a heading, an item or a term; its fields stand beside it as choices and texts of the same region id.
Metadata and livelihood tables travel in the task's data and come back as they went. Offsets are code points, as Label Studio
writes them for text of the basic multilingual plane; text with other characters counts there in UTF-16 units, so offsets are
turned on both ways.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.store import replace

Json = dict[str, Any]

CHOICES = {
    "status": ("actual", "planned", "reference"),
    "modifier": ("exact", "about", "over", "at_least", "nearly", "under", "at_most"),
    "measure": ("level", "change_rate", "change_amount", "ratio", "multiple", "rank"),
    "direction": ("up", "down"),
    "kind": ("achievement", "plan", "goal", "problem", "other"),
    "optional": ("true",),
}
"""Fields that have a choice of values."""

FIELDS = {
    "claim": ("value", "unit", "modifier", "indicator", "measure", "direction", "basis", "period", "status", "optional"),
    "heading": ("level", "marker", "title"),
    "task": ("marker", "title", "kind", "section"),
    "term": ("number", "term", "definition"),
}
"""The labels of regions, and the fields of each."""

LISTS = {"heading": "outline", "task": "tasks", "term": "glossary"}
"""Label -> its list in `structure.json`."""


class LabelsError(ValueError):
    """An export of Label Studio that can't be read; the message says why, in one sentence."""


def config() -> str:
    """The labelling interface that the tasks need, for the project's settings."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f'    <Label value="{label}"/>' for label in FIELDS]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    for name in dict.fromkeys(name for names in FIELDS.values() for name in names):
        if name in CHOICES:
            options = "".join(f'<Choice value="{value}"/>' for value in CHOICES[name])
            lines.append(f'  <Choices name="{name}" toName="text" perRegion="true" choice="single-radio">{options}</Choices>')
        else:
            lines.append(f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" maxSubmissions="1"/>')
    return "\n".join([*lines, "</View>"]) + "\n"


def task(name: str, report: Json) -> Json:
    """A task of Label Studio for one report (the JSON of its report.json, known as `name`)."""
    text: str = report["text"]
    units = _Units(text)
    titles = {heading["id"]: heading["title"] for heading in report["outline"]}
    result: list[Json] = []
    for label, record in _records(report, titles):
        region = f"{label}-{record['id']}"
        place = {"start": units.there(record["start"]), "end": units.there(record["end"])}
        common = {"id": region, "to_name": "text"}
        quoted = text[record["start"] : record["end"]]
        result.append(common | {"from_name": "label", "type": "labels", "value": place | {"text": quoted, "labels": [label]}})
        for field in FIELDS[label]:
            value = record.get(field)
            if value is None or value is False:
                continue
            words = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]
            kind, key = ("choices", "choices") if field in CHOICES else ("textarea", "text")
            result.append(common | {"from_name": field, "type": kind, "value": place | {key: words}})
    livelihood = [
        {
            "title": table["title"],
            "columns": [column["name"] for column in table["columns"]],
            "rows": [[cell["text"] for cell in row["cells"]] for row in table["rows"]],
        }
        for table in report["tables"]
        if table["kind"] == "livelihood"
    ]
    metadata = {key: value for key, value in report["metadata"].items() if key != "evidence"}
    data = {"text": text, "report": name, "metadata": metadata, "livelihood": livelihood}
    return {"data": data, "predictions": [{"model_version": f"zhengbao {__version__}", "result": result}]}


def _records(report: Json, titles: dict[str, str]) -> Iterator[tuple[str, Json]]:
    for heading in report["outline"]:
        yield "heading", heading
    for item in report["tasks"]:
        yield "task", item | {"section": titles.get(item["section"])}
    for term in report["glossary"]:
        yield "term", term
    for claim in report["claims"]:
        yield "claim", claim | {"indicator": claim["indicator"]["text"]}


def gold(labelled: Json) -> tuple[str, list[Json], Json, str]:
    """The name, claims, structure and text that a task of an export holds: of its last annotation, else of our prediction.

    Raises LabelsError.
    """
    try:
        data = labelled["data"]
        text: str = data["text"]
        made = [one for one in labelled.get("annotations") or [] if not one.get("was_cancelled")] or labelled["predictions"]
        regions = _regions(made[-1]["result"], _Units(text), text)
        claims = [_claim(region) for label, region in regions if label == "claim"]
        structure: Json = {"metadata": data.get("metadata") or {}}
        for label, key in LISTS.items():
            structure[key] = [{"start": r["start"], "end": r["end"], **_fields(label, r)} for found, r in regions if found == label]
        structure["livelihood"] = data.get("livelihood") or []
        return str(data.get("report") or labelled.get("id")), claims, structure, text
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise LabelsError(f"no task with our labels ({type(error).__name__}: {error})") from None


def write(folder: Path, claims: list[Json], structure: Json, text: str) -> None:
    """A folder of annotations, as `evaluate` reads it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / "text.txt", text.encode("utf-8", "surrogatepass"))
    replace(folder / "structure.json", (json.dumps(structure, ensure_ascii=False, indent=1) + "\n").encode())
    replace(folder / "claims.jsonl", "".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in claims).encode())


def _regions(result: list[Json], units: "_Units", text: str) -> list[tuple[str, Json]]:
    """Label and fields of every region, in reading order."""
    regions: dict[str, Json] = {}
    labels: dict[str, str] = {}
    for part in result:
        value = part["value"]
        region = regions.setdefault(part["id"], {})
        if part["type"] == "labels":
            labels[part["id"]] = value["labels"][0]
            region["start"], region["end"] = units.here(value["start"]), units.here(value["end"])
            region["surface"] = text[region["start"] : region["end"]]
        elif part["type"] == "choices":
            region[part["from_name"]] = value["choices"][0]
        else:
            words = value["text"]
            region[part["from_name"]] = words if isinstance(words, str) else words[-1]
    found = [(labels[name], region) for name, region in regions.items() if name in labels]
    return sorted(found, key=lambda pair: (pair[1]["start"], pair[1]["end"]))


def _claim(region: Json) -> Json:
    claim = {"start": region["start"], "end": region["end"], "surface": region["surface"]} | _fields("claim", region)
    value = claim["value"]
    claim["value"] = json.loads(value) if value and value.startswith("[") else value
    claim["optional"] = region.get("optional") == "true"
    return claim


def _fields(label: str, region: Json) -> Json:
    fields: Json = {name: region.get(name) for name in FIELDS[label]}
    for name in ("level", "number"):
        if fields.get(name) is not None:
            fields[name] = int(fields[name])
    return fields


class _Units:
    """Turns code points into the UTF-16 units that a browser counts in, and back."""

    def __init__(self, text: str) -> None:
        self.wide = [n for n, sign in enumerate(text) if ord(sign) > 0xFFFF]

    def there(self, offset: int) -> int:
        return offset + sum(at < offset for at in self.wide)

    def here(self, offset: int) -> int:
        for n, at in enumerate(self.wide):
            if at + n >= offset:
                return offset - n
        return offset - len(self.wide)
