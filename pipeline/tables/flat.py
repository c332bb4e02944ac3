"""Flattened tables: a cell a line, or the cells of a row beside each other, as pages lose their tables in plain text.

A table is known by its headers. Its rows are told apart by the running serial number where there is one, else by the line
(cells beside each other) or by the number of columns (a cell a line).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.contracts import ColumnRole, Finding, Span
from pipeline.lines import Line
from pipeline.tables import headers
from pipeline.tables.cells import Cells, Draft, Habits, alike, fit, pieces, serial
from pipeline.tables.titles import is_group, title_above
from pipeline.text import fold, squeeze

_WIDEST = 20  # columns
_LINE = 240  # characters of a line of headers
_WRAPPED = 8  # lines that a cell may be wrapped over
_TOTALS = frozenset(("合计", "总计", "共计", "小计"))
_FIRM: tuple[ColumnRole, ...] = ("lead", "leader", "value", "deadline")


@dataclass(frozen=True, slots=True)
class _Head:
    """The headers of a table: `below` is the first line under them, `beside` whether cells stand beside each other."""

    names: tuple[str, ...]
    roles: tuple[ColumnRole, ...]
    below: int
    beside: bool
    blanks: bool = False  # a single space parts the cells


@dataclass(slots=True)
class _Row:
    number: int | None
    serial: Span | None
    found: list[Span]
    category: Span | None = None


def find(text: str, lines: Sequence[Line]) -> Iterator[Draft | Finding]:
    """Every flattened table; a finding where headers stand and no rows can be read below them."""
    at = 0
    while at < len(lines):
        head = _head(text, lines, at)
        if head is None:
            at += 1
            continue
        rows = _rows(text, lines, head)
        if rows:
            title = title_above(text, lines, at)
            end = max(span[1] for _, cells in rows for cell in cells for span in cell)
            start = title[0][0] if title else lines[at].start
            yield Draft(title, head.names, tuple(rows), start, end, head.roles)
            yield from _gaps(rows)
            while at < len(lines) and lines[at].start < end:
                at += 1
        else:
            if "number" in head.roles:
                first, last = lines[at], lines[head.below - 1]
                message = f"headers of a table ({'、'.join(head.names)}) without rows that could be read"
                yield Finding(
                    code="table-unread", severity="warning", stage="tables", message=message, start=first.start, end=last.end
                )
            at = head.below


def _gaps(rows: Sequence[tuple[int | None, Cells]]) -> Iterator[Finding]:
    """Serial numbers that do not run on: a row may stand in the cells of the one above."""
    numbered = [(number, cells) for number, cells in rows if number is not None]
    for (before, _), (number, cells) in pairwise(numbered):
        if number not in (before + 1, 1):
            start, end = next(span for cell in cells for span in cell)
            message = f"row {number} follows row {before}"
            yield Finding(code="table-serial", severity="warning", stage="tables", message=message, start=start, end=end)


# --- headers ------------------------------------------------------------------------------------------------------


def _head(text: str, lines: Sequence[Line], at: int) -> _Head | None:
    """The headers that begin on this line, beside each other or a header a line."""
    line = lines[at]
    if line.end - line.start > _LINE:
        return None
    words = [text[a:b] for a, b in pieces(text, line.start, line.end)]
    if len(words) > 1:
        return _beside(words, at)
    if line.end - line.start <= headers.LONGEST and headers.role_of(words[0]):
        return _below_each_other(text, lines, at)
    parted = words[0].split()
    if len(parted) > 2 and all(map(headers.role_of, parted)):
        head = _beside(parted, at)
        return head and _Head(head.names, head.roles, head.below, True, blanks=True)
    return None


def _beside(words: list[str], at: int) -> _Head | None:
    roles = [headers.role_of(word) for word in words]
    known = sum(role is not None for role in roles)
    if known < 2 or known * 2 < len(words) or len(words) > _WIDEST:
        return None
    return _Head(tuple(map(squeeze, words)), tuple(role or "other" for role in roles), at + 1, beside=True)


def _below_each_other(text: str, lines: Sequence[Line], at: int) -> _Head | None:
    """A header a line: with a serial column up to the first number or category, else while the lexicon knows the words."""
    words: list[str] = []
    numbered = False
    for line in lines[at : at + 2 * _WIDEST]:
        key = line.key(text)
        if len(key) > headers.LONGEST or key in words or serial(key) is not None or is_group(text, line):
            break
        if not numbered and len(words) > 1 and headers.role_of(key) is None:
            break
        words.append(key)
        numbered = numbered or headers.role_of(key) == "number"
    first = next((headers.role_of(word) for word in words), None)
    if numbered and first == "category" and headers.role_of(words[-1]) is None:
        words.pop()  # the first row's category, which stands before its number
    below = at + len(words)
    names = _unwrapped(words)
    roles = [headers.role_of(name) for name in names]
    known = sum(role is not None for role in roles)
    if numbered:  # a title that is a header's word too (民生项目) stands before 序号, as nothing but a category may
        led = set(roles[: roles.index("number")] if "number" in roles else roles) <= {"category"}
        sound = led and below < len(lines) and len(names) > 1 and known * 2 >= len(names)
    else:
        told = [role for role in roles if role not in ("value", "other")]
        sound = len(names) > 2 and known == len(names) and len(set(told)) == len(told) and len(set(roles)) > 2
    if not sound or len(names) > _WIDEST:
        return None
    return _Head(tuple(names), tuple(role or "other" for role in roles), below, beside=False)


def _unwrapped(words: list[str]) -> list[str]:
    """The headers with those put together again that were wrapped over two lines (建设, 内容)."""
    names: list[str] = []
    for word in words:
        if names and headers.role_of(names[-1] + word):
            before, own = headers.role_of(names[-1]), headers.role_of(word)
            if before is None or own is None or before == own:
                names[-1] += word
                continue
        names.append(word)
    return names


# --- rows ---------------------------------------------------------------------------------------------------------


def _rows(text: str, lines: Sequence[Line], head: _Head) -> list[tuple[int | None, Cells]]:
    if "number" in head.roles:
        return _fitted(text, head, _by_serial(text, lines, head))
    if head.beside:
        return _fitted(text, head, _by_line(text, lines, head))
    return _by_count(text, lines, head)


def _split(text: str, line: Line, head: _Head) -> list[Span]:
    if not head.beside:
        return [(line.start, line.end)]
    if not head.blanks:
        return pieces(text, line.start, line.end)
    spans, offset = [], line.start
    for word in line.of(text).split():
        start = text.index(word, offset)
        offset = start + len(word)
        spans.append((start, offset))
    return spans


def _by_serial(text: str, lines: Sequence[Line], head: _Head) -> list[_Row]:
    """The rows between one serial number and the next, and the rows of totals. The last row may have pieces at its end that are
    not the table's."""
    needed = len(head.names) - 1 - head.roles.index("number")
    rows: list[_Row] = []
    waiting: list[Span] = []  # what stands before the first serial number: a category
    last, at = 0, head.below
    while at < len(lines):
        line = lines[at]
        found = _split(text, line, head)
        number, place = _serial_in(text, found, head)
        row = rows[-1] if rows else None
        if number is not None and _is_next(text, number, last, row, head):
            category = _category(text, row, head, needed) if row else (waiting[-1] if waiting else None)
            category = found[0] if place > 0 else category or (row.category if row else None)
            rows.append(_Row(number, found[place], found[place + 1 :], category))
            last = number
        elif row and _key(text, found[0]) in _TOTALS:
            rows.append(_Row(None, None, found))
        elif row and (below := _repeated(text, lines, at, head)):
            at = below
            continue
        elif _ends(text, line) or len(waiting) > 2 or (row and len(row.found) > needed * _WRAPPED):
            break
        else:
            (row.found if row else waiting).extend(found)
        at += 1
    return rows


