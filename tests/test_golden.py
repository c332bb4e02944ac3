"""Whole pages and what comes out of them, a record a line, so that a change shows what it changes.

`tests/golden/<page>.txt` is a page, `<page>.records` what is read in it. `--bless` writes the records anew: read the difference.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.contracts import Report
from pipeline.run import process

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "input" / "songbei-2021.txt", *sorted((ROOT / "tests" / "golden").glob("*.txt"))]
KINDS = ("metadata", "outline", "tasks", "tables", "glossary", "claims", "ledger", "findings")


def lines(report: Report) -> Iterator[str]:
    """The report's records, each on a line behind its kind."""
    whole = report.model_dump(mode="json", by_alias=True)
    yield f"verdict {whole['verdict']}"
    for kind in KINDS:
        records = whole[kind] if isinstance(whole[kind], list) else [whole[kind]]
        for record in records:
            yield f"{kind} {json.dumps(record, ensure_ascii=False)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_gives_the_records_that_it_gave(page: Path, bless: bool) -> None:
    found = list(lines(process(page.read_bytes(), page.name).report))
    golden = ROOT / "tests" / "golden" / f"{page.stem}.records"
    if bless:
        golden.write_text("\n".join(found) + "\n", "utf-8")
    assert golden.read_text("utf-8").splitlines() == found


def test_nothing_is_blessed_unless_asked(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("bless", default=False) is False or "--bless" in pytestconfig.invocation_params.args
