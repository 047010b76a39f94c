"""Filters: which rows of the table a reader wants to see."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from tracker.model import Cause, Status, TrackerError, first_day
from tracker.timelines.columns import dates, last_dates

ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)

MATCHED_COLUMNS: dict[str, tuple[str, ...]] = {
    "conflict": ("conflict",),
    "outcome": ("outcome",),
    "source": ("source_name", "source_type"),
    "scope": ("scope",),
    "country": ("country",),
    "cause": ("cause",),
    "publisher": ("publisher",),
}
"""For every filter of words: the columns in which one of its words must stand, upper and lower case alike."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep: rows that meet every filter. An empty tuple or None sets no limit.

    `source` is the normalised name or the type of the source. `since` and `until` are ISO dates, months ("2012-03")
    or years; both are included. A row whose own date is a month or a year is kept when any day of it is in the range.
    A row without a date is kept only where neither is set.
    """

    conflict: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    cause: tuple[str, ...] = (Cause.CONFLICT,)
    publisher: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for limit in (self.since, self.until):
            if limit:
                check_date(limit)


def check_date(text: str) -> str:
    """The text itself if it is an ISO date, month or year; otherwise a TrackerError that says so."""
    try:
        if ISO_DATE.fullmatch(text):
            first_day(text)
            return text
    except ValueError:
        pass
    raise TrackerError(f"{text!r} is not a date: write 2012, 2012-03 or 2012-03-26")


def apply(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The rows that meet the filters, in the same order, without those that a person has rejected."""
    return table[mask(table, filters)]


def mask(table: pd.DataFrame, filters: Filters) -> pd.Series[bool]:
    """True for every row that meets the filters."""
    keep = table["status"] != Status.REJECTED
    for name, columns in MATCHED_COLUMNS.items():
        wanted = {word.casefold() for word in getattr(filters, name)}
        if wanted:
            keep &= _any_in(table, columns, wanted)
    if filters.since:
        keep &= last_dates(table) >= dates(_one_date(filters.since)).iloc[0]
    if filters.until:
        keep &= dates(table) <= last_dates(_one_date(filters.until)).iloc[0]
    return keep


def _one_date(text: str) -> pd.DataFrame:
    return pd.DataFrame({"date": [text]}, dtype="str")


def _any_in(table: pd.DataFrame, columns: tuple[str, ...], wanted: set[str]) -> pd.Series[bool]:
    found = pd.Series(False, index=table.index)
    for column in columns:
        words = table[column]
        # many rows share few distinct words, so each word is compared once
        matching = [word for word in words.dropna().unique() if word.casefold() in wanted]
        found |= words.isin(matching)
    return found
