"""The bounds of every figure by a convention: low, best and high."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.knowledge import Convention
from tracker.model import Qualifier
from tracker.timelines.grouping import group_codes


def bounded(table: pd.DataFrame, convention: Convention) -> pd.DataFrame:
    """The typed table of figures with low, best and high set by a convention. Other columns do not change.

    The bounds are computed from `qualifier`, `value`, the words of vague figures and the upper ends of ranges, which
    every convention keeps in `high`. So it does not matter which convention was applied before.
    """
    qualifier = table["qualifier"]
    known = {
        "value": table["value"],
        "upper": table["high"].where(qualifier == Qualifier.RANGE),
        "word": _of_words(table, convention),
        "": pd.Series(pd.NA, index=table.index, dtype="Int64"),
    }
    changed = {}
    for at, name in enumerate(("low", "best", "high")):
        column = known[""].copy()
        for kind in Qualifier:
            column = column.mask(qualifier == kind, known[convention.bounds[kind][at]])
        changed[name] = column
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
