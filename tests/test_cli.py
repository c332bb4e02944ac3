"""The commands, as a person calls them: what they print, where, and the exit status that the contract promises."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.contracts import PRODUCTS
from pipeline.years.contracts import SCHEMAS

ROOT = Path(__file__).parent.parent
SEED = ROOT / "input" / "songbei-2021.txt"


def zhengbao(*arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )


def made(output: Path) -> list[str]:
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.json"))


def test_one_page_gives_one_file_for_each_product_all_valid(tmp_path: Path) -> None:
    run = zhengbao("extract", SEED, "-o", tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert made(tmp_path) == sorted(f"songbei-2021/{name}.json" for name in PRODUCTS)
    checked = zhengbao("validate", *(tmp_path / "songbei-2021").iterdir())
    assert (checked.returncode, checked.stdout) == (0, b"")


def test_standard_input_is_a_document_too(tmp_path: Path) -> None:
    assert zhengbao("extract", "-", "-o", tmp_path, stdin=SEED.read_bytes()).returncode == 0
    assert "stdin/report.json" in made(tmp_path)


def test_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    for out in ("a", "b"):
        zhengbao("extract", SEED, "-o", tmp_path / out)
    for name in PRODUCTS:
        first, second = (tmp_path / out / "songbei-2021" / f"{name}.json" for out in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()


def bad(kind: str, folder: Path) -> Path:
    """A file that can't be read as a report, of a kind."""
    path = folder / f"{kind}.txt"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "blank":
        path.write_bytes(b" \n\n\t")
    elif kind == "binary":
        path.write_bytes(bytes(range(256)) * 40)
    elif kind == "unreadable":
        path.symlink_to(path)
    return path


@pytest.mark.parametrize("kind", ["missing", "empty", "blank", "binary", "unreadable"])
def test_a_bad_file_is_one_sentence_and_the_others_are_done(kind: str, tmp_path: Path) -> None:
    path, out = bad(kind, tmp_path), tmp_path / "out"
    run = zhengbao("extract", path, SEED, "-o", out)
    assert run.returncode == 3
    about = [line for line in run.stderr.decode().splitlines() if f"{kind}.txt" in line]
    assert len(about) == 1 and "Traceback" not in run.stderr.decode()
    assert made(out) == sorted(f"songbei-2021/{name}.json" for name in PRODUCTS)
    records = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    assert {Path(r["source"]).name: r["status"] for r in records} == {path.name: "failed", SEED.name: "done"}


def test_wrong_usage_is_one_sentence_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "nothing").mkdir()
    for arguments in [
        ("extract", SEED, "-o", tmp_path / "file"),
        ("extract", SEED, "-o", tmp_path / "file" / "below"),
        ("extract", tmp_path / "nothing", "-o", tmp_path / "out"),
        ("validate", tmp_path / "missing.json"),
        ("validate", tmp_path),
        ("evaluate", tmp_path, tmp_path),
        ("schema", "nonsense"),
    ]:
        run = zhengbao(*arguments)
        assert run.returncode == 2, arguments
        assert len(run.stderr.decode().splitlines()) == 1, run.stderr.decode()
        assert run.stdout == b""


def test_validate_names_the_place_and_leaves_with_4(tmp_path: Path) -> None:
    zhengbao("extract", SEED, "-o", tmp_path)
    path = tmp_path / "songbei-2021" / "report.json"
    report = json.loads(path.read_text("utf-8"))
    report["verdict"] = "perhaps"
    path.write_text(json.dumps(report), "utf-8")
    run = zhengbao("validate", path)
    assert run.returncode == 4
    assert f"{path}: $.verdict: 'perhaps'" in run.stdout.decode()


def test_schema_prints_a_schema_by_either_name() -> None:
    assert json.loads(zhengbao("schema", "report").stdout)["title"] == "Report"
    assert zhengbao("schema", "claims").stdout == zhengbao("schema", "8_claims").stdout
    assert zhengbao("schema").stdout.decode().split() == sorted(SCHEMAS)


def test_help_does_not_load_the_pipeline() -> None:
    code = "import sys, pipeline.cli; print([m for m in ('pydantic', 'lxml', 'jsonschema', 'pipeline.run') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == "[]"
