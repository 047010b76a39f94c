"""Incidents: one row per event from the claims of all sources, with low, best, high and the history of the numbers."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from tracker.knowledge import Convention
from tracker.model import Precision, Qualifier, Scope, VictimGroup
from tracker.timelines.areas import is_whole
from tracker.timelines.claims import UNNAMED, in_order_of_clock
from tracker.timelines.events import linked, scales
from tracker.timelines.grouping import Codes, count, distinct, firsts, group_codes, objects, once, sort_ranks, tuples

INCIDENT_COLUMNS = (
    *("incident_id", "conflict", "outcome", "victim_group", "people", "date", "date_precision", "day", "place"),
    *("area", "country", "located", "low", "best", "high", "low_open", "high_open", "agreed", "sources", "articles"),
    *("first_reported", "last_reported", "history", "claim_ids", "figure_ids"),
)

CIVILIANS_TOO = frozenset(
    {
        VictimGroup.CHILDREN,
        VictimGroup.WOMEN,
        VictimGroup.MEDICAL,
        VictimGroup.PRESS,
        VictimGroup.AID_WORKERS,
        VictimGroup.DETAINEES,
    }
)
"""Groups that a count of civilians is taken to hold as well."""

WHERE = ("conflict", "outcome", "country", "area", "day")
"""In what the claims of one event agree."""

PRINTED = "print"
"""The precision of a day that is only that of the first report: it happened then, or the day before."""

WIDTH = {VictimGroup.UNSPECIFIED: 0, VictimGroup.CIVILIANS: 1}
"""How wide groups are, for those that are named for the same people; all others are narrower."""

OPEN_ABOVE = (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.VAGUE)
OPEN_BELOW = (Qualifier.UP_TO,)


def incidents(claims: pd.DataFrame, convention: Convention) -> pd.DataFrame:
    """One row per event, outcome and victims (group and nation), with INCIDENT_COLUMNS, ordered by day.

    In: a table of claims. An event is one place on one day. Where the place or the day is not known exactly, `located`
    is false: such events cannot be told apart, so only the claims of one named source about that day form a row.
    Parts of a total are left out, so that numbers can be added up without counting anyone twice. Where an event has a
    count of everyone, the groups named beside it are taken to be included in it. Where it has a count of civilians,
    so are children, women, medics, press, aid workers and detainees.

    Only the latest number of each source counts. Reports without a named source are not one source: among them a
    later number replaces an earlier one only if it is at least as high. `history` lists all numbers, source by source.
    `low` and `high` are the lowest and highest number that count; `low_open` and `high_open` say that some source left
    that end open ("at least 30"). `best` follows the rule of the convention (see data/conventions.toml). `agreed` says
    whether all sources gave the same number. `incident_id` is the id of the first claim.
    """
    rows = _counted_once(_told_of_events(claims))
    codes = group_codes(*(rows[name] for name in ("event", "victim_group", "people")))
    rows = rows.iloc[np.lexsort([np.arange(len(rows)), codes])].reset_index(drop=True)
    codes = np.sort(codes)
    current = _latest_of_each_source(rows, codes)
    return _summed_up(rows, codes, current, convention)


def _told_of_events(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims about events that have a number, ordered by first report, each with its event."""
    rows = claims[(claims["scope"] == Scope.INCIDENT) & claims["part_of"].isna()]
    number = rows["value"].fillna(rows["best"]).fillna(rows["low"]).fillna(rows["high"])
    rows = rows.assign(number=number, now=~rows["former"])[number.notna()]
    located = ~is_whole(rows["area"]) & (rows["date_precision"] == Precision.DAY)
    alone = ~located & ((rows["source_name"] == UNNAMED) | (rows["date_precision"] != Precision.DAY))
    teller = rows["source_name"].mask(located, "").mask(alone, rows["claim_id"])
    where = [rows[name] for name in WHERE]
    rows = rows.assign(located=located, teller=teller)
    rows["clock"] = in_order_of_clock(rows, [*where, teller, rows["source_name"]])
    order = ["first_reported", "now", "clock", "number", "claim_id"]
    rows = rows.sort_values(order, kind="stable", na_position="last")
    rows["site"] = _only_site(rows)
    spots = group_codes(*(rows[name] for name in (*WHERE, "site", "teller")))
    told = linked(rows, group_codes(scales(rows, spots)))
    return _one_group(rows.assign(event=told))


def _only_site(rows: pd.DataFrame) -> pd.Series[str]:
    """What was hit; where a report of a place and day names nothing, what all others of it name."""
    named = rows["site"].where((rows["site"] != "") & rows["located"])
    per = group_codes(*(rows[name] for name in WHERE))
    only = named.groupby(per).transform("nunique") == 1
    return rows["site"].where((rows["site"] != "") | ~only | ~rows["located"], named.groupby(per).transform("first"))


