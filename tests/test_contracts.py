"""The schema files are the models: generated, committed, and held together here."""

import json

import pytest
from jsonschema import Draft202012Validator

from pipeline import schema
from pipeline.contracts import PRODUCTS, SCHEMA_VERSION
from pipeline.years.contracts import SCHEMAS


def test_there_is_a_file_for_every_product_and_no_other() -> None:
    assert schema.names() == sorted(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_says_what_its_model_says(name: str) -> None:
    assert schema.text(name) == schema.generate(name), "run `make schemas` (python -m pipeline.schema) and commit what it writes"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_is_a_schema_of_2020_12_with_the_version_in_its_id(name: str) -> None:
    value = json.loads(schema.text(name))
    assert value["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA_VERSION in value["$id"]
    Draft202012Validator.check_schema(value)


def test_two_products_of_a_document_say_the_same_of_a_member_of_one_name() -> None:
    """So that records which stand in a stage's file and again in the report are held against a schema once."""
    said: dict[tuple[str, str], object] = {}
    for name in PRODUCTS:
        file = json.loads(schema.text(name))
        for part in ("properties", "$defs"):
            for member, rule in file[part].items():
                rule.pop("default", None)  # which holds nothing
                assert said.setdefault((part, member), rule) == rule, f"{name}: {member}"
