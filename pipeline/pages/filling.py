"""Fills the templates with style, script and words into one file."""

import base64
import hashlib
import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup


@cache
def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


@cache
def labels() -> dict[str, list[str]]:
    """Key -> the word in Chinese and in English."""
    found: dict[str, list[str]] = tomllib.loads(_file("labels.toml"))["labels"]
    return found


def label(key: str | None) -> Markup:
    """A word of the page in Chinese, which the script turns into the reader's language; what has no label stays as it is."""
    words = labels().get(key or "")
    if words is None:
        return Markup.escape(key or "")
    return Markup('<span data-t="{}">{}</span>').format(key, words[0])


@cache
def _environment() -> Environment:
    made = Environment(
        autoescape=True, loader=FunctionLoader(_file), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["t"] = label
    return made


def _digest(text: str) -> str:
    """As a Content-Security-Policy names an inline style or script (CSP level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def render(name: str, **values: Any) -> str:
    """The page `name` filled with values; everything but our own markup is escaped."""
    style, script = _file("page.css"), _file("page.js")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    words = json.dumps(labels(), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(style=Markup(style), script=Markup(script), policy=policy, words=Markup(words), **values)
