"""Plain text: the decoded file, a part a line."""

from pipeline.contracts import Decoding, Part
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """The lines of a text file: BOM dropped, line ends `\\n`, nothing else changed."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError("undecodable", f"{name}: not UTF-8 at byte {error.start}") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = tuple(Part(text=line, origin=f"line:{n}") for n, line in enumerate(text.split("\n"), 1))
    return Reading(parts, len(squeeze(text)), Decoding(method="utf-8"), encoding="utf-8")
