"""Claims: figures that say the same thing form one claim, with all the reports that print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from tracker.model import Precision, Scope, VictimGroup
from tracker.timelines.areas import Areas
from tracker.timelines.coded import spelled_out
from tracker.timelines.columns import READ_AS, as_texts
from tracker.timelines.grouping import (
    Codes,
    Mask,
    count,
    distinct,
    firsts,
    group_codes,
    once,
    printings,
    sort_ranks,
    tuples,
)
from tracker.timelines.links import named_claims, parts, without_circles
from tracker.timelines.prepared import FORMER, UNNAMED, prepared
from tracker.timelines.rounding import exacter

FEWEST_SINCE = 0.25
"""The share of reports that must state since when a total counts, before it holds for the others as well."""

BEFORE_PRINT = 1
"""Days before the day of print on which something may have happened that a report gives no day of."""

AGAIN = 30
"""Days without a report after which the same running total is told anew: it is a claim of its own, which says that the
number still held.
"""

DAYS = 4_000_000
"""More days than there are from the year 1 to 9999: group * DAYS + day puts the days of one group beside each other."""
BEFORE_1970 = 1_000_000
"""More days than there are from the year 1 to 1970."""

WIDE = (VictimGroup.UNSPECIFIED, VictimGroup.CIVILIANS)
"""Groups that a headline may name for people of whom the text says more."""

PRECISIONS = np.array([*(precision.value for precision in Precision), None], dtype=object)

CLAIM_COLUMNS = (
    *(
        "claim_id",
        "conflict",
        "outcome",
        "victim_group",
        "people",
        "value",
        "qualifier",
        "low",
        "best",
        "high",
        "figure",
    ),
    *("source_name", "source_type", "date", "date_precision", "day", "first_day", "last_day", "since"),
    *("scope", "area", "place", "site", "country", "cause"),
    *(
        "part_of",
        "former",
        "superseded_by",
        "reports",
        "articles",
        "support",
        "first_reported",
        "last_reported",
        "clock",
    ),
    *("confidence",),
    *("article_ids", "figure_ids"),
)
"""The columns of a table of claims: see docs/timeline.md."""


SAID = ("conflict", "outcome", "victim_group", "people", "source_name", "scope", "area", "cause")
"""In what the figures of one claim agree, beside number, qualifier and time."""


def claims(table: pd.DataFrame, known: Areas, copies: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per claim, with CLAIM_COLUMNS, ordered by day and then by first report.

    In: a typed table of figures, in any order. `copies` gives for each article its group of near-identical articles;
    an article that is not in it forms a group of its own. Each group counts as one report. Rejected figures are left
    out. Two figures say the same thing where conflict, outcome, group and nation of the victims, number and qualifier,
    source, scope, cause and area agree, and where also

    - for incidents: the days are the same, or a month or period of one holds the only known day of the other;
    - for periods: they overlap;
    - for running totals: no more than AGAIN days pass from one report to the next. The claim has the first day.

    A running total that is a rounded form of an exacter one of its source joins it (tracker.timelines.rounding).
    `part_of` names the claim of the total that this one is a part of. `superseded_by` names the claim that replaced an
    earlier number ("rose to 62 from 30": 30 is `former`). A figure in a headline joins the figure in the text of its
    own article that has the same number and outcome. The id of a claim is that of its first figure, the one in the
    article that was published first.
    """
    found = _gathered(table, known, copies or {})
    order = np.lexsort([np.arange(len(found)), sort_ranks(found["day"])])
    return spelled_out(found.iloc[order].reset_index(drop=True))


def _gathered(table: pd.DataFrame, known: Areas, copies: Mapping[str, str]) -> pd.DataFrame:
    """One row per claim, in any order. The prepared figures are gone when it ends: they take much memory."""
    rows = prepared(table, known)
    codes = _with_titles(rows, _codes(rows))
    exact = _exacter(rows, codes)
    rows["rounded"] = exact[codes] != codes
    return _collapsed(rows, group_codes(exact[codes]), copies)


