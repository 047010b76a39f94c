"""Tells which place phrases refer to a place beside them or named before: "the town", "in X, on the outskirts of Y"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

LONGEST_LINK = 5  # words between a place and the wider one that it lies in: ", located on the"


class References:
    """Finds how the place phrases of a text stand to each other."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.countries, self.areas = places.gazetteer.countries, places.gazetteer.wide
        self.definite = frozenset(lists["definite"])
        self.settlements = frozenset(lists["settlements"])
        self.neighbours = frozenset(lists["neighbours"])
        self.pointing, self.beside = places.pointing, places.beside
        self.wide = frozenset(lists["wide"])
        self.between_clauses = frozenset(lists["between_clauses"])
        self.links = frozenset(lists["lying"]) | places.left_out | {","}
        self.marks = frozenset(lists["lying"]) | {","}

    def is_before(self, where: Where, context: SentenceContext, before: Where) -> bool:
        """Whether a phrase without a name means the place `before` that was named: "the town", "the camp"."""
        if where.named or not before.named or before.is_country:
            return False
        head = context.lows[max(0, where.first - 1) : where.first + 1]
        words = context.lows[where.first : where.stop]
        if self.definite.isdisjoint(head) or not self.neighbours.isdisjoint(words):
            return False
        noun = words[-1]
        if noun in self.settlements:
            return noun in self.pointing or not before.is_area
        return noun in before.words.lower().split()

    def is_around(self, where: Where, context: SentenceContext, narrow: Where) -> bool:
        """Whether a place only tells where the named one right before it lies: "in X, in the area of Y"."""
        between = context.lows[narrow.stop : where.first]
        if not (narrow.named and narrow.strong and where.named) or narrow.is_country or len(between) > LONGEST_LINK:
            return False
        if not self.links.issuperset(between) or self.marks.isdisjoint(between):
            return False
        return not self.beside.isdisjoint(between) or not self._is_wide(context, narrow)

    def breaks(self, context: SentenceContext) -> list[int]:
        """The tokens between two clauses about different events: "while", ";"."""
        if self.between_clauses.isdisjoint(context.lows):
            return []
        return [index for index, low in enumerate(context.lows) if low in self.between_clauses]

    def _is_wide(self, context: SentenceContext, where: Where) -> bool:
        """Whether a narrower place may follow it: a province, the north of a country."""
        words = context.lows[where.first : where.stop]
        return not (
            self.wide.isdisjoint(words) and self.areas.isdisjoint(words) and self.countries.keys().isdisjoint(words)
        )
