"""The comparison: for each running total in a report, the number of the reference dataset up to that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from tracker.knowledge import Conflict
from tracker.knowledge.standing_counts import EVERYONE
from tracker.model import TrackerError, VictimGroup
from tracker.reference.series import DATE_TYPE, Reference, in_words
from tracker.timelines.areas import is_whole

COUNTED = ("outcome", "victim_group")
"""What must be the same in a report and in the reference: deaths beside deaths, children beside children."""

STEPS = ("reference_value", "reference_low", "reference_high")
MOST_QUIET = pd.Timedelta(days=92)
"""How long a conflict may last without an event; where a file begins later still, it lacks the beginning."""

STEP_COLUMNS = ("conflict", *COUNTED, "reference_date", *STEPS, "counted_from")
COLUMNS = (
    *("conflict", *COUNTED, "source_name", "date", "value", "qualifier"),
    *("reference", *STEPS, "difference", "ratio", "within"),
    *("reference_date", "reference_age_days", "counted_from", "figure_id", "figure_ids"),
)


def totals_beside(points: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The running totals that can be compared with the reference: those for whole countries.

    In: the table of running totals (tracker.timelines.totals). Out: these rows, with the group that their series
    counts as `victim_group`, and totals of everyone first. A dataset for one conflict counts only its own countries,
    so totals of other countries are left out (the dead of Israel when the dataset counts Gaza).
    """
    whole = points[is_whole(points["area"])]
    if reference.conflict:
        whole = whole[whole["area"].isin({"", *reference.countries})]
    everybody = whole["counted"] == EVERYONE
    named = whole.assign(victim_group=whole["counted"].mask(everybody, VictimGroup.UNSPECIFIED.value), part=~everybody)
    return named.sort_values(
        ["conflict", "outcome", "part", "victim_group", "source_name", "day", "value"], kind="stable"
    ).reset_index(drop=True)


def conflicts_of(
    reference: Reference, conflicts: Sequence[Conflict], named: Collection[str], reported: Collection[str]
) -> tuple[Conflict, ...]:
    """The conflicts to compare with the reference.

    In: the registry, the ids that the user named, and those of the reports. If the dataset was made for one conflict,
    it is that one; otherwise the named ones; otherwise those in one of its countries. TrackerError where the reference
    does not count a named conflict, or where it names no country and no conflict is named.
    """
    wanted = [one for one in conflicts if one.id.casefold() in {name.casefold() for name in named}]
    if reference.conflict in {one.id for one in conflicts}:
        own = tuple(one for one in conflicts if one.id == reference.conflict)
        _refuse(reference, [one.id for one in wanted if one not in own])
        return own
    if reference.countries:
        _refuse(reference, [one.id for one in wanted if not reference.countries & set(one.countries)])
        return tuple(wanted) or tuple(one for one in conflicts if reference.countries & set(one.countries))
    told = wanted or [one for one in conflicts if one.id in reported]
    if len(told) > 1:
        raise TrackerError(f"{reference.name} names no country: say with --conflict which one conflict it counts")
    return tuple(told)


def _refuse(reference: Reference, ids: Sequence[str]) -> None:
    if ids:
        counted = reference.conflict or ", ".join(sorted(reference.countries))
        raise TrackerError(f"{reference.name} does not count the conflict {', '.join(ids)}: it counts {counted}")


def steps(reference: Reference, conflict: Conflict) -> pd.DataFrame:
    """The totals of the reference for one conflict: the sum over its countries, ordered by COUNTED and date.

    Out: STEP_COLUMNS, one row per day on which a total changes. Events count from the first to the last day of the
    conflict. Totals that were published as totals do not change. A reference without countries is used as a whole.
    """
    table = reference.table
    if reference.countries:
        table = table[table["country"].isin(conflict.countries)]
    series = [_added_up(rows) for _, rows in table.groupby(list(COUNTED))]
    if reference.from_events:
        series = [_during(rows, conflict) for rows in series]
    return _concat([rows for rows in series if not rows.empty], conflict.id)


def _concat(series: Sequence[pd.DataFrame], conflict: str) -> pd.DataFrame:
    if not series:
        types = dict.fromkeys(STEPS, "Int64") | dict.fromkeys(("reference_date", "counted_from"), DATE_TYPE)
        return pd.DataFrame(columns=list(STEP_COLUMNS)).astype(types)
    counted = [rows.assign(counted_from=rows["date"].min()) for rows in series]
    names = dict(zip(("date", "value", "low", "high"), ("reference_date", *STEPS), strict=True))
    return pd.concat(counted, ignore_index=True).assign(conflict=conflict).rename(columns=names)[list(STEP_COLUMNS)]


