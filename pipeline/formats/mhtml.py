"""MHTML: a page as a browser saves it into one file (RFC 2557); its HTML is read, its pictures and styles are not."""

import email

from pipeline.errors import DocumentError
from pipeline.formats import decoding, html
from pipeline.formats.reading import Limits, Reading


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The first HTML in the archive, with its address. Raises DocumentError: `no-text`, `too-deep`, and those of `html.read`."""
    try:
        message = email.message_from_bytes(data)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        payload = page.get_payload(decode=True) if page is not None else None
    except RecursionError:
        raise DocumentError("too-deep", f"{name}: parts nested deeper than we follow") from None
    if page is None or not isinstance(payload, bytes) or not payload.strip():
        raise DocumentError("no-text", f"{name}: an archive of a page without its HTML")
    reading = html.read(decoding.decode(payload, name), name, limits)
    address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    return reading._replace(url=reading.url or (address if html.is_address(address) else None))
