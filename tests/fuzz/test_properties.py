"""Properties of the whole way, tried on made documents; `--hypothesis-profile=long` tries each a thousand times."""

import html
import itertools
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.contracts import Modifier
from pipeline.feeds import FEEDS, rows
from pipeline.formats import read as read_format
from pipeline.labels import gold, task
from pipeline.pages.report import page
from pipeline.quantities import numerals, quantity, units
from pipeline.run import process
from pipeline.text import identifiers, squeeze
from pipeline.years.diff import changed, compare
from tests.documents import docx, p
from tests.fuzz.promises import is_power, read, records, written
from tests.fuzz.texts import CALM, REPORTS


@given(REPORTS)
def test_every_promise_holds_of_a_text(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@given(REPORTS)
def test_the_same_bytes_twice(text: str) -> None:
    first, second = (read(text.encode("utf-8", "replace")) for _ in range(2))
    assert (first and written(first)) == (second and written(second))


@given(st.binary(max_size=400))
def test_random_bytes_are_read_or_refused(data: bytes) -> None:
    read(data)


@given(st.binary(max_size=300), st.sampled_from([b"<!doctype html><html>", b"PK\x03\x04", b"%PDF-1.4", b"{\\rtf", b"\xff\xfe"]))
def test_random_bytes_behind_a_signature_are_read_or_refused(data: bytes, signature: bytes) -> None:
    if signature not in (b"{\\rtf",):  # a converter in a process of its own, tried in tests of its own
        read(signature + data)


@given(REPORTS, st.lists(st.sampled_from(["<p>", "</div>", "<table><tr><td rowspan=9>", "<br>", "</html>", "<!--", "<b", "&#x;"])))
def test_broken_html_loses_nothing(text: str, tags: list[str]) -> None:
    lines = text.split("\n")
    for n, tag in enumerate(tags):
        lines.insert((n * 7) % (len(lines) + 1), tag)
    read(f"<html><body>{'<p>'.join(map(html.escape, lines))}</body></html>".encode("utf-8", "replace"), "page.html")


@given(CALM)
def test_gb18030_says_what_utf8_says(text: str) -> None:
    one, other = process(text.encode(), "a.txt").report, process(text.encode("gb18030"), "a.txt").report
    assert one.text == other.text and records(one) == records(other)


@given(CALM)
def test_line_ends_do_not_matter(text: str) -> None:
    one, other = process(text.encode(), "a.txt").report, process(text.replace("\n", "\r\n").encode(), "a.txt").report
    assert records(one) == records(other)


@given(CALM)
def test_blank_lines_do_not_matter(text: str) -> None:
    one, other = process(text.encode(), "a.txt").report, process(text.replace("\n", "\n\n").encode(), "a.txt").report
    assert records(one) == records(other)


@given(CALM, st.sampled_from(["　　", "    ", "\u00a0\u00a0", "\t"]))
def test_indentation_does_not_matter(text: str, indent: str) -> None:
    one, other = (process(t.encode(), "a.txt").report for t in (text, text.replace("\n", f"\n{indent}")))
    assert records(one) == records(other)


@given(CALM)
def test_a_page_of_html_says_what_its_text_says(text: str) -> None:
    made = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    one = process(text.encode(), "a.txt").report
    other = process(f"<html><body><div id='zoom'>{made}</div></body></html>".encode(), "a.html").report
    assert records(one) == records(other)


@given(CALM)
def test_a_docx_says_what_its_text_says(text: str) -> None:
    body = "".join(p(html.escape(line)) for line in text.split("\n") if line.strip())
    one, other = process(text.encode(), "a.txt").report, process(docx(body), "a.docx").report
    assert records(one) == records(other)


@given(CALM)
def test_a_report_against_itself_has_changed_nothing(text: str) -> None:
    report = process(text.encode(), "a.txt").report
    assert not changed(compare(report, report.model_copy(update={"metadata": report.metadata.model_copy(update={"year": 2022})})))


@given(REPORTS)
def test_every_report_fits_the_tables(text: str) -> None:
    report = process(text.encode("utf-8", "replace"), "a.txt").report.model_dump(mode="json", by_alias=True)
    made = rows("a", report)
    for feed in FEEDS:
        keys = [tuple(row[n] for n, column in enumerate(feed.columns) if column.name in feed.key) for row in made[feed.name]]
        assert len(keys) == len(set(keys)), feed.name
        assert all(len(row) == len(feed.columns) for row in made[feed.name])


@given(REPORTS)
def test_every_report_has_a_page_that_shows_its_text(text: str) -> None:
    report = process(text.encode("utf-8", "replace"), "a.txt").report
    made = page(report)
    assert "<script>alert" not in made and made.count("<script>") == 1
    assert made.count('id="c-') == len(report.claims)


@given(REPORTS)
def test_labels_come_back_as_they_went(text: str) -> None:
    report = process(text.encode("utf-8", "replace"), "a.txt").report.model_dump(mode="json", by_alias=True)
    _, claims, structure, back = gold(task("a", report))
    assert back == report["text"]
    assert [(c["start"], c["surface"], c["value"]) for c in claims] == sorted(
        [(c["start"], c["surface"], c["value"]) for c in report["claims"]], key=lambda c: c[0]
    )
    assert [h["title"] for h in structure["outline"]] == [h["title"] for h in report["outline"]]


@given(st.text(max_size=200))
def test_every_digit_is_scanned_once(text: str) -> None:
    """But for that of m2, which may belong to the unit of another."""
    found = list(quantity.scan(text))
    spans = [span for one in found for span in one.numerals]
    assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    for n, sign in enumerate(text):
        if sign in "0123456789０１２３４５６７８９" and not is_power(text, n):
            assert sum(start <= n < end for start, end in spans) == 1


@given(st.text("0123456789.,%一二三四五六七八九十百千万亿第点分之至到—-~:：/元个两几余多", max_size=60))
def test_dense_numerals_are_scanned_in_order(text: str) -> None:
    found = list(quantity.scan(text))
    assert all(one.start < one.end for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.integers(0, 10**12 - 1))
def test_a_chinese_numeral_has_the_value_of_its_number(number: int) -> None:
    assert numerals.value_of(chinese(number)) == number


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["亩", "公里", "吨", "公顷", "平方公里"]))
def test_base_units_are_linear(value: Decimal, unit: str) -> None:
    one, ten = units.base(value, unit), units.base(value * 10, unit)
    assert one and ten and one[1] == ten[1]
    assert abs(ten[0] - one[0] * 10) <= Decimal("0.0001") * max(Decimal(1), ten[0])


