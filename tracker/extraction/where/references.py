"""Tells which place phrases refer to a place beside them or named before: "the town", "in X, on the outskirts of Y"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

LONGEST_LINK = 5  # words between a place and the wider one that it lies in: ", located on the"
COUNTED = 3  # words behind "including" among which a number stands
DESCRIBED = 8  # words between a place and another inside its description: ", the second largest town in the"


class References:
    """Finds how the place phrases of a text stand to each other."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.countries, self.areas = places.gazetteer.countries, places.gazetteer.wide
        self.names_follow_nouns = places.language.names_follow_nouns
        self.definite = frozenset(lists["definite"])
        self.settlements = frozenset(lists["settlements"])
        self.neighbours = frozenset(lists["neighbours"])
        self.articles, self.nouns = places.articles, frozenset(lists["apposed"])
        self.towards, self.directions = frozenset(lists["towards"]), frozenset(lists["directions"])
        self.pointing, self.beside = places.dismissed.pointing, places.beside
        self.wide, self.locating = frozenset(lists["wide"]), places.locating
        self.joiners, self.large = places.joiners & places.weak, frozenset(lists["large"])
        self.wide_or_town = self.wide | self.settlements
        self.between_clauses = frozenset(lists["between_clauses"])
        self.between = self.between_clauses.union(lists["before_parts"])
        self.sides = self.directions if self.names_follow_nouns else frozenset()  # "en Tolan, al norte de Puerto Rey"
        self.links = frozenset(lists["lying"]) | places.left_out | self.sides | {","}
        self.marks = frozenset(lists["lying"]) | {","}

    def is_before(self, where: Where, context: SentenceContext, before: Where) -> bool:
        """Whether a phrase without a name means the place `before` that was named: "the town", "the camp"."""
        if where.named or not before.named or before.is_country:
            return False
        head = context.lows[max(0, where.first - 2) : where.first + 1]  # "the town", "the besieged town"
        words = context.lows[where.first : where.stop]
        if self.definite.isdisjoint(head) or not self.neighbours.isdisjoint(words):
            return False
        if not self.names_follow_nouns and not self.joiners.isdisjoint(words):
            return False  # "the southern entrance of the city" is a place of its own
        noun = words[-1]
        if noun in self.wide and noun not in self.pointing and self._is_narrow(before):
            return False  # "the province" behind "the village of X"
        if noun in self.settlements:
            return noun in self.pointing or not before.is_area
        return noun in before.words.lower().split()

    def _is_narrow(self, where: Where) -> bool:
        """Whether a place is a town or a part of one by its words."""
        told = self.settlements.intersection(where.words.lower().split())
        return bool(told) and not self.names_follow_nouns and self.wide.isdisjoint(told)

    def is_around(self, where: Where, context: SentenceContext, narrow: Where) -> bool:
        """Whether a place only tells where the named one right before it lies: "in X, in the area of Y"."""
        between = context.lows[narrow.stop : where.first]
        told = narrow.strong or self.names_follow_nouns  # "contra Galilea, en el norte de Israel"
        if not (narrow.named and told) or narrow.is_country or len(between) > DESCRIBED:
            return False
        if not self.sides.isdisjoint(context.lows[max(0, narrow.first - 3) : narrow.first]):
            return False  # "al oeste de Rafah, en la zona de Al Mawasi"
        if self._tells_which_side(context, where, between) or " ".join(between) in self.beside:
            return True  # "the festival close to X"
        if not where.named or self._is_apposition(between):
            return self._is_apposition(between)
        if len(between) > LONGEST_LINK or not self.links.issuperset(between) or self.marks.isdisjoint(between):
            return False
        return not self.beside.isdisjoint(between) or not self.is_wide(narrow)

    def _tells_which_side(self, context: SentenceContext, where: Where, between: Sequence[str]) -> bool:
        """Whether a phrase only tells on which side of a place another lies: "in Hazima to the north of Raqqa"."""
        led = len(between) > 1 and between[-2] in self.towards and between[-1] in self.articles
        return led and context.lows[where.first] in self.directions

    def _is_apposition(self, between: Sequence[str]) -> bool:
        """Whether these words say what the place before them is: ", the largest town in", ", a kibbutz near"."""
        said = between[1:] if between and between[0] == "," else between
        return len(said) > 1 and said[0] in self.articles and not self.nouns.isdisjoint(said) and "," not in said

    def breaks(self, context: SentenceContext) -> list[int]:
        """The tokens between two clauses about different events: "while", ";"."""
        if self.between.isdisjoint(context.lows):
            return []
        found = [index for index, low in enumerate(context.lows) if low in self.between]
        return [index for index in found if context.lows[index] in self.between_clauses or _is_counted(context, index)]

    def is_large(self, where: Where) -> bool:
        """Whether a place is a part of a country that no town holds: "Kherson region", "the state of Puebla"."""
        said = self._said(where)
        return not self.large.isdisjoint(said[:1] + said[-1:])

    def is_side(self, where: Where) -> bool:
        """Whether a place is a side of a country: "northern Malia"."""
        said = where.words.lower().split()
        part = next((at for at, word in enumerate(said) if word not in self.directions), len(said))
        return part > 0 and " ".join(said[part:]) in self.countries

    def points_back(self, context: SentenceContext) -> bool:
        """Whether a sentence tells where by a town told before it: "in the city"."""
        lows = context.lows
        found = (at for at in range(2, len(lows)) if lows[at] in self.settlements)
        return any(lows[at - 1] in self.definite and lows[at - 2] in self.locating for at in found)

    def is_wide(self, where: Where) -> bool:
        """Whether a narrower place may follow it: a province, the north of a country, but no town in them."""
        words = self._said(where)
        return not (
            self.wide.isdisjoint(words) and self.areas.isdisjoint(words) and self.countries.keys().isdisjoint(words)
        )

    def _said(self, where: Where) -> list[str]:
        """The words of a place without those that tell where it lies."""
        said = where.words.lower().partition(",")[0].split()
        return said[: next((at for at, word in enumerate(said) if word in self.locating), len(said))]


def _is_counted(context: SentenceContext, index: int) -> bool:
    """Whether a number stands behind a word: "including five"."""
    return any(context.tokens.counts[index + 1 : index + 1 + COUNTED])
