"""Names of the gazetteer that no preposition leads to: in headlines, and as a last resort."""

from __future__ import annotations

from collections.abc import Callable

from tracker.extraction.text.context import NAME, SentenceContext
from tracker.extraction.where.dismissed import comes_from
from tracker.extraction.where.kinds import PlaceKinds, Span
from tracker.extraction.where.place import Where

BLAMED = 4  # words between "blamed" and the attack: "blamed the deadly air strike on Tolan"


class BareNames:
    """Finds them with the lists of one language. `place_of` gives the place of a span."""

    def __init__(self, kinds: PlaceKinds, place_of: Callable[[SentenceContext, Span], Where]) -> None:
        lists = kinds.language.places.lists
        self.kinds, self.names, self.place_of = kinds, kinds.names, place_of
        self.articles, self.origins = frozenset(lists["articles"]), frozenset(lists["origins"])
        self.distances = frozenset(lists["distances"])
        self.blaming, self.at_home = frozenset(lists["blaming"]), frozenset(lists["at_home"])
        endings_tell = bool(kinds.language.context.raw["endings_tell"])  # "сили оборони України"
        self.not_before = frozenset((*lists["opponents"], *(lists["actions"] if endings_tell else ())))

    def named(self, context: SentenceContext) -> list[Where]:
        """Every name of the gazetteer in a sentence, except for actors and targets ("Israel kills", "US soldiers").

        It is used for headlines and as a last resort.
        """
        found: list[Where] = []
        end = 0
        for index in self.kinds.patterns.openings_of_names(context):
            if index < end:
                continue
            kind, size, country = self.kinds.at(context, index)
            end = index + size
            if kind is NAME and country is not None and self._may_be_where(context, index, size):
                found.append(self.place_of(context, (index, index + size, country)))
        return found

    def last_name(self, context: SentenceContext, stop: int) -> Where | None:
        """The last name of the gazetteer before a token, wherever it stands; no whole country."""
        for index in range(stop - 1, -1, -1):
            size, country = self.names.name_at(context, index)
            if size and country is not None and context.capitals[index] and not context.caps:
                where = self.place_of(context, (index, index + size, country))
                if not where.is_country:
                    return where
        return None

    def _may_be_where(self, context: SentenceContext, index: int, size: int) -> bool:
        """Whether a name may be the place of an event."""
        lows, names, behind = context.lows, self.names, index + size
        if context.acronym(index) and size == 1 and len(lows[index]) > 3:
            return False
        if not self.blaming.isdisjoint(lows[max(0, index - BLAMED) : index]):
            return False  # "blamed the deadly strike on Tolan"
        led = index - 1 - (index > 1 and lows[index - 1] in self.articles)  # "blamed the U.S."
        if index > 0 and (lows[led] in self.not_before or names.is_no_scene(context, index)):
            return False
        if names.of_an_actor(context, index - 1 - (lows[index - 1] in self.articles), behind):
            return False
        abroad = size == 1 and lows[index] in self.kinds.gazetteer.countries
        if abroad and index > 1 and lows[index - 1] in self.origins and comes_from(context, index - 1):
            return False  # "at least four people from France"
        if not self.distances.isdisjoint(lows[max(0, index - 3) : index]) or names.is_surname(context, index):
            return False
        if context.upper and not names.widely_known(context, index, size):
            return False
        if names.acts(context, behind) or names.is_forename(context, behind):
            return False
        return not (lows[index] in self.kinds.gazetteer.countries and self._has_harmed(context, index, behind))

    def _has_harmed(self, context: SentenceContext, index: int, behind: int) -> bool:
        """Whether a country at the head of a clause is who harmed so many: "In May, Turkey killed 12 rebels"."""
        counts = self.names.harms(context, index, behind) and context.tokens.counts[behind + 1] is not None
        return counts and context.lows[behind] not in self.at_home
