"""A folder of documents: each one's fault its own, what is done is not done again, and nothing is ever half written."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, run, sources
from pipeline.batch import Cost
from pipeline.formats.reading import Limits

ROOT = Path(__file__).parent.parent
LINES = "{n}年政府工作报告\n一、2020年工作回顾\n新建道路{n}条。\n二、2021年工作安排\n改造管网{n}公里。\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    for n in range(12):
        path = folder / ("north" if n % 2 else "south") / f"{n:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LINES.format(n=n + 2), "utf-8")
    return folder


def extract(pages: Path, out: Path, jobs: int = 2, cost: Cost | None = None) -> list[tuple[dict[str, Any], bool]]:
    return list(batch.extract(sources.find((str(pages),), out), out, jobs, cost))


def written(out: Path) -> dict[str, bytes]:
    """Everything written but the manifest, whose seconds differ."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*.json"))}


def test_the_relative_path_is_kept_and_the_bytes_do_not_depend_on_the_processes(pages: Path, tmp_path: Path) -> None:
    extract(pages, tmp_path / "one", jobs=1)
    extract(pages, tmp_path / "three", jobs=3)
    assert written(tmp_path / "one") == written(tmp_path / "three")
    assert "north/01/report.json" in written(tmp_path / "one")


def test_a_second_run_reads_only_what_is_new_or_changed(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert sum(anew for _, anew in extract(pages, out)) == 12
    assert sum(anew for _, anew in extract(pages, out)) == 0
    (pages / "north" / "01.txt").write_text(LINES.format(n=99), "utf-8")
    (pages / "new.txt").write_text(LINES.format(n=100), "utf-8")
    (out / "south" / "00" / "report.json").unlink()
    assert sorted(Path(r["source"]).name for r, anew in extract(pages, out) if anew) == ["00.txt", "01.txt", "new.txt"]


def test_other_limits_mean_another_reading(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(pages, out)
    records = extract(pages, out, cost=Cost(limits=Limits(text=20)))
    assert {record["error"]["code"] for record, anew in records if anew} == {"too-long"} and len(records) == 12
    assert sum(anew for _, anew in extract(pages, out, cost=Cost(limits=Limits(text=20)))) == 0
    assert all(anew and record["status"] == "done" for record, anew in extract(pages, out))


def test_other_rules_mean_another_reading(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract(pages, tmp_path / "out")
    monkeypatch.setattr(batch, "rules", lambda limits: "another version")
    assert all(anew for _, anew in extract(pages, tmp_path / "out"))


def misbehave(name: str, how: Callable[[], object]) -> Callable[[bytes, str, Limits], run.Result]:
    real = run.process

    def process(data: bytes, given: str, limits: Limits) -> run.Result:
        if given == name:
            how()
        return real(data, given, limits)

    return process


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("timeout", lambda: time.sleep(60)),
        ("memory", lambda: bytearray(1_500_000_000)),
        ("crashed", lambda: os.kill(os.getpid(), signal.SIGKILL)),
        ("internal", lambda: 1 // 0),
        ("too-deep", lambda: (f := lambda g: g(g))(f)),
    ],
)
def test_a_document_that_misbehaves_takes_none_with_it(
    code: str, how: Callable[[], object], pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "process", misbehave("03.txt", how))
    records = {Path(r["source"]).name: r for r, _ in extract(pages, tmp_path / "out", 2, Cost(seconds=2, memory=1_200_000_000))}
    assert records["03.txt"]["error"]["code"] == code
    assert len(records) == 12 and [r["status"] for r in records.values()].count("done") == 11
    assert "north/03/report.json" not in written(tmp_path / "out")


def test_two_sources_with_one_stem_are_told_apart_the_same_way_on_every_run(tmp_path: Path) -> None:
    for path in ("a/x.txt", "a/x.html", "b/x.txt", "b/y.txt"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    names = ("a/x.txt", "a/x.html", "b/x.txt", "b/y.txt")
    folders = [s.folder for s in sources.find(tuple(str(tmp_path / n) for n in names), tmp_path / "out")]
    assert folders[1] == "x.html" and folders[3] == "y"
    assert len(set(folders)) == 4 and all(folder.startswith("x.txt-") for folder in (folders[0], folders[2]))
    again = sources.find(tuple(str(tmp_path / n) for n in reversed(names)), tmp_path / "out")
    assert [s.folder for s in again] == folders[::-1]


@pytest.mark.parametrize("name", ["..", "a\nb.txt", "manifest.jsonl.txt", "长" * 80 + ".txt", "a:b?.txt", "…txt"])
def test_a_name_never_leads_out_of_the_folder_or_onto_a_file_of_ours(name: str) -> None:
    from pipeline.store import safe

    folder = safe(Path(name).stem)
    assert folder not in ("", ".", "..", "manifest.jsonl") and "/" not in folder and "\n" not in folder
    assert len(folder.encode()) <= 200


def test_an_own_output_folder_is_no_input(pages: Path) -> None:
    extract(pages, pages / "out")
    assert len(sources.find((str(pages),), pages / "out")) == 12


def command(pages: Path, out: Path) -> subprocess.Popen[bytes]:
    """The command as a user starts it."""
    given = [sys.executable, "-m", "pipeline.cli", "extract", str(pages), "-o", str(out), "--jobs", "2"]
    return subprocess.Popen(given, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)


def test_a_run_killed_at_any_moment_is_finished_by_the_next(pages: Path, tmp_path: Path) -> None:
    """Ten moments, drawn anew each time, of the time that an undisturbed run takes."""
    began = time.perf_counter()
    assert command(pages, tmp_path / "calm").wait() == 0
    whole = time.perf_counter() - began
    for n in range(10):
        out, after = tmp_path / f"killed-{n}", random.uniform(0, whole)
        started = command(pages, out)
        time.sleep(after)
        started.kill()
        started.wait()
        for path in out.rglob("*.json"):
            json.loads(path.read_text("utf-8"))
        extract(pages, out)
        assert written(out) == written(tmp_path / "calm"), f"killed after {after:.3f} of {whole:.3f} seconds"
        assert len(batch.manifest(out)) == 12


def test_workers_go_with_a_parent_that_is_killed_and_leave_the_folder_free(pages: Path, tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from pipeline import batch, run, sources\n"
        "run.process = lambda *given: time.sleep(600)\n"
        "found, out = sources.find((sys.argv[1],), Path(sys.argv[2])), Path(sys.argv[2])\n"
        "list(batch.extract(found, out, 3))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(pages), str(tmp_path / "out")], cwd=ROOT)
    listing = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    wait_until(lambda: len(listing.read_text().split()) == 3)
    workers = listing.read_text().split()
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert len(extract(pages, tmp_path / "out")) == 12


def wait_until(done: Callable[[], bool]) -> None:
    """Waits for something that happens within seconds; fails where it does not."""
    for _ in range(200):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("waited ten seconds for nothing")


def test_two_runs_into_one_folder_wait_for_each_other(pages: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(pages), "-o", str(tmp_path / "out")]
    both = [subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    extract(pages, tmp_path / "calm")
    assert written(tmp_path / "out") == written(tmp_path / "calm")
    assert len((tmp_path / "out" / batch.MANIFEST).read_text().splitlines()) == 12
