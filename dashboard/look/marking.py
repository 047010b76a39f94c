"""Text with its figures highlighted, as components. Text of articles never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dash import html

from tracker.model import Article, Figure


def marked(text: str, spans: Iterable[tuple[int, int]], strong: tuple[int, int] | None = None) -> list[Any]:
    """The text in pieces, each span a <mark>. `strong`: the span that the reader asked for. Overlaps are skipped."""
    pieces: list[Any] = []
    at = 0
    for start, end in sorted(set(spans)):
        if not at <= start < end <= len(text):
            continue
        pieces += [text[at:start], html.Mark(text[start:end], className="asked" if (start, end) == strong else None)]
        at = end
    return [piece for piece in [*pieces, text[at:]] if piece != ""]


def quote(article: Article | None, figure: Figure) -> list[Any]:
    """The sentence of a figure with the words of the figure highlighted."""
    text = getattr(article, figure.field) if article else ""
    # a sentence may occur twice in an article: the right one begins at or before the figure
    begins = text.rfind(figure.quote, 0, figure.end + len(figure.quote)) if figure.quote else -1
    while begins > figure.start:
        begins = text.rfind(figure.quote, 0, begins + len(figure.quote) - 1)
    start, end = figure.start - begins, figure.end - begins
    if begins < 0 or figure.quote[start:end] != figure.figure:
        words = re.escape(figure.figure)  # of an article that is not there; "20" is not in "2012" or "1,200"
        found = re.search(rf"(?<![\w.,]){words}(?![.,]?\w)", figure.quote) or re.search(words, figure.quote)
        return marked(figure.quote, [found.span()] if found else [])
    return marked(figure.quote, [(start, end)])


def whole(article: Article, figures: Iterable[Figure], asked: Figure | None = None) -> html.Div:
    """The whole article with all its figures highlighted and its paragraph breaks kept."""
    found = list(figures)
    parts = []
    for field, box in (("title", html.H4), ("text", html.Div)):
        text = getattr(article, field)
        spans = [(one.start, one.end) for one in found if one.field == field]
        strong = (asked.start, asked.end) if asked and asked.field == field else None
        if text:
            parts.append(box(marked(text, spans, strong), className=f"article-{field}"))
    return html.Div(parts, className="article", lang=article.language)
