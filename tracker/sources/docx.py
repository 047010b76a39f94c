"""Word documents (.docx), with python-docx: paragraphs and table rows in document order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from tracker.model import InputError
from tracker.sources.documents import Document, document_items
from tracker.sources.items import Item

MAX_BYTES = 200_000_000  # bytes, unpacked
MAX_DEPTH = 20  # nested tables
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n"}


def read_docx(data: bytes, path: str) -> Iterator[Item]:
    """Yield the one article of a Word document, or an InputError if it is damaged or encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
                yield InputError(path, f"unpacks to more than {MAX_BYTES:,} bytes")
                return
        document = _document(data)
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: on a broken file the parser raises exceptions of any type.
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
    """Yield the paragraphs of a document or cell, and its table rows with tabs between the cells."""
    from docx.table import Table

    for part in container.iter_inner_content():
        if not isinstance(part, Table):
            yield _words(part._p)
        elif depth < MAX_DEPTH:
            for row in part.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)  # a merged cell appears once per column
                texts = {cell._tc: " ".join(_parts(cell, depth + 1)) for cell in row.cells}
                yield "\t".join(texts[cell] for cell in cells)


def _words(paragraph: Any) -> str:
    """Return the text of a paragraph, with links, text boxes and tracked insertions, without tracked deletions."""
    words = []
    for element in paragraph.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name not in ("t", *BREAKS):
            continue
        around = [above.tag.rpartition("}")[2] for above in element.iterancestors()]
        if around[:1] == ["r"] and "Fallback" not in around:  # the fallback for older programs repeats the text
            words.append((element.text or "") if name == "t" else BREAKS[name])
    return "".join(words).strip()
