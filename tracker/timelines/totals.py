"""Running totals: one step series by as-of date per conflict, outcome and source, with flags for odd points."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracker.knowledge.standing_counts import EVERYONE
from tracker.model import Qualifier, Scope, VictimGroup
from tracker.timelines.areas import is_whole, load_areas
from tracker.timelines.claims import in_order_of_clock
from tracker.timelines.counting import (
    WHOLE,
    are_of_civilians,
    are_of_parties,
    counts_kept,
    keep_count,
    since_of,
    starts,
)
from tracker.timelines.grouping import Codes, Mask, Numbers, firsts, group_codes
from tracker.timelines.outliers import SOON, Points, days_of, off_line, shifted
from tracker.timelines.prepared import UNNAMED
from tracker.timelines.rounding import unit

SERIES = ("conflict", "outcome", "source_name", "area", "counted", "since")
"""What one step series is told apart by."""

TOTAL_COLUMNS = (
    *(*SERIES, "whole", "date", "date_precision", "day", "value", "low", "best", "high", "qualifier", "figure"),
    *("victim_group", "source_type", "flag", "rise", "days", "supersedes", "superseded_by"),
    *("reports", "articles", "support", "first_reported", "last_reported", "claim_id", "article_ids", "figure_ids"),
)

ESTABLISHED = 3
"""Points that make a known series of everyone, beside which the same body's count of civilians is a part."""
PER = ["conflict", "outcome", "source_name", "area"]

OPEN = (Qualifier.AT_LEAST, Qualifier.MORE_THAN, Qualifier.ABOUT, Qualifier.VAGUE)


class Flag(StrEnum):
    """What a reader should know about a point of a series. A flag never removes a point."""

    REVISION = "revision"
    CONFLICTING = "conflicting"
    ROUNDED = "rounded"
    OUTLIER = "outlier"


OFF_LINE = (Flag.OUTLIER, Flag.CONFLICTING)
"""The flags of points that are on no line: they contradict the other totals of their series. Such a point is listed and
drawn alone; it is no step, and takes part in no rate, range or comparison.
"""


def totals(claims: pd.DataFrame) -> pd.DataFrame:
    """The points of all step series, with TOTAL_COLUMNS, ordered by SERIES, day, first report and number.

    In: a table of claims. Parts of a total, and totals without a day or a number, are left out. `value` is the number
    of the point: the stated one, else the best, lowest or highest by the convention. `counted` is the group of victims
    that a series counts ("civilians") or "everyone", with the nation where it differs from the country ("combatants
    (RUS)"); a body that keeps no count but of civilians counts them where it names nobody. The citizens of a nation
    that is no party to the war are all of its people: "everyone (THA)". `since` is the month from
    which it counts, where that is well after the conflict began. What a point is called never depends on another point:
    no report renames or moves the points of others.

    `whole` says that a series is the body's whole count in a country or theatre: the widest of its standing counts; of
    a body without any that of everyone, and where it has no series of everyone that of civilians or combatants (WHOLE).
    A series with a later start is not whole, unless there is no other of the conflict and outcome. A series is one of
    ESTABLISHED points or more. The people of a nation that is no party to the war ("18 Thai nationals") are never the
    whole.

    `flag` is set where a source is named (reports without a source form no series):

    - `outlier`: it cannot be true beside the others (tracker.timelines.outliers);
    - `conflicting`: many more reports give a lower number in the next days; or lower than the point before, and either
      a number that the series had passed already or one that it comes back from within SOON days; or a second number
      in the same article;
    - `rounded`: lower than the point before, but only because it is less exact ("more than 9,000" after 9,100);
    - `revision`: any other number that is lower than the point before.

    Outliers and conflicting points are off the line (OFF_LINE).

    `rise` is how much the number has grown since the point before on the line, `days` the days between.
    `superseded_by` is the claim_id of the next point on the line, `supersedes` that of the point before.
    """
    points = _ordered(claims)
    series = group_codes(*(points[name] for name in SERIES))
    named = (points["source_name"] != UNNAMED).to_numpy()
    flag = _flags(points, series, named)
    off = ~named | np.isin(flag, OFF_LINE)
    before, after = _beside(series, off)
    ids = np.append(points["claim_id"].to_numpy(dtype=object), [None])
    rise, days = _since_last(points, np.where(off, -1, before))
    points = points.assign(
        rise=rise,
        days=days,
        flag=pd.Series(flag, index=points.index, dtype="str"),
        supersedes=pd.Series(ids[np.where(off, -1, before)], index=points.index, dtype="str"),
        superseded_by=pd.Series(ids[np.where(named, after, -1)], index=points.index, dtype="str"),
    )
    return points.loc[:, list(TOTAL_COLUMNS)]


def _since_last(points: pd.DataFrame, before: Codes) -> tuple[pd.Series[int], pd.Series[int]]:
    """How much each number has grown since the point at `before` (-1: there is none), and the days between."""
    value, day = points["value"], points["day"]
    known = pd.Series(before >= 0, index=points.index)
    rise = (value - value.take(before).set_axis(points.index)).where(known).astype("Int64")
    return rise, (day - day.take(before).set_axis(points.index)).dt.days.where(known).astype("Int64")


