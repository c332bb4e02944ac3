"""HTML: the whole page by a parser that follows the standard, its article found, everything else labelled `chrome`.

The tree is Lexbor's, which builds it as browsers do: nothing is lost behind a second `</html>`, in a deep nest or in a long
text. A part is a line; the cells of a table that shows data are a part each, in the full grid; a table that only lays out the
page gives lines.
"""

import re
from itertools import accumulate
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.contracts import Cell, PageMeta, Part
from pipeline.errors import DocumentError
from pipeline.formats import confined, main_text
from pipeline.formats.decoding import Text
from pipeline.formats.markup import SKIPPED, Line, Slot, Table, Walk
from pipeline.formats.reading import Limits, Reading
from pipeline.text import squeeze

_FORMATTING = re.compile(r"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)\b[^<>]{0,500}", re.IGNORECASE)
_TITLE_ENDS = re.compile(r"[_|—–-]")
_META = 200
_META_LENGTH = 2000
_URLS = ("url", "og:url")
_URL = re.compile(r"https?://[!-~]+")
_TITLES = ("title", "articletitle", "og:title", "dc.title", "twitter:title")
_BLANKS = re.compile(r"\s+")


def read(decoded: Text, name: str, limits: Limits) -> Reading:
    """The lines and cells of a page, and its metadata.

    Raises DocumentError: `no-text`, `too-large`, `too-deep`; `timeout`, `memory` and `crashed` for a page that is so built
    that its tree would cost far more than its text.
    """
    text = decoded.text
    if len(text) > limits.characters or text.count("<") > limits.tags:
        raise DocumentError("too-large", f"{name}: more than {limits.characters} characters or {limits.tags} tags")
    if _costly(text):
        return confined.run(__name__, decoded, name, limits)
    return parse(decoded, name, limits)


def _costly(text: str) -> bool:
    """Whether the tree could take long or grow large: many tags (deep nests cost their square), many unlike formatting
    elements (an unclosed one is repeated in each paragraph that follows), an endless tag, a large file."""
    tags = text.count("<")
    if len(text) > 4_000_000 or tags > 40_000:
        return True
    return 3 * len(set(_FORMATTING.findall(text))) * tags > 4_000_000 or max(map(len, text.split(">"))) > 100_000


def parse(decoded: Text, name: str, limits: Limits) -> Reading:
    """`read` without its child process."""
    tree = LexborHTMLParser(decoded.text)
    root = tree.root
    if root is None:
        raise DocumentError("no-text", f"{name}: a page without text")
    walk = Walk(root, name, limits)
    meta = _meta(tree)
    if not walk.lines:
        frames = "frame" in decoded.text.lower() and (tree.css("frame[src]") or tree.css("iframe[src]"))
        where = f"; its text is in {frames[0].attributes.get('src')!r}" if frames else ""
        raise DocumentError("no-text", f"{name}: a page without text{where}")
    parts = _parts(walk, meta)
    url = _url(tree, meta)
    characters = _count(root) + walk.generated
    return Reading(parts, characters, decoded.decoding, encoding=decoded.encoding, meta=meta, url=url)


def _count(root: LexborNode) -> int:
    """The characters other than white space of the page's text, by the tree's own hand; takes the tree apart."""
    root.strip_tags(sorted(SKIPPED), recursive=True)
    return len(squeeze(root.text()))


# --- the article, and what stands about it ------------------------------------------------------------------------


def _parts(walk: Walk, meta: tuple[PageMeta, ...]) -> tuple[Part, ...]:
    lines = walk.lines
    begin, end = main_text.article(lines, walk.blocks)
    top = main_text.head(lines, begin, _titles(meta))
    around = main_text.furniture(lines, walk.blocks, begin, end)
    numbers, owners = _data_tables(walk.tables, lines, begin, end)
    parts: list[Part] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        slot = owners.get(line.element.slot) if line.element.slot else None
        if slot is not None:
            inside = lines[slot.begin : slot.end]
            parts += _cell([one for one in inside if one.unseen is None], slot, numbers[slot.table])
            parts += [_part(one, "chrome", "hidden") for one in inside if one.unseen is not None]
            index = slot.end
            continue
        if line.unseen is not None and not (line.unseen.begin <= begin and end <= line.unseen.end):
            parts.append(_part(line, "chrome", "hidden"))
        elif not top <= index < end or index in around or _leads_away(line):
            parts.append(_part(line, "chrome", line.element.tag))
        else:
            parts.append(_part(line, "caption" if line.element.tag == "caption" else None, line.element.tag))
        index += 1
    return tuple(parts)


