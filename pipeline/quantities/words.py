"""One pattern for a list of words, its common beginnings factored out, so that a long lexicon costs what a short one does."""

import re
from collections.abc import Iterable, Mapping

_Node = dict[str, "_Node"]
_FEW = 20
"""Alternatives are tried one after the other: where there are more, classes of signs say which of them to try."""


def any_of(words: Iterable[str] | Mapping[str, str], sought: bool = False) -> str:
    """A pattern that matches the longest of the words at a place; a mapping gives each word a pattern that must follow it.

    `sought`: the pattern is to be searched for, not matched at a place: from alternatives in one row the engine knows with what
    signs a match begins, and passes over all others.
    """
    guards = words if isinstance(words, Mapping) else dict.fromkeys(words, "")
    root: _Node = {}
    for word in guards:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _pattern(root, "", guards, len(root) if sought else _FEW)


def _pattern(node: _Node, word: str, guards: Mapping[str, str], few: int = _FEW) -> str:
    signs = [sign for sign in sorted(node) if sign]
    branches = [re.escape(sign) + _pattern(node[sign], word + sign, guards) for sign in signs]
    if len(branches) > few:
        parts = [slice(n, n + few) for n in range(0, len(signs), few)]
        branches = [f"(?=[{re.escape(''.join(signs[part]))}])(?:{'|'.join(branches[part])})" for part in parts]
    if "" in node:
        branches.append(guards[word])
    if not branches:
        return r"(?!)"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
