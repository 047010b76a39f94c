"""One of the harmed who is meant and not counted: "Ana Ruiz, one of the casualties", "a friend of one of the dead"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import HARMED, UNIT_RULE, Mention, counted_at
from tracker.knowledge.language import Language

_BETWEEN = frozenset({"be", "have", "adverb", "relative"})
_PLACING = frozenset({"preposition", "from", "date"})
_BELONGING = frozenset({"preposition", "of", "to", "from", "by"})


class SingledOut:
    """Tells such numbers with the lists of one language."""

    def __init__(self, language: Language) -> None:
        self.single = tuple(tuple(phrase.split()) for phrase in language.context.lists["single_of"])
        self.words = frozenset(one[0] for one in self.single)

    def holds(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether a count only means one of the harmed, or somebody beside one."""
        counted, first = counted_at(items, mention.item), items[mention.item].first
        if counted.quantity.value is None:  # "one of the many victims"
            return any(lows[max(0, first - len(one)) : first] == one for one in self.single)
        if counted.quantity.value != 1:
            return False
        if counted.part and (_is_one_of_them(items, mention) or _is_of_the_harmed(items, mention)):
            return True
        return not self.words.isdisjoint(lows) and _is_beside_one(items, mention)


def _is_of_the_harmed(items: Sequence[Item], mention: Mention) -> bool:
    """Whether an apposition only says that someone is among the harmed: "Ana Ruiz, one of the casualties"."""
    unit = mention.rule == UNIT_RULE and counted_at(items, mention.item).unit in HARMED
    return unit and mention.item > 0 and "comma" in items[mention.item - 1].roles


def _is_beside_one(items: Sequence[Item], mention: Mention) -> bool:
    """Whether somebody beside one of the harmed is meant: "a friend of one of the people killed"."""
    other = items[mention.harm - 1].counted if mention.item + 2 < mention.harm else None
    return other is not None and other.part and "of" in items[mention.harm - 2].roles


def _is_one_of_them(items: Sequence[Item], mention: Mention) -> bool:
    """Whether one of the harmed is only spoken of: "the camera of one of the men who were killed", "Ana Ruiz, one of
    the people killed in the blast".
    """
    at, counted = mention.item, counted_at(items, mention.item)
    if at < 2:
        return False
    before = items[at - 1].roles
    if counted.noun is not None and "comma" in before and "Name" in items[at - 2].roles:
        first = at - 2
        while first >= 0 and "Name" in items[first].roles:
            first -= 1
        return first < 0 or not items[first].roles & _PLACING  # "in Tarlo, one of the nurses was killed"
    between = items[at + 1 : mention.harm]
    if mention.harm <= at or any(not item.roles & _BETWEEN for item in between):
        return False
    return any("relative" in item.roles for item in between) or (not between and bool(before & _BELONGING))
