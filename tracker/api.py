"""The Python API: a timeline of figures, and what is made of them, as pandas tables."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack

import pandas as pd

from tracker.export import csv_text, write
from tracker.knowledge import Convention, load_conflicts, load_convention, load_own_names
from tracker.model import Figure, TrackerError
from tracker.reference.compare import compare, conflicts_of, totals_beside
from tracker.reference.reading import read_reference
from tracker.store.store import Store
from tracker.timelines.areas import Areas, load_areas
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import flat, frame, in_order, typed
from tracker.timelines.disagreement import CURRENT, disagreement, who_says_what
from tracker.timelines.filters import Filters, apply
from tracker.timelines.incidents import incidents
from tracker.timelines.names import renamed
from tracker.timelines.totals import totals

VIEWS = ("figures", "claims", "totals", "incidents", "disagreement", "says")
"""The tables that a timeline has; `says` is who says what on one date."""

SHOWN = ("outcome", "counted", "source_name", "value", "qualifier", "date", "position")
"""The columns of the table that a notebook shows."""


class FilterWords(TypedDict, total=False):
    """What can be asked for: one word or several for each; see tracker.timelines.filters.Filters."""

    conflict: str | Sequence[str]
    outcome: str | Sequence[str]
    source: str | Sequence[str]
    scope: str | Sequence[str]
    country: str | Sequence[str]
    cause: str | Sequence[str]
    publisher: str | Sequence[str]
    since: str | None
    until: str | None


class Timeline:
    """Figures in timeline order, and the tables made of them, each made when it is first asked for.

    `figures`: the typed table of figures (docs/data.md), with low, best and high by `convention`.
    """

    def __init__(
        self, figures: pd.DataFrame, convention: str | None = None, copies: Mapping[str, str] | None = None
    ) -> None:
        """A timeline of a table with the columns of the exchange format; TrackerError where one is missing.

        `copies` names for an article the group of near-identical articles that it is in.
        """
        self.convention: Convention = load_convention(convention)
        once = typed(figures).drop_duplicates("figure_id", ignore_index=True)  # an archive may hold an article twice
        self.figures: pd.DataFrame = in_order(bounded(once, self.convention))
        self._copies = copies or {}

    def claims(self) -> pd.DataFrame:
        """One row per claim, with all its reports: see tracker.timelines.claims.claims."""
        return self._claims.copy(deep=False)

    def totals(self) -> pd.DataFrame:
        """The running totals of each source as steps, flagged: see tracker.timelines.totals.totals."""
        return self._totals.copy(deep=False)

    def incidents(self) -> pd.DataFrame:
        """One row per event with low, best and high: see tracker.timelines.incidents.incidents."""
        return self._incidents.copy(deep=False)

    def disagreement(self, within: int | None = CURRENT) -> pd.DataFrame:
        """The lowest and highest current total of each date: see tracker.timelines.disagreement.disagreement."""
        return disagreement(self._totals, within)

    def who_says_what(self, date: str, within: int | None = CURRENT) -> pd.DataFrame:
        """Each source's total on a date: see tracker.timelines.disagreement.who_says_what."""
        return who_says_what(self._totals, date, within)

    def compare(self, reference: str | Path, conflict: str | Sequence[str] = ()) -> pd.DataFrame:
        """Each running total beside an official dataset, which is read from a file: docs/reference.md.

        Out: tracker.reference.compare.COLUMNS. `conflict` is asked for where a dataset names no country. InputError
        where the file cannot be read, TrackerError where it does not count the conflict.
        """
        known = read_reference(reference)
        totals = totals_beside(self._totals, known)
        named = (conflict,) if isinstance(conflict, str) else tuple(conflict)
        conflicts = conflicts_of(known, load_conflicts(), named, set(totals["conflict"]))
        return compare(totals, known, conflicts)

    def view(self, name: str, date: str | None = None) -> pd.DataFrame:
        """One of VIEWS by its name, ids in one cell set apart by blanks; `says` is of `date`, else of the last day."""
        if name == "figures":
            return self.figures
        if name == "says":
            return flat(self.who_says_what(date or self._last_day()))
        tables = {
            "claims": self.claims,
            "totals": self.totals,
            "incidents": self.incidents,
            "disagreement": self.disagreement,
        }
        if name not in tables:
            raise TrackerError(f"there is no view {name!r}: use {' or '.join(VIEWS)}")
        return flat(tables[name]())

    def quotes(self, figure_ids: Iterable[str]) -> pd.DataFrame:
        """The figures with these ids, in the order of the ids: what a claim, total or incident is made of."""
        known = self.figures.set_index("figure_id", drop=False)
        return known.loc[[one for one in figure_ids if one in known.index]].reset_index(drop=True)

    def to_csv(self, path: str | Path | None = None, view: str = "figures") -> str | None:
        """One of VIEWS as CSV: written to a file, or without one returned as text."""
        if path is None:
            return csv_text(self.view(view))
        write(self.view(view), path, self.convention)
        return None

    def __len__(self) -> int:
        """How many figures there are."""
        return len(self.figures)

    def __repr__(self) -> str:
        return f"<Timeline: {self._summary()}>"

    def _repr_html_(self) -> str:
        """The current totals of all sources, for notebooks; nothing in it is taken for markup."""
        heading = f"<p><strong>Timeline</strong>: {html.escape(self._summary())}</p>"
        if self._totals.empty:
            return heading
        says = self.who_says_what(self._last_day())
        several = [name for name in ("conflict", "area", "since") if says[name].nunique() > 1]
        table = says.loc[:, [*several, *SHOWN]].head(30).to_html(index=False, border=0, na_rep="", escape=True)
        left_out = f"<p>and {len(says) - 30} more</p>" if len(says) > 30 else ""
        return f"{heading}<p>Running totals on {self._last_day()}, as reported:</p>{table}{left_out}"

    def _summary(self) -> str:
        counts = f"{len(self.figures):,} figures, {len(self._claims):,} claims"
        conflicts = ", ".join(sorted(self.figures["conflict"].dropna().unique()))
        return f"{counts} ({conflicts or 'no conflict'}); bounds {self.convention.name}"

    def _last_day(self) -> str:
        last = self._totals["day"].max()
        return "2000" if pd.isna(last) else last.date().isoformat()

    @cached_property
    def _areas(self) -> Areas:
        return load_areas()

    @cached_property
    def _claims(self) -> pd.DataFrame:
        return claims(self.figures, self._areas, self._copies)

    @cached_property
    def _totals(self) -> pd.DataFrame:
        return totals(self._claims)

    @cached_property
    def _incidents(self) -> pd.DataFrame:
        return incidents(self._claims, self.convention)


