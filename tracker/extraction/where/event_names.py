"""Names of places inside those of events, peoples and sites: "the Padung quake", "in Iraqi violence", "Bosavi mine"."""

from __future__ import annotations

from tracker.extraction.text.context import CAPITAL, NAME, NOUN, SentenceContext
from tracker.extraction.where.kinds import PlaceKinds, Span
from tracker.knowledge.language import Language

DESCRIBED = 2  # words between a town and what happened there: "the Beslan school siege"
LONGEST_TOWN = 3  # words of its name
FAR = 6  # words before what happened among which an article opens its name
_NAMES = frozenset([NAME, CAPITAL])


class EventNames:
    """Finds such names with the lists of one language."""

    def __init__(self, language: Language, kinds: PlaceKinds) -> None:
        lists = language.places.lists
        self.kinds, self.names, self.gazetteer = kinds, kinds.names, kinds.gazetteer
        self.demonyms, self.happenings = kinds.gazetteer.demonyms, frozenset(lists["happenings"])
        self.named_after, self.sites = frozenset(lists["named_after"]), frozenset(lists["sites"])
        self.buildings = self.sites | frozenset(lists["institutions"])
        self.articles, self.locating = frozenset(lists["articles"]), frozenset(lists["locating"])
        self.words = self.named_after | self.happenings | self.locating  # those by which `at` finds a place
        self.not_places = frozenset(lists["not_places"])
        self.acting = self.names.actions | frozenset(lists["from_afar"])

    def at(self, context: SentenceContext, index: int) -> Span | None:
        """The place that the word at `index` makes one: a noun for an event behind it, or "in" before a people."""
        if context.lows[index] in self.named_after:
            return self._of_an_event(context, index) or self._of_a_town(context, index)
        if context.lows[index] in self.happenings:
            return self._of_a_town(context, index)
        return self._of_a_people(context, index + 1) if context.lows[index] in self.locating else None

    def _of_a_people(self, context: SentenceContext, index: int) -> Span | None:
        """The adjective that states the place, as in headlines: "46 killed in Iraqi violence"."""
        if index + 1 >= len(context.lows) or context.lows[index + 1] not in self.not_places:
            return None
        if context.lows[index + 1] in self.acting:
            return None  # "in Israeli strikes"
        country = self.demonyms.get(context.lows[index]) if self.names.is_written(context, index) else None
        return (index, index + 1, country) if country else None

    def _of_an_event(self, context: SentenceContext, index: int) -> Span | None:
        """The name of an event: "the Padung quake"."""
        if context.caps:
            return None
        first = self._name_before(context, index)
        if first in (0, index) or context.lows[first - 1] not in self.articles:
            return None
        if context.lows[first].partition("-")[0] in self.demonyms:
            return None  # "an American-backed massacre"
        return first, index, self.names.name_at(context, first)[1]

    def _of_a_town(self, context: SentenceContext, index: int) -> Span | None:
        """The town of what happened there: "a Gaza City explosion", "the Beslan school siege"."""
        first = next(
            (at for at in range(index - 1, max(0, index - FAR), -1) if context.lows[at - 1] in self.articles), 0
        )
        size, country = self.names.name_at(context, first) if first else (0, None)
        if country is None or not context.capitals[first] or index - first - size > DESCRIBED:
            return None
        words = " ".join(context.lows[first : first + size])
        whole = words in self.gazetteer.countries or words in self.gazetteer.wide
        kinds = {self.kinds.at(context, at)[0] for at in range(first + size, index)}
        return (first, index, country) if not whole and kinds <= {NOUN} else None

    def _name_before(self, context: SentenceContext, index: int) -> int:
        """Where the capitalised name that ends right before `index` begins; `index` if there is none."""
        while index > 0 and context.capitals[index - 1] and self.kinds.at(context, index - 1)[0] in _NAMES:
            index -= 1
        return index

    def of_sites(self, context: SentenceContext) -> list[Span]:
        """The names of sites, anywhere in the sentence: "Bosavi mine collapse"."""
        if context.caps:
            return []
        found = self._owned(context)
        for index in [at for at, low in enumerate(context.lows) if low in self.sites]:
            first = self._name_before(context, index)
            if first < index and not self.names.speaks(context, index + 1):
                found.append((first, index + 1, self.names.name_at(context, first)[1]))
        return found

    def _owned(self, context: SentenceContext) -> list[Span]:
        """The sites that a town owns: "Zerga's general hospital was shut"."""
        found: list[Span] = []
        for index in (at for at, kind in enumerate(context.kinds) if kind == "possessive"):
            towns = range(max(0, index - LONGEST_TOWN), index)
            first = next((at for at in towns if self._is_town(context, at, index)), -1)
            near = range(index + 1, min(len(context.lows), index + 2 + DESCRIBED))
            noun = next((at for at in near if self.kinds.at(context, at)[0] is NOUN), -1) if first >= 0 else -1
            if noun >= 0 and context.lows[noun] in self.buildings and not self.names.speaks(context, noun + 1):
                found.append((first, noun + 1, self.names.name_at(context, first)[1]))
        return found

    def _is_town(self, context: SentenceContext, first: int, stop: int) -> bool:
        """Whether a known town stands at the tokens [first, stop)."""
        size, country = self.names.name_at(context, first)
        whole = " ".join(context.lows[first:stop]) in self.gazetteer.countries
        return first + size == stop and country is not None and context.capitals[first] and not whole
