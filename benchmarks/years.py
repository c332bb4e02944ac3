"""How fast two reports are held against each other, and how fast many become a panel.

    python -m benchmarks.years OLD NEW [--runs N]        a diff of two reports, in one warm process
    python -m benchmarks.years FOLDER                    the panel of all report.json below a folder

Printed: milliseconds of a diff (median of the runs) and of its parts; seconds of a panel, reports a second, peak memory.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.speed import timed
from pipeline import reading
from pipeline.years import changes, echoes, outcomes, panel
from pipeline.years.diff import compare, indicators


def pair(old_path: Path, new_path: Path, runs: int) -> None:
    """The time of a diff and of its parts."""
    old, new = reading.report(old_path), reading.report(new_path)
    parts = {
        "targets": lambda: outcomes.answers(old, new),
        "indicators": lambda: indicators(old, new),
        "sections": lambda: changes.sections(old, new),
        "tasks": lambda: changes.tasks(old, new),
        "livelihood": lambda: changes.livelihood(old, new),
        "glossary": lambda: changes.glossary(old, new),
        "echoes": lambda: echoes.echoes(old, new),
        "the whole diff": lambda: compare(old, new),
    }
    print(f"{len(old.text):,} and {len(new.text):,} characters, median of {runs} runs")
    for name, work in parts.items():
        print(f"{name:16} {timed(work, runs):8.1f} ms")


def many(folder: Path) -> None:
    """The time of a panel of all reports below a folder."""
    with tempfile.TemporaryDirectory() as output:
        found = panel.find((folder,), Path(output))
        began = time.perf_counter()
        left_out = panel.build(found, "csv", Path(output))
        seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{len(found)} reports, {len(left_out)} left out: {seconds:.1f} s, {len(found) / seconds:.0f} a second, peak {peak:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--runs", type=int, default=20)
    options = parser.parse_args()
    if len(options.paths) == 2:
        pair(options.paths[0], options.paths[1], options.runs)
    else:
        many(options.paths[0])


if __name__ == "__main__":
    main()
