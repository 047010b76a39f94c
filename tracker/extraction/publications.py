"""Whose own words an article is: what an army posts or a ministry publishes is said by it, though no words say so."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.knowledge.sourcebook import Sourcebook, SourceEntry
from tracker.model import Article, Figure, SourceType, changed

LONGEST = 200  # characters of the name of a publisher that are looked at
KEPT = 2_000  # publishers that are kept with their bodies: most come again
CHANNEL = re.compile(r"\s{0,3}\([^()]{1,40}\)\s{0,3}\Z")  # "IDF (Telegram)"


class Publications:
    """Tells them by the bodies that are known in one language."""

    def __init__(self, book: Sourcebook) -> None:
        self.book = book
        self.body = lru_cache(KEPT)(self._body)

    def signed(self, figures: list[Figure], article: Article) -> list[Figure]:
        """The figures of an article. One for which it names no source has the name and the type of the body that
        publishes it, and still no words. Papers and agencies are no such bodies: they report what others say.
        """
        body = self.body(article.publisher)
        if body is None:
            return figures
        return [
            changed(one, source_name=body.name, source_type=body.type) if one.source is None else one for one in figures
        ]

    def _body(self, publisher: str) -> SourceEntry | None:
        """The one body that publishes under this name; None if it is a paper or nobody knows it."""
        name = CHANNEL.sub("", publisher[:LONGEST]).strip().lower()
        found = self.book.by_name.get(" ".join(name.split()), ()) if name else ()
        known = len(found) == 1 and found[0].type not in (SourceType.MEDIA, SourceType.WITNESS)
        return found[0] if known else None
