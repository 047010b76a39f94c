"""Incidents: one row per event from the claims of all sources, with low, best, high and the history of the numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.knowledge import Convention
from tracker.model import Outcome, Precision, Qualifier, Scope, VictimGroup
from tracker.timelines.areas import is_whole, load_areas
from tracker.timelines.claims import in_order_of_clock
from tracker.timelines.coded import coded, spelled_out
from tracker.timelines.counting import are_of_parties, are_over
from tracker.timelines.events import (
    FAR_DAY,
    HUGE,
    LARGE,
    LATER,
    RISING,
    SCALE,
    days_as_numbers,
    linked,
    scales,
)
from tracker.timelines.grouping import (
    Codes,
    Mask,
    Numbers,
    count,
    distinct,
    firsts,
    group_codes,
    in_order,
    joined,
    once,
    sort_ranks,
    tuples,
)
from tracker.timelines.prepared import UNNAMED

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

NEEDED = (
    *("claim_id", "conflict", "outcome", "victim_group", "people", "value", "qualifier", "low", "best", "high"),
    *("source_name", "date", "date_precision", "day", "scope", "area", "place", "site", "country", "part_of", "former"),
    *("reports", "first_reported", "last_reported", "clock", "article_ids", "figure_ids"),
)
"""The columns of claims that events are made from; the others are not carried along."""
REPEATED = ("conflict", "outcome", "qualifier", "place", "country")
"""Those of them in which few texts occur again and again."""

SHOWN = ("conflict", "outcome", "victim_group", "people", "place", "area", "country")
"""The columns of an event that are those of one of its claims."""

PRINTED = "print"
"""The precision of a day that is only that of the first report: it happened then, or the day before."""

FEW = 10
"""A place named by one of so many reports of an event is not shown as its place."""

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
    number = claims["value"].fillna(claims["best"]).fillna(claims["low"]).fillna(claims["high"])
    told = (claims["scope"] == Scope.INCIDENT) & claims["part_of"].isna() & number.notna()
    named = coded(claims.loc[told, list(NEEDED)], REPEATED)
    rows = coded(named, ["claim_id"], in_order=True).assign(number=number[told], now=~claims["former"][told])
    located = ~is_whole(rows["area"]) & (rows["date_precision"] == Precision.DAY)
    alone = ~located & ((rows["source_name"] == UNNAMED) | (rows["date_precision"] != Precision.DAY))
    teller = rows["source_name"].mask(located, "").mask(alone, named["claim_id"])
    where = [rows[name] for name in WHERE]
    rows = rows.assign(located=located, teller=teller)
    rows["clock"] = in_order_of_clock(rows, [*where, teller, rows["source_name"]])
    ranks = [sort_ranks(rows[name]) for name in ("claim_id", "number", "clock", "now", "first_reported")]
    rows = rows.iloc[in_order(*ranks)]
    rows["site"] = _only_site(rows)
    spots = group_codes(*(rows[name] for name in (*WHERE, "site", "teller")))
    # in a whole country one source may tell of several events of a day
    times = np.where(rows["located"], SCALE, RISING)
    linked_up = rows.assign(event=linked(rows, group_codes(scales(rows, spots, times))))
    return _one_group(_within_widest(_without_sums(linked_up)))


def _without_sums(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims without those events of which nothing is told but vague words for HUGE numbers in a whole country at
    war: "thousands have been killed" is no event but the sum of many. People may flee by the thousand.
    """
    vague = rows["value"].isna() & (rows["number"] >= HUGE) & is_whole(rows["area"]) & (rows["site"] == "")
    vague &= (rows["conflict"] != "") & (rows["outcome"] != Outcome.DISPLACED)
    return rows[_any(~vague, rows["event"])].reset_index(drop=True)


