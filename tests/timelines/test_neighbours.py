"""What one more report changes at the other points of its series: no label, and flags only where it takes part."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from worked import claims_of

from tracker.timelines.outliers import SOON
from tracker.timelines.totals import OFF_LINE, totals

LINKS = ["rise", "days", "supersedes", "superseded_by"]
ONE = claims_of("date | value\n2015-01-01 | 10")
FIRST = pd.Timestamp("2015-01-01")


def points_of(told: list[tuple[str, int, int, int]]) -> pd.DataFrame:
    """The points of one series, from an id, a day, a number and how many reports print it."""
    ids, days, values, reports = zip(*told, strict=True)
    rows = pd.concat([ONE] * len(told), ignore_index=True)
    when = FIRST + pd.to_timedelta(list(days), "D")
    rows = rows.assign(**{name: when.astype(ONE[name].dtype) for name in ("day", "first_reported", "last_reported")})
    numbers = pd.array(list(values), dtype="Int64")
    rows = rows.assign(**dict.fromkeys(("value", "low", "best", "high"), numbers), reports=list(reports), claim_id=ids)
    return totals(rows.assign(article_ids=[(one,) for one in ids])).set_index("claim_id")


def bound_together(found: pd.DataFrame, new: str) -> set[Any]:
    """The points that contradict the new one, or others that do: earlier and higher, or later and lower."""
    ids, values = list(found.index), found["value"].to_numpy(np.int64)
    bound, open_ = {new}, [new]
    while open_:
        at = ids.index(open_.pop())
        against = {ids[i] for i in range(at) if values[i] > values[at]}
        against |= {ids[i] for i in range(at + 1, len(ids)) if values[i] < values[at]}
        open_ += sorted(against - bound)
        bound |= against
    return bound


def beside(found: pd.DataFrame, new: str) -> set[Any]:
    """The points within SOON days of the new one, and all between it and the two points on each side of it on the line,
    these included.
    """
    near = (found["day"] - found.at[new, "day"]).dt.days.abs() <= SOON
    line = [at for at, flag in enumerate(found["flag"]) if found.index[at] == new or flag not in OFF_LINE]
    at = line.index(found.index.get_loc(new))
    return {*found.index[near], *found.index[line[max(at - 2, 0)] : line[min(at + 2, len(line) - 1)] + 1]}


numbers = st.tuples(st.integers(0, 40), st.integers(0, 90), st.sampled_from([1, 1, 1, 0.1, 0.6, 1.4, 9]))
reports = st.integers(1, 4)


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(st.tuples(numbers, reports), min_size=4, max_size=14),
    day=st.integers(0, 500),
    value=st.integers(50, 9_000),
)
def test_one_more_report_changes_flags_only_of_points_that_it_contradicts_or_stands_beside(steps, day, value):
    days = np.cumsum([step[0] for step, _ in steps])
    truth = 500 + np.cumsum([step[1] for step, _ in steps])
    told = [(f"p{at}", int(days[at]), int(truth[at] * step[2]), several) for at, (step, several) in enumerate(steps)]
    before, after = points_of(told), points_of([*told, ("new", day, value, 1)])
    others = after.drop(index="new").loc[before.index]
    assert others.drop(columns=["flag", *LINKS]).equals(before.drop(columns=["flag", *LINKS]))
    flagged = set(before.index[(others["flag"] != before["flag"]).to_numpy(dtype=bool)])
    assert flagged <= bound_together(after, "new") | beside(after, "new")
    if flagged:
        return
    measured = {
        one for name in LINKS[:3] for one in before.index if str(others.at[one, name]) != str(before.at[one, name])
    }
    assert measured <= set(after.index[(after["supersedes"] == "new").to_numpy(dtype=bool)])


@settings(max_examples=12, deadline=None)
@given(steps=st.lists(numbers, min_size=5, max_size=12), day=st.integers(0, 400))
def test_a_report_that_no_other_contradicts_changes_no_flag(steps, day):
    days, truth = np.cumsum([step[0] for step in steps]), 500 + np.cumsum([step[1] for step in steps])
    told = [(f"p{at}", int(days[at]), int(truth[at]), 1) for at in range(len(steps))]
    earlier = [number for _, when, number, _ in told if when <= day]
    before, after = points_of(told), points_of([*told, ("new", day, max(earlier, default=500), 1)])
    assert set(after["flag"]) == set(before["flag"]) == {""}


def test_a_report_of_another_series_changes_nothing():
    one = "id | date | value | source\nf1 | 2015-01-01 | 900 | Army\nf2 | 2015-02-01 | 800 | Army"
    more = f"{one}\nf3 | 2015-01-15 | 20 | Police\nf4 | 2015-01-15 | 9000 | -"
    before, after = totals(claims_of(one)), totals(claims_of(more))
    pd.testing.assert_frame_equal(after[after["source_name"] == "Army"].reset_index(drop=True), before)
