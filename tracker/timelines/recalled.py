"""Events told by many: where and when an event was that a report tells of without saying so.

"They killed more than 1,200 people", writes a paper beside the news from Gaza. On these days thirty others state that
1,200 were killed in Israel on 7 October. Nothing in the sentence tells its place and day, but the others do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.model import Precision, Scope, Status
from tracker.timelines.agreement import LEAST, digits_of, runs_of
from tracker.timelines.areas import Areas, areas, is_whole
from tracker.timelines.columns import dates
from tracker.timelines.counting import peoples
from tracker.timelines.grouping import Codes, Mask, count, firsts, group_codes, printings
from tracker.timelines.readings import stands
from tracker.timelines.votes import Votes, winners

MANY, VERY_MANY = 5, 15
"""So many reports must state place and day of an event before they hold for others; more where the number has only one
digit before its noughts, because 100 and 200 are of many events.
"""

COMPARED = (
    *("outcome", "cause", "value", "article_id", "published", "scope", "conflict", "country", "place"),
    *("date", "date_precision", "victims", "status"),
)
"""The columns that are compared, beside the quotes of the few that matter; the others are not carried along."""


def recalled(table: pd.DataFrame, known: Areas, copies: Mapping[str, str]) -> pd.DataFrame:
    """The same figures, where events that many others tell by the same number have their conflict, country and day.

    In: a typed table of figures. A reading of outcome and number, in days that touch, counts where it states country
    and day of an event, or a running total. Where an event has MANY reports (VERY_MANY), and twice as many as any other
    reading, it is also meant by a report that tells of an event with this number and states neither a spot nor people
    of another nation: it gets the conflict and the country, and the day if it has none or was in another country. If
    its country stands in its own sentence, it only changes where no running total there has the number.
    """
    at = np.flatnonzero(_may_tell(table))
    rows = table[list(COMPARED)].iloc[at].reset_index(drop=True)
    groups = runs_of(_said(rows), dates(rows, "published").to_numpy("datetime64[D]").astype(np.int64)) - 1
    _, reports = printings(rows["article_id"], copies)
    told = _told_events(rows, groups, reports)
    if pd.isna(told).all():
        return table
    of_event = np.flatnonzero(pd.notna(told)[groups])
    at, groups, reports = at[of_event], groups[of_event], reports[of_event]
    own = (
        rows.iloc[of_event]
        .reset_index(drop=True)
        .assign(event=pd.Series(told[groups], dtype="str"), quote=table["quote"].array.take(at))
    )
    taken = _may_be_of(own, groups, known)
    if not taken.any():
        return table
    found = np.flatnonzero(taken)
    return _with_event(table, at[found], own.iloc[found], _days(own, groups, reports)[groups[found]])


def _may_tell(table: pd.DataFrame) -> Mask:
    """Numbers large enough to be known again, told of an event or as a running total, and not of a part."""
    kept = (table["value"].fillna(0) >= LEAST).to_numpy(dtype=bool) & table["part_of"].isna().to_numpy()
    kept &= table["scope"].isin([Scope.INCIDENT, Scope.CUMULATIVE]).to_numpy(dtype=bool)
    may: Mask = kept & table["published"].notna().to_numpy() & (table["status"] != Status.REJECTED).to_numpy(dtype=bool)
    return may


def _said(rows: pd.DataFrame) -> Codes:
    return group_codes(rows["outcome"], rows["cause"], rows["value"])


def _told_events(rows: pd.DataFrame, groups: Codes, reports: Codes) -> npt.NDArray[np.object_]:
    """For each group conflict and country of the event that many of its reports state, as "gaza ISR"; None for none."""
    where = rows["conflict"] + " " + rows["country"]
    event = (rows["scope"] == Scope.INCIDENT).to_numpy(dtype=bool)
    stated = where.notna().to_numpy(dtype=bool) & (~event | (rows["date_precision"] == Precision.DAY).to_numpy(bool))
    read = where + rows["scope"].mask(event, "").to_numpy(dtype=object)
    nobody = np.zeros(len(rows), dtype=bool)
    many = winners(Votes(groups, reports, nobody, MANY), read, stated)
    most = winners(Votes(groups, reports, nobody, VERY_MANY), read, stated)
    digits = digits_of(rows["value"].to_numpy(np.int64))[firsts(groups)] if len(rows) else np.zeros(0, dtype=np.int64)
    found = many.copy()
    found[digits == 1] = most[digits == 1]
    # where most state a running total, the number tells of no event
    found[[str(one).endswith(str(Scope.CUMULATIVE)) for one in found]] = None
    return found


def _may_be_of(own: pd.DataFrame, groups: Codes, known: Areas) -> Mask:
    """Whether each row may tell of the event in its column `event`, and does not say all of it itself."""
    event = own["event"].fillna(" ").str.partition(" ")
    conflict, country = event[0], event[2]
    elsewhere = own["country"].notna() & (own["country"] != country)
    lacks = elsewhere | own["country"].isna() | own["conflict"].isna() | own["date"].isna()
    lacks &= (own["scope"] == Scope.INCIDENT) & (own["conflict"].isna() | (own["conflict"] == conflict))
    open_ = lacks & ~own["status"].isin([Status.CORRECTED, Status.ACCEPTED])
    may: Mask = open_.to_numpy(dtype=bool, copy=True)
    at = np.flatnonzero(may)
    if len(at):
        here = group_codes(pd.Series(groups), own["country"])
        totals = (own["country"].notna() & (own["scope"] == Scope.CUMULATIVE)).to_numpy(dtype=float)
        of_totals = np.bincount(here, weights=totals, minlength=count(here))[here] > 0
        says_so = elsewhere.to_numpy(dtype=bool) & of_totals
        may[at] = _say_little(own.iloc[at].reset_index(drop=True), country.iloc[at].array, says_so[at], known)
    return may


def _say_little(some: pd.DataFrame, country: Any, says_so: Mask, known: Areas) -> Mask:
    """Whether rows name neither a spot, nor people of another nation than the country of their event; nor, where
    `says_so`, any place in their own sentence.
    """
    nation = peoples(some.assign(country=""), known)
    open_ = is_whole(areas(some, known)) & ((nation == "") | (nation == country))
    named = some["place"].notna() & (areas(some.assign(country=""), known) != "")  # "border villages" name no country
    own = says_so & named.to_numpy(dtype=bool) & stands(some, "place")
    little: Mask = open_.to_numpy(dtype=bool) & ~own
    return little


def _days(own: pd.DataFrame, groups: Codes, reports: Codes) -> npt.NDArray[np.object_]:
    """For each group the day that most reports of its event state."""
    there = (own["conflict"] + " " + own["country"] == own["event"]) & (own["scope"] == Scope.INCIDENT)
    stated = (there & (own["date_precision"] == Precision.DAY)).to_numpy(dtype=bool, na_value=False)
    return winners(Votes(groups, reports, np.zeros(len(own), dtype=bool)), own["date"], stated, most=True)


def _with_event(table: pd.DataFrame, at: Codes, own: pd.DataFrame, day: npt.NDArray[np.object_]) -> pd.DataFrame:
    """The figures, those at these places with conflict, country and day of their event."""
    conflict, country = (own["event"].str.partition(" ")[side].to_numpy(dtype=object) for side in (0, 2))
    moved = (own["country"].fillna("") != country).to_numpy(dtype=bool)
    dated = (moved | own["date"].isna().to_numpy()) & pd.notna(day)
    changed = {name: table[name].copy() for name in ("conflict", "country", "place", "date", "date_precision")}
    changed["conflict"].iloc[at] = conflict
    changed["country"].iloc[at] = country
    changed["place"].iloc[at[moved]] = None
    changed["date"].iloc[at[dated]] = day[dated]
    changed["date_precision"].iloc[at[dated]] = str(Precision.DAY)
    return table.assign(**changed)
