"""Documents that the tests need, made by code: PDF files with text, Word documents, e-mails, web archives."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage


def pdf(pages: Sequence[Sequence[str]], **info: str) -> bytes:
    """A PDF file with these lines on its pages ("" on a page: it is drawn, not written) and properties."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.translate(ESCAPES)}) Tj 0 -14 Td " for line in lines)
        content = f"BT /F1 11 Tf 50 780 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append("<< {} >>".format(" ".join(f"/{name} ({value})" for name, value in info.items())).encode("latin-1"))
    return _written(objects)


ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def side_by_side(rows: Sequence[tuple[str, str]]) -> bytes:
    """A PDF file with one page in two columns, whose lines are written across, as some programs do."""
    shown = "".join(
        f"BT /F1 11 Tf {x} {780 - 14 * at} Td ({text.translate(ESCAPES)}) Tj ET "
        for at, row in enumerate(rows)
        for x, text in zip((50, 320), row, strict=True)
    )
    content = shown.encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        b" /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>",
        b"<< >>",
    ]
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    """The objects as a file, the first being the catalogue and the last the properties."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    size = len(objects)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size + 1, size, table))
    return out.getvalue()


def locked(data: bytes, password: str) -> bytes:
    """The PDF file, encrypted."""
    from pypdf import PdfReader, PdfWriter

    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(data))), io.BytesIO()
    writer.encrypt(password, "of the owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def word(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = (), **properties: object) -> bytes:
    """A Word document with these paragraphs, a table below them, and properties."""
    import docx

    document, out = docx.Document(), io.BytesIO()
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(out)
    return out.getvalue()


def mail(text: str = "", html: str = "", files: Sequence[tuple[str, bytes]] = (), **headers: str) -> bytes:
    """An e-mail with a text, a page, or both, and files attached."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    message.set_content(text or "see the page") if not html or text else message.set_content(html, subtype="html")
    if html and text:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def web_archive(*pages: str, gzipped: bool = True) -> bytes:
    """A web archive with these pages, and a request, an image and a page that was not found, which are no articles."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    others = [("request", "text/html", "200 OK", "x"), ("response", "image/png", "200 OK", "x")]
    others += [("response", "text/html", "404 Not Found", "<p>Nine people were killed in Idlib.</p>")]
    wanted = [("response", "text/html; charset=utf-8", "200 OK", page) for page in pages]
    for kind, media, status, body in others + wanted:
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        payload, url = io.BytesIO(body.encode()), "https://example.org/market"
        writer.write_record(writer.create_warc_record(url, kind, payload=payload, http_headers=headers))
    return stream.getvalue()
