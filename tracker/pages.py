"""Pages of paged documents: in the text of an article, a form feed (U+000C) stands where a page ends."""

from __future__ import annotations

PAGE_END = "\f"


def page_of(text: str, start: int) -> int | None:
    """The page, counted from 1, on which the character at `start` stands; None in a text without pages."""
    if PAGE_END not in text:
        return None
    return text.count(PAGE_END, 0, start) + 1
