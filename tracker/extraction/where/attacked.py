"""Finds the places that an attack hit, where words stand between the two: "shells fired by gunmen on a market"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.where.unknown_names import is_initials

PARTED = 12  # words between an attack and the word that leads to the place


class AttackedReader:
    """Finds such places with the lists of one language."""

    def __init__(self, places: PlaceReader) -> None:
        lists = places.language.places.lists
        self.places = places
        self.attacks, self.shots = frozenset(lists["attacks"]), frozenset(lists["shots"])
        self.parting, self.onto = frozenset(lists["parting"]), frozenset(lists["onto"])
        self.throwing = frozenset(lists["throwing"])
        self.been = frozenset(lists["been"])
        self.wide, self.definite = frozenset(lists["wide"]), frozenset(lists["definite"])
        self.ends = places.locating | {",", ";", "."}

    def find(self, context: SentenceContext) -> list[Where]:
        """The places that an attack hit, in order."""
        lows = context.lows
        if self.onto.isdisjoint(lows) or self.attacks.isdisjoint(lows):
            return []
        led = ((at, self._attack(context, at)) for at, low in enumerate(lows) if low in self.onto)
        found = (self._hit(context, at + 1, attack) for at, attack in led if attack >= 0)
        return [where for where in found if where is not None]

    def _attack(self, context: SentenceContext, onto: int) -> int:
        """The token of the attack that leads to the word at `onto`; -1 if there is none."""
        lows = context.lows
        for at in range(onto - 1, max(-1, onto - 1 - PARTED), -1):
            if lows[at] in self.attacks:
                parted = at + 1 == onto or at + 1 in context.dated or lows[at + 1] in self.parting
                fell = lows[at + 1] in self.been and lows[at] in self.shots  # "shells were fired on"
                thrown = lows[at] in self.throwing and lows[onto] in self.places.prepositions.by_first
                thrown = thrown and "to" not in context.tokens.roles(at + 1)  # "launched to open a road into the town"
                return at if parted or fell or thrown else -1
            if lows[at] in self.ends or context.tokens.is_harm(at):
                return -1
        return -1

    def _hit(self, context: SentenceContext, first: int, attack: int) -> Where | None:
        """The place that begins at `first`. Shots hit a place that is not known, too; an attack may be on a body."""
        span = self.places.phrase(context, first)
        if span is None or is_initials(context, span):
            return None
        dismissed = self.places.dismissed
        again = not dismissed.repeating.isdisjoint(context.lows[span[0] : span[1]])  # "on the same neighbourhood"
        if not again and dismissed.is_no_place(context, span, context.lows[first - 1]):
            return None  # "shells fired into an open area"
        shot = not self.shots.isdisjoint(context.lows[max(0, attack - 1) : attack + 1])
        where = self.places.where_at(context, span, strong=True, struck=True)
        sure = where.country is not None or (shot and where.named) or self.places.is_kind(context, where)
        pointed = not where.named and context.lows[where.stop - 1] in self.wide
        pointed = pointed and context.lows[where.first - 1] in self.definite  # "on the province"
        return where if sure and not (where.is_country or pointed) else None
