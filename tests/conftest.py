"""What several tests need: the page that started the project, read once."""

from pathlib import Path

import pytest

from pipeline.run import Result, process

SEED = Path(__file__).parent.parent / "input" / "songbei-2021.txt"


@pytest.fixture(scope="session")
def seed() -> Result:
    """Every stage's value for the page that started the project."""
    return process(SEED.read_bytes(), SEED.name)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="write golden records anew and lift the gold floors; never on CI")


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether golden records are to be written anew: only by the flag."""
    return bool(request.config.getoption("bless"))
