"""Access to the store for all pages, behind a cache."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

import pandas as pd

from dashboard.look.colours import UNNAMED, LineStyle, line_lengths, line_styles
from dashboard.look.theme import Theme
from dashboard.view import kept_tables
from dashboard.view.cache import Cache
from dashboard.view.conflict_summary import Said, Summary, said, summary
from dashboard.view.intake import Readings
from dashboard.view.query import View, parse
from dashboard.view.tables import Known, Tables
from tracker.knowledge import load_conflicts
from tracker.model import Outcome, VictimGroup
from tracker.reference.compare import steps
from tracker.reference.series import Reference
from tracker.store import columnar
from tracker.store.columnar import Columns
from tracker.store.store import Store
from tracker.timelines.filters import Filters, apply, mask

T = TypeVar("T")

FIGURES, MAP, REVIEW = "/figures", "/map", "/review"
COUNTED_FIRST = Outcome.KILLED.value
"""The outcome shown first: one axis cannot show both the killed and the displaced."""

SUMMED_UP = ["conflict", "outcome", "article_id", "source_name", "published"]
"""The columns of figures that the summary of a conflict tells something of."""

PATIENCE = 30.0
"""Seconds that what is computed for later visitors waits for those who ask now."""

MOST_RENDERED = 200
"""How many rendered charts, cards and lists of choices are cached for visitors with the same view."""


@dataclass(frozen=True)
class Snapshot:
    """The whole store at one revision, and what is derived from all of it."""

    store: Store
    before: int
    columns: Columns
    default: Filters
    tables: Tables

    @property
    def revision(self) -> int:
        """What Data.revision was when the store was read."""
        return self.before + self.columns.revision

    @property
    def table(self) -> pd.DataFrame:
        """All figures, in timeline order."""
        return self.columns.table

    @property
    def order(self) -> object:
        """Something that stays the same object as long as the rows are the same figures in the same order."""
        return self.columns.order

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures without any filter: harm from conflict, not rejected. Only what a summary tells of them."""
        return self.table[SUMMED_UP][mask(self.table, Filters())]

    @cached_property
    def summaries(self) -> list[Summary]:
        """The summary of each conflict: those with a total first, among them the one with the latest report."""
        found = [self._summary(str(conflict), figures) for conflict, figures in self.figures.groupby("conflict")]
        return sorted(found, key=lambda one: one.place, reverse=True)

    def _summary(self, conflict: str, figures: pd.DataFrame) -> Summary:
        totals = self.tables.totals(View(Filters(conflict=(conflict,))))
        known = totals["outcome"] if len(totals) else figures["outcome"]
        outcome = COUNTED_FIRST if (known == COUNTED_FIRST).any() else str(known.value_counts().idxmax())
        return summary(figures, outcome, self.said(conflict, outcome))

    def said(self, conflict: str, outcome: str = COUNTED_FIRST) -> Said:
        """What is said first of a conflict."""
        view = View(Filters(conflict=(conflict,)))
        key = ("said", conflict, outcome)
        return self.tables.once(key, lambda: said(self.tables.totals(view), self.tables.incidents(view), outcome))


