"""Plain text: the decoded file, a part a line."""

from pipeline.contracts import Part
from pipeline.errors import DocumentError
from pipeline.formats.decoding import Text
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze


def read(decoded: Text, name: str, limits: Limits) -> Reading:
    """The lines of a text file: line ends `\\n`, nothing else changed. Raises DocumentError `too-large` past the limits."""
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limits.characters or text.count("\n") >= limits.parts:
        raise DocumentError("too-large", f"{name}: more than {limits.characters} characters or {limits.parts} lines")
    parts = tuple(Part(text=line, origin=f"line:{n}") for n, line in enumerate(text.split("\n"), 1))
    return Reading(parts, len(squeeze(text)), decoded.decoding, encoding=decoded.encoding)