def _within_widest(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims, where those of a group or of foreigners are of the event that cost a whole country LARGE lives that
    day: 22 Americans killed in Israel are of the 1,400 people killed there on 7 October. Foreigners told of without a
    day within the LATER days after an event that cost HUGE lives are of it as well: what is told is who they were.
    """
    named_spot = ~is_whole(rows["area"]) | (rows["site"] != "")
    stated = ~named_spot & (rows["date_precision"] == Precision.DAY)
    everyone = (rows["victim_group"] == VictimGroup.UNSPECIFIED) & (rows["people"] == "")
    size = rows["number"].where(stated & everyone & rows["value"].notna(), -1.0).to_numpy(np.float64)
    foreign = (rows["people"] != "") & ~are_of_parties(rows)
    apart = (rows["people"] != "") & ~foreign  # the dead of the other side are of another count
    inside = (stated & ~everyone & ~apart).to_numpy(dtype=bool)
    widest = _widest_of(rows, size)
    undated = foreign & ~named_spot & ~stated
    lately = _last_before(rows, widest, size, undated.to_numpy(dtype=bool))
    inside, widest = inside | (lately >= 0), np.where(lately >= 0, lately, widest)
    inside &= (size[widest] >= LARGE) & (rows["number"].to_numpy(np.float64) < size[widest])
    event = rows["event"].to_numpy(np.int64)
    within = np.arange(count(event))
    within[event[inside]] = event[widest[inside]]
    return rows.assign(event=np.where(everyone, event, within[event]))


def _widest_of(rows: pd.DataFrame, size: Numbers) -> Codes:
    """For each claim the one with the largest number of its day and ground."""
    ground = group_codes(*(rows[name] for name in WHERE))
    order = np.lexsort([sort_ranks(rows["claim_id"]), -size, ground])
    return order[firsts(ground[order])][ground]


def _last_before(rows: pd.DataFrame, widest: Codes, size: Numbers, asks: Mask) -> Codes:
    """For each claim that is asked for the last event of its country that cost HUGE lives, LATER days before or on the
    day that it was printed on, or the first one of the month that it gives; -1 where there is none.
    """
    found = np.full(len(rows), -1, dtype=np.int64)
    known = np.unique(widest[size[widest] >= HUGE])
    asked = np.flatnonzero(asks & rows["first_reported"].notna().to_numpy())
    if not len(known) or not len(asked):
        return found
    ground = group_codes(rows["conflict"], rows["outcome"], rows["country"])
    day = days_as_numbers(rows["day"].fillna(rows["first_reported"]))
    keys = ground * FAR_DAY + day
    known = known[np.lexsort([size[known], keys[known]])]
    last = known[np.maximum(np.searchsorted(keys[known], keys[asked], side="right") - 1, 0)]
    near = (ground[last] == ground[asked]) & (day[asked] - day[last] <= LATER) & (day[asked] >= day[last])
    found[asked[near]] = last[near]
    return found


def _only_site(rows: pd.DataFrame) -> pd.Series[str]:
    """What was hit; where a report of a place and day names nothing, what all others of it name whose numbers may be
    tolls of the same event.
    """
    named = rows["site"].where((rows["site"] != "") & rows["located"])
    per = scales(rows, group_codes(*(rows[name] for name in WHERE)), RISING)
    only = named.groupby(per).transform("nunique") == 1
    return rows["site"].where((rows["site"] != "") | ~only | ~rows["located"], named.groupby(per).transform("first"))


def _one_group(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims, where those of one event with the same number count the same people: those of the first report.

    Where one article gives the number for two groups, they are two: "a pilot and another soldier were killed".
    """
    same = group_codes(rows["event"], rows["number"])
    same = group_codes(same, np.where(_of_two_groups(rows, same), group_codes(rows["victim_group"]) + 1, 0))
    wide = rows["victim_group"].map(WIDTH).fillna(2)
    order = np.lexsort([np.arange(len(rows)), (rows["people"] != "").to_numpy(), wide.to_numpy()])
    best = order[firsts(same[order])]
    return rows.assign(**{name: rows[name].to_numpy()[best[same]] for name in ("victim_group", "people")})


def _of_two_groups(rows: pd.DataFrame, same: Codes) -> Mask:
    """Whether each claim is of a number of an event that one article gives for two groups, none of them everyone."""
    narrow = np.flatnonzero((rows["victim_group"] != VictimGroup.UNSPECIFIED).to_numpy(dtype=bool))
    pairs = pd.DataFrame({"same": same[narrow], "group": rows["victim_group"].iloc[narrow].to_numpy(dtype=object)})
    several = narrow[(pairs.groupby("same")["group"].transform("nunique") > 1).to_numpy(dtype=bool)]
    if not len(several):
        return np.zeros(len(rows), dtype=bool)
    told = rows[["article_ids", "victim_group"]].iloc[several].assign(same=same[several]).explode("article_ids")
    groups = told.groupby(["same", "article_ids"])["victim_group"].nunique()
    return np.isin(same, groups[groups > 1].index.get_level_values("same"))


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
        incident_id=rows["claim_id"].array.take(firsts(codes)),
        low=low.groupby(at).min(),
        high=high.groupby(at).max(),
        best=_best(now.reset_index(drop=True), at, convention.across),
        low_open=now["qualifier"].isin(OPEN_BELOW).groupby(at).any(),
        high_open=now["qualifier"].isin(OPEN_ABOVE).groupby(at).any(),
        agreed=most == least,
        sources=distinct(at, group_codes(now["source_name"])),
        articles=joined(rows["article_ids"], codes).map(len).astype("int64"),
        first_reported=rows["first_reported"].groupby(codes).min(),
        last_reported=rows["last_reported"].groupby(codes).max(),
        history=_history(rows, codes),
        claim_ids=tuples(rows["claim_id"], codes),
        figure_ids=joined(rows["figure_ids"], codes),
    )
    order = np.lexsort([np.arange(len(found)), sort_ranks(found["incident_id"]), sort_ranks(found["day"])])
    return spelled_out(found.loc[:, list(INCIDENT_COLUMNS)].iloc[order].reset_index(drop=True))