@dataclass
class Data:
    """Access to one store for all pages and panels. `is_sample`: the store holds the sample articles.

    `own`: the user's own store, which is empty. What is added goes there, and it takes the place of `store` as soon as
    it holds an article. `readings`: what visitors gave to the page, if another process keeps that. `keeps`: whether the
    copy of the store is written here; of several processes, one does.
    """

    store: Store
    is_sample: bool = False
    known_references: Sequence[Reference] = ()
    names: Mapping[str, str] = field(default_factory=lambda: {one.id: one.name for one in load_conflicts()})
    cache: Cache = field(default_factory=Cache)
    row_cache: Cache = field(default_factory=Cache)
    render_cache: Cache = field(default_factory=lambda: Cache(MOST_RENDERED))
    own: Store | None = None
    readings: Readings | None = None
    keeps: bool = True
    _asking: int = 0
    _before: int = 0
    _snapshot: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _held: ContextVar[Snapshot | None] = field(default_factory=lambda: ContextVar("held", default=None))

    @property
    def target(self) -> Store:
        """The store that takes what is added."""
        return self.own or self.store

    @contextmanager
    def held(self) -> Iterator[Snapshot]:
        """Within this, all that is read is of one state of the store, which is looked up once."""
        snapshot = self.snapshot()
        token = self._held.set(snapshot)
        with self._lock:
            self._asking += 1
        try:
            yield snapshot
        finally:
            with self._lock:
                self._asking -= 1
            self._held.reset(token)

    def revision(self) -> int:
        """A number that grows with every change of what is shown."""
        if held := self._held.get():
            return held.revision
        own = self.own
        if own is not None and own.count_articles():
            self._show_own()
        return self._before + self.store.revision()

    def _show_own(self) -> None:
        with self._lock:
            if self.own is not None:
                self._before += self.store.revision() + 1  # pages that show the samples learn of the change
                self.store, self.own, self.is_sample, self._snapshot = self.own, None, False, None

    def snapshot(self) -> Snapshot:
        """The store as it is now. It is read again only if something was written since."""
        if held := self._held.get():
            return held
        revision = self.revision()
        with self._lock:
            if self._snapshot is None or self._snapshot.revision != revision:
                known = self._snapshot
                self._snapshot = _followed(known) if known else self._started()
                if known and self._snapshot.columns.unkept >= columnar.BEHIND:
                    threading.Thread(target=self.keep, daemon=True).start()  # after a start, `warm` does it
            return self._snapshot

    def _started(self) -> Snapshot:
        known = _copied(self.store, self._before)
        return _followed(known) if known else _loaded(self.store, self._before)

    def index(self, snapshot: Snapshot) -> pd.Index[str]:
        """The rows of a snapshot by figure_id."""
        return self.row_cache.once(snapshot.order, "ids", lambda: pd.Index(snapshot.table["figure_id"]))

    def line_styles(self) -> Mapping[str, LineStyle]:
        """How the lines of each source look."""
        snapshot = self.snapshot()
        return self.row_cache.once(snapshot.order, "styles", lambda: line_styles(snapshot.table))

    def warm(self) -> None:
        """Compute what the first pages need, so that the first visitor need not wait.

        Whoever asks meanwhile goes first: Python computes one thing at a time.
        """
        snapshot = self.snapshot()
        for conflict in snapshot.tables.conflicts:
            self._let_visitors_go_first()
            if conflict is not None:
                snapshot.said(conflict)
        self._let_visitors_go_first()
        _ = snapshot.summaries  # not in an assert: `python -O` skips asserts
        self._let_visitors_go_first()
        snapshot.tables.incidents(View())
        if snapshot.columns.unkept:
            self.keep()

    def _let_visitors_go_first(self) -> None:
        until = time.monotonic() + PATIENCE
        while self._asking and time.monotonic() < until:
            time.sleep(0.05)

    def keep(self) -> None:
        """Write the copy of the store, if it is worth one, with the tables that a start needs."""
        with self._lock:
            snapshot = self._snapshot
            if snapshot is None or not snapshot.columns.unkept:
                return  # another thread keeps it
            self._snapshot = replace(snapshot, columns=replace(snapshot.columns, unkept=0))
        if self.keeps and columnar.is_worth_a_copy(snapshot.store, snapshot.columns):
            derived = list(kept_tables.to_keep(snapshot.tables))
            what = (snapshot.store, snapshot.columns, derived, kept_tables.about(snapshot.tables))
            threading.Thread(target=columnar.keep, args=what, daemon=False).start()  # it is ended, not cut off

    def default(self, path: str) -> Filters:
        """The filters of a page whose address has none. The map shows all conflicts, the figures every outcome too, the
        review shows everything, the other pages show the conflict with the longest line.
        """
        default = self.snapshot().default
        if path == REVIEW:
            return Filters(cause=())
        if path == FIGURES:
            return replace(default, conflict=(), outcome=())
        return replace(default, conflict=()) if path == MAP else default

    def view(self, search: str | None) -> View:
        """The view of an address in `ids.VIEW`, which means the same on every page."""
        return parse(search, self.snapshot().default)

    def view_at(self, path: str, search: str | None) -> View:
        """The view of the address of a page."""
        return parse(search, self.default(path))

    def rows(self, search: str | None) -> pd.DataFrame:
        """The figures in view, in timeline order."""
        return apply(self.snapshot().table, self.view(search).filters)

    def figures_by_id(self, figure_ids: Sequence[str]) -> pd.DataFrame:
        """The figures with these ids, in the order of the ids. Ids that are not in the store are left out."""
        wanted = list(dict.fromkeys(figure_ids))
        table = self.snapshot().table
        found = table[table["figure_id"].isin(wanted)].set_index("figure_id", drop=False)
        return found.loc[[one for one in wanted if one in found.index]].reset_index(drop=True)

    def theme(self, view: View, screen: Mapping[str, bool]) -> Theme:
        """The theme of charts for a view on a screen (`ids.SCREEN`)."""
        return Theme(
            dark=screen.get("dark", False),
            narrow=screen.get("narrow", False),
            log=view.log,
            line_styles=self.line_styles(),
            names=self.names,
        )

    def rendered(self, *key: Hashable, make: Callable[[], T]) -> T:
        """What a page shows of a view, made once and cached for all visitors. The caller must not change it."""
        return self.render_cache.once(self.snapshot().revision, key, make)

    def references(self, view: View) -> dict[str, pd.DataFrame]:
        """The series of official datasets to draw over a view, by name: columns date and value.

        There are some only if one conflict is in view. They cover the outcomes in view and all victims.
        """
        wanted = view.filters.conflict
        if not self.known_references or len(wanted) != 1:
            return {}
        conflict = next((one for one in load_conflicts() if (one.id,) == wanted), None)
        found: dict[str, pd.DataFrame] = {}
        for reference in self.known_references if conflict else ():
            assert conflict is not None
            if reference.conflict not in ("", conflict.id):
                continue
            table = steps(reference, conflict)
            everybody = table[table["victim_group"] == VictimGroup.UNSPECIFIED]
            for outcome, some in everybody.groupby("outcome"):
                if not view.filters.outcome or outcome in view.filters.outcome:
                    name = reference.name if len(view.filters.outcome) == 1 else f"{reference.name}, {outcome}"
                    found[name] = some.rename(columns={"reference_date": "date", "reference_value": "value"})
        return found