def _one_group(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims, where those of one event with the same number count the same people: those of the first report."""
    same = group_codes(rows["event"], rows["number"])
    wide = rows["victim_group"].map(WIDTH).fillna(2)
    order = np.lexsort([np.arange(len(rows)), (rows["people"] != "").to_numpy(), wide.to_numpy()])
    best = order[firsts(same[order])]
    return rows.assign(**{name: rows[name].to_numpy()[best[same]] for name in ("victim_group", "people")})


def _counted_once(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims without those that a wider count includes: of everyone, or of civilians, of any or the same nation."""
    group, event = rows["victim_group"], rows["event"]
    of_all = rows["people"] == ""
    nation = pd.Series(group_codes(event, rows["people"]), index=rows.index)
    everyone, civilians = group == VictimGroup.UNSPECIFIED, group == VictimGroup.CIVILIANS
    held = _any(everyone & of_all, event) & ~(everyone & of_all)
    held |= _any(everyone, nation) & ~everyone
    held |= (_any(civilians & of_all, event) | _any(civilians, nation)) & group.isin(CIVILIANS_TOO)
    held |= _any(civilians & of_all, event) & civilians & ~of_all
    return rows[~held].reset_index(drop=True)


def _any(true: pd.Series[bool], groups: pd.Series[int]) -> pd.Series[bool]:
    """For each row whether any row of its group is true."""
    return groups.isin(groups[true].unique())


def _latest_of_each_source(rows: pd.DataFrame, codes: Codes) -> np.ndarray:
    """True for the latest number of each source about an event. The rows are ordered by report.

    Among claims without a source: true for each number that no later number reaches.
    """
    teller = group_codes(codes, rows["source_name"])
    last = np.zeros(count(teller), dtype=np.int64)
    np.maximum.at(last, teller, np.arange(len(rows)))
    current = np.zeros(len(rows), dtype=bool)
    current[last] = True
    unnamed = np.flatnonzero((rows["source_name"] == UNNAMED).to_numpy())[::-1]
    number = rows["number"].iloc[unnamed]
    highest_later = number.groupby(teller[unnamed]).cummax().groupby(teller[unnamed]).shift()
    current[unnamed] = (highest_later.isna() | (number > highest_later)).to_numpy(dtype=bool, na_value=True)
    return current


def _summed_up(rows: pd.DataFrame, codes: Codes, current: np.ndarray, convention: Convention) -> pd.DataFrame:
    now, at = rows[current], codes[current]
    low, high = now["low"].fillna(now["number"]), now["high"].fillna(now["number"])
    most, least = now["number"].groupby(at).max(), now["number"].groupby(at).min()
    first = _shown(rows, codes)
    found = first.assign(
        incident_id=rows["claim_id"].to_numpy()[firsts(codes)],
        low=low.groupby(at).min(),
        high=high.groupby(at).max(),
        best=_best(now.reset_index(drop=True), at, convention.across),
        low_open=now["qualifier"].isin(OPEN_BELOW).groupby(at).any(),
        high_open=now["qualifier"].isin(OPEN_ABOVE).groupby(at).any(),
        agreed=most == least,
        sources=distinct(at, group_codes(now["source_name"])),
        articles=_together(rows["article_ids"], codes).map(len).astype("int64"),
        first_reported=rows["first_reported"].groupby(codes).min(),
        last_reported=rows["last_reported"].groupby(codes).max(),
        history=_history(rows, codes),
        claim_ids=tuples(rows["claim_id"], codes),
        figure_ids=_together(rows["figure_ids"], codes),
    )
    order = np.lexsort([np.arange(len(found)), sort_ranks(found["incident_id"]), sort_ranks(found["day"])])
    return found.iloc[order].loc[:, list(INCIDENT_COLUMNS)].reset_index(drop=True)


def _shown(rows: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    """For each event the claim whose place and day are shown: the most exact ones, of these what most reports say.

    Where no report states the day, it is that of the first report, with a precision of its own (PRINTED).
    """
    said = rows["reports"].groupby([codes, group_codes(rows["area"], rows["day"])]).transform("sum")
    vague = (~rows["located"]).to_numpy(dtype=bool), rows["day"].isna().to_numpy(dtype=bool)
    order = np.lexsort([np.arange(len(rows)), -said.to_numpy(np.int64), vague[1], vague[0], codes])
    shown = rows.iloc[order[firsts(codes[order])]].reset_index(drop=True)
    undated = shown["day"].isna()
    printed = rows["first_reported"].groupby(codes).min().reset_index(drop=True)
    return shown.assign(
        day=shown["day"].fillna(printed),
        date=shown["date"].mask(undated, printed.dt.strftime("%Y-%m-%d").astype("str")),
        date_precision=shown["date_precision"].mask(undated & printed.notna(), PRINTED),
    )


def _best(now: pd.DataFrame, codes: Codes, across: str) -> pd.Series[int]:
    """The best number of each event by a convention's rule (see data/conventions.toml)."""
    best = now["best"]
    if across == "lowest":
        return best.groupby(codes).min()
    if across == "agreed":
        lowest = best.groupby(codes).min()
        return lowest.where((lowest == best.groupby(codes).max()) & (best.notna().groupby(codes).all()))
    support = now["reports"].groupby([codes, best], dropna=False).transform("sum")  # over all sources and qualifiers
    told = sort_ranks(now["first_reported"])
    ranked = now.assign(code=codes, unknown=best.isna(), support=support, told=told).sort_values(
        ["code", "unknown", "support", "told", "best"], ascending=[True, True, False, False, True], kind="stable"
    )
    return ranked.drop_duplicates("code").set_index("code")["best"]


def _history(rows: pd.DataFrame, codes: Codes) -> pd.Series[str]:
    """The numbers of each event, source by source in the order of reports: "police 12 → 15; doctors 20"."""
    teller = group_codes(codes, rows["source_name"])
    numbers = [" → ".join(dict.fromkeys(said)) for said in tuples(rows["number"].astype("str"), teller)]
    begun = firsts(teller)
    names = rows["source_name"].iloc[begun]
    told = objects(f"{name} {said}" for name, said in zip(names, numbers, strict=True))
    return tuples(told, codes[begun]).map("; ".join).astype("str")


def _together(lists: pd.Series[Any], codes: Codes) -> pd.Series[Any]:
    """The ids of all claims of each event as one tuple, each id once."""
    sizes = lists.map(len).to_numpy(dtype=np.int64)
    ids, of = pd.Series(list(chain.from_iterable(lists)), dtype="str"), np.repeat(codes, sizes)
    each = once(of, pd.factorize(ids)[0].astype(np.int64))
    return tuples(ids.iloc[each], of[each])
