"""Words about a quantity that say whether it is so or is to be, and how firmly it is meant: rows of `lexicon/status.toml`."""

import re
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import Modality

Turn = Literal["future", "then", "past", "standard"]


class ModalityRow(lexicon.Row):
    """Words of one modality."""

    modality: Modality
    pattern: str


class TurnRow(lexicon.Row):
    """Words that turn a clause against its passage: yet to come in a review, already there in a plan, a standard in either."""

    turn: Turn
    pattern: str


_MODALITIES = lexicon.load("status", "modality", ModalityRow)
_MODALITY = re.compile("|".join(f"(?P<m{n}>{row.pattern})" for n, row in enumerate(_MODALITIES)))
_TURNS = lexicon.load("status", "turn", TurnRow)
_LONGEST = 200  # characters before a quantity in which a word can turn its clause
_TURN = re.compile("|".join(f"(?P<t{n}>{row.pattern})" for n, row in enumerate(_TURNS)))


def matches(row: ModalityRow | TurnRow, text: str) -> bool:
    """Whether a text has the words of this row."""
    return re.search(row.pattern, text) is not None


def modality(text: str, start: int, end: int) -> Modality | None:
    """How firmly a promise at `end` is meant, by the last word that says so in its sentence from `start`."""
    last = None
    for match in _MODALITY.finditer(text, start, end):
        last = _MODALITIES[int((match.lastgroup or "")[1:])].modality
    return last


def turn(text: str, start: int, end: int, only: Turn | None = None) -> Turn | None:
    """What the last turning word in a clause `text[start:end]` says, or the last of one turn only; None where there is none."""
    last = None
    for match in _TURN.finditer(text, max(start, end - _LONGEST), end):
        said = _TURNS[int((match.lastgroup or "")[1:])].turn
        last = said if only in (None, said) else last
    return last
