"""Datasets of events: the deaths of each event are added up to running totals per country."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from tracker.reference.series import KEYS, in_words

BOUNDS = ["low", "best", "high"]


def running(events: pd.DataFrame) -> pd.DataFrame:
    """Running totals from the first event: the cumulative sum of the deaths of each day.

    In: one row per event and count, with `date`, KEYS and `low`, `best`, `high` (Int64; empty where not stated). Out:
    one row per day with an event; `value` is the sum of `best`. A bound that no event states stays empty.
    """
    daily = events.groupby([*KEYS, "date"], observed=True)[BOUNDS].sum(min_count=1).reset_index()
    totals = daily.groupby(list(KEYS))[BOUNDS].cumsum()
    return daily.assign(value=totals["best"], **totals)


def counted_once(events: pd.DataFrame, identifier: str) -> tuple[pd.DataFrame, int]:
    """Each event once, and the number of repeated rows (from overlapping files, or one row per side of a fight).

    Of rows with the same identifier the one with the most deaths stays, so that the order of rows does not matter.
    Rows without an identifier are all kept.
    """
    if identifier not in events.columns:
        return events, 0
    ranked = events.sort_values([*BOUNDS, "date", "country"], ascending=False, kind="stable", na_position="last")
    repeats = ranked.duplicated(identifier) & (ranked[identifier].str.strip() != "")
    return ranked[~repeats], int(repeats.sum())


def counted_from(events: pd.DataFrame) -> str:
    """One line that says since when events are counted."""
    return f"events are added up from {in_words(events['date'].min())}, the first in the file"


def notes(names: pd.Series[str], codes: pd.Series[str], repeats: int) -> tuple[str, ...]:
    """Notes for a reader about the rows: unknown countries and repeated events."""
    unknown = Counter(names[codes == ""].str.strip())
    listed = ", ".join(f"{name or 'no name'!r} ({rows:,})" for name, rows in sorted(unknown.items())[:10])
    told = [f"countries that are not known, with their rows: {listed}"] if unknown else []
    return (*told, f"rows that repeat an event and are not counted again: {repeats:,}") if repeats else tuple(told)
