"""What the headers of columns and the titles of tables say: rows of `lexicon/table_headers.toml`."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from pipeline import lexicon
from pipeline.contracts import ColumnRole, TableKind
from pipeline.text import fold, squeeze

_FILE = "table_headers"
LONGEST = 24
"""Characters of the longest header of a column."""
_BRACKETS = re.compile(r"\([^()]{0,20}\)$")


class Header(lexicon.Row):
    """A form of a column's header, and the role of its column."""

    role: ColumnRole
    pattern: str


class Title(lexicon.Row):
    """A word in a title that says what sort of table stands below it."""

    kind: TableKind
    pattern: str


class Stage(lexicon.Row):
    """A word that says whether a table tells of what is done or of what is to do."""

    stage: Literal["planned", "completed"]
    pattern: str


class Mark(lexicon.Row):
    """The start of a line that opens an appendix or a note: no cell of a table."""

    pattern: str


def heads(row: Header, text: str) -> bool:
    """Whether a text is this header."""
    return re.fullmatch(row.pattern, _bare(text)) is not None


def says(row: Title | Stage, text: str) -> bool:
    """Whether a title says this."""
    return re.search(row.pattern, squeeze(text)) is not None


def marks(row: Mark, text: str) -> bool:
    """Whether a line opens so."""
    return re.match(row.pattern, squeeze(text)) is not None


def _bare(header: str) -> str:
    """A header without white space and without the unit in brackets at its end, widths folded."""
    key = fold(squeeze(header))
    return _BRACKETS.sub("", key) or key


_HEADERS: tuple[Header, ...] = lexicon.load(_FILE, "header", Header)
_HEADER = re.compile("|".join(f"(?P<h{n}>{row.pattern})" for n, row in enumerate(_HEADERS)))
_TITLES: tuple[Title, ...] = lexicon.load(_FILE, "title", Title)
_STAGES: tuple[Stage, ...] = lexicon.load(_FILE, "stage", Stage)
_MARK = re.compile("|".join(f"(?:{row.pattern})" for row in lexicon.load(_FILE, "mark", Mark)))


@lru_cache(maxsize=4096)
def role_of(header: str) -> ColumnRole | None:
    """The role of the column that a header heads; None for what is no known header."""
    if len(header) > LONGEST * 2:
        return None
    match = _HEADER.fullmatch(_bare(header))
    return _HEADERS[int((match.lastgroup or "h0")[1:])].role if match else None


@lru_cache(maxsize=1024)
def kind_of(title: str) -> TableKind | None:
    """What sort of table a title announces; None where it does not say."""
    key = squeeze(title)
    return next((row.kind for row in _TITLES if re.search(row.pattern, key)), None)


def stage_of(texts: Iterable[str]) -> Literal["planned", "completed"] | None:
    """Done or to do, by the first of the texts (title, then headers) that says so."""
    for text in texts:
        key = squeeze(text)
        for row in _STAGES:
            if re.search(row.pattern, key):
                return row.stage
    return None


def is_mark(key: str) -> bool:
    """Whether a line (without white space) opens an appendix, a note or the page's foot."""
    return _MARK.match(key) is not None
