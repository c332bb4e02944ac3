"""Blocks -> sentences: the stretches of text that a claim is read in, that a diff aligns and that a page jumps to."""

import re
from collections.abc import Iterator

from pipeline.contracts import Span
from pipeline.text import trim

_STOP = re.compile(r"[。！？!]{1,8}[”’」』）)】》]{0,4}")
"""A full stop with the quotation marks and brackets that close behind it. Not `；`, behind which subject and time go on,
and not the ASCII `?`, which stands on many pages where a character was lost."""
_LONGEST = 2000
"""Characters of the longest sentence: a longer stretch without a full stop is cut at a lesser sign, so that no reading of a
sentence by its parts takes more than linear time in a text."""
_NUMERAL = "0-9０-９.．一二三四五六七八九十百千万亿零〇两"
_CUT = re.compile(rf"[；;，,、：:\s]|[^{_NUMERAL}](?=[{_NUMERAL}])")


def split(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]`, without white space at their ends, in reading order; together they hold all of it.

    One that is longer than any is cut in pieces.
    """
    at = start
    for stop in (*[stop.end() for stop in _STOP.finditer(text, start, end)], end):
        while at < stop:
            cut = _CUT.search(text, at + _LONGEST, stop) if stop - at > _LONGEST else None
            upto = cut.end() if cut else stop
            low, high = trim(text, at, upto)
            if low < high:
                yield low, high
            at = upto
