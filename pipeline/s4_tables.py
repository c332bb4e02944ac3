"""Stage 4: tables, real ones and flattened ones (a cell a line, tab-separated), and livelihood projects listed in prose."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from pipeline.contracts import Blocks, Column, ColumnRole, Finding, Metadata, Table, TableKind, TableRow, Tables
from pipeline.lines import Line, joined, lines_of, paragraphs_of
from pipeline.tables import flat, grid, headers, prose
from pipeline.tables.cells import Draft, alike, read
from pipeline.tables.titles import title_above
from pipeline.text import fold, identifiers, squeeze

_MANY = 40  # findings; more say nothing new of a text
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年|[^0-9]|$)")


def find(blocks: Blocks, metadata: Metadata) -> Tables:
    """All tables of the text in reading order, each with title, year, stage and the roles of its columns.

    A row has a cell for every column, an empty one (with an empty span) where the table has none; a merged cell's text stands
    in every row that it covers; a line that only groups rows (一、教育类) is no row. Findings: headers without readable rows.
    """
    text, paragraphs = blocks.text, paragraphs_of(blocks)
    lines = lines_of(text, paragraphs)
    found = [*grid.find(blocks), *flat.find(text, lines), *prose.find(text, paragraphs)]
    drafts = _apart([each for each in found if isinstance(each, Draft)])
    titles = [_title(text, lines, draft) for draft in drafts]
    keys = ["|".join((title or "", *draft.headers)) for title, draft in zip(titles, drafts, strict=True)]
    ids = identifiers("t", keys)
    tables = (_table(text, *each, metadata) for each in zip(ids, titles, drafts, strict=True))
    findings = [each for each in found if isinstance(each, Finding)]
    return Tables(tables=tuple(tables), findings=tuple(findings[:_MANY]))


def _apart(drafts: list[Draft]) -> list[Draft]:
    """The tables in reading order; of two that overlap the one that begins first, and at one place the one found first."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: draft.start):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept


def _title(text: str, lines: Sequence[Line], draft: Draft) -> str | None:
    """The title of a table: its own, or the line above a real table that has none."""
    spans = draft.title
    if not spans and not draft.in_prose:
        spans = title_above(text, lines, bisect_left(lines, draft.start, key=lambda line: line.start))
    return "".join(joined(text, *span) for span in spans) or None


def _table(text: str, name: str, title: str | None, draft: Draft, metadata: Metadata) -> Table:
    stage = _stage(title, draft, metadata)
    rows = []
    for number, lines in draft.rows:
        cells, at = [], next((span[0] for cell in lines for span in cell), draft.start)
        for cell in lines:
            cells.append(read(text, cell, at))
            at = max(at, cells[-1].end)
        rows.append(TableRow(number=number, cells=tuple(cells)))
    roles = [_role(role, [row.cells[n].text for row in rows]) for n, role in enumerate(draft.roles)]
    return Table(
        id=name,
        kind=_kind(title, draft),
        title=title,
        year=_year(title, stage, metadata),
        stage=stage,
        columns=tuple(Column(name=header, role=role) for header, role in zip(draft.headers, roles, strict=True)),
        rows=tuple(rows),
        start=draft.start,
        end=draft.end,
        in_prose=draft.in_prose,
    )


def _role(role: ColumnRole, texts: Sequence[str]) -> ColumnRole:
    """The role of a column by its header, put right by its cells where a header heads figures here and sentences there (目标)."""
    keys = [fold(squeeze(text)) for text in texts if text]
    figures = sum(alike(key, "value") >= 1 for key in keys)
    if role == "content" and keys and figures == len(keys):
        return "value"
    return "content" if role == "value" and figures * 2 < len(keys) else role


def _kind(title: str | None, draft: Draft) -> TableKind:
    """By the title, else by the headers: 民生事项 heads livelihood projects, numbers beside a unit are indicators."""
    said = headers.kind_of(title or "") or headers.kind_of("、".join(draft.headers))
    if said:
        return said
    if "value" in draft.roles and not {"lead", "content"} & set(draft.roles):
        return "indicators"
    return "projects" if "project" in draft.roles and {"lead", "content", "progress"} & set(draft.roles) else "other"


def _stage(title: str | None, draft: Draft, metadata: Metadata) -> Literal["planned", "completed"] | None:
    """By the title's words, by a column of results, else by the title's year: the report's own year is planned."""
    said = headers.stage_of([title or ""])
    if said:
        return said
    if "progress" in draft.roles:
        return "completed"
    year = _named_year(title)
    if year and metadata.year:
        return "planned" if year >= metadata.year else "completed"
    return "planned" if headers.kind_of(title or "") == "livelihood" else None


def _year(title: str | None, stage: str | None, metadata: Metadata) -> int | None:
    """The year in the title; else the report's for what is to do, the one before for what is done."""
    named = _named_year(title)
    if named or metadata.year is None:
        return named
    return {"planned": metadata.year, "completed": metadata.year - 1}.get(stage or "")


def _named_year(title: str | None) -> int | None:
    match = _YEAR.search(squeeze(title or ""))
    return int(match[0]) if match else None
