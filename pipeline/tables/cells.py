"""Rows out of pieces of text: which pieces belong to which column, and how a cell reads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.contracts import ColumnRole, Span, TableCell
from pipeline.lines import joined
from pipeline.text import fold, squeeze, trim

Cells = list[list[Span]]
"""For each column of a row the lines of its cell."""

_HAN = "\u4e00-\u9fff"
_PADDING = re.compile(rf"(?<![^\s、，,])([{_HAN}])\s+(?=[{_HAN}](?:[\s、，,]|$))")
_SERIAL = re.compile(r"\(?([0-9]{1,4}|[一二三四五六七八九十]{1,3})[).、]?")
_GAP = re.compile(r"\s{0,40}\t\s*|[ \u00a0\u3000]{2,}")
_HAN_VALUES = {c: n for n, c in enumerate("零一二三四五六七八九十")}
_OFFICE = re.compile(
    r"(?:局|委|办|部|处|院|会|厅|司|所|站|队|中心|政府|公司|集团|街道|街|镇|乡|区|县|联|校|社|园|室|银行|单位|部门|等)(?:\([^()]{1,20}\))?$"
)
_NAME = re.compile(rf"[{_HAN}]{{2,4}}(?:[、，,][{_HAN}]{{2,4}}){{0,5}}")
_VALUE = re.compile(r"(?:[±<>≥≤≧≦约]|不低于|不超过|左右)?-?[0-9][0-9.,]{0,15}(?:[%‰亿万千元个左右以上内下-]|[0-9.]){0,12}|-|—|/")
_TIME = re.compile(r"(?:20[0-9]{2}年?)?(?:[0-9]{1,2}月|[上下]半年|年底|全年|[一二三四]季度|.{0,6}(?:月|底|年|日|前|季度)).{0,6}")
_STATE = re.compile(r"完成|竣工|开工|建成|推进|投用|投入使用|办结|启动|实施|已|正在|[0-9]%")

_WEIGHED = 24  # pieces of a row that are weighed against its columns
_WRAPPED = 8  # pieces of a cell
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Draft:
    """A table as found: the lines of its title, the headers, and of each row the serial number and the cells' lines."""

    title: tuple[Span, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[int | None, Cells], ...]
    start: int
    end: int
    roles: tuple[ColumnRole, ...]
    in_prose: bool = False


@dataclass(slots=True)
class Habits:
    """What the rows that could be read at sight have in a column: the texts, and the characters that they begin with."""

    texts: set[str] = field(default_factory=set)
    firsts: set[str] = field(default_factory=set)

    def learn(self, text: str, cell: Sequence[Span]) -> None:
        """Takes in a cell."""
        key = _joined(text, cell)
        self.texts.add(key)
        self.firsts.add(key[:1])


def read(text: str, lines: Sequence[Span], empty_at: int) -> TableCell:
    """A cell of its lines: joined without space, padding inside names closed, other white space a single space."""
    if not lines:
        return TableCell(text="", start=empty_at, end=empty_at)
    words = "".join(joined(text, start, end) for start, end in lines)
    return TableCell(text=_PADDING.sub(r"\1", words), start=lines[0][0], end=lines[-1][1])


def pieces(text: str, start: int, end: int) -> list[Span]:
    """The cells of a line whose cells stand beside each other, parted by a tab or by two spaces and more."""
    found, offset = [], start
    for gap in _GAP.finditer(text, start, end):
        found.append((offset, gap.start()))
        offset = gap.end()
    found.append((offset, end))
    return [span for span in (trim(text, *piece) for piece in found) if span[0] < span[1]]


def serial(key: str) -> int | None:
    """The number of a piece that is nothing but a serial number (3, ３、, （三））; None for all else."""
    if len(key) > 6 or not (match := _SERIAL.fullmatch(key)):
        return None
    if match[1].isascii():
        return int(match[1])
    tens, ten, ones = match[1].partition("十")
    if not ten:
        return _HAN_VALUES[tens] if len(tens) == 1 else None
    return _HAN_VALUES.get(tens, 1) * 10 + _HAN_VALUES.get(ones, 0)