def _added_up(rows: pd.DataFrame) -> pd.DataFrame:
    """The sum of the totals of several countries, on each day on which one of them changes.

    A country counts from its first day. A bound of the sum is known only where the bounds of all countries are.
    """
    numbers = ["value", "low", "high"]
    columns = ["date", *COUNTED, *numbers]
    if rows["country"].nunique() < 2:
        return rows[columns]
    days = pd.DataFrame({"date": sorted(rows["date"].unique())}).astype({"date": DATE_TYPE})
    each = [pd.merge_asof(days, one[columns].sort_values("date"), on="date") for _, one in rows.groupby("country")]
    begun = pd.concat(each).dropna(subset=["value"])
    return begun.groupby(["date", *COUNTED])[numbers].sum(skipna=False).reset_index()


def _during(rows: pd.DataFrame, conflict: Conflict) -> pd.DataFrame:
    """The totals on the days of a conflict, less what was counted before it."""
    numbers = ["value", "low", "high"]
    begin = _first_day(conflict.start)
    before = rows.loc[rows["date"] < begin, numbers]
    own = rows[rows["date"] >= begin]
    if conflict.end:
        own = own[own["date"] <= pd.Period(conflict.end, freq=_frequency(conflict.end)).end_time]
    if before.empty:
        return own
    return own.assign(**{name: own[name] - before[name].iloc[-1] for name in numbers})


def _first_day(date: str) -> pd.Timestamp:
    return pd.Period(date, freq=_frequency(date)).start_time


def _frequency(date: str) -> str:
    """The precision of an ISO date: a year, a month or a day."""
    return {4: "Y", 7: "M"}.get(len(date), "D")


def late_beginnings(reference: Reference, conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """One line for each conflict whose beginning is missing from the events, so that its totals are too small."""
    told = []
    for one in conflicts if reference.from_events else ():
        begin, first = _first_day(one.start), steps(reference, one)["counted_from"].min()
        if reference.first - begin > MOST_QUIET:  # the whole file begins after the conflict
            told.append(
                f"{one.id} began on {in_words(begin)}, but {reference.name} counts from {in_words(first)}: "
                "its totals lack what came before"
            )
    return tuple(told)


def compare(totals: pd.DataFrame, reference: Reference, conflicts: Iterable[Conflict]) -> pd.DataFrame:
    """One row per reported total that the reference counts as well, in the order of the totals.

    In: running totals from `totals_beside`, and the conflicts to compare. Out: COLUMNS. `reference_value`,
    `reference_low` and `reference_high` are from the last day of the reference that is not after the report's
    (`reference_date`, `reference_age_days`); they are empty before the reference begins. `difference` is the report
    minus the reference, `ratio` the report divided by it. `within` says whether the report is between low and high; it
    is empty where these are unknown. Totals that the reference does not count (by conflict, outcome or victims) are
    left out.
    """
    reported = set(totals["conflict"])
    known = [rows for one in conflicts if one.id in reported and not (rows := steps(reference, one)).empty]
    right = pd.concat(known, ignore_index=True) if known else _concat([], "")
    keys = ["conflict", *COUNTED]
    right = right.astype(dict.fromkeys(keys, "str"))
    left = totals.assign(date=totals["day"], figure_id=totals["claim_id"])
    left = left.astype({"date": DATE_TYPE} | dict.fromkeys(keys, "str"))
    left = left.merge(right[keys].drop_duplicates(), on=keys, validate="many_to_one")
    left["place"] = range(len(left))
    beside = pd.merge_asof(
        left.sort_values("date", kind="stable"),
        right.sort_values("reference_date", kind="stable"),
        left_on="date",
        right_on="reference_date",
        by=keys,
    )
    ordered = beside.sort_values("place").reset_index(drop=True)
    return _measured(ordered.assign(reference=reference.name)).loc[:, list(COLUMNS)]


def _measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with difference, ratio and `within`."""
    value, other = rows["value"].astype("Int64"), rows["reference_value"].astype("Int64")
    divisor = other.astype("Float64").mask(other == 0)
    inside = (value >= rows["reference_low"].astype("Int64")) & (value <= rows["reference_high"].astype("Int64"))
    return rows.assign(
        difference=value - other,
        ratio=value.astype("Float64") / divisor,
        within=inside.astype("boolean"),
        reference_age_days=(rows["date"] - rows["reference_date"]).dt.days.astype("Int64"),
    )
