"""Decides whether a form that may be a past or a participle is the one or the other in its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.tags import Item, make_item
from tracker.knowledge.lexicon import COUNTED, ED, Voiced

_NO_ROLES = frozenset[str]()
_COUNTS = frozenset(COUNTED)
_NUMBERS = frozenset({*COUNTED, "other.thing"})
_PASSIVE = frozenset({ED, "harm.state", "harm.done"})
_HARMED_ALONE = frozenset({"word", "Name", "quote", "men", "lives"})  # "killed Ahmed": these are not counted
_BETWEEN = frozenset({"date", "adverb"})
_POINTERS = frozenset({"the", "it"})


def voiced(items: Sequence[Item], index: int, readings: Voiced) -> Item:
    """The item with the role `harm.ed` decided: past ("killed 12") or participle ("12 were killed")."""
    item = items[index]
    roles = readings[item.roles][_passive(items, index)]
    return make_item((item.first, item.stop, roles, item.outcome, item.strict, False, None))


def _passive(items: Sequence[Item], index: int) -> bool:
    left = index - 1
    while left >= 0 and "adverb" in items[left].roles and left > index - 4:
        left -= 1
    before = items[left].roles if left >= 0 else _NO_ROLES
    if "be" in before:
        return True
    if "have" in before:
        return False
    counted_before = not _COUNTS.isdisjoint(before)
    right = index + 1
    between = right + 1 < len(items) and not _BETWEEN.isdisjoint(items[right].roles)
    if between and items[right + 1].counted is not None:
        right += 1  # "kidnapped today two traders", "captured a patrol of six guards"
    after = items[right].roles if right < len(items) else _NO_ROLES
    if not _NUMBERS.isdisjoint(after):
        later = items[right + 1].roles if right + 1 < len(items) else _NO_ROLES
        if _did_both(items, left, right):
            return False
        return counted_before and not _PASSIVE.isdisjoint(later)
    if counted_before and left > 1 and "the" in items[left - 1].roles and "of" in items[left - 2].roles:
        return True  # "of the 45 people killed the most were in Tulan"
    if not _POINTERS.isdisjoint(after):
        return False
    return counted_before or _HARMED_ALONE.isdisjoint(after)


def _did_both(items: Sequence[Item], left: int, right: int) -> bool:
    """Whether one person did this and the next harm, without a conjunction: "a bomber killed 30 people injured 90"."""
    doer = items[left].counted if left >= 0 else None
    if doer is None or doer.quantity.kind != "article" or right + 2 >= len(items):
        return False
    return ED in items[right + 1].roles and items[right + 2].counted is not None
