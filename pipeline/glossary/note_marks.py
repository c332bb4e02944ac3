"""Note marks in running text: `[1]`, `［1］`, `〔1〕`, `^[1]`, `①` behind the word that a note explains."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Literal

from pipeline.contracts import Span

_BRACKETED = re.compile(r"(?P<open>[\[〔【(]) {0,2}(?P<note>注?) {0,1}(?P<number>[0-9]{1,3}) {0,2}[\]〕】)]")
_CIRCLED, _DIGITS = "①-⑳㉑-㉟㊱-㊿", "¹²³⁰⁴-⁹"
_SIGN = re.compile(rf"[{_CIRCLED}{_DIGITS}](?:(?<=[{_DIGITS}])[{_DIGITS}]{{0,2}})?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SPLITS = frozenset("。；;：:，,、！!？?\n\t (（")
_Form = Literal["square", "round", "circled", "raised"]


def find(folded: str, spans: Iterable[Span], numbers: Collection[int]) -> list[tuple[int, Span]]:
    """The note marks in the spans of the text (widths folded), with their numbers, in reading order.

    A number in square brackets, or behind 注, is a mark wherever it stands behind something. Circled numbers, raised ones (m²
    has one too) and round brackets also count items: they are marks where they stand behind a word and count on from 1 through
    the whole text; round and raised ones only where the glossary has entries of these `numbers`.
    """
    marks: list[tuple[int, Span]] = []
    due: dict[_Form, int] = {"round": 1, "circled": 1, "raised": 1}
    for start, end in spans:
        for form, number, span in sorted(_candidates(folded, start, end), key=lambda each: each[2]):
            if form in due:
                behind = folded[span[0] - 1] not in _SPLITS
                if not behind or number != due[form] or (form != "circled" and number not in numbers):
                    continue
                due[form] += 1
            marks.append((number, span))
    if due["circled"] == 2 and 1 not in numbers:  # a lone ① is no system of notes
        marks = [mark for mark in marks if folded[mark[1][0]] != "①"]
    return marks


def _candidates(folded: str, start: int, end: int) -> Iterator[tuple[_Form, int, Span]]:
    """What has the form of a mark and stands behind something on its line."""
    for match in _BRACKETED.finditer(folded, start, end):
        if match.start() > start:
            form: _Form = "round" if match["open"] == "(" and not match["note"] else "square"
            first = match.start() - (folded[match.start() - 1] == "^")
            yield form, int(match["number"]), (first, match.end())
    for match in _SIGN.finditer(folded, start, end):
        if match.start() > start:
            sign = match[0].translate(_RAISED)
            raised = sign.isascii()
            yield "raised" if raised else "circled", int(sign) if raised else int(unicodedata.numeric(sign)), match.span()
