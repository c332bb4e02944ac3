"""Files that hold several documents: a zip of documents, a table (CSV, TSV, XLSX) with one report in each row.

Each document becomes a source of its own: `archive.zip!folder/report.docx`, `table.csv#12`. Nothing is unpacked to disk, a name
inside a zip never reaches a path, and a zip inside a zip is not opened.
"""

import csv
import io
import mmap
import os
import zipfile
import zlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits
from pipeline.sources import stamp

_SINGLE = ("[content_types].xml", "ofd.xml", "mimetype", "meta-inf/manifest.xml")
"""Members by which a zip is one document (DOCX, OFD, ODF) and not a bundle of them."""
_TABLES = {".csv": ",", ".tsv": "\t"}
_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1
_HEADER = b"PK\x01\x02"

Rows = list[list[str]]


def names(path: str, column: str | None, limits: Limits) -> list[str]:
    """The documents inside a file, as they stand behind its name (`!report.docx`, `#12`); none where it is one document itself.

    `column` is the column of a table that holds the reports, by its header; None takes the one whose cells are longest.
    Raises DocumentError: `damaged`, `too-many-members`, `too-large`, `no-column`, and those of reading a table.
    """
    kind = _kind(path, limits)
    if kind == "zip":
        return [f"!{name}" for name in _archive(path, stamp(Path(path).stat()), os.getpid(), limits).members]
    if kind == "table":
        rows = _table(path, stamp(Path(path).stat()), limits)
        at = _column(rows, column, path)
        return [f"#{n}" for n, row in enumerate(rows[1:], 2) if len(row) > at and row[at].strip()]
    return []


def read(path: str, name: str, column: str | None, limits: Limits) -> bytes:
    """The bytes of a document inside a file; a table's cell as UTF-8.

    Raises DocumentError as `names` does, which is also what a `name` of "" is for, and `missing`, `unreadable`, `encrypted`.
    """
    try:
        if name.startswith("!"):
            return _inflated(path, name[1:], limits)
        if name.startswith("#"):
            return _cell(path, int(name[1:]), column, limits)
        names(path, column, limits)
    except OSError as error:
        raise DocumentError("unreadable", f"{path}: can't be read ({error.strerror or error})") from None
    raise DocumentError("unreadable", f"{path}: has changed while it was read")


def _cell(path: str, number: int, column: str | None, limits: Limits) -> bytes:
    rows = _table(path, stamp(Path(path).stat()), limits)
    at = _column(rows, column, path)
    row = rows[number - 1] if number <= len(rows) else []
    if len(row) <= at or not row[at].strip():
        raise DocumentError("missing", f"{path}#{number}: there is no such row any more")
    return row[at].encode()


def _kind(path: str, limits: Limits) -> str | None:
    if not Path(path).is_file():
        return None
    if Path(path).suffix.lower() in _TABLES:
        return "table"
    with Path(path).open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return None
    members = {name.lower() for name in _archive(path, stamp(Path(path).stat()), os.getpid(), limits).file.namelist()}
    if "xl/workbook.xml" in members:
        return "table"
    return None if members.intersection(_SINGLE) else "zip"


# --- a zip of documents -------------------------------------------------------------------------------------------


class _Archive(NamedTuple):
    """An open zip and its documents by name."""

    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]


@lru_cache(maxsize=1)
def _archive(path: str, stamp: tuple[int, int], process: int, limits: Limits) -> _Archive:
    """A zip, kept open while it stays as it is, for its members are read one after another; by one process alone.

    Folders, hidden files and what Word and macOS leave behind are no documents.
    """
    members: dict[str, zipfile.ZipInfo] = {}
    file = _opened(path, limits)
    for info in file.infolist():
        name = _name(info)
        steps = name.replace("\\", "/").split("/")
        if info.is_dir() or steps[0] == "__MACOSX" or any(step.startswith((".", "~$")) and step != ".." for step in steps):
            continue
        while name in members:
            name += "~"
        members[name] = info
    return _Archive(file, members)


