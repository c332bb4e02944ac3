"""What texts that are built to cost do cost, through the command as a user gives it: seconds and megabytes of each.

    python -m benchmarks.hostile [--only NAME-PART]

The texts are those of tests/cases/hostile.tsv, each twice: at ten megabytes, and at the most that the limits let through.
Printed: the worst of each, and every one that took more than ten seconds or 500 MB, or left with another status than 0 or 3.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pipeline import s1_page
from pipeline.errors import DocumentError
from tests.test_linear import CASES, made

TEN_MEGABYTES = 10_000_000
SECONDS, MEGABYTES = 10, 500


class Cost(NamedTuple):
    """One run of the command on one text."""

    name: str
    megabytes_given: float
    status: int
    seconds: float
    megabytes: float


def passes(data: bytes) -> bool:
    """Whether the limits of the reader let a text through."""
    try:
        s1_page.read(data, "a.txt")
    except DocumentError:
        return False
    return True


def longest(name: str) -> bytes:
    """The longest text of a kind that the limits let through, to one part in fifty."""
    low, high = 1_000, TEN_MEGABYTES
    while high - low > low // 50:
        middle = (low + high) // 2
        low, high = (middle, high) if passes(made(name, middle)) else (low, middle)
    return made(name, low)


def run(name: str, data: bytes) -> Cost:
    """`zhengbao extract` on one file, in a new folder; memory is that of the largest of its processes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.txt"
        source.write_bytes(data)
        began = time.perf_counter()
        command = [sys.executable, "-m", "pipeline.cli", "extract", str(source), "-o", str(Path(folder) / "out"), "--jobs", "1"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    return Cost(name, len(data) / 1e6, os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1000)


def show(title: str, costs: list[Cost]) -> None:
    slowest, largest = max(costs, key=lambda one: one.seconds), max(costs, key=lambda one: one.megabytes)
    print(f"{title}: {len(costs)} texts, {sum(one.status == 0 for one in costs)} read, the others refused")
    print(f"  slowest {slowest.seconds:6.1f} s   {slowest.name} ({slowest.megabytes_given:.2f} MB)")
    print(f"  largest {largest.megabytes:6.0f} MB  {largest.name} ({largest.megabytes_given:.2f} MB)")
    for one in costs:
        if one.seconds > SECONDS or one.megabytes > MEGABYTES or one.status not in (0, 3):
            print(f"  PAST IT: {one}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    names = [name for name in CASES if parser.parse_args().only in name]
    show("ten megabytes", [run(name, made(name, TEN_MEGABYTES)) for name in names])
    show("at the limits", [run(name, longest(name)) for name in names])


if __name__ == "__main__":
    main()
