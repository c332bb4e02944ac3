"""Bytes become the text that was meant: what the bytes are decides, what the page declares is a hint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentError
from pipeline.formats import decoding, read
from pipeline.text import squeeze

TEXT = "政府工作报告\r\n——二〇二一年,增长8.5%。“十三五”圆满收官,居民收入稳步提高\n"
TAIWAN = "各位代表,過去一年經濟發展穩定,財政收入增加,產業結構優化,人民生活改善,社會和諧。"

AS_BYTES = [
    ("a plain file", TEXT.encode(), "utf-8", "utf-8"),
    ("with a mark", b"\xef\xbb\xbf" + TEXT.encode(), "bom", "utf-8"),
    ("GB18030", TEXT.encode("gb18030"), "gb18030", "gb18030"),
    ("a character outside GBK", (TEXT + "㐀𠀀").encode("gb18030"), "gb18030", "gb18030"),
    ("UTF-16 with a mark", b"\xff\xfe" + TEXT.encode("utf-16-le"), "bom", "utf-16-le"),
    ("UTF-16 without", TEXT.encode("utf-16-le"), "utf-16", "utf-16-le"),
    ("UTF-16 the other way", TEXT.encode("utf-16-be"), "utf-16", "utf-16-be"),
    ("Big5", TAIWAN.encode("big5"), "big5", "big5"),
]


@pytest.mark.parametrize(("kind", "data", "method", "encoding"), AS_BYTES, ids=[row[0] for row in AS_BYTES])
def test_each_encoding_is_known_by_its_bytes(kind: str, data: bytes, method: str, encoding: str) -> None:
    found = decoding.decode(data, "报告.txt")
    assert (found.decoding.method, found.encoding, found.decoding.replacements) == (method, encoding, 0)
    assert found.text.startswith(TAIWAN if kind == "Big5" else TEXT)


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", "nonsense"])
@pytest.mark.parametrize("real", ["gb18030", "utf-8"])
def test_a_false_charset_does_no_harm(real: str, declared: str) -> None:
    page = f'<html><meta charset="{declared}"><p>{TEXT}</p></html>'
    found = decoding.decode(page.encode(real), "报告.html")
    assert found.text == page
    assert (found.encoding, found.decoding.declared) == (real, declared)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_costs_no_more_than_its_character(encoding: str) -> None:
    data = (TEXT * 3).encode(encoding)
    place = data.index("年".encode(encoding))
    found = decoding.decode(data[:place] + b"\xff" + data[place + 1 :], "报告.txt")
    assert found.encoding == encoding
    assert found.decoding.method == "fewest-replacements"
    assert 0 < found.decoding.replacements < 4
    assert found.text.count("圆满收官") == 3


def test_replacement_characters_of_the_file_itself_are_counted_too() -> None:
    assert decoding.decode("增长\ufffd8%".encode(), "报告.txt").decoding.replacements == 1


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x7fELF\x02\x01\x01\0\0\0" * 9, b"\x01\x02\x03" * 9])
def test_binary_data_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        read(data, "报告.txt")
    assert raised.value.code in ("binary", "undecodable")
    assert raised.value.message.startswith("报告.txt: ")


def test_a_text_file_is_given_line_by_line_with_nothing_changed() -> None:
    page = read("甲\\r\\n乙&nbsp;\r\n\u3000丙\ufffd \r丁<p>\n".encode(), "报告.txt")
    assert [part.text for part in page.parts] == ["甲\\r\\n乙&nbsp;", "\u3000丙\ufffd ", "丁<p>", ""]
    assert page.source.media_type == "text/plain"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        page = read(data, "某.txt")
    except DocumentError:
        return
    assert sum(len(squeeze(part.text)) for part in page.parts) == page.characters


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=60))
def test_any_text_comes_back_from_gb18030_and_utf_8(text: str) -> None:
    text = "各位代表,我代表市人民政府向大会报告工作,请予审议。" * 2 + text
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert decoding.decode(text.encode(encoding), "某.txt").text == text