def _serial_in(text: str, found: list[Span], head: _Head) -> tuple[int | None, int]:
    """The serial number at the start of a line, and its place there: a category may stand before it."""
    for place, span in enumerate(found[: head.roles.index("number") + 1]):
        number = serial(_key(text, span))
        if number is not None:
            return number, place
    return None, 0


def _is_next(text: str, number: int, last: int, row: _Row | None, head: _Head) -> bool:
    """Whether a number opens the next row: it counts on, and the row before is full where a cell may be a bare number too."""
    if row is None:
        return number == 1
    needed = len(head.names) - 1 - head.roles.index("number")
    full = len(row.found) >= needed or not {"value", "other"} & set(head.roles)
    fresh = number == 1 and bool(row.found) and _is_group(text, row.found[-1])
    return full and (fresh or last < number <= last + 3)


def _ends(text: str, line: Line) -> bool:
    """Whether a line can't belong to the table above it."""
    key = line.key(text)
    return headers.is_mark(key) or line.kind in ("title", "heading") or headers.role_of(key) == "number"


def _repeated(text: str, lines: Sequence[Line], at: int, head: _Head) -> int:
    """The line below headers that stand once more, as at the top of a page; 0 where there are none."""
    if lines[at].key(text).strip("()") in ("续表", "续", "接上表", "续上表"):
        return at + 1
    if headers.role_of(lines[at].key(text)) is None and not head.beside:
        return 0
    again = _head(text, lines, at)
    return again.below if again and again.names == head.names else 0


