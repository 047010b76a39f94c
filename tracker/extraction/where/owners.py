"""Finds the countries that tell whose strikes hit, which may be where it was all the same."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader

STRIKING = 2  # words behind a country among which its strikes stand: "Syria air strikes"


class OwnerReader:
    """Finds such countries with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        self.places, self.names, self.countries = places, places.names, places.gazetteer.countries
        self.locating, self.acting = places.locating, places.acting
        self.directions = places.kinds.patterns.directions
        lists = places.language.places.lists
        self.home_bodies = frozenset(lists["home_bodies"])
        self.bodies = self.acting | self.home_bodies
        self.not_before = frozenset((*lists["opponents"], *lists["origins"], *lists["weak"], *lists["locating"]))

    def find(self, context: SentenceContext) -> list[Where]:
        """ "12 killed in Syria air raid", "in northern Mali army offensive"."""
        lows = context.lows
        if self.acting.isdisjoint(lows):
            return []
        found: list[Where] = []
        for index in [self._behind(context, at) for at, low in enumerate(lows) if low in self.locating]:
            size, country = self.names.name_at(context, index) if index < len(lows) else (0, None)
            stop = index + size
            named = country is not None and " ".join(lows[index:stop]) in self.countries
            if named and not self.acting.isdisjoint(lows[stop : stop + STRIKING]):
                found.append(self.places.where_at(context, (index, stop, country)))
        return found

    def at_home(self, context: SentenceContext) -> list[Where]:
        """The countries that only tell whose a body or its strikes are: "Syria rebels shell a rally"."""
        lows = context.lows
        found: list[Where] = []
        if not self.home_bodies or self.bodies.isdisjoint(lows):
            return found
        for index in self.places.kinds.patterns.openings_of_names(context):
            size, country = self.names.name_at(context, index)
            stop = index + size
            named = country is not None and " ".join(lows[index:stop]) in self.countries
            led = index > 0 and lows[index - 1] in self.not_before
            behind = range(stop, min(stop + STRIKING, len(lows)))
            near = [at for at in behind if context.caps or not context.capitals[at]]  # "in Iraq Air strikes killed 12"
            if named and not led and not self.bodies.isdisjoint(lows[at] for at in near):
                found.append(self.places.where_at(context, (index, stop, country)))
        return found

    def _behind(self, context: SentenceContext, at: int) -> int:
        """The index of the name behind "in" or "in northern" at a token."""
        at += 1
        while at < len(context.lows) and context.lows[at] in self.directions:
            at += 1
        return at
