"""Markers are read as they stand, in every width and with spaces; what only looks like one is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import markers

SURFACES = [
    ("（一）狠抓项目", "（一）", 1, "狠抓项目"),
    ("( 十一 ) 加快", "( 十一 )", 11, "加快"),
    ("二十三、加强", "二十三、", 23, "加强"),
    ("一是抓产业", "一是", 1, "抓产业"),
    ("十二是促改革", "十二是", 12, "促改革"),
    ("第三，着力增效", "第三", 3, "着力增效"),
    ("第 六，廉洁", "第 六", 6, "廉洁"),
    ("首先，稳增长", "首先", 1, "稳增长"),
    ("１．办实事", "１．", 1, "办实事"),
    ("12、办实事", "12、", 12, "办实事"),
    ("⑫改造", "⑫", 12, "改造"),
    ("❷改造", "❷", 2, "改造"),
    ("㈢改造", "㈢", 3, "改造"),
    ("---- 过去的一年", "----", None, "过去的一年"),
    ("●产业", "●", None, "产业"),
    ("第二部分  今年", "第二部分", 2, "今年"),
    ("［１］新三板", "［１］", 1, "新三板"),
]


@pytest.mark.parametrize(("text", "surface", "number", "rest"), SURFACES)
def test_a_marker_is_quoted_as_written_and_counted(text: str, surface: str, number: int | None, rest: str) -> None:
    marker = markers.at(text, 0, len(text))
    assert marker is not None
    assert (marker.surface, marker.number, text[marker.body :]) == (surface, number, rest)


@pytest.mark.parametrize(
    "text", ["2020年，我们", "12345热线办结", "1.5亿元投资", "3月3日，全市", "一年来", "一般公共预算", "第一产业", ""]
)
def test_a_number_that_starts_a_line_is_not_always_a_marker(text: str) -> None:
    assert markers.at(text, 0, len(text)) is None


INSIDE = [
    ("提升能力。一是抓学习；二是抓落实。", ["一是", "二是"]),
    ("主要是：一是总量小，二是结构差。", ["一是", "二是"]),
    ("工作如下。（一）稳增长。（二）惠民生。", ["（一）", "（二）"]),
    ("工程3项：①大街建设②东路改造③绿化", ["①", "②", "③"]),
    ("建设智慧城区”二、三期项目", []),
    ("报告分四个部分：一、回顾；二、安排", []),
    ("增速居全市第一，比重第二，", []),
    ("打造“一区”——深圳高地", []),
]


@pytest.mark.parametrize(("text", "surfaces"), INSIDE)
def test_markers_open_within_a_paragraph_only_after_a_stop(text: str, surfaces: list[str]) -> None:
    assert [marker.surface for marker in markers.within(text, 0, len(text))] == surfaces


@given(st.text(alphabet="第一二十、（）()1２.是，。；—-① \n甲", max_size=60), st.integers(0, 10))
def test_every_marker_quotes_the_text(text: str, start: int) -> None:
    for marker in markers.opening(text, start, len(text)):
        assert text[marker.start : marker.end] == marker.surface
        assert start <= marker.start < marker.end <= marker.body <= len(text)
