"""The summary of a conflict for the overview, from the tables of the timeline. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.look import wording
from dashboard.look.colours import UNNAMED
from tracker.timelines.disagreement import who_says_what
from tracker.timelines.totals import SERIES, Flag

MOST_LINES = 4
"""The most sources in a small multiple: those with the most totals."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceTotal:
    """A total of one source: its number with the hedge, and the day."""

    source: str
    value: int
    qualifier: str
    low: Any
    high: Any
    date: str


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """One conflict: its latest total of one outcome, the lowest and the highest current one, its lines and its counts.

    `lines` are the totals (day, value) of each source drawn. `reports`, `articles` and `sources` count figures,
    articles and named sources. `last` is the day of the latest report, as text.
    """

    conflict: str
    outcome: str
    latest: SourceTotal | None
    lowest: SourceTotal | None
    highest: SourceTotal | None
    lines: tuple[tuple[str, pd.DataFrame], ...]
    reports: int
    articles: int
    sources: int
    last: str


def summary(conflict: str, figures: pd.DataFrame, totals: pd.DataFrame, outcome: str) -> Summary:
    """In: the figures and the whole running totals of one conflict. Out: its summary, for the area with most totals.

    Nothing is added up or averaged: latest, lowest and highest are numbers that one source gave.
    """
    named = totals[(totals["source_name"] != UNNAMED) & (totals["outcome"] == outcome)]
    named = named[~named["flag"].isin([Flag.OUTLIER, Flag.CONFLICTING])]
    if len(named):
        named = named[named["area"] == named["area"].value_counts().idxmax()]
    groups = [(str(keys[2]), some) for keys, some in named.groupby(list(SERIES), dropna=False)]
    lines = sorted(groups, key=lambda one: (-len(one[1]), one[0]))[:MOST_LINES]
    latest = named.sort_values(["day", "value"]).iloc[-1] if len(named) else None
    lowest, highest = _ends(named, latest)
    return Summary(
        conflict=conflict,
        outcome=outcome,
        latest=None if latest is None else _total(latest),
        lowest=lowest,
        highest=highest,
        lines=tuple((name, some[["day", "value"]]) for name, some in lines),
        reports=len(figures),
        articles=int(figures["article_id"].nunique()),
        sources=int(figures["source_name"].nunique()),
        last=str(figures["published"].str.slice(0, 10).max()) if figures["published"].notna().any() else "",
    )


def _ends(named: pd.DataFrame, latest: pd.Series[Any] | None) -> tuple[SourceTotal | None, SourceTotal | None]:
    """The lowest and the highest total on the day of the latest one, among sources that count the same people."""
    if latest is None:
        return None, None
    says = who_says_what(named, latest["day"].date().isoformat())
    alike = says[says["current"] & (says["counted"] == latest["counted"]) & (says["since"] == latest["since"])]
    if len(alike) < 2:
        return None, None
    known = named.set_index("claim_id")
    low, high = (known.loc[alike["claim_id"].iloc[at]] for at in (0, -1))
    return _total(low), _total(high)


def _total(point: pd.Series[Any]) -> SourceTotal:
    fields = {name: point[name] for name in ("qualifier", "low", "high", "date")}
    group = wording.counted(point["counted"], point["since"])
    return SourceTotal(
        source=f"{point['source_name']}{f' ({group})' if group else ''}", value=int(point["value"]), **fields
    )
