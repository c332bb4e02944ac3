"""The schema files: generated from the contracts, found again in a checkout and in an installed package.

python -m pipeline.schema        writes them anew (`make schemas`)
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SUFFIX = ".schema.json"


@cache
def folder() -> Path:
    """Where the files stand: inside the package where it is installed, else beside it in the checkout."""
    installed = HERE / "schemas"
    return installed if installed.is_dir() else HERE.parent / "schemas"


def names() -> list[str]:
    """The schemas that there are, sorted: `1_page` … `9_review`, `report` and the other products."""
    return sorted(path.name.removesuffix(SUFFIX) for path in folder().glob(f"*{SUFFIX}"))


@cache
def text(name: str) -> str:
    """The schema file as it stands. Raises KeyError for a name that no schema has."""
    if name not in names():
        raise KeyError(name)
    return (folder() / f"{name}{SUFFIX}").read_text("utf-8")


def generate(name: str) -> str:
    """The schema that the model of `name` has today, as the file's text."""
    from pipeline.contracts import SCHEMA_VERSION
    from pipeline.years.contracts import SCHEMAS

    schema: dict[str, Any] = SCHEMAS[name].model_json_schema(mode="serialization", by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:zhengbao:schema:{SCHEMA_VERSION}:{name}"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    """All schema files anew, and none that no model stands behind."""
    from pipeline.years.contracts import SCHEMAS

    folder().mkdir(exist_ok=True)
    for stale in set(names()) - set(SCHEMAS):
        (folder() / f"{stale}{SUFFIX}").unlink()
    for name in SCHEMAS:
        (folder() / f"{name}{SUFFIX}").write_text(generate(name), "utf-8", newline="\n")


if __name__ == "__main__":
    write()
