"""Outliers: points of a running total that cannot be true beside the others of their series."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.timelines.grouping import Codes

OUTLIER = 8
"""A total so many times larger or smaller than the points beside it is probably misread: a digit too many makes it ten
times as large as the truth, and the neighbours differ a little from that.
"""
STEADY = 2
"""At the end of a series, where there are neighbours on one side only, these must be within this factor."""
SOON = 30
"""Days in which a war does not make ten times its dead, and within which a series that comes back to its level shows
that the lower number was no revision of it.
"""

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def outliers(series: Codes, day: Numbers, number: Numbers, reports: Codes) -> Mask:
    """True for the points that the true course of their series cannot hold.

    In: for each point its series, as-of day, number and how many reports print it; the points of a series stand
    together, in order. A running total never falls, so the true course is taken to be the chain of points that never
    falls and that most reports print. A point outside it is an outlier where it is OUTLIER times larger than the next
    point of the chain, or smaller than the one before. So of 290,000, 300,000, 300, 320,000 and 37 these are 300 and
    37. A point at an end of the chain is one where it is as far above two steady points beside it, and close in time.
    """
    chain = _chains(series, number, reports)
    before, after = _beside(series, number, chain)
    with np.errstate(invalid="ignore"):
        outside = ~chain & ((number >= OUTLIER * after) & (after > 0) | (number * OUTLIER <= before))
    found: Mask = outside.copy()
    kept = np.flatnonzero(chain)
    found[kept] = _at_ends(series[kept], day[kept], number[kept])
    return found


def _chains(series: Codes, number: Numbers, reports: Codes) -> Mask:
    """The points of the heaviest non-decreasing chain of each series, the weight of a point being its reports.

    Only series that fall far are looked at; in all others every point is taken.
    """
    chain = np.ones(len(series), dtype=bool)
    if not len(series):
        return chain
    highest = pd.Series(number).groupby(series).cummax().to_numpy()
    far = np.unique(series[(highest >= OUTLIER * number) & (highest > 0)])
    begins = np.flatnonzero(np.append([True], series[1:] != series[:-1]))
    ends = np.append(begins[1:], len(series))
    for at in np.flatnonzero(np.isin(series[begins], far)).tolist():
        own = slice(int(begins[at]), int(ends[at]))
        heaviest = _heaviest(number[own].tolist(), _weights(number[own], reports[own]).tolist())
        chain[own] = heaviest if heaviest.sum() > 1 else True  # of two points nobody can tell which one is wrong
    return chain


def _weights(number: Numbers, reports: Codes) -> Numbers:
    """The reports of each point of a series, and a little less for a number that no other comes near."""
    order = np.argsort(number, kind="stable")
    sizes = number[order]
    near = sizes[1:] < OUTLIER * np.maximum(sizes[:-1], 1)
    kin = np.zeros(len(number), dtype=bool)
    kin[order[1:]] = near
    kin[order[:-1]] |= near
    return np.where(kin, reports, reports - 0.5)


def _heaviest(numbers: list[float], weights: list[float]) -> Mask:
    """The heaviest non-decreasing chain of the numbers; of equally heavy ones the one with the lower end.

    `ends` holds the numbers at which chains may end, rising, each with a heavier chain than the one before it.
    """
    ends: list[float] = []
    totals: list[float] = []
    last: list[int] = []
    above = [-1] * len(numbers)
    for at, (number, weight) in enumerate(zip(numbers, weights, strict=True)):
        place = bisect_right(ends, number)
        total = weight
        if place:
            total += totals[place - 1]
            above[at] = last[place - 1]
        stop = place
        while stop < len(ends) and totals[stop] <= total:
            stop += 1
        begin = place - 1 if place and ends[place - 1] == number else place
        ends[begin:stop], totals[begin:stop], last[begin:stop] = [number], [total], [at]
    taken = np.zeros(len(numbers), dtype=bool)
    at = last[-1]
    while at >= 0:
        taken[at] = True
        at = above[at]
    return taken


def _beside(series: Codes, number: Numbers, chain: Mask) -> tuple[Numbers, Numbers]:
    """For each point the number of the chain before it and after it in its series; NaN where there is none."""
    known = pd.Series(np.where(chain, number, np.nan))
    before, after = known.groupby(series).ffill(), known.groupby(series).bfill()
    return np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)


def _at_ends(series: Codes, day: Numbers, number: Numbers) -> Mask:
    """Points at the end of a series that are far above two close ones beside them that agree, or at its beginning."""
    back, back2 = shifted(series, number, 1), shifted(series, number, 2)
    ahead, ahead2 = shifted(series, number, -1), shifted(series, number, -2)
    with np.errstate(invalid="ignore"):
        above = number >= OUTLIER * np.fmax(back, ahead)
        below = number * OUTLIER <= np.fmin(back, ahead)
        steady_before = np.maximum(back, back2) <= STEADY * np.minimum(back, back2)
        steady_after = np.maximum(ahead, ahead2) <= STEADY * np.minimum(ahead, ahead2)
        soon_after, soon_before = day - shifted(series, day, 1) <= SOON, shifted(series, day, -1) - day <= SOON
        at_end = np.isnan(ahead) & steady_before & soon_after & (above | below)
        # a series may begin low and rise fast, but it does not begin high
        at_begin = np.isnan(back) & steady_after & soon_before & above
    positive: Mask = np.fmax(back, ahead) > 0
    return positive & (at_end | at_begin)


def days_of(points: pd.DataFrame) -> Numbers:
    """The days of the points as numbers."""
    return points["day"].to_numpy("datetime64[D]").astype(np.float64)


def shifted(series: Codes, values: Numbers, by: int) -> Numbers:
    """The value `by` places before each point of its series (after it if negative); NaN where there is none.

    The rows of a series stand together, so shifting the whole column shifts each series.
    """
    moved = np.full(len(values), np.nan)
    if abs(by) < len(values):
        here, there = (slice(by, None), slice(None, -by)) if by > 0 else (slice(None, by), slice(-by, None))
        moved[here] = np.where(series[here] == series[there], values[there], np.nan)
    return moved
