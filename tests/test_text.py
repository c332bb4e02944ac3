"""Ids that a diff can hold on to."""

from pipeline.text import identifiers


def test_what_is_put_in_renames_nothing_that_follows() -> None:
    before, after = identifiers("s", ["一", "二", "二"]), identifiers("s", ["一", "新", "二", "二"])
    assert before == [after[0], *after[2:]]
    assert len(set(after)) == 4