def _opened(path: str, limits: Limits) -> zipfile.ZipFile:
    """The zip, after its members were counted without reading its directory."""
    with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as view:
        at = -1
        for _ in range(limits.members + 1):
            if (at := view.find(_HEADER, at + 1)) < 0:
                break
        else:
            raise DocumentError("too-many-members", f"{path}: a zip of more than {limits.members} members")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise DocumentError("damaged", f"{path}: the zip is damaged ({error})") from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; where it is not marked as UTF-8 it is what Chinese Windows writes, GBK."""
    if info.flag_bits & _UTF_8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _inflated(path: str, name: str, limits: Limits) -> bytes:
    archive = _archive(path, stamp(Path(path).stat()), os.getpid(), limits)
    info = archive.members.get(name)
    if info is None:
        raise DocumentError("missing", f"{path}!{name}: there is no such member any more")
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError("encrypted", f"{path}!{name}: the zip is encrypted; pack it without a password")
    try:
        with archive.file.open(info) as member:
            data = member.read(limits.bytes + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise DocumentError("damaged", f"{path}!{name}: can't be inflated ({error})") from None
    if len(data) > limits.bytes:
        raise DocumentError("too-large", f"{path}!{name}: larger than {limits.bytes:,} bytes")
    if not data.strip():
        raise DocumentError("empty", f"{path}!{name}: the file is empty")
    return data


# --- a table with one report a row ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _table(path: str, stamp: tuple[int, int], limits: Limits) -> Rows:
    """All rows of a table, the header first; kept while the file stays as it is, for its rows are read one after another."""
    if stamp[1] > limits.bytes:
        raise DocumentError("too-large", f"{path}: larger than {limits.bytes:,} bytes")
    data = Path(path).read_bytes()
    return _sheet(data, path, limits) if data.startswith(b"PK") else _separated(data, path, limits)


def _column(rows: Rows, wanted: str | None, path: str) -> int:
    """The place of the column that holds the reports."""
    if not rows:
        raise DocumentError("empty", f"{path}: a table without rows")
    header = [cell.strip() for cell in rows[0]]
    if wanted is not None:
        if wanted not in header:
            raise DocumentError("no-column", f"{path}: no column {wanted!r}; there are {', '.join(header)[:500]}")
        return header.index(wanted)
    width = max(map(len, rows))
    return max(range(width), key=lambda at: sum(len(row[at]) for row in rows[1:] if len(row) > at))


def _separated(data: bytes, path: str, limits: Limits) -> Rows:
    """The rows of a CSV or TSV."""
    from pipeline.formats import decoding

    text = decoding.decode(data, path).text
    delimiter = _TABLES.get(Path(path).suffix.lower(), ",")
    head = text[: text.find("\n")]
    if delimiter not in head:
        delimiter = max("\t;,", key=head.count)
    csv.field_size_limit(limits.characters)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentError("damaged", f"{path}: no readable table ({error})") from None


def _sheet(data: bytes, path: str, limits: Limits) -> Rows:
    """The rows of the first sheet of an XLSX, as their cells show them in text."""
    from pipeline.formats.container import Container

    container = Container(data, path, replace(limits, inflated=2 * limits.bytes))
    shared = [
        "".join(
            text.text or "" for text in item.iterfind(".//{*}t") if not str(getattr(text.getparent(), "tag", "")).endswith("rPh")
        )
        for item in (container.xml("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in container else ())
    ]
    sheets = sorted((name for name in container.names() if name.startswith("xl/worksheets/sheet")), key=lambda s: (len(s), s))
    if not sheets:
        raise DocumentError("damaged", f"{path}: a workbook without sheets")
    rows: Rows = []
    cells = 0
    for element in container.xml(sheets[0]).iterfind("{*}sheetData/{*}row"):
        number = int(element.get("r") or len(rows) + 1)
        if not len(rows) < number <= limits.parts:
            raise DocumentError("damaged", f"{path}: row {number} of the sheet is out of order")
        rows += [[] for _ in range(number - len(rows))]
        for cell in element.iterfind("{*}c"):
            place = _letters(cell.get("r") or "")
            at = place if place is not None else len(rows[-1])
            if not len(rows[-1]) <= at < 16_384:
                continue
            cells += at + 1 - len(rows[-1])
            if cells > limits.cells:
                raise DocumentError("too-large", f"{path}: a table of more than {limits.cells} cells")
            rows[-1] += [""] * (at + 1 - len(rows[-1]))
            value = "".join(text.text or "" for text in cell.iter("{*}v", "{*}t"))
            if cell.get("t") == "s":
                value = shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
            rows[-1][at] = value
    return rows


def _letters(reference: str) -> int | None:
    """The column of a cell's reference, `B12` giving 1."""
    column = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        column = column * 26 + ord(sign) - 64
    return column - 1 if column else None
