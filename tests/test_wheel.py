"""A wheel, installed away from the checkout, does what the checkout does: schemas and lexicon are in it."""

import os
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from pipeline import lexicon, schema
from pipeline.contracts import PRODUCTS

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment that holds the wheel; its dependencies come from the one that runs the tests."""
    pytest.importorskip("hatchling")
    top = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(top / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (top / "dist").glob("*.whl")
    venv.create(top / "venv", with_pip=False, symlinks=True)
    (packages,) = (top / "venv").glob("lib/python*/site-packages")
    target = ["--target", str(packages), "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "install", *target], check=True, capture_output=True)
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return top


def run(top: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(top / "venv" / "bin" / "python"), "-I", "-m", "pipeline.cli", *map(str, arguments)]
    return subprocess.run(
        command, cwd=top, capture_output=True, text=True, timeout=60, check=False, env={"PATH": os.environ["PATH"]}
    )


def test_it_is_the_wheel_that_runs(installed: Path) -> None:
    code = "import pipeline, pipeline.schema as s; print(pipeline.__file__, s.folder())"
    where = subprocess.run(
        [str(installed / "venv" / "bin" / "python"), "-I", "-c", code], cwd=installed, capture_output=True, text=True, check=True
    )
    assert str(ROOT) not in where.stdout
    assert where.stdout.count(str(installed)) == 2


def test_it_writes_what_the_checkout_writes(installed: Path, tmp_path: Path) -> None:
    page = ROOT / "input" / "songbei-2021.txt"
    assert run(installed, "extract", page, "-o", tmp_path / "wheel").stderr == ""
    here = [sys.executable, "-m", "pipeline.cli", "extract", str(page), "-o", str(tmp_path / "checkout")]
    subprocess.run(here, cwd=ROOT, check=True)
    for name in PRODUCTS:
        one, other = (tmp_path / way / "songbei-2021" / f"{name}.json" for way in ("wheel", "checkout"))
        assert one.read_bytes() == other.read_bytes()


def test_its_pages_have_their_templates(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, "view", ROOT / "input" / "songbei-2021.txt", "-o", tmp_path / "page.html")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "</html>" in (tmp_path / "page.html").read_text("utf-8")


def test_schemas_and_lexicon_are_in_it(installed: Path) -> None:
    assert run(installed, "schema").stdout.split() == schema.names()
    code = "from pipeline import lexicon; print(lexicon.fingerprint())"
    there = [str(installed / "venv" / "bin" / "python"), "-I", "-c", code]
    assert subprocess.run(there, capture_output=True, text=True, check=True, cwd=installed).stdout.strip() == lexicon.fingerprint()
