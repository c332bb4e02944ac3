"""Holds what we write against its schema file, and a report against what a schema can't say."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple, Protocol

import jsonschema_rs

from pipeline import schema
from pipeline.contracts import Report
from pipeline.text import excerpt, place, squeeze


class Problem(NamedTuple):
    """What is wrong and where: the JSON path, the sentence, and the span of the document's text where it has one."""

    path: str
    message: str
    start: int | None = None
    end: int | None = None

    def line(self, text: str = "") -> str:
        """The problem on one line, with line, column and excerpt of the document's text where it has a place there."""
        if self.start is None or self.end is None or not 0 <= self.start <= self.end <= len(text):
            return f"{self.path}: {self.message}"
        line, column = place(text, self.start)
        return f"{self.path}: {self.message} (text {line}:{column}: {excerpt(text, self.start, min(self.end, self.start + 40))})"


class Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@cache
def _fast(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema.text(name)))


def against_schema(name: str, value: object) -> list[Problem]:
    """Where the JSON value breaks the schema file `name`; the fast engine, for every document."""
    if _fast(name).is_valid(value):
        return []
    return [Problem(_path(error.instance_path), _short(error.message)) for error in _fast(name).iter_errors(value)]


def by_reference(name: str, value: object) -> list[Problem]:
    """The same with the reference implementation, for `validate` and the test that both agree."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(json.loads(schema.text(name))).iter_errors(value)  # type: ignore[no-untyped-call, unused-ignore]
    return [Problem(_path(list(error.absolute_path)), _short(error.message)) for error in errors]


def _path(steps: Sequence[str | int]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _short(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:120]} … {message[-60:]}"


def report(value: Report) -> list[Problem]:
    """What a schema can't say of a report: spans, slices, parents, ids, and the ledger's accounts."""
    bounds = list(_bounds(value))
    if bounds:
        return bounds  # slices of a span outside of the text say nothing more
    return [*_blocks(value), *_slices(value), *_references(value), *_nesting(value), *_ledger(value)]


Steps = tuple[str | int, ...]
"""A JSON path that is put in words only where something is wrong: a report has thousands of places."""


def _records(value: Report) -> Iterator[tuple[Steps, Spanned]]:
    """Every record of a report that has a place, with its JSON path."""
    for name in ("blocks", "outline", "tasks", "claims", "tables", "glossary", "ledger"):
        for n, record in enumerate(getattr(value, name)):
            yield (name, n), record
    for t, table in enumerate(value.tables):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                yield ("tables", t, "rows", r, "cells", c), cell


def _spans(value: Report) -> Iterator[tuple[Steps, int, int]]:
    """Every span of a report, with its JSON path."""
    for steps, record in _records(value):
        yield steps, record.start, record.end
    for field, span in value.metadata.evidence.items():
        yield ("metadata", "evidence", field), *span
    for n, heading in enumerate(value.outline):
        yield ("outline", n, "body_end"), heading.end, heading.body_end
    for n, claim in enumerate(value.claims):
        yield ("claims", n, "sentence"), *claim.sentence
        for k, span in enumerate(claim.indicator.spans):
            yield ("claims", n, "indicator", "spans", k), *span
    for n, term in enumerate(value.glossary):
        for k, span in enumerate(term.mentions):
            yield ("glossary", n, "mentions", k), *span
        for k, span in enumerate(term.marks):
            yield ("glossary", n, "marks", k), *span
    for n, finding in enumerate(value.findings):
        if finding.start is not None and finding.end is not None:
            yield ("findings", n), finding.start, finding.end


def _bounds(value: Report) -> Iterator[Problem]:
    """Spans lie inside of the text and run forward."""
    size = len(value.text)
    for n, finding in enumerate(value.findings):
        if (finding.start is None) != (finding.end is None):
            yield Problem(f"$.findings[{n}]", "has a start without an end, or an end without a start")
    for steps, start, end in _spans(value):
        if not 0 <= start <= end <= size:
            yield Problem(_path(steps), f"the span [{start}, {end}) does not lie in the text of {size} characters")


def _blocks(value: Report) -> Iterator[Problem]:
    """Blocks are in reading order, do not overlap, and hold every character other than white space."""
    at = 0
    for n, block in enumerate(value.blocks):
        if block.start < at:
            yield Problem(f"$.blocks[{n}]", "overlaps the block before it", block.start, block.end)
        elif squeeze(value.text[at : block.start]):
            yield Problem(f"$.blocks[{n}]", "text before this block stands in no block", at, block.start)
        at = max(at, block.end)
    if squeeze(value.text[at:]):
        yield Problem("$.blocks", "text after the last block stands in no block", at, len(value.text))


def _slices(value: Report) -> Iterator[Problem]:
    """What a record quotes is what stands at its place; of wrapped titles and cells the characters without white space."""
    text = value.text
    for n, entry in enumerate(value.ledger):
        if text[entry.start : entry.end] != entry.text:
            yield Problem(f"$.ledger[{n}].text", f"{entry.text!r} is not what stands there", entry.start, entry.end)
    for n, claim in enumerate(value.claims):
        if text[claim.start : claim.end] != claim.surface:
            yield Problem(f"$.claims[{n}].surface", f"{claim.surface!r} is not what stands there", claim.start, claim.end)
        if not claim.sentence[0] <= claim.start <= claim.end <= claim.sentence[1]:
            yield Problem(f"$.claims[{n}].sentence", "does not hold the claim", claim.start, claim.end)
    for steps, words, record in _quoted(value):
        there = text[record.start : record.end]
        if words not in there and squeeze(words) not in squeeze(there):
            yield Problem(_path(steps), f"{_short(words)!r} does not stand there", record.start, record.end)


def _quoted(value: Report) -> Iterator[tuple[Steps, str, Spanned]]:
    """Words that stand somewhere in the span of their record, white space aside."""
    for n, heading in enumerate(value.outline):
        yield ("outline", n, "marker"), heading.marker, heading
        yield ("outline", n, "title"), heading.title, heading
    for n, task in enumerate(value.tasks):
        yield ("tasks", n, "marker"), task.marker, task
        yield ("tasks", n, "title"), task.title, task
    for n, term in enumerate(value.glossary):
        yield ("glossary", n, "term"), term.term, term
    for t, table in enumerate(value.tables):
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                yield ("tables", t, "rows", r, "cells", c, "text"), cell.text, cell


def _references(value: Report) -> Iterator[Problem]:
    """Ids are unique, and every id that a record names is there."""
    ids: dict[str, set[str]] = {}
    for name in ("blocks", "outline", "tasks", "claims", "tables", "glossary"):
        given = [record.id for record in getattr(value, name)]
        ids[name] = set(given)
        if len(ids[name]) < len(given):
            twice = next(one for n, one in enumerate(given) if one in given[:n])
            yield Problem(f"$.{name}", f"the id {twice!r} is there twice")
    rows = {table.id: len(table.rows) for table in value.tables}
    for n, claim in enumerate(value.claims):
        if claim.row is not None and not 0 <= claim.row < rows.get(claim.table or "", 0):
            yield Problem(f"$.claims[{n}].row", f"the table has no row {claim.row}", claim.start, claim.end)
    for steps, wanted, name in _named(value):
        if wanted is not None and wanted not in ids[name]:
            yield Problem(_path(steps), f"names {wanted!r}, which $.{name} does not have")


def _named(value: Report) -> Iterator[tuple[Steps, str | None, str]]:
    """Every id by which a record names another, and the list that this one stands in."""
    for n, heading in enumerate(value.outline):
        yield ("outline", n, "parent"), heading.parent, "outline"
    for n, task in enumerate(value.tasks):
        yield ("tasks", n, "section"), task.section, "outline"
        yield ("tasks", n, "parent"), task.parent, "tasks"
    for n, claim in enumerate(value.claims):
        yield ("claims", n, "section"), claim.section, "outline"
        yield ("claims", n, "task"), claim.task, "tasks"
        yield ("claims", n, "table"), claim.table, "tables"
        yield ("claims", n, "from"), claim.from_, "claims"


def _nesting(value: Report) -> Iterator[Problem]:
    """Headings and tasks are in reading order, a child stands inside of its parent and below it."""
    listed: tuple[tuple[str, Sequence[Spanned]], ...] = (("outline", value.outline), ("tasks", value.tasks))
    for name, records in listed:
        for n, (before, after) in enumerate(pairwise(records), 1):
            if after.start < before.start:
                yield Problem(f"$.{name}[{n}]", "stands before the one above it", after.start, after.end)
    headings = {heading.id: heading for heading in value.outline}
    for n, heading in enumerate(value.outline):
        above = headings.get(heading.parent or "")
        if above and not (above.level < heading.level and above.end <= heading.start and heading.body_end <= above.body_end):
            yield Problem(f"$.outline[{n}].parent", "the section does not lie in its parent's", heading.start, heading.end)


def _ledger(value: Report) -> Iterator[Problem]:
    """Every numeral once, in reading order; every claim has its numerals and every numeral of a claim names it."""
    claims = {claim.id: claim for claim in value.claims}
    accounted: set[str] = set()
    at = 0
    for n, entry in enumerate(value.ledger):
        if entry.start < at:
            yield Problem(f"$.ledger[{n}]", "overlaps the numeral before it", entry.start, entry.end)
        at = max(at, entry.end)
        if entry.claim is None:
            continue
        claim = claims.get(entry.claim)
        accounted.add(entry.claim)
        if claim is None:
            yield Problem(f"$.ledger[{n}].claim", f"names {entry.claim!r}, which $.claims does not have", entry.start, entry.end)
        elif not (claim.start <= entry.start and entry.end <= claim.end):
            yield Problem(f"$.ledger[{n}].claim", f"does not stand in {entry.claim!r}", entry.start, entry.end)
    for n, claim in enumerate(value.claims):
        if claim.id not in accounted:
            yield Problem(f"$.claims[{n}]", "no numeral of the ledger names this claim", claim.start, claim.end)


def name_of(value: object) -> str | None:
    """Which product a JSON value is, by the keys that it must have; None where it is none of them."""
    if not isinstance(value, dict):
        return None
    needed = {name: set(json.loads(schema.text(name)).get("required", ())) for name in schema.names()}
    fitting = [name for name, keys in needed.items() if keys <= value.keys()]
    return max(fitting, key=lambda name: len(needed[name]), default=None)


def file(text: str, name: str) -> list[str]:
    """What is wrong with a written file, a line each: its JSON, its schema (by the reference), and what a schema can't say."""
    try:
        value = json.loads(text)
    except ValueError as error:
        return [f"no JSON: {error}"]
    stem = name.removesuffix(".json")
    known = stem if stem in schema.names() else name_of(value)
    if known is None:
        return [f"none of our products; there are {', '.join(schema.names())}"]
    problems = by_reference(known, value)
    if problems or known != "report":
        return [problem.line() for problem in problems]
    whole = Report.model_validate_json(text)
    return [problem.line(whole.text) for problem in report(whole)]
