"""Reads the place right before a number in a list: "у Харківській області – 275, Київській – 131", "Берислав: 1"."""

from __future__ import annotations

from tracker.extraction.text.context import CAPITAL, NAME, NOUN, SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

LONGEST_ENTRY = 4  # tokens of a place in a list
_OF_A_PLACE = frozenset([NAME, NOUN])
_HEADING = ":"


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
            small = kind is CAPITAL and context.lows[first - 1] in self.places.gazetteer.places
            if kind not in _OF_A_PLACE and not small:
                break
            first -= 1
            named, country = named or small or kind is NAME, country or found
        if first and self.places.language.source_types.at(context.lows, first - 1) is not None:
            return None  # "Минобороны Азербайджана: 192"
        if not named or (first == 0 and context.lows[mark] != _HEADING):
            return None  # a dateline: "ЖЕНЕВА - Два миллиона"
        return self.places.where_at(context, (first, mark, country))
