"""A word for people behind two names, which tells who both are: "hundreds of Hamas and Islamic Jihad members"."""

from __future__ import annotations

from tracker.extraction.text.tokens import Tokens
from tracker.model import VictimGroup

LONGEST_NAMES = 4  # tokens of the second of two names and its head: "and Islamic Jihad members"


def head_of_two_names(tokens: Tokens, stop: int) -> tuple[int, VictimGroup] | None:
    """Where the head ends, and its group, if the first name ends at `stop`; None if there is no such head."""
    if stop >= len(tokens.lows) or not tokens.capitals[stop - 1] or "and" not in tokens.roles(stop):
        return None
    if tokens.capitals[stop]:
        return None  # a text in capitals
    for at in range(stop + 1, min(stop + 1 + LONGEST_NAMES, len(tokens.lows))):
        person = tokens.people[at]
        if person is not None and at > stop + 1:
            return at + person[0], person[1]
        if not tokens.capitals[at] or tokens.counts[at] is not None:
            return None
    return None
