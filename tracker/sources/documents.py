"""Title and date of documents without labelled parts (PDF, Word), found in their first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model import InputError
from tracker.sources.items import Item, Note, article_items
from tracker.sources.publication_date import iso_date
from tracker.sources.text import title_line

HEAD_LINES = 15  # searched for the publication date
MAX_DATE_LINE_LENGTH = 90  # characters; a longer line is a sentence that mentions a date
WORDS_BESIDE = 30  # characters before a date without a separator ("As of 5 May 2024")

_DAY, _MONTH, _YEAR = r"\d{1,2}(?:st|nd|rd|th)?", r"[^\W\d_]{3,12}\.?", r"(?:19|20)\d{2}"
DATE = re.compile(
    rf"\b(?:{_DAY}\s{{1,3}}{_MONTH},?\s{{1,3}}{_YEAR}|{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR})\b|\b{_YEAR}-\d\d-\d\d\b"
)
SET_APART_BEFORE = re.compile(r"[,|:;(\[/·•–—-]\s*\Z")
SET_APART_AFTER = re.compile(r"\A\s*[|;)\]/·•–—-]")


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, and the title and ISO date from its metadata ("" if missing)."""

    text: str
    title: str = ""
    created: str = ""


def document_items(document: Document, path: str) -> Iterator[Item]:
    """Yield the one article of a document.

    The title is the headline at the beginning of the text, else the title in the metadata. The publication date is
    the date in the first lines, else the creation date of the file; a Note says so.
    """
    if not document.text.strip():
        yield InputError(path, "holds no text")
        return
    title, text = title_line(document.text.strip("\n\t "))
    values: dict[str, object] = {"title": title or _other_title(document), "text": text.strip("\n\t ")}
    published = stated_date(document.text)
    if not published and document.created:
        published = document.created
        yield Note(path, f"no date in its first lines: {published}, when the file was made, is taken for the date")
    yield from article_items({**values, "published": published}, path)


def stated_date(text: str) -> str:
    """Return the publication date in the first lines of a text as ISO, "" if there is none.

    A date on a line of its own ("Geneva, 12 March 2014", "Report No. 5 | 3 May 2024", "As of 5 May 2024") says when
    the document was published. A date inside a sentence says when something happened. Of two dates on a line, the
    last one counts.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines[:HEAD_LINES]:
        found = list(DATE.finditer(line)) if len(line) <= MAX_DATE_LINE_LENGTH else []
        if found and _stands_for_itself(line, found[-1], found[0]):
            date = iso_date(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", found[-1].group()).replace(".", ""))
            if date:
                return date[:10]
    return ""


def _stands_for_itself(line: str, last: re.Match[str], first: re.Match[str]) -> bool:
    before, after = line[: first.start()], line[last.end() :]
    ends = not after.strip(" .)]") or SET_APART_AFTER.match(after)
    if not ends:
        return False
    if not before.strip() or SET_APART_BEFORE.search(before):
        return True
    return len(before) <= WORDS_BESIDE and not before[0].islower()


def _other_title(document: Document) -> str:
    """Return the title from the metadata, "" if the text repeats it: its figures would be counted twice."""
    title = " ".join(document.title.split())
    words = [re.escape(word) for word in title.split()]
    said = bool(words) and re.search(r"\s{1,5}".join(words), document.text[:5_000], re.IGNORECASE) is not None
    return "" if said or len(words) < 2 else title
