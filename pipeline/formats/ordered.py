"""The numbers of HTML's ordered lists: what a reader sees before an item and what stands in no text of the page."""

import re
from dataclasses import dataclass

from pipeline.formats.counters import formatted

_CHINESE = ("chineseCounting", "{}、")
_STYLES = {
    "1": ("decimal", "{}."),
    "a": ("lowerLetter", "{}."),
    "A": ("upperLetter", "{}."),
    "i": ("lowerRoman", "{}."),
    "I": ("upperRoman", "{}."),
    "decimal": ("decimal", "{}."),
    "cjk-ideographic": _CHINESE,
    "simp-chinese-informal": _CHINESE,
    "trad-chinese-informal": _CHINESE,
    # The lists of UEditor, the editor of many site systems, which draws their numbers as pictures.
    "custom_cn": _CHINESE,
    "custom_cn1": ("chineseCounting", "{})"),
    "custom_cn2": ("chineseCounting", "({})"),
    "custom_num": ("decimal", "{}."),
    "custom_num1": ("decimal", "{})"),
    "custom_num2": ("decimal", "({})"),
}
_TYPE = re.compile(r"list-style(?:-type)?\s{0,3}:\s{0,3}([a-z-]{1,40})")
_MARKED = re.compile(r"\s{0,9}[\[（(【〔第]{0,2}\s?[0-9０-９一二三四五六七八九十①-⒛]")


@dataclass(slots=True)
class Ordered:
    """An open `ol`: its style, and the number of its next item."""

    style: str
    pattern: str
    next: int

    def label(self, value: str | None) -> str:
        """What stands before its next item; `value` is the number that the item gives itself."""
        if value is not None and re.fullmatch(r"[0-9]{1,6}", value.strip()):
            self.next = int(value)
        self.next += 1
        return self.pattern.format(formatted(self.next - 1, self.style))


def opened(attributes: dict[str, str | None]) -> Ordered | None:
    """The list that an `ol` with these attributes opens, None where it shows no numbers."""
    given = _TYPE.search(attributes.get("style") or "")
    names = [*(attributes.get("class") or "").split(), given.group(1) if given else "", attributes.get("type") or "1"]
    if "none" in names:
        return None
    style, pattern = next((_STYLES[name] for name in names if name in _STYLES), _STYLES["1"])
    start = (attributes.get("start") or "1").strip()
    return Ordered(style, pattern, int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1)


def numbered(text: str) -> bool:
    """Whether an item brings a number of its own."""
    return _MARKED.match(text) is not None