def _copied(store: Store, before: int) -> Snapshot | None:
    """The store as it was when its copy was made; None if there is no copy."""
    copy = columnar.copied(store)
    if copy is None:
        return None
    kept, columns = kept_tables.found(copy), copy.columns
    if kept is None:  # the copy lacks tables that can be used: it is written anew
        columns = replace(columns, unkept=len(columns.table))
    tables = Tables(columns.table, store.copies, Known(kept=kept))
    return Snapshot(store, before, columns, _default(columns.table), tables)


def _loaded(store: Store, before: int) -> Snapshot:
    columns = columnar.load(store)
    return Snapshot(store, before, columns, _default(columns.table), Tables(columns.table, store.copies))


def _followed(known: Snapshot) -> Snapshot:
    """The snapshot with what was written since. Of its tables only those that this touches are made again."""
    columns = columnar.follow(known.store, known.columns)
    if columns.revision == known.columns.revision:
        return known
    default = known.default if columns.order is known.columns.order else _default(columns.table)
    return replace(known, columns=columns, default=default, tables=known.tables.after(columns.table, columns.changed))


def _default(table: pd.DataFrame) -> Filters:
    """The default filters: the killed, in the conflict in which one source has the longest line."""
    needed = table[["conflict", "outcome", "source_name", "date", "value", "scope", "cause", "status"]]
    lengths = line_lengths(apply(needed, Filters(outcome=(COUNTED_FIRST,)))).reset_index()
    named = lengths[lengths["source_name"] != UNNAMED].groupby("conflict")["length"].max()
    return Filters(conflict=(str(named.idxmax()),), outcome=(COUNTED_FIRST,)) if len(named) else Filters()
