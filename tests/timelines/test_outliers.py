"""Outliers by worked cases: the points that the true course of a running total cannot hold."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worked import check, claims_of

from tracker.timelines.disagreement import disagreement, who_says_what
from tracker.timelines.series import rates
from tracker.timelines.totals import OFF_LINE, totals

CASES = {
    "the points that no rising line can hold are flagged, and not the truth between them": (
        """
        date       | value
        2017-01-01 | 290000
        2017-02-01 | 300000
        2017-02-02 | 300
        2017-03-01 | 320000
        2017-03-02 | 37
        """,
        """
        date       | value  | flag    | rise  | days
        2017-01-01 | 290000 | -       | -     | -
        2017-02-01 | 300000 | -       | 10000 | 31
        2017-02-02 | 300    | outlier | -     | -
        2017-03-01 | 320000 | -       | 20000 | 28
        2017-03-02 | 37     | outlier | -     | -
        """,
    ),
    "a number that more reports print outweighs several that one report each prints": (
        """
        date       | value | article
        2017-01-01 | 10    | a
        2017-02-01 | 9000  | b
        2017-02-01 | 9000  | c
        2017-02-01 | 9000  | d
        2017-03-01 | 20    | e
        2017-04-01 | 9100  | f
        """,
        """
        date       | value | reports | flag
        2017-01-01 | 10    | 1       | -
        2017-02-01 | 9000  | 3       | -
        2017-03-01 | 20    | 1       | outlier
        2017-04-01 | 9100  | 1       | -
        """,
    ),
    "of two chains of as many reports the one whose numbers are near each other is the true one": (
        """
        date       | value
        2012-03-01 | 9000
        2012-03-10 | 90
        2012-03-20 | 9500
        2012-04-01 | 9900
        """,
        """
        date       | value | flag
        2012-03-01 | 9000  | -
        2012-03-10 | 90    | outlier
        2012-03-20 | 9500  | -
        2012-04-01 | 9900  | -
        """,
    ),
    "a lone number far above the points on both sides is off the line, and the truth after it has not fallen": (
        """
        id | date       | value
        f1 | 2015-11-20 | 18100
        f2 | 2015-12-19 | 26400
        f3 | 2015-12-21 | 20200
        f4 | 2016-01-20 | 25000
        f5 | 2016-02-20 | 29000
        """,
        """
        claim_id | value | flag    | rise | days | supersedes | superseded_by
        f1       | 18100 | -       | -    | -    | -          | f3
        f2       | 26400 | outlier | -    | -    | -          | f3
        f3       | 20200 | -       | 2100 | 31   | f1         | f4
        f4       | 25000 | -       | 4800 | 30   | f3         | f5
        f5       | 29000 | -       | 4000 | 31   | f4         | -
        """,
    ),
    "so is one far below them, even where the next report comes late": (
        """
        date       | value
        2015-01-01 | 5200
        2015-03-01 | 5900
        2015-04-01 | 3100
        2015-09-01 | 6400
        """,
        """
        value | flag
        5200  | -
        5900  | -
        3100  | outlier
        6400  | -
        """,
    ),
    "a level that three reports give is no misreading but was revised": (
        """
        date       | value | article
        2015-01-01 | 9000  | a
        2015-02-01 | 14000 | b
        2015-02-08 | 14100 | c
        2015-02-16 | 14500 | d
        2015-03-01 | 7800  | e
        2015-04-01 | 8000  | f
        2015-05-01 | 8300  | g
        2015-06-01 | 8800  | h
        2015-07-01 | 9400  | i
        """,
        """
        value | flag
        9000  | -
        14000 | -
        14100 | -
        14500 | -
        7800  | revision
        8000  | -
        8300  | -
        8800  | -
        9400  | -
        """,
    ),
    "one report ahead of what many papers print the day after is off the line, however little": (
        """
        date       | value | article
        2015-10-16 | 2810  | a
        2015-10-17 | 3500  | b
        2015-10-18 | 3010  | c
        2015-10-18 | 3010  | d
        2015-10-18 | 3010  | e
        2015-10-18 | 3010  | f
        2015-10-18 | 3010  | g
        2015-10-20 | 3790  | h
        """,
        """
        value | flag
        2810  | -
        3500  | conflicting
        3010  | -
        3790  | -
        """,
    ),
    "numbers that are behind for some days are off the line, all of them": (
        """
        date       | value | article
        2015-10-08 | 690   | a
        2015-10-09 | 905   | b
        2015-10-09 | 905   | c
        2015-10-09 | 905   | d
        2015-10-10 | 750   | e
        2015-10-11 | 830   | f
        2015-10-12 | 1060  | g
        """,
        """
        value | flag
        690   | -
        905   | -
        750   | conflicting
        830   | conflicting
        1060  | -
        """,
    ),
    "and so is one that is ahead for some days": (
        """
        date       | value
        2015-10-08 | 690
        2015-10-09 | 905
        2015-10-10 | 750
        2015-10-11 | 830
        2015-10-12 | 1060
        """,
        """
        value | flag
        690   | -
        905   | conflicting
        750   | -
        830   | -
        1060  | -
        """,
    ),
    "of two counts by one body months apart, the far smaller one is not the beginning of the other": (
        """
        conflict | country | date       | value
        ukraine  | UKR     | 2022-07-05 | 90
        ukraine  | UKR     | 2022-11-30 | 8300
        """,
        """
        value | flag
        90    | outlier
        8300  | -
        """,
    ),
    "a count that is renewed after months may have grown with the war": (
        """
        conflict | country | date       | value
        ukraine  | UKR     | 2022-05-05 | 900
        ukraine  | UKR     | 2022-12-30 | 9000
        """,
        """
        value | flag
        900   | -
        9000  | -
        """,
    ),
    "of two points nobody can tell which one is wrong": (
        """
        date       | value
        2017-01-01 | 3000
        2017-05-01 | 300
        """,
        """
        date       | value | flag
        2017-01-01 | 3000  | -
        2017-05-01 | 300   | revision
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_points_outside_the_true_course(case):
    told, expected = CASES[case]
    check(totals(claims_of(told)), expected)


