"""Claims: figures that say the same are one claim, with all the reports that print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.model import Precision, Qualifier, Scope, SourceType, Status
from tracker.timelines.areas import Areas, areas
from tracker.timelines.columns import as_texts, clocks, dates, last_dates
from tracker.timelines.counting import counted_since, peoples
from tracker.timelines.grouping import Codes, count, distinct, firsts, group_codes, sort_ranks, tuples

UNNAMED = SourceType.UNATTRIBUTED.value
"""What stands for the source of a claim that no source is named for."""

FORMER = "former"
"""The rule by which a number that was is found, "rose to 62 from 30"."""

DAYS = 4_000_000
"""More days than there are from the year 1 to 9999: group * DAYS + day puts the days of one group beside each other."""
BEFORE_1970 = 1_000_000
"""More days than there are from the year 1 to 1970."""

DEEPEST = 16
"""How deep parts may lie in one another: a total above this is one that runs in a circle."""

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
    *("scope", "area", "place", "country", "cause"),
    *("part_of", "former", "superseded_by", "reports", "articles", "first_reported", "last_reported", "clock"),
    *("confidence",),
    *("article_ids", "figure_ids"),
)
"""The columns of a table of claims: see docs/timeline.md."""


NEEDED = (
    *("figure_id", "article_id", "published", "field", "start", "figure", "value", "qualifier", "low", "best", "high"),
    *(
        "outcome",
        "victims",
        "victim_group",
        "part_of",
        "source_name",
        "source_type",
        "date",
        "date_precision",
        "period_start",
    ),
    *("scope", "place", "country", "conflict", "cause", "confidence", "rule"),
)
"""The columns of the figures that claims are made from; the others, with all the quotes, are not carried along."""


def claims(table: pd.DataFrame, known: Areas, copies: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per claim, CLAIM_COLUMNS, in the order of their days and then of their first reports.

    In: a typed table of figures, in any order; `copies` names for each article the group of near-identical articles
    that it belongs to (an article that is not in it stands for itself), and such a group is one report. Rejected
    figures are left out. Figures say the same where conflict, outcome, victims' group and nation, number with its
    qualifier, source, scope, cause and area agree, and

    - incidents: the day, or a month or period of the one and a single day of the other that lies in it;
    - periods: where they overlap;
    - running totals: where no other number of the same source lies between them; their day is the first.

    `part_of` and `superseded_by` name the claims of a part's total, and of what a number that was has become ("rose to
    62 from 30"; `former`). A headline's figure goes with the figure of its own article that has the same number and
    outcome. A claim is named by its first figure: the one in the article that was published first.
    """
    rows = _prepared(table, known)
    rows["successor"] = rows["figure_id"].map(_successors(table))
    codes = _with_titles(rows, _codes(rows))
    return _collapsed(rows, codes, copies or {})


def _prepared(table: pd.DataFrame, known: Areas) -> pd.DataFrame:
    """The figures that stand, ordered by publication, article and place in it, with what claims are compared by."""
    kept = table.loc[table["status"] != Status.REJECTED, list(NEEDED)]
    order = np.lexsort(
        [kept["start"].to_numpy(np.int64, na_value=0)]
        + [sort_ranks(kept[name]) for name in ("outcome", "field", "article_id", "published")]
    )
    rows = kept.iloc[order].reset_index(drop=True)
    published = dates(rows, "published")
    first, last = dates(rows), last_dates(rows)
    total = rows["scope"] == Scope.CUMULATIVE
    begin = dates(rows, "period_start")
    # a total "as of March" was told by the end of March, but not after it was printed
    as_of = last.mask((published >= first) & (published < last), published)
    return rows.assign(
        source_name=rows["source_name"].fillna(UNNAMED),
        conflict=rows["conflict"].fillna(""),
        area=areas(rows, known),
        people=peoples(rows, known),
        since=counted_since(rows, as_of, known).where(total, ""),
        number=rows["value"].fillna(rows["best"]).fillna(rows["low"]).fillna(rows["high"]),
        upper=rows["high"].where(rows["qualifier"] == Qualifier.RANGE),
        words=rows["figure"].str.lower().where(rows["value"].isna()),
        first=first.mask(total, as_of).mask((rows["scope"] == Scope.PERIOD) & (begin <= first), begin),
        last=last.mask(total, as_of),
        reported=published,
        clock=clocks(rows, "published"),
    )


