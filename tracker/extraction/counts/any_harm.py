"""Words for the harmed that may mean the dead as well: "постраждало 75 людей: 6 загинуло та 69 поранено"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import Mention
from tracker.model import Outcome


def widened(
    mentions: Sequence[Mention], items: Sequence[Item], lows: Sequence[str], words: frozenset[str]
) -> list[Mention]:
    """The mentions, with casualties instead of injured where a word of `words` counts nobody at all, or a number that
    the mentions behind it divide into dead and hurt.
    """
    out = list(mentions)
    for at, mention in enumerate(out):
        if mention.outcome is not Outcome.INJURED or words.isdisjoint(_words_of(mention, items, lows)):
            continue
        value = mention.counted.quantity.value
        if value == 0 or (value is not None and _is_divided(value, out[at + 1 :])):
            out[at] = mention._replace(outcome=Outcome.CASUALTIES)
    return out


def _words_of(mention: Mention, items: Sequence[Item], lows: Sequence[str]) -> list[str]:
    counted, harm = items[mention.item], items[mention.harm]
    return [*lows[counted.first : counted.stop], *lows[harm.first : harm.stop]]


def _is_divided(value: int, behind: Sequence[Mention]) -> bool:
    """Whether the next two mentions are dead and hurt, and as many as `value` together."""
    parts = behind[:2]
    outcomes = {part.outcome for part in parts}
    return outcomes == {Outcome.KILLED, Outcome.INJURED} and value == sum(
        part.counted.quantity.value or 0 for part in parts
    )
