"""What holds of every document that is read, however strange: the promises that the fuzzers and properties try to break."""

import json
import re

from pipeline import check, store
from pipeline.contracts import Report
from pipeline.errors import DocumentError
from pipeline.run import Result, process
from pipeline.text import squeeze

_DIGITS = re.compile(r"[0-9０-９]+")


def read(data: bytes, name: str = "page.txt") -> Result | None:
    """The document's values, all promises held against them; None where it is refused in one sentence."""
    try:
        result = process(data, name)
    except DocumentError as error:
        one_sentence(error.message)
        assert re.fullmatch(r"[a-z][a-z-]+", error.code)
        return None
    keeps(result)
    return result


def keeps(result: Result) -> None:
    """Slices, parents, ids and accounts hold; nothing is lost; every numeral is accounted for once; the schemas hold."""
    report = result.report
    assert check.report(report) == []
    for finding in report.findings:
        one_sentence(finding.message)
    held = sum(len(squeeze(report.text[block.start : block.end])) for block in report.blocks)
    assert held == result.page.characters, "kept + chrome = all"
    every_digit_once(report)
    store.dump(result)


def one_sentence(message: str) -> None:
    """What is said of a document is one line that a person can read."""
    assert message and len(message.splitlines()) == 1 and len(message) < 600


def is_power(text: str, at: int) -> bool:
    """Whether a digit is that of m2, which belongs to a unit and is no numeral; a wrapped text may have it on the next line."""
    behind = text[max(0, at - 9) : at].rstrip()[-1:]
    return text[at] in "23２３" and behind in ("m", "ｍ") and not _DIGITS.match(text, at + 1)


def every_digit_once(report: Report) -> None:
    """Each Arabic digit stands in one entry of the ledger."""
    entries = [(entry.start, entry.end) for entry in report.ledger]
    for match in _DIGITS.finditer(report.text):
        over = [(start, end) for start, end in entries if start < match.end() and end > match.start()]
        covered = sum(min(end, match.end()) - max(start, match.start()) for start, end in over)
        assert covered == len(match[0]) or is_power(report.text, match.start()), (
            f"{match[0]} at {match.start()} stands {covered / len(match[0]):g} times in the ledger"
        )


def written(result: Result) -> str:
    """Everything that is written of a document, but for its own bytes and name."""
    return json.dumps([json.loads(data) for data in store.dump(result).values()], ensure_ascii=False)


def records(report: Report) -> list[tuple[object, ...]]:
    """What was read, without the places where it stands: what a change of dress must not change."""
    found: list[tuple[object, ...]] = [
        ("heading", heading.level, squeeze(heading.marker), squeeze(heading.title)) for heading in report.outline
    ]
    found += [("task", squeeze(task.marker), squeeze(task.title), task.kind) for task in report.tasks]
    found += [("term", term.number, squeeze(term.term), squeeze(term.definition)) for term in report.glossary]
    found += [("row", *(squeeze(cell.text) for cell in row.cells)) for table in report.tables for row in table.rows]
    found += [
        (
            "claim",
            squeeze(c.surface),
            c.value,
            c.unit,
            c.modifier,
            squeeze(c.indicator.text),
            c.indicator.concept,
            c.measure,
            c.direction,
            c.basis and squeeze(c.basis),
            c.period,
            c.status,
            c.headline,
        )
        for c in report.claims
    ]
    return found
