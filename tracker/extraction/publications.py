"""Whose own words an article is: what an army posts or a ministry publishes is said by it, though no words say so."""

from __future__ import annotations

import re

from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import Article, Figure, SourceType, changed

LONGEST = 200  # characters of the name of a publisher that are looked at
CHANNEL = re.compile(r"\s{0,3}\([^()]{1,40}\)\s{0,3}\Z")  # "IDF (Telegram)"


class Publications:
    """Tells them by the bodies that are known in one language."""

    def __init__(self, book: Sourcebook) -> None:
        self.book = book

    def signed(self, figures: list[Figure], article: Article) -> list[Figure]:
        """The figures of an article. One for which it names no source has the name and the type of the body that
        publishes it, and still no words. Papers and agencies are no such bodies: they report what others say.
        """
        name = CHANNEL.sub("", article.publisher[:LONGEST]).strip().lower()
        found = self.book.by_name.get(" ".join(name.split()), ()) if name else ()
        if len(found) != 1 or found[0].type in (SourceType.MEDIA, SourceType.WITNESS):
            return figures
        body = found[0]
        return [
            changed(one, source_name=body.name, source_type=body.type) if one.source is None else one for one in figures
        ]
