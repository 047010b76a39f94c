"""A place as a sentence tells it, and which of several a figure belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FARTHEST_BEFORE = 24  # words between a place and the figure behind it
# What counts against a place as so many words of distance would: it has no name, stands behind "of" or "to", or in
# another clause.
UNNAMED, WEAK, APART = 8, 14, 12
NEXT_TO = 6  # words behind a country in which "of Bali" tells where in it


class Where(NamedTuple):
    """A place phrase: its tokens [first, stop), its offsets and words, its country if known, and how it was told.

    `strong`: it stands behind "in", "at", …; `named`: it holds a name and not only a word for a kind of place;
    `is_country`: it is the name of a country; `struck`: it is told as the target ("an attack on", "shelling of").
    """

    first: int
    stop: int
    start: int
    end: int
    words: str
    country: str | None
    strong: bool
    named: bool
    is_country: bool
    struck: bool = False


def nearest(found: Sequence[Where], at: int, after: int, breaks: Sequence[int] = ()) -> Where | None:
    """The place for a figure at token `at` whose harm word ends at `after`: the nearest one, rather behind it than
    before it, rather one with a name, rather one of its own clause (`breaks` are the words between clauses).
    """
    close = [w for w in found if w.first >= at or at - w.first <= FARTHEST_BEFORE]
    if not close:
        return next((w for w in reversed(found) if w.strong and w.named), None)

    def distance(where: Where) -> float:
        steps = where.first - after if where.first >= after else (at - where.first) * 1.5 + 3
        apart = any(min(at, where.first) < b < max(at, where.first) for b in breaks)
        return steps + (0 if where.named else UNNAMED) + (0 if where.strong else WEAK) + (APART if apart else 0)

    chosen = min(close, key=distance)
    inside = [w for w in close if chosen.is_country and w.country == chosen.country and w.named and not w.is_country]
    inside = [w for w in inside if w.strong or 0 <= w.first - chosen.stop < NEXT_TO]
    return min(inside, key=distance, default=chosen)
