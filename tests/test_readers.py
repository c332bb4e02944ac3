"""Real documents, where they are at hand: every one is read, and every character of it is kept or labelled."""

from pathlib import Path

import pytest

from pipeline.formats import office, read
from pipeline.text import squeeze

SHARED = Path(__file__).parent.parent.parent / "shared"
THROUGH_LIBREOFFICE = (".doc", ".rtf", ".wps")


def sources(folder: str) -> list[Path]:
    paths = (path for path in sorted((SHARED / folder).rglob("*")) if path.is_file() and path.suffix != ".tsv")
    return [path for path in paths if path.suffix not in THROUGH_LIBREOFFICE or office.program()]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
@pytest.mark.parametrize("folder", ["corpus", "fixtures"])
def test_nothing_of_a_real_document_is_lost(folder: str) -> None:
    found = sources(folder)
    assert found
    for path in found:
        page = read(path.read_bytes(), path.name)
        assert sum(len(squeeze(part.text)) for part in page.parts) == page.characters, path


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not here")
def test_a_page_is_the_same_in_every_encoding() -> None:
    names = ("trs_utf8", "trs_gbk", "lying_utf8_declares_gbk", "nocharset_gb18030")
    first, *others = (read((SHARED / "fixtures" / f"{name}.html").read_bytes(), name).parts for name in names)
    assert all(parts == first for parts in others)
