"""The knowledge as data: one TOML file a subject, one row a thing known, and the one loader.

Every row carries `examples` (what it must match) and `near_misses` (what looks like it and must not match);
`tests/test_lexicon.py` runs them all. To teach the program a unit, a heading style, an indicator: add one row.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """What every row has, whatever it knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


R = TypeVar("R", bound=Row)


@cache
def load(name: str, key: str, model: type[R]) -> tuple[R, ...]:
    """The rows under `[[key]]` of `name.toml`, in the file's order.

    Raises pydantic's ValidationError for a row with an unknown or missing field: a broken lexicon is a fault of ours.
    """
    data = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    return tuple(model.model_validate(row) for row in data.get(key, ()))


def tables() -> Iterator[str]:
    """The names of the lexicon's files, sorted."""
    yield from sorted(entry.name.removesuffix(".toml") for entry in files(__package__).iterdir() if entry.name.endswith(".toml"))


@cache
def fingerprint() -> str:
    """A hash of the whole lexicon, so that a record can say which rules made it."""
    digest = hashlib.sha256()
    for entry in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".toml", ".tsv")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
