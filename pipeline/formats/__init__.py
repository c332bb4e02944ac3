"""One reader for each input format, behind one function: bytes -> page."""

import hashlib

from pipeline.contracts import Decoding, Page, Part, Source
from pipeline.errors import DocumentError
from pipeline.text import squeeze


def read(data: bytes, name: str) -> Page:
    """The page that `data` holds, read by what the bytes are rather than by what the name says."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("undecodable", f"{name}: not UTF-8 at byte {error.start}") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Page(
        source=Source(
            name=name, media_type="text/plain", encoding="utf-8", bytes=len(data), sha256=hashlib.sha256(data).hexdigest()
        ),
        decoding=Decoding(method="utf-8"),
        parts=tuple(Part(text=line, origin=f"line:{n}") for n, line in enumerate(text.split("\n"), 1)),
        characters=len(squeeze(text)),
    )
