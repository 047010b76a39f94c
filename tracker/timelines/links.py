"""Links between claims: the total that a claim is a part of, and the claim that replaced it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.timelines.grouping import Codes, count

Ids = npt.NDArray[Any]

DEEPEST = 16
"""How deep parts may lie in one another: a total above this is one that runs in a circle."""


def parts(rows: pd.DataFrame, codes: Codes) -> pd.Series[str]:
    """The total that each figure is a part of, as text; "" in claims of which most figures in texts are no part."""
    named, told = rows["part_of"].astype("str").fillna(""), (rows["field"] != "title").to_numpy(dtype=bool)
    part, size = (named != "").to_numpy(dtype=bool), count(codes)
    few = 2 * np.bincount(codes[part & told], minlength=size) < np.bincount(codes[told], minlength=size)
    return named.mask(few[codes], "")


def named_claims(rows: pd.DataFrame, codes: Codes, claim_ids: Ids, named: pd.Series[str]) -> pd.Series[str]:
    """For each claim the claim of the figure that one of its own names; missing where none does.

    In: the rows with their claims, the id of each claim, and for each row the figure that it names ("" for none).
    The first of several decides. Where the named figure is not in the table, its own id is used, because a part stays
    a part when its total is not in view.
    """
    some = np.flatnonzero((named != "").to_numpy())
    found = pd.Series(pd.NA, index=range(count(codes)), dtype="str")
    if len(some):
        at = pd.Index(rows["figure_id"]).get_indexer(named.iloc[some])
        ids = np.where(at >= 0, claim_ids[codes[at]], named.iloc[some].to_numpy())
        own = (at >= 0) & (codes[at] == codes[some])
        some, ids = some[~own][::-1], ids[~own][::-1]  # the first of several is written last, so it stays
        found.iloc[codes[some]] = ids
    return found


def without_circles(totals: pd.Series[str], claim_ids: Ids) -> pd.Series[str]:
    """The total of each claim, but none for claims that the table makes parts of themselves, directly or not.

    Parts are left out of sums. If all claims of a circle were parts, none of them would be in any sum.
    """
    some = np.flatnonzero(totals.notna())
    if not len(some):
        return totals
    total = np.full(len(totals), -1, dtype=np.int64)
    total[some] = pd.Index(claim_ids).get_indexer(pd.Index(totals.iloc[some]))
    above = total
    for _ in range(DEEPEST):
        above = np.where(above >= 0, total[above], -1)
    return totals.mask(above >= 0)
