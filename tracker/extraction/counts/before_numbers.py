"""What stands before a number and tells that it counts nobody, or whom: a share, a body, ages, a whole, a negation."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.tags import Item
from tracker.knowledge.language import COUNTED

_COUNTS = frozenset(COUNTED)
_POINTERS = frozenset({"the", "it"})
_AGES = frozenset({"aged", "age_limit"})
_BESIDE_AGES = frozenset({"other.thing", "and", "comma", "to", "of"})
_ENDS_CLAUSE = frozenset({"comma", "break", "subordinate", "relative", "say"})
_BRINGS = frozenset({"be", "suffer", "force", "leave", "lose", "claim"})
LONGEST_AGES = 6
LONGEST_NEGATION = 6  # items between "not" and "any"


def after_share(before: Sequence[Item]) -> bool:
    """Whether the last items are a number out of a whole: "12 of the …"."""
    at = len(before) - 1
    while at > 0 and not _POINTERS.isdisjoint(before[at].roles):
        at -= 1
    return at > 0 and "of" in before[at].roles and "count" in before[at - 1].roles


def of_a_body(before: Sequence[Item]) -> bool:
    """Whether the last items count members of a body: in "eight members of a militia" the militia counts nobody."""
    return len(before) > 1 and "of" in before[-1].roles and "people" in before[-2].roles


def after_ages(before: Sequence[Item]) -> bool:
    """Whether the last items are ages: "aged 8 and …"."""
    at = len(before) - 1
    while at >= 0 and not _BESIDE_AGES.isdisjoint(before[at].roles):
        at -= 1
    return at >= 0 and not _AGES.isdisjoint(before[at].roles) and len(before) - at <= LONGEST_AGES


def is_whole(before: Sequence[Item]) -> bool:
    """Whether a number without a noun is the whole of which the one before it is a part: "fourteen of the 172"."""
    roles = [item.roles for item in before[-3:]]
    return len(roles) > 2 and "the" in roles[2] and "of" in roles[1] and not _COUNTS.isdisjoint(roles[0])


def is_negated(before: Sequence[Item]) -> bool:
    """Whether the harm that follows was not done: "did not cause any casualties", but not "did not mention any"."""
    done = bool(before) and "not" in before[-1].roles  # "without any casualties"
    for item in reversed(before[-LONGEST_NEGATION:]):
        if "not" in item.roles:
            return done
        if item.roles & _ENDS_CLAUSE:
            return False
        done = done or item.outcome is not None or bool(item.roles & _BRINGS)
    return False
