"""Tells which place phrases say where something else was than the harm: a report, somebody's home, a funeral."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.who.attribution import Attribution

LONGEST_HOME = 2  # words of the longest phrase before "in" that tells where somebody lives: "grew up"
LED = 8  # words behind "took" among which "to" and the place to which people were led stand
STANDING = 5  # words before "stationed" among which those are named who stood there
LEADING = 5  # words between "to" and that place: "to hospitals in"


class Elsewhere:
    """Finds the place phrases of a sentence that cannot be where people were harmed."""

    def __init__(self, places: PlaceReader) -> None:
        self.places, language = places, places.language
        lists = language.places.lists
        self.articles, self.origins = places.articles, places.origins
        self.source_types = language.source_types
        self.noun_first, self.prepositions = places.noun_first, places.prepositions
        self.since = frozenset(language.dates.lists["since"])
        self.reporting = frozenset(lists["reporting"])
        self.homes = frozenset(lists["homes"])
        self.gatherings = frozenset(lists["gatherings"])
        self.honouring = frozenset(lists["honouring"])
        self.owners = frozenset(lists["owners"])
        self.towards, self.leading = frozenset(lists["towards"]), frozenset(lists["leading"])
        self.taking = self.leading | frozenset(lists["taking"])
        self.stationed, self.aimed = frozenset(lists["stationed"]), frozenset(lists["aimed"])

    def places_in(self, context: SentenceContext, attributions: Sequence[Attribution]) -> list[Where]:
        """The place phrases of a sentence at which people may have been harmed, none inside the name of a source."""
        found = self.places.find(context)
        if attributions:
            said = {one.at for one in attributions if not one.cited}
            found = [w for w in found if not _in_source(w, attributions) and self._before(w, context) not in said]
        found = [w for w in found if not self._is_of_other(w, context)]
        if found and not self.since.isdisjoint(context.lows[: found[-1].stop]):
            found = [w for w in found if not self._is_of_the_beginning(w, context)]
        return found

    def aside(self, context: SentenceContext, attributions: Sequence[Attribution]) -> Sequence[Sequence[Where]]:
        """Candidates for the place if no phrase states one, the most likely group first.

        The groups are: names of places that are neither actor nor source; the place of the source ("activists in
        Idlib"); names of sites.
        """
        found = self.places.find(context)
        other = [w for w in found if self._is_of_other(w, context)]
        free, sites = (
            [w for w in group if not _in_source(w, attributions) and not _within(w, other)]
            for group in (self.places.named(context), self.places.of_sites(context))
        )
        return free, [w for w in found if w.strong and _in_source(w, attributions)], sites

    def is_led_to(self, where: Where, context: SentenceContext) -> bool:
        """Whether people were brought there: "took 200 into Gaza", "rushed to clinics in Homs"."""
        lows = context.lows
        goes = range(max(0, where.first - LEADING), where.first)
        to = next((at for at in reversed(goes) if lows[at] in self.towards), 0)
        if to == 0:
            return False
        return lows[to - 1] in self.leading or not self.taking.isdisjoint(lows[max(0, to - LED) : to - 1])

    def is_aimed_at(self, where: Where, context: SentenceContext) -> bool:
        """Whether something was only fired in the direction of a place: "rockets launched toward X"."""
        return self._led_by(where, context) in self.aimed

    def is_fired_from(self, where: Where, places: Sequence[Where], context: SentenceContext) -> bool:
        """Whether something was only fired from a place: "rockets launched from X toward Y"."""
        if self._led_by(where, context) not in self.origins:
            return False
        return any(one.first > where.first and self.is_aimed_at(one, context) for one in places)

    def _led_by(self, where: Where, context: SentenceContext) -> str:
        """The word that leads to a place, without articles."""
        at = where.first - 1
        while at > 0 and context.lows[at] in self.articles:
            at -= 1
        return context.lows[at] if at >= 0 else ""

    def stood_there(self, where: Where, context: SentenceContext) -> tuple[int, int] | None:
        """The tokens of the people who stood at a place: "gunmen stationed in X"; None if the sentence tells none."""
        index = self._before(where, context)
        if index < 1 or context.lows[index] not in self.stationed:
            return None
        people = context.tokens.people
        last = next((at for at in range(index - 1, max(-1, index - STANDING), -1) if people[at] is not None), None)
        return (last, last + 1) if last is not None else (index, index)

    def _is_of_other(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place is only where a report was made, where somebody lives or where people gathered to mourn."""
        index = self._before(where, context)
        if index < 0:
            return False
        told = context.lows[index] in self.reporting
        return told or self._is_a_home(context, index) or self._is_of_mourners(where, context, index)

    def _before(self, where: Where, context: SentenceContext) -> int:
        """The index of the word before the preposition of a place; -1 if there is none."""
        lows = context.lows
        index = where.first - 1
        while index > 0 and lows[index] in self.articles:
            index -= 1
        if self.noun_first and lows[index] not in self.prepositions.by_first:
            return -1  # "محافظة بغداد" needs no preposition
        index -= 1  # the preposition
        while index >= 0 and (lows[index] in self.articles or index in context.dated):
            index -= 1
        return max(index, -1)

    def _is_a_home(self, context: SentenceContext, index: int) -> bool:
        """Whether the words up to `index` say that somebody lives or speaks there: "grew up", "from leaders"."""
        lows = context.lows
        starts = range(max(0, index + 1 - LONGEST_HOME), index + 1)
        if any(" ".join(lows[start : index + 1]) in self.homes for start in starts):
            return True
        people = context.tokens.people[index] is not None or self.source_types.at(lows, index) is not None
        return people and index > 0 and lows[index - 1] in self.origins

    def _is_of_mourners(self, where: Where, context: SentenceContext, index: int) -> bool:
        """Whether a gathering there only spoke of the dead: "a vigil in Rome for 12", "her funeral in Rome"."""
        lows, after = context.lows, where.stop
        if lows[index] not in self.gatherings:
            return False
        if index > 0 and (lows[index - 1] in self.owners or context.kinds[index - 1] == "possessive"):
            return True
        while after < len(lows) and (lows[after] == "," or after in context.dated):
            after += 1
        return after < len(lows) and lows[after] in self.honouring

    def _is_of_the_beginning(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place belongs to the event that began a count: "since the attack on Israel".

        It does not in "since May in Homs".
        """
        for index in [at for at, low in enumerate(context.lows[: where.first]) if low in self.since]:
            between = range(index + 1, where.first - 1)
            if "," not in context.lows[index + 1 : where.first - 1] and not context.dated.issuperset(between):
                return True
        return False


def _in_source(where: Where, attributions: Sequence[Attribution]) -> bool:
    for one in attributions:
        if one.source is not None and one.source.start <= where.start and where.end <= one.source.end:
            return True
    return False


def _within(where: Where, others: Sequence[Where]) -> bool:
    """Whether a place is a part of one of these."""
    return any(one.start <= where.start and where.end <= one.end for one in others)
