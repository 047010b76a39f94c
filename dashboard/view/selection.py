"""Which figures are selected, and in which order: the same for the table, the downloads and the API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.view.column_filters import Condition, holds, lenient
from dashboard.view.data import Data, Snapshot
from dashboard.view.query import STATUSES, View
from tracker.model import Status
from tracker.store.search import numbered, numbers, search
from tracker.timelines.columns import dates
from tracker.timelines.filters import Filters, mask
from tracker.timelines.schema import SCHEMA, Kind

KEPT, EVERY = "kept", "every"


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of figures: filters, words in the quote, a review status (STATUSES), column filters, and the order.

    `sort`: "" is timeline order; otherwise a column, with a minus before it for the highest first.
    """

    filters: Filters
    find: str = ""
    status: str = KEPT
    sort: str = ""
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        """Invalid values become the default."""
        if self.status not in STATUSES:
            object.__setattr__(self, "status", KEPT)
        if self.sort.removeprefix("-") not in SCHEMA:
            object.__setattr__(self, "sort", "")


def of_view(view: View) -> Selection:
    """The selection that a view asks for."""
    words = (view.option("find"), view.option("status"), view.option("sort"))
    return Selection(view.filters, *words, lenient(view.option("where")))


def rows(data: Data, selection: Selection, begin: int = 0, end: int | None = None) -> pd.DataFrame:
    """The selected figures from position `begin` up to, but without, `end`."""
    snapshot = data.snapshot()
    return snapshot.table.take(positions(data, snapshot, selection)[begin:end])


def count(data: Data, selection: Selection) -> int:
    """The number of selected figures."""
    return len(positions(data, data.snapshot(), selection))


def positions(data: Data, snapshot: Snapshot, selection: Selection) -> Any:
    """The row positions of the selected figures in the table of a snapshot, in order."""
    return data.cache.once(snapshot.revision, ("rows", selection), lambda: _positions(data, snapshot, selection))


def _positions(data: Data, snapshot: Snapshot, selection: Selection) -> Any:
    if selection.sort:
        unsorted = positions(data, snapshot, replace(selection, sort=""))
        ranks = data.cache.once(
            snapshot.revision, ("ranks", selection.sort), lambda: _ranks(snapshot.table, selection.sort)
        )
        return unsorted[np.argsort(ranks[unsorted], kind="stable")]
    table = snapshot.table
    # the filters leave out rejected figures, so they get a table without any status
    keep = mask(table.assign(status=""), selection.filters).to_numpy(dtype=bool)
    if selection.status == KEPT:
        keep = keep & (table["status"] != Status.REJECTED).to_numpy(dtype=bool)
    elif selection.status != EVERY:
        keep = keep & (table["status"] == selection.status).to_numpy(dtype=bool)
    for condition in selection.where:
        keep = keep & holds(table, condition).to_numpy(dtype=bool)
    found = _found(data, snapshot, selection.find) if selection.find else None
    if found is not None:
        keep = keep & found
    return np.flatnonzero(keep)


def _found(data: Data, snapshot: Snapshot, words: str) -> Any:
    """The mask of the rows whose quotes have the words; None if there are no words."""
    with data.store.transaction() as connection:
        found = numbers(connection, words)
        if found is None:
            ids = search(connection, words)
            return None if ids is None else snapshot.table["figure_id"].isin(ids).to_numpy(dtype=bool)
    places = data.row_cache.once(snapshot.order, "places", lambda: _places(data, snapshot))
    mask = np.zeros(
        len(snapshot.table) + 1, dtype=bool
    )  # the last one stands for figures that were added after the snapshot
    inside = np.fromiter((one for one in found if one < len(places)), dtype=np.int64)
    mask[places[inside]] = True
    return mask[:-1]


def prepare(data: Data) -> None:
    """Compute what the first search needs, so that nobody waits for it."""
    snapshot = data.snapshot()
    data.row_cache.once(snapshot.order, "places", lambda: _places(data, snapshot))


def _places(data: Data, snapshot: Snapshot) -> Any:
    """The row of each figure by its number in the index of quotes; -1 if it has no row."""
    with data.store.transaction() as connection:
        known = numbered(connection)
    found = data.index(snapshot).get_indexer(pd.Index([figure_id for _, figure_id in known], dtype="str"))
    places = np.full(max((number for number, _ in known), default=0) + 1, -1, dtype=np.int64)
    places[np.fromiter((number for number, _ in known), dtype=np.int64, count=len(known))] = found
    return places


def _ranks(table: pd.DataFrame, sort: str) -> Any:
    """The rank of each row in the order by a column. Empty cells come last in both directions."""
    name, falls = sort.removeprefix("-"), sort.startswith("-")
    kind = SCHEMA[name].kind
    if kind in (Kind.WHOLE, Kind.NUMBER):
        values = table[name].to_numpy(dtype="float64", na_value=np.nan)
        return np.where(np.isnan(values), np.inf, -values if falls else values)
    if kind is Kind.DATE:
        days = dates(table, name)
        numbers_of_days = days.astype("int64").to_numpy(dtype="float64")
        return _last_where(days.isna().to_numpy(dtype=bool), -numbers_of_days if falls else numbers_of_days)
    lower = table[name].str.lower()
    ranks = lower.rank(method="dense").to_numpy(dtype="float64")
    return _last_where(lower.isna().to_numpy(dtype=bool), -ranks if falls else ranks)


def _last_where(empty: Any, ranks: Any) -> Any:
    return np.where(empty, np.inf, ranks)
