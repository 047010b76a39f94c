"""The summary of a conflict for the overview, from the tables of the timeline. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.view.first_sentence import First, Recent, first, recent
from dashboard.view.standing import Series, ranked

MOST_LINES = 4
"""The most sources in a small multiple: those that lead."""


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """One conflict: what is said of it first, its lines or its recent incidents, and its counts.

    `first` is None if no named source gives a total of the outcome. `lines`: the series that count the same as the
    leading one, which comes first. `recent`: its incidents, None if there are none. `reports`, `articles` and
    `sources` count figures, articles and named sources. `last` is the day of the latest report, as text.
    """

    conflict: str
    outcome: str
    first: First | None
    lines: tuple[Series, ...]
    recent: Recent | None
    reports: int
    articles: int
    sources: int
    last: str

    @property
    def place(self) -> tuple[bool, str, int]:
        """Conflicts with a total stand above those without; among them the one with the latest report leads."""
        return (self.first is not None, self.last, self.reports)


def summary(figures: pd.DataFrame, totals: pd.DataFrame, incidents: pd.DataFrame, outcome: str) -> Summary:
    """In: the figures, whole running totals and incidents of one conflict. Out: its summary.

    Nothing is added up or averaged, except incidents that can be told apart.
    """
    mine = totals[totals["outcome"] == outcome]
    found = first(ranked(mine))
    return Summary(
        conflict=str(figures["conflict"].iloc[0]),
        outcome=outcome,
        first=found,
        lines=found.alike[:MOST_LINES] if found else (),
        recent=recent(incidents[incidents["outcome"] == outcome]),
        reports=len(figures),
        articles=int(figures["article_id"].nunique()),
        sources=int(figures["source_name"].nunique()),
        last=str(figures["published"].str.slice(0, 10).max()) if figures["published"].notna().any() else "",
    )
