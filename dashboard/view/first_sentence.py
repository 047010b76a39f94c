"""What a page says first of a conflict: the number that leads, the next ones, and how far comparable ones lie apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.look import who, wording
from dashboard.view.query import in_words
from dashboard.view.standing import SOON, Series, comparable, next_to, sound

RECENT = 365
"""Days before the last incident that count as recent."""

MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A total of a series, as it stood on some day: its row of the table of running totals."""

    series: Series
    point: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The number with its hedge."""
        return wording.hedged(self.point["qualifier"], self.point["value"], self.point["low"], self.point["high"])


@dataclass(frozen=True, slots=True, eq=False)
class First:
    """What is said first. `lowest` and `highest`: the ends of the current comparable totals, None if there is one.
    `alike`: the leading series and those of the same people that may be compared with it.
    """

    leading: Series
    following: tuple[Series, ...]
    alike: tuple[Series, ...]
    lowest: Said | None
    highest: Said | None
    compared: int


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """The incidents of the last year of reports. `months`: how many people were harmed in each of its twelve months,
    the events that can be told apart added up; all zero if none can be.
    """

    incidents: int
    largest: Mapping[str, Any]
    months: pd.Series[float]


def first(series: Sequence[Series]) -> First | None:
    """In: the series of the running totals of one conflict and outcome, those that lead first (standing.ranked). Out:
    what to say first; None if no body keeps a count.
    """
    leading = next((one for one in series if one.leads), None)
    if leading is None:
        return None
    alike = comparable([one for one in series if one.panel == leading.panel])
    ends = current([_sound(one, leading) for one in alike], leading.last["day"])
    several = len(ends) > 1
    return First(
        leading=leading,
        following=tuple(next_to(leading, series)),
        alike=tuple(alike),
        lowest=ends[0] if several else None,
        highest=ends[-1] if several else None,
        compared=len(ends),
    )


def _sound(one: Series, leading: Series) -> Series:
    """The series without totals that are misread."""
    return replace(one, at=one.at[sound(one, leading)])


def current(series: Sequence[Series], day: pd.Timestamp) -> list[Said]:
    """What each series says on a day, the lowest first, without totals that are older than SOON."""
    found = []
    for one in series:
        until = int(np.searchsorted(one.days, day.to_datetime64(), side="right"))
        if until and (day - pd.Timestamp(one.days[until - 1])).days <= SOON:
            found.append(Said(one, one.point(until - 1)))
    return sorted(found, key=lambda said: float(said.point["value"]))


def sentence(series: Series) -> str:
    """The last total of a series as a sentence: "73,066 people killed in Gaza, says the Gaza health ministry (30 June
    2026)".
    """
    last = Said(series, series.last)
    words = f"{last.number} {who.count_in_words(series.of, label=False)}"
    verb = "said" if series.old else wording.says(series.source)
    body = wording.body(series.source)
    return wording.sentence(f"{words}, {verb} {body} ({in_words(series.last['date'])})")


def apart(found: First) -> str:
    """How far the comparable current totals lie apart, in words; "" if there is only one."""
    if found.lowest is None or found.highest is None:
        return ""
    whom = who.count_in_words(found.leading.of)
    if found.lowest.point["value"] == found.highest.point["value"]:
        return f"All {found.compared} current counts of {whom} agree."
    ends = (f"{one.number} ({wording.body(one.series.source)})" for one in (found.lowest, found.highest))
    return f"Current counts of {whom} go from {' to '.join(ends)}."


def recent(incidents: pd.DataFrame) -> Recent | None:
    """The incidents of the last year of reports; None if no incident has a day and a number."""
    number = incidents["best"].fillna(incidents["low"]).fillna(incidents["high"])
    told = incidents.assign(value=number)[incidents["day"].notna() & number.notna()]
    if told.empty:
        return None
    told = told[told["day"] > told["day"].max() - pd.Timedelta(days=RECENT)]
    largest = told.sort_values(["value", "day", "incident_id"], ascending=[False, False, True]).iloc[0]
    once = told[told["located"]]
    months = once["value"].astype(float).groupby(once["day"].dt.to_period("M")).sum()
    last = told["day"].max().to_period("M")
    months = months.reindex(pd.period_range(last - MONTHS + 1, last, freq="M"), fill_value=0.0)
    return Recent(len(told), {str(name): value for name, value in largest.items()}, months)


def of_incident(found: Recent) -> str:
    """The largest recent incident in words: "45 killed in Homs (20 May 2012)"."""
    one = found.largest
    where = f" in {one['place']}" if isinstance(one["place"], str) else ""
    number = wording.bounds(one["low"], one["best"], one["high"])
    return f"{number} {who.harmed(str(one['outcome']))}{where} ({in_words(one['date'])})"
