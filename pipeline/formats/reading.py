"""What every reader returns, and the limits that every reader keeps."""

from dataclasses import dataclass, fields
from typing import NamedTuple

from pipeline.contracts import Decoding, Finding, PageMeta, Part


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost at most; a reader checks before it parses and raises DocumentError past it.

    The stages behind the reader take time by the text, its lines and its numerals: of these ten times what the longest of 320
    real reports has is read (they have up to 43,000 characters, 1,000 lines and 1,500 numerals), within ten seconds.
    """

    bytes: int = 64_000_000
    """size of the file"""
    inflated: int = 256_000_000
    """bytes that all members of a container inflate to"""
    members: int = 10_000
    """members of a container"""
    tags: int = 2_000_000
    """tags of one XML member of a container"""
    characters: int = 20_000_000
    """characters of text in all parts"""
    parts: int = 400_000
    """lines, paragraphs and cells"""
    cells: int = 200_000
    """cells of all tables, merged ones resolved"""
    depth: int = 4_096
    """nested elements"""
    pages: int = 2_000
    """pages of a PDF or OFD"""
    seconds: int = 8
    """time of a reader that runs in a process of its own (PDF, HTML that is built to cost)"""
    memory: int = 450_000_000
    """bytes of memory of such a process"""
    conversion: int = 60
    """seconds of LibreOffice, which takes several to start"""
    text: int = 400_000
    """characters of the text that the stages read, page furniture included"""
    lines: int = 50_000
    """lines, paragraphs and cells of that text"""
    numerals: int = 20_000
    """numerals of that text"""

    def others(self) -> dict[str, int]:
        """Those that are not as they are by default, by name."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) != each.default}


class Reading(NamedTuple):
    """A source as one reader sees it.

    `characters` counts the characters other than white space that the source shows, apart from the way that made `parts`,
    so that the coverage check (kept + chrome = all) does not check itself.
    """

    parts: tuple[Part, ...]
    characters: int
    decoding: Decoding
    encoding: str | None = None
    meta: tuple[PageMeta, ...] = ()
    url: str | None = None
    findings: tuple[Finding, ...] = ()
