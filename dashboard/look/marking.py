"""Text with its figures highlighted, as components. Text of articles never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dash import html

from tracker.model import Article, Figure

STRAY = re.compile(r"[\"“”»«'’]+\s+")
"""Quotation marks with a blank after them, at the beginning of a sentence: they end what was said before it."""


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
    span = _place(article, figure)
    return marked(figure.quote, [span] if span else [])


def excerpt(article: Article | None, figure: Figure, most: int) -> list[Any]:
    """Like `quote`, but a sentence of more than about `most` characters is cut before and after the words of the
    figure, at blanks, with "…" for what is left out. A quotation mark that belongs to the sentence before is left out.
    """
    said, span = figure.quote, _place(article, figure)
    start, end = span or (0, 0)
    before, after = said[:start], said[end:]
    stray = STRAY.match(before)
    before = before[stray.end() :] if stray else before
    room = max(most - (end - start), 0)
    left = min(len(before), max(room // 2, room - len(after)))
    if left < len(before):
        before = "… " + before[len(before) - left :].partition(" ")[2]
    if room - left < len(after):
        after = after[: room - left].rpartition(" ")[0] + " …"
    text, at = before + said[start:end] + after, len(before)
    return marked(text, [(at, at + end - start)] if span else [])


def _place(article: Article | None, figure: Figure) -> tuple[int, int] | None:
    """Where the words of a figure stand in its sentence; None if they do not."""
    text = getattr(article, figure.field) if article else ""
    # a sentence may occur twice in an article: the right one begins at or before the figure
    begins = text.rfind(figure.quote, 0, figure.end + len(figure.quote)) if figure.quote else -1
    while begins > figure.start:
        begins = text.rfind(figure.quote, 0, begins + len(figure.quote) - 1)
    start, end = figure.start - begins, figure.end - begins
    if begins < 0 or figure.quote[start:end] != figure.figure:
        words = re.escape(figure.figure)  # of an article that is not there; "20" is not in "2012" or "1,200"
        found = re.search(rf"(?<![\w.,]){words}(?![.,]?\w)", figure.quote) or re.search(words, figure.quote)
        return found.span() if found else None
    return start, end


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
    return html.Div(parts, className="article", lang=article.languages[0])