def timeline(
    store: Store | str | Path | pd.DataFrame | Iterable[Figure],
    /,
    convention: str | None = None,
    sources: str | Path | None = None,
    **filters: Unpack[FilterWords],
) -> Timeline:
    """The timeline of a store (or the path or URL of one), a table of figures, or a list of them.

    Filters as in `tracker timeline`, a word or a list of words each; only harm from conflict where no `cause` is asked
    for. `sources` is a file of your own names for sources and publishers. TrackerError where a store, a convention,
    a date or that file is wrong.

    >>> import tracker
    >>> store = tracker.Store.open(":memory:")
    >>> reader = tracker.load_reader()
    >>> for day, count in (("2012-03-26", "more than 9,100"), ("2012-05-01", "at least 10,300")):
    ...     text = f"The opposition says the fighting in Syria has claimed {count} lives."
    ...     article = tracker.Article(id=day, text=text, published=day)
    ...     added = store.add(article, reader.read(article))
    >>> t = tracker.timeline(store, conflict="syria")
    >>> t.totals()[["source_name", "date", "value", "qualifier"]]
      source_name        date  value  qualifier
    0  Opposition  2012-03-26   9100  more_than
    1  Opposition  2012-05-01  10300   at_least
    >>> t.quotes(t.totals()["claim_id"])["quote"][1]
    'The opposition says the fighting in Syria has claimed at least 10,300 lives.'
    >>> len(tracker.timeline(store, since="2012-04"))
    1
    """
    table, copies = _read(store)
    named = renamed(table, load_own_names(sources))
    return Timeline(apply(named, _filters(**filters)), convention, copies)


def _read(source: Store | str | Path | pd.DataFrame | Iterable[Figure]) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """The figures, and for each article the group of near-identical ones that it is in, as far as texts are known."""
    if isinstance(source, pd.DataFrame):
        return typed(source), {}
    if isinstance(source, Store):
        return source.frame(), source.copies()
    if isinstance(source, str | Path):
        with Store.open(source, create=False, read_only=True) as store:
            return store.frame(), store.copies()
    return frame(source), {}


def _filters(since: str | None = None, until: str | None = None, **words: str | Sequence[str]) -> Filters:
    lists = {name: (one,) if isinstance(one, str) else tuple(one) for name, one in words.items()}
    return Filters(**lists, since=since, until=until)
