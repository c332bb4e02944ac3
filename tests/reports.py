"""Small reports for tests, written as reports are and read through all stages."""

from collections.abc import Sequence

from pipeline.contracts import Report
from pipeline.run import process

PLACE = "盐田区"


def text(year: int, plans: Sequence[tuple[str, Sequence[str]]], done: str = "各项工作顺利完成。", place: str = PLACE) -> str:
    """A report of a year: what was done, then the plan, a titled section with its paragraphs for each of `plans`."""
    lines = [f"{place}{year}年政府工作报告", "各位代表：", "现在，我代表区人民政府，向大会作政府工作报告，请予审议。"]
    lines += [f"一、{year - 1}年工作回顾", done, f"二、{year}年工作安排"]
    for n, (title, paragraphs) in enumerate(plans):
        lines += [f"（{'一二三四五六七八九十'[n]}）{title}", *paragraphs]
    return "\n".join(lines)


def report(written: str, year: int | None = None, **metadata: object) -> Report:
    """The report of a text. What its metadata are to be may be said; another place brings neither level nor code with it."""
    read = process(written.encode(), "report.txt").report
    given: dict[str, object] = {"year": year} if year else {}
    given |= {"level": None, "area_code": None} if "place" in metadata else {}
    return read.model_copy(update={"metadata": read.metadata.model_copy(update=given | metadata)})
