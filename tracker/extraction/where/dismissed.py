"""Which place phrases tell no place of harm: those that point back, a border only crossed, an origin, a distance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.kinds import Span
from tracker.extraction.where.place import Where
from tracker.knowledge.language import Language

LONGEST_WAY = 4  # words behind a distance: "80 km to the north of"


class Dismissed:
    """Tells them with the lists of one language. `begin` gives the first token of a place behind its small words, and
    `place_of` the place of a span.
    """

    def __init__(
        self,
        language: Language,
        begin: Callable[[Sequence[str], int, int], int],
        place_of: Callable[[SentenceContext, Span], Where],
    ) -> None:
        lists = language.places.lists
        self.begin, self.place_of = begin, place_of
        self.empty, self.pointing = frozenset(lists["empty"]), frozenset(lists["pointing"])
        self.repeating, self.bounds = frozenset(lists["repeating"]), frozenset(lists["bounds"])
        self.crossing, self.distances = frozenset(lists["crossing"]), frozenset(lists["distances"])
        self.ways = frozenset((*lists["directions"], *lists["towards"], *lists["articles"]))

    def is_no_place(self, context: SentenceContext, span: Span, low: str) -> bool:
        """Whether a phrase behind the preposition `low` is no place: "in an open area", "across the border"."""
        first, stop, country = span
        begin = self.begin(context.lows, first, stop)
        between = context.lows[begin : stop - 1]
        behind = context.lows[begin + 1 : stop]
        if behind and context.lows[begin] in self.pointing and self.empty.issuperset(behind):
            return True  # "في مناطق متفرقة"
        last = context.lows[stop - 1]
        if country is None and low in self.crossing and last in self.bounds and not between:
            return True
        alone = last in self.pointing and self.empty.issuperset(between)
        return alone or (country is None and not self.repeating.isdisjoint(context.lows[first:stop]))

    def is_far(self, context: SentenceContext, index: int) -> bool:
        """Whether the words before a token tell how far from there it was: "80 km to the north of"."""
        lows, at = context.lows, index - 1
        while at > index - 1 - LONGEST_WAY and at > 0 and lows[at] in self.ways:
            at -= 1
        if at == 0 or lows[at] not in self.distances:
            return False
        return context.kinds[at - 1] == "number" or context.tokens.counts[at - 1] is not None  # "a few miles from"

    def is_home(self, context: SentenceContext, index: int, span: Span) -> bool:
        """Whether a place after "from" is only an origin: "peacekeepers from Fiji", "18 from Fiji"."""
        if not comes_from(context, index):
            return False
        where = self.place_of(context, span)
        return where.is_country or where.is_area


def comes_from(context: SentenceContext, index: int) -> bool:
    """Whether people or their number stand right before a token."""
    tokens = context.tokens
    return index > 0 and (tokens.people[index - 1] is not None or tokens.counts[index - 1] is not None)
