"""One mention: a counted phrase with its outcome, and the names of the rules that no pattern has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.counts.items import Counted, Item
from tracker.model import Outcome

UNIT_RULE = "counted-unit"
FORMER_RULE = "former"
WHOLE_RULE = "harmed-of-whom"  # "of the 21 dead, three were children"
SUM_RULE = "sum-of-outcomes"
PART_RULE = "part-of-before"
RESTATED_RULE = "count-restated"
# These rules divide the figure before: "51 of them were women", "among the dead were three nurses".
DIVIDING_RULES = frozenset({PART_RULE, "among-the-dead", "counted-among"})
HARMED = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.CASUALTIES})
CAPTIVE = frozenset({Outcome.ABDUCTED, Outcome.DETAINED})


class Mention(NamedTuple):
    """A counted phrase with its outcome. `item`, `harm` and `part_of` are indices of items.

    `item`: the counted phrase; `harm`: the word of harm; `rule`: the name of the pattern; `part_of`: the total.
    """

    item: int
    harm: int
    counted: Counted
    outcome: Outcome
    rule: str
    part_of: int | None = None

    @property
    def pattern(self) -> str:
        """The rule without the signs that it was shared with another count ("+")."""
        return self.rule.rstrip("+")


def counted_at(items: Sequence[Item], at: int) -> Counted:
    """The counted phrase of the item at `at`, which must have one."""
    counted = items[at].counted
    if counted is None:
        raise AssertionError("a counted role without a count")
    return counted


def is_captive(mention: Mention) -> bool:
    """Whether only the noun of a count tells what happened to its people: "12 hostages"."""
    return mention.rule == UNIT_RULE and mention.outcome in CAPTIVE
