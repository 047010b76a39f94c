"""Reads the place right before a number in a list of places: "у Харківській області – 275, Київській – 131"."""

from __future__ import annotations

from tracker.extraction.text.context import NAME, NOUN, SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

LONGEST_ENTRY = 4  # tokens of a place in a list
_OF_A_PLACE = frozenset([NAME, NOUN])


class EntryReader:
    """Finds the place that heads an entry of a list, with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        self.places = places
        self.marks = frozenset(places.language.places.lists["entry_marks"])

    def before(self, context: SentenceContext, number: int) -> Where | None:
        """The place before the mark before the number at token `number`, if it has a name."""
        mark = number - 1
        if mark < 1 or context.lows[mark] not in self.marks:
            return None
        first, country, named = mark, None, False
        while first > 0 and mark - first < LONGEST_ENTRY:
            kind, _, found = self.places.kinds.at(context, first - 1)
            if kind not in _OF_A_PLACE:
                break
            first -= 1
            named, country = named or kind is NAME, country or found
        if not named or first == 0:
            return None  # a dateline: "ЖЕНЕВА - Два миллиона"
        return self.places.where_at(context, (first, mark, country))
