"""OFD (GB/T 33190), the national format for fixed pages: zip and XML read directly, lines and paragraphs by `layout`.

Writers of OFD differ in namespaces and in the case of attributes, so names are compared without either.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from pipeline.contracts import Decoding, PageMeta
from pipeline.errors import DocumentError
from pipeline.formats.container import Container, own_text
from pipeline.formats.layout import Sheet, lay_out
from pipeline.formats.lines import Glyph
from pipeline.formats.reading import Limits, Reading
from pipeline.formats.ruling import Rule, rule
from pipeline.text import squeeze

_POINTS = 72 / 25.4
"""OFD measures in millimetres, `layout` in points."""
_META = {"title": "title", "author": "creator", "creationdate": "created", "subject": "subject"}
_STEP = re.compile(r"[A-Za-z]|-?[0-9.]+(?:[eE]-?[0-9]+)?")
_COORDINATES = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_BLANK = frozenset(" \t\r\n\u3000\u00a0\u200b\ufeff")
_NARROW = dict.fromkeys("“”‘’ ", 0.35) | {chr(n): 0.6 if chr(n).isalnum() else 0.35 for n in range(0x21, 0x7F)}


class _Run(NamedTuple):
    """Signs that one text code sets: where each stands, in points on the page."""

    text: str
    xs: list[float]
    y: float
    size: float
    look: int
    frame: tuple[float, float, float, float]


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Paragraphs, table cells and page furniture of an OFD; templates and annotations are `chrome`.

    Raises DocumentError: those of a container, `not-a-document`, `no-text` (a scan), `too-large`.
    """
    container = Container(data, name, limits)
    sheets: list[Sheet] = []
    meta: list[PageMeta] = []
    for body in _all(container.xml("OFD.xml"), "DocBody"):
        meta += [PageMeta(name=_META[key], value=value) for key, value in _information(body) if key in _META and value]
        root = _text(body, "DocRoot")
        if root:
            _document(container, container.beside("", root), sheets)
    characters = sum(len(squeeze("".join(g.text for g in sheet.glyphs))) for sheet in sheets)
    characters += sum(len(squeeze(text)) for sheet in sheets for text in sheet.behind)
    if characters > limits.characters:
        raise DocumentError("too-large", f"{name}: more than {limits.characters} characters")
    if not characters:
        raise DocumentError("no-text", f"{name}: an OFD of {len(sheets)} scanned or empty pages without text; it needs OCR first")
    return Reading(
        lay_out(_measured(sheets)), characters, Decoding(method="container"), meta=tuple(meta), findings=tuple(container.findings)
    )


def _document(container: Container, member: str, sheets: list[Sheet]) -> None:
    """The pages of one document of the file, appended to `sheets`."""
    root = container.xml(member)
    area = _numbers(next((e.text or "" for e in _all(root, "PhysicalBox")), ""), 4)
    templates = {_get(e, "ID"): container.beside(member, _get(e, "BaseLoc")) for e in _all(root, "TemplatePage")}
    pages = [e for e in _all(root, "Page") if _get(e, "BaseLoc")]
    if len(sheets) + len(pages) > container.limits.pages:
        raise DocumentError("too-large", f"{container.name}: more than {container.limits.pages} pages")
    notes = _annotations(container, member, root)
    fonts: dict[tuple[str, str], int] = {}
    shown: set[str] = set()
    for page in pages:
        source = container.beside(member, _get(page, "BaseLoc"))
        content = container.xml(source)
        own = _numbers(next((e.text or "" for e in _all(content, "PhysicalBox")), ""), 4) or area
        behind = [*notes.get(_get(page, "ID"), [])]
        for use in _all(content, "Template"):
            template = templates.get(_get(use, "TemplateID"))
            if template and template in container and template not in shown:
                shown.add(template)
                behind += ["".join(run.text for run in _runs(container.xml(template), fonts))]
        glyphs = list(_glyphs(_overprinted(list(_runs(content, fonts)))))
        rules = [line for drawing in _all(content, "PathObject") for line in _rules(drawing)]
        height = (own[3] if own else 297.0) * _POINTS
        lowest = max((glyph.y for glyph in glyphs), default=0.0)
        sheets.append(Sheet(len(sheets) + 1, max(height, lowest, 1.0), glyphs, rules, tuple(t for t in behind if squeeze(t))))


