"""Which figures are in view, and in which order: the same for the table, the files that are taken away, and the API."""

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
class Asked:
    """What is asked for: the filters, words in the quote, a status (STATUSES), what stands in columns, and the order.

    `sort`: "" is timeline order, else a column, with a minus before it for the highest first.
    """

    filters: Filters
    find: str = ""
    status: str = KEPT
    sort: str = ""
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        """Nonsense becomes the default."""
        if self.status not in STATUSES:
            object.__setattr__(self, "status", KEPT)
        if self.sort.removeprefix("-") not in SCHEMA:
            object.__setattr__(self, "sort", "")


def of_view(view: View) -> Asked:
    """What the address of a page asks for."""
    words = (view.option("find"), view.option("status"), view.option("sort"))
    return Asked(view.filters, *words, lenient(view.option("where")))


def rows(data: Data, asked: Asked, begin: int = 0, end: int | None = None) -> pd.DataFrame:
    """The figures that are asked for, from the begin-th up to the end-th."""
    snapshot = data.snapshot()
    return snapshot.table.take(positions(data, snapshot, asked)[begin:end])


def count(data: Data, asked: Asked) -> int:
    """How many there are."""
    return len(positions(data, data.snapshot(), asked))


def positions(data: Data, snapshot: Snapshot, asked: Asked) -> Any:
    """The places of the figures that are asked for in the table of a snapshot, in their order."""
    return data.cache.once(snapshot.revision, ("rows", asked), lambda: _positions(data, snapshot, asked))


def _positions(data: Data, snapshot: Snapshot, asked: Asked) -> Any:
    if asked.sort:
        unsorted = positions(data, snapshot, replace(asked, sort=""))
        ranks = data.cache.once(snapshot.revision, ("ranks", asked.sort), lambda: _ranks(snapshot.table, asked.sort))
        return unsorted[np.argsort(ranks[unsorted], kind="stable")]
    table = snapshot.table
    # the filters leave out what was rejected, so they are asked of a table in which nothing was
    keep = mask(table.assign(status=""), asked.filters).to_numpy(dtype=bool)
    if asked.status == KEPT:
        keep = keep & (table["status"] != Status.REJECTED).to_numpy(dtype=bool)
    elif asked.status != EVERY:
        keep = keep & (table["status"] == asked.status).to_numpy(dtype=bool)
    for condition in asked.where:
        keep = keep & holds(table, condition).to_numpy(dtype=bool)
    found = _found(data, snapshot, asked.find) if asked.find else None
    if found is not None:
        keep = keep & found
    return np.flatnonzero(keep)


def _found(data: Data, snapshot: Snapshot, words: str) -> Any:
    """In which rows the quote has the words, as a mask; None where there are no words."""
    with data.store.transaction() as connection:
        found = numbers(connection, words)
        if found is None:
            ids = search(connection, words)
            return None if ids is None else snapshot.table["figure_id"].isin(ids).to_numpy(dtype=bool)
    places = data.lasting.once(snapshot.order, "places", lambda: _places(data, snapshot))
    mask = np.zeros(len(snapshot.table) + 1, dtype=bool)  # the last one stands for what came after the snapshot
    inside = np.fromiter((one for one in found if one < len(places)), dtype=np.int64)
    mask[places[inside]] = True
    return mask[:-1]


def prepare(data: Data) -> None:
    """Make what the first search needs, so that nobody waits for it."""
    snapshot = data.snapshot()
    data.lasting.once(snapshot.order, "places", lambda: _places(data, snapshot))


def _places(data: Data, snapshot: Snapshot) -> Any:
    """By the number of a figure in the index of quotes: the row it stands in; -1 where that is none."""
    with data.store.transaction() as connection:
        known = numbered(connection)
    found = data.index(snapshot).get_indexer(pd.Index([figure_id for _, figure_id in known], dtype="str"))
    places = np.full(max((number for number, _ in known), default=0) + 1, -1, dtype=np.int64)
    places[np.fromiter((number for number, _ in known), dtype=np.int64, count=len(known))] = found
    return places


def _ranks(table: pd.DataFrame, sort: str) -> Any:
    """For each row its place in the order by a column; cells that are empty come last, either way."""
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
