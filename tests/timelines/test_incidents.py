"""Incidents by worked cases: one event across sources, its latest numbers, and nothing counted twice."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import figure
from worked import AREAS, check, claims_of

from tracker.knowledge import load_convention
from tracker.model import Scope, VictimGroup
from tracker.timelines.claims import claims
from tracker.timelines.columns import frame
from tracker.timelines.incidents import INCIDENT_COLUMNS, incidents

CASES = {
    "headlines without a day find their event by the place, and happened when printed or the day before": (
        """
        id | scope    | published  | date | value | source  | place      | country | conflict | quote
        f1 | incident | 2024-05-26 | -    | 35    | doctors | Rafah      | PSE     | gaza     | Strike on Rafah kills 35
        f2 | incident | 2024-05-27 | -    | 45    | police  | Rafah camp | PSE     | gaza     | Toll in Rafah camp is 45
        f3 | incident | 2024-06-09 | -    | 45    | police  | Rafah      | PSE     | gaza     | 45 killed in Rafah
        """,
        """
        date       | date_precision | area  | history
        2024-05-26 | print          | rafah | doctors 35; police 45
        2024-06-09 | print          | rafah | police 45
        """,
    ),
    "what was hit joins reports that name the place in other ways, and keeps two events of one town and day apart": (
        """
        id | scope    | published  | date       | value | source  | place     | country | conflict | quote
        f1 | incident | 2023-10-18 | 2023-10-17 | 500   | doctors | Gaza City | PSE     | gaza     | a hospital was hit
        f2 | incident | 2023-10-18 | -          | 471   | police  | Gaza      | PSE     | gaza     | in a hospital
        f3 | incident | 2023-10-18 | 2023-10-17 | 7     | police  | Gaza City | PSE     | gaza     | 7 in a school
        """,
        """
        date       | date_precision | area      | history
        2023-10-17 | day            | gaza city | police 471; doctors 500
        2023-10-17 | day            | gaza city | police 7
        """,
    ),
    "one toll of one town on two days that touch is one event": (
        """
        id | scope    | published  | date       | value | source  | place          | country | conflict
        f1 | incident | 2023-10-20 | 2023-10-19 | 13    | doctors | Tulkarm        | PSE     | west-bank
        f2 | incident | 2023-10-20 | 2023-10-20 | 13    | police  | Tulkarm market | PSE     | west-bank
        f3 | incident | 2023-10-20 | 2023-10-20 | 2     | police  | Jenin          | PSE     | west-bank
        f4 | incident | 2023-10-20 | 2023-10-19 | 2     | police  | Jenin          | PSE     | west-bank
        """,
        """
        date       | area    | history
        2023-10-19 | tulkarm | doctors 13; police 13
        2023-10-19 | jenin   | police 2
        2023-10-20 | jenin   | police 2
        """,
    ),
    "vague words join the number nearest to them, and make no event of two others": (
        """
        id | scope    | date       | value | best | figure   | said  | source | country | conflict | quote
        f1 | incident | 2023-10-07 | 260   | 260  | 260 | exact | - | ISR | gaza | 260 at a festival
        f2 | incident | 2023-10-07 | 700   | 700  | 700      | exact | -      | ISR | gaza | 700, and a festival
        f3 | incident | 2023-10-07 | -     | 200  | hundreds | vague | -      | ISR | gaza | hundreds at a festival
        """,
        """
        best | figure_ids
        700  | f2
        260  | f3 f1
        """,
    ),
    "a site is the one nearest to the number, and most reports decide whether it is a part of a total": (
        """
        id | scope    | date       | value | best | figure   | said  | source | country | conflict | part_of | quote
        f1 | incident | 2023-10-07 | 260   | 260  | 260 | exact | - | ISR | gaza | - | 260 at a festival
        f2 | incident | 2023-10-07 | -     | 200  | hundreds | vague | - | ISR | gaza | - | hundreds at a festival
        f3 | incident | 2023-10-07 | -     | 200  | hundreds | vague | - | ISR | gaza | f9      | hundreds at a festival
        f4 | incident | 2023-10-07 | - | 200 | hundreds | vague | - | ISR | gaza | - | hundreds at a rave; a funeral
        """,
        """
        best | figure_ids
        260  | f2 f3 f4 f1
        """,
    ),
    "many dead of a whole country on one day are one event, whoever tells it, and a festival in it is its own": (
        """
        id | scope    | published  | date       | value | source | country | conflict | victims | quote
        f1 | incident | 2023-10-08 | 2023-10-07 | 250   | police | ISR | gaza | people       | 250 were killed
        f2 | incident | 2023-10-09 | 2023-10-07 | 600   | -      | ISR | gaza | people       | 600 were killed
        f3 | incident | 2023-10-11 | 2023-10-07 | 1200  | army   | ISR | gaza | people       | 1200 were killed
        f4 | incident | 2023-10-12 | 2023-10-07 | 370   | -      | ISR | gaza | Palestinians | 370 were killed
        f5 | incident | 2023-10-12 | 2023-10-07 | 260   | -      | ISR | gaza | people       | 260 at a festival
        f6 | incident | 2023-10-13 | 2023-10-07 | 250   | army   | ISR | gaza | people       | 250 at a festival
        """,
        """
        best | history
        1200 | police 250; unattributed 600; army 1200
        370  | unattributed 370
        250  | unattributed 260; army 250
        """,
    ),
    "an event is recalled by its number: a rare one for two weeks, where one report gives the day, a huge one longer": (
        """
        id | scope    | published  | date       | value | source | place     | country | conflict
        f1 | incident | 2022-07-15 | 2022-07-14 | 23    | police | Vinnytsia | UKR     | ukraine
        f2 | incident | 2022-07-24 | -          | 23    | -      | Vinnytsia | UKR     | ukraine
        f3 | incident | 2022-08-24 | -          | 23    | -      | Vinnytsia | UKR     | ukraine
        f4 | incident | 2022-03-10 | 2022-03-09 | 1200  | mayor  | Ukraine   | UKR     | ukraine
        f5 | incident | 2022-04-03 | -          | 1200  | -      | Ukraine   | UKR     | ukraine
        f6 | incident | 2022-06-03 | -          | 1200  | -      | Ukraine   | UKR     | ukraine
        """,
        """
        date       | history
        2022-03-09 | mayor 1200; unattributed 1200
        2022-06-03 | unattributed 1200
        2022-07-14 | police 23; unattributed 23
        2022-08-24 | unattributed 23
        """,
    ),
    "an event told in a town is the one told in its region, if the number and the day are the same": (
        """
        id | scope    | published  | date       | value | source  | place             | country | conflict
        f1 | incident | 2018-01-22 | 2018-01-21 | 30    | doctors | Saraqib, in Idlib | SYR     | syria
        f2 | incident | 2018-01-22 | 2018-01-21 | 30    | police  | Idlib             | SYR     | syria
        f3 | incident | 2018-01-22 | 2018-01-21 | 30    | police  | Palmyra           | SYR     | syria
        f4 | incident | 2018-01-22 | 2018-01-21 | 12    | rebels  | Salqin            | SYR     | syria
        """,
        """
        history                 | figure_ids
        doctors 30; police 30   | f1 f2
        police 30               | f3
        rebels 12               | f4
        """,
    ),
    "a toll that rises collapses to its latest, with its history": (
        """
        id | scope    | published  | date       | value | said     | source | place
        f1 | incident | 2025-09-19 | 2025-09-19 | 30    | exact    | medics | El Fasher
        f2 | incident | 2025-09-20 | 2025-09-19 | 62    | exact    | medics | El Fasher
        f3 | incident | 2025-09-21 | 2025-09-19 | 75    | at_least | medics | El Fasher
        """,
        """
        date       | area      | low | best | high | high_open | sources | articles | history
        2025-09-19 | fasher    | 75  | 75   | 75   | yes       | 1       | 3        | medics 30 → 62 → 75
        """,
    ),
    "the last number of a day is that of the last hour, where the hours are known": (
        """
        id | scope    | published                 | date       | value | source | place
        f1 | incident | 2023-10-17T18:00:00Z      | 2023-10-17 | 500   | medics | Gaza City
        f2 | incident | 2023-10-17T23:30:00+02:00 | 2023-10-17 | 471   | medics | Gaza City
        f3 | incident | 2023-10-18T09:00:00Z      | 2023-10-18 | 9     | medics | Gaza City
        f4 | incident | 2023-10-18                | 2023-10-18 | 8     | medics | Gaza City
        """,
        """
        date       | low | best | high | history
        2023-10-17 | 471 | 471  | 471  | medics 500 → 471
        2023-10-18 | 9   | 9    | 9    | medics 8 → 9
        """,
    ),
    "reports without a source are no single source: a lower one is no correction": (
        """
        id | scope    | published  | date       | value | source | place
        f1 | incident | 2012-03-26 | 2012-03-26 | 30    | -      | Homs
        f2 | incident | 2012-03-27 | 2012-03-26 | 62    | -      | Homs
        f3 | incident | 2012-03-28 | 2012-03-26 | 5     | -      | Homs
        f4 | incident | 2012-03-29 | 2012-03-26 | 50    | police | Homs
        f5 | incident | 2012-03-30 | 2012-03-26 | 40    | police | Homs
        """,
        """
        low | high | sources | history
        5   | 62   | 2       | unattributed 30 → 62 → 5; police 50 → 40
        """,
    ),
    "the best supported number is the one that most reports give, of whatever source": (
        """
        id | scope    | published  | date       | value | said     | source | place
        f1 | incident | 2012-03-26 | 2012-03-26 | 30    | exact    | police | Homs
        f2 | incident | 2012-03-26 | 2012-03-26 | 30    | at_least | medics | Homs
        f3 | incident | 2012-03-26 | 2012-03-26 | 30    | exact    | UN     | Homs
        f4 | incident | 2012-03-27 | 2012-03-26 | 40    | exact    | rebels | Homs
        f5 | incident | 2012-03-27 | 2012-03-26 | 40    | exact    | rebels | Homs
        """,
        """
        low | best | high
        30  | 30   | 40
        """,
    ),
    "what a toll was in its own article is no rival, higher or lower": (
        """
        id | scope    | article | start | rule   | date       | value | source     | place
        f1 | incident | a       | 10    | toll   | 2012-03-26 | 62    | officials  | Homs
        f2 | incident | a       | 20    | former | 2012-03-26 | 30    | officials  | Homs
        f3 | incident | b       | 10    | former | 2012-03-27 | 1400  | government | Hama
        f4 | incident | b       | 20    | toll   | 2012-03-27 | 1200  | government | Hama
        """,
        """
        area | low  | best | high | history
        homs | 62   | 62   | 62   | officials 30 → 62
        hama | 1200 | 1200 | 1200 | government 1400 → 1200
        """,
    ),
    "sources that disagree give low and high, the best is the best supported": (
        """
        id | scope    | published  | date       | value | source     | place
        f1 | incident | 2012-05-25 | 2012-05-25 | 92    | activists  | Houla
        f2 | incident | 2012-05-26 | 2012-05-25 | 116   | UN         | Houla
        f3 | incident | 2012-05-27 | 2012-05-25 | 108   | Red Cross  | Houla
        f4 | incident | 2012-05-27 | 2012-05-25 | 108   | Red Cross  | village of Houla
        """,
        """
        area  | low | best | high | high_open | agreed | sources | history
        houla | 92  | 108  | 116  | no        | no     | 3       | activists 92; UN 116; Red Cross 108
        """,
    ),
    "parts never add to their total, nor do groups beside a count of everyone": (
        """
        id | scope    | article | date       | value | group       | place | part_of
        f1 | incident | a       | 2012-03-26 | 25    | unspecified | Homs  | -
        f2 | incident | a       | 2012-03-26 | 5     | children    | Homs  | f1
        f3 | incident | b       | 2012-03-26 | 11    | civilians   | Homs  | -
        """,
        """
        group       | best | figure_ids
        unspecified | 25   | f1
        """,
    ),
    "groups that are apart stay apart, children are in the civilians": (
        """
        id | scope    | date       | value | group      | place
        f1 | incident | 2012-03-26 | 12    | combatants | Homs
        f2 | incident | 2012-03-26 | 5     | civilians  | Homs
        f3 | incident | 2012-03-26 | 2     | children   | Homs
        """,
        """
        group      | best
        combatants | 12
        civilians  | 5
        """,
    ),
    "the dead of two armies stand side by side, and are held in a count of everyone": (
        """
        id | scope    | conflict | date       | value | group       | victims            | country | place
        f1 | incident | ukraine  | 2022-08-01 | 50    | combatants  | Russian soldiers   | UKR     | Izium
        f2 | incident | ukraine  | 2022-08-01 | 20    | combatants  | Ukrainian soldiers | UKR     | Izium
        f3 | incident | ukraine  | 2022-08-02 | 80    | unspecified | people             | UKR     | Izium
        f4 | incident | ukraine  | 2022-08-02 | 50    | combatants  | Russian soldiers   | UKR     | Izium
        f5 | incident | ukraine  | 2022-08-02 | 9     | unspecified | Georgians          | UKR     | Izium
        f6 | incident | ukraine  | 2022-08-03 | 9     | unspecified | Georgians          | UKR     | Izium
        f7 | incident | ukraine  | 2022-08-03 | 4     | combatants  | Georgian fighters  | UKR     | Izium
        """,
        """
        date       | group       | people | best
        2022-08-01 | combatants  | RUS    | 50
        2022-08-01 | combatants  | -      | 20
        2022-08-02 | unspecified | -      | 80
        2022-08-03 | unspecified | GEO    | 9
        """,
    ),
    "another day, place or outcome is another event": (
        """
        id | scope    | date       | value | outcome | place
        f1 | incident | 2012-03-26 | 5     | killed  | Homs
        f2 | incident | 2012-03-27 | 6     | killed  | Homs
        f3 | incident | 2012-03-26 | 7     | killed  | Hama
        f4 | incident | 2012-03-26 | 8     | injured | Homs
        """,
        """
        incident_id | located | best
        f1          | yes     | 5
        f3          | yes     | 7
        f4          | yes     | 8
        f2          | yes     | 6
        """,
    ),
    "where the place is not told there is no telling events apart": (
        """
        id | scope    | published  | date       | value | source | place
        f1 | incident | 2012-03-26 | 2012-03-26 | 30    | SOHR   | Syria
        f2 | incident | 2012-03-27 | 2012-03-26 | 45    | SOHR   | Syria
        f3 | incident | 2012-03-26 | 2012-03-26 | 12    | LCC    | Syria
        f4 | incident | 2012-03-26 | 2012-03-26 | 9     | -      | Syria
        f5 | incident | 2012-03-26 | 2012-03-26 | 8     | -      | Syria
        f6 | incident | 2012-03-26 | 2012-03    | 7     | SOHR   | Homs
        """,
        """
        incident_id | located | best | history
        f6          | no      | 7    | SOHR 7
        f1          | no      | 45   | SOHR 30 → 45
        f3          | no      | 12   | LCC 12
        f4          | no      | 9    | unattributed 9
        f5          | no      | 8    | unattributed 8
        """,
    ),
    "what says nothing of a number is no incident, zero is one": (
        """
        id | scope    | date       | value | said  | figure  | place
        f1 | incident | 2012-03-26 | -     | vague | several | Homs
        f2 | incident | 2012-03-26 | 0     | exact | no      | Hama
        """,
        """
        area | low | best | high
        hama | 0   | 0    | 0
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_told_of_an_event(case):
    told, expected = CASES[case]
    check(incidents(claims_of(told), load_convention("ucdp")), expected)


