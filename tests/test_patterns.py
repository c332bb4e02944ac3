"""No pattern of ours repeats a group possessively: before Python 3.11.5 the engine may not end on one, and Debian 12 has 3.11.2."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

SEED = Path(__file__).parent.parent / "input" / "songbei-2021.txt"

_ONE_SIGN = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY}


def repeated_groups(tree: Any) -> Iterator[Any]:
    """The bodies of all possessive repeats of a parsed pattern that are more than one sign."""
    for operation, argument in tree:
        if operation is _constants.POSSESSIVE_REPEAT:
            body = argument[2]
            if len(body) != 1 or body[0][0] not in _ONE_SIGN:
                yield body
        for part in argument if isinstance(argument, (tuple, list)) else [argument]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, _parser.SubPattern):
                    yield from repeated_groups(inner)


@pytest.mark.parametrize(
    ("pattern", "found"), [("[0-9]++", False), ("(?>(?:ab)*)", False), ("(?:ab)*+", True), ("x|(?=(?:a|bc)++)", True)]
)
def test_it_is_seen_wherever_it_stands(pattern: str, found: bool) -> None:
    assert any(repeated_groups(_parser.parse(pattern))) == found


ALIVE = """
import gc, json, pathlib, re, sys
from pipeline.run import process
path = pathlib.Path(sys.argv[1])
process(path.read_bytes(), path.name)
alive = [one for one in gc.get_objects() if isinstance(one, re.Pattern) and isinstance(one.pattern, str)]
print(json.dumps([[one.pattern, one.flags] for one in alive]))
"""


def test_no_pattern_has_one() -> None:
    """Of all patterns that are alive in a process that has read a report: those of modules, lexicon and libraries."""
    printed = subprocess.run([sys.executable, "-c", ALIVE, str(SEED)], check=True, capture_output=True, cwd=SEED.parent.parent)
    patterns = json.loads(printed.stdout)
    assert len(patterns) > 400
    assert [pattern[:80] for pattern, flags in patterns if any(repeated_groups(_parser.parse(pattern, flags)))] == []