def _codes(rows: pd.DataFrame) -> Codes:
    """The claim of each row as a number, headlines not yet put to their texts."""
    said = ["conflict", "outcome", "victim_group", "people", "source_name", "scope", "area", "cause"]
    series = group_codes(*(rows[name] for name in said))
    same = group_codes(series, *(rows[name] for name in ("value", "qualifier", "upper", "words")))
    first, last = _as_days(rows["first"]), _as_days(rows["last"])
    total = (rows["scope"] == Scope.CUMULATIVE).to_numpy()
    exact = (first == last) & ~total
    within = np.zeros(len(rows), dtype=np.int64)
    within[exact] = first[exact]
    within[total] = _runs(series[total], first[total], rows["number"].to_numpy(np.float64, na_value=np.nan)[total])
    stretch = ~exact & ~total
    within[stretch] = _overlapping(same[stretch], first[stretch], last[stretch], _Days.of(same[exact], first[exact]))
    return group_codes(same, total.astype(np.int64), within)


def _as_days(days: pd.Series[pd.Timestamp]) -> Codes:
    """Days as whole numbers above zero; 0 where there is none."""
    whole = days.to_numpy("datetime64[D]")
    return np.where(np.isnat(whole), 0, whole.astype(np.int64) + BEFORE_1970)


def _runs(series: Codes, day: Codes, number: np.ndarray) -> Codes:
    """Running totals: a number that grows where a series' number changes from one report to the next."""
    order = np.lexsort([number, day, series])
    s, d, n = series[order], day[order], number[order]
    changed = np.ones(len(order), dtype=bool)
    changed[1:] = (s[1:] != s[:-1]) | ((d[1:] == 0) != (d[:-1] == 0)) | ~((n[1:] == n[:-1]) | np.isnan(n[1:]))
    runs = np.empty(len(order), dtype=np.int64)
    runs[order] = np.cumsum(changed)
    return runs


class _Days:
    """The different (group, day) that there are, to ask how many of a group's days lie in a stretch of time."""

    def __init__(self, sorted_keys: Codes) -> None:
        self.keys = sorted_keys

    @classmethod
    def of(cls, group: Codes, day: Codes) -> _Days:
        return cls(np.unique(group * DAYS + day))

    def single(self, group: Codes, first: Codes, last: Codes) -> Codes:
        """For each stretch the only day of its group in it; 0 where there is none, or more than one."""
        begin = np.searchsorted(self.keys, group * DAYS + first)
        end = np.searchsorted(self.keys, group * DAYS + last, side="right")
        only = (end - begin == 1) & (first > 0)
        day = np.zeros(len(group), dtype=np.int64)
        day[only] = self.keys[begin[only]] % DAYS
        return day


def _overlapping(same: Codes, first: Codes, last: Codes, known: _Days) -> Codes:
    """Stretches of time: those of a group that overlap get one number, or the single known day that lies in them."""
    order = np.lexsort([last, first, same])
    s, f, t = same[order], first[order], last[order]
    reach = np.maximum.accumulate(s * DAYS + t) - s * DAYS  # the last day of all before, within the group
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
    """The claims, with each headline's figure in that of its own article's text, where that has the same number."""
    in_title = (rows["field"] == "title").to_numpy()
    said = group_codes(rows["article_id"], rows["outcome"], rows["value"])
    first_in_text = np.full(count(said), -1, dtype=np.int64)
    texts = np.flatnonzero(~in_title & rows["value"].notna().to_numpy())[::-1]
    first_in_text[said[texts]] = texts
    stands_for = first_in_text[said]
    moved = in_title & (stands_for >= 0)
    return group_codes(np.where(moved, codes[stands_for], codes))


def _collapsed(rows: pd.DataFrame, codes: Codes, copies: Mapping[str, str]) -> pd.DataFrame:
    """One row per claim: its first figure's values, and what there is of reports."""
    article, articles = pd.factorize(rows["article_id"])
    printed = pd.factorize(np.array([copies.get(one, one) for one in articles], dtype=object))[0][article]
    first = _first_in_text(rows, codes)
    found = rows.iloc[first].reset_index(drop=True)
    reported = rows["reported"].groupby(codes)
    ids = rows["figure_id"].to_numpy()
    precision, rank = _most_exact(rows, codes)
    vaguer = rank > precision[codes]
    vaguer &= (rows["scope"] == Scope.INCIDENT).to_numpy() | (rank > len(Precision))  # an event has one day
    found = found.assign(
        claim_id=ids[first],
        part_of=_without_circles(_named_claims(rows, codes, "part_of"), ids[first]),
        former=(rows["rule"] == FORMER).groupby(codes).any(),
        superseded_by=_named_claims(rows, codes, "successor"),
        since=rows["since"].groupby(codes).max(),  # one figure that says it speaks for those that do not
        first_day=rows["first"].mask(vaguer).groupby(codes).min(),
        last_day=rows["last"].mask(vaguer).groupby(codes).max(),
        reports=distinct(codes, printed),
        articles=distinct(codes, article),
        first_reported=reported.min(),
        last_reported=reported.max(),
        clock=_first_clock(rows, codes, reported.transform("min")),
        confidence=rows["confidence"].groupby(codes).max(),
        article_ids=tuples(rows["article_id"], codes).map(lambda ids: tuple(dict.fromkeys(ids))),
        figure_ids=tuples(rows["figure_id"], codes),
    )
    found["day"] = found["first_day"].mask(found["scope"] == Scope.PERIOD, found["last_day"])
    found["date_precision"] = pd.Series(PRECISIONS[precision], dtype="str")
    found["date"] = as_texts(found["day"], found["date_precision"])
    order = np.lexsort([np.arange(len(found)), sort_ranks(found["day"])])
    return found.iloc[order].loc[:, list(CLAIM_COLUMNS)].reset_index(drop=True)


