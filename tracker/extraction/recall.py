"""Wars that a sentence recalls by name: "Over 300,000 soldiers died at Verdun" is of no war of today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from tracker.knowledge.alternation import any_of
from tracker.knowledge.registry import Conflict, RecallGuards

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

    def _is_guarded(self, low: str, match: re.Match[str]) -> bool:
        """Whether the words around a name say that the sentence does not speak of the dead of that war."""
        before = _WORD.findall(low[max(0, match.start() - _AROUND) : match.start()])[-BEHIND:]
        after = _WORD.findall(low[match.end() : match.end() + _AROUND])[:1]
        return not self.guards.behind.isdisjoint(before) or not self.guards.before.isdisjoint(after)
