"""One reader for each input format, behind one function: bytes -> page."""

import hashlib

from pipeline.contracts import Page, Source
from pipeline.formats import text
from pipeline.formats.reading import Limits


def read(data: bytes, name: str, limits: Limits | None = None) -> Page:
    """The page that `data` holds, read by what the bytes are rather than by what the name says.

    Raises DocumentError where no reader can read it, or where it goes past the limits.
    """
    reading = text.read(data, name, limits or Limits())
    return Page(
        source=Source(
            name=name,
            media_type="text/plain",
            encoding=reading.encoding,
            bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            url=reading.url,
        ),
        decoding=reading.decoding,
        meta=reading.meta,
        parts=reading.parts,
        characters=reading.characters,
        findings=reading.findings,
    )