def _codes(rows: pd.DataFrame) -> Codes:
    """The claim of each row as a number, before headlines are joined to their texts."""
    same = group_codes(*(rows[name] for name in (*SAID, "value", "qualifier", "upper", "words")))
    first, last = _as_days(rows["first"]), _as_days(rows["last"])
    total = (rows["scope"] == Scope.CUMULATIVE).to_numpy()
    printed = _as_days(rows["reported"])
    undated = (first == 0) & (printed > 0) & (rows["scope"] == Scope.INCIDENT).to_numpy() & ~rows["over"].to_numpy()
    first, last = np.where(undated, printed - BEFORE_PRINT, first), np.where(undated, printed, last)
    exact = (first == last) & ~total
    within = np.zeros(len(rows), dtype=np.int64)
    within[exact] = first[exact]
    within[total] = _runs(same[total], first[total])
    stretch = ~exact & ~total
    within[stretch] = _overlapping(same[stretch], first[stretch], last[stretch], _Days.of(same[exact], first[exact]))
    return group_codes(same, total.astype(np.int64), within)


def _as_days(days: pd.Series[pd.Timestamp]) -> Codes:
    """Days as whole numbers above zero; 0 for a missing day."""
    whole = days.to_numpy("datetime64[D]")
    return np.where(np.isnat(whole), 0, whole.astype(np.int64) + BEFORE_1970)