def _shown(rows: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    """For each event its first claim, with the place and the day that are shown: the most exact ones, of these those
    that most reports say.

    A place that few of the reports name (FEW) is misread, and less exact than none. Where no report states the day, it
    is that of the first report, with a precision of its own (PRINTED).
    """
    there = rows["reports"].groupby([codes, rows["area"]]).transform("sum")
    few = FEW * there < rows["reports"].groupby(codes).transform("sum")
    spot, dated = ~is_whole(rows["area"]) & ~few, rows["date_precision"] == Precision.DAY
    then = rows["reports"].groupby([codes, rows["day"]], dropna=False).transform("sum")
    where = rows[list(SHOWN)].iloc[_chosen(codes, [~spot], there)].reset_index(drop=True)
    days = rows[["day", "date", "date_precision"]]
    when = days.iloc[_chosen(codes, [~dated, rows["day"].isna()], then)].reset_index(drop=True)
    exact = ~is_whole(where["area"]) & (when["date_precision"] == Precision.DAY)
    undated = when["day"].isna()
    over = are_over(rows["conflict"], rows["first_reported"], load_areas())
    printed = rows["first_reported"].mask(over).groupby(codes).min().reset_index(drop=True)
    return where.assign(
        located=exact,
        day=when["day"].fillna(printed),
        date=when["date"].mask(undated, printed.dt.strftime("%Y-%m-%d").astype("str")),
        date_precision=when["date_precision"].mask(undated & printed.notna(), PRINTED),
    )


def _chosen(codes: Codes, vague: list[pd.Series[bool]], reports: pd.Series[int]) -> Codes:
    """For each event the position of the first claim that is not vague, of these one that most reports agree with."""
    last_first = [np.arange(len(codes)), -reports.to_numpy(np.int64), *(one.to_numpy(bool) for one in vague[::-1])]
    order = np.lexsort([*last_first, codes])
    return order[firsts(codes[order])]


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
    once_each = once(teller, group_codes(rows["number"]))
    said = tuples(rows["number"].iloc[once_each].astype("str"), teller[once_each]).map(" → ".join)
    begun = firsts(teller)
    told = rows["source_name"].iloc[begun].reset_index(drop=True).astype(object) + " " + said
    return tuples(told, codes[begun]).map("; ".join).astype("str")