def _category(text: str, row: _Row, head: _Head, needed: int) -> Span | None:
    """Takes what belongs to the next row, its category, off the end of a row."""
    if len(row.found) <= needed:
        return None
    last = row.found[-1]
    key = _key(text, last)
    before = "number" in head.roles[1:] and len(key) <= 12 and alike(key, head.roles[-1]) < 1
    return row.found.pop() if before or _is_group(text, last) else None


def _is_group(text: str, span: Span) -> bool:
    return is_group(text, Line(*span, "paragraph"))


def _by_line(text: str, lines: Sequence[Line], head: _Head) -> list[_Row]:
    """A row a line, as long as lines have cells beside each other."""
    rows = []
    for n in range(head.below, len(lines)):
        line = lines[n]
        found = _split(text, line, head)
        if not 2 <= len(found) <= len(head.names) or headers.is_mark(line.key(text)):
            break
        rows.append(_Row(None, None, found))
    return rows


def _by_count(text: str, lines: Sequence[Line], head: _Head) -> list[tuple[int | None, Cells]]:
    """A cell a line and no serial number: as many lines a row as there are columns, while the cells are like their columns."""
    rows: list[tuple[int | None, Cells]] = []
    firm = [(column, role) for column, role in enumerate(head.roles) if role in _FIRM]
    width = len(head.names)
    for at in range(head.below, len(lines) - width + 1, width):
        row = lines[at : at + width]
        if any(headers.is_mark(line.key(text)) for line in row):
            break
        if not firm or any(alike(row[column].key(text), role) < 1 for column, role in firm):
            break
        rows.append((None, [[(line.start, line.end)] for line in row]))
    return rows


def _fitted(text: str, head: _Head, rows: list[_Row]) -> list[tuple[int | None, Cells]]:
    """Each row's pieces in its columns: first the rows that have a piece for each, then the others by what was learnt."""
    number = head.roles.index("number") if "number" in head.roles else -1
    grouped = "category" in head.roles[: max(number, 0)]
    own = [n for n, _ in enumerate(head.roles) if n != number and not (grouped and n < number)]
    roles = [head.roles[n] for n in own]
    habits = [Habits() for _ in roles]
    at_sight = {
        n: [[span] for span in row.found]
        for n, row in enumerate(rows)
        if len(row.found) == len(own) and not _odd(text, row.found, roles)
    }
    for cells in at_sight.values():
        for cell, wont in zip(cells, habits, strict=True):
            wont.learn(text, cell)
    fitted = []
    for n, row in enumerate(rows):
        cells = at_sight[n] if n in at_sight else fit(text, row.found, roles, habits, rest=n == len(rows) - 1)
        fitted.append((row.number, _whole(head, own, number, row, cells)))
    return fitted


def _odd(text: str, found: list[Span], roles: Sequence[ColumnRole]) -> bool:
    """Whether a piece stands where nothing like it can stand: a wrapped cell and a blank one make the number right by chance."""
    return any(role in _FIRM and alike(_key(text, span), role) <= -1 for span, role in zip(found, roles, strict=True))


def _whole(head: _Head, own: list[int], number: int, row: _Row, cells: Cells) -> Cells:
    """A row's cells in the order of all columns, its serial number and the category above it with them."""
    whole: Cells = [[] for _ in head.names]
    for column, cell in zip(own, cells, strict=True):
        whole[column] = cell
    if row.serial:
        whole[number] = [row.serial]
    if row.category and "category" in head.roles and not whole[head.roles.index("category")]:
        whole[head.roles.index("category")] = [row.category]
    return whole


def _key(text: str, span: Span) -> str:
    return fold(squeeze(text[span[0] : min(span[1], span[0] + _LINE)]))
