"""Finds the places of which a clause tells what happened there: "stormed the festival, where 260 people died"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

REACH = 10  # words between "where" and the figure
LONGEST = 6  # words of a place that no preposition leads to


class SceneReader:
    """Finds such places with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        self.places = places
        self.definite = frozenset(places.language.places.lists["definite"])
        self.words = frozenset(places.language.places.lists["scene_words"])

    def find(self, context: SentenceContext, found: Sequence[Where]) -> list[Where]:
        """The places before "where" that are not among those `found`."""
        lows = context.lows
        if self.words.isdisjoint(lows):
            return []
        stops = {at - (lows[at - 1] == ",") for at, low in enumerate(lows) if low in self.words and at > 1}
        stops -= {where.stop for where in found}
        spans = (self._before(context, stop) for stop in sorted(stops))
        return [where for where in spans if where is not None and not self._points_back(where, context)]

    def _before(self, context: SentenceContext, stop: int) -> Where | None:
        """The place that ends at `stop`: the longest one that an article begins, or a name."""
        for first in range(max(1, stop - LONGEST), stop):
            if context.lows[first - 1] in self.places.articles:
                span = self.places.phrase(context, first)
                if span is not None and span[1] == stop:
                    return self.places.where_at(context, span, strong=False)
        found = next((one for one in self.places.bare.named(context) if one.stop == stop), None)
        return found._replace(strong=False) if found is not None else None

    def is_of(self, where: Where, at: int, context: SentenceContext) -> bool:
        """Whether the clause behind a place tells of the figure at token `at`: "a festival, where 260 died"."""
        lows, behind = context.lows, where.stop
        if self._points_back(where, context):
            return False
        if behind < len(lows) and lows[behind] == ",":
            behind += 1
        return behind < at <= behind + REACH and lows[behind] in self.words

    def _points_back(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place without a name means one named before: "the enclave, where 12 died"."""
        head = context.lows[max(0, where.first - 2) : where.first + 1]
        return not where.named and not self.definite.isdisjoint(head)
