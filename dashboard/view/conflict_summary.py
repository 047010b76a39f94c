"""The summary of a conflict for the overview, from the tables of the timeline. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from dashboard.view.first_sentence import First, Recent, first, recent
from dashboard.view.standing import ranked
from tracker.knowledge import load_conflicts

Said = tuple[First | None, Recent | None]
"""What is said first of a conflict, and its incidents of the last year."""


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """One conflict: what is said of it first, its lines or its recent incidents, and its counts.

    `first` is None if no named source gives a total of the outcome. `recent`: its incidents, None if there are none.
    `reports`, `articles` and `sources` count figures, articles and named sources. `last` is the day of the latest
    report, as text.
    """

    conflict: str
    outcome: str
    first: First | None
    recent: Recent | None
    reports: int
    articles: int
    sources: int
    last: str

    @property
    def place(self) -> tuple[bool, bool, str, int]:
        """Wars that the news only recall stand last. Conflicts with a total stand above those without; among them the
        one with the latest report leads.
        """
        return (not self.is_past, self.first is not None, self.last, self.reports)

    @property
    def is_past(self) -> bool:
        """Whether the news only recall this war: what they tell of it is no event of their time."""
        return self.conflict in recalled()


@cache
def recalled() -> frozenset[str]:
    """The wars of the past that the news only recall."""
    return frozenset(one.id for one in load_conflicts() if one.is_past)


def said(totals: pd.DataFrame, incidents: pd.DataFrame, outcome: str) -> Said:
    """In: the whole running totals and the incidents of one conflict. Out: what is said of an outcome.

    Nothing is added up or averaged, except incidents that can be told apart.
    """
    found = first(ranked(totals[totals["outcome"] == outcome]))
    return found, recent(incidents[incidents["outcome"] == outcome])


def summary(figures: pd.DataFrame, outcome: str, told: Said) -> Summary:
    """In: the figures of one conflict, and what is said of an outcome. Out: the summary of the conflict."""
    found, lately = told
    return Summary(
        conflict=str(figures["conflict"].iloc[0]),
        outcome=outcome,
        first=found,
        recent=lately,
        reports=len(figures),
        articles=int(figures["article_id"].nunique()),
        sources=int(figures["source_name"].nunique()),
        last=str(figures["published"].str.slice(0, 10).max()) if figures["published"].notna().any() else "",
    )
