"""The page that started the project goes through the whole way."""

from pathlib import Path

from pipeline.run import process

SEED = Path(__file__).parent.parent / "input" / "songbei-2021.txt"


def test_the_text_of_a_text_file_is_the_file() -> None:
    report = process(SEED.read_bytes(), SEED.name).report
    assert report.text == SEED.read_text("utf-8").removeprefix("\ufeff")
