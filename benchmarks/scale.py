"""Many documents: time with one process and with two, memory of parent and workers, and a second run over the same folder.

    python -m benchmarks.scale DIR [--documents N] [--work FOLDER]

The documents are made from the reports below DIR, each with a line of its own, so that no two have the same bytes. FOLDER takes
sources and output (about a megabyte a document); it is emptied at the end.
"""

import argparse
import itertools
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One run of `extract`: seconds, and resident megabytes of the parent and of each worker, sampled twice a second."""

    seconds: float
    parent: list[float]
    workers: dict[int, list[float]]


def documents(folder: Path, number: int, target: Path) -> None:
    """Writes `number` sources below `target`, in folders of a thousand."""
    originals = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    for n, data in zip(range(number), itertools.cycle(originals)):
        path = target / f"{n // 1000:03}" / f"{n:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data + f"\n（第{n}份）\n".encode("gb18030" if b"\xb5\xc4" in data[:2000] else "utf-8"))


def extract(sources: Path, output: Path, jobs: int) -> Run:
    """Runs the command and watches its memory."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(sources), "-o", str(output), "--jobs", str(jobs)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    parent: list[float] = []
    workers: dict[int, list[float]] = defaultdict(list)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            parent.append(resident(process.pid))
            for child in children(process.pid):
                workers[child].append(resident(child))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    if status not in (0, 3):
        sys.exit(f"extract left with status {status}")
    return Run(seconds, parent, dict(workers))


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds; 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * 4096 / 1e6


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def show(name: str, run: Run, number: int) -> None:
    print(f"{name:12}{run.seconds:9.1f} s {number / run.seconds:9.1f} documents a second; parent at most {max(run.parent):.0f} MB")
    for samples in run.workers.values():
        early = samples[: max(1, len(samples) // 20)]
        print(
            f"{'':12}a worker: {max(early):.0f} MB in the first twentieth, {max(samples):.0f} MB at most, {samples[-1]:.0f} MB last"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.work) as name:
        work = Path(name)
        documents(options.folder, options.documents, work / "sources")
        one = extract(work / "sources", work / "out", 1)
        show("one process", one, options.documents)
        again = extract(work / "sources", work / "out", 2)
        shutil.rmtree(work / "out")
        two = extract(work / "sources", work / "out", 2)
        show("two", two, options.documents)
        show("a second run", again, options.documents)
        print(f"two processes against one: {one.seconds / two.seconds:.2f} times")
        print(f"a second run against the first: {two.seconds / again.seconds:.0f} times")


if __name__ == "__main__":
    main()