def fit(text: str, found: Sequence[Span], roles: Sequence[ColumnRole], habits: Sequence[Habits], rest: bool = False) -> Cells:
    """The pieces of a row, in order, given to its columns so that every cell is most like its column and what it is wont to hold.

    A cell takes several pieces where it was wrapped, none where it is blank. With `rest`, pieces at the end may belong to no
    cell (what follows a table's last row). Work is bounded: at most 24 pieces are weighed, what is more joins the last cell.
    """
    weighed, left = found[:_WEIGHED], found[_WEIGHED:]
    best: list[tuple[float, Cells]] = [(0.0, [])]
    best += [(_NEVER, []) for _ in weighed]
    for role, wont in zip(roles, habits, strict=True):
        following: list[tuple[float, Cells]] = [(_NEVER, [])] * len(best)
        for taken, (score, cells) in enumerate(best):
            if score == _NEVER:
                continue
            for until in range(taken, min(len(weighed), taken + _WRAPPED) + 1):
                total = score + _likeness(text, weighed[taken:until], role, wont)
                if total > following[until][0]:
                    following[until] = (total, [*cells, list(weighed[taken:until])])
        best = following
    cells = max(best, key=lambda each: each[0])[1] if rest else best[-1][1]
    if not cells:  # more pieces than columns can take
        cells = [list(weighed)] + [[] for _ in roles[1:]]
    if left and not rest:
        cells[-1].extend(left)
    return cells


def _joined(text: str, lines: Sequence[Span]) -> str:
    return fold("".join(squeeze(text[start:end]) for start, end in lines))


def _likeness(text: str, lines: Sequence[Span], role: ColumnRole, wont: Habits) -> float:
    """How much a cell of these lines is like a cell of this role, the more the better; 0 is neutral."""
    if not lines:
        return -0.3 if role in ("category", "note", "support") else -1.0
    key = _joined(text, lines)
    score = alike(key, role) + (1.0 if key in wont.texts else 0.0)
    if role in ("lead", "support", "leader") and wont.firsts == {key[:1]}:
        score += 0.5
    for (_, end), (start, after) in pairwise(lines):
        score -= _parting(text[end - 1], text[after - 1], role) + (0.4 if after - start > 2 * (end - lines[0][0]) else 0.0)
    return score


def _parting(last: str, next_last: str, role: ColumnRole) -> float:
    """What it costs to join a line to the one above, by the characters that both end with."""
    if role not in ("content", "progress", "note"):
        return 0.3
    if last in "。；;":
        return 0.1 if next_last in "。；;" else 1.5
    return 0.0


def alike(key: str, role: ColumnRole) -> float:
    """How much a text is like a cell of this role: 1 and more where it is, 0 where it may be, less where it is not."""
    long, sentence = len(key) > 12, key.endswith(("。", "；", ";"))
    match role:
        case "lead" | "support":
            return -2.0 if "。" in key or len(key) > 80 else 2.0 if _OFFICE.search(key) else -0.5
        case "leader":
            return 2.0 if _NAME.fullmatch(key) and not (_OFFICE.search(key) and len(key) > 3) else -1.5
        case "value":
            return 2.0 if _VALUE.fullmatch(key) else -0.5
        case "unit":
            return 2.0 if len(key) <= 6 else -2.0
        case "deadline":
            return 2.0 if len(key) <= 20 and _TIME.fullmatch(key) else -0.5
        case "progress":
            return 1.0 if _STATE.search(key) else 0.0
        case "content":
            return 1.0 if long or sentence else 0.0
        case "category":
            return 0.5 if not long else -1.0
        case "project":
            return 1.0 if len(key) <= 40 and not sentence else 0.2
        case _:
            return 0.2
