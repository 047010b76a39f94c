"""Finds where a sentence speaks of the country at hand without its name: "attacks across the country", "nationwide"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where, merged
from tracker.extraction.where.places import PlaceReader

DESCRIBED = 2  # words between "the" and "country": "in this Central American country"
LONGEST_PART = 4  # words before "of": "in many northern parts of the country"


class WholeCountryReader:
    """Finds such phrases with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.places = places
        self.definite, self.portions = frozenset(lists["definite"]), frozenset(lists["portions"])
        self.locating, self.articles, self.joiners = places.locating, places.articles, places.joiners
        self.lands, self.adverbs = frozenset(lists["lands"]), frozenset(lists["all_over"])
        self.words = self.lands | self.adverbs

    def find(self, context: SentenceContext, found: list[Where]) -> list[Where]:
        """The places `found` and such phrases, in order; these have no country yet."""
        lows = context.lows
        if self.words.isdisjoint(lows):
            return found
        read = (self._at(context, index) for index, low in enumerate(lows) if low in self.words)
        lands = [where for where in read if where is not None]
        left = [one for one in found if not any(_is_covered(one, land) for land in lands)]  # "the war-torn country"
        return merged(lands, left) if lands else found

    def named_before(self, context: SentenceContext, land: Where) -> Where | None:
        """The country that its sentence names before it, as a place or an owner: "Turkey's agency said … in the
        country".
        """
        for index in range(land.first - 1, -1, -1):
            size, country = self.places.names.name_at(context, index)
            stop = index + size
            if size and self.places.names.is_written(context, index):
                where = self.places.where_at(context, (index, stop, country))
                told = self.places.names.owns(context, stop) or self._is_led(context, index)
                if where.is_country and told:
                    return where
        return None

    def _at(self, context: SentenceContext, index: int) -> Where | None:
        if context.lows[index] in self.adverbs:
            return _where(context, (index, index + 1), "")
        behind = index + 1
        if behind < len(context.kinds) and context.kinds[behind] == "possessive":
            return None  # "in the country's north"
        if self.places.names.endings_tell:
            return self._without_article(context, index)
        near = range(index - 1, max(-1, index - 2 - DESCRIBED), -1)
        article = next((at for at in near if context.lows[at] in self.definite), 0)
        if article == 0 or any(context.tokens.people[at] is not None for at in near):
            return None
        if self._is_led(context, article):
            return _where(context, (article + 1, behind), context.words(index, behind))
        first = self._part(context, article)
        return _where(context, (first, behind), context.words(first, behind), whole=False) if first else None

    def _without_article(self, context: SentenceContext, index: int) -> Where | None:
        """The same where cases stand in place of articles: "в стране", "по всей стране"."""
        first = next((at for at in (index, index - 1) if at > 0 and self._is_led(context, at)), 0)
        return _where(context, (first, index + 1), context.words(index, index + 1)) if first else None

    def _is_led(self, context: SentenceContext, at: int) -> bool:
        """Whether a preposition that tells where ends right before a token: "across", "in and around"."""
        before = (" ".join(context.lows[max(0, at - size) : at]) for size in range(1, 4))
        return not self.locating.isdisjoint(before)

    def _part(self, context: SentenceContext, article: int) -> int:
        """Where the words for a part of it begin: "in several parts of the country"; 0 if there are none."""
        lows = context.lows
        if article < 3 or lows[article - 1] not in self.joiners or lows[article - 2] not in self.portions:
            return 0
        for first in range(article - 2, max(0, article - 2 - LONGEST_PART), -1):
            if self._is_led(context, first):
                return first + (lows[first] in self.articles)
        return 0


def _is_covered(one: Where, land: Where) -> bool:
    """Whether a phrase is no more than the words for the country at hand."""
    return land.whole and land.first - 1 <= one.first and one.stop <= land.stop


def _where(context: SentenceContext, span: tuple[int, int], words: str, *, whole: bool = True) -> Where:
    """The country at hand, or a part of it, at a span of tokens."""
    first, stop = span
    start, end = context.tokens.starts[first], context.tokens.ends[stop - 1]
    return Where(first, stop, start, end, words, None, strong=True, named=False, is_country=False, whole=whole)
