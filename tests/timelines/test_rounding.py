"""Rounded running totals: "more than 34,000" beside 34,012 is one claim, by worked cases."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from worked import AREAS, check, claims_of, figures

from tracker.timelines.claims import claims
from tracker.timelines.columns import frame
from tracker.timelines.totals import totals

CASES = {
    "a rounded total joins the exact one of its source, and the line does not fall": (
        """
        id | date       | value | said      | source
        f1 | 2024-04-18 | 34012 | exact     | ministry
        f2 | 2024-04-19 | 34000 | more_than | ministry
        f3 | 2024-04-19 | 34000 | exact     | ministry
        f4 | 2024-04-17 | 34000 | about     | ministry
        f5 | 2024-04-18 | 34012 | at_least  | ministry
        """,
        """
        claim_id | date       | value | qualifier | reports | figure_ids
        f1       | 2024-04-18 | 34012 | exact     | 5       | f4 f1 f5 f2 f3
        """,
    ),
    "the exact total leads, though the rounded one was printed first": (
        """
        id | date       | value | said      | source
        f1 | 2024-04-17 | 34000 | more_than | ministry
        f2 | 2024-04-18 | 34012 | exact     | ministry
        """,
        """
        claim_id | date       | value | first_day  | reports
        f2       | 2024-04-18 | 34012 | 2024-04-18 | 2
        """,
    ),
    "of several exact totals it is the one of the nearest day, and the older one first": (
        """
        id | date       | value | said      | source
        f1 | 2023-10-20 | 4137  | exact     | ministry
        f2 | 2023-10-21 | 4185  | exact     | ministry
        f3 | 2023-10-21 | 4100  | more_than | ministry
        f4 | 2023-10-25 | 4000  | more_than | ministry
        """,
        """
        claim_id | value | figure_ids
        f1       | 4137  | f1
        f2       | 4185  | f2 f3 f4
        """,
    ),
    "what the words do not leave open is another total": (
        """
        id | date       | value | said      | source
        f1 | 2024-04-18 | 34012 | exact     | ministry
        f2 | 2024-04-18 | 35000 | about     | ministry
        f3 | 2024-04-18 | 33000 | more_than | ministry
        f4 | 2024-04-18 | 34100 | at_least  | ministry
        """,
        """
        claim_id | value
        f1       | 34012
        f2       | 35000
        f3       | 33000
        f4       | 34100
        """,
    ),
    "more than ten thousand is not nineteen thousand": (
        """
        id | date       | value | said      | source
        f1 | 2013-03-26 | 19113 | exact     | SOHR
        f2 | 2013-03-26 | 10000 | more_than | SOHR
        """,
        """
        claim_id | value
        f1       | 19113
        f2       | 10000
        """,
    ),
    "another source, another area, other people and another month are other totals": (
        """
        id | date       | value | said      | source   | place | group
        f1 | 2024-04-18 | 34012 | exact     | ministry | -     | unspecified
        f2 | 2024-04-18 | 34000 | more_than | UN       | -     | unspecified
        f3 | 2024-04-18 | 34000 | more_than | ministry | Homs  | unspecified
        f4 | 2024-04-18 | 34000 | more_than | ministry | -     | children
        f5 | 2024-08-18 | 34000 | more_than | ministry | -     | unspecified
        """,
        """
        claim_id | reports
        f1       | 1
        f2       | 1
        f3       | 1
        f4       | 1
        f5       | 1
        """,
    ),
    "vague words are the number beside them": (
        """
        id | date       | value | figure    | said  | best | source
        f1 | 2023-10-08 | 413   | 413       | exact | 413  | ministry
        f2 | 2023-10-08 | -     | hundreds  | vague | 200  | ministry
        f3 | 2023-10-08 | -     | thousands | vague | 2000 | ministry
        """,
        """
        claim_id | reports
        f1       | 2
        f3       | 1
        """,
    ),
    "an unusual total told again after the next one is no fall": (
        """
        id | date       | value | source
        f1 | 2023-10-18 | 3478  | ministry
        f2 | 2023-10-19 | 3785  | ministry
        f3 | 2023-10-20 | 3478  | ministry
        """,
        """
        claim_id | date       | value | reports
        f1       | 2023-10-18 | 3478  | 2
        f2       | 2023-10-19 | 3785  | 1
        """,
    ),
    "reports without a source, events and parts of a total stay as they are": (
        """
        id | date       | value | said      | source   | scope      | part_of
        f1 | 2024-04-18 | 34012 | exact     | -        | cumulative | -
        f2 | 2024-04-18 | 34000 | more_than | -        | cumulative | -
        f3 | 2024-04-18 | 112   | exact     | ministry | incident   | -
        f4 | 2024-04-18 | 110   | more_than | ministry | incident   | -
        f5 | 2024-04-18 | 5012  | exact     | ministry | cumulative | f1
        f6 | 2024-04-18 | 5000  | more_than | ministry | cumulative | f1
        """,
        """
        claim_id | reports
        f1       | 1
        f2       | 1
        f3       | 1
        f4       | 1
        f5       | 1
        f6       | 1
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_which_totals_are_one(case):
    told, expected = CASES[case]
    check(claims_of(told), expected)


def test_a_line_of_rounded_and_exact_totals_only_rises():
    told = """
    id | date       | value | said      | source
    f1 | 2024-04-18 | 34012 | exact     | ministry
    f2 | 2024-04-20 | 34000 | more_than | ministry
    f3 | 2024-04-24 | 34262 | exact     | ministry
    f4 | 2024-04-26 | 34200 | more_than | ministry
    f5 | 2024-04-27 | 34000 | more_than | ministry
    """
    check(
        totals(claims_of(told)),
        """
        value | rise | flag
        34012 | -    | -
        34262 | 250  | -
        """,
    )


def test_the_order_of_ingestion_does_not_matter():
    told = [one for case, _ in CASES.values() for one in figures(case)]
    numbered = [replace(one, figure_id=f"g{at}", article_id=f"b{at}") for at, one in enumerate(told)]
    first = claims(frame(numbered), AREAS)
    for seed in range(3):
        mixed = random.Random(seed).sample(numbered, len(numbered))
        assert claims(frame(mixed), AREAS).equals(first)
