"""No text costs more than its length says: where it doubles, the time does; and one longer than any report is refused at once.

Time is the processor's own, so that a busy machine fails no test; a text that seems slow is measured again.
"""

import gc
import time

import pytest

from pipeline import s1_page
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits
from pipeline.run import process
from tests.case_files import rows

UNLIMITED = Limits(text=10**9, lines=10**9, numerals=10**9)
SHORTEST, LONGEST = 4_000, 1_000_000
ENOUGH = 0.08
"""seconds that a text must take for its doubling to be judged"""
CASES = {name: (head, piece) for name, head, piece in rows("hostile.tsv")}


def made(name: str, characters: int) -> bytes:
    """A hostile text of about that length."""
    head, piece = (part.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\") for part in CASES[name])
    times = max(1, characters // len(piece))
    return (head + ("".join(piece.replace("{n}", str(n)) for n in range(1, times)) if "{n}" in piece else piece * times)).encode()


def seconds(data: bytes) -> float:
    """The processor's time for the whole way, without the collector's, which comes in steps."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    process(data, "a.txt", UNLIMITED)
    taken = time.process_time() - began
    gc.enable()
    return taken


def growth(name: str, enough: float) -> float:
    """How many times longer the doubled text takes, at a length at which it takes so many seconds."""
    characters, last = SHORTEST, seconds(made(name, SHORTEST))
    while True:
        characters *= 2
        now = seconds(made(name, characters))
        if now > enough or characters > LONGEST:
            return now / last
        last = now


@pytest.mark.parametrize("name", CASES)
def test_twice_the_text_takes_twice_the_time(name: str) -> None:
    """A text that seems to take more is measured at greater lengths: where it leaves the processor's cache, time makes a step."""
    assert any(growth(name, ENOUGH * 2**n) <= 2.5 for n in range(4))


@pytest.mark.parametrize("name", list(CASES)[::4])
def test_ten_megabytes_of_it_are_refused_before_the_stages(name: str) -> None:
    """Whatever it is: one in four of them shows it."""
    data = made(name, 10_000_000 // len(CASES[name][1].encode()) * len(CASES[name][1]))
    began = time.process_time()
    with pytest.raises(DocumentError) as error:
        s1_page.read(data, "a.txt")
    assert error.value.code in ("too-long", "too-large")
    assert time.process_time() - began < 10
