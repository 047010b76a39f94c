"""Word documents (.docx), by python-docx: paragraphs and the rows of tables, in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from tracker.model import InputError
from tracker.sources.documents import Document, document_items
from tracker.sources.items import Item

LARGEST = 200_000_000  # bytes, unpacked
DEEPEST = 20  # tables within tables
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def read_docx(data: bytes, path: str) -> Iterator[Item]:
    """The one article of a Word document; an InputError where it is none, or is encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                yield InputError(path, f"unpacks to more than {LARGEST:,} bytes")
                return
        document = _document(data)
    except Exception as error:
        # A broken file makes the libraries that read it raise whatever they happen to meet.
        is_old = data.startswith(b"\xd0\xcf\x11\xe0")
        why = (
            "it is encrypted, or of Word before 2007"
            if is_old
            else f"it is damaged, or no .docx ({type(error).__name__})"
        )
        yield InputError(path, f"cannot be read: {why}")
        return
    yield from document_items(document, path)


def _document(data: bytes) -> Document:
    import docx

    opened = docx.Document(io.BytesIO(data))
    created = opened.core_properties.created
    text = "\n\n".join(part for part in _parts(opened, 0) if part.strip())
    return Document(text, opened.core_properties.title or "", created.date().isoformat() if created else "")


def _parts(container: Any, depth: int) -> Iterator[str]:
    """The paragraphs of a document or of a cell, and the rows of its tables with their cells parted by tabs."""
    from docx.table import Table

    for part in container.iter_inner_content():
        if not isinstance(part, Table):
            yield _words(part._p)
        elif depth < DEEPEST:
            for row in part.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)  # a merged cell is there once for each column
                texts = {cell._tc: " ".join(_parts(cell, depth + 1)) for cell in row.cells}
                yield "\t".join(texts[cell] for cell in cells)


def _words(paragraph: Any) -> str:
    """The text of a paragraph, also in links, boxes and insertions not yet accepted; not what was deleted."""
    words = []
    for element in paragraph.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name not in ("t", *BREAKS):
            continue
        around = [above.tag.rpartition("}")[2] for above in element.iterancestors()]
        if around[:1] == ["r"] and "Fallback" not in around:  # what older programs show instead says the same again
            words.append((element.text or "") if name == "t" else BREAKS[name])
    return "".join(words).strip()
