"""How fast one document goes the whole way, stage by stage, in one warm process.

    python -m benchmarks.speed [FILE] [--runs N]

Printed: milliseconds of each stage (median of the runs), of validating and writing all files, the whole in characters a
second, and the floor: reading the file and one pass of one pattern over its text.
"""

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import batch, report, run, store
from pipeline import s1_page as page
from pipeline import s2_blocks as blocks
from pipeline import s3_metadata as metadata
from pipeline import s4_tables as tables
from pipeline import s5_glossary as glossary
from pipeline import s6_outline as outline
from pipeline import s7_tasks as tasks
from pipeline import s8_claims as claims
from pipeline import s9_review as review

SEED = Path(__file__).parent.parent / "input" / "songbei-2021.txt"
NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十百千万亿]+")


def timed(work: Callable[[], object], runs: int) -> float:
    """The median milliseconds of a call, after one that warms it up."""
    work()
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def stages(data: bytes, name: str) -> dict[str, Callable[[], object]]:
    """Each stage as a call on what the stages before it made."""
    r = run.process(data, name)
    front = r.front.metadata
    return {
        "1 page": lambda: page.read(data, name),
        "2 blocks": lambda: blocks.lay_out(r.page),
        "3 metadata": lambda: metadata.read(r.page, r.blocks),
        "4 tables": lambda: tables.find(r.blocks, front),
        "5 glossary": lambda: glossary.find(r.blocks, r.tables),
        "6 outline": lambda: outline.find(r.blocks, r.tables, r.glossary),
        "7 tasks": lambda: tasks.find(r.blocks, front, r.tables, r.glossary, r.outline),
        "8 claims": lambda: claims.find(r.blocks, front, r.tables, r.glossary, r.outline, r.tasks),
        "9 review": lambda: review.review(r.page, r.blocks, r.front, r.tables, r.glossary, r.outline, r.tasks, r.claims),
        "report": lambda: report.assemble(*r[:-1]),
        "validate": lambda: store.dump(r),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=SEED)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    data, name = options.file.read_bytes(), options.file.name
    text = run.process(data, name).report.text
    batch.settle()
    with tempfile.TemporaryDirectory() as folder:

        def whole() -> None:
            store.write(Path(folder), "page", store.dump(run.process(options.file.read_bytes(), name)))

        rows = {stage: timed(work, options.runs) for stage, work in stages(data, name).items()}
        rows["text to files on disk, all validated"] = total = timed(whole, options.runs)
        rows["floor: read and one pattern"] = timed(
            lambda: NUMERAL.findall(options.file.read_bytes().decode(errors="ignore")), options.runs
        )
    print(f"{name}: {len(text):,} characters, median of {options.runs} runs")
    for stage, milliseconds in rows.items():
        print(f"{stage:40}{milliseconds:9.2f} ms")
    print(f"{'whole':40}{len(text) / total * 1000:9,.0f} characters a second")


if __name__ == "__main__":
    main()
