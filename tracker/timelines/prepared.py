"""Figures made ready to be gathered into claims: what of each is compared, and the days it is about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tracker.model import Qualifier, Scope, SourceType, Status
from tracker.timelines.areas import Areas, areas, is_whole, sites
from tracker.timelines.coded import coded, filled
from tracker.timelines.columns import READ_AS, clocks, dates, first_and_last_dates
from tracker.timelines.counting import Days, are_over, as_of_days, counted_since, nations_counted, peoples
from tracker.timelines.grouping import Codes, in_order, sort_ranks

UNNAMED = SourceType.UNATTRIBUTED.value
"""What stands for the source of a claim that no source is named for."""

FORMER = "former"
"""The rule by which a number that was is found, "rose to 62 from 30"."""

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

REPEATED = (
    *("figure", "qualifier", "victims", "victim_group", "source_name", "source_type", "date", "date_precision"),
    *("period_start", "scope", "place", "country", "conflict", "cause", "rule", READ_AS),
)
"""Those of them in which few texts occur again and again, besides ORDERED."""

ORDERED = ("outcome", "field", "article_id", "published")
"""Those by which the figures are ordered."""


def prepared(table: pd.DataFrame, known: Areas) -> pd.DataFrame:
    """The figures that are not rejected, ordered by publication, article and position, with the columns to compare."""
    rows, at = _in_order(table)
    event = (rows["scope"] == Scope.INCIDENT).to_numpy(dtype=bool)
    hit = sites(table[["quote", "figure", "place"]].iloc[at[event]], known.sites)
    rows = rows.assign(
        site=hit.set_axis(np.flatnonzero(event)).reindex(rows.index, fill_value=""),
        source_name=filled(rows["source_name"], UNNAMED),
        conflict=filled(rows["conflict"], ""),
        area=areas(rows, known),
        people=nations_counted(rows, peoples(rows, known), known),
        number=rows["value"].fillna(rows["best"]).fillna(rows["low"]).fillna(rows["high"]),
        upper=rows["high"].where(rows["qualifier"] == Qualifier.RANGE),
        reported=dates(rows, "published"),
        clock=clocks(rows, "published"),
        successor=_successors(table, rows),
    )
    over = are_over(rows["conflict"], rows["reported"], known)
    return _with_days(rows, known).assign(words=_words(rows), over=over.to_numpy(dtype=bool) & event)


def _in_order(table: pd.DataFrame) -> tuple[pd.DataFrame, Codes]:
    """The figures that are not rejected, in order, with the columns that are NEEDED, and their places in the table."""
    if READ_AS not in table.columns:
        table = table.assign(**{READ_AS: ""})
    kept = np.flatnonzero((table["status"] != Status.REJECTED).to_numpy(dtype=bool, na_value=True))
    needed = coded(coded(table[[*NEEDED, READ_AS]], REPEATED), ORDERED, in_order=True)
    keys = needed[["start", *ORDERED]].iloc[kept]
    ranks = [sort_ranks(keys[name]) for name in ORDERED]
    at = kept[in_order(keys["start"].to_numpy(np.int64, na_value=0), *ranks)]
    return needed.take(at).reset_index(drop=True), at


def _with_days(rows: pd.DataFrame, known: Areas) -> pd.DataFrame:
    """The figures with the first and the last day that each covers, and since when a running total counts."""
    days, begin = Days(rows["reported"], *first_and_last_dates(rows)), dates(rows, "period_start")
    total, as_of = rows["scope"] == Scope.CUMULATIVE, as_of_days(days, rows["conflict"], known)
    early = (rows["scope"] == Scope.PERIOD) & (begin <= days.first)
    return rows.assign(
        since=counted_since(rows, as_of, known).where(total, ""),
        first=days.first.mask(total, as_of).mask(early, begin),
        last=days.last.mask(total, as_of),
    )


def _words(rows: pd.DataFrame) -> pd.Series[str]:
    """The words of each figure without a number, and what was hit, since "hundreds" are of many events; and those for
    the victim of an event of a whole country that no body tells of a day, since one killed is somebody else each time.
    """
    vague, alone = rows["value"].isna(), (rows["value"] == 1).fillna(False)
    alone &= (rows["scope"] == Scope.INCIDENT) & is_whole(rows["area"])
    alone &= (rows["source_name"] == UNNAMED) | rows["date"].isna()
    words = pd.Series(pd.NA, index=rows.index, dtype="str")
    for some, name, more in ((vague, "figure", rows["site"]), (alone, "victims", None)):
        at = np.flatnonzero(some.to_numpy(dtype=bool, na_value=False))
        said = rows[name].iloc[at].astype("str").str.lower()
        words.iloc[at] = said if more is None else said + " " + more.iloc[at]
    return words


def _successors(table: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[str]:
    """For each row with an earlier number ("rose to 62 from 30": 30) the figure in its sentence that replaced it; else
    "".
    """
    found = np.full(len(rows), "", dtype=object)
    some = np.flatnonzero((rows["rule"] == FORMER).to_numpy(dtype=bool, na_value=False))
    if not len(some):
        return pd.Series(found, dtype="str")
    same = ["article_id", "field", "quote", "outcome"]
    told = table.loc[table["article_id"].isin(table.loc[table["rule"] == FORMER, "article_id"].unique())]
    was = told["rule"] == FORMER
    now = told[~was].sort_values("start", kind="stable").drop_duplicates(same)
    pairs = told[was].merge(now, on=same, suffixes=("", "_now"), validate="many_to_one")
    known = dict(zip(pairs["figure_id"], pairs["figure_id_now"], strict=True))
    found[some] = [known.get(one, "") for one in rows["figure_id"].iloc[some]]
    return pd.Series(found, dtype="str")