def _runs(same: Codes, day: Codes) -> Codes:
    """A number for each stretch of reports of the same running total without a gap of more than AGAIN days.

    What other numbers the source gave has no influence; a report of the same number may join two stretches.
    """
    order = np.lexsort([day, same])
    s, d = same[order], day[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (s[1:] != s[:-1]) | ((d[1:] == 0) != (d[:-1] == 0)) | (d[1:] - d[:-1] > AGAIN)
    runs = np.empty(len(order), dtype=np.int64)
    runs[order] = np.cumsum(begins)
    return runs


class _Days:
    """The distinct pairs of group and day, to find out how many days of a group lie in a period."""

    def __init__(self, sorted_keys: Codes) -> None:
        self.keys = sorted_keys

    @classmethod
    def of(cls, group: Codes, day: Codes) -> _Days:
        return cls(np.unique(group * DAYS + day))

    def single(self, group: Codes, first: Codes, last: Codes) -> Codes:
        """For each period the only day of its group that lies in it; 0 where there is none, or more than one."""
        begin = np.searchsorted(self.keys, group * DAYS + first)
        end = np.searchsorted(self.keys, group * DAYS + last, side="right")
        only = (end - begin == 1) & (first > 0)
        day = np.zeros(len(group), dtype=np.int64)
        day[only] = self.keys[begin[only]] % DAYS
        return day


def _overlapping(same: Codes, first: Codes, last: Codes, known: _Days) -> Codes:
    """One number for the overlapping periods of each group: the only known day that lies in them, if there is one."""
    order = np.lexsort([last, first, same])
    s, f, t = same[order], first[order], last[order]
    reach = np.maximum.accumulate(s * DAYS + t) - s * DAYS  # the last day of all periods so far in the group
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (s[1:] != s[:-1]) | (f[1:] > reach[:-1])
    island = np.cumsum(begins) - 1
    starts, ends = np.flatnonzero(begins), np.append(np.flatnonzero(begins)[1:], len(order)) - 1
    day = known.single(s[starts], f[starts], reach[ends]) if len(starts) else np.zeros(0, dtype=np.int64)
    number = np.where(day > 0, day, -1 - np.arange(len(starts)))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = number[island]
    return found


def _with_titles(rows: pd.DataFrame, codes: Codes) -> Codes:
    """The claims, with each headline's figure joined to the figure in its article's text that has the same number, of
    the same people: rather of the same group, and of no other war or group.
    """
    in_title = (rows["field"] == "title").to_numpy()
    said = group_codes(rows["article_id"], rows["outcome"], rows["value"])
    same = _first_in_texts(rows, in_title, group_codes(said, rows["victim_group"]))
    other = _first_in_texts(rows, in_title, said)
    stands_for = np.where(same >= 0, same, other)
    wide = rows["victim_group"].isin(WIDE).to_numpy(dtype=bool)
    war = group_codes(rows["conflict"])
    none = (rows["conflict"] == "").to_numpy(dtype=bool)
    fits = (same >= 0) | wide | wide[other]
    fits &= (war == war[stands_for]) | none | none[stands_for]
    moved = in_title & (stands_for >= 0) & fits
    return group_codes(np.where(moved, codes[stands_for], codes))


def _first_in_texts(rows: pd.DataFrame, in_title: Mask, said: Codes) -> Codes:
    """For each row the first one in a text that says the same; -1 where there is none."""
    found = np.full(count(said), -1, dtype=np.int64)
    texts = np.flatnonzero(~in_title & rows["value"].notna().to_numpy())[::-1]
    found[said[texts]] = texts
    return found[said]


def _exacter(rows: pd.DataFrame, codes: Codes) -> Codes:
    """For each claim the claim of a named source of which it is a rounded form; itself where there is none."""
    since = _stated_since(rows, codes).to_numpy(dtype=object)
    named = (rows["scope"] == Scope.CUMULATIVE) & (rows["source_name"] != UNNAMED)
    at = np.flatnonzero(named.to_numpy(dtype=bool, na_value=False))
    told = rows[list(SAID)].iloc[at]
    series = np.full(len(rows), -1, dtype=np.int64)
    series[at] = group_codes(*(told[name] for name in SAID), pd.Series(since[codes[at]], dtype="str"))
    return exacter(rows.assign(former=rows["rule"] == FORMER), codes, series)


def _collapsed(rows: pd.DataFrame, codes: Codes, copies: Mapping[str, str]) -> pd.DataFrame:
    """One row per claim: the values of its first figure, and the counts and lists of its reports."""
    article, printed = printings(rows["article_id"], copies)
    first, each = _first_in_text(rows, codes), once(codes, article)
    articles = np.bincount(codes[each], minlength=len(first))
    reports = articles if printed is article else distinct(codes, printed)
    found = rows.iloc[first].reset_index(drop=True)
    reported = rows["reported"].groupby(codes)
    ids = rows["figure_id"].to_numpy(dtype=object)
    precision, rank = _most_exact(rows, codes)
    vaguer = rank > precision[codes]
    vaguer &= (rows["scope"] == Scope.INCIDENT).to_numpy() | (rank > len(Precision))  # only an event has one day
    vaguer |= rows["rounded"].to_numpy(dtype=bool)
    found = found.assign(
        claim_id=ids[first],
        part_of=without_circles(named_claims(rows, codes, ids[first], parts(rows, codes)), ids[first]),
        former=(rows["rule"] == FORMER).groupby(codes).any(),
        superseded_by=named_claims(rows, codes, ids[first], rows["successor"]),
        since=_stated_since(rows, codes),
        first_day=rows["first"].mask(vaguer).groupby(codes).min(),
        last_day=rows["last"].mask(vaguer).groupby(codes).max(),
        reports=reports,
        articles=articles,
        support=_support(rows, codes, printed, reports),
        first_reported=reported.min(),
        last_reported=reported.max(),
        clock=_first_clock(rows, codes, reported.transform("min")),
        confidence=rows["confidence"].groupby(codes).max(),
        article_ids=tuples(rows["article_id"].iloc[each], codes[each]),
        figure_ids=tuples(pd.Series(ids), codes),
    )
    found["day"] = found["first_day"].mask(found["scope"] == Scope.PERIOD, found["last_day"])
    found["date_precision"] = pd.Series(PRECISIONS[precision], dtype="str")
    found["date"] = as_texts(found["day"], found["date_precision"])
    return found.loc[:, list(CLAIM_COLUMNS)]


def _stated_since(rows: pd.DataFrame, codes: Codes) -> pd.Series[str]:
    """Since when most figures of each claim say that it counts, of those that say so; "" where few of all do."""
    some = np.flatnonzero(rows["since"] != "")
    said = pd.DataFrame({"code": codes[some], "since": rows["since"].iloc[some].to_numpy(dtype=object)})
    counted = said.groupby(["code", "since"], as_index=False).size()
    of_all = np.bincount(codes, minlength=count(codes))[counted["code"]]
    counted = counted[(counted["size"] >= FEWEST_SINCE * of_all) & ((counted["size"] > 1) | (of_all <= 2))]
    most = counted.sort_values(["code", "size", "since"], ascending=[True, False, True]).drop_duplicates("code")
    found = np.full(count(codes), "", dtype=object)
    found[most["code"].to_numpy()] = most["since"].to_numpy(dtype=object)
    return pd.Series(found, dtype="str")


def _support(rows: pd.DataFrame, codes: Codes, printed: Codes, reports: Codes) -> pd.Series[str]:
    """How many reports of each claim were read as the claim says: "38 of 40 reports"."""
    agree = np.flatnonzero((rows[READ_AS] == "").to_numpy(dtype=bool))
    each = agree[once(codes[agree], printed[agree])]
    some = np.bincount(codes[each], minlength=len(reports))
    codes, kinds = pd.factorize(some * (reports.max(initial=0) + 1) + reports)
    pairs = (divmod(int(kind), int(reports.max(initial=0)) + 1) for kind in kinds)
    words = np.array([f"{agreeing} of {all_} report{'s' * (all_ != 1)}" for agreeing, all_ in pairs], dtype=object)
    return pd.Series(words[codes], dtype="str")


def _first_clock(rows: pd.DataFrame, codes: Codes, first: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """The time of the first report of each claim; "" where some report of the first day states no time."""
    times, kinds = pd.factorize(rows["clock"], sort=True)  # "" comes first
    times = np.where((rows["reported"] == first).to_numpy(dtype=bool), times, len(kinds))
    earliest = np.full(count(codes), len(kinds), dtype=np.int64)
    np.minimum.at(earliest, codes, times)
    return pd.Series(np.append(np.asarray(kinds, dtype=object), "")[earliest], dtype="str")


def in_order_of_clock(claims: pd.DataFrame, per: list[pd.Series[Any]]) -> pd.Series[str]:
    """For each claim the time of its first report, or "" where the order is unknown.

    It is unknown where any claim that agrees in `per` and was first reported on the same day has no time.
    """
    codes = group_codes(*per, claims["first_reported"])
    every = (claims["clock"] != "").groupby(codes).transform("all")
    return claims["clock"].where(every, "")


def _first_in_text(rows: pd.DataFrame, codes: Codes) -> Codes:
    """The position of each claim's first figure. Figures in texts come before those in headlines, which say less, and
    rounded ones last.
    """
    order = np.lexsort([np.arange(len(rows)), (rows["field"] == "title").to_numpy(), rows["rounded"].to_numpy()])
    return order[firsts(codes[order])]


def _most_exact(rows: pd.DataFrame, codes: Codes) -> tuple[Codes, Codes]:
    """How exactly the day of each claim is known (by its most exact figure), and the same for each row.

    The values are positions in PRECISIONS, from day to year to unknown. A headline beside a text that states the day
    gets a higher value still, because its own day is only the day of publication.
    """
    rank = pd.Categorical(rows["date_precision"], categories=list(Precision)).codes.astype(np.int64)
    rank = np.where(rank < 0, len(Precision), rank)
    in_title = (rows["field"] == "title").to_numpy()
    dated = np.zeros(count(codes), dtype=bool)
    dated[codes[~in_title & (rank < len(Precision))]] = True
    rank = np.where((in_title & dated[codes]) | rows["rounded"].to_numpy(dtype=bool), len(Precision) + 1, rank)
    best = np.full(count(codes), len(Precision), dtype=np.int64)
    np.minimum.at(best, codes, rank)
    return best, rank
