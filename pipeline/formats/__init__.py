"""One reader for each input format, behind one function: bytes -> page."""

import hashlib

from pipeline.contracts import Page, Source
from pipeline.errors import DocumentError
from pipeline.formats import decoding, detect, text
from pipeline.formats.reading import Limits, Reading

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(data: bytes, name: str, limits: Limits | None = None) -> Page:
    """The page that `data` holds, read by what the bytes are rather than by what the name says.

    Raises DocumentError where no reader can read it, or where it goes past the limits.
    """
    limits = limits or Limits()
    if len(data) > limits.bytes:
        raise DocumentError("too-large", f"{name}: larger than {limits.bytes:,} bytes")
    media_type, reading = _read(data, name, limits)
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
    """The media type that the bytes have, and what its reader says. A reader is loaded where it is needed."""
    if b"%PDF-" in data[:1024]:
        from pipeline.formats import pdf

        return "application/pdf", pdf.read(data, name, limits)
    if data.startswith(b"PK\x03\x04"):
        # A member's name stands in the zip as it is, in its header and in the directory.
        if b"OFD.xml" in data:
            from pipeline.formats import ofd

            return "application/ofd", ofd.read(data, name, limits)
        if b"xl/workbook.xml" in data or not (b"word/" in data or b"[Content_Types].xml" in data):
            kind = "a workbook" if b"xl/workbook.xml" in data else "a zip of documents"
            raise DocumentError(
                "bundle", f"{name}: {kind}, where one document is meant; extract reads each document of such a file"
            )
        from pipeline.formats import docx

        return _WORD, docx.read(data, name, limits)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        from pipeline.formats import office

        return "application/rtf" if data.startswith(b"{") else "application/msword", office.read(data, name, limits)
    if detect.is_word_xml(data):
        from pipeline.formats import office

        return "application/msword", office.read(data, name, limits)
    if detect.is_page_archive(data):
        from pipeline.formats import mhtml

        return "multipart/related", mhtml.read(data, name, limits)
    decoded = decoding.decode(data, name)
    if detect.is_html(decoded.text):
        from pipeline.formats import html

        return "text/html", html.read(decoded, name, limits)
    return "text/plain", text.read(decoded, name, limits)
