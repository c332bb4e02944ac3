"""Word's automatic numbering: the 一、 and （一） that a reader sees and that stand in no run of the document.

ECMA-376 part 1, 17.9 (numbering).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.formats.counters import formatted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_LEVELS = 9

# Symbol and Wingdings code points that Word's own bullets use, as what they look like.
_BULLETS = {0xB7: "•", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓"}


class Level(NamedTuple):
    """How one level of a list counts and looks."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    paragraph_style: str | None = None


class Style(NamedTuple):
    """A paragraph style: its name, and the numbering that it brings along."""

    name: str
    based_on: str | None
    number: int | None
    level: int | None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    used: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where their counters stand; ask `label` for each paragraph in the document's order."""

    styles: dict[str, Style]
    lists: dict[int, _List] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, properties: etree._Element | None) -> str:
        """The number that stands before a paragraph with these properties (`w:pPr`), what parts it from the text included."""
        style = value(properties, "pStyle")
        number, depth = self._resolve(properties, style)
        entry = self.lists.get(number or 0)
        if entry is None or not 0 <= depth < _LEVELS:
            return ""
        count = self.counters.setdefault(entry.abstract, [None] * _LEVELS)
        if not entry.used:
            entry.used = True
            for overridden in entry.starts:
                count[overridden] = None
        level = entry.levels.get(depth, Level())
        current = count[depth]
        count[depth] = entry.starts.get(depth, level.start) if current is None else current + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = entry.levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                count[deeper] = None
        return _shown(entry, level, count)

    def _resolve(self, properties: etree._Element | None, style: str | None) -> tuple[int | None, int]:
        own = properties.find(W + "numPr") if properties is not None else None
        number, depth = integer(own, "numId"), integer(own, "ilvl")
        seen: set[str] = set()
        while style and style in self.styles and style not in seen and (number is None or depth is None):
            seen.add(style)
            row = self.styles[style]
            if number is None and row.number is not None:
                number = row.number
                linked = [k for k, level in self._levels(number).items() if level.paragraph_style == style]
                depth = depth if depth is not None else linked[0] if linked else row.level
            elif depth is None and row.number is not None:
                depth = row.level
            style = row.based_on
        return number, depth or 0

    def _levels(self, number: int) -> dict[int, Level]:
        entry = self.lists.get(number)
        return entry.levels if entry else {}


def _shown(entry: _List, level: Level, count: list[int | None]) -> str:
    if level.style == "bullet":
        text = "".join(_BULLETS.get(ord(c) & 0xFF, "•") if 0xF000 <= ord(c) <= 0xF0FF else c for c in level.text)
    else:
        text = level.text
        for k in range(_LEVELS):
            if f"%{k + 1}" in text:
                row = entry.levels.get(k, Level())
                now = count[k]
                shown = formatted(row.start if now is None else now, "decimal" if level.legal else row.style)
                text = text.replace(f"%{k + 1}", shown)
    if not text:
        return ""
    # A tab after 一、 or （一） is no gap to the eye; after `1.` it keeps the number apart from a figure that follows.
    apart = level.suffix == "space" or (level.suffix == "tab" and text[-1] not in "、）】〕。：—")
    return text + " " if apart else text


def value(parent: etree._Element | None, tag: str) -> str | None:
    """The `w:val` of a child, None where there is no such child."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(_VAL) if child is not None else None


def integer(parent: etree._Element | None, tag: str) -> int | None:
    """The `w:val` of a child as a number; None where it is absent, no number, or past what Word itself takes."""
    text = value(parent, tag)
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """The styles by id (`word/styles.xml`)."""
    styles: dict[str, Style] = {}
    for element in root.iterchildren(W + "style") if root is not None else ():
        properties = element.find(W + "pPr")
        numbers = properties.find(W + "numPr") if properties is not None else None
        key = element.get(W + "styleId") or ""
        number, level = integer(numbers, "numId"), integer(numbers, "ilvl")
        styles[key] = Style(value(element, "name") or key, value(element, "basedOn"), number, level)
    return styles


def read_numbering(root: etree._Element | None, styles: dict[str, Style]) -> Numbering:
    """The lists (`word/numbering.xml`), overrides and linked list styles resolved, all counters before their start."""
    numbering = Numbering(styles)
    if root is None:
        return numbering
    abstracts = {element.get(W + "abstractNumId") or "": element for element in root.iterchildren(W + "abstractNum")}
    instances = {element.get(W + "numId") or "": element for element in root.iterchildren(W + "num")}
    for key, element in instances.items():
        if not (key.isascii() and key.isdecimal() and len(key) < 10):
            continue
        abstract = value(element, "abstractNumId") or ""
        for _ in range(4):
            link = styles.get(value(abstracts.get(abstract), "numStyleLink") or "")
            if link is None or link.number is None:
                break
            abstract = value(instances.get(str(link.number)), "abstractNumId") or abstract
        levels = dict(_level(row) for row in abstracts[abstract].iterchildren(W + "lvl")) if abstract in abstracts else {}
        starts: dict[int, int] = {}
        for override in element.iterchildren(W + "lvlOverride"):
            depth = _depth(override)
            levels.update(_level(row) for row in override.iterchildren(W + "lvl"))
            start = integer(override, "startOverride")
            if start is not None and 0 <= depth < _LEVELS:
                starts[depth] = start
        numbering.lists[int(key)] = _List(abstract, levels, starts)
    return numbering


def _depth(element: etree._Element) -> int:
    text = element.get(W + "ilvl") or "0"
    return int(text) if text in {"0", "1", "2", "3", "4", "5", "6", "7", "8"} else _LEVELS


def _level(element: etree._Element) -> tuple[int, Level]:
    start = integer(element, "start")
    return _depth(element), Level(
        start=1 if start is None else start,
        style=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:100],
        suffix=value(element, "suff") or "tab",
        restart=integer(element, "lvlRestart"),
        legal=element.find(W + "isLgl") is not None,
        paragraph_style=value(element, "pStyle"),
    )
