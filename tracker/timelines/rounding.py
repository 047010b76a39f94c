"""Rounding: which running totals are a rounded form of an exacter one that their source gave in the same days.

"More than 34,000" beside 34,012 is the same claim, told loosely. As a point of its own it would make the line fall.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.model import Qualifier, Scope
from tracker.timelines.grouping import Codes, Mask, Numbers, count, firsts

BEFORE, AFTER = 30, 1
"""How many days the exact total may be older than the rounded one, or younger: papers repeat a number for some weeks,
and one day lies between the print of two papers.
"""
BESIDE_BEFORE, BESIDE_AFTER = 24, 8
"""How many of the totals of its source before and after it, in order of days, each rounded total is compared with."""
UP, ABOUT, PLAIN = 0.1, 0.05, 0.01
"""By which part of it a rounded number may miss the exact one, if told as "more than", as "about", or without a word:
nobody says "more than 10,000" of 19,000.
"""
FEW_DIGITS, ROUND = 2, 1000
"""A number without a word from ROUND on, with so many digits before its noughts, may be rounded: 9,000."""

RANK = {Qualifier.EXACT: 0, Qualifier.AT_LEAST: 1, Qualifier.MORE_THAN: 2, Qualifier.ABOUT: 3, Qualifier.VAGUE: 4}
"""Of equal numbers the one with the lower rank is told more exactly."""
UPWARD = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
"""What is told of a number that lies above it."""


def exacter(rows: pd.DataFrame, codes: Codes, series: Codes) -> Codes:
    """For each claim 0, 1, 2, … the claim of which it is a rounded form, directly or not; itself where there is none.

    In: figures with the columns scope, number, qualifier, first (the as-of day), part_of and former; for each its claim
    and the series that its claim is a point of (-1 where it is of none). A claim is a rounded form of another of its
    series where that is told more exactly, lies in the range that its words leave (`_ends`), and is at most BEFORE days
    older or AFTER days younger. Of several it is one of the nearest day, then the lowest number.
    """
    found = np.arange(count(codes), dtype=np.int64)
    first = firsts(codes)
    one = rows[["scope", "number", "qualifier", "first"]].iloc[first]
    excluded = np.zeros(len(found), dtype=bool)
    excluded[codes[(rows["part_of"].notna() | rows["former"]).to_numpy(dtype=bool)]] = True
    number = one["number"].to_numpy(np.float64, na_value=np.nan)
    day = one["first"].to_numpy("datetime64[D]")
    fits = (one["scope"] == Scope.CUMULATIVE).to_numpy(dtype=bool) & ~excluded & ~np.isnan(number) & ~np.isnat(day)
    rank = np.asarray(one["qualifier"].map(RANK), dtype=np.float64)
    fits &= (series[first] >= 0) & ~np.isnan(rank)
    at = np.flatnonzero(fits)
    days = np.asarray(day[at].astype(np.int64), dtype=np.float64)
    order = np.lexsort([rank[at], number[at], days, series[first][at]])
    at, days = at[order], days[order]
    points = _Points(series[first][at], days, number[at], rank[at])
    found[at] = at[_nearest(points)]
    while (found[found] != found).any():  # a rounded form of a rounded form
        found = found[found]
    return found


class _Points:
    """The totals, those of a series together and in order of days; with the unit of each number and its range."""

    def __init__(self, series: Codes, day: Numbers, number: Numbers, rank: Numbers) -> None:
        self.series, self.day, self.number, self.rank = series, day, number, rank
        self.unit = unit(number)
        self.digits = np.floor(np.log10(np.maximum(number, 1) / self.unit)) + 1
        self.low, self.high = _ends(self)


def _nearest(points: _Points) -> Codes:
    """For each point the position of the exacter point that it is a rounded form of; its own where there is none."""
    size = len(points.number)
    best, distance = np.arange(size), np.full(size, np.inf)
    every = np.arange(size)
    for step in (*range(1, BESIDE_BEFORE + 1), *range(-1, -BESIDE_AFTER - 1, -1)):
        mine = every[max(step, 0) : max(size + min(step, 0), 0)]
        other = mine - step
        apart = points.day[mine] - points.day[other]
        far = np.abs(apart) + 0.5 * (apart < 0)
        fits = (points.series[mine] == points.series[other]) & (apart <= BEFORE) & (apart >= -AFTER)
        fits &= (points.low[mine] <= points.number[other]) & (points.number[other] <= points.high[mine])
        fits &= _told_exacter(points, other, mine)
        nearer = far < distance[mine]
        lower = (far == distance[mine]) & (points.number[other] < points.number[best[mine]])
        take = fits & (nearer | lower)
        best[mine[take]], distance[mine[take]] = other[take], far[take]
    return best


def _told_exacter(points: _Points, one: Codes, other: Codes) -> Mask:
    """Whether the points at `one` are told more exactly than those at `other`."""
    vague = points.rank == RANK[Qualifier.VAGUE]
    finer = (points.unit[one] < points.unit[other]) | vague[other]
    same = points.rank[one] < points.rank[other]
    found: Mask = np.where(points.number[one] == points.number[other], same, finer) & ~vague[one]
    return found


def _ends(points: _Points) -> tuple[Numbers, Numbers]:
    """The lowest and highest number that a total may be a rounded form of.

    "More than 34,000": 34,000 to 34,999. About or nearly 34,000: 33,500 to 34,500; 34,000 alone: 33,660 to 34,340.
    "Thousands": 1,000 to 9,999. A number that is not round: itself.
    """
    number, rank = points.number, points.rank
    exact, vague = rank == RANK[Qualifier.EXACT], rank == RANK[Qualifier.VAGUE]
    up = np.isin(rank, [RANK[name] for name in UPWARD])
    whole = exact & ((number < ROUND) | (points.digits > FEW_DIGITS))
    half = np.where(whole, 0, np.minimum(points.unit / 2, np.where(exact, PLAIN, ABOUT) * number))
    decade = 10.0 ** np.floor(np.log10(np.maximum(number, 1)))
    low = np.where(vague, decade, np.where(up, number, number - half))
    reach = np.where(up, np.minimum(points.unit - 1, UP * number), half)
    return low, np.where(vague, 10 * decade - 1, number + reach)


def unit(number: Numbers) -> Numbers:
    """The unit of a round number: thousands for 9,000, tens for 450, ones for 7."""
    found = np.ones(len(number))
    for power in range(1, 10):
        found = np.where((number > 0) & (number % 10**power == 0), 10.0**power, found)
    return found
