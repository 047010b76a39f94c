"""The place of a figure: a place phrase with its country, and the choice among several."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

MANY_PLACES = 40  # of a sentence that are weighed for one figure
_BRACKETS = frozenset("()")
NEXT_TO = 6  # words behind a country in which "of Bali" tells where in it


class Where(NamedTuple):
    """A place phrase: its tokens [first, stop), its offsets and words, its country if known, and how it is stated.

    `strong`: it follows "in", "at", …; `named`: it holds a name and not only a word for a kind of place; `is_country`:
    it is the name of a country; `struck`: it is the target ("an attack on", "shelling of"); `is_area`: it is the name
    of an area that is counted by itself, as the West Bank and Darfur are; `passing`: people were only brought or held
    there, so that later sentences are about another place; `whole`: it is the country at hand, told without its name.
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
    passing: bool = False
    whole: bool = False


def country_alone(code: str) -> Where:
    """A country without words for it."""
    return Where(0, 0, 0, 0, "", code, strong=False, named=False, is_country=False)


def lies_in(where: Where, land: Where) -> bool:
    """Whether a place tells where in a country: it stands behind "in", or right behind the country."""
    inside = where.named and not where.is_country and where.country == land.country
    return inside and (where.strong or 0 <= where.first - land.stop < NEXT_TO)


def is_in_brackets(where: Where, at: int, lows: Sequence[str]) -> bool:
    """Whether a place stands inside brackets and a figure at token `at` does not."""
    if "(" not in lows:
        return False
    opened = next((index for index in range(where.first - 1, -1, -1) if lows[index] in _BRACKETS), 0)
    if lows[opened] != "(":
        return False
    return at < opened or ")" in lows[opened:at]


def is_inside(one: Where, best: Where) -> bool:
    """Whether a place is told inside the words of another."""
    return bool(one.words) and best.start <= one.start and one.end <= best.end and one != best


def nearest(places: Sequence[Where], at: int) -> Sequence[Where]:
    """The places nearest to a token, so that a list of a thousand places takes no longer for each figure."""
    if len(places) <= MANY_PLACES:
        return places
    middle = bisect_left([where.first for where in places], at)
    begin = max(0, min(middle - MANY_PLACES // 2, len(places) - MANY_PLACES))
    return places[begin : begin + MANY_PLACES]


def shares_words(where: Where, others: Sequence[Where]) -> bool:
    """Whether a place shares words with one of the others."""
    return any(where.first < one.stop and one.first < where.stop for one in others)


def merged(places: Sequence[Where], surer: Sequence[Where]) -> list[Where]:
    """All places in order, the surer ones instead of others that share words with them."""
    left = [one for one in places if not shares_words(one, surer)]
    return sorted([*left, *surer], key=lambda where: where.first)