def told(numbers: list[int]) -> str:
    """A table of totals, one for each week."""
    days = (dt.date(2015, 1, 1) + dt.timedelta(days=7 * at) for at in range(len(numbers)))
    return "\n".join(["date | value", *(f"{day} | {number}" for day, number in zip(days, numbers, strict=True))])


rising = st.lists(st.integers(1, 40), min_size=9, max_size=14).map(
    lambda steps: [1009 + 2 * sum(steps[:at]) for at in range(len(steps))]
)


@settings(max_examples=40, deadline=None)
@given(truth=rising, at=st.integers(3, 6), times=st.sampled_from([0.01, 0.3, 0.5, 2.3, 3, 7, 12, 300]))
def test_one_wrong_number_among_true_ones_is_off_the_line_and_no_true_one_is(truth, at, times):
    wrong = int(truth[at] * times)
    points = totals(claims_of(told([*truth[:at], wrong, *truth[at:]])))
    off = points[points["flag"].isin(OFF_LINE)]
    assert off["value"].tolist() == [wrong]
    claim = set(off["claim_id"])
    for compared in (disagreement(points)["lowest_claim"], disagreement(points)["highest_claim"]):
        assert claim.isdisjoint(compared)
    for linked in (points["supersedes"], points["superseded_by"]):
        assert claim.isdisjoint(linked)
    assert claim.isdisjoint(who_says_what(points, str(off["date"].iloc[0]))["claim_id"])
    assert (rates(points)["rise"] >= 0).all()


@settings(max_examples=40, deadline=None)
@given(truth=rising)
def test_a_count_that_never_falls_has_no_flags(truth):
    assert set(totals(claims_of(told(truth)))["flag"]) == {""}
