"""The bounds of every figure by a convention: low, best and high."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.knowledge import Convention
from tracker.model import Qualifier
from tracker.timelines.grouping import group_codes

NONE = ("", "", "")
"""The bounds of a qualifier that the convention does not know: none."""


def bounded(table: pd.DataFrame, convention: Convention) -> pd.DataFrame:
    """The typed table of figures with low, best and high set by a convention. Other columns do not change.

    The bounds are computed from `qualifier`, `value`, the words of vague figures and the upper ends of ranges, which
    every convention keeps in `high`. So it does not matter which convention was applied before.
    """
    codes, kinds = pd.factorize(table["qualifier"])
    upper = table["high"].where(table["qualifier"] == Qualifier.RANGE)
    none = pd.array([pd.NA], dtype="Int64").repeat(len(table))
    known = {"value": table["value"].array, "upper": upper.array, "word": _of_words(table, convention).array, "": none}
    numbers = np.stack([column.to_numpy(np.int64, na_value=0) for column in known.values()])
    missing = np.stack([column.isna() for column in known.values()])
    every = np.arange(len(table))
    changed = {}
    for at, name in enumerate(("low", "best", "high")):
        slots = [convention.bounds.get(kind, NONE)[at] for kind in kinds] + [""]  # the last is of no qualifier
        taken = np.array([list(known).index(slot) for slot in slots])[codes]
        changed[name] = pd.arrays.IntegerArray(numbers[taken, every], missing[taken, every])
    return table.assign(**changed)


def _of_words(table: pd.DataFrame, convention: Convention) -> pd.Series[int]:
    """What the words of vague figures stand for; each different wording is looked up once."""
    vague = table.loc[table["qualifier"] == Qualifier.VAGUE, ["figure", "language"]]
    numbers = pd.Series(pd.NA, index=table.index, dtype="Int64")
    if len(vague):
        codes = group_codes(vague["figure"], vague["language"])
        kinds = vague[~pd.Series(codes, index=vague.index).duplicated()].fillna("")
        found = pd.array([convention.of_words(*kind) for kind in kinds.itertuples(index=False)], dtype="Int64")
        numbers.loc[vague.index] = found[np.asarray(codes)]
    return numbers
