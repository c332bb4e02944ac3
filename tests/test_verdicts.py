"""Met, missed or unclear: each line of the case file is a target, an outcome and what a careful reader says of them."""

from pathlib import Path

import pytest

from pipeline.years import verdicts
from tests.claims import claim

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "diff" / "verdicts.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("target", "outcome", "verdict"), CASES)
def test_verdict(target: str, outcome: str, verdict: str) -> None:
    said, why = verdicts.judge(claim(target), claim(f"{target.split()[0]} {outcome}"))
    assert said == verdict, why
    assert why and "\n" not in why
