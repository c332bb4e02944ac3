"""PDF: characters at their places, by pypdfium2, in a child process; lines and paragraphs are ours (`layout`)."""

import ctypes
from collections.abc import Iterator
from functools import cache

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from pipeline.contracts import Decoding, PageMeta
from pipeline.errors import DocumentError
from pipeline.formats import confined
from pipeline.formats.layout import Sheet, lay_out
from pipeline.formats.lines import Glyph
from pipeline.formats.reading import Limits, Reading
from pipeline.formats.ruling import Rule, rule
from pipeline.text import squeeze

_META = {"Title": "title", "Author": "creator", "CreationDate": "created", "Subject": "subject"}
_PASSWORD = 4
_DEPTH = 4
"""Forms within forms that are looked into."""
_FAR = 1e6
"""Points past which nothing stands on a page; a hostile matrix puts signs there, or at no number at all."""
_SEGMENTS = 20_000
"""Segments of one page's drawings that are looked at for ruling lines."""


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Paragraphs, table cells and page furniture of a PDF.

    Raises DocumentError: `encrypted`, `damaged`, `no-text` (a scan), `too-large`, `timeout`, `memory`, `crashed`.
    """
    return confined.run(__name__, data, name, limits)


def parse(data: bytes, name: str, limits: Limits) -> Reading:
    """`read` without its child process."""
    _ask_for_no_fonts()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise DocumentError("encrypted", f"{name}: the PDF is encrypted; save it without a password") from None
        raise DocumentError("damaged", f"{name}: no readable PDF ({error})") from None
    if len(document) > limits.pages:
        raise DocumentError("too-large", f"{name}: {len(document)} pages, past {limits.pages}")
    sheets: list[Sheet] = []
    characters = 0
    looks: dict[tuple[object, ...], int] = {}
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as error:
            raise DocumentError("damaged", f"{name}: page {number + 1} can't be read ({error})") from None
        sheet = _sheet(page, number + 1, looks, limits.characters)
        characters += len(squeeze("".join(glyph.text for glyph in sheet.glyphs))) + sum(len(squeeze(text)) for text in sheet.behind)
        if characters > limits.characters:
            raise DocumentError("too-large", f"{name}: more than {limits.characters} characters")
        sheets.append(sheet)
        page.close()
    if not characters:
        raise DocumentError("no-text", f"{name}: a PDF of {len(sheets)} scanned or empty pages without text; it needs OCR first")
    meta = document.get_metadata_dict()
    known = tuple(PageMeta(name=_META[key], value=value) for key, value in meta.items() if key in _META and value)
    parts = lay_out(sheets)
    return Reading(parts, characters, Decoding(method="container"), meta=known)


@cache
def _ask_for_no_fonts() -> None:
    """PDFium anew, without the machine's fonts: what is read of a page must not depend on what is installed."""
    none = (ctypes.c_char_p * 1)(None)
    config = pdfium.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(none, type(config.m_pUserFontPaths))
    pdfium.FPDF_DestroyLibrary()
    pdfium.FPDF_InitLibraryWithConfig(config)


def _give_height(page: pypdfium2.PdfPage) -> None:
    """Has the texts whose font is not in the file measured as if they had an outline, so that PDFium sees a height in them.

    A text that lies on another of the same signs is drawn twice, as a poor man's bold, and PDFium reads one of them. Of texts
    without height it compares the left ends alone and would drop every line that repeats one above it.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH):
        pdfium.FPDFPageObj_GetBounds(text, left, bottom, right, top)
        if top.value <= bottom.value or right.value <= left.value:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
            pdfium.FPDFTextObj_SetTextRenderMode(text, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)
            pdfium.FPDFPageObj_SetStrokeWidth(text, 1)
            pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 0, 0)  # moves nothing, but measures it anew
            pdfium.FPDFTextObj_SetTextRenderMode(text, mode)


def _sheet(page: pypdfium2.PdfPage, number: int, known: dict[tuple[object, ...], int], most: int) -> Sheet:
    """A page's glyphs and ruling lines, y turned to grow downwards; slanted signs and those far off the page belong to no line."""
    _, height = page.get_size()
    height = height if 1 <= height < _FAR else 842.0
    _give_height(page)
    text = page.get_textpage()
    glyphs: list[Glyph] = []
    astray: list[str] = []
    looks: dict[int, int] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    count = text.count_chars()
    if count > most:
        raise DocumentError("too-large", f"page {number} has more than {most} characters")
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        # Spaces are read from the places alone; what is generated stands nowhere on the page.
        if (code <= 0x20 and code != 2) or code in {0xA0, 0x3000, 0xFFFE, 0xFFFF} or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        sign = "-" if code == 2 else _character(code)
        angle = pdfium.FPDFText_GetCharAngle(text, index)
        if 0.1 < angle < 6.18:
            astray.append(sign)
            continue
        piece = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(piece, ctypes.c_void_p).value or 0
        look = looks.get(address) if address else 0
        if look is None:
            look = looks[address] = known.setdefault(_look(piece), len(known))
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        size = max(box.top - box.bottom, 0.1) if (plain := pdfium.FPDFText_GetFontSize(text, index)) <= 1.5 else plain
        if not all(-_FAR < number < _FAR for number in (x.value, y.value, box.right, size)):
            astray.append(sign)
            continue
        glyphs.append(Glyph(sign, x.value, height - y.value, max(box.right, x.value), size, look))
    text.close()
    return Sheet(number, height, glyphs, list(_rules(page, height)), ("".join(astray),) if astray else ())


def _look(piece: object) -> tuple[object, ...]:
    """Typeface, weight and colour of a text object."""
    font = pdfium.FPDFTextObj_GetFont(piece)
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    colour = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(piece, *colour)
    return (name.value, pdfium.FPDFTextObj_GetTextRenderMode(piece), *(part.value for part in colour))


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Rule]:
    """The straight lines of the page's drawings, boxes as their four sides."""
    budget = _SEGMENTS
    x, y = ctypes.c_float(), ctypes.c_float()
    for drawing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
        matrix = drawing.get_matrix()
        count = pdfium.FPDFPath_CountSegments(drawing)
        budget -= max(count, 1)
        if budget < 0:
            return
        start = last = (0.0, 0.0)
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawing, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield from _one(last, point, height)
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield from _one(point, start, height)
            last = point


def _one(a: tuple[float, float], b: tuple[float, float], height: float) -> Iterator[Rule]:
    line = rule(a[0], height - a[1], b[0], height - b[1])
    if line is not None:
        yield line
