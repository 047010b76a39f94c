"""The tables that charts draw, made from the figures once per conflict and shared by all visitors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from dashboard.view.cache import Cache
from dashboard.view.query import View
from dashboard.view.standing import Series, is_standing, ranked, with_nation
from tracker.knowledge import load_convention
from tracker.timelines.areas import Areas, areas_of
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import FORMER, claims
from tracker.timelines.columns import dates, last_dates
from tracker.timelines.disagreement import disagreement, who_says_what
from tracker.timelines.filters import Filters, apply
from tracker.timelines.incidents import incidents
from tracker.timelines.resolution import resolved
from tracker.timelines.totals import totals

T = TypeVar("T")

MOST_KEPT = 200
"""How many tables are kept. The least recently used ones are dropped first."""

WHOLE, EVERY = "whole", "every"
"""Special values of the option "group": the whole count of each source, and all groups side by side."""


@dataclass
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    is_made: bool = False


class Tables:
    """The tables of one state of the store. It is safe to use from several threads: each table is made once.

    They are made for one conflict at a time, because a claim belongs to one conflict. Outcome, source, group and dates
    filter the finished tables. Countries, causes, publishers and the convention each need tables of their own.
    """

    def __init__(
        self, figures: pd.DataFrame, copies: Callable[[], Mapping[str, str]], before: Tables | None = None
    ) -> None:
        """`figures` is the typed table of all figures; `copies` gives the groups of near-identical articles.

        `before`: the tables of an earlier state, whose conflicts are taken over where nothing in them has changed.
        """
        self._stored, self._read_copies = figures, copies
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()
        self._views = Cache()
        # tables that nobody asked have taken over nothing yet: then those before them count
        self._before: Tables | None = before._before or before if before else None

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures with what their claims say: tracker.timelines.resolution."""
        return resolved(self._stored, self.areas, self._copies)

    @cached_property
    def conflicts(self) -> tuple[str | None, ...]:
        """The conflicts that have figures; None is among them if some figures have no conflict."""
        known = self.figures["conflict"].unique()
        return tuple(sorted(str(one) for one in known if not pd.isna(one))) + ((None,) if pd.isna(known).any() else ())

    def claims(self, view: View) -> pd.DataFrame:
        """The claims of the conflicts in view, whatever the outcome, source and dates: tracker.timelines.claims."""
        return self._all("claims", view, self._claims)

    def totals(self, view: View) -> pd.DataFrame:
        """The running totals in view: tracker.timelines.totals, with its flags."""
        return self._in_view("totals", view, self._totals_in)

    def series(self, view: View) -> list[Series]:
        """The series of the running totals in view, the one that leads first."""
        return self._in_view("series", view, lambda one: ranked(self.totals(one)))

    def incidents(self, view: View) -> pd.DataFrame:
        """The incidents in view: tracker.timelines.incidents. If sources are chosen, only their reports count."""
        return self._in_view("incidents", view, self._incidents_in)

    def _in_view(self, kind: str, view: View, make: Callable[[View], T]) -> T:
        """What is made of a view, once for all parts of a page that show it."""
        key = (kind, view.filters, view.option("convention"), view.option("group"))
        return self._views.once("", key, lambda: make(view))

    def _totals_in(self, view: View) -> pd.DataFrame:
        table = self._all("totals", view, self._totals)
        group = view.option("group")
        if group == WHOLE:
            table = table[table["whole"] | table["standing"]]
        elif group != EVERY:
            table = table[table["counted"].str.partition(" (")[0] == group]  # of any nation
        return _between(_of(table, view.filters), view.filters)

    def _incidents_in(self, view: View) -> pd.DataFrame:
        if view.filters.source:
            claimed = _of(self._all("claims", view, self._claims), view.filters)
            table = incidents(claimed, load_convention(view.option("convention")))
        else:
            table = self._all("incidents", view, self._incidents)
        group = view.option("group")
        if group not in (WHOLE, EVERY):
            table = table[table["victim_group"] == group]
        kept = Filters(outcome=view.filters.outcome, cause=())
        return _between(_of(table, kept), view.filters)

    def disagreement(self, view: View) -> pd.DataFrame:
        """The lowest and highest current totals among the sources in view: tracker.timelines.disagreement."""
        return disagreement(self.totals(view))

    def says(self, view: View, date: str) -> pd.DataFrame:
        """What each source in view says on a date: tracker.timelines.disagreement.who_says_what."""
        return who_says_what(self.totals(view), date)

    def _all(self, kind: str, view: View, make: Callable[[str | None, View], pd.DataFrame]) -> pd.DataFrame:
        wanted = {one.casefold() for one in view.filters.conflict}
        chosen = [one for one in self.conflicts if not wanted or (one or "").casefold() in wanted]
        if not chosen:
            return make(None, view).iloc[:0]
        return pd.concat([self._once(kind, one, view, make) for one in chosen], ignore_index=True)

    def _once(
        self, kind: str, conflict: str | None, view: View, make: Callable[[str | None, View], pd.DataFrame]
    ) -> pd.DataFrame:
        filters = view.filters
        key = (kind, conflict, view.option("convention"), filters.country, filters.cause, filters.publisher)
        return self.once(key, lambda: make(conflict, view))

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What is made of the tables of one conflict, which is the second part of the key. The first thread that asks
        makes it, and the others wait.
        """
        with self._lock:
            self._take_over()
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        with kept.lock:
            if not kept.is_made:
                kept.value, kept.is_made = make(), True
            value: T = kept.value
            return value

    def _take_over(self) -> None:
        """Take over the finished tables of the conflicts whose figures are, resolved, the same as before."""
        before, self._before = self._before, None
        if before is None:
            return
        with before._lock:
            finished = {key: kept for key, kept in before._kept.items() if kept.is_made}
        same = {one for one in {key[1] for key in finished} if self._is_same(one, before)}
        self._kept |= {key: kept for key, kept in finished.items() if key[1] in same}

    def _is_same(self, conflict: str | None, before: Tables) -> bool:
        """Whether a conflict has the same claims as before: the same figures, copies of articles and names of areas."""
        if self.areas is not before.areas:
            return False
        mine, theirs = (
            one.figures.iloc[one._places.get(conflict, [])].reset_index(drop=True) for one in (self, before)
        )
        articles = set(mine["article_id"])
        moved = {one for one, _ in self._copies.items() ^ before._copies.items()}
        return not articles & moved and mine.equals(theirs)

    def _claims(self, conflict: str | None, view: View) -> pd.DataFrame:
        filters = view.filters
        rows = self.figures.iloc[self._places.get(conflict, [])]
        rows = apply(rows, Filters(country=filters.country, cause=filters.cause, publisher=filters.publisher))
        return claims(bounded(rows, load_convention(view.option("convention"))), self.areas, self._copies)

    def _totals(self, conflict: str | None, view: View) -> pd.DataFrame:
        claimed = self._once("claims", conflict, view, self._claims)
        table = with_nation(totals(_without_former(claimed, self._former)))
        return table.assign(standing=is_standing(table))

    def _incidents(self, conflict: str | None, view: View) -> pd.DataFrame:
        claimed = self._once("claims", conflict, view, self._claims)
        return incidents(claimed, load_convention(view.option("convention")))

    @cached_property
    def _former(self) -> frozenset[str]:
        """The figures that give a number as a former one: "rose to 62 from 30", "until now it had spoken of 1,400"."""
        return frozenset(self.figures.loc[self.figures["rule"] == FORMER, "figure_id"])

    @cached_property
    def _copies(self) -> Mapping[str, str]:
        return self._read_copies()

    @cached_property
    def areas(self) -> Areas:
        """The names of areas in the languages of the figures."""
        return areas_of(self._stored)

    @cached_property
    def _places(self) -> dict[str | None, Any]:
        """The row positions of the figures of each conflict."""
        named = self.figures["conflict"]
        found: dict[str | None, Any] = {str(one): rows for one, rows in named.groupby(named).indices.items()}
        return found | {None: named.isna().to_numpy().nonzero()[0]}


def _without_former(claimed: pd.DataFrame, former: frozenset[str]) -> pd.DataFrame:
    """The claims without those numbers that all their reports give as former ones: they hold for no day that is known.

    A number that other reports gave when it was current stays.
    """
    marked = claimed["former"].fillna(False).astype(bool)
    only = [mark and former.issuperset(ids) for mark, ids in zip(marked, claimed["figure_ids"], strict=True)]
    return claimed[~pd.Series(only, index=claimed.index, dtype=bool)]


def _of(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The rows with one of the outcomes and one of the sources, by name or by type."""
    keep = pd.Series(True, index=table.index)
    if filters.outcome:
        keep &= table["outcome"].isin([str(one) for one in filters.outcome])
    if filters.source:
        wanted = {word.casefold() for word in filters.source}
        keep &= table["source_name"].str.casefold().isin(wanted) | table["source_type"].isin(wanted)
    return table[keep]


def _between(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The rows from the first to the last day. Without these filters, rows without a day are kept too."""
    keep = pd.Series(True, index=table.index)
    if filters.since:
        keep &= table["day"] >= dates(pd.DataFrame({"date": [filters.since]}, dtype="str")).iloc[0]
    if filters.until:
        keep &= table["day"] <= last_dates(pd.DataFrame({"date": [filters.until]}, dtype="str")).iloc[0]
    return table[keep].reset_index(drop=True)
