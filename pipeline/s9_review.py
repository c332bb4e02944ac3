"""Stage 9: what a careful reader remarks on after reading everything, and the verdict on the whole."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise
from unicodedata import numeric

from pipeline.contracts import (
    Blocks,
    Claims,
    Finding,
    Front,
    Glossary,
    Heading,
    Outline,
    Page,
    Review,
    Severity,
    Span,
    Table,
    Tables,
    Task,
    Tasks,
)
from pipeline.quantities.numerals import value_of
from pipeline.text import fold, place, squeeze
from pipeline.wholeness import judge
from pipeline.wrapping import APART

_COUNT = r"(?P<count>[一二三四五六七八九十两]{1,3}|[0-9]{1,3})"
_ROWS = re.compile(_COUNT + r"[大件项个](?:重点|主要|为民)?(?:民生|惠民|为民)(?:实事|项目|工程)")
_PARTS = re.compile(
    r"(?:抓好|做好|做到|做了|突出|从|以下|如下|下列|是|抓|体现在|表现在)了?(?:以下|如下)?"
    + _COUNT
    + r"个?(?:大)?(?:方面|项)(?:的)?(?:重点)?(?:工作|任务)?[:：。]"
)
_GAP = 4  # characters between two items of one list
_FOLLOWS = 80  # characters between a count and the first of what it counts
_OPENING, _CLOSING = "“‘《（([【〔「『", "”’》）)]】〕」』"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_KIND = dict(zip(_OPENING + _CLOSING, fold(2 * _OPENING), strict=True))
"""What a bracket or quotation mark is, opening or closing, of full width or half."""
_WHOLE = Decimal(100)
_ROUNDING = Decimal("0.5")  # three shares rounded to a tenth may miss 100 by some tenths
_MANY = 20  # findings of one code; more say nothing new of a document


def review(
    page: Page, blocks: Blocks, front: Front, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks, claims: Claims
) -> Review:
    """The findings that need more than one stage's value, and whether the document is a report at all."""
    judged = judge(blocks, front.metadata, outline, claims)
    checks = (
        [_finding(judged.code, "warning", judged.why)] if judged.code and judged.why else [],
        _coverage(page, blocks),
        _replacements(blocks.text),
        _declared(blocks, tables, glossary, outline, tasks),
        _counters(outline, tasks),
        _shares(claims),
        _sums(tables),
        _unused(glossary),
        _brackets(blocks),
        _unexplained(claims),
        _apart(claims),
    )
    return Review(verdict=judged.verdict, findings=tuple(finding for check in checks for finding in islice(check, _MANY)))


def _finding(code: str, severity: Severity, message: str, span: Span | None = None) -> Finding:
    start, end = span or (None, None)
    return Finding(code=code, severity=severity, stage="review", message=message, start=start, end=end)


def _coverage(page: Page, blocks: Blocks) -> Iterator[Finding]:
    """Characters in = characters kept + characters of chrome, counted apart from the reader."""
    held = len(squeeze("".join([blocks.text[block.start : block.end] for block in blocks.blocks])))
    if held != page.characters:
        yield _finding(
            "coverage", "error", f"the source has {page.characters} characters, the text {held}: some were lost or doubled"
        )


def _replacements(text: str) -> Iterator[Finding]:
    if "\ufffd" not in text:
        return
    for match in re.finditer("\ufffd+", text):
        yield _finding("replacement-character", "warning", "characters that the source's bytes do not give", match.span())


# --- what the report says of itself -----------------------------------------------------------------------------------


def _declared(blocks: Blocks, tables: Tables, glossary: Glossary, outline: Outline, tasks: Tasks) -> Iterator[Finding]:
    """A count that the report gives of its own parts (十大民生项目, 六个方面工作) is the count that stands there."""
    text = blocks.text
    body = [(b.start, b.end) for b in blocks.blocks if b.kind not in ("chrome", "note", "table_cell")]
    for start, end in body:
        if any(a <= start < b for a, b in glossary.zones):
            continue
        for match in _PARTS.finditer(text, start, end):
            yield from _held(match, *_following(match.end(), outline.outline, tasks.tasks))
    for table in tables.tables:
        named = _ROWS.search(text, table.start, min(table.end, table.start + 60))
        named = named or _ROWS.search(text, max(0, table.start - 60), table.start)
        if named and table.kind == "livelihood":
            yield from _held(named, len({row.number for row in table.rows if row.number is not None}) or len(table.rows), "rows")


def _following(at: int, outline: Sequence[Heading], tasks: Sequence[Task]) -> tuple[int, str]:
    """How many headings, or items, of one kind stand right behind an offset; 0 where something else does."""
    n = bisect_left(outline, at, key=lambda heading: heading.start)
    k = bisect_left(tasks, at, key=lambda task: task.start)
    heading = outline[n].start if n < len(outline) else at + _FOLLOWS
    item = tasks[k].start if k < len(tasks) else at + _FOLLOWS
    if min(heading, item) >= at + _FOLLOWS:
        return 0, ""
    if heading < item:
        first = outline[n]
        like = [(h.number, 0) for h in outline[n:] if (h.parent, h.level) == (first.parent, first.level)]
        return _run(like), "sections"
    lead = tasks[k]
    style = _style(lead.marker)
    alike = [t for t in tasks[k:] if (t.section, t.parent, _style(t.marker)) == (lead.section, lead.parent, style)]
    gaps = [0, *(after.start - before.end for before, after in pairwise(alike))]
    return _run([(task.number, gap) for task, gap in zip(alike, gaps, strict=True)]), "items"


def _run(numbers: Sequence[tuple[int | None, int]]) -> int:
    """How many count on from 1; how many without a number stand behind each other with hardly a gap."""
    run = 0
    for number, gap in numbers:
        if number != run + 1 if number is not None else gap > _GAP:
            break
        run += 1
    return run


