"""Votes: which reading the clear majority of the reports of a claim states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.timelines.grouping import Codes, Mask, count, distinct, firsts, group_codes

FEWEST = 2
"""Reports that must state a reading before it holds for others: no single report moves a claim."""
CLEAR = 2
"""How many times as many reports as any other reading a clear majority has."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Who votes: for each row the number of its claim and of its report, and whether a person has checked the row.

    `fewest`: so many reports must state a reading.
    """

    groups: Codes
    reports: Codes
    by_person: Mask
    fewest: int = FEWEST


def winners(
    votes: Votes, read: pd.Series[Any], stated: Mask, *, share: float = 0.0, most: bool = False
) -> npt.NDArray[np.object_]:
    """For each group the reading that wins, or None.

    `read` is the reading of each row, `stated` whether the row states it explicitly; no other rows vote. A report has
    one vote for each reading that it states. A reading wins with at least `fewest` votes and CLEAR times the votes of
    any other; with `most`, it is enough to have the most votes, and of equally many the first in order wins. `share`
    is the least share of all reports of the group that must state the winner. Where a person has checked rows of
    the group, only these vote, and one vote is enough.
    """
    groups = count(votes.groups)
    found = np.full(groups, None, dtype=object)
    codes, kinds = pd.factorize(read, sort=True)
    checked = np.zeros(groups, dtype=bool)
    checked[votes.groups[votes.by_person & (codes >= 0)]] = True
    chosen = np.flatnonzero((codes >= 0) & np.where(checked[votes.groups], votes.by_person, stated))
    if not len(chosen):
        return found
    group, code = votes.groups[chosen], codes[chosen].astype(np.int64)
    pairs = group_codes(group, code)
    number, first = distinct(pairs, votes.reports[chosen]), firsts(pairs)
    order = np.lexsort([code[first], -number, group[first]])
    group, code, number = group[first][order], code[first][order], number[order]
    leads = np.ones(len(order), dtype=bool)
    leads[1:] = group[1:] != group[:-1]
    second = np.where(np.append(leads[1:], [True]), 0, np.append(number[1:], [0]))
    of_all = distinct(votes.groups, votes.reports)[group]
    enough = (number >= np.where(checked[group], 1, votes.fewest)) & (number >= share * of_all)
    wins = leads & enough & (most | (number >= CLEAR * second))
    found[group[wins]] = np.asarray(kinds, dtype=object)[code[wins]]
    return found
