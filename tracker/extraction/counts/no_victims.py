"""Whether those who are hurt, sought or arrested are victims of a text: players, the ill and suspects are not."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import UNIT_RULE, Mention, counted_at
from tracker.knowledge.language import Language
from tracker.model import Outcome

SAFE = 3  # tokens: "280 of them safe"


class NoVictims:
    """Tells it with the lists of one language."""

    def __init__(self, language: Language) -> None:
        lists, self.causes = language.context.lists, language.causes
        self.sport, self.ailments, self.safe, self.wanted = (
            frozenset(lists[name]) for name in ("sport", "ailments", "safe", "wanted")
        )

    def reason(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> str | None:
        """Why those who are hurt, sought or arrested are no victims of the text; None if they are."""
        outcome, noun, stop = mention.outcome, mention.counted.noun, items[mention.item].stop
        if outcome in (Outcome.INJURED, Outcome.MISSING) and self._is_sport(items[mention.harm], lows):
            return "an injury in sport"
        if outcome is Outcome.INJURED and not self.ailments.isdisjoint(lows):
            return "people who are ill"
        if outcome is Outcome.MISSING and not self.safe.isdisjoint(lows[stop : stop + SAFE]):
            return "people who were found"
        if outcome is Outcome.MISSING and noun is not None and lows[noun[1] - 1] in self.wanted:
            return "people who are looked for, and not harmed"  # "two suspects have not been found"
        if mention.counted.quantity.value == 0 and _is_only_qualified(items, mention.item):
            return "how badly, and not whether"  # "12 were hurt, none of them seriously"
        no_number = mention.counted.quantity.kind in ("zero", "some")
        if no_number and outcome is Outcome.DETAINED and mention.rule == UNIT_RULE:
            return "no number of arrests"  # "no arrests were made", "to make some arrests"
        return None

    def _is_sport(self, harm: Item, lows: Sequence[str]) -> bool:
        """Whether a sentence is about sport and names no cause of harm: "lost 3-2 after 12 injuries this season"."""
        around = (*lows[: harm.first], *lows[harm.stop :])  # "shot in the knee"
        return not self.sport.isdisjoint(around) and not self.causes.occur_in(lows)


def _is_only_qualified(items: Sequence[Item], at: int) -> bool:
    """Whether only an adverb follows a part in its clause."""
    behind = items[at + 1 : at + 4]
    if behind and "includes" in behind[0].roles:
        behind = behind[1:]  # "none of them seriously"
    elif not counted_at(items, at).part:
        return False
    ends = len(behind) == 1 or bool(behind[1:] and behind[1].roles & {"mark", "comma", "break"})
    return bool(behind) and "adverb" in behind[0].roles and ends
