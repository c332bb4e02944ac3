"""The entries of a glossary, paragraph by paragraph: where each begins, and which paragraphs belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import markers
from pipeline.glossary.terms import parted
from pipeline.lines import Line
from pipeline.text import fold

_STYLES = (
    "digits-stop",
    "square",
    "digits-brackets",
    "digits-half-bracket",
    "circled",
    "sign-brackets",
    "han-stop",
    "han-brackets",
)
_LEAD = 2  # lines between the title and the first entry
_AHEAD = 40  # lines within which the next number is looked for
_NAME = 40  # characters of a line that is a term and nothing else
_NUMBER = re.compile(r"注?\s?([0-9０-９]{1,3})(?:[.．、:：]|\s)")
_CLOSED = "。；;！!”)）"


@dataclass(slots=True)
class Entry:
    """An entry as it stands: its number, where it starts, where its text begins behind the number, and its lines."""

    number: int | None
    start: int
    body: int
    lines: list[Line]

    @property
    def end(self) -> int:
        return self.lines[-1].end


def entries_below(text: str, lines: Sequence[Line], at: int, until: int) -> list[Entry]:
    """The entries on the lines from `at` on, numbered in any style or not at all; `until` is a line that can be none of theirs."""
    for first in range(at, min(at + 1 + _LEAD, until)):
        line = lines[first]
        marker = markers.at(text, line.start, line.end) or _due(text, line, "digits-stop", 1)
        if marker and marker.number == 1 and marker.style in _STYLES:
            return _numbered(text, lines, first, until, marker.style)
    return _unnumbered(text, lines, at, until) or _alternating(text, lines, at, until)


def has_term(text: str, entry: Entry) -> bool:
    """Whether an entry has a term: before a colon or the like, or alone on its first line."""
    first = entry.lines[0]
    own = fold(text[entry.body : first.end])
    return parted(own, 0, len(own)) is not None or (len(entry.lines) > 1 and len(own) <= _NAME)


def _numbered(text: str, lines: Sequence[Line], at: int, until: int, style: str) -> list[Entry]:
    """Entries that count on in one style. What stands between two numbers belongs to the first of them; what stands below the
    last number belongs to it as far as all the others have as many lines."""
    entries: list[Entry] = []
    waiting: list[Line] = []  # lines that belong to the last entry if another one follows
    counts_own = False  # whether a list of the last entry's own stands among them
    for n in range(at, until):
        line = lines[n]
        due = (entries[-1].number or 0) + 1 if entries else 1
        marker = _due(text, line, style, due)
        if marker and marker.number != due:
            inner = counts_own or marker.number is None or not due - 1 <= marker.number <= due + 2
            if inner or (marker.number != due - 1 and _comes(text, lines[n + 1 : min(n + _AHEAD, until)], style, due)):
                marker, counts_own = None, True
        if marker:
            if entries:
                entries[-1].lines.extend(waiting)
            entries.append(Entry(marker.number, line.start, marker.body, [line]))
            waiting, counts_own = [], False
        elif len(waiting) == _AHEAD:
            break
        else:
            waiting.append(line)
    usual = min((len(entry.lines) for entry in entries[:-1]), default=1)
    last = entries[-1].lines
    for line in waiting:
        if len(last) >= usual and not last[-1].breaks_off(text):
            break
        last.append(line)
    return entries


def _due(text: str, line: Line, style: str, due: int) -> markers.Marker | None:
    """The marker of this style that opens a line. The number that is due is taken in forms, too, that mean nothing elsewhere:
    before a term that opens with a digit (8.8所1中心), before a space, behind 注."""
    marker = markers.at(text, line.start, line.end)
    if marker and marker.style == style:
        return marker
    number = _NUMBER.match(text, line.start, line.end) if style == "digits-stop" else None
    if number is None or int(number[1]) != due:
        return None
    own = fold(text[number.end() : line.end])
    return markers.Marker(style, number[0], due, line.start, number.end(), number.end()) if parted(own, 0, len(own)) else None


def _comes(text: str, lines: Sequence[Line], style: str, due: int) -> bool:
    """Whether the number that is due still comes: what stands before it counts something of its own."""
    found = (markers.at(text, line.start, line.end) for line in lines)
    return any(marker is not None and marker.style == style and marker.number == due for marker in found)


def _unnumbered(text: str, lines: Sequence[Line], at: int, until: int) -> list[Entry]:
    """Entries `term：definition`, a line or more each. They end where the next line has no term, nor the one below it."""
    entries: list[Entry] = []
    for n in range(at, until):
        line = lines[n]
        if _is_entry(text, line):
            entries.append(Entry(None, line.start, _body(text, line), [line]))
        elif entries and text[line.end - 1] in _CLOSED and n + 1 < until and _is_entry(text, lines[n + 1]):
            entries[-1].lines.append(line)
        else:
            break
    return entries if len(entries) > 1 else []


def _is_entry(text: str, line: Line) -> bool:
    own = text[_body(text, line) : line.end]
    cut = parted(fold(own), 0, len(own))
    return cut is not None and 1 < cut[0] <= _NAME and len(own) - cut[1] > 6 and own[cut[0]] in ":：—─】]"


def _body(text: str, line: Line) -> int:
    """Where a line's text begins, behind a bullet or a dash."""
    marker = markers.at(text, line.start, line.end)
    return marker.body if marker and marker.style in ("bullet", "dash") else line.start


def _alternating(text: str, lines: Sequence[Line], at: int, until: int) -> list[Entry]:
    """Entries without numbers whose term stands alone on a line above the definition."""
    entries: list[Entry] = []
    for n in range(at, until - 1, 2):
        name, meaning = lines[n], lines[n + 1]
        short = name.end - name.start <= _NAME and text[name.end - 1] not in "。；;，,：:"
        if not short or text[meaning.end - 1] not in _CLOSED or meaning.end - meaning.start <= name.end - name.start:
            break
        entries.append(Entry(None, name.start, name.start, [name, meaning]))
    return entries if len(entries) > 1 else []
