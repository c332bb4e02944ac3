"""Faults done for real: what a machine, a disk or a user does to a run that nobody watches. Nothing lost, nothing half written."""

import contextlib
import json
import mmap
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, run, sources
from pipeline.batch import Cost
from pipeline.contracts import PRODUCTS
from pipeline.errors import DocumentError

ROOT = Path(__file__).parent.parent
PAGE = "{n}年政府工作报告\n各位代表：\n一、2020年工作回顾\n新建道路{n}条。\n二、2021年工作安排\n改造管网{n}公里。\n"


def write(folder: Path, names: list[str]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for n, path in enumerate(paths):
        path.write_text(PAGE.format(n=2000 + n), "utf-8")
    return paths


def extract(folder: Path, out: Path, **more: Any) -> list[dict[str, Any]]:
    found = sources.find((str(folder),), out)
    return [record for record, _ in batch.extract(found, out, more.pop("jobs", 2), more.pop("cost", None))]


def started(folder: Path, out: Path, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(folder), "-o", str(out), *more]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)


def whole(out: Path) -> None:
    """Every file there is can be read to its end, no temporary one is left, and a folder with a report has all products."""
    for path in out.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in out.rglob("report.json"):
        assert {f"{name}.json" for name in PRODUCTS} <= {file.name for file in path.parent.iterdir()}


@contextlib.contextmanager
def mounted(path: Path, options: str) -> Iterator[Path]:
    """A file system of memory with these options; passed over where this process may not mount one."""
    path.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no right to mount a file system here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)


def test_a_full_disk_fails_documents_and_the_next_run_with_room_finishes_them(tmp_path: Path) -> None:
    write(tmp_path / "in", [f"{n}.txt" for n in range(12)])
    with mounted(tmp_path / "small", "size=200k") as small:
        process = started(tmp_path / "in", small / "out")
        _, said = process.communicate(timeout=60)
        assert process.returncode in (2, 3)
        assert b"Traceback" not in said and b"No space left on device" in said
        whole(small / "out")
        subprocess.run(["mount", "-o", "remount,size=100m", str(small)], check=True)
        assert {record["status"] for record in extract(tmp_path / "in", small / "out")} == {"done"}
        whole(small / "out")
        assert len(list((small / "out").rglob("report.json"))) == 12


def test_a_disk_full_from_the_start_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path / "in", ["a.txt"])
    with mounted(tmp_path / "small", "size=4k,nr_inodes=3") as small:
        (small / "filler").write_bytes(b"x" * 4096)
        process = started(tmp_path / "in", small / "out")
        _, said = process.communicate(timeout=60)
        assert process.returncode in (2, 3)
        assert b"Traceback" not in said and b"No space left" in said


def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path / "in", ["a.txt"])
    with mounted(tmp_path / "fixed", "ro") as fixed:
        process = started(tmp_path / "in", fixed / "out")
        _, said = process.communicate(timeout=60)
        assert process.returncode == 2
        assert len(said.splitlines()) == 1 and b"can't be written" in said


def test_a_file_that_vanishes_is_recorded_and_the_others_are_done(tmp_path: Path) -> None:
    paths = write(tmp_path / "in", [f"{n}.txt" for n in range(6)])
    found = sources.find((str(tmp_path / "in"),), tmp_path / "out")
    paths[3].unlink()
    records = [record for record, _ in batch.extract(found, tmp_path / "out", 2)]
    assert [record["error"]["code"] for record in records if record["error"]] == ["missing"]
    assert sum(record["status"] == "done" for record in records) == 5


def test_a_file_that_changes_is_read_as_it_was_at_one_moment(tmp_path: Path) -> None:
    """One of its versions, whole; or refused, where it was empty at that moment or written to while it was read."""
    (path,) = write(tmp_path / "in", ["a.txt"])
    process = started(tmp_path / "in", tmp_path / "out")
    for n in range(40):
        path.write_text(PAGE.format(n=3000 + n), "utf-8")
        time.sleep(0.02)
    status = process.wait(60)
    (record,) = batch.manifest(tmp_path / "out").values()
    if status == 0:
        text = json.loads((tmp_path / "out" / "a" / "report.json").read_text("utf-8"))["text"]
        assert text == PAGE.format(n=int(text[:4]))
    else:
        assert status == 3 and record["error"]["code"] in ("empty", "unreadable")
    extract(tmp_path / "in", tmp_path / "out")
    assert json.loads((tmp_path / "out" / "a" / "report.json").read_text("utf-8"))["text"] == path.read_text("utf-8")


def test_a_file_that_is_written_to_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write(tmp_path / "in", ["a.txt"])
    states = iter([(100, 1), (200, 2)])
    monkeypatch.setattr(sources, "stamp", lambda status: next(states))
    with pytest.raises(DocumentError, match="while it was read"):
        sources.read(str(path), 10_000)


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[], object]], None]:
    """Makes the reading of one document do something else."""
    real = run.process

    def set_up(name: str, how: Callable[[], object]) -> None:
        def process(data: bytes, given: str, *rest: Any) -> run.Result:
            if given == name:
                how()
            return real(data, given, *rest)

        monkeypatch.setattr(run, "process", process)

    return set_up


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_killed_worker_takes_its_document_only(number: int, tmp_path: Path, misbehaving: Any) -> None:
    write(tmp_path / "in", [f"{n}.txt" for n in range(8)])
    misbehaving("5.txt", lambda: os.kill(os.getpid(), number))
    records = extract(tmp_path / "in", tmp_path / "out")
    assert {r["source"].rpartition("/")[2]: r["error"]["code"] for r in records if r["error"]} == {"5.txt": "crashed"}
    assert sum(record["status"] == "done" for record in records) == 7
    whole(tmp_path / "out")


