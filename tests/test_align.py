"""Texts of two years find each other, whichever way round they are given, and strangers do not."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.years import align
from pipeline.years.align import Space

OLD = ["新建社区公园3座", "加快轨道交通8号线建设", "举办招聘会20场以上", "抓好安全生产"]
NEW = ["轨道交通8号线建设加快推进", "新建社区公园12座", "办好全国双创活动周", "举办招聘会35场"]


def matched(old: list[str], new: list[str]) -> dict[str, str]:
    space = Space([*old, *new])
    pairs = align.greedy(align.similar(space.vectors[: len(old)], space.vectors[len(old) :]))
    return {old[match.old]: new[match.new] for match in pairs}


def test_numbers_do_not_keep_texts_apart() -> None:
    assert matched(OLD, NEW) == {OLD[0]: NEW[1], OLD[1]: NEW[0], OLD[2]: NEW[3]}


texts = st.lists(st.text("新建社区公园改造道路学校12，。", max_size=12), max_size=8)


@given(texts, texts)
def test_the_same_pairs_either_way_round(old: list[str], new: list[str]) -> None:
    space, mirrored = Space([*old, *new]), Space([*new, *old])
    there = align.greedy(align.similar(space.vectors[: len(old)], space.vectors[len(old) :]))
    back = align.greedy(align.similar(mirrored.vectors[: len(new)], mirrored.vectors[len(new) :]))
    assert sorted((m.new, m.old, m.score) for m in there) == sorted(back)


@given(texts)
def test_every_text_is_itself(texts: list[str]) -> None:
    assert [(m.old, m.new) for m in align.verbatim(texts, texts)] == [(n, n) for n in range(len(texts))]


@given(st.text(max_size=40))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    vectors = Space([text]).vectors
    assert [match.score for match in align.similar(vectors, vectors)] == ([1.0] if align.plain(text) else [])
