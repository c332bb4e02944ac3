"""Note marks in running text: `[1]`, `［1］`, `〔1〕`, `^[1]`, `①` behind the word that a note explains."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from pipeline.contracts import Span

_MARK = re.compile(
    r"\^?[\[〔【] {0,2}注? {0,1}(?P<square>[0-9]{1,3}) {0,2}[\]〕】]"
    r"|\(注 {0,1}(?P<note>[0-9]{1,3})\)"
    r"|(?P<circled>[①-⑳㉑-㉟㊱-㊿])"
    r"|(?P<raised>[¹²³⁰⁴-⁹]{1,3})"
    r"|\((?P<round>[0-9]{1,3})\)"
)
_SPLITS = frozenset("。；;：:，,、！!？?\n\t (（")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def find(folded: str, spans: Iterable[Span], numbers: Collection[int]) -> list[tuple[int, Span]]:
    """The note marks in the spans of the text (widths folded), with their numbers, in reading order.

    Square brackets with a number are marks wherever they stand behind something. Circled numbers, raised ones (m² has one too)
    and round brackets also count items: they are marks where they stand behind a word and count on from 1; round brackets and
    raised numbers only where a glossary has entries of these `numbers`.
    """
    marks: list[tuple[int, Span]] = []
    due = {"circled": 1, "raised": 1, "round": 1}
    for start, end in spans:
        for match in _MARK.finditer(folded, start, end):
            form = match.lastgroup or ""
            number = _number(match[form])
            if match.start() == start:
                continue
            if form in due:
                behind = folded[match.start() - 1] not in _SPLITS
                if not behind or number != due[form] or (form != "circled" and number not in numbers):
                    continue
                due[form] += 1
            marks.append((number, match.span()))
    return _sound(folded, marks, numbers)


def _sound(folded: str, marks: list[tuple[int, Span]], numbers: Collection[int]) -> list[tuple[int, Span]]:
    """Without the forms that stand once only and point to no entry: a lone ① or m² is no system of notes."""
    forms = {folded[span[1] - 1].isnumeric() for _, span in marks}
    for lone in forms:
        own = [(number, span) for number, span in marks if folded[span[1] - 1].isnumeric() == lone]
        if len(own) == 1 and own[0][0] not in numbers and lone:
            marks = [mark for mark in marks if mark is not own[0]]
    return marks


def _number(surface: str) -> int:
    if len(surface) == 1 and not surface.isdecimal() and surface not in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return int(unicodedata.numeric(surface, 0))
    return int(surface.translate(_RAISED))
