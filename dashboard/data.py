"""What the page reads and writes: the store behind a cache, and the reader of articles."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from dashboard.charts.look import Look
from dashboard.colours import UNNAMED, Paint, line_lengths, paints
from dashboard.conflict_summary import Summary, summary
from dashboard.memory import Memory
from dashboard.query import View, parse
from dashboard.tables import Tables
from tracker.knowledge import load_conflicts, load_publishers
from tracker.model import Article, Assigned, Outcome, VictimGroup
from tracker.reader import Reader, load_reader
from tracker.reference.compare import steps
from tracker.reference.series import Reference
from tracker.store import Added, Entry, Store
from tracker.timelines.columns import in_order
from tracker.timelines.filters import Filters, apply

MAP = "/map"
COUNTED_FIRST = Outcome.KILLED.value
"""The outcome that a reader sees first, since one axis cannot hold the killed beside the displaced."""


@dataclass(frozen=True)
class Snapshot:
    """The whole store at one revision, and what the page derives from all of it."""

    revision: int
    table: pd.DataFrame
    default: Filters
    paints: Mapping[str, Paint]
    tables: Tables

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures that count where nothing is asked for: of harm from conflict, and not rejected."""
        return apply(self.table, Filters())

    @cached_property
    def summaries(self) -> list[Summary]:
        """What there is to say of each conflict, the one with the latest report first."""
        found = []
        for conflict, figures in self.figures.groupby("conflict"):
            totals = self.tables.totals(View(Filters(conflict=(str(conflict),))))
            known = totals["outcome"] if len(totals) else figures["outcome"]
            outcome = COUNTED_FIRST if (known == COUNTED_FIRST).any() else str(known.value_counts().idxmax())
            found.append(summary(str(conflict), figures, totals, outcome))
        return sorted(found, key=lambda one: (one.last, one.reports), reverse=True)


@dataclass
class Data:
    """Access to one store for all panels. `is_sample`: the store holds the sample articles."""

    store: Store
    is_sample: bool = False
    known_references: Sequence[Reference] = ()
    names: Mapping[str, str] = field(default_factory=lambda: {one.id: one.name for one in load_conflicts()})
    memory: Memory = field(default_factory=Memory)
    _snapshot: Snapshot | None = None
    _reader: Reader | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def snapshot(self) -> Snapshot:
        """The store as it is now; read anew only where something was written since."""
        revision = self.store.revision()
        with self._lock:
            if self._snapshot is None or self._snapshot.revision != revision:
                table = in_order(self.store.frame())
                self._snapshot = Snapshot(
                    revision, table, _default(table), paints(table), Tables(table, self.store.copies)
                )
            return self._snapshot

    def warm(self) -> None:
        """Make what the first pages will ask for, so that the first visitor need not wait for it."""
        snapshot = self.snapshot()
        snapshot.tables.incidents(View())
        assert snapshot.summaries is not None

    def default(self, path: str) -> Filters:
        """What a page shows where its address says nothing: the map shows all conflicts, the others the longest one."""
        default = self.snapshot().default
        return replace(default, conflict=()) if path == MAP else default

    def view(self, search: str | None) -> View:
        """The view that `ids.VIEW` holds: an address that means the same on every page."""
        return parse(search, self.snapshot().default)

    def view_at(self, path: str, search: str | None) -> View:
        """The view that the address of a page asks for."""
        return parse(search, self.default(path))

    def rows(self, search: str | None) -> pd.DataFrame:
        """The figures in view, in timeline order."""
        return apply(self.snapshot().table, self.view(search).filters)

    def picked(self, figure_ids: Sequence[str]) -> pd.DataFrame:
        """The figures with these ids, in the order of the ids; those that are gone are left out."""
        table = self.snapshot().table.set_index("figure_id", drop=False)
        return table.loc[[one for one in figure_ids if one in table.index]].reset_index(drop=True)

    def look(self, view: View, screen: Mapping[str, bool]) -> Look:
        """How charts look on a screen (`ids.SCREEN`)."""
        return Look(
            dark=screen.get("dark", False),
            narrow=screen.get("narrow", False),
            log=view.log,
            paints=self.snapshot().paints,
            names=self.names,
        )

    def references(self, view: View) -> dict[str, pd.DataFrame]:
        """The series of official datasets to lay over a view, by name: columns date and value.

        Only where one conflict is in view, and for the outcomes in view; everybody, not one group of victims.
        """
        wanted = view.filters.conflict
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

    def read(self, article: Article) -> list[Assigned]:
        """The figures found in an article, with their reasons; the knowledge is loaded with the first one."""
        with self._lock:
            if self._reader is None:
                self._reader = load_reader()
        return self._reader.assigned(article)

    def add(self, article: Article) -> Added:
        """Read an article and store it with its figures."""
        named = load_publishers().named(article)
        return self.store.add_entry(Entry.of(named, self.read(named), "pasted in the dashboard"))


def _default(table: pd.DataFrame) -> Filters:
    """What a reader sees first: the killed of the conflict with the longest line of one source."""
    lengths = line_lengths(apply(table, Filters(outcome=(COUNTED_FIRST,)))).reset_index()
    named = lengths[lengths["source_name"] != UNNAMED].groupby("conflict")["length"].max()
    return Filters(conflict=(str(named.idxmax()),), outcome=(COUNTED_FIRST,)) if len(named) else Filters()