def test_a_document_that_eats_memory_is_stopped(tmp_path: Path, misbehaving: Any) -> None:
    write(tmp_path / "in", [f"{n}.txt" for n in range(4)])
    misbehaving("2.txt", lambda: [bytearray(10_000_000) for _ in range(10_000)])
    records = extract(tmp_path / "in", tmp_path / "out", cost=Cost(memory=900_000_000))
    assert [record["error"]["code"] for record in records if record["error"]] == ["memory"]
    assert sum(record["status"] == "done" for record in records) == 3


def test_what_a_program_holds_that_calls_us_is_taken_from_no_document(tmp_path: Path) -> None:
    """A notebook with a database open has gigabytes of address space, which its workers inherit."""
    write(tmp_path / "in", [f"{n}.txt" for n in range(4)])
    with mmap.mmap(-1, 1_000_000_000):
        records = extract(tmp_path / "in", tmp_path / "out", cost=Cost(memory=500_000_000))
    assert [record["status"] for record in records] == ["done"] * 4


def test_an_interrupted_run_leaves_whole_files_and_is_finished(tmp_path: Path) -> None:
    write(tmp_path / "in", [f"{n}.txt" for n in range(60)])
    process = started(tmp_path / "in", tmp_path / "out", "--jobs", "2")
    wait_for(lambda: any((tmp_path / "out").rglob("report.json")))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    whole(tmp_path / "out")
    extract(tmp_path / "in", tmp_path / "out")
    assert len(list((tmp_path / "out").rglob("report.json"))) == 60


def wait_for(done: Callable[[], bool]) -> None:
    for _ in range(400):
        if done():
            return
        time.sleep(0.02)
    raise AssertionError("waited eight seconds for nothing")


def test_a_clock_that_goes_back_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", ["a.txt", "b.txt"])
    extract(tmp_path / "in", tmp_path / "now")
    clock = iter(range(10**6, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(clock)))
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (1, 1))
    assert {record["status"] for record in extract(tmp_path / "in", tmp_path / "then")} == {"done"}
    for name in PRODUCTS:
        now, then = (tmp_path / when / "a" / f"{name}.json" for when in ("now", "then"))
        assert now.read_bytes() == then.read_bytes()
    assert extract(tmp_path / "in", tmp_path / "now")


NAMES = [
    "line\nbreak.txt",
    "报" * 83 + ".txt",
    "..txt",
    "a b  c.txt",
    "A.TXT",
    "a.txt",
    "…",
    "-o.txt",
    "manifest.jsonl",
    "con.txt",
    "$(x).txt",
]


def test_no_name_of_a_file_leads_out_of_the_folder_or_onto_another(tmp_path: Path) -> None:
    write(tmp_path / "in", NAMES)
    (tmp_path / "in" / b"\xb1\xa3\xb6\xa8.txt".decode(errors="surrogateescape")).write_text(PAGE.format(n=1), "utf-8")
    before = {path for path in tmp_path.rglob("*") if "out" not in path.parts}
    records = extract(tmp_path / "in", tmp_path / "out")
    assert {path for path in tmp_path.rglob("*") if "out" not in path.parts} == before
    visible = [path for path in (tmp_path / "in").iterdir() if not path.name.startswith(".")]
    assert len({str(record["folder"]).casefold() for record in records}) == len(visible)
    assert len(list((tmp_path / "out").rglob("report.json"))) == len(visible)
    assert sum(record["status"] == "done" for record in batch.manifest(tmp_path / "out").values()) == len(visible)


def test_links_are_read_and_never_written_through(tmp_path: Path) -> None:
    (outside,) = write(tmp_path / "elsewhere", ["outside.txt"])
    write(tmp_path / "in", ["a.txt"])
    (tmp_path / "in" / "absolute.txt").symlink_to(outside)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dangling.txt").symlink_to("/nowhere/at/all")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").symlink_to(tmp_path / "elsewhere")
    records = extract(tmp_path / "in", out)
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["outside.txt"]
    assert {Path(r["source"]).name: r["status"] for r in records}["absolute.txt"] == "done"


def test_one_bomb_one_hang_one_binary_among_a_hundred(tmp_path: Path, misbehaving: Any) -> None:
    write(tmp_path / "in", [f"{n:03}.txt" for n in range(98)])
    (tmp_path / "in" / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "in" / "bomb.html").write_text("<html>" + "<table><tr>" + "<td rowspan=65000 colspan=1000>x" * 3000, "utf-8")
    misbehaving("050.txt", lambda: time.sleep(60))
    records = extract(tmp_path / "in", tmp_path / "out", cost=Cost(seconds=3))
    assert sum(record["status"] == "done" for record in records) == 97
    failed = {Path(record["source"]).name: record["error"]["code"] for record in records if record["error"]}
    assert failed.keys() == {"050.txt", "binary.txt", "bomb.html"} and failed["050.txt"] == "timeout"
