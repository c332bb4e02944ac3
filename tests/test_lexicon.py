"""Every row of the lexicon matches its own examples and none of its near misses."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pipeline import lexicon, markers, s5_glossary, wholeness
from pipeline.claims import concept, period, selection, status, words
from pipeline.formats import main_text
from pipeline.front import opening, place, surroundings
from pipeline.glossary import terms
from pipeline.outline import body, chapters, task_kinds
from pipeline.quantities import modifiers, quantity, roles, units
from pipeline.tables import headers
from pipeline.text import squeeze
from pipeline.years import scopes, verdicts

Matcher = Callable[[Any, str], bool]


def any_quantity(test: Callable[[Any, quantity.Quantity], bool]) -> Matcher:
    """A row matches a text where one of the text's quantities passes the test."""
    return lambda row, text: any(test(row, found) for found in quantity.scan(text) if found.role == "quantity")


def has_unit(row: units.Unit, found: quantity.Quantity) -> bool:
    return found.code is not None and (found.code == row.code or found.code.startswith(row.code + "/"))


def has_modifier(row: modifiers.Word, found: quantity.Quantity) -> bool:
    return row.modifier == found.modifier


MATCHERS: dict[tuple[str, str], tuple[type[lexicon.Row], Matcher]] = {
    ("chapters", "chapter"): (chapters.Chapter, chapters.matches),
    ("chrome", "chrome"): (surroundings.Chrome, lambda row, text: re.fullmatch(row.pattern, squeeze(text)) is not None),
    ("containers", "container"): (main_text.Container, main_text.known_as),
    ("containers", "furniture"): (main_text.Furniture, main_text.known_as),
    ("glossary", "page"): (terms.PageReference, terms.refers),
    ("glossary", "title"): (s5_glossary.Title, s5_glossary.titles),
    ("indicators", "affix"): (concept.Affix, concept.affixed),
    ("indicators", "concept"): (concept.Concept, lambda row, text: concept.find(text, None, "rank") == row.id),
    ("indicators", "pair"): (concept.Pair, concept.joins),
    ("indicators", "spelling"): (concept.Spelling, concept.writes),
    ("markers", "style"): (markers.Style, markers.matches),
    ("modifiers", "after"): (modifiers.Word, any_quantity(has_modifier)),
    ("modifiers", "before"): (modifiers.Word, any_quantity(has_modifier)),
    ("numerals", "label"): (roles.Label, lambda row, text: any(found.role == row.role for found in quantity.scan(text))),
    ("numerals", "people"): (roles.People, any_quantity(lambda row, found: found.unit is None)),
    ("numerals", "phrase"): (roles.Phrase, lambda row, text: any(found.role == row.role for found in quantity.scan(text))),
    ("periods", "time"): (period.TimeRow, period.matches),
    ("periods", "use"): (period.UseRow, period.uses),
    ("scopes", "addition"): (scopes.Words, scopes.Words.matches),
    ("scopes", "contrast"): (scopes.Contrast, lambda row, text: row.parts(*text.split())),
    ("scopes", "whole"): (scopes.Whole, scopes.Whole.matches),
    ("scopes", "total"): (scopes.Words, scopes.Words.matches),
    ("selection", "unclaimed"): (selection.Unclaimed, selection.matches),
    ("status", "modality"): (status.ModalityRow, status.matches),
    ("status", "turn"): (status.TurnRow, status.matches),
    ("table_headers", "header"): (headers.Header, headers.heads),
    ("table_headers", "title"): (headers.Title, headers.says),
    ("table_headers", "stage"): (headers.Stage, headers.says),
    ("table_headers", "mark"): (headers.Mark, headers.marks),
    ("turns", "turn"): (body.Turn, body.matches),
    ("units", "count"): (units.Count, any_quantity(lambda row, found: found.unit in row.surfaces)),
    ("units", "per"): (units.Per, any_quantity(lambda row, found: "/" in (found.unit or ""))),
    ("units", "unit"): (units.Unit, any_quantity(has_unit)),
    ("task_kinds", "cue"): (task_kinds.Cue, task_kinds.matches),
    ("polarity", "lower"): (verdicts.Lower, verdicts.Lower.matches),
    ("opening", "label"): (opening.Label, lambda row, text: re.fullmatch(row.label, squeeze(text)) is not None),
    ("opening", "word"): (place.Words, lambda row, text: any(stem in text for stem in row.stems)),
    ("verbs", "verb"): (words.Verb, words.matches),
    ("particles", "particle"): (words.Particle, words.matches),
    ("changes", "change"): (words.ChangeWord, words.matches),
    ("wholeness", "sign"): (wholeness.Sign, lambda row, text: re.search(row.pattern, squeeze(text)) is not None),
}
"""File and key of a kind of row -> its model, and whether a row matches a text."""

CASES = [
    (f"{name}.{key}", match, row) for (name, key), (model, match) in MATCHERS.items() for row in lexicon.load(name, key, model)
]


def test_every_file_of_the_lexicon_is_run() -> None:
    assert {name for name, _ in MATCHERS} == set(lexicon.tables())


@pytest.mark.parametrize(("kind", "match", "row"), CASES, ids=[f"{kind}-{n}" for n, (kind, _, _) in enumerate(CASES)])
def test_a_row_matches_its_examples_and_not_its_near_misses(kind: str, match: Matcher, row: lexicon.Row) -> None:
    assert row.examples, f"a row of {kind} without an example: {row}"
    assert [text for text in row.examples if not match(row, text)] == []
    assert [text for text in row.near_misses if match(row, text)] == []