def _measured(sheets: list[Sheet]) -> list[Sheet]:
    """The pages as high as they are used: some converters give a page's size in another unit than what stands on it."""
    deepest = max((glyph.y for sheet in sheets for glyph in sheet.glyphs), default=0.0)
    wrong = len(sheets) > 1 and deepest > 0 and all(deepest < 0.5 * sheet.height for sheet in sheets)
    return [sheet._replace(height=1.06 * deepest) for sheet in sheets] if wrong else sheets


def _annotations(container: Container, member: str, root: etree._Element) -> dict[str, list[str]]:
    """The texts of annotations by page."""
    found: dict[str, list[str]] = {}
    listing = _text(root, "Annotations")
    source = container.beside(member, listing) if listing else ""
    if source not in container:
        return found
    for page in _all(container.xml(source), "Page"):
        where = container.beside(source, _text(page, "FileLoc"))
        if where in container:
            texts = ["".join(run.text for run in _runs(e, {})) for e in _all(container.xml(where), "Annot")]
            found.setdefault(_get(page, "PageID"), []).extend(texts)
    return found


# --- text ----------------------------------------------------------------------------------------------------------


def _runs(root: etree._Element, fonts: dict[tuple[str, str], int]) -> Iterator[_Run]:
    """The text codes of a page in the order of drawing; broken XML may have one text object in another, or a code in none."""
    for element, codes in groupby(_all(root, "TextCode"), lambda code: next(code.iterancestors("{*}TextObject"), root)):
        left, top, width, height = _numbers(_get(element, "Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        a, _, _, d, e, f = _numbers(_get(element, "CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        scale = abs(a) or 1.0
        size = (_numbers(_get(element, "Size"), 1) or (1.0,))[0] * (abs(d) or scale) * _POINTS
        look = fonts.setdefault((_get(element, "Font"), _get(element, "Weight")), len(fonts))
        frame = (left * _POINTS, top * _POINTS, width * _POINTS, height * _POINTS)
        x, y = 0.0, 0.0
        for code in codes:
            text = own_text(code)
            x = (_numbers(_get(code, "X"), 1) or (x,))[0]
            y = (_numbers(_get(code, "Y"), 1) or (y,))[0]
            places = [x]
            for step in _steps(_get(code, "DeltaX"), len(text) - 1):
                places.append(places[-1] + step)
            while len(places) < len(text):
                places.append(places[-1] + _width(text[len(places) - 1]) * size / _POINTS / scale)
            xs = [(left + scale * place + e) * _POINTS for place in places]
            yield _Run(text, xs, (top + (abs(d) or 1.0) * y + f) * _POINTS, size, look, frame)


def _overprinted(runs: list[_Run]) -> Iterator[_Run]:
    """Runs whose pieces lie on each other as written, set beside each other.

    Some converters give each piece of a line the frame of the whole line, or set signs of another font into a frame that
    goes on over them. The same piece twice is a shadow or a false bold, and counts once.
    """
    frames: dict[int, dict[tuple[float, float, float, float], None]] = {}
    for run in runs:
        frames.setdefault(round(run.y), {})[run.frame] = None
    k = 0
    while k < len(runs):
        group = [runs[k]]
        for run in runs[k + 1 :]:
            if run.frame != group[0].frame or run.y != group[0].y or run.xs[:1] != group[0].xs[:1]:
                break
            group.append(run)
        k += len(group)
        pieces = [run for n, run in enumerate(group) if n == 0 or run.text != group[n - 1].text or len(run.text) < 4]
        holes = _holes(group[0], frames[round(group[0].y)])
        if len(pieces) == 1 and not any(_covers(pieces[0], *hole) for hole in holes):
            yield pieces[0]
        else:
            yield from _beside(pieces, holes)


def _holes(run: _Run, frames: Iterable[tuple[float, float, float, float]]) -> list[tuple[float, float]]:
    """Start and end of the smaller frames on the line that stand inside the run's own."""
    left, _, width, _ = run.frame
    inner = [(f[0], f[0] + f[2]) for f in frames if f != run.frame and f[2] < width / 2]
    return sorted(hole for hole in inner if hole[0] >= left - 0.5 and hole[1] <= left + width + 0.5)


def _covers(run: _Run, start: float, end: float) -> bool:
    """Whether a sign of the run stands on the middle of a hole."""
    middle = (start + end) / 2
    n = bisect_right(run.xs, middle) - 1
    return 0 <= n < len(run.text) and middle < run.xs[n] + 0.9 * _width(run.text[n]) * run.size


def _beside(pieces: list[_Run], holes: list[tuple[float, float]]) -> Iterator[_Run]:
    """The pieces one after another through their frame, the holes left free."""
    x, _, width, _ = pieces[0].frame
    size = pieces[0].size
    taken = sum(end - start for start, end in holes)
    natural = sum(_width(sign) for run in pieces for sign in run.text)
    unit = min(max(width - taken, 0.5 * width) / natural, 1.25 * size) if natural else 0.0
    free = iter([*holes, (float("inf"), 0.0)])
    hole = next(free)
    for run in pieces:
        xs = []
        for sign in run.text:
            while x > hole[0] - 0.4 * size:
                x, hole = max(x, hole[1]), next(free)
            xs.append(x)
            x += _width(sign) * unit
        yield run._replace(xs=xs)


def _glyphs(runs: Iterator[_Run]) -> Iterator[Glyph]:
    for run in runs:
        for n, (sign, x) in enumerate(zip(run.text, run.xs, strict=False)):
            if sign not in _BLANK:
                right = x + _width(sign) * run.size
                if n + 1 < len(run.xs) and run.xs[n + 1] > x:
                    right = min(right, run.xs[n + 1])
                yield Glyph(sign, x, run.y, right, run.size, run.look)


def _width(sign: str) -> float:
    """How wide a sign is at size one, where the file does not say: Chinese fonts are square."""
    return _NARROW.get(sign, 1.0)


def _steps(delta: str, most: int) -> list[float]:
    """The distances of `DeltaX`, `g N D` standing for N times D."""
    words = delta.split()
    steps: list[float] = []
    k = 0
    while k < len(words) and len(steps) < most:
        if words[k] == "g" and k + 2 < len(words):
            count, distance = _number(words[k + 1]), _number(words[k + 2])
            steps += [distance] * max(0, min(int(count), most - len(steps)))
            k += 3
        else:
            steps.append(_number(words[k]))
            k += 1
    return steps


def _rules(drawing: etree._Element) -> Iterator[Rule]:
    """The straight lines of a path."""
    left, top, _, _ = _numbers(_get(drawing, "Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    a, _, _, d, e, f = _numbers(_get(drawing, "CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    words = _STEP.findall(_text(drawing, "AbbreviatedData"))
    start = last = (0.0, 0.0)
    k = 0
    while k < len(words):
        kind = words[k].upper()
        count = _COORDINATES.get(kind, 0)
        values = [_number(word) for word in words[k + 1 : k + 1 + count]]
        k += 1 + count
        if kind == "C":
            point = start
        elif len(values) == count and count:
            point = ((left + a * values[-2] + e) * _POINTS, (top + d * values[-1] + f) * _POINTS)
        else:
            continue
        line = rule(*last, *point) if kind in {"L", "C"} else None
        if line is not None:
            yield line
        start = point if kind in {"M", "S"} else start
        last = point


# --- XML without namespaces ----------------------------------------------------------------------------------------


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _get(element: etree._Element, name: str) -> str:
    found = element.get(name)
    if found is not None:
        return found
    return next((str(v) for k, v in element.items() if str(k).lower() == name.lower()), "")


def _text(root: etree._Element, name: str) -> str:
    return next((e.text.strip() for e in _all(root, name) if e.text), "")


def _information(body: etree._Element) -> Iterator[tuple[str, str]]:
    for element in _all(body, "DocInfo"):
        for child in element:
            yield etree.QName(child).localname.lower(), (child.text or "").strip()


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if -1e6 < value < 1e6 else 0.0


def _numbers(text: str, count: int) -> tuple[float, ...] | None:
    """Exactly so many numbers, else None."""
    words = text.split()
    return tuple(_number(word) for word in words) if len(words) == count else None
