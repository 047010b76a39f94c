"""What stands before a number and tells that it counts nobody, or whom: a share, a body, ages, a whole, a negation."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.tags import Item
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import COUNTED

_COUNTS = frozenset(COUNTED)
_POINTERS = frozenset({"the", "it"})
_AGES = frozenset({"aged", "age_limit"})
_BESIDE_AGES = frozenset({"other.thing", "and", "comma", "to", "of"})
_ENDS_CLAUSE = frozenset({"comma", "break", "subordinate", "relative", "say"})
_BRINGS = frozenset({"be", "suffer", "force", "leave", "lose", "claim"})
_OF_THE_FIRST = frozenset({"be", "have", "harm.die"})  # verbs, which go with the first of two nouns
LONGEST_AGES = 6
LONGEST_NEGATION = 6  # items between "not" and "any"


def after_share(before: Sequence[Item]) -> bool:
    """Whether the last items are a number out of a whole: "12 of the …"."""
    at = len(before) - 1
    while at > 0 and not _POINTERS.isdisjoint(before[at].roles):
        at -= 1
    return at > 0 and "of" in before[at].roles and "count" in before[at - 1].roles


def of_others(tokens: Tokens, before: Sequence[Item], stop: int) -> bool:
    """Whether an article in a phrase that ends before `stop` only tells of whom others are, and counts nobody: "eight
    members of a militia". `before`: the items before the article.
    """
    if len(before) < 2 or "of" not in before[-1].roles:
        return False
    return "people" in before[-2].roles or _of_someone(tokens, before[-2], stop)


def _of_someone(tokens: Tokens, head: Item, stop: int) -> bool:
    """Whether the verb behind such a phrase goes with the noun before "of": "the driver of a minister was killed"."""
    if head.outcome is not None or tokens.people[head.stop - 1] is None or stop >= len(tokens.lows):
        return False
    if "comma" in tokens.roles(stop):  # "the parents of an activist, Omar Sani, were killed"
        stop += 1
        while stop < len(tokens.lows) and tokens.capitals[stop]:
            stop += 1
        stop += stop < len(tokens.lows) and "comma" in tokens.roles(stop) and tokens.capitals[stop - 1]
    return stop < len(tokens.lows) and not _OF_THE_FIRST.isdisjoint(tokens.roles(stop))


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


def are_two(before: Sequence[Item]) -> bool:
    """Whether two people and a comma stand before a word, which may say more of them."""
    if len(before) < 2 or "comma" not in before[-1].roles or before[-2].counted is None:
        return False
    return before[-2].counted.quantity.value == 2
