"""The tables of the data API, made from the claims of one conflict after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pandas as pd

from dashboard.view.tables import Tables
from tracker.knowledge import Convention, load_convention
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import flat
from tracker.timelines.disagreement import disagreement, who_says_what
from tracker.timelines.filters import Filters, apply
from tracker.timelines.incidents import incidents
from tracker.timelines.series import rates
from tracker.timelines.totals import totals

OF_CLAIMS: dict[str, Callable[[pd.DataFrame, Convention], pd.DataFrame]] = {
    "claims": lambda claimed, _: claimed,
    "timeline": lambda claimed, _: totals(claimed),
    "monthly": lambda claimed, _: rates(totals(claimed)),
    "incidents": incidents,
    "disagreement": lambda claimed, _: disagreement(totals(claimed)),
}
"""By view: what is made of the claims of a conflict."""

BY_DAY = ("claims", "incidents")
"""The tables that are in the order of their days, whatever the conflict; the others go from conflict to conflict."""

BOUNDED = ("claims", "timeline", "monthly", "incidents")
"""The tables whose low, best and high follow a convention: it stands in their last column, as CSV has no other
place for it. The table of figures has the columns that other programs read (docs/data.md), and no more.
"""

EARLIEST = "2000"


def tables_of(
    tables: Tables, view: str, filters: Filters, convention: str = "", on: str | None = None
) -> Iterator[pd.DataFrame]:
    """The table that the API calls `view`, in parts: each is sent before the next one is made.

    `on`: the day for "says"; None for that of the last total.
    """
    if view == "says":
        points = pd.concat(_by_conflict(tables, "timeline", filters, convention), ignore_index=True)
        yield flat(who_says_what(points, on or _last_day(points)))
        return
    parts = (flat(one) for one in _by_conflict(tables, view, filters, convention))
    if view in BOUNDED:
        parts = (one.assign(convention=load_convention(convention or None).id) for one in parts)
    if view not in BY_DAY:
        yield from parts
        return
    whole = pd.concat(parts, ignore_index=True)
    yield whole.sort_values("day", kind="stable", na_position="last", ignore_index=True)


def _last_day(points: pd.DataFrame) -> str:
    last = points["day"].max()
    return EARLIEST if pd.isna(last) else str(last.date())


def _by_conflict(tables: Tables, view: str, filters: Filters, convention: str) -> Iterator[pd.DataFrame]:
    """The table of each conflict in turn; one without rows if there is no conflict."""
    rules = load_convention(convention or None)
    wanted = {one.casefold() for one in filters.conflict}
    chosen = [one for one in tables.conflicts if not wanted or (one or "").casefold() in wanted]
    for conflict in chosen:
        yield OF_CLAIMS[view](_claims(tables, conflict, filters, rules), rules)
    if not chosen:
        nothing = bounded(tables.figures.iloc[:0], rules)
        yield OF_CLAIMS[view](claims(nothing, tables.areas, tables.copies), rules)


def _claims(tables: Tables, conflict: str | None, filters: Filters, rules: Convention) -> pd.DataFrame:
    """The claims that the figures of a conflict make that meet the filters."""
    within = replace(filters, conflict=())
    if within == Filters() and rules == load_convention():
        return tables.plain("claims", conflict)
    rows = apply(tables.of_conflict(conflict), within)
    return claims(bounded(rows, rules), tables.areas, tables.copies)
