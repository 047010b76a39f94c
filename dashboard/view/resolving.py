"""What the claims of figures say (tracker.timelines.resolution), of a whole store, and again after a change of it.

A figure has an influence only on figures with the same number. So after a change only the numbers that it touches are
resolved again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tracker.timelines.agreement import LEAST
from tracker.timelines.areas import Areas
from tracker.timelines.columns import READ_AS
from tracker.timelines.resolution import SHOWN, resolved

DECIDED = (*SHOWN, "source_type", "date_precision", READ_AS)
"""The columns in which a resolved table differs from the stored one."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True, eq=False)
class Resolved:
    """The figures of one state of the store, as they are stored and with what their claims say, in the same order.

    `copies`: the group of each copied article. `touched`: the conflicts in which figures or their claims differ from
    the state before; None: all may.
    """

    stored: pd.DataFrame
    figures: pd.DataFrame
    copies: Mapping[str, str]
    touched: frozenset[str | None] | None = None


def first(stored: pd.DataFrame, copies: Mapping[str, str], areas: Areas) -> Resolved:
    """The figures of a store, all of them resolved."""
    return Resolved(stored, resolved(stored, areas, copies), copies)


def again(
    before: Resolved, stored: pd.DataFrame, copies: Mapping[str, str], changed: Collection[str], areas: Areas
) -> Resolved:
    """The figures after these articles have changed, where the names of areas are the same as before."""
    touched = {*changed, *(one for one, _ in copies.items() ^ before.copies.items())}
    old, new = (_of(table, touched) for table in (before.stored, stored))
    moved = pd.concat([before.stored["value"][old], stored["value"][new]])
    numbers = moved[moved.fillna(0) >= LEAST].unique()
    places = _places(before.stored, stored)
    kept = before.figures.iloc[places[~new]]
    # figures in touched articles as they are stored, all others as they were; then those with the same numbers anew
    decided = {name: _filled(stored, name, ~new, kept[name]) for name in DECIDED}
    affected = stored["value"].isin(numbers).to_numpy(dtype=bool)
    part = resolved(stored[affected], areas, copies)
    decided = {name: _with(cells, affected, part[name]) for name, cells in decided.items()}
    figures = stored.assign(**decided)
    was, now = before.figures.iloc[places[affected & ~new]], figures[affected & ~new]
    differ = np.zeros(len(now), dtype=bool)
    for name in DECIDED:
        differ |= _differ(now[name], was[name])
    conflicts = [before.figures["conflict"][old], figures["conflict"][new]]
    conflicts += [rows["conflict"][differ] for rows in (was, now)]
    found = pd.concat(conflicts).unique()
    return Resolved(stored, figures, copies, frozenset(None if pd.isna(one) else str(one) for one in found))


def _of(table: pd.DataFrame, articles: Collection[str]) -> Mask:
    mask: Mask = table["article_id"].isin(list(articles)).to_numpy(dtype=bool)
    return mask


def _places(before: pd.DataFrame, now: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where each row stood before; -1 for a new one."""
    if before is now or before["figure_id"].equals(now["figure_id"]):
        return np.arange(len(now))
    return np.asarray(pd.Index(before["figure_id"]).get_indexer(pd.Index(now["figure_id"])), dtype=np.int64)


def _filled(stored: pd.DataFrame, name: str, kept: Mask, cells: pd.Series[str]) -> pd.Series[str]:
    own = stored[name] if name != READ_AS else pd.Series("", index=stored.index, dtype="str")
    return _with(own, kept, cells)


def _with(column: pd.Series[str], mask: Mask, cells: pd.Series[str]) -> pd.Series[str]:
    """The column with other cells where the mask is true."""
    if not mask.any():
        return column
    values = column.array.copy()
    values[mask] = cells.array
    return pd.Series(values, index=column.index)


def _differ(one: pd.Series[str], other: pd.Series[str]) -> Mask:
    left, right = one.fillna("").to_numpy(dtype=object), other.fillna("").to_numpy(dtype=object)
    mask: Mask = np.asarray(left != right, dtype=bool)
    return mask
