"""The true course of a running total: the points that a number which never falls can have gone through."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd

from tracker.timelines.grouping import Codes, Mask, Numbers

KIN = 8
"""Numbers that are so many times apart do not speak for each other."""


def true_course(series: Codes, number: Numbers, reports: Codes) -> Mask:
    """The points of the heaviest non-decreasing chain of each series, the weight of a point being its reports.

    The points of a series stand together, in order. Only points that contradict each other, directly or through others,
    are compared (`stretches`). Where a stretch gives nothing but single points and none of them outweighs the others,
    nobody can tell which one is wrong: all are taken.
    """
    chain = np.ones(len(series), dtype=bool)
    begins = np.flatnonzero(stretches(series, number))
    ends = np.append(begins[1:], [len(series)])[: len(begins)]
    several = ends - begins > 1
    if not several.any():
        return chain
    numbers, weights = number.tolist(), _weights(series, number, reports).tolist()
    for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
        chain[begin:end] = _heaviest(numbers[begin:end], weights[begin:end])
    return chain


def stretches(series: Codes, number: Numbers) -> Mask:
    """Which points begin a stretch: no number before them in their series is higher than theirs or one after them."""
    values = pd.Series(number)
    highest = values.groupby(series).cummax().to_numpy()
    lowest = values[::-1].groupby(series[::-1]).cummin()[::-1].to_numpy()
    begins = np.ones(len(series), dtype=bool)
    begins[1:] = (series[1:] != series[:-1]) | (highest[:-1] <= lowest[1:])
    return begins


def _weights(series: Codes, number: Numbers, reports: Codes) -> Numbers:
    """The reports of each point, and a little less for a number that no other of its series comes near."""
    order = np.lexsort([number, series])
    sizes = number[order]
    near = (sizes[1:] < KIN * np.maximum(sizes[:-1], 1)) & (series[order][1:] == series[order][:-1])
    kin = np.zeros(len(number), dtype=bool)
    kin[order[1:]] = near
    kin[order[:-1]] |= near
    return np.where(kin, reports, reports - 0.5)


def _heaviest(numbers: list[float], weights: list[float]) -> list[bool]:
    """The heaviest non-decreasing chain of the numbers; of equally heavy ones the one with the lower end. All of them,
    if it is a single one that does not outweigh the others.

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
    taken = [False] * len(numbers)
    at = last[-1]
    while at >= 0:
        taken[at] = True
        at = above[at]
    return taken if sum(taken) > 1 or 2 * totals[-1] > sum(weights) else [True] * len(numbers)
