"""Whether harm is told in the perfect, which without a date often tells a running total: "has killed 900"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention

FARTHEST = 25  # items between the auxiliary and the harm: "has responded with air strikes on the towns, killing 900"
SUBJECT = 5  # items between "which" and the auxiliary of its clause
_PAST = frozenset({"harm.past", "harm.done"})
_BESIDE = frozenset({"adverb", "be", "claim"})
_PARTS = frozenset({"relative", "say", "that"})


def is_perfect(items: Sequence[Item], lows: Sequence[str], mention: Mention, auxiliaries: frozenset[str]) -> bool:
    """Whether the harm of a mention is in the perfect itself, "have also been wounded", or goes on from a verb that is:
    "has cut off water and killed 900", "has bombed the towns, killing 900".
    """
    harm, at = items[mention.harm], mention.harm - 1
    while at > 0 and items[at].roles & _BESIDE:
        at -= 1
    if at < 0:
        return False
    if lows[items[at].first] in auxiliaries:
        return True
    before = items[max(0, at - FARTHEST) : at]
    if not _goes_on(harm, items[at], follows=mention.item > mention.harm):
        return False
    closed = "comma" in items[at].roles and "harm.ing" not in harm.roles
    return _has_perfect(before, lows, auxiliaries, closed=closed)


def is_plain(items: Sequence[Item], lows: Sequence[str], mention: Mention, auxiliaries: frozenset[str]) -> bool:
    """Whether the auxiliary stands right before the verb: "has killed", of which the lists of a language tell more."""
    return mention.harm > 0 and lows[items[mention.harm - 1].first] in auxiliaries


def _goes_on(harm: Item, before: Item, *, follows: bool) -> bool:
    """Whether a harm word may go on from an earlier verb by what stands before it. `follows`: the harmed follow it."""
    if "harm.ing" in harm.roles:
        return not before.roles.isdisjoint(("comma", "and"))
    joined = "and" in before.roles or (follows and "comma" in before.roles)
    return joined and not harm.roles.isdisjoint(_PAST)


def _has_perfect(before: Sequence[Item], lows: Sequence[str], auxiliaries: frozenset[str], *, closed: bool) -> bool:
    """Whether an auxiliary stands among these items, and no other clause begins behind it. `closed`: it must not be
    that of a clause which a comma ends: "the group, which the state has banned, killed 12".
    """
    for at in range(len(before) - 1, -1, -1):
        if lows[before[at].first] in auxiliaries:
            return not (closed and any("relative" in one.roles for one in before[max(0, at - SUBJECT) : at]))
        if before[at].roles & _PARTS:
            return False
    return False
