"""The place of a figure: a place phrase with its country, and the choice among several."""

from __future__ import annotations

from typing import NamedTuple

NEXT_TO = 6  # words behind a country in which "of Bali" tells where in it


class Where(NamedTuple):
    """A place phrase: its tokens [first, stop), its offsets and words, its country if known, and how it is stated.

    `strong`: it follows "in", "at", …; `named`: it holds a name and not only a word for a kind of place; `is_country`:
    it is the name of a country; `struck`: it is the target ("an attack on", "shelling of"); `is_area`: it is the name
    of an area that is counted by itself, as the West Bank and Darfur are.
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
    is_area: bool = False


def lies_in(where: Where, land: Where) -> bool:
    """Whether a place tells where in a country: it stands behind "in", or right behind the country."""
    inside = where.named and not where.is_country and where.country == land.country
    return inside and (where.strong or 0 <= where.first - land.stop < NEXT_TO)
