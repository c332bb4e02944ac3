"""A cluster of real processes, a scheduler and two workers on this machine, writes the bytes that one process writes."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import batch, sources

pytest.importorskip("distributed")
ROOT = Path(__file__).parent.parent
LINES = "{n}年政府工作报告\n一、2020年工作回顾\n新建道路{n}条。\n二、2021年工作安排\n改造管网{n}公里。\n"


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, all of them processes that listen on the loopback only."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    dask = [sys.executable, "-m", "dask"]
    common = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    with contextlib.ExitStack() as stack:

        def start(*arguments: str) -> None:
            process = subprocess.Popen([*dask, *arguments], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        start("scheduler", *common, "--port", "0")
        for _ in range(300):
            if file.exists():
                break
            time.sleep(0.1)
        for _ in range(2):
            start("worker", *common, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        yield json.loads(file.read_text("utf-8"))["address"]


def test_the_engine_does_not_change_a_byte(scheduler: str, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(20):
        (pages / f"{n:02}.txt").write_text(LINES.format(n=n + 2), "utf-8")
    (pages / "bad.txt").write_bytes(bytes(range(256)) * 40)
    made = {}
    for engine, address in (("one", None), ("cluster", scheduler)):
        out = tmp_path / engine
        records = [record for record, _ in batch.extract(sources.find((str(pages),), out), out, cluster=address)]
        assert sorted(record["status"] for record in records) == ["done"] * 20 + ["failed"]
        made[engine] = {path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*.json"))}
    assert made["one"] == made["cluster"]
    again = batch.extract(sources.find((str(pages),), tmp_path / "cluster"), tmp_path / "cluster", cluster=scheduler)
    assert not any(anew for _, anew in again)


def test_no_scheduler_is_wrong_usage(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("x", "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(page), "-o", str(tmp_path / "out")]
    run = subprocess.run(
        [*command, "--cluster", "tcp://127.0.0.1:1"], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    assert run.returncode == 2
    assert "no scheduler answers at tcp://127.0.0.1:1" in run.stderr and "Traceback" not in run.stderr
