"""docs/claims.md shows what comes out of twenty sentences; here it is held to what does come out."""

import re
from pathlib import Path

import pytest

from pipeline.contracts import Claim
from tests.test_claims import read

PAGE = Path(__file__).parent.parent / "docs" / "claims.md"
EXAMPLE = re.compile(r"^\*\*(?P<heading>.+)\*\*\n\n> (?P<sentence>.+)\n\n\|.*\n\|.*\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
EXAMPLES = [match.groupdict() for match in EXAMPLE.finditer(PAGE.read_text("utf-8"))]


def row(claim: Claim) -> str:
    """A claim as a line of the page."""
    interval = claim.interval
    meant = (
        ""
        if interval is None
        else f"{'[' if interval.low_closed else '('}{interval.low or ''}, {interval.high or ''}"
        + ("]" if interval.high_closed else ")")
    )
    value = ", ".join(claim.value) if isinstance(claim.value, tuple) else claim.value or ""
    change = " ".join(filter(None, (claim.measure, claim.direction, claim.basis)))
    status = " ".join(filter(None, (claim.status, claim.modality, "headline" if claim.headline else None)))
    cells = (claim.surface, value, claim.unit or "", claim.modifier, meant, claim.indicator.text, claim.indicator.concept or "")
    return f"| {' | '.join((*cells, change, claim.period or '', status))} |"


def test_the_page_has_twenty_sentences() -> None:
    assert len(EXAMPLES) == 20


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(n) for n in range(1, len(EXAMPLES) + 1)])
def test_a_sentence_of_the_page_says_what_the_page_shows(example: dict[str, str]) -> None:
    found = [row(claim) for claim in read("2021", example["heading"], example["sentence"]).claims.claims]
    assert found == example["rows"].splitlines()