@given(st.integers(1, 999), st.sampled_from(["以上", "以内", "左右", ""]))
def test_what_a_modifier_means_holds_the_number_or_ends_at_it(number: int, after: str) -> None:
    (found,) = [one for one in quantity.scan(f"新建道路{number}条{after}") if one.role == "quantity"]
    assert found.value == number
    kinds: dict[str, Modifier] = {"以上": "at_least", "以内": "at_most", "左右": "about", "": "exact"}
    assert found.modifier == kinds[after]


@given(st.lists(st.text(max_size=3), max_size=20), st.integers(0, 20))
def test_ids_do_not_move_when_something_new_is_put_in(keys: list[str], at: int) -> None:
    assume("new" not in keys)
    before = identifiers("x", keys)
    after = identifiers("x", [*keys[:at], "new", *keys[at:]])
    assert before == [name for name in after if name not in set(after) - set(before)]


@given(CALM, st.integers(3, 8))
def test_a_paragraph_put_in_renames_nothing(text: str, at: int) -> None:
    """Promised of a report that says no paragraph twice, which is told by how they begin.

    Of two that begin alike either may be a copy or a lead that is passed over; how much stands about them tells which, and headings
    and claims stand in the section that is left. Blocks keep their ids all the same.
    """
    lines = text.split("\n")
    assume(not "".join(lines[at - 1 : at]).startswith(("1.", "1、", "①")))  # with text below these are headings, without it items
    more = "\n".join([*lines[:at], "　　这是一段没有任何标记的话，说明情况。", *lines[at:]])
    one, other = process(text.encode(), "a.txt").report, process(more.encode(), "a.txt").report
    before, after = ({block.id for block in report.blocks} for report in (one, other))
    assert before < after and len(other.blocks) == len(one.blocks) + 1
    begun = [squeeze(line)[:30] for line in lines if line]
    if len(set(begun)) < len(begun):
        return
    assert {heading.id for heading in one.outline} == {heading.id for heading in other.outline}
    assert {claim.id for claim in one.claims} == {claim.id for claim in other.claims}


@given(st.text(max_size=300))
def test_what_is_read_of_a_text_file_is_the_file(text: str) -> None:
    assume(text.strip() and "\x00" not in text)
    data = text.encode("utf-8", "surrogatepass")
    made = read(data)
    if made and made.page.decoding.method == "utf-8":
        assert squeeze(made.report.text) == squeeze(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


@given(st.binary(min_size=1, max_size=200))
def test_a_reader_is_chosen_by_the_bytes(data: bytes) -> None:
    try:
        assert read_format(data, "a.docx").parts == read_format(data, "a.txt").parts
    except Exception as error:
        assert type(error).__name__ == "DocumentError"


def chinese(number: int) -> str:
    """A number below a million million in Chinese, as it is written: 一千零五十万二千."""
    digits = "零一二三四五六七八九"
    groups = []
    for scale in ("", "万", "亿"):
        number, group = divmod(number, 10_000)
        words, pending = "", False
        for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = group // place % 10
            if digit:
                words += ("零" if pending and words else "") + digits[digit] + unit
                pending = False
            else:
                pending = True
        groups.append((group, words, scale))
    out = ""
    for group, words, scale in reversed(groups):
        if not group:
            continue
        gap = out and (group < 1000 or not words)
        out += ("零" if gap else "") + words + scale
    return out or "零"
