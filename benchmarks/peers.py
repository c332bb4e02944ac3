"""The same reports through other systems, in one run on one machine: characters a second, and ours against each.

    pip install '.[peers]'
    python -m benchmarks.peers FILE [FILE ...]

Microsoft's recognizers find numbers, percentages and quantities with units; JioNLP finds money; trafilatura takes the text out of
a page of HTML. Ours does all of that and the structure, and writes validated files.
"""

import argparse
import html
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import run, store
from pipeline.quantities.quantity import scan

Work = Callable[[str], object]


def ours(text: str) -> object:
    """The whole way, text to files on disk."""
    with tempfile.TemporaryDirectory() as folder:
        store.write(Path(folder), "page", store.dump(run.process(text.encode(), "page.txt")))
    return folder


def our_quantities(text: str) -> object:
    return list(scan(text))


def microsoft() -> Work:
    from recognizers_number import recognize_number, recognize_percentage  # type: ignore[import-not-found, unused-ignore]
    from recognizers_number_with_unit import (  # type: ignore[import-not-found, unused-ignore]
        recognize_currency,
        recognize_dimension,
    )

    kinds = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: [find(line, "zh-cn") for line in text.split("\n") if line.strip() for find in kinds]


def jionlp() -> Work:
    import jionlp  # type: ignore[import-not-found, unused-ignore]

    return lambda text: [jionlp.ner.extract_money(line, with_parsing=True) for line in text.split("\n") if line.strip()]


def trafilatura() -> Work:
    import trafilatura  # type: ignore[import-not-found, unused-ignore]

    return lambda text: trafilatura.extract(page(text))


def page(text: str) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
    return f"<html><head><title>政府工作报告</title></head><body><article>{lines}</article></body></html>"


def rate(work: Work, texts: list[str]) -> float:
    """Characters a second over all texts, after one that warms it up."""
    work(texts[0][:2000])
    began = time.perf_counter()
    for text in texts:
        work(text)
    return sum(map(len, texts)) / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    texts = [file.read_text("utf-8") for file in options.files]
    whole = rate(ours, texts)
    print(f"{len(texts)} texts, {sum(map(len, texts)):,} characters")
    print(f"{'ours, whole, files on disk':34}{whole:12,.0f} characters a second")
    print(f"{'ours, quantities alone':34}{rate(our_quantities, texts):12,.0f} characters a second")
    peers = {"Microsoft recognizers": microsoft, "JioNLP money": jionlp, "trafilatura": trafilatura}
    for name, make in peers.items():
        try:
            work = make()
        except ImportError as error:
            print(f"{name:34}not installed ({error.name})")
            continue
        speed = rate(work, texts)
        print(f"{name:34}{speed:12,.0f} characters a second; ours, whole, {whole / speed:.2f} times as fast")


if __name__ == "__main__":
    main()
