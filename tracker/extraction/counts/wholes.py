"""Whose people are counted: staff of an aid agency bring aid, members of a militia fight: "five of its members"."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import VictimGroup

LONGEST_WHOLE = 6  # tokens between "members of" and the whole: "the same large family"
BACK = 30  # tokens before "its members" in which the body is named
_CLAUSE = frozenset(["be", "have", "harm.ed", "harm.die", "relative", "subordinate", "say", "and"])
_BODIES = frozenset({VictimGroup.AID_WORKERS, VictimGroup.MEDICAL, VictimGroup.PRESS, VictimGroup.COMBATANTS})
_UNARMED = frozenset(VictimGroup) - {VictimGroup.COMBATANTS}


class WholeReader:
    """Tells the group of members, staff and leaders with the lists of one language."""

    def __init__(self, language: Language) -> None:
        self.members, self.wholes, self.meant = language.members, language.wholes, language.meant
        self.owners = frozenset(language.places.lists["owners"])
        self.serving = {tuple(phrase.split()) for phrase in language.serving}
        self.begins = frozenset(phrase[0] for phrase in self.serving)

    def group(self, tokens: Tokens, span: tuple[int, int]) -> VictimGroup | None:
        """The group of the people in a token range, if their head only says that they belong to a whole."""
        first, stop = span
        lows = tokens.lows
        if lows[stop - 1] in self.members:
            told = self._inside(tokens, first, stop) or self._behind(tokens, first, stop) or self._owned(tokens, first)
            return told or next(filter(None, map(self.wholes.get, lows[first:stop])), None)  # "staff members"
        if stop < len(lows) and lows[stop] in self.begins:
            served = next((len(one) for one in self.serving if lows[stop : stop + len(one)] == one), 0)
            near = range(stop + served, stop + served + LONGEST_WHOLE if served else 0)
            group = self._among(tokens, first, near)
            return group if group in _UNARMED else None  # "translators working for the army"
        return None

    def _inside(self, tokens: Tokens, first: int, stop: int) -> VictimGroup | None:
        """What the words before the head tell: "UNRWA employees", "rebel leaders"."""
        for index in range(stop - 2, first - 1, -1):
            people = tokens.people[index]
            armed = people is not None and people[0] == 1 and people[1] is VictimGroup.COMBATANTS
            group = VictimGroup.COMBATANTS if armed else self.wholes.get(tokens.lows[index])
            if group is not None and tokens.lows[index] not in self.members:
                return group
        return None

    def _behind(self, tokens: Tokens, first: int, stop: int) -> VictimGroup | None:
        """What the words behind it tell: "17 members of one family", "nine employees with UNRWA"."""
        if stop >= len(tokens.lows):
            return None
        roles, near = tokens.roles(stop), range(stop + 1, stop + 1 + LONGEST_WHOLE)
        if "of" in roles:
            return self._among(tokens, first, near)
        group = self._among(tokens, first, near) if "preposition" in roles else None
        return group if group in _UNARMED else None  # "three employees in an army raid"

    def _among(self, tokens: Tokens, first: int, near: Iterable[int]) -> VictimGroup | None:
        """The group of the first whole among these tokens, before a new clause."""
        for index in near:
            if index >= len(tokens.lows):
                return None
            group = self.wholes.get(tokens.lows[index])
            if group is not None:
                return group
            if tokens.lows[index] in self.meant:
                return self._before(tokens, first)
            ends = tokens.kinds[index] == "mark" and tokens.lows[index] not in ("-", ".", "’", "'")
            if ends or not _CLAUSE.isdisjoint(tokens.roles(index)):
                return None
        return None

    def _owned(self, tokens: Tokens, first: int) -> VictimGroup | None:
        """The group of the body whose they are: "UNRWA said five of its members had died", "Oxfam's 40 employees"."""
        at = first - 1 if first and tokens.lows[first - 1] in self.owners else first - 2
        owned = at >= 0 and (tokens.lows[at] in self.owners or tokens.kinds[at] == "possessive")
        return self._before(tokens, at) if owned else None

    def _before(self, tokens: Tokens, first: int) -> VictimGroup | None:
        """The group of the nearest body named before a token."""
        near = (self.wholes.get(tokens.lows[at]) for at in range(first - 1, max(-1, first - BACK), -1))
        return next((group for group in near if group in _BODIES), None)
