"""One reader for each input format, behind one function: bytes -> page."""

import hashlib

from pipeline.contracts import Page, Source
from pipeline.formats import docx, ofd, office, pdf, text
from pipeline.formats.reading import Limits, Reading

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes, name: str, limits: Limits | None = None) -> Page:
    """The page that `data` holds, read by what the bytes are rather than by what the name says.

    Raises DocumentError where no reader can read it, or where it goes past the limits.
    """
    media_type, reading = _read(data, name, limits or Limits())
    return Page(
        source=Source(
            name=name,
            media_type=media_type,
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


def _read(data: bytes, name: str, limits: Limits) -> tuple[str, Reading]:
    """The media type that the bytes have, and what its reader says."""
    if b"%PDF-" in data[:1024]:
        return "application/pdf", pdf.read(data, name, limits)
    if data.startswith(b"PK\x03\x04"):
        # A member's name stands in the zip as it is, in its header and in the directory.
        if b"OFD.xml" in data:
            return "application/ofd", ofd.read(data, name, limits)
        return _WORD, docx.read(data, name, limits)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "application/msword", office.read(data, name, limits)
    if data.startswith(b"{\\rtf"):
        return "application/rtf", office.read(data, name, limits)
    return "text/plain", text.read(data, name, limits)
