"""Whether the harm behind a count is told of somebody else, who is the subject of its verb."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import counted_at
from tracker.model import Outcome, Qualifier

_AUXILIARY = frozenset({"be", "have"})
_SAYS_WHEN = frozenset({"adverb", "date"})
LONGEST_CAPTIVITY = 7  # items between captives and how they died
_WORD = frozenset({"word"})
_PLAIN = frozenset({"word", "Name", "adverb"})


def is_of_another(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether the harm at `harm` is not that of the people whom the item at `at` counts."""
    told = (_is_the_doer, _says_that, _is_anothers)
    return not _agrees(items, at, harm) or any(tells(items, at, harm) for tells in told)


def killed_after(items: Sequence[Item], at: int) -> bool:
    """Whether those whom the item at `at` counts were killed by those who took them: "took 12 and shot them dead"."""
    for i in range(at + 1, min(at + 1 + LONGEST_CAPTIVITY, len(items) - 2)):
        if items[i].counted is not None or items[i].outcome is not None:
            return False
        if "and" not in items[i].roles or "or" in items[i].roles:
            continue
        verb = i + 1
        while verb < len(items) - 2 and items[verb].roles & _SAYS_WHEN:
            verb += 1
        dead = items[verb] if "it" in items[verb + 1].roles else None
        if dead is not None and "blow" in dead.roles and verb + 2 < len(items):
            behind = items[verb + 2]
            return "to_death" in behind.roles or ("harm.state" in behind.roles and behind.outcome is Outcome.KILLED)
        return dead is not None and dead.outcome is Outcome.KILLED
    return False


def _is_the_doer(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether a count only tells who did something to the subject of the harm: "a nun shot by two men is in a serious
    condition".
    """
    verb = any(item.roles & _AUXILIARY for item in items[at + 1 : harm])
    own = any("relative" in item.roles for item in items[at + 1 : harm])
    return at > 0 and "by" in items[at - 1].roles and verb and not own


def _says_that(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether the words between tell what those counted said: "a spokesman for the board (Coda) said that 12 died"."""
    return any("say" in items[i].roles and "relative" in items[i + 1].roles for i in range(at + 1, harm - 1))


def _is_anothers(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether the state is that of someone named behind a verb: "a diplomat met Sani in prison"."""
    one = counted_at(items, at).quantity.kind == "article" and "harm.state" in items[harm].roles
    state = items[harm].stop - items[harm].first > 1  # "in prison", but not "dead"
    between = items[at + 1 : harm]
    named = one and state and len(between) > 1 and "Name" in between[-1].roles and between[0].roles == _WORD
    return named and all(item.roles <= _PLAIN for item in between)


def _agrees(items: Sequence[Item], at: int, harm: int) -> bool:
    """False if a singular verb is between several people and the harm after them, or is that harm: "murió".

    A collective may have one: "una veintena murió".
    """
    counted, group = counted_at(items, at), items[at - 1] if at else None
    if group is not None and "adverb" in group.roles and group.stop - group.first > 1:
        return True  # "a group of eight guards was captured"
    value = counted.quantity.value
    if value is None or value <= 1 or counted.quantity.kind == "family":
        return True
    if harm > at and items[harm].singular and "harm.die" in items[harm].roles:
        return counted.quantity.qualifier is not Qualifier.EXACT
    verbs = [item for item in items[at + 1 : harm] if not item.roles.isdisjoint(_AUXILIARY)]
    return not verbs or not verbs[-1].singular
