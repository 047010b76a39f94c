"""Pages of paged documents: in the text of an article, a form feed (U+000C) stands where a page ends."""

from __future__ import annotations

from tracker.model import Article, Figure

PAGE_END = "\f"


def figure_page(article: Article, figure: Figure) -> int | None:
    """The page of a figure in its article; None where the article has no pages, or the figure stands in its title."""
    return page_of(article.text, figure.start) if figure.field == "text" else None


def page_of(text: str, start: int) -> int | None:
    """The page, counted from 1, on which the character at `start` stands; None in a text without pages."""
    if PAGE_END not in text:
        return None
    return text.count(PAGE_END, 0, start) + 1
