"""The Python API: the figures of an article, and a timeline of figures with the tables derived from it."""

from __future__ import annotations

import datetime
import html
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TypedDict, Unpack

import pandas as pd

from tracker.export import csv_text, write
from tracker.figures import Figures
from tracker.knowledge import (
    Convention,
    Publishers,
    load_conflicts,
    load_convention,
    load_own_names,
    load_publishers,
)
from tracker.model import Article, Figure, TrackerError
from tracker.reader import Reader, load_reader
from tracker.reference.compare import compare, conflicts_of, totals_beside
from tracker.reference.reading import read_reference
from tracker.sources.items import NAMES, Reading, article_items
from tracker.store.store import Store
from tracker.timelines.areas import Areas, areas_of
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import READ_AS, flat, frame, in_order, typed
from tracker.timelines.disagreement import CURRENT, disagreement, who_says_what
from tracker.timelines.filters import Filters, apply
from tracker.timelines.incidents import incidents
from tracker.timelines.names import renamed
from tracker.timelines.resolution import resolved
from tracker.timelines.totals import totals

VIEWS = ("figures", "claims", "totals", "incidents", "disagreement", "says")
"""The tables of a timeline; `says`: what each source says on one date."""

SHOWN = ("outcome", "counted", "source_name", "value", "qualifier", "date", "position")
"""The columns that a notebook shows."""


class ArticleValues(TypedDict, total=False):
    """What can be said of a text beside its words and its date; see tracker.model.Article."""

    id: str
    title: str
    publisher: str
    url: str
    language: str


class FilterWords(TypedDict, total=False):
    """The filters: one word or several for each; see tracker.timelines.filters.Filters."""

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
    """Figures in timeline order, and the tables derived from them. Each table is computed on first use.

    `figures`: the typed table of figures (docs/data.md), with low, best and high by `convention`, and with `read_as`.
    """

    def __init__(
        self, figures: pd.DataFrame, convention: str | None = None, copies: Mapping[str, str] | None = None
    ) -> None:
        """Make a timeline of a table with the columns of the exchange format. Raises TrackerError if one is missing.

        The figures are taken as they are: `timeline` and `tracker.timelines.resolution` let reports correct each other
        first. `copies`: by article id, the group of near-identical articles that the article belongs to.
        """
        self.convention: Convention = load_convention(convention)
        once = figures.drop_duplicates("figure_id", ignore_index=True)  # an archive may hold an article twice
        read_as = once[READ_AS].astype("str") if READ_AS in once.columns else ""
        told = typed(once).assign(**{READ_AS: pd.Series(read_as, index=once.index, dtype="str")})
        self.figures: pd.DataFrame = in_order(bounded(told, self.convention))
        self._copies = copies or {}

    def claims(self) -> pd.DataFrame:
        """Return one row per claim, with all its reports: see tracker.timelines.claims.claims."""
        return self._claims.copy(deep=False)

    def totals(self) -> pd.DataFrame:
        """Return the running totals of each source as steps, with flags: see tracker.timelines.totals.totals."""
        return self._totals.copy(deep=False)

    def incidents(self) -> pd.DataFrame:
        """Return one row per event with low, best and high: see tracker.timelines.incidents.incidents."""
        return self._incidents.copy(deep=False)

    def disagreement(self, within: int | None = CURRENT) -> pd.DataFrame:
        """Return the lowest and highest current total per date: see tracker.timelines.disagreement.disagreement."""
        return disagreement(self._totals, within)

    def who_says_what(self, date: str, within: int | None = CURRENT) -> pd.DataFrame:
        """Return each source's total on a date: see tracker.timelines.disagreement.who_says_what."""
        return who_says_what(self._totals, date, within)

    def compare(self, reference: str | Path, conflict: str | Sequence[str] = ()) -> pd.DataFrame:
        """Return each running total beside an official dataset, read from a file (docs/reference.md).

        Out: tracker.reference.compare.COLUMNS. `conflict` is required if the dataset names no country. Raises
        InputError if the file cannot be read, TrackerError if the dataset does not cover the conflict.
        """
        known = read_reference(reference)
        totals = totals_beside(self._totals, known)
        named = (conflict,) if isinstance(conflict, str) else tuple(conflict)
        conflicts = conflicts_of(known, load_conflicts(), named, set(totals["conflict"]))
        return compare(totals, known, conflicts)

    def view(self, name: str, date: str | None = None) -> pd.DataFrame:
        """Return one of VIEWS by name. Lists of ids are joined by blanks. `date`: for `says`; default: the last day."""
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
        """Return the figures with these ids, in the order of the ids: the evidence of a claim, total or incident."""
        known = self.figures.set_index("figure_id", drop=False)
        return known.loc[[one for one in figure_ids if one in known.index]].reset_index(drop=True)

    def to_csv(self, path: str | Path | None = None, view: str = "figures") -> str | None:
        """Write one of VIEWS to a CSV file, or return it as text if there is no path."""
        if path is None:
            return csv_text(self.view(view))
        write(self.view(view), path, self.convention)
        return None

    def __len__(self) -> int:
        """Return the number of figures."""
        return len(self.figures)

    def __repr__(self) -> str:
        return f"<Timeline: {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the current totals of all sources as HTML for notebooks. All texts are escaped."""
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
        return areas_of(self.figures)

    @cached_property
    def _claims(self) -> pd.DataFrame:
        return claims(self.figures, self._areas, self._copies)

    @cached_property
    def _totals(self) -> pd.DataFrame:
        return totals(self._claims)

    @cached_property
    def _incidents(self) -> pd.DataFrame:
        return incidents(self._claims, self.convention)