def _ordered(claims: pd.DataFrame) -> pd.DataFrame:
    """The totals that have a day and a number, in order, with the columns that tell series apart."""
    rows = claims[(claims["scope"] == Scope.CUMULATIVE) & claims["part_of"].isna() & claims["day"].notna()]
    number = rows["value"].fillna(rows["best"]).fillna(rows["low"]).fillna(rows["high"])
    rows = rows.assign(value=number)[number.notna()]
    of_nobody = rows["victim_group"] == VictimGroup.UNSPECIFIED
    group = rows["victim_group"].mask(of_nobody, EVERYONE)
    group = group.mask(of_nobody & (rows["people"] == "") & are_of_civilians(rows), str(VictimGroup.CIVILIANS))
    foreign = (rows["people"] != "") & ~are_of_parties(rows)
    group = group.mask(foreign & (group == VictimGroup.CIVILIANS), EVERYONE)
    rows["counted"] = group.mask(rows["people"] != "", group + " (" + rows["people"] + ")")
    rows["whole"] = _whole(rows, group)
    rows["clock"] = in_order_of_clock(rows, [rows[name] for name in (*SERIES, "day")])
    keys = [*SERIES, "day", "first_reported", "clock", "value", "claim_id"]
    return rows.sort_values(keys, kind="stable", na_position="last").reset_index(drop=True)


def _whole(rows: pd.DataFrame, group: pd.Series[str]) -> pd.Series[bool]:
    """Which points are of whole counts: of everyone, and of wider groups or later starts where no whole is known.

    Of a body with standing counts (data/standing_counts/) these say which group is its whole. Of others it is known
    from a series of ESTABLISHED points, so that no single misread report takes others out of view.
    """
    broad = group.isin(WHOLE) & is_whole(rows["area"]) & are_of_parties(rows)
    from_start = (rows["since"] == "") | _as_standing(rows)
    keeps, widest = keep_count(rows, group)
    everyone = broad & (rows["counted"] == EVERYONE) & from_start
    alone = ~keeps & ~_established(everyone, rows, PER)
    first = broad & ((rows["counted"] == EVERYONE) | alone | widest)
    begun = first & from_start
    return begun | (first & ~_established(begun, rows, ["conflict", "outcome"]))


def _as_standing(rows: pd.DataFrame) -> pd.Series[bool]:
    """For each row whether its body keeps a standing count since that month."""
    late = rows.loc[rows["since"] != "", ["conflict", "source_name", "since"]]
    codes = group_codes(*(late[name] for name in late))
    kinds = late.iloc[firsts(codes)].itertuples(index=False, name=None)
    known = [any(since_of(one) == since for one in counts_kept(war, body)) for war, body, since in kinds]
    return pd.Series(np.array(known, dtype=bool)[codes], index=late.index).reindex(rows.index, fill_value=False)


def _established(true: pd.Series[bool], rows: pd.DataFrame, per: list[str]) -> pd.Series[bool]:
    """For each row whether ESTABLISHED rows that agree with it in `per` are true."""
    return true.astype("int64").groupby([rows[name] for name in per]).transform("sum") >= ESTABLISHED


def _flags(points: pd.DataFrame, series: Codes, named: Mask) -> npt.NDArray[np.object_]:
    """The flag of each point of a named source; "" for the others."""
    number = points["value"].to_numpy(np.float64)
    off = off_line(Points(series, days_of(points), number, points["reports"].to_numpy(np.int64), _ages(points)))
    flag = _falls(points, series, number, off.outlier | off.doubtful)
    flag[off.doubtful | _in_one_article(points, series)] = Flag.CONFLICTING
    flag[off.outlier] = Flag.OUTLIER
    flag[~named] = ""
    return flag


def _ages(points: pd.DataFrame) -> Numbers:
    """The days from the beginning of the war to each point that counts from there on; NaN for others."""
    start = starts(points["conflict"], load_areas()).where(points["since"] == "")
    return np.asarray((points["day"] - start).dt.days, dtype=np.float64)


def _falls(points: pd.DataFrame, series: Codes, number: Numbers, skipped: Mask) -> npt.NDArray[np.object_]:
    """The flag of each point that is lower than the one before, without regard to skipped ones; "" for the others."""
    kept = np.flatnonzero(~skipped)
    s, n = series[kept], number[kept]
    day = days_of(points)[kept]
    before, after, day_after = shifted(s, n, 1), shifted(s, n, -1), shifted(s, day, -1)
    with np.errstate(invalid="ignore"):
        fall = n < before
        back_soon = (after >= before) & (day_after - day <= SOON)
        rounded = np.isin(points["qualifier"].to_numpy(dtype=object)[kept], OPEN) & (before < n + unit(n))
    passed = pd.Series(n).groupby([s, n]).cumcount().to_numpy() > 0  # the series had this number before
    found = np.full(len(kept), "", dtype=object)
    found[fall] = Flag.REVISION
    found[fall & (back_soon | passed)] = Flag.CONFLICTING
    found[fall & rounded] = Flag.ROUNDED
    flag = np.full(len(number), "", dtype=object)
    flag[kept] = found
    return flag


def _in_one_article(points: pd.DataFrame, series: Codes) -> Mask:
    """Points followed by a higher one of the same day that the same article prints first."""
    first = np.fromiter((ids[0] for ids in points["article_ids"]), dtype=object, count=len(points))
    article = pd.factorize(first)[0].astype(np.float64)
    day = days_of(points)
    same: Mask = (shifted(series, article, -1) == article) & (shifted(series, day, -1) == day)
    return same


def _beside(series: Codes, skipped: Mask) -> tuple[Codes, Codes]:
    """For each point the positions of the previous and next point of its series that is not skipped; -1 for none."""
    at = np.arange(len(series))
    last = np.maximum.accumulate(np.where(skipped, -1, at)) if len(at) else at
    before = np.append([-1], last[:-1])[: len(at)]
    following = np.minimum.accumulate(np.where(skipped, len(at), at)[::-1])[::-1] if len(at) else at
    after = np.append(following[1:], [len(at)])[: len(at)]
    same_before = (before >= 0) & (series[before] == series)
    same_after = (after < len(at)) & (series[np.minimum(after, len(at) - 1)] == series)
    return np.where(same_before, before, -1), np.where(same_after, after, -1)
