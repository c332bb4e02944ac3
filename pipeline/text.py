"""Spans of the one canonical text: folding of widths, slices without white space, excerpts that point at a place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from hashlib import blake2b

_FULL = "".join(chr(c) for c in range(0xFF01, 0xFF5F)) + "\u3000\u00a0"
_HALF = "".join(chr(c) for c in range(0x21, 0x7F)) + "  "
FOLD = str.maketrans(_FULL, _HALF)
"""Full-width forms to ASCII, one to one: a folded text has the offsets of the text itself (NFKC has not)."""

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_LONG = 1_000_000
"""Characters that are split at once: a sign between two blanks costs fifty bytes meanwhile."""
_WIDE = re.compile("[\uff01-\uff5e\u3000\u00a0]")


def fold(text: str) -> str:
    """The text with full-width letters, digits and punctuation as ASCII; same length, same offsets."""
    wide = _WIDE.search(text)
    while wide:  # a sign at a time, wherever it stands: a text has few of them, many times over
        text = text.replace(wide[0], wide[0].translate(FOLD))
        wide = _WIDE.search(text, wide.end())
    return text


def squeeze(text: str) -> str:
    """The text without any white space (wrapped lines joined, padded names closed)."""
    if len(text) > _LONG:
        return "".join(squeeze(text[n : n + _LONG]) for n in range(0, len(text), _LONG))
    dense = "".join(text.split())  # five times as fast as a pattern
    return dense.replace("\u200b", "").replace("\ufeff", "") if "\u200b" in dense or "\ufeff" in dense else dense


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; an empty span stays at `start`."""
    while start < end and (text[end - 1].isspace() or text[end - 1] in "\u200b\ufeff"):
        end -= 1
    while start < end and (text[start].isspace() or text[start] in "\u200b\ufeff"):
        start += 1
    return start, end


def covers(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of the spans, which are in order and do not overlap, holds the offset."""
    n = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return n >= 0 and offset < spans[n][1]


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    line = text.count("\n", 0, offset)
    return line + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def excerpt(text: str, start: int, end: int, around: int = 12) -> str:
    """The span with a little text around it, on one line, `⟦⟧` about the span: for messages."""
    left, right = max(0, start - around), min(len(text), end + around)
    marked = f"{text[left:start]}⟦{text[start:end]}⟧{text[end:right]}"
    return _SPACE.sub(" ", marked).strip()


def identifiers(prefix: str, keys: Iterable[str]) -> list[str]:
    """An id for each key: made of what it is and where it belongs, never of a running number.

    The same key again gets `-2`, `-3`: a paragraph that is put in renames nothing that follows it.
    """
    seen: dict[str, int] = {}
    ids = []
    for key in keys:
        name = prefix + blake2b(key.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        seen[name] = times = seen.get(name, 0) + 1
        ids.append(name if times == 1 else f"{name}-{times}")
    return ids
