"""Claims, by worked cases: which figures say the same."""

from __future__ import annotations

import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import figure
from worked import AREAS, check, claims_of

from tracker.model import Qualifier, Scope, Status, VictimGroup
from tracker.timelines.claims import CLAIM_COLUMNS, claims
from tracker.timelines.columns import frame

CASES = {
    "one total in three papers is one claim with three reports": (
        """
        id | published  | date       | value | source
        f1 | 2012-03-27 | 2012-03-26 | 9100  | SOHR
        f2 | 2012-03-26 | 2012-03-26 | 9100  | SOHR
        f3 | 2012-03-28 | 2012-03-26 | 9100  | SOHR
        """,
        """
        claim_id | date       | value | reports | first_reported | last_reported | figure_ids
        f2       | 2012-03-26 | 9100  | 3       | 2012-03-26     | 2012-03-28    | f2 f1 f3
        """,
    ),
    "another qualifier, source, outcome or group is another claim": (
        """
        id | scope    | date       | value | said     | source | outcome | group
        f1 | incident | 2012-03-26 | 50    | exact    | police | killed  | unspecified
        f2 | incident | 2012-03-26 | 50    | at_least | police | killed  | unspecified
        f3 | incident | 2012-03-26 | 50    | exact    | medics | killed  | unspecified
        f4 | incident | 2012-03-26 | 50    | exact    | police | injured | unspecified
        f5 | incident | 2012-03-26 | 50    | exact    | police | killed  | children
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
    "soldiers of two armies are two claims; people of the country itself are no others": (
        """
        id | scope    | conflict | date       | value | group       | victims            | country | place
        f1 | incident | ukraine  | 2022-08-01 | 50    | combatants  | Russian soldiers   | UKR     | Izium
        f2 | incident | ukraine  | 2022-08-01 | 50    | combatants  | Ukrainian soldiers | UKR     | Izium
        f3 | incident | ukraine  | 2022-08-01 | 50    | combatants  | soldiers           | UKR     | Izium
        f4 | incident | ukraine  | 2022-08-01 | 50    | combatants  | Russian and North Korean soldiers | UKR | Izium
        """,
        """
        claim_id | people | figure_ids
        f1       | RUS    | f1
        f2       | -      | f2 f3 f4
        """,
    ),
    "two figures in one article are one report": (
        """
        id | article | start | date       | value
        f1 | a       | 10    | 2012-03-26 | 9100
        f2 | a       | 90    | 2012-03-26 | 9100
        """,
        """
        claim_id | reports | articles | article_ids | figure_ids
        f1       | 1       | 1        | a           | f1 f2
        """,
    ),
    "a headline goes with its own text, whatever hedge or source it leaves out": (
        """
        id | article | field | date       | value | said     | source
        f1 | a       | title | 2012-03-26 | 30    | exact    | -
        f2 | a       | text  | 2012-03-26 | 30    | at_least | police
        f3 | b       | title | 2012-03-26 | 30    | exact    | -
        """,
        """
        claim_id | said     | source       | figure_ids
        f2       | at_least | police       | f2 f1
        f3       | exact    | unattributed | f3
        """,
    ),
    "the day is that of the text, not the one on which its headline was printed": (
        """
        id | article | field | published  | scope      | period_start | date       | value | source
        f1 | a       | title | 2012-03-27 | incident   | -            | 2012-03-27 | 80    | -
        f2 | a       | text  | 2012-03-27 | period     | 2012-03-14   | 2012-03-20 | 80    | police
        f3 | b       | title | 2012-03-27 | incident   | -            | 2012-03-27 | 5     | -
        f4 | b       | text  | 2012-03-27 | incident   | -            | 2012-03    | 5     | police
        f5 | c       | title | 2012-03-27 | cumulative | -            | 2012-03-27 | 9100  | -
        f6 | c       | text  | 2012-03-27 | cumulative | -            | -          | 9100  | police
        """,
        """
        claim_id | value | date       | first_day  | last_day   | figure_ids
        f4       | 5     | 2012-03    | 2012-03-01 | 2012-03-31 | f4 f3
        f2       | 80    | 2012-03-20 | 2012-03-14 | 2012-03-20 | f2 f1
        f6       | 9100  | 2012-03-27 | 2012-03-27 | 2012-03-27 | f6 f5
        """,
    ),
    "dates of any year may stand beside each other": (
        """
        id | scope  | published  | period_start | date       | value | place
        f1 | period | 2012-03-01 | 9999-11-01   | 9999-12-31 | 5     | Homs
        f2 | period | 2012-03-07 | 2012-03-01   | 2012-03-07 | 80    | Homs
        f3 | period | 2012-03-27 | 2012-03-20   | 2012-03-27 | 80    | Homs
        f4 | period | 2012-03-28 | 0001-01-01   | 0001-01-02 | 80    | Homs
        """,
        """
        claim_id | first_day  | last_day
        f4       | 0001-01-01 | 0001-01-02
        f2       | 2012-03-01 | 2012-03-07
        f3       | 2012-03-20 | 2012-03-27
        f1       | 9999-11-01 | 9999-12-31
        """,
    ),
    "the same total told again within a month is one claim, whatever other numbers the source gave": (
        """
        id | date       | value | source
        f1 | 2012-03-01 | 9000  | UN
        f2 | 2012-03-20 | 9000  | UN
        f3 | 2012-04-01 | 9500  | UN
        f4 | 2012-04-05 | 9000  | UN
        f5 | 2012-05-06 | 9000  | UN
        f6 | 2012-07-01 | 9500  | UN
        """,
        """
        claim_id | date       | value | last_day   | reports
        f1       | 2012-03-01 | 9000  | 2012-04-05 | 3
        f3       | 2012-04-01 | 9500  | 2012-04-01 | 1
        f5       | 2012-05-06 | 9000  | 2012-05-06 | 1
        f6       | 2012-07-01 | 9500  | 2012-07-01 | 1
        """,
    ),
    "a total of a month was told by its end, but not after it was printed": (
        """
        id | published  | date    | value
        f1 | 2012-04-09 | 2012-03 | 9000
        f2 | 2013-02-03 | 2013    | 60000
        """,
        """
        claim_id | date    | date_precision | day
        f1       | 2012-03 | month          | 2012-03-31
        f2       | 2013    | year           | 2013-02-03
        """,
    ),
    "incidents of two days or two places are two claims": (
        """
        id | scope    | date       | value | place
        f1 | incident | 2012-03-26 | 5     | Homs
        f2 | incident | 2012-03-27 | 5     | Homs
        f3 | incident | 2012-03-26 | 5     | Hama
        f4 | incident | 2012-03-26 | 5     | market in Homs
        """,
        """
        claim_id | area | date       | reports
        f1       | homs | 2012-03-26 | 2
        f3       | hama | 2012-03-26 | 1
        f2       | homs | 2012-03-27 | 1
        """,
    ),
    "a month goes with the one day in it, and stands alone beside two": (
        """
        id | scope    | date       | value | place
        f1 | incident | 2012-03-26 | 5     | Homs
        f2 | incident | 2012-03    | 5     | Homs
        f3 | incident | 2012-03-02 | 8     | Homs
        f4 | incident | 2012-03-04 | 8     | Homs
        f5 | incident | 2012-03    | 8     | Homs
        """,
        """
        date       | date_precision | value | figure_ids
        2012-03    | month          | 8     | f5
        2012-03-02 | day            | 8     | f3
        2012-03-04 | day            | 8     | f4
        2012-03-26 | day            | 5     | f2 f1
        """,
    ),
    "periods that overlap are one claim, those that do not are two": (
        """
        id | scope  | period_start | date       | value
        f1 | period | 2012-03-01   | 2012-03-07 | 80
        f2 | period | 2012-03-05   | 2012-03-12 | 80
        f3 | period | 2012-03-20   | 2012-03-27 | 80
        """,
        """
        claim_id | first_day  | last_day   | date       | reports
        f1       | 2012-03-01 | 2012-03-12 | 2012-03-12 | 2
        f3       | 2012-03-20 | 2012-03-27 | 2012-03-27 | 1
        """,
    ),
    "vague words are compared by the words, ranges by both ends": (
        """
        id | date       | value | said  | figure   | high
        f1 | 2012-03-26 | -     | vague | dozens   | -
        f2 | 2012-03-26 | -     | vague | Dozens   | -
        f3 | 2012-03-26 | -     | vague | hundreds | -
        f4 | 2012-03-26 | 20    | range | 20 to 30 | 30
        f5 | 2012-03-26 | 20    | range | 20 to 40 | 40
        """,
        """
        figure   | low | best | high | reports
        dozens   | 24  | 24   | -    | 2
        hundreds | 200 | 200  | -    | 1
        20 to 30 | 20  | 20   | 30   | 1
        20 to 40 | 20  | 20   | 40   | 1
        """,
    ),
    "a part names the claim of its total, also where another paper prints it alone": (
        """
        id | scope    | article | date       | value | group       | part_of | place
        f1 | incident | a       | 2012-03-26 | 25    | unspecified | -       | Homs
        f2 | incident | a       | 2012-03-26 | 5     | children    | f1      | Homs
        f3 | incident | b       | 2012-03-26 | 5     | children    | -       | Homs
        f4 | incident | c       | 2012-03-26 | 3     | women       | gone    | Homs
        """,
        """
        claim_id | value | part_of | figure_ids
        f1       | 25    | -       | f1
        f2       | 5     | f1      | f2 f3
        f4       | 3     | gone    | f4
        """,
    ),
    "a table that makes two numbers parts of each other loses neither": (
        """
        id | scope    | article | date       | value | group       | part_of | place
        f1 | incident | a       | 2012-03-26 | 25    | unspecified | f2      | Homs
        f2 | incident | a       | 2012-03-26 | 5     | children    | f1      | Homs
        """,
        """
        claim_id | value | part_of
        f1       | 25    | -
        f2       | 5     | -
        """,
    ),
    "a number that was names the claim of the one that it has become": (
        """
        id | scope    | article | start | rule   | date       | value | place
        f1 | incident | a       | 10    | toll   | 2012-03-26 | 62    | Homs
        f2 | incident | a       | 20    | former | 2012-03-26 | 30    | Homs
        f3 | incident | b       | 10    | toll   | 2012-03-26 | 30    | Homs
        """,
        """
        claim_id | value | former | superseded_by | figure_ids
        f1       | 62    | no     | -             | f1
        f2       | 30    | yes    | f1            | f2 f3
        """,
    ),
    "the whole country is the same area however it is written; a town in it is another": (
        """
        id | date       | value | place               | country
        f1 | 2012-03-26 | 9100  | -                   | SYR
        f2 | 2012-03-26 | 9100  | Syria               | SYR
        f3 | 2012-03-26 | 9100  | areas across Syria  | SYR
        f4 | 2012-03-26 | 9100  | Homs                | SYR
        """,
        """
        claim_id | area | reports
        f1       | SYR  | 3
        f4       | homs | 1
        """,
    ),
    "the theatre of a war that is less than a country is the whole of it": (
        """
        id | conflict | date       | value | place      | country
        f1 | gaza     | 2024-03-26 | 9100  | Gaza Strip | PSE
        f2 | gaza     | 2024-03-26 | 9100  | Gaza       | PSE
        f3 | gaza     | 2024-03-26 | 9100  | Gaza City  | PSE
        """,
        """
        claim_id | area      | reports
        f1       | PSE       | 2
        f3       | gaza city | 1
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_which_figures_say_the_same(case):
    given_figures, expected = CASES[case]
    check(claims_of(given_figures).sort_values(["day", "claim_id"], kind="stable"), expected)


def test_copies_of_an_article_are_one_report():
    told = """
    id | article | date       | value
    f1 | wire    | 2012-03-26 | 9100
    f2 | paper   | 2012-03-26 | 9100
    f3 | other   | 2012-03-26 | 9100
    """
    check(
        claims_of(told, {"wire": "wire", "paper": "wire"}),
        """
        claim_id | reports | articles
        f3       | 2       | 3
        """,
    )


def test_rejected_figures_make_no_claim():
    told = claims(frame([figure("a", status=Status.REJECTED), figure("b")]), AREAS)
    assert told["figure_ids"].tolist() == [("b",)]


def test_no_figures_give_an_empty_table_of_the_same_columns():
    empty = claims(frame([]), AREAS)
    assert tuple(empty.columns) == CLAIM_COLUMNS
    assert empty.empty


def made(number: int, **changes: object) -> object:
    part = changes.pop("part")
    total = f"f{part}" if part != number else None
    return figure(f"f{number}", article_id=f"a{number % 4}", start=number, part_of=total, **changes)


FIGURES = st.lists(
    st.builds(
        made,
        st.integers(0, 30),
        part=st.integers(0, 60),
        value=st.sampled_from([None, 1, 2, 300]),
        qualifier=st.sampled_from([Qualifier.EXACT, Qualifier.AT_LEAST]),
        low=st.sampled_from([None, 1]),
        published=st.sampled_from([None, "2012-03-26", "2012-04-01T10:00:00Z"]),
        date=st.sampled_from([None, "2012", "2012-03", "2012-03-26", "2012-04-01"]),
        period_start=st.sampled_from([None, "2012-01-01"]),
        scope=st.sampled_from(Scope),
        field=st.sampled_from(["title", "text"]),
        place=st.sampled_from([None, "Homs", "Syria"]),
        source_name=st.sampled_from([None, "police", "opposition"]),
        victim_group=st.sampled_from([VictimGroup.UNSPECIFIED, VictimGroup.CHILDREN]),
        status=st.sampled_from([Status.EXTRACTED, Status.REJECTED]),
    ),
    max_size=14,
    unique_by=lambda one: one.figure_id,
)


@settings(max_examples=examples(40))
@given(FIGURES, st.randoms())
def test_the_order_of_ingestion_does_not_matter(figures, random):
    shuffled = random.sample(figures, len(figures))
    pd.testing.assert_frame_equal(claims(frame(figures), AREAS), claims(frame(shuffled), AREAS))


@settings(max_examples=examples(40))
@given(FIGURES)
def test_every_figure_that_stands_is_in_one_claim_and_each_claim_is_named_by_one_of_its_own(figures):
    told = claims(frame(figures), AREAS)
    ids = [one for claim in told["figure_ids"] for one in claim]
    assert sorted(ids) == sorted(one.figure_id for one in figures if one.status is not Status.REJECTED)
    assert all(name in claim for name, claim in zip(told["claim_id"], told["figure_ids"], strict=True))
    assert (told["reports"] <= told["articles"]).all()
