"""One pattern for a list of words, its common beginnings factored out, so that a long lexicon costs what a short one does."""

import re
from collections.abc import Iterable, Mapping

_Node = dict[str, "_Node"]


def any_of(words: Iterable[str] | Mapping[str, str]) -> str:
    """A pattern that matches the longest of the words at a place; a mapping gives each word a pattern that must follow it."""
    guards = words if isinstance(words, Mapping) else dict.fromkeys(words, "")
    root: _Node = {}
    for word in guards:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _pattern(root, "", guards)


def _pattern(node: _Node, word: str, guards: Mapping[str, str]) -> str:
    branches = [re.escape(sign) + _pattern(below, word + sign, guards) for sign, below in sorted(node.items()) if sign]
    if "" in node:
        branches.append(guards[word])
    if not branches:
        return r"(?!)"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