def test_a_place_that_one_of_many_reports_names_is_not_the_place_of_the_event():
    told = [figure(f"f{at}", article_id=f"a{at}", **ATTACK, country="ISR", place="Israel") for at in range(20)]
    there = figure("f99", article_id="a99", **ATTACK, country="ISR", place="Tel Aviv")
    found = incidents(claims(frame([*map(_plain, told), _plain(there)]), AREAS), load_convention())
    check(found, "area | located | articles\nISR | no | 21")


ATTACK = {"scope": Scope.INCIDENT, "value": 1213, "conflict": "gaza", "date": "2023-10-07", "published": "2023-10-09"}

RIVALS = """
id | scope    | published  | date       | value | said     | source | place | high
f1 | incident | 2012-05-25 | 2012-05-25 | 20    | range    | police | Homs  | 30
f2 | incident | 2012-05-26 | 2012-05-25 | 24    | at_least | medics | Homs  | -
f3 | incident | 2012-05-26 | 2012-05-25 | 40    | up_to    | rebels | Homs  | -
"""


@pytest.mark.parametrize(
    ("convention", "low", "best", "high"),
    [("ucdp", "20", "24", "40"), ("acled", "20", "20", "40"), ("verbatim", "20", None, "40")],
)
def test_the_conventions_choose_the_best_number_each_in_their_way(convention, low, best, high):
    found = incidents(claims_of(RIVALS, convention=convention), load_convention(convention))
    check(
        found,
        f"""
        low   | best         | high   | low_open | high_open | agreed
        {low} | {best or "-"} | {high} | yes      | yes       | no
        """,
    )


