"""What a file is, by its bytes and never by its name."""

import re

_OPENING = re.compile(
    r"\s{0,999}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--.{0,2000}?-->\s{0,99}){0,9}<(?:!doctype\s{1,9}html|html|head|meta|title|body|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"</?(?:p|div|br|span|td|tr|table|li|ul|a|font|strong|b|h[1-6]|html|body|meta|center)\b[^<>]{0,2000}>", re.IGNORECASE
)
_WORD_XML = (b'progid="Word.Document"', b"<w:wordDocument", b"<pkg:package")
_ARCHIVE = re.compile(rb"(?:^|\n)content-type:\s{0,9}multipart/related", re.IGNORECASE)
_SAMPLE = 50_000
_TAGS_IN_SAMPLE = 8


def is_word_xml(data: bytes) -> bool:
    """Whether it is XML of Word's, of 2003 or all of a DOCX in one file."""
    head = data[:2000]
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and any(sign in head for sign in _WORD_XML)


def is_page_archive(data: bytes) -> bool:
    """Whether it is a page that a browser saved into one file (MHTML), by its header."""
    return b":" in data[:60] and _ARCHIVE.search(data[:4096]) is not None


def is_html(text: str) -> bool:
    """Whether a text is HTML: it opens as a page does, or tags stand in it as densely as in a piece of one."""
    if "<" not in text:
        return False
    return _OPENING.match(text) is not None or len(_TAG.findall(text[:_SAMPLE])) >= max(_TAGS_IN_SAMPLE, len(text[:_SAMPLE]) // 400)
