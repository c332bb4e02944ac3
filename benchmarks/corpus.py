"""What the program finds in a folder of reports, per source, and the documents worth reading.

    python -m benchmarks.corpus DIR [--jobs N] [--outliers N]

A source is a folder directly below DIR. Printed per source: documents, failures, verdicts, what was found, numerals by role,
the share that is unexplained, findings by code; then the documents that differ most from their fellows. Nothing is written.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import check
from pipeline.errors import DocumentError
from pipeline.run import process
from pipeline.text import squeeze

FOUND = ("headings", "tasks", "tables", "terms", "claims")


@dataclass
class Seen:
    """What was seen of one document, or of many: counts add up."""

    documents: int = 0
    failures: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def unexplained(self) -> float:
        """The share of numerals that no rule explains."""
        return self.roles["unexplained"] / max(1, self.roles.total())

    def add(self, other: "Seen") -> None:
        self.documents += other.documents
        self.failures += other.failures
        for mine, theirs in (
            (self.found, other.found),
            (self.verdicts, other.verdicts),
            (self.roles, other.roles),
            (self.findings, other.findings),
        ):
            mine.update(theirs)


def look(path: str) -> Seen:
    """One document, read through the whole way; what its report promises is held against it."""
    seen = Seen(documents=1)
    try:
        result = process(Path(path).read_bytes(), Path(path).name)
    except DocumentError as error:
        seen.failures.append(error.message)
        return seen
    except Exception as error:
        seen.failures.append(f"{path}: {type(error).__name__}: {error}")
        return seen
    report = result.report
    seen.failures += [f"{path}: {problem.line(report.text)}" for problem in check.report(report)[:3]]
    held = sum(len(squeeze(report.text[block.start : block.end])) for block in report.blocks)
    if held != result.page.characters:
        seen.failures.append(f"{path}: {result.page.characters} characters in, {held} held")
    counts = (report.outline, report.tasks, report.tables, report.glossary, report.claims)
    seen.found.update({name: len(records) for name, records in zip(FOUND, counts, strict=True)})
    seen.verdicts[report.verdict] += 1
    seen.roles.update(entry.role for entry in report.ledger)
    seen.findings.update(finding.code for finding in report.findings)
    return seen


def line(name: str, seen: Seen) -> str:
    found = " ".join(f"{seen.found[key]:7}" for key in FOUND)
    return f"{name:24}{seen.documents:5}{len(seen.failures):5}  {found}  {seen.roles.total():8} {seen.unexplained:7.2%}"


def outliers(seen: dict[str, Seen], most: int) -> Iterable[str]:
    """The documents to read first: no headings, no claims, much unexplained, not taken for a report."""
    for path, one in sorted(seen.items(), key=lambda item: (-item[1].unexplained, item[0]))[:most]:
        yield f"  {one.unexplained:6.2%} unexplained  {path}"
    for path, one in sorted(seen.items()):
        missing = [key for key in ("headings", "claims") if one.verdicts["report"] and not one.found[key]]
        if missing:
            yield f"  no {', no '.join(missing)}  {path}"
        if one.verdicts and not one.verdicts["report"]:
            yield f"  {next(iter(one.verdicts))}  {path}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--outliers", type=int, default=10)
    options = parser.parse_args()
    paths = [str(path) for path in sorted(options.folder.rglob("*")) if path.is_file() and path.suffix not in (".tsv", ".json")]
    with ProcessPoolExecutor(options.jobs) as pool:
        seen = dict(zip(paths, pool.map(look, paths, chunksize=4), strict=True))
    sources: dict[str, Seen] = defaultdict(Seen)
    for path, one in seen.items():
        sources[Path(path).relative_to(options.folder).parts[0]].add(one)
        sources["all"].add(one)
    print(f"{'':24}docs fail  {' '.join(f'{key:>7}' for key in FOUND)}  numerals unexpl.")
    for name in [*sorted(sources.keys() - {"all"}), "all"]:
        print(line(name, sources[name]))
    for what in ("verdicts", "roles", "findings"):
        print(f"{what}: {json.dumps(dict(getattr(sources['all'], what).most_common()), ensure_ascii=False)}")
    print(f"worst document: {max((one.unexplained for one in seen.values()), default=0):.2%} unexplained; to read first:")
    print(*outliers(seen, options.outliers), sep="\n")
    print(*sources["all"].failures, sep="\n", file=sys.stderr)
    sys.exit(1 if sources["all"].failures else 0)


if __name__ == "__main__":
    main()
