"""Fills the templates with style, script and words into one file."""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from pipeline.claims.concept import catalogue


@cache
def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


@cache
def labels() -> dict[str, list[str]]:
    """Key -> the word in Chinese and in English."""
    found: dict[str, list[str]] = tomllib.loads(_file("labels.toml"))["labels"]
    return found


@cache
def _names() -> dict[str, list[str]]:
    """The catalogue's id of an indicator -> its name in Chinese and in English."""
    return {id_: [concept.name, concept.english] for id_, concept in catalogue().items()}


def label(key: str | None) -> Markup:
    """A word of the page, or an indicator's name, in Chinese; the script turns it into the reader's language.

    What has no label stays as it is.
    """
    words = labels().get(key or "") or _names().get(key or "")
    return Markup('<span data-t="{}">{}</span>').format(key, words[0]) if words else Markup.escape(key or "")


_FIELD = re.compile(r"\{(said)?\}")


class _Message(NamedTuple):
    """How a row says something in English and in Chinese, and the names of its fields."""

    english: re.Pattern[str]
    chinese: str
    fields: list[str]


@cache
def _messages() -> list[_Message]:
    rows: dict[str, str] = tomllib.loads(_file("labels.toml"))["messages"]
    return [
        _Message(re.compile("(.+?)".join(map(re.escape, _FIELD.split(english)[::2]))), chinese, _FIELD.findall(english))
        for english, chinese in rows.items()
    ]


def in_chinese(message: str) -> str:
    """The message of a finding or the reason of a verdict in Chinese; one that no row says, and what is quoted, stays as it is."""
    for row in _messages():
        if match := row.english.fullmatch(message):
            fields = zip(match.groups(), row.fields, strict=True)
            return row.chinese.format(*[in_chinese(text) if name else text for text, name in fields])
    return message


def told(message: str) -> Markup:
    """A message in Chinese; the script turns it into the reader's language."""
    chinese = in_chinese(message)
    return Markup('<span data-zh="{}" data-en="{}">{}</span>').format(chinese, message, chinese)


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True, loader=FunctionLoader(_file), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"t": label, "told": told}
    return made


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an inline style or script (CSP level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def render(name: str, concepts: Iterable[str] = (), **values: Any) -> str:
    """The page `name` filled with values, of which it names `concepts`; everything but our own markup is escaped."""
    style, script = _file("page.css"), _file("page.js")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    named = {id_: _names()[id_] for id_ in sorted(set(concepts)) if id_ in _names()}
    words = json.dumps(labels() | named, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(style=Markup(style), script=Markup(script), policy=policy, words=Markup(words), **values)
