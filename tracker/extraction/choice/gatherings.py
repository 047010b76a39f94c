"""Tells where people only gathered or met: to mourn or bear the dead, to protest over a war elsewhere, to speak."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader
from tracker.model import Outcome

GATHERED = 3  # words between what is held and "held": "a rally was being held"
COUNTED = 4  # words among which the number of people stands, their noun included: "two local radio journalists"
STRUCK = 6  # words between harm, "at", and the gathering: "killed 84 people at a large ceremony in"
PROTESTED = 6  # words between "protesting" and the war: "protesting against Israel's long war in"


class GatheringReader:
    """Tells it with the lists of one language. `words`: those for such gatherings."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.locating, self.words = places.locating, frozenset(lists["gatherings"])
        self.mourners, self.honouring = frozenset(lists["mourners"]), frozenset(lists["honouring"])
        self.lying = frozenset(lists["lying"])  # "killed at the head office, located in X"
        self.bearing, self.borne = frozenset(lists["bearing"]), frozenset(lists["borne"])
        self.protesting, self.fought = frozenset(lists["protesting"]), places.lasting.union(lists["deeds"])
        self.holding, self.reporting = frozenset(lists["holding"]), frozenset(lists["reporting"])
        self.during, self.been = frozenset(places.language.context.lists["event_leads"]), frozenset(lists["been"])
        self.struck_by = frozenset(places.language.context.lists["event_nouns"])
        self.demonstrating, self.owners = frozenset(lists["demonstrating"]), frozenset(lists["owners"])

    def is_behind_mourners(self, where: Where, context: SentenceContext, at: int, after: int) -> bool:
        """Whether a place behind a comma is where people mourned or bore the dead: "Mourners of a man killed in Y, in
        X".
        """
        lows = context.lows
        if "," not in lows[after : where.first] or not self.lying.isdisjoint(lows[after : where.first]):
            return False
        borne = not (self.bearing.isdisjoint(lows[:at]) or self.borne.isdisjoint(lows[:at]))
        return borne or not self.mourners.isdisjoint(lows[:at])

    def is_of_protest(self, context: SentenceContext, outcome: Outcome) -> bool:
        """Whether people were arrested over a protest, which may be anywhere: "12 arrested at campus protests"."""
        return outcome is Outcome.DETAINED and not self.demonstrating.isdisjoint(context.lows)

    def is_protested(self, context: SentenceContext, index: int) -> bool:
        """Whether people only protested over what goes on there: "a rally against the war in X". `index`: the token
        before the preposition of the place.
        """
        lows = context.lows
        if index < 1 or lows[index] not in self.fought:
            return False
        for at in range(index - 1, max(-1, index - 1 - PROTESTED), -1):
            if lows[at] in self.protesting:
                return True
            if context.kinds[at] == "mark" or lows[at] in self.locating:
                return False
        return False

    def _is_struck(self, context: SentenceContext, index: int) -> bool:
        """Whether harm was done at the gathering: "a stampede at her funeral in X", "killed at a vigil in X for Y"."""
        lows, at = context.lows, index - 1
        while at > max(0, index - STRUCK) and lows[at] not in self.during:
            if context.kinds[at] == "mark":
                return False
            at -= 1
        if lows[at] not in self.during:
            return False
        for one in range(at - 1, max(-1, at - 1 - STRUCK), -1):
            if context.tokens.is_harm(one) or lows[one] in self.struck_by:
                return True
            if lows[one] in self.been or context.kinds[one] == "mark":
                return False
        return False

    def is_of_mourners(self, where: Where, context: SentenceContext, index: int) -> bool:
        """Whether a gathering there only spoke of the dead: "a vigil in Rome for 12", "her funeral in Rome"."""
        lows, after = context.lows, where.stop
        if lows[index] not in self.words or (index > 0 and self._is_struck(context, index)):
            return False
        if index > 0 and (lows[index - 1] in self.owners or context.kinds[index - 1] == "possessive"):
            return True
        while after < len(lows) and (lows[after] == "," or after in context.dated):
            after += 1
        return after < len(lows) and lows[after] in self.honouring

    def is_reported(self, context: SentenceContext, index: int) -> bool:
        """Whether the word before "in" says that somebody spoke or met: "told reporters in", "ministers arrive in"."""
        if index >= 0 and context.lows[index] in self.holding:
            return not self.reporting.isdisjoint(context.lows[max(0, index - GATHERED) : index])  # "talks held in X"
        return index >= 0 and context.lows[index] in self.reporting and not _is_counted(context, index)


def _is_counted(context: SentenceContext, index: int) -> bool:
    """Whether people are counted, and told nothing: "two Malian journalists in Gao", not "told journalists in Gao"."""
    counts = context.tokens.counts
    near = range(index, max(-1, index - COUNTED), -1)
    return context.tokens.people[index] is not None and any(counts[at] is not None for at in near)
