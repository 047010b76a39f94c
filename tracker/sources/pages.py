"""Page numbers of paged documents. In the text of an article, a form feed (U+000C) marks the end of a page."""

from __future__ import annotations

from tracker.model import Article, Figure

PAGE_END = "\f"


def figure_page(article: Article, figure: Figure) -> int | None:
    """Return the page of a figure, None if the article has no pages or the figure is in the title."""
    return page_of(article.text, figure.start) if figure.field == "text" else None


def page_of(text: str, start: int) -> int | None:
    """Return the page, counted from 1, of the character at `start`; None in a text without pages."""
    if PAGE_END not in text:
        return None
    return text.count(PAGE_END, 0, start) + 1
