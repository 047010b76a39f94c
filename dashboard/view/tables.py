"""The tables that charts draw, made from the figures once per conflict and shared by all visitors."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from dashboard.view.cache import Cache, Once
from dashboard.view.kept_tables import KeptTables
from dashboard.view.query import View
from dashboard.view.resolving import Resolved, again, first
from dashboard.view.standing import Series, is_standing, ranked, with_nation
from tracker.knowledge import load_convention
from tracker.timelines.areas import Areas, areas_of
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import dates, last_dates
from tracker.timelines.disagreement import who_says_what
from tracker.timelines.filters import Filters, apply
from tracker.timelines.incidents import incidents
from tracker.timelines.prepared import FORMER
from tracker.timelines.totals import totals

T = TypeVar("T")

MOST_KEPT = 200
"""How many tables are kept. The least recently used ones are dropped first."""

PLAIN = View()

WHOLE, EVERY = "whole", "every"
"""Special values of the option "group": the whole count of each source, and all groups side by side."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What tables are made from, so that not all has to be made: the tables of an earlier state and the articles that
    have changed since (None: all may have), or tables that were kept for this state.
    """

    before: Tables | None = None
    changed: frozenset[str] | None = None
    kept: KeptTables | None = None


NOTHING = Known()


class Tables:
    """The tables of one state of the store. It is safe to use from several threads: each table is made once.

    They are made for one conflict at a time, because a claim belongs to one conflict. Outcome, source, group and dates
    filter the finished tables. Countries, causes, publishers and the convention each need tables of their own.
    """

    def __init__(self, figures: pd.DataFrame, copies: Callable[[], Mapping[str, str]], known: Known = NOTHING) -> None:
        """`figures` is the typed table of all figures; `copies` gives the groups of near-identical articles."""
        self._stored, self._read_copies, self._known = figures, copies, known
        self._kept = known.kept
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[Any, ...], Once] = OrderedDict()
        self._views = Cache()
        self._resolved = Once()

    def after(self, figures: pd.DataFrame, changed: frozenset[str] | None) -> Tables:
        """The tables of the next state, in which these articles have changed; None: all may have.

        The tables of the conflicts in which nothing has changed are taken over.
        """
        before, earlier = self, self._known
        if earlier.before:  # nobody has asked for these tables: they have taken over nothing yet
            before = earlier.before
            changed = None if changed is None or earlier.changed is None else earlier.changed | changed
        return Tables(figures, self._read_copies, Known(before, changed))

    def resolved(self) -> Resolved:
        """The figures with what their claims say: tracker.timelines.resolution."""
        return self._resolved.get(self._resolve)

    def _resolve(self) -> Resolved:
        found = self._resolved_from(self._known)
        self._known = NOTHING  # what was before is needed no longer
        return found

    def _resolved_from(self, known: Known) -> Resolved:
        if known.kept and (found := known.kept.resolved(self._stored)):
            return found
        copies, before = self._read_copies(), known.before
        if before is None or known.changed is None or not before._is_known or before.areas is not self.areas:
            return first(self._stored, copies, self.areas)
        found = again(before.resolved(), self._stored, copies, known.changed, self.areas)
        assert found.touched is not None
        self._kept = before._kept and before._kept.without(found.touched)
        with before._lock:
            same = {key: made for key, made in before._made.items() if made.is_made and key[1] not in found.touched}
        with self._lock:
            self._made |= same
        return found

    @property
    def _is_known(self) -> bool:
        """Whether what the claims say is known without much work."""
        return self._resolved.is_made or self._kept is not None

    @property
    def figures(self) -> pd.DataFrame:
        """The figures with what their claims say."""
        return self.resolved().figures

    @property
    def copies(self) -> Mapping[str, str]:
        """The group of each article that is a copy."""
        return self.resolved().copies

    @cached_property
    def conflicts(self) -> tuple[str | None, ...]:
        """The conflicts that have figures; None is among them if some figures have no conflict."""
        if self._kept and (kept := self._kept.conflicts()):
            return kept
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
        table = self._light("totals", view, self._totals)
        group = view.option("group")
        if group == WHOLE:
            table = table[table["whole"] | table["standing"]]
        elif group != EVERY:
            table = table[table["counted"].str.partition(" (")[0] == group]  # of any nation
        return _between(_of(table, view.filters), view.filters)

    def _incidents_in(self, view: View) -> pd.DataFrame:
        if view.filters.source:
            sources = Filters(source=view.filters.source, conflict=view.filters.conflict)
            table = self._views.once("", ("told by", sources, *_made_with(view)), lambda: self._told_by(sources, view))
        else:
            table = self._light("incidents", view, self._incidents)
        group = view.option("group")
        if group not in (WHOLE, EVERY):
            table = table[table["victim_group"] == group]
        kept = Filters(outcome=view.filters.outcome, cause=())
        return _between(_of(table, kept), view.filters)

    def _light(self, kind: str, view: View, make: Callable[[str | None, View], pd.DataFrame]) -> pd.DataFrame:
        """The tables of the conflicts in view, as they are filtered quickly."""
        key = (kind, view.filters.conflict, *_made_with(view))
        return self._views.once("", key, lambda: light(self._all(kind, view, make)))

    def _told_by(self, sources: Filters, view: View) -> pd.DataFrame:
        """The incidents as these sources tell them, of all outcomes and days."""
        claimed = _of(self._all("claims", view, self._claims), sources)
        return light(incidents(claimed, load_convention(view.option("convention"))))

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
        made_with = _made_with(view)

        def made() -> pd.DataFrame:
            found = self._kept.table(kind, conflict) if self._kept and made_with == _made_with(PLAIN) else None
            return make(conflict, view) if found is None else found

        return self.once((kind, conflict, *made_with), made)

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What is made of the tables of one conflict, which is the second part of the key. The first thread that asks
        makes it, and the others wait.
        """
        if self._known.before:
            self.resolved()  # and so takes over the tables that are the same
        with self._lock:
            made = self._made.setdefault(key, Once())
            self._made.move_to_end(key)
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
        return made.get(make)

    def plain(self, kind: str, conflict: str | None) -> pd.DataFrame:
        """A table of one conflict without filters and options. `kind`: claims, totals or incidents."""
        make = {"claims": self._claims, "totals": self._totals, "incidents": self._incidents}[kind]
        return self._once(kind, conflict, PLAIN, make)

    def of_conflict(self, conflict: str | None) -> pd.DataFrame:
        """The figures of one conflict, with what their claims say."""
        rows: pd.DataFrame = self.figures.iloc[self._places.get(conflict, [])]
        return rows

    def _claims(self, conflict: str | None, view: View) -> pd.DataFrame:
        filters = view.filters
        chosen = Filters(country=filters.country, cause=filters.cause, publisher=filters.publisher)
        rows = apply(self.of_conflict(conflict), chosen)
        return claims(bounded(rows, load_convention(view.option("convention"))), self.areas, self.copies)

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
    def areas(self) -> Areas:
        """The names of areas in the languages of the figures."""
        return areas_of(self._stored)

    @cached_property
    def _places(self) -> dict[str | None, Any]:
        """The row positions of the figures of each conflict."""
        named = self.figures["conflict"]
        found: dict[str | None, Any] = {str(one): rows for one, rows in named.groupby(named).indices.items()}
        return found | {None: named.isna().to_numpy().nonzero()[0]}


def light(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with its texts as Python objects, in one block. A row of it is taken ten times as fast: each text
    column of Arrow costs as much as all of them together, and a chart takes rows of small tables hundreds of times.
    """
    return table.astype(dict.fromkeys(table.select_dtypes("str").columns, object)).copy()


def _made_with(view: View) -> tuple[Any, ...]:
    """What the tables of a conflict are made with; all else filters the finished tables."""
    filters = view.filters
    return (view.option("convention"), filters.country, filters.cause, filters.publisher)


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