def extract(
    article: str | Article, /, published: str | datetime.date | None = None, **values: Unpack[ArticleValues]
) -> Figures:
    """The figures of one article, of every cause: those of the title first, then in the order of the text.

    `article` is an Article or a text. Of a text, `published` and `values` (title, publisher, …) say the rest; relative
    dates ("on Monday") need `published`. The first call loads the rules, and later calls use them again. TrackerError
    where there is no text or a value is of no use; a warning where there are no rules for the language.

    >>> import tracker
    >>> tracker.extract("Dozens died in Homs on Sunday, and police detained two men.", published="2012-03-26")
    figure  value  qualifier  outcome   victims  source  date        place
    Dozens         vague      killed                     2012-03-25  Homs
    two         2  exact      detained  men              2012-03-25  Homs
    """
    reader, publishers = _rules()
    known = publishers.named(_article(article, published, values))
    if known.language[:2].lower() not in reader.languages:
        what = f"there are no rules for the language {known.language[:12]!r}: no figures are found"
        warnings.warn(what, stacklevel=2)
    return Figures(reader.read(known))


def _article(given: str | Article, published: str | datetime.date | None, values: ArticleValues) -> Article:
    if isinstance(given, Article):
        if published is not None or values:
            raise TrackerError("an Article holds its own values: pass others only with a text")
        return given
    told = {**values, "text": given, "published": None if published is None else str(published)}
    for name in set(told).difference(NAMES):
        raise TypeError(f"extract() got an unexpected keyword argument {name!r}")
    item = next(article_items(told, "the article"))  # where the date is no date, the first is a note on it
    if isinstance(item, Reading):
        return item.article
    raise TrackerError(str(item))


_loading = Lock()


def _rules() -> tuple[Reader, Publishers]:
    """The rules of all languages, loaded once, however many threads ask first."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> tuple[Reader, Publishers]:
    return load_reader(), load_publishers()


def timeline(
    store: Store | str | Path | pd.DataFrame | Iterable[Figure],
    /,
    convention: str | None = None,
    sources: str | Path | None = None,
    **filters: Unpack[FilterWords],
) -> Timeline:
    """Return the timeline of a store (or its path or URL), a table of figures, or a list of figures.

    `filters`: as in `tracker timeline`, a word or a list of words each; without `cause` only harm from conflict.
    `sources`: a file with your own names for sources and publishers. Raises TrackerError if the store, the
    convention, a date or that file is wrong.

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
    told = resolved(named, areas_of(named), copies)
    return Timeline(apply(told, _filters(**filters)), convention, copies)


def _read(source: Store | str | Path | pd.DataFrame | Iterable[Figure]) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """Return the figures, and the group of near-identical articles by article id where texts are stored."""
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
