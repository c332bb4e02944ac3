"""HTML of any site system: the article whole and in order, all else labelled chrome, nothing lost in either."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contracts import Page
from pipeline.errors import DocumentError
from pipeline.formats import read
from pipeline.formats.reading import Limits
from pipeline.text import squeeze

SENTENCE = "过去一年,全区上下攻坚克难,经济运行稳中有进,民生持续改善,社会大局稳定。"
NAVIGATION = "<div><ul><li><a href='/a'>首页</a></li><li><a href='/b'>政务公开</a></li></ul></div>"
FOOTER = "<div><p>主办单位:某区人民政府</p><p>某ICP备00000000号</p></div>"


def page(body: str, head: str = "", limits: Limits | None = None) -> Page:
    """The page of a body; that nothing of it is lost is held every time."""
    found = read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "报告.html", limits)
    assert found.source.media_type == "text/html"
    assert sum(len(squeeze(part.text)) for part in found.parts) == found.characters
    return found


def kept(found: Page) -> list[str]:
    return [part.text for part in found.parts if part.kind != "chrome"]


def chrome(found: Page) -> list[str]:
    return [part.text for part in found.parts if part.kind == "chrome"]


PARAGRAPHS = f"<p>一、回顾</p><p>{SENTENCE}</p><p>{SENTENCE}</p>"
ARTICLES = {
    "a container known by its class": f"<div class='TRS_Editor'>{PARAGRAPHS}</div>",
    "one known by its id": f"<div><div id='Zoom'>{PARAGRAPHS}</div></div>",
    "one of no name": f"<div>{PARAGRAPHS}</div>",
    "an old page of tables": f"<table><tr><td>左栏</td><td>{PARAGRAPHS}</td></tr></table>",
    "divs in place of paragraphs": f"<div><div>一、回顾</div><div>{SENTENCE}</div><div>{SENTENCE}</div></div>",
    "lines with breaks between": f"<div>一、回顾<br>{SENTENCE}<br/>\n<br>{SENTENCE}</div>",
    "spans that are blocks": f"<div><span style='display: block'>一、回顾</span>{SENTENCE}<p>{SENTENCE}</div>",
    "a definition list": f"<dl><dt>一、回顾</dt><dd>{SENTENCE}</dd><dd>{SENTENCE}</dl>",
    "paragraphs that are never closed": f"<div><p>一、回顾<p>{SENTENCE}<p>{SENTENCE}</div>",
}


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_the_article_is_kept_and_what_stands_about_it_is_chrome(article: str) -> None:
    found = page(NAVIGATION + article + FOOTER)
    assert kept(found) == ["一、回顾", SENTENCE, SENTENCE]
    assert "政务公开" in chrome(found)
    assert "主办单位:某区人民政府" in chrome(found)


def test_a_footer_beside_paragraphs_that_have_no_element_of_their_own_is_chrome() -> None:
    found = page(
        f"<div class=nav><a href=/>首页</a>|无障碍</div>{PARAGRAPHS * 20}<div class='w foot'><p>主办单位:某区人民政府</p></div>"
    )
    assert kept(found) == ["一、回顾", SENTENCE, SENTENCE] * 20
    assert chrome(found) == ["首页|无障碍", "主办单位:某区人民政府"]


def test_title_and_source_above_the_article_belong_to_it() -> None:
    above = (
        "<div>当前位置:<a href='/'>首页</a></div><div class='t'>2021年某区政府工作报告</div>"
        "<div>来源:某区政府 日期:2021-03-12</div>"
    )
    head = "<title>2021年某区政府工作报告_某区人民政府</title>"
    found = page(f"{NAVIGATION}{above}<div id='zoom'>{PARAGRAPHS}</div>", head)
    assert kept(found)[:3] == ["2021年某区政府工作报告", "来源:某区政府 日期:2021-03-12", "一、回顾"]


def test_metadata_and_address_of_the_page() -> None:
    head = (
        "<title>报告</title><meta name='ArticleTitle' content='政府工作报告'><meta name='PubDate' content='2021-03-12 09:30'>"
        "<meta property='og:url' content='http://example.gov.cn/a.html'><link rel=canonical href='javascript:alert(1)'>"
    )
    found = page(PARAGRAPHS, head)
    assert [(one.name, one.value) for one in found.meta] == [
        ("title", "报告"),
        ("ArticleTitle", "政府工作报告"),
        ("PubDate", "2021-03-12 09:30"),
        ("og:url", "http://example.gov.cn/a.html"),
    ]
    assert found.source.url == "http://example.gov.cn/a.html"


def cells(found: Page) -> list[tuple[str, int, int, int, int]]:
    return [(q.text, q.cell.row, q.cell.column, q.cell.row_span, q.cell.column_span) for q in found.parts if q.cell]


def test_merged_cells_stand_in_the_full_grid() -> None:
    table = (
        "<table><caption>单位:亿元</caption><tr><td colspan=3>民生项目</td></tr><tr><th>序号<th>项目<th>部门</tr>"
        "<tr><td>1<td>路网<br>改造<td rowspan=2>住建局</tr><tr><td>2<td>桥梁</tr><tr><td>3<td><td>教育局</tr></table>"
    )
    found = page(f"<div>{PARAGRAPHS}{table}</div>")
    assert cells(found) == [
        ("民生项目", 0, 0, 1, 3),
        ("序号", 1, 0, 1, 1),
        ("项目", 1, 1, 1, 1),
        ("部门", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1),
        ("路网\n改造", 2, 1, 1, 1),
        ("住建局", 2, 2, 2, 1),
        ("2", 3, 0, 1, 1),
        ("桥梁", 3, 1, 1, 1),
        ("3", 4, 0, 1, 1),
        ("教育局", 4, 2, 1, 1),
    ]
    assert [part.text for part in found.parts if part.kind == "caption"] == ["单位:亿元"]
    assert [q.cell.header for q in found.parts if q.cell][1:4] == [True] * 3


def test_a_table_in_a_cell_is_part_of_that_cell() -> None:
    inner = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    found = page(f"<div>{PARAGRAPHS}<table><tr><td>1<td>{inner}<tr><td>2<td>戊</table></div>")
    assert [cell[:3] for cell in cells(found)] == [("1", 0, 0), ("甲\n乙\n丙\n丁", 0, 1), ("2", 1, 0), ("戊", 1, 1)]


def test_a_frame_about_a_table_is_no_table() -> None:
    inner = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    found = page(f"<div>{PARAGRAPHS}<table><tr><td>{inner}</table></div>")
    assert [cell[:3] for cell in cells(found)] == [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 0), ("丁", 1, 1)]


LINES = [
    ("white space is folded", "<p>增长 \n\t 8%</p>", "增长 8%"),
    ("a wrapped Chinese line goes on without a gap", "<p>地区生产\n  总值</p>", "地区生产总值"),
    ("links that stand side by side do not run together", "<p><b>甲</b>\n<b>乙</b></p>", "甲 乙"),
    ("entities", "<p>A&amp;B&nbsp;&#20013;&hellip;</p>", "A&B\u00a0中…"),
    ("inline elements make no break", "<p><span>地区</span><o:p>生产</o:p><font>总值</font></p>", "地区生产总值"),
    ("a note mark does not run into a figure", "<p>总值<sup>1</sup>202亿元</p>", "总值[1]202亿元"),
    ("a power stays", "<p>3km<sup>2</sup></p>", "3km2"),
    ("a mark that has its brackets keeps them", "<p>总值<sup>[1]</sup>202</p>", "总值[1]202"),
    ("comments and scripts are no text", "<p>甲<!-- 乙 --><script>丙</script><style>丁</style></p>", "甲"),
    ("a link inside the page is no way out", "<p><a href='#_ftn1'>[1]</a></p>", "[1]"),
    ("preformatted", "<pre>甲\n乙</pre>", "甲"),
    ("NUL is nothing", "<p>甲\0乙</p>", "甲乙"),
]


@pytest.mark.parametrize(("why", "html", "line"), LINES, ids=[row[0] for row in LINES])
def test_a_line(why: str, html: str, line: str) -> None:
    assert kept(page(f"<div>{PARAGRAPHS}{html}</div>"))[3] == line


LISTS = [
    ("<ol><li>甲<li><p>乙</p></ol>", ["1.甲", "2.乙"]),
    ("<ol start=3><li>甲<li value=9>乙</ol>", ["3.甲", "9.乙"]),
    ("<ol class='custom_cn2 list-paddingleft-1'><li class='list-cn-3-1'><p>甲</p></li><li>乙</ol>", ["(一)甲", "(二)乙"]),
    ("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
    ("<ol><li>1、甲<li>（二）乙</ol>", ["1、甲", "（二）乙"]),
    ("<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul>", ["甲", "乙"]),
    ("<ol><li>甲<ol type=a><li>乙</ol>丙</ol>", ["1.甲", "a.乙", "丙"]),
]


@pytest.mark.parametrize(("html", "lines"), LISTS)
def test_the_numbers_of_a_list_are_read_as_they_are_shown(html: str, lines: list[str]) -> None:
    assert kept(page(f"<div>{PARAGRAPHS}{html}</div>"))[3:] == lines


def test_hidden_text_is_labelled_and_cuts_no_line() -> None:
    found = page(
        f"<div>{PARAGRAPHS}<p>总值<span style='display:none'>版权所有</span>500亿元</p><noscript>请打开脚本</noscript></div>"
    )
    assert kept(found)[3:] == ["总值500亿元"]
    assert chrome(found) == ["版权所有", "请打开脚本"]
    assert {part.style for part in found.parts if part.kind == "chrome"} == {"hidden"}


def test_an_article_that_a_script_would_show_is_read() -> None:
    assert kept(page(f"<div style='display:none'><div id='zoom'>{PARAGRAPHS}</div></div>")) == ["一、回顾", SENTENCE, SENTENCE]


def test_navigation_inside_the_article_is_chrome() -> None:
    found = page(
        f"<div class='TRS_Editor'><p><a href='/'>返回首页</a></p>{PARAGRAPHS}<p>根据<a href='/x'>某条例</a>办理。</p></div>"
    )
    assert chrome(found) == ["返回首页"]
    assert kept(found)[-1] == "根据某条例办理。"


def test_what_follows_a_first_end_of_the_page_is_not_lost() -> None:
    text = (
        f"<html><body><div>{PARAGRAPHS}</div></body></html><html><body><p>二、安排</p><p>{SENTENCE}</p></body></html><p>{SENTENCE}"
    )
    found = read(text.encode(), "报告.html")
    assert kept(found) == ["一、回顾", SENTENCE, SENTENCE, "二、安排", SENTENCE, SENTENCE]


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<html><head><title>政府工作报告</title></head><body></body></html>", "without text"),
        ("<html><frameset><frame src='main.html'></frameset></html>", "main.html"),
        ("<html><body><iframe src='text.html'></iframe></body></html>", "text.html"),
    ],
)
def test_a_page_without_text_says_where_the_text_is(html: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as raised:
        read(html.encode(), "报告.html")
    assert raised.value.code == "no-text"


@pytest.mark.parametrize("text", ["第一段<b>强调</b>\n第二段\n", "a < b > c\n" * 40, "<政府工作报告>\n各位代表:\n"])
def test_a_text_with_a_few_signs_of_markup_is_a_text(text: str) -> None:
    assert read(text.encode(), "报告.html").source.media_type == "text/plain"


def test_a_piece_of_a_page_is_a_page() -> None:
    found = read((f"<p>{SENTENCE}</p>" * 6).encode(), "报告.txt")
    assert found.source.media_type == "text/html"
    assert kept(found) == [SENTENCE] * 6


TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "b",
    "a href=x",
    "sup",
    "ol",
    "li",
    "br",
    "pre",
    "script",
    "select",
    "span hidden",
    "/p",
    "/div",
    "/table",
    "/a",
]
SOUP = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + ["<!--", "-->", "甲乙,", "12", " \n", "&amp;", "<", "]]>"]), max_size=60
)


@given(SOUP)
def test_no_soup_loses_a_character(soup: list[str]) -> None:
    html = "<html><body>本文" + "".join(soup)
    found = read(html.encode(), "某.html")
    assert sum(len(squeeze(part.text)) for part in found.parts) == found.characters


@given(st.text(st.sampled_from(string.printable + "甲乙，。<>/&;\0\u3000"), max_size=200))
def test_any_text_in_a_page_is_covered(text: str) -> None:
    found = read(f"<html><body>本文{text}".encode(), "某.html")
    assert sum(len(squeeze(part.text)) for part in found.parts) == found.characters


def test_a_page_saved_into_one_file() -> None:
    html = f"<html><body><div>{PARAGRAPHS}</div></body></html>"
    head = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    part = "--b\r\nContent-Type: text/html\r\nContent-Location: http://example.gov.cn/a.html\r\n"
    data = f"{head}{part}Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(html.encode('gbk')).decode()}\r\n--b--\r\n"
    found = read(data.encode(), "报告.mhtml")
    assert kept(found) == ["一、回顾", SENTENCE, SENTENCE]
    assert (found.source.media_type, found.source.url) == ("multipart/related", "http://example.gov.cn/a.html")