def _held(match: re.Match[str], there: int, what: str) -> Iterator[Finding]:
    said = int(value_of(match["count"]) or 0)
    if there and said and said != there:
        yield _finding("declared-count", "warning", f"{squeeze(match[0])} says {said}, there are {there} {what}", match.span())


def _counters(outline: Outline, tasks: Tasks) -> Iterator[Finding]:
    """Headings of one section and items of one list count on without a gap."""
    last: dict[tuple[str | None, int, str], int] = {}
    for heading in outline.outline:
        key = (heading.parent, heading.level, _style(heading.marker))
        if heading.number is not None:
            if key in last and heading.number != last[key] + 1 and heading.number != 1:
                message = f"{heading.marker} {squeeze(heading.title)[:20]} follows number {last[key]}"
                yield _finding("counter", "warning", message, (heading.start, heading.end))
            last[key] = heading.number
    before: dict[tuple[str | None, str | None, str], int] = {}
    for task in tasks.tasks:
        item = (task.section, task.parent, _style(task.marker))
        if task.number is not None:
            if item in before and task.number != before[item] + 1 and task.number != 1:
                message = f"{task.marker} {squeeze(task.title)[:20]} follows number {before[item]}"
                yield _finding("counter", "warning", message, (task.start, task.start + len(task.marker)))
            before[item] = task.number


@lru_cache(maxsize=1000)  # the same few markers count every list
def _style(marker: str) -> str:
    """A marker without its number: what distinguishes （一） from 一、 and 1. from 一是; ① to ⑳ are of one style."""
    kinds = (
        "一" if sign in "零一二三四五六七八九十百" else "①" if numeric(sign, None) and not sign.isdecimal() else sign
        for sign in fold(squeeze(marker))
    )
    return re.sub(r"一+", "一", re.sub(r"[0-9]+", "1", "".join(kinds)))


# --- sums ---------------------------------------------------------------------------------------------------------


def _shares(claims: Claims) -> Iterator[Finding]:
    """The three shares of an economy's sectors sum to 100."""
    for claim in claims.claims:
        if claim.measure != "ratio" or not isinstance(claim.value, tuple) or len(claim.value) < 3:
            continue
        total = sum(map(Decimal, claim.value))
        if Decimal(90) <= total <= Decimal(110) and abs(total - _WHOLE) > _ROUNDING:
            yield _finding("shares", "warning", f"the shares {claim.surface} sum to {total}, not to 100", (claim.start, claim.end))


def _sums(tables: Tables) -> Iterator[Finding]:
    """A row 合计 or 总计 is the sum of the rows above it, in every column of numbers."""
    for table in tables.tables:
        for n, row in enumerate(table.rows):
            if not any(squeeze(cell.text) in ("合计", "总计", "共计") for cell in row.cells):
                continue
            for column, cell in enumerate(row.cells):
                stated = _decimal(cell.text)
                parts = _column(table, column, n)
                if stated is not None and len(parts) == n > 1 and sum(parts) != stated:
                    message = f"{table.columns[column].name} sums to {sum(parts)}, the table says {stated}"
                    yield _finding("table-sum", "warning", message, (cell.start, cell.end))


def _column(table: Table, column: int, rows: int) -> list[Decimal]:
    values = [_decimal(row.cells[column].text) for row in table.rows[:rows]]
    return [value for value in values if value is not None]


def _decimal(text: str) -> Decimal | None:
    plain = fold(squeeze(text)).replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", plain) else None


# --- words and signs --------------------------------------------------------------------------------------------------


def _unused(glossary: Glossary) -> Iterator[Finding]:
    """A term that the body never uses in this form (人物并防 stands as 人物同防)."""
    if any(finding.code == "unused-term" for finding in glossary.findings):
        return
    for term in glossary.glossary:
        if term.term and not term.mentions:
            yield _finding(
                "unused-term", "info", f"the body does not use {squeeze(term.term)} in this form", (term.start, term.end)
            )


def _brackets(blocks: Blocks) -> Iterator[Finding]:
    """A quotation mark or bracket that is opened and not closed in its paragraph, or closed without being opened.

    Not 1) and the like, where the bracket belongs to a marker; a pair may span the lines of one block, never two blocks.
    """
    text = blocks.text
    for block in blocks.blocks:
        if block.kind == "chrome":
            continue
        stack: list[tuple[str, int]] = []
        lonely: list[int] = []
        for match in _BRACKET.finditer(text, block.start, block.end):
            sign, at = match[0], match.start()
            if sign in _OPENING:
                stack.append((_KIND[sign], at))
            elif stack and stack[-1][0] == _KIND[sign]:
                stack.pop()
            elif not re.search(
                r"(?:^|\s|[。；;，,])[0-9０-９一二三四五六七八九十a-zA-Z]{1,3}$", text[max(block.start, at - 5) : at]
            ):
                lonely.append(at)
        for at in sorted([at for _, at in stack] + lonely):
            line, column = place(text, at)
            yield _finding("unbalanced", "warning", f"{text[at]} in line {line}, column {column} has no partner", (at, at + 1))


def _unexplained(claims: Claims) -> Iterator[Finding]:
    for entry in claims.ledger:
        if entry.role == "unexplained":
            yield _finding(
                "unexplained-numeral", "warning", f"what {entry.text} counts is not understood", (entry.start, entry.end)
            )


def _apart(claims: Claims) -> Iterator[Finding]:
    """Digits with blanks between them that were read as one numeral: a reader who knows the place may know better."""
    for entry in claims.ledger:
        if APART.search(entry.text):
            message = f"the digits of {entry.text} stand apart; they are read as one number"
            yield _finding("digits-apart", "info", message, (entry.start, entry.end))