def test_nothing_gives_an_empty_table_of_the_same_columns():
    none = incidents(claims(frame([]), AREAS), load_convention())
    assert tuple(none.columns) == INCIDENT_COLUMNS
    assert none.empty


PEOPLE = st.sampled_from([VictimGroup.UNSPECIFIED, VictimGroup.CHILDREN, VictimGroup.CIVILIANS, VictimGroup.COMBATANTS])
EVENT = st.tuples(st.integers(1, 500), st.lists(st.tuples(st.floats(0, 1), PEOPLE), max_size=4))


@settings(max_examples=examples(40))
@given(st.lists(EVENT, max_size=6))
def test_parts_never_exceed_their_totals_in_the_sums(events):
    """Each event has one total and parts of it: the sum over all incidents is that of the totals."""
    figures, wanted = [], 0
    for at, (total, parts) in enumerate(events):
        said = {"scope": Scope.INCIDENT, "date": "2012-03-26", "place": f"Town{at}", "article_id": f"a{at}"}
        figures.append(figure(f"t{at}", value=total, **said))
        wanted += total
        for number, (share, group) in enumerate(parts):
            part = {"value": int(total * share), "part_of": f"t{at}", "victim_group": group}
            if number % 2:  # "25 people, five of them in Hama": nothing but part_of tells that they are among the 25
                part |= {"place": f"Quarter{at} {number}", "article_id": f"b{at}"}
            figures.append(figure(f"p{at}-{number}", start=100 + number, **said | part))
    found = incidents(claims(frame([_plain(one) for one in figures]), AREAS), load_convention())
    assert found["best"].sum() == wanted


def _plain(one):
    import dataclasses

    return dataclasses.replace(one, qualifier="exact", low=one.value, best=one.value, high=one.value)
