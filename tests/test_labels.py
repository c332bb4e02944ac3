"""What people correct in Label Studio comes back as annotations; what they leave comes back as it went."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pipeline import evaluate, labels, store
from pipeline.run import Result, process
from tests.test_export import report as by_hand

ROOT = Path(__file__).parent.parent


def written(folder: Path, task: dict[str, Any]) -> Path:
    name, claims, structure, text = labels.gold(task)
    target = folder / name
    labels.write(target, claims, structure, text)
    return target


def test_an_unchanged_export_scores_one_on_everything(seed: Result, tmp_path: Path) -> None:
    report = seed.report.model_dump(mode="json", by_alias=True)
    task = json.loads(json.dumps(labels.task("songbei-2021", report)))
    scores = evaluate.evaluate(report, written(tmp_path, task))
    assert {name: (score.f1, score.extra, score.missed) for name, score in scores.records.items()} == dict.fromkeys(
        scores.records, (1.0, 0, 0)
    )
    assert set(scores.shares.values()) <= {1.0}


def test_a_correction_is_what_comes_back(tmp_path: Path) -> None:
    task = labels.task("甲", by_hand().model_dump(mode="json", by_alias=True))
    result = task["predictions"][0]["result"]
    for part in result:
        if part["from_name"] == "status":
            part["value"]["choices"] = ["actual"]
    task["annotations"] = [{"was_cancelled": True, "result": []}, {"result": result}]
    (claim,) = labels.gold(task)[1]
    assert (claim["surface"], claim["value"], claim["status"], claim["optional"]) == ("6%", "6", "actual", False)


def test_offsets_hold_behind_characters_that_a_browser_counts_twice() -> None:
    text = "𠮷𠮷区政府工作报告\n一、2020年工作回顾\n新建道路57条。\n"
    report = process(text.encode(), "x.txt").report.model_dump(mode="json", by_alias=True)
    task = labels.task("x", report)
    first = next(part for part in task["predictions"][0]["result"] if part["from_name"] == "label")
    utf16 = text.encode("utf-16-le")
    assert utf16[2 * first["value"]["start"] : 2 * first["value"]["end"]].decode("utf-16-le") == first["value"]["text"]
    heading = labels.gold(task)[2]["outline"][0]
    assert text[heading["start"] : heading["end"]] == "一、2020年工作回顾"


def test_the_interface_offers_every_field() -> None:
    names = {element.get("name") for element in ElementTree.fromstring(labels.config()).iter() if element.get("name")}
    assert names == {"label", "text"} | {field for fields in labels.FIELDS.values() for field in fields}


@pytest.mark.parametrize("broken", [{}, {"data": {"text": "x"}}, {"data": {"text": "x"}, "predictions": [{"result": [{}]}]}])
def test_another_file_is_said_to_be_one(broken: dict[str, Any]) -> None:
    with pytest.raises(labels.LabelsError, match="no task with our labels"):
        labels.gold(broken)


def test_the_commands_go_the_whole_way(tmp_path: Path) -> None:
    out, command = tmp_path / "out" / "district" / "a", [sys.executable, "-m", "pipeline.cli"]
    out.mkdir(parents=True)
    store.replace(out / "report.json", by_hand().model_dump_json(by_alias=True).encode())
    for arguments in (
        ["export", str(tmp_path / "out"), "--to", "label-studio", "-o", str(tmp_path / "labels")],
        ["import-labels", str(tmp_path / "labels" / "label-studio.json"), "-o", str(tmp_path / "gold")],
        ["evaluate", str(out / "report.json"), str(tmp_path / "gold" / "district" / "a"), "--json"],
    ):
        run = subprocess.run(command + arguments, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
        assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout)["records"]["whole claims"]["f1"] == 1.0