def _part(line: Line, kind: Literal["chrome", "caption"] | None, style: str) -> Part:
    return Part.model_construct(text=line.text, origin=line.element.path(), kind=kind, style=style, cell=None)


def _leads_away(line: Line) -> bool:
    """Navigation inside the article: a line that is nothing but links, and no sentence."""
    return line.linked >= len(squeeze(line.text)) and "。" not in line.text


def _cell(lines: list[Line], slot: Slot, number: int) -> list[Part]:
    """A cell as one part, its lines joined by line ends; none where it is empty."""
    if not lines:
        return []
    cell = Cell(table=number, row=slot.row, column=slot.column, row_span=slot.height, column_span=slot.width, header=slot.header)
    text = "\n".join(line.text for line in lines)
    return [Part.model_construct(text=text, origin=lines[0].element.path(), kind="table_cell", style=None, cell=cell)]


def _data_tables(tables: list[Table], lines: list[Line], begin: int, end: int) -> tuple[dict[Table, int], dict[Slot, Slot]]:
    """The article's tables that show data, numbered; and for each cell the outermost cell of such a table that holds it.

    A table of one row or one column, or with a cell that holds most of the article, only lays out the page.
    """
    sums = [0, *accumulate(map(main_text.prose, lines))]
    most = max(1, (sums[end] - sums[begin]) // 2)
    numbers: dict[Table, int] = {}
    owners: dict[Slot, Slot] = {}
    for table in tables:
        slots = [slot for row in table.rows for slot in row]
        data = (
            begin <= table.begin
            and table.end <= end
            and table.columns > 1
            and len(table.rows) > 1
            and all(sums[slot.end] - sums[slot.begin] <= most for slot in slots)
        )
        for slot in slots:
            owner = owners.get(slot.outer) if slot.outer else None
            if owner is None and data:
                owner = slot
                numbers.setdefault(table, len(numbers))
            if owner is not None:
                owners[slot] = owner
    return numbers, owners


# --- metadata -----------------------------------------------------------------------------------------------------


def _meta(tree: LexborHTMLParser) -> tuple[PageMeta, ...]:
    """The page's title and its `meta` elements, as written."""
    found: list[PageMeta] = []
    for element in [*tree.css("title")[:1], *tree.css("meta")[:_META]]:
        attributes = element.attributes
        name = "title" if element.tag == "title" else attributes.get("name") or attributes.get("property") or ""
        value = element.text() if element.tag == "title" else attributes.get("content") or ""
        if name.strip() and value.strip():
            found.append(PageMeta(name=name.strip()[:_META], value=_BLANKS.sub(" ", value.strip()[:_META_LENGTH])))
    return tuple(found)


def _titles(meta: tuple[PageMeta, ...]) -> tuple[str, ...]:
    """What the metadata call the page: the article's title, and that of the page without the site's name."""
    titles: list[str] = []
    for one in meta:
        if one.name.lower() in _TITLES:
            titles += [one.value, *_TITLE_ENDS.split(one.value)]
    return tuple(titles)


def _url(tree: LexborHTMLParser, meta: tuple[PageMeta, ...]) -> str | None:
    """The page's own address, where it names it."""
    named = [element.attributes.get("href") or "" for element in tree.css("link[rel=canonical]")]
    named += [one.value for one in meta if one.name.lower() in _URLS]
    return next((url.strip() for url in named if is_address(url.strip())), None)


def is_address(url: str) -> bool:
    """Whether it is the address of a page on the web, whole and of a sane length."""
    return len(url) <= _META_LENGTH and _URL.fullmatch(url) is not None
