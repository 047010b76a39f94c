"""Wars that a sentence recalls by name: "Over 300,000 soldiers died at Verdun" is of no war of today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from tracker.knowledge.alternation import any_of
from tracker.knowledge.registry import Conflict, RecallGuards
from tracker.model import Figure, Outcome

HUGE = 1_000_000  # the dead of a war since 2000, those of hunger and illness in Congo aside, were fewer
RECALLING = 400  # characters before a figure in which a war is recalled that it may go on to count
BEHIND = 5  # words before the name among which a guard is looked for
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AROUND = 80  # characters before and after the name that hold the words looked at


class Recall:
    """Finds the war that a sentence recalls, by the words of the registry."""

    def __init__(self, conflicts: Sequence[Conflict], guards: RecallGuards) -> None:
        self.conflicts = {name: one for one in reversed(conflicts) for name in one.recalled}
        self.guards = guards

    @cached_property
    def names(self) -> re.Pattern[str]:
        """The pattern of the names. It is large and made when first needed: few articles recall a war."""
        return re.compile(rf"(?<!\w){any_of(self.conflicts)}(?!\w)")

    def war(self, sentence: str) -> tuple[Conflict, str] | None:
        """The first conflict that a sentence recalls, and the words that do; None if it recalls none."""
        low = sentence.lower()
        for match in self.names.finditer(low):
            if not self._is_guarded(low, match):
                return self.conflicts[match[0]], match[0]
        return None

    def war_before(self, text: str, figure: Figure) -> str | None:
        """The name of a past war in the sentences before a figure, if more died than in any war of today: "We remember
        World War II. In total, the war claimed 50 million lives." `text`: the field of the article.
        """
        huge = figure.value is not None and figure.value >= HUGE and figure.outcome is Outcome.KILLED
        if not huge:
            return None
        before = text[max(0, figure.start - RECALLING) : figure.start].lower()
        return next((match[0] for match in self.names.finditer(before)), None)

    def _is_guarded(self, low: str, match: re.Match[str]) -> bool:
        """Whether the words around a name say that the sentence does not speak of the dead of that war."""
        before = _WORD.findall(low[max(0, match.start() - _AROUND) : match.start()])[-BEHIND:]
        after = _WORD.findall(low[match.end() : match.end() + _AROUND])[:1]
        return not self.guards.behind.isdisjoint(before) or not self.guards.before.isdisjoint(after)
