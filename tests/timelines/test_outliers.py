"""Outliers by worked cases: the points that the true course of a running total cannot hold."""

from __future__ import annotations

import pytest
from worked import check, claims_of

from tracker.timelines.totals import totals

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
