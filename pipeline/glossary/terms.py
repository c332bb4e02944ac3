"""Terms: where an entry's term ends and its definition begins, and where a text uses terms."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline import lexicon
from pipeline.contracts import Span
from pipeline.text import fold, trim

_LONGEST = 80  # characters of a term
_OPEN, _CLOSE = "“‘《(【〔「『[", "”’》)】〕」』]"
_SIGNS = re.compile(f"[{re.escape(_OPEN + _CLOSE)}:。—─-]")
_MEANS = re.compile(r"是指|系指|即指|指的是|(?<=[”》)，,])(?:指|即|是)")
_NAMED = re.compile(r"[【\[](?![0-9]{1,3}[】\]])[^【】\[\]\n]{2,30}[】\]](?!:)")
_QUOTES = re.compile("[\\s\u200b\ufeff“”‘’\"'「」『』]+")
_UNQUOTED = re.compile("[^\\s\u200b\ufeff“”‘’\"'「」『』]+")
_PARTS = re.compile(r"[、，,;；/]|(?<=”)(?=“)|(?<=\")(?=\")")
_TAIL = re.compile(r"\([^()]{1,80}\)$")
_QUOTED = re.compile("“([^“”\n]{2,24})”")
_REFERENCE = 40  # characters of the longest reference to a page
_MOST = 2000  # terms that are looked for: no glossary has as many
_SHARED = 8  # terms that words in quotation marks may be of


class PageReference(lexicon.Row):
    """A form of reference to the page where a term stands."""

    pattern: str


def refers(row: PageReference, text: str) -> bool:
    """Whether a text is such a reference."""
    return re.fullmatch(row.pattern, fold(text)) is not None


_PAGE = "|".join(row.pattern for row in lexicon.load("glossary", "page", PageReference))
_PAGE_END = re.compile(rf"\s{{0,4}}(?:{_PAGE})(?P<stop>[。.]?)\s{{0,4}}$")


def parted(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the term of an entry ends and where its definition begins; None where the entry has no term.

    A term stands in 【】, or is followed by a colon, a dash, a full stop with a definition behind it, or by 是指: whichever comes
    first outside of brackets and quotation marks.
    """
    depth, near = 0, min(end, start + _LONGEST)
    if named := _NAMED.match(folded, start, near):
        return named.end() - 1, named.end()
    for match in _SIGNS.finditer(folded, start, near):
        sign, at = match[0], match.start()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and sign == ":" and not (folded[start:at].isdigit() and folded[at + 1 : at + 2].isdigit()):
            return at, at + 1
        elif depth == 0 and at > start and folded[at : at + 2] in ("——", "--", "──"):
            return at, at + 2
        elif depth == 0 and sign == "。":
            term = folded[start:at]
            sound = trim(folded, at + 1, end)[0] < end and not (len(term) > 24 and re.search("[,;]", term))
            return (at, at + 1) if sound and not _MEANS.search(term) else _meaning(folded, start, at)
    colon = folded.find(":", start + 1, near) if depth else -1  # a quotation mark that is never closed hides nothing
    return (colon, colon + 1) if colon > 0 else _meaning(folded, start, near)


def _meaning(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Term and definition parted by nothing but the words that open a definition (三公经费是指…)."""
    match = _MEANS.search(folded, start + 1, min(end, start + 40))
    return (match.start(), match.start()) if match else None


def without_page(text: str) -> str:
    """A term or definition without a reference to a page at its end, and without white space there."""
    text = text.strip()
    match = _PAGE_END.search(fold(text[-_REFERENCE:]))
    return text[: len(text) - len(match[0])] + match["stop"] if match else text


def forms(term: str) -> list[str]:
    """How a text may write a term: without quotation marks; without the foreign name in brackets behind it; and, where it is
    several in one (“六稳”、“六保”), each of them."""
    whole = plain(term)
    ways = [whole, _TAIL.sub("", whole)]
    ways += [plain(part) for part in _PARTS.split(fold(term)) if part]
    return [way for way in dict.fromkeys(ways) if len(way) > 1]


def plain(text: str) -> str:
    """A text without white space and quotation marks, widths folded: what two ways of writing a term share."""
    return _QUOTES.sub("", fold(text))


def mentions(folded: str, spans: Iterable[Span], terms: Sequence[str]) -> list[list[Span]]:
    """For each term the places in the spans of the text (widths folded) that use it, in reading order.

    The longest term wins a place. The whole term is looked for first; its parts count where the whole one stands nowhere, and
    what it has in quotation marks (the “三资” of 社区集体“三资”) where these don't, if the text has it in quotation marks too.
    A place is one term's, of two that are written alike the first one's; but words in quotation marks may be of several.
    """
    spans = list(spans)
    ways = [forms(term) for term in terms[:_MOST]]
    if not any(ways):
        return [[] for _ in terms]
    body = _Body(folded, spans)
    found = body.places({way[0] for way in ways if way})
    parts = {part for way in ways if way and way[0] not in found for part in way[1:]}
    found.update(body.places(parts))
    known: set[str] = set()
    result: list[list[Span]] = []
    quoted: dict[str, list[Span]] | None = None
    shared: Counter[str] = Counter()
    for way, term in zip(ways, terms, strict=False):
        places = [span for form in _used(way, found) for span in found.pop(form)]
        if not places and not (way and way[0] in known):
            quoted = _quoted(folded, spans) if quoted is None else quoted
            cores = [plain(core) for core in _QUOTED.findall(fold(term))]
            shared.update(cores)
            places = [span for core in cores if shared[core] <= _SHARED for span in quoted.get(core, ())]
        known.update(way[:1])
        result.append(sorted(set(places)))
    return result + [[] for _ in terms[_MOST:]]


def _used(way: list[str], found: dict[str, list[Span]]) -> list[str]:
    if way and way[0] in found:
        return way[:1]
    return [form for form in way[1:] if form in found]


def _quoted(folded: str, spans: Iterable[Span]) -> dict[str, list[Span]]:
    """What the text has in quotation marks, and where."""
    found: dict[str, list[Span]] = {}
    for start, end in spans:
        for match in _QUOTED.finditer(folded, start, end):
            found.setdefault(_QUOTES.sub("", match[1]), []).append(match.span())
    return found


class _Body:
    """The text of the spans as `plain` has it, and the way back to the text's own offsets."""

    def __init__(self, folded: str, spans: Iterable[Span]) -> None:
        self.ends: list[int] = []  # of the runs, in the plain text
        self.shifts: list[int] = []  # from the plain text to the text, for each run
        kept: list[str] = []
        length = 0
        for start, end in spans:
            for run in _UNQUOTED.finditer(folded, start, end):
                kept.append(run[0])
                self.shifts.append(run.start() - length)
                length += len(run[0])
                self.ends.append(length)
            kept.append("\n")
            length += 1
        self.text = "".join(kept)

    def _back(self, at: int) -> int:
        return at + self.shifts[min(bisect_right(self.ends, at), len(self.shifts) - 1)]

    def places(self, words: Iterable[str]) -> dict[str, list[Span]]:
        """Where each word stands, the longest first at a place."""
        found: dict[str, list[Span]] = {}
        taken = bytearray(len(self.text))
        for word in sorted(words, key=lambda word: (-len(word), word)):
            at = self.text.find(word)
            while at >= 0:
                end = at + len(word)
                if not taken[at] and not taken[end - 1]:
                    taken[at:end] = b"\1" * len(word)
                    found.setdefault(word, []).append((self._back(at), self._back(end - 1) + 1))
                at = self.text.find(word, end)
        return found
