"""Whether a document is a government work report, whole or in part, or another document that looks like one."""

import re
from functools import cache
from typing import Literal, NamedTuple

from pipeline import lexicon
from pipeline.contracts import Blocks, Claims, Metadata, Outline, Verdict
from pipeline.text import squeeze

_HEAD = 400
"""Characters of the head, where a document says what it is."""

_SHORT = 3000
"""Characters below which no report is whole: the shortest whole one that was measured has 7,500."""

_FEW = 3
"""Results, or promises, that a half of a report has at least."""

_MANY = 10
"""Results and promises that make a report of a document that neither names itself nor speaks to anybody."""


class Sign(lexicon.Row):
    """Words that tell a report, or what is none."""

    tells: Literal["name", "address", "account", "kind"]
    pattern: str


class Judged(NamedTuple):
    """The verdict, and in one sentence why it is not `report`."""

    verdict: Verdict
    code: str | None = None
    why: str | None = None


def judge(blocks: Blocks, metadata: Metadata, outline: Outline, claims: Claims) -> Judged:
    """What a report has: its name or an address to deputies, and both a review and a plan with figures in them."""
    body = squeeze("\n".join(blocks.text[block.start : block.end] for block in blocks.blocks if block.kind != "chrome"))
    head = squeeze(metadata.title or "") or body[:_HEAD]
    done = sum(claim.status == "actual" for claim in claims.claims)
    promised = sum(claim.status == "planned" for claim in claims.claims)
    if (kind := _search("kind", head)) and not _search("address", body):
        return Judged("not_a_report", "other-report", f"another kind of report: {kind}")
    addressed = bool(_search("address", body))
    if not addressed and _search("account", body):
        if done + promised < 2 * _MANY:
            return Judged("not_a_report", "news", "tells of a report or a meeting, and is none")
        return Judged("partial", "abridged", "a newspaper's account of a report, not its words")
    if not addressed and not (min(done, promised) >= _MANY and outline.outline):
        return Judged("not_a_report", "no-report", "speaks to nobody, and has no chapters with results and promises")
    if not addressed and not _search("name", head + body[:_HEAD]) and len(body) < _SHORT:
        return Judged("not_a_report", "no-report", "has neither a report's name nor its size")
    if len(body) < _SHORT:
        return Judged("partial", "abridged", f"only {len(body):,} characters of text: cut off or abridged")
    if min(done, promised) < _FEW and done + promised >= _FEW:
        missing = "plan" if promised < done else "review"
        return Judged("partial", "half", f"has hardly a figure of a {missing}: a part of a report")
    return Judged("report")


@cache
def _pattern(tells: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{sign.pattern})" for sign in lexicon.load("wholeness", "sign", Sign) if sign.tells == tells))


def _search(tells: str, text: str) -> str | None:
    """The first words of `text` that tell it."""
    match = _pattern(tells).search(text)
    return match[0] if match else None