def _first_clock(rows: pd.DataFrame, codes: Codes, first: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """The time of the first report of each claim, "" where one of its first day does not say at what time it came."""
    of_first_day = rows["clock"].where(rows["reported"] == first)
    return of_first_day.groupby(codes).min().fillna("")


def in_order_of_clock(claims: pd.DataFrame, per: list[pd.Series[Any]]) -> pd.Series[str]:
    """For each claim the time of its first report, as far as those that agree in `per` and were first reported on the
    same day all have one; else "", for then nobody knows which came first.
    """
    codes = group_codes(*per, claims["first_reported"])
    every = (claims["clock"] != "").groupby(codes).transform("all")
    return claims["clock"].where(every, "")


def _first_in_text(rows: pd.DataFrame, codes: Codes) -> Codes:
    """The position of each claim's first figure; one in a text before any in a headline, which says less."""
    order = np.lexsort([np.arange(len(rows)), (rows["field"] == "title").to_numpy()])
    return order[firsts(codes[order])]


def _most_exact(rows: pd.DataFrame, codes: Codes) -> tuple[Codes, Codes]:
    """How exactly the day of each claim is known, as by the figure that tells it best; and each row's own.

    As places in PRECISIONS, from day to year to not at all; more than that for a headline beside a text that tells the
    day: its own is that of the paper.
    """
    rank = pd.Categorical(rows["date_precision"], categories=list(Precision)).codes.astype(np.int64)
    rank = np.where(rank < 0, len(Precision), rank)
    in_title = (rows["field"] == "title").to_numpy()
    dated = np.zeros(count(codes), dtype=bool)
    dated[codes[~in_title & (rank < len(Precision))]] = True
    rank = np.where(in_title & dated[codes], len(Precision) + 1, rank)
    best = np.full(count(codes), len(Precision), dtype=np.int64)
    np.minimum.at(best, codes, rank)
    return best, rank


def _successors(table: pd.DataFrame) -> dict[str, str]:
    """For each number that was, "rose to 62 from 30", the figure of its sentence that it has become."""
    same = ["article_id", "field", "quote", "outcome"]
    told = table.loc[table["article_id"].isin(table.loc[table["rule"] == FORMER, "article_id"].unique())]
    was = told["rule"] == FORMER
    now = told[~was].sort_values("start", kind="stable").drop_duplicates(same)
    pairs = told[was].merge(now, on=same, suffixes=("", "_now"), validate="many_to_one")
    return dict(zip(pairs["figure_id"], pairs["figure_id_now"], strict=True))


def _named_claims(rows: pd.DataFrame, codes: Codes, column: str) -> pd.Series[str]:
    """For each claim the claim of the figure that the column names; missing where it names none.

    One figure that is a part makes its claim a part, the first of several decides. Where the figure named is not in
    the table, the claim names the figure: a part whose total is not in view is a part all the same.
    """
    named = rows[column].astype("str").fillna("")
    claim_ids = rows["figure_id"].to_numpy()[_first_in_text(rows, codes)]
    some = np.flatnonzero((named != "").to_numpy())
    found = pd.Series(pd.NA, index=range(count(codes)), dtype="str")
    if len(some):
        at = pd.Index(rows["figure_id"]).get_indexer(named.iloc[some])
        ids = np.where(at >= 0, claim_ids[codes[at]], named.iloc[some].to_numpy())
        own = (at >= 0) & (codes[at] == codes[some])
        some, ids = some[~own][::-1], ids[~own][::-1]  # written last, the first of several stays
        found.iloc[codes[some]] = ids
    return found


def _without_circles(totals: pd.Series[str], claim_ids: npt.NDArray[Any]) -> pd.Series[str]:
    """The total of each claim, and none for those that a table makes, by whatever way, parts of themselves: parts are
    added to nothing, so both ends of a circle would be gone from every sum.
    """
    total = pd.Index(claim_ids).get_indexer(totals)
    above = total
    for _ in range(DEEPEST):
        above = np.where(above >= 0, total[above], -1)
    return totals.mask(above >= 0)
