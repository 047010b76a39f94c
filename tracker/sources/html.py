"""Saved web pages: main text, title, date, site name and address, with trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.model import InputError
from tracker.sources.items import Item, article_items
from tracker.sources.page_tree import prepared

# The date of first publication, and only where the page states it: other dates on a page mean other things. The date in
# its address comes last, because some sites write the day of the last change there.
DATE_OPTIONS = {"original_date": True, "extensive_search": False, "deferred_url_extractor": True}


def read_html(page: str, path: str) -> Iterator[Item]:
    """Yield the one article of a page, or an InputError if no article text is found."""
    if not page.strip():
        yield InputError(path, "is empty")
        return
    try:
        found = _extracted(page)
    except (ValueError, RecursionError) as error:
        yield InputError(path, f"cannot be read as a web page: {error}")
        return
    title = (found.get("title") or "").strip()
    # a headline repeated at the start of the text would be counted twice
    text = (found.get("text") or "").strip().removeprefix(f"{title}\n").strip()
    if not text:
        yield InputError(path, "no article text found in the page")
        return
    others = {"published": "date", "publisher": "sitename", "url": "url", "language": "language"}
    values = {name: found.get(theirs) for name, theirs in others.items()}
    yield from article_items({"title": title, "text": text, **values}, path)


def _extracted(page: str) -> dict[str, Any]:
    """Return what trafilatura extracts, by its own field names; {} if it finds no text."""
    import trafilatura  # imported here: takes half a second, and only pages need it

    tree = trafilatura.load_html(page)
    if tree is None:
        return {}
    found = trafilatura.bare_extraction(
        prepared(tree), include_comments=False, with_metadata=True, date_extraction_params=dict(DATE_OPTIONS)
    )
    if found is None:
        return {}
    return found if isinstance(found, dict) else found.as_dict()
