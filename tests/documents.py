"""Small DOCX, OFD and PDF files made in code, so that a test shows all that it reads."""

import io
import zipfile
import zlib

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def docx(body: str, **members: str) -> bytes:
    """A DOCX with this body; `numbering`, `styles`, `footnotes`, `header`… are the inner XML of those members."""
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(f'<Relationship Id="{k}" Type="{_TYPE}/{k}" Target="{k}.xml"/>' for k in members)
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for key, inner in members.items():
        root = roots.get(key, key)
        files[f"word/{key}.xml"] = f"<w:{root} {W}>{inner}</w:{root}>"
    return zipped(files)


def p(text: str, properties: str = "") -> str:
    """A paragraph of Word's."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    """A cell of Word's."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def ofd(pages: list[list[tuple[float, float, str]]], drawings: str = "") -> bytes:
    """An OFD of A4 pages; each text with its left end and baseline in millimetres, set 5 mm wide."""
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<OFD {_OFD}><DocBody><DocInfo><Title>报告</Title></DocInfo>"
        "<DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
    }
    listing = ""
    for n, page in enumerate(pages):
        texts = "".join(
            f'<TextObject Boundary="{x} {y - 5} 150 6" Font="1" Size="5">'
            f'<TextCode X="0" Y="5" DeltaX="g {len(text)} 5">{text}</TextCode></TextObject>'
            for x, y, text in page
        )
        content = f"<Page {_OFD}><Content><Layer>{texts}{drawings}</Layer></Content></Page>"
        files[f"Doc_0/Pages/{n}.xml"] = content
        listing += f'<Page ID="{n}" BaseLoc="Pages/{n}.xml"/>'
    area = "<CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData>"
    files["Doc_0/Document.xml"] = f"<Document {_OFD}>{area}<Pages>{listing}</Pages></Document>"
    return zipped(files)


_OFD = 'xmlns="http://www.ofdspec.org/2016"'


def pdf(pages: list[list[tuple[float, float, str]]], drawings: str = "", size: int = 16) -> bytes:
    """A PDF of A4 pages; each text with its left end and its baseline in points from the foot, every sign `size` wide."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>",
    ]
    for n, page in enumerate(pages):
        texts = "".join(f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in page)
        stream = zlib.compress((drawings + "\n" + texts).encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream")
    out = b"%PDF-1.4\n"
    places: list[int] = []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    return out + f"{tail}\nstartxref\n{len(out)}\n%%EOF\n".encode()
