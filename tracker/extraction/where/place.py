"""The place of a figure: a place phrase with its country, and the choice among several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

FARTHEST_BEFORE = 24  # tokens between a place and a figure after it
# Penalties, in tokens of distance, for a place that has no name, that follows "of" or "to", or that is in another
# clause.
UNNAMED, WEAK, APART = 8, 14, 12
NEXT_TO = 6  # tokens after a country within which "of Bali" states where in it


class Where(NamedTuple):
    """A place phrase: its tokens [first, stop), its offsets and words, its country if known, and how it is stated.

    `strong`: it follows "in", "at", …; `named`: it holds a name and not only a word for a kind of place; `is_country`:
    it is the name of a country; `struck`: it is the target ("an attack on", "shelling of").
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
    """The place for a figure at token `at` whose word of harm ends at `after`; or None.

    The nearest place is preferred, then one after the figure, one with a name, and one in the same clause (`breaks` are
    the tokens between clauses).
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
