"""Tables come out as a reader sees them, whatever became of their lines; and what is no table does not come out as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import s1_page, s2_blocks, s4_tables
from pipeline.contracts import Blocks, Metadata, Table, Tables
from tests import case_files
from tests.documents import docx, p, tc


def render(tables: Tables) -> str:
    """A table: its kind, year, stage and title; its columns; a line a row. Blank lines between tables, findings at the end."""
    blocks = ["\n".join(_lines(table)) for table in tables.tables]
    findings = [f"! {finding.code}" for finding in tables.findings]
    return "\n\n".join([*blocks, *findings]) or "none"


def _lines(table: Table) -> list[str]:
    head = [table.kind, str(table.year or "-"), table.stage or "-", *(["in prose"] if table.in_prose else [])]
    columns = " | ".join(f"{column.name}={column.role}" for column in table.columns)
    rows = [" | ".join(cell.text for cell in row.cells).strip() for row in table.rows]
    return [f"{' '.join(head)}: {table.title or '-'}", columns, *rows]


def found(text: str, year: int | None = None) -> Tables:
    return s4_tables.find(case_files.blocks_of(text), Metadata(year=year))


@pytest.mark.parametrize("name", case_files.names("tables"))
def test_the_tables_of_a_case_file(name: str) -> None:
    case = case_files.read("tables", name)
    year = case.settings.get("year")
    assert render(found(case.text, int(year) if year else None)) == case.expected["tables"]


@pytest.mark.parametrize("name", case_files.names("tables"))
def test_a_cell_quotes_its_place_and_an_absent_one_takes_none(name: str) -> None:
    text = case_files.read("tables", name).text
    for table in found(text).tables:
        assert table.start < table.end
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            for cell in row.cells:
                quoted = "".join(text[cell.start : cell.end].split())
                assert quoted == "".join(cell.text.split())
                assert table.start <= cell.start <= cell.end <= table.end


LOOSE = st.lists(
    st.sampled_from(
        [
            "序号",
            "项目",
            "内容",
            "责任单位",
            "完成情况",
            "总投资(万元)",
            "类别",
            "1",
            "2",
            "3",
            "（一）",
            "一、教育类",
            "修路工程",
            "区教育局",
            "已完成。",
            "12.5",
            "合计",
            "续表",
            "民生实事",
            "附件1",
            "\n",
            "\n",
            "\t",
            "  ",
            "1.修路。建3公里。\n",
            "2022年十件民生实事\n",
        ]
    ),
    max_size=60,
)


@given(LOOSE)
def test_whatever_stands_there_tables_lie_apart_and_quote_their_places(words: list[str]) -> None:
    text = "".join(words)
    end = 0
    for table in found(text, 2022).tables:
        assert end <= table.start < table.end <= len(text)
        assert table.columns
        assert table.rows
        end = table.end
        for cell in (cell for row in table.rows for cell in row.cells):
            assert "".join(text[cell.start : cell.end].split()) == "".join(cell.text.split())


def grid(*rows: str) -> Blocks:
    """The blocks of a Word file with one table under a title."""
    body = p("2021年民生实事项目") + "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    return s2_blocks.lay_out(s1_page.read(docx(body), "表.docx"))


def test_a_merged_cell_stands_in_every_row_that_it_covers() -> None:
    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    tables = s4_tables.find(
        grid(
            tc("序号") + tc("项目名称") + tc("责任单位"),
            tc("1") + tc("校园改造") + tc("教育局", start),
            tc("2") + tc("食堂改造") + tc("", more),
        ),
        Metadata(year=2021),
    )
    assert render(tables) == (
        "livelihood 2021 planned: 2021年民生实事项目\n序号=number | 项目名称=project | 责任单位=lead\n"
        "1 | 校园改造 | 教育局\n2 | 食堂改造 | 教育局"
    )


def test_a_row_over_all_columns_is_a_title_or_a_group_and_no_row() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    tables = s4_tables.find(
        grid(
            tc("2021年重点项目一览表", wide),
            tc("序号") + tc("项目名称") + tc("建设内容"),
            tc("一、交通", wide),
            tc("1") + tc("城北路") + tc("新建3公里"),
        ),
        Metadata(),
    )
    assert render(tables) == (
        "projects 2021 -: 2021年重点项目一览表\n序号=number | 项目名称=project | 建设内容=content\n1 | 城北路 | 新建3公里"
    )


def test_two_rows_of_headers_are_one_header() -> None:
    start, more, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    tables = s4_tables.find(
        grid(
            tc("指标", start) + tc("总投资", wide),
            tc("", more) + tc("2020年") + tc("2021年"),
            tc("公路") + tc("3.5") + tc("4"),
        ),
        Metadata(),
    )
    assert [column.name for column in tables.tables[0].columns] == ["指标", "总投资2020年", "总投资2021年"]
    assert [[cell.text for cell in row.cells] for row in tables.tables[0].rows] == [["公路", "3.5", "4"]]


def test_a_table_that_lays_out_a_page_is_none() -> None:
    assert not s4_tables.find(grid(tc("导航") + tc("首页"), tc("栏目") + tc("正文" * 1200)), Metadata()).tables


def test_ids_come_from_content_and_stay_when_a_table_is_put_before() -> None:
    one = "2021年民生实事\n序号\n项目\n责任单位\n1\n修路\n交通局\n2\n建校\n教育局\n"
    other = "2020年民生实事完成情况\n序号\n项目\n完成情况\n1\n修路\n已完成\n2\n建校\n已开工\n"
    assert found(other + one).tables[1].id == found(one).tables[0].id
