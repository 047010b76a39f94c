"""Points off the line: totals that cannot be true beside the others of their series."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from tracker.timelines.course import true_course
from tracker.timelines.grouping import Codes, Mask, Numbers

OUTLIER = 8
"""A total so many times larger or smaller than the points beside it is probably misread: a digit too many makes it ten
times as large as the truth, and the neighbours differ a little from that.
"""
ASIDE = 1.25
"""A total so many times larger, or smaller, than the points on both sides of it is off the line if FEW reports give it
and TWICE as many contradict it.
"""
FEW, TWICE = 2, 2
MANY_TIMES = 5
"""A total is off the line at any distance if so many times more reports give a lower one in the next days."""
STEADY = 2
"""At the end of a series, where there are neighbours on one side only, these must be within this factor."""
SOON = 30
"""Days in which a war does not make ten times its dead, and within which a series that comes back to its level shows
that the lower number was no revision of it.
"""
LOOKED_AT = 40
"""So many points before and after a doubtful one are asked whether they contradict it."""
SETTLED = 60
"""Days after which a war has its pace: a count that is silent for as long, and has then grown 2 * OUTLIER times faster
than time, is of two counts.
"""


class Points(NamedTuple):
    """The points of running totals, those of a series beside each other and in order: for each its series, as-of day,
    number, how many reports print it, and how many days its war had lasted (NaN: unknown).
    """

    series: Codes
    day: Numbers
    number: Numbers
    reports: Codes
    age: Numbers

    def at(self, places: Codes) -> Points:
        """The points at these places."""
        return Points(
            self.series[places], self.day[places], self.number[places], self.reports[places], self.age[places]
        )


class OffLine(NamedTuple):
    """Which points are off the line of their series: those that stand out, and those that only disagree."""

    outlier: Mask
    doubtful: Mask


def off_line(points: Points) -> OffLine:
    """The points that the true course of their series cannot hold.

    A running total never falls, so the true course is the chain of points that never falls and that most reports print
    (tracker.timelines.course).

    An outlier is a point outside the chain that is OUTLIER times larger than the next point of it, or smaller than the
    one before: of 290,000, 300,000, 300, 320,000 and 37 these are 300 and 37. So is one that is ASIDE of the points
    on both sides, if FEW reports print it; one at an end of the chain that is far from two steady points beside it and
    close in time; and the beginning of a chain that then grows much faster than its war.

    Doubtful is a point outside the chain that MANY_TIMES more reports contradict in the next days, and one that is
    below or above the chain for no more than SOON days: its number was no lasting revision, or came too early.
    """
    series, day, number, reports, _ = points
    chain = true_course(series, number, reports)
    before, after = _beside(series, number, chain)
    with np.errstate(invalid="ignore"):
        far = ~chain & ((number >= OUTLIER * after) & (after > 0) | (number * OUTLIER <= before))
        above, below = ~chain & (number > after), ~chain & (number < before)
        high = above & (number >= ASIDE * np.fmax(after, before)) & (before > 0)
        low = below & (number * ASIDE <= before) & (after > 0)
        soon = below & (_beside(series, day, chain)[1] - day <= SOON)
    own = _company(chain, above, below, reports)
    few = own <= FEW
    outlier = far | (high & few & (_contradicting(points, high & few, 1) >= TWICE * own))
    outlier |= low & few & (_contradicting(points, low & few, -1) >= TWICE * own)
    kept = np.flatnonzero(chain)
    outlier[kept] = _at_ends(points.at(kept)) | _of_another_count(points.at(kept))
    soon |= above & _reached_soon(points, above, chain)
    outvoted = above & (_contradicting(points, above, 1, SOON) >= MANY_TIMES * own)
    return OffLine(outlier, (outvoted | soon) & ~outlier)


def _beside(series: Codes, number: Numbers, chain: Mask) -> tuple[Numbers, Numbers]:
    """For each point the number of the chain before it and after it in its series; NaN where there is none."""
    known = pd.Series(np.where(chain, number, np.nan))
    before, after = known.groupby(series).ffill(), known.groupby(series).bfill()
    return np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)


def _company(chain: Mask, above: Mask, below: Mask, reports: Codes) -> Codes:
    """For each point outside the chain the reports of all that lie on its side, between the same points of the chain:
    a level that several points tell is none of a misread one.
    """
    gap = 2 * np.cumsum(chain) + above
    told = np.where(above | below, reports, 0)
    return np.bincount(gap, weights=told, minlength=1)[gap].astype(np.int64) if len(chain) else np.zeros(0, np.int64)


def _contradicting(points: Points, asked: Mask, side: int, within: float = np.inf) -> Codes:
    """The reports that contradict the points that are asked for, within so many days: of later points that are lower
    (side 1), or of earlier ones that are higher (side -1).
    """
    series, day, number, reports, _ = points
    at, found = np.flatnonzero(asked), np.zeros(len(series), dtype=np.int64)
    for by in range(side, side * LOOKED_AT, side):
        at = at[(at + by >= 0) & (at + by < len(series))]
        at = at[(series[at + by] == series[at]) & (np.abs(day[at + by] - day[at]) <= within)]
        found[at] += np.where(side * number[at + by] < side * number[at], reports[at + by], 0)
    return found


def _reached_soon(points: Points, asked: Mask, chain: Mask) -> Mask:
    """Whether the chain is as high within SOON days as the points that are asked for."""
    series, day, number, _, _ = points
    at, found = np.flatnonzero(asked), np.zeros(len(series), dtype=bool)
    for by in range(1, LOOKED_AT):
        at = at[at + by < len(series)]
        at = at[(series[at + by] == series[at]) & (day[at + by] - day[at] <= SOON) & ~found[at]]
        found[at] = chain[at + by] & (number[at + by] >= number[at])
    return found


def _of_another_count(points: Points) -> Mask:
    """The first points of each series, where the next one is far higher than the time between can explain, and no fewer
    reports print it and what follows: 89 athletes in the fifth month, 8,400 civilians in the tenth.
    """
    series, day, number, reports, age = points
    back, past, silent = shifted(series, number, 1), shifted(series, age, 1), day - shifted(series, day, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        jump: Mask = (past >= SETTLED) & (silent >= SETTLED) & (back > 0)
        jump &= number >= 2 * OUTLIER * back * np.fmax(age / past, 1)
    if not jump.any():
        return jump
    told = pd.Series(reports).groupby(series)
    jump &= 2 * (told.cumsum().to_numpy() - reports) <= told.transform("sum").to_numpy()
    ahead = pd.Series(jump[::-1]).groupby(series[::-1]).cumsum()[::-1].to_numpy()
    found: Mask = ahead > jump
    return found


def _at_ends(points: Points) -> Mask:
    """Points at the end of a series that are far above two close ones beside them that agree, or at its beginning."""
    series, day, number, _, _ = points
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
