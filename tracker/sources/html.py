"""Saved web pages: main text, title, date, site name and address, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.model import InputError
from tracker.sources.items import Item, article_items

# The first publication, not the last change; only what the page states, not a date that may stand for another thing.
DATE_OPTIONS = {"original_date": True, "extensive_search": False}


def read_html(page: str, path: str) -> Iterator[Item]:
    """The one article of a page; an InputError where no text of an article is found in it."""
    if not page.strip():
        yield InputError(path, "is empty")
        return
    import trafilatura  # half a second, and only pages need it

    try:
        found = trafilatura.bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=dict(DATE_OPTIONS)
        )
    except (ValueError, RecursionError) as error:
        yield InputError(path, f"cannot be read as a web page: {error}")
        return
    values = found if isinstance(found, dict) else found.as_dict() if found else {}
    title = (values.get("title") or "").strip()
    # the headline that opens the text as well would have its figures found twice
    text = (values.get("text") or "").strip().removeprefix(f"{title}\n").strip()
    if not text:
        yield InputError(path, "no article text found in the page")
        return
    yield from article_items(
        {
            "title": title,
            "text": text,
            "published": values.get("date"),
            "publisher": values.get("sitename"),
            "url": values.get("url"),
            "language": values.get("language"),
        },
        path,
    )
