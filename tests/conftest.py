"""What several tests need: the page that started the project, read once."""

from pathlib import Path

import pytest

from pipeline.run import Result, process

SEED = Path(__file__).parent.parent / "input" / "songbei-2021.txt"


@pytest.fixture(scope="session")
def seed() -> Result:
    """Every stage's value for the page that started the project."""
    return process(SEED.read_bytes(), SEED.name)
