"""Case files: a text and what is read out of it, in one file that a newcomer copies and changes.

# what the case is for
year: 2022                  (where the reader needs to know the report's year)
--- text
the text, as it stands
--- tables                  (what is expected; the section's name is the reader's)
one line a record, as the test writes it
"""

from dataclasses import dataclass
from pathlib import Path

from pipeline import s2_blocks
from pipeline.contracts import Blocks, Decoding, Page, Part, Source

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case file: its settings, its text, and its expected lines by section."""

    settings: dict[str, str]
    text: str
    expected: dict[str, str]


def names(folder: str) -> list[str]:
    """The case files of a folder; a folder without any is a mistake."""
    found = sorted(path.name for path in (CASES / folder).glob("*.txt"))
    assert found, f"no case files in {folder}"
    return found


def rows(name: str) -> list[list[str]]:
    """The lines of a table of cases, a list of its columns each; a table without any is a mistake."""
    found = [line.split("\t") for line in (CASES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert found, f"no cases in {name}"
    return found


def read(folder: str, name: str) -> Case:
    """A case file, taken apart."""
    head, *sections = (CASES / folder / name).read_text("utf-8").split("--- ")
    assert head.startswith("# "), f"{name} does not say what it is for"
    parts = {title: body for title, _, body in (section.partition("\n") for section in sections)}
    settings = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line and not line.startswith("#"))
    text = parts.pop("text").removesuffix("\n")
    assert parts, f"{name} expects nothing"
    return Case(settings, text, {title: body.strip() for title, body in parts.items()})


def blocks_of(text: str) -> Blocks:
    """A text's blocks, each line a part of its own as in a page."""
    parts = tuple(Part(text=line, origin=f"line:{n}") for n, line in enumerate(text.split("\n"), 1))
    source = Source(name="a.txt", media_type="text/plain", encoding="utf-8", bytes=0, sha256="0" * 64)
    return s2_blocks.lay_out(Page(source=source, decoding=Decoding(method="utf-8"), parts=parts, characters=0))
