"""PDF files, with pypdf: the text of all pages, with a form feed (U+000C) at the end of each page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tracker.model import InputError
from tracker.sources.documents import Document, document_items
from tracker.sources.items import Item, Note
from tracker.sources.pages import PAGE_END
from tracker.sources.pdf_columns import Run, in_reading_order, may_have_columns

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2_000
PAGES_CHECKED = 20  # pages that are checked for images where there is no text
SHORT_LINE = 0.75  # of the usual line length; a shorter line ends a paragraph
REPEATED_ON = 3  # pages with the same first or last line: a running header or footer
DIGITS = re.compile(r"\d+")
CREATED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def read_pdf(data: bytes, path: str) -> Iterator[Item]:
    """Yield the one article of a PDF file, or an InputError if it is encrypted, damaged, or has no text."""
    try:
        reader = _opened(data, path)
        count = len(reader.pages)
        pages, unread = _texts(reader, min(count, MAX_PAGES))
    except InputError as error:
        yield error
        return
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: on a broken file pypdf raises exceptions of any type.
        yield InputError(path, f"cannot be read: it is damaged, or no PDF ({type(error).__name__})")
        return
    if count > MAX_PAGES:
        yield Note(path, f"has {count:,} pages, of which the first {MAX_PAGES:,} are read")
    if not any(page.strip() for page in pages):
        yield InputError(path, f"holds no text: {_why_empty(reader, count, unread)}")
        return
    if unread:
        yield Note(path, f"pages that cannot be read: {_listed(list(unread))}")
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip() and number not in unread]
    if empty:
        yield Note(path, f"pages without text, which may be pictures: {_listed(empty)}")
    title, created = _properties(reader)
    yield from document_items(Document(_joined(pages), title, created), path)


def _opened(data: bytes, path: str) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise InputError(path, "is encrypted: save it without encryption and password")
    return reader


def _texts(reader: PdfReader, count: int) -> tuple[list[str], dict[int, bool]]:
    """Return the text of each page, and the numbers of unreadable pages: true if a page unpacks to too much."""
    from pypdf.errors import LimitReachedError

    texts, unread = [], {}
    for number in range(count):
        try:
            text = _text(reader.pages[number])
        except MemoryError:
            raise
        except Exception as error:  # a broken page does not stop the others
            text = ""
            unread[number + 1] = isinstance(error, LimitReachedError)
        texts.append(text.replace(PAGE_END, "\n").replace("\xad\n", ""))
    return texts, unread


def _text(page: PageObject) -> str:
    """Return the text of a page in reading order, its columns one after the other."""
    runs: list[Run] = []

    def seen(text: str, _: object, place: Sequence[float], *__: object) -> None:
        if text.strip():
            runs.append(Run(place[4], place[5], text))

    text = page.extract_text(visitor_text=seen)
    columns = in_reading_order(page.extract_text(extraction_mode="layout")) if may_have_columns(runs) else None
    return columns or text


def _why_empty(reader: PdfReader, count: int, unread: Mapping[int, bool]) -> str:
    if any(unread.values()):
        return "its pages unpack to too much"
    if unread:
        return "its pages cannot be read"
    if any(_has_picture(reader, number) for number in range(min(count, PAGES_CHECKED))):
        return "its pages are pictures, of which OCR makes text"
    return "its pages are empty"


def _has_picture(reader: PdfReader, number: int) -> bool:
    try:
        return bool(reader.pages[number].images.keys())
    except MemoryError:
        raise
    except Exception:  # a broken page has no image that could be shown
        return False


def _properties(reader: PdfReader) -> tuple[str, str]:
    """Return the title and the creation date from the metadata, "" for each that is missing."""
    try:
        known = reader.metadata
        title = str(known.title or "").replace("\0", "") if known else ""
        made = CREATED.match(str(known.creation_date_raw or "")) if known else None
    except MemoryError:
        raise
    except Exception:  # the metadata may be damaged too
        return "", ""
    return title, "-".join(made.groups()) if made else ""


def _joined(pages: Sequence[str]) -> str:
    """Join the pages, without running headers and footers."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    heads, feet = (_repeated([page[end] for page in lines if page]) for end in (0, -1))
    lengths = sorted(len(line) for page in lines for line in page)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    return PAGE_END.join(_paragraphs(_without(page, heads, feet), usual) for page in lines)


def _repeated(lines: Sequence[str]) -> set[str]:
    """Return the lines that are on at least half of the pages; the numbers in them may differ."""
    counts = Counter(DIGITS.sub("#", line) for line in lines)
    return {line for line, count in counts.items() if count >= REPEATED_ON and count * 2 >= len(lines)}


def _without(lines: list[str], heads: set[str], feet: set[str]) -> list[str]:
    begin = int(bool(lines) and DIGITS.sub("#", lines[0]) in heads)
    end = len(lines) - int(len(lines) > begin and DIGITS.sub("#", lines[-1]) in feet)
    return lines[begin:end]


def _paragraphs(lines: Sequence[str], usual: int) -> str:
    """Join the lines of a page, with an empty line after each short line, which ends a paragraph or headline.

    `usual`: the usual line length of the document, in characters.
    """
    parts = []
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        ends = len(line) < usual * SHORT_LINE and following[:1] and not following[0].islower()
        parts.append(f"{line}\n" if ends else line)
    return "\n".join(parts)


def _listed(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return ", ".join(map(str, numbers[:10])) + more
