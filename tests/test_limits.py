"""What a document may cost: every limit and every error is on the page that documents them, and every limit can be set."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline import s1_page
from pipeline.cli import extract
from pipeline.errors import DocumentError
from pipeline.formats.reading import Limits

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "limits.md").read_text("utf-8")
ROWS = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| `")]
CODES = {
    code
    for path in (ROOT / "pipeline").rglob("*.py")
    for code in re.findall(r'(?:DocumentError\(\s*|"code": |code, message = )"([a-z-]+)"', path.read_text("utf-8"))
}


def test_the_page_lists_every_limit_with_its_default_and_an_error_that_there_is() -> None:
    listed = [(name, int(default), error) for name, default, _, error in (row for row in ROWS if len(row) == 4)]
    assert [(name, default) for name, default, _ in listed] == [(each.name, each.default) for each in fields(Limits)]
    assert {error for _, _, error in listed} <= CODES


def test_the_page_lists_every_error() -> None:
    assert [row[0] for row in ROWS if len(row) == 2] == sorted(CODES)


def test_the_page_has_the_limits_around_the_whole() -> None:
    defaults = {option.name: option.default for option in extract.params}
    assert f"`--seconds` ({defaults['seconds']}, " in PAGE and f"({defaults['memory']} MB; " in PAGE


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        (Limits(text=10), "十一个字符十一个字符字"),
        (Limits(lines=2), "甲\n乙\n丙"),
        (Limits(numerals=3), "1，2，三，4。"),
        (Limits(bytes=5), "甲乙"),
    ],
)
def test_a_text_past_a_limit_is_refused_and_one_at_it_is_read(limits: Limits, data: str) -> None:
    with pytest.raises(DocumentError) as error:
        s1_page.read(data.encode(), "a.txt", limits)
    assert error.value.code in ("too-long", "too-large") and "a.txt: " in error.value.message
    larger = {name: value + 1 for name, value in limits.others().items()}
    assert s1_page.read(data.encode(), "a.txt", Limits(**larger)).parts


def run(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "a.txt").write_text("2021年政府工作报告\n新建道路5条。\n", "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")]
    return subprocess.run([*command, *options], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def test_a_limit_is_an_option(tmp_path: Path) -> None:
    done = run(tmp_path, "--limit", "text=10", "--limit", "pages=3")
    assert done.returncode == 3 and "a text of more than 10 characters" in done.stderr
    (record,) = map(json.loads, (tmp_path / "out" / "manifest.jsonl").read_text("utf-8").splitlines())
    assert record["error"]["code"] == "too-long" and record["rules"].endswith(" pages=3 text=10")


@pytest.mark.parametrize("option", ["text", "text=", "text=-1", "text=0", "text=many", "txt=5", "=5", "text=" + "9" * 5000])
def test_what_is_no_limit_is_wrong_usage_in_one_sentence(option: str, tmp_path: Path) -> None:
    done = run(tmp_path, "--limit", option)
    assert done.returncode == 2
    assert done.stderr.startswith("zhengbao: --limit ") and done.stderr.count("\n") == 1
