"""What several tests need: the page that started the project, read once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from pipeline.run import Result, process

settings.register_profile("default", max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
settings.register_profile("long", parent=settings.get_profile("default"), max_examples=1000, derandomize=False)
settings.load_profile("default")

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
