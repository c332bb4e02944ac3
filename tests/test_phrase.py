"""What a quantity measures is said in the words of the text, as short as a reader of a table needs it."""

import pytest

from pipeline.claims import phrase
from pipeline.contracts import Column, Indicator, Table, TableCell, TableRow
from pipeline.quantities.quantity import Quantity, scan
from pipeline.text import fold, squeeze
from tests import case_files

CASES = case_files.rows("indicators.tsv")


def quantities(text: str) -> list[Quantity]:
    return [one for one in scan(text) if one.role == "quantity"]


def indicators(sentence: str) -> list[tuple[str, Indicator]]:
    text = fold(sentence)
    found = quantities(text)
    read = phrase.read(text, (0, len(text)), found)
    return [(text[one.start : one.end], indicator) for one, indicator in zip(found, read, strict=True)]


@pytest.mark.parametrize(("sentence", "surface", "wanted"), CASES, ids=[f"{row[1]}-{row[2]}" for row in CASES])
def test_the_phrase_of_a_quantity(sentence: str, surface: str, wanted: str) -> None:
    assert (surface, fold(wanted)) in [(written, indicator.text) for written, indicator in indicators(sentence)]


@pytest.mark.parametrize("sentence", sorted({row[0] for row in CASES}))
def test_a_phrase_is_joined_from_its_pieces_of_the_text(sentence: str) -> None:
    text = fold(sentence)
    for _, indicator in indicators(sentence):
        assert indicator.text == squeeze("".join(text[start:end] for start, end in indicator.spans))
        assert indicator.concept is None


def test_money_of_a_cell_goes_into_the_project_of_its_row() -> None:
    text = "路网改造工程\n拟投入16.8亿元,建设57条市政道路"
    found = quantities(text)
    read = phrase.read(text, (7, len(text)), found, topic=(0, 6))
    assert [indicator.text for indicator in read] == ["路网改造工程投入", "建设市政道路"]


def test_a_bare_value_in_a_table_is_of_its_row() -> None:
    text = "指标\t增速\n粮食产量\t36"
    cells = (TableCell(text="粮食产量", start=6, end=10), TableCell(text="36", start=11, end=13))
    table = Table(
        id="t1",
        kind="indicators",
        title=None,
        year=None,
        stage=None,
        columns=(Column(name="指标", role="project"), Column(name="增速", role="value")),
        rows=(TableRow(number=None, cells=cells),),
        start=0,
        end=len(text),
    )
    (value,) = (one for one in scan(text) if one.start >= 11)
    assert phrase.in_cell(text, table, 0, 1, value).text == "粮食产量增速"


def test_a_sentence_has_one_phrase_for_each_quantity_even_where_nothing_is_said() -> None:
    text = "3个、5%(7家)"
    found = quantities(text)
    assert len(phrase.read(text, (0, len(text)), found)) == len(found)


def test_the_sentence_before_may_say_whose_a_measure_is() -> None:
    text = "制衣业再上新水平。全年完成产值16亿元。"
    read = phrase.read(text, (9, len(text)), quantities(text), lead=(0, 9))
    assert [indicator.text for indicator in read] == ["制衣业产值"]
