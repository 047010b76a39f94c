"""What sources disagree about: the lowest and highest current total of each date, and who says what."""

from __future__ import annotations

import pytest
from worked import check, claims_of

from tracker.model import TrackerError
from tracker.timelines.disagreement import disagreement, who_says_what
from tracker.timelines.totals import totals

THREE = """
id | source     | date       | value | said
f1 | opposition | 2012-03-26 | 9100  | more_than
f2 | UN         | 2012-03-27 | 8000  | more_than
f3 | government | 2011-12-22 | 2000  | more_than
f4 | UN         | 2012-05-01 | 9000  | exact
f5 | SOHR       | 2013-06-26 | 100191| exact
f6 | UN         | 2013-06-13 | 93000 | about
"""


def test_the_lowest_and_the_highest_current_total_of_each_date():
    check(
        disagreement(totals(claims_of(THREE))),
        """
        date       | low   | high   | spread | ratio   | sources | lowest_source | highest_source | lowest_claim
        2011-12-22 | 2000  | 2000   | 0      | 1       | 1       | government    | government     | f3
        2012-03-26 | 2000  | 9100   | 7100   | 4.55    | 2       | government    | opposition     | f3
        2012-03-27 | 2000  | 9100   | 7100   | 4.55    | 3       | government    | opposition     | f3
        2012-05-01 | 2000  | 9100   | 7100   | 4.55    | 3       | government    | opposition     | f3
        2013-06-13 | 93000 | 93000  | 0      | 1       | 1       | UN            | UN             | f6
        2013-06-26 | 93000 | 100191 | 7191   | 1.07732 | 2       | UN            | SOHR           | f6
        """,
    )


def test_without_a_limit_of_age_a_total_stays_until_it_is_renewed():
    last = disagreement(totals(claims_of(THREE)), within=None).tail(1)
    check(
        last,
        """
        date       | low  | high   | sources | lowest_source | highest_source
        2013-06-26 | 2000 | 100191 | 4       | government    | SOHR
        """,
    )


def test_who_says_what_on_a_date():
    check(
        who_says_what(totals(claims_of(THREE)), "2012-12-31"),
        """
        source     | value | said      | date       | age | current | from_lowest | position | claim_id
        government | 2000  | more_than | 2011-12-22 | 375 | no      | -           | lapsed   | f3
        UN         | 9000  | exact     | 2012-05-01 | 244 | yes     | 0           | lowest   | f4
        opposition | 9100  | more_than | 2012-03-26 | 280 | yes     | 100         | highest  | f1
        """,
    )
    check(
        who_says_what(totals(claims_of(THREE)), "2011-12-31"),
        """
        source     | value | position
        government | 2000  | only
        """,
    )


def test_outliers_unnamed_sources_and_other_groups_take_no_part_in_the_disagreement():
    told = """
    id | source | date       | value | group
    f1 | -      | 2012-03-01 | 50000 | unspecified
    f2 | UN     | 2012-03-01 | 9000  | unspecified
    f3 | UN     | 2012-03-02 | 91000 | unspecified
    f4 | UN     | 2012-03-03 | 9100  | unspecified
    f5 | SOHR   | 2012-03-03 | 9900  | unspecified
    f6 | SOHR   | 2012-03-03 | 900   | children
    """
    check(
        disagreement(totals(claims_of(told))),
        """
        counted  | date       | low  | high | sources
        children | 2012-03-03 | 900  | 900  | 1
        everyone | 2012-03-01 | 9000 | 9000 | 1
        everyone | 2012-03-03 | 9100 | 9900 | 2
        """,
    )


def test_numbers_too_large_for_a_float_are_told_as_they_stand():
    told = f"""
    id | source | date       | value
    f1 | UN     | 2012-03-01 | {2**53 + 1}
    f2 | SOHR   | 2012-03-01 | {2**63 - 1}
    """
    check(
        disagreement(totals(claims_of(told))),
        f"""
        low         | high        | spread
        {2**53 + 1} | {2**63 - 1} | {2**63 - 1 - (2**53 + 1)}
        """,
    )


def test_a_date_that_is_none_is_refused():
    with pytest.raises(TrackerError, match="'yesterday' is not a date"):
        who_says_what(totals(claims_of(THREE)), "yesterday")
