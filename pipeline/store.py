"""One document's folder: every product validated, then written whole or not at all, `report.json` last."""

import errno
import os
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic_core import from_json

from pipeline import check
from pipeline.contracts import PRODUCTS, Model
from pipeline.run import Result

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff\ufffd]')
_RESERVED = {"", ".", "..", "manifest.jsonl"}
_NEXT = re.compile(rb'\},\{(?="[a-z])')  # from one record to the next; inside of a string no quotation mark stands bare
_LONGEST = 200  # bytes of a name; file systems allow 255, and temporary names are a little longer


class BrokenOutputError(Exception):
    """A product of ours breaks its schema or its own promises: a fault of ours, never of the document."""


class Member(NamedTuple):
    """A member of a product: its value, its JSON as it is written, and what that JSON says when it is read."""

    value: object
    json: bytes
    read: dict[str, Any]


def dump(result: Result) -> dict[str, bytes]:
    """File name -> its JSON, for every product of one document, all of them checked. Raises BrokenOutputError."""
    written: dict[str, Member] = {}
    files = {name: checked(name, value, written) for name, value in zip(PRODUCTS, result, strict=True)}
    problems = check.report(result.report)
    if problems:
        raise BrokenOutputError(f"report.json contradicts itself: {problems[0].line(result.report.text)}")
    return files


def checked(name: str, value: Model, written: dict[str, Member] | None = None) -> bytes:
    """The JSON of a product, a record a line, held against its schema file. Raises BrokenOutputError.

    `written` are the members of the document's products so far: records that a report says again are not made again, nor held
    again against a schema that says of them what the first one said.
    """
    written = {} if written is None else written
    read: dict[str, Any] = {}
    for field in type(value).model_fields:
        member = getattr(value, field)
        again = field in written and written[field].value == member
        if not again:
            json = _adapter(type(value)).dump_json(value, by_alias=True, include={field})
            written[field] = Member(member, _NEXT.sub(b"},\n{", json[1:-1]), from_json(json))
        for key, said in written[field].read.items():
            read[key] = [] if again and isinstance(said, list) else said
    problems = check.against_schema(name, read)
    if problems:
        raise BrokenOutputError(f"{name}.json breaks its schema: {problems[0].line()}")
    return b"{" + b",\n".join([written[field].json for field in type(value).model_fields]) + b"}\n"


@cache
def _adapter(model: type[Model]) -> TypeAdapter[Model]:
    """What writes a model's JSON as bytes: its own method decodes them."""
    return TypeAdapter(model)


def write(root: Path, inner: str, files: dict[str, bytes]) -> None:
    """The products into the folder `inner` of `root`, in the pipeline's order.

    Raises OSError where it can't be written, also where a link would lead out of `root`.
    """
    folder = root
    for name in inner.split("/"):
        folder /= name
        if folder.is_symlink():
            raise OSError(errno.ELOOP, "a link stands where a folder of ours is to be")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        replace(folder / f"{name}.json", data)


def replace(path: Path, data: bytes) -> None:
    """The file written whole or not at all: a process that dies half way leaves the old file, or none."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove(folder: Path) -> None:
    """Our files of one document, and the folder if nothing else is in it; for a document that has moved to another folder."""
    for name in PRODUCTS:
        (folder / f"{name}.json").unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def safe(name: str) -> str:
    """A file's name as the name of a folder: no separators, no control characters, not too long, never a name of ours."""
    clean = _UNSAFE.sub("_", name).strip(" .")
    if len(clean.encode()) > _LONGEST:
        short = clean.encode()[: _LONGEST - 9].decode(errors="ignore")
        clean = f"{short}-{sha256(name.encode(errors='surrogateescape')).hexdigest()[:8]}"
    return f"{clean}_" if clean in _RESERVED else clean
