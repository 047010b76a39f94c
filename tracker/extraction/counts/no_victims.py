"""Whether those who are hurt, sought or arrested are victims of a text: players, the ill and suspects are not."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import UNIT_RULE, Mention, counted_at
from tracker.knowledge.language import Language
from tracker.model import Cause, Outcome

SAFE = 3  # tokens: "280 of them safe"
ILL = 8  # tokens from those in hospital, or the word for it, to the illness: "taken to a clinic with flu"
GUESTS = "hosted"
LOST = "lost-men"
SEEKING = frozenset({"searched-for", "no-trace-of"})  # "rescuers are looking for six sailors"
SHORT = 8  # tokens from guests to what they came to: "at the opening of the festival"
IN_SPORT, THE_ILL, THE_FOUND = "an injury in sport", "people who are ill", "people who were found"
THE_WANTED, GUEST = "people who are looked for, and not harmed", "guests, and not people who fled"
ONLY_GONE = "someone who is gone, and nothing says how"
HOW_BADLY, NO_ARRESTS = "how badly, and not whether", "no number of arrests"
NO_VICTIMS = frozenset({IN_SPORT, THE_ILL, THE_FOUND, THE_WANTED, GUEST, HOW_BADLY, NO_ARRESTS})
"""The reasons that hold of the people of a count, whatever its noun tells of them."""


class NoVictims:
    """Tells it with the lists of one language."""

    def __init__(self, language: Language) -> None:
        lists, self.causes = language.context.lists, language.causes
        self.sport, self.ailments, self.safe = (frozenset(lists[name]) for name in ("sport", "ailments", "safe"))
        self.attacks = frozenset((*lists["event_nouns"], *lists["other_events"]))
        self.gatherings = frozenset(lists["gatherings"])
        self.wanted, self.sought, self.hired = (frozenset(lists[name]) for name in ("wanted", "sought", "hired"))

    def reason(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> str | None:
        """Why those who are hurt, sought or arrested are no victims of the text; None if they are."""
        outcome, stop = mention.outcome, items[mention.item].stop
        if outcome in (Outcome.INJURED, Outcome.MISSING) and self._is_sport(items[mention.harm], lows):
            return IN_SPORT
        if mention.pattern == LOST and self._is_only_gone(lows, mention):
            return ONLY_GONE
        if outcome is Outcome.INJURED and self._is_ill(items, lows, mention):
            return THE_ILL
        if outcome is Outcome.MISSING and not self.safe.isdisjoint(lows[stop : stop + SAFE]):
            return THE_FOUND
        if outcome is Outcome.MISSING and self._is_wanted(items, lows, mention):
            return THE_WANTED
        if mention.pattern == GUESTS and not self.gatherings.isdisjoint(lows[stop : stop + SHORT]):
            return GUEST  # "hosted 3,000 Syrians at a concert"
        if mention.counted.quantity.value == 0 and _is_only_qualified(items, mention.item):
            return HOW_BADLY  # "12 were hurt, none of them seriously"
        no_number = mention.counted.quantity.kind in ("zero", "some")
        if no_number and outcome is Outcome.DETAINED and mention.rule == UNIT_RULE:
            return NO_ARRESTS  # "no arrests were made", "to make some arrests"
        return None

    def _is_only_gone(self, lows: Sequence[str], mention: Mention) -> bool:
        """Whether someone lost one person, and nothing tells that she came to harm: "they lost a friend"."""
        told = self.causes.occur_in(lows) or not self.attacks.isdisjoint(lows)
        return mention.counted.quantity.kind == "article" and not told

    def _is_ill(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether people are in hospital with an illness, and are not wounded: "taken to hospital with cholera"."""
        count, harm = items[mention.item], items[mention.harm]
        if mention.harm != mention.item and not harm.strict:
            return False  # "wounded at a cholera clinic"
        near = lows[max(min(count.first, harm.first) - ILL, 0) : max(count.stop, harm.stop) + ILL]
        hurt = any(cause is not Cause.DISEASE for _, _, cause in self.causes.hits(lows))  # "after the blast"
        return not self.ailments.isdisjoint(near) and not hurt

    def _is_wanted(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether people are looked for who are not lost: "two suspects have not been found", "look for volunteers"."""
        noun, seeking = mention.counted.noun, mention.pattern in SEEKING
        behind = items[mention.item + 1 : mention.item + 3]
        if seeking and len(behind) > 1 and "to" in behind[0].roles and not behind[1].roles & {"the", "Name"}:
            return True  # "looking for 12 people to join the team"
        if noun is None or not (seeking or lows[items[mention.harm].stop - 1] in self.sought):
            return False
        names = {lows[noun[1] - 1], " ".join(lows[noun[1] - 2 : noun[1]])}
        return not self.wanted.isdisjoint(names) or (seeking and not self.hired.isdisjoint(names))

    def _is_sport(self, harm: Item, lows: Sequence[str]) -> bool:
        """Whether a sentence is about sport and names no cause of harm: "lost 3-2 after 12 injuries this season"."""
        around = (*lows[: harm.first], *lows[harm.stop :])  # "shot in the knee"
        return not self.sport.isdisjoint(around) and not self.causes.occur_in(lows)


def _is_only_qualified(items: Sequence[Item], at: int) -> bool:
    """Whether only an adverb follows a part in its clause: "none of them seriously", "none seriously"."""
    behind = items[at + 1 : at + 4]
    if behind and "includes" in behind[0].roles:
        behind = behind[1:]  # "none of them seriously"
    elif not counted_at(items, at).part and (counted_at(items, at).noun or "count" in items[at].roles):
        return False  # "injured: 0 today"
    ends = len(behind) == 1 or bool(behind[1:] and behind[1].roles & {"mark", "comma", "break"})
    return bool(behind) and "adverb" in behind[0].roles and ends
