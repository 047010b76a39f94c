"""Events that reports tell again by another day, place, number or group: worked cases of what joins them."""

from __future__ import annotations

import pytest
from worked import check, claims_of

from tracker.knowledge import load_convention
from tracker.timelines.incidents import incidents

CASES = {
    "foreigners and groups are of the event that cost a country many lives that day, the other side's dead are not": (
        """
        id | scope    | published  | date       | value | source | country | conflict | victims      | group
        f1 | incident | 2023-10-11 | 2023-10-07 | 1200  | army   | ISR     | gaza     | people       | unspecified
        f2 | incident | 2023-10-11 | 2023-10-07 | 22    | envoy  | ISR     | gaza     | Americans    | unspecified
        f3 | incident | 2023-10-11 | 2023-10-07 | 800   | army   | ISR     | gaza     | civilians    | civilians
        f4 | incident | 2023-10-11 | 2023-10-07 | 370   | medics | ISR     | gaza     | Palestinians | unspecified
        f5 | incident | 2023-11-11 | 2023-11-09 | 4     | envoy  | ISR     | gaza     | Americans    | unspecified
        f6 | incident | 2023-10-12 | 2023-10-12 | 22    | envoy  | ISR     | gaza     | Americans    | civilians
        """,
        """
        people | best
        -      | 1200
        PSE    | 370
        USA    | 4
        """,
    ),
    "a spot is hit with so many dead only once in two weeks, whatever day a report gives": (
        """
        id | scope    | published  | date       | value | place       | country | conflict | quote
        f1 | incident | 2023-10-18 | 2023-10-17 | 471   | Ahli        | PSE     | gaza     | a hospital was hit
        f2 | incident | 2023-10-20 | 2023-10-20 | 300   | Ahli        | PSE     | gaza     | 300 died in the hospital
        f3 | incident | 2023-10-20 | 2023-10-20 | 7     | Ahli        | PSE     | gaza     | 7 died in the hospital
        f4 | incident | 2023-10-20 | 2023-10-20 | 300   | Khan Younis | PSE     | gaza     | 300 died in a hospital
        """,
        """
        area        | figure_ids
        ahli        | f1 f2
        ahli        | f3
        khan younis | f4
        """,
    ),
    "of a deadly event that many reports tell, news without place and day tell for a week": (
        """
        id | scope    | published  | date       | value | said  | figure   | country | conflict | source   | quote
        f1 | incident | 2023-10-17 | 2023-10-17 | - | vague | hundreds | PSE | gaza | - | hundreds in a hospital hit
        f2 | incident | 2023-10-17 | 2023-10-17 | - | vague | hundreds | PSE | gaza | - | hundreds in a hospital hit
        f3 | incident | 2023-10-17 | 2023-10-17 | - | vague | hundreds | PSE | gaza | - | hundreds in a hospital hit
        f4 | incident | 2023-10-18 | 2023-10-17 | - | vague | hundreds | PSE | gaza | - | hundreds in a hospital hit
        f5 | incident | 2023-10-18 | 2023-10-17 | - | vague | hundreds | PSE | gaza | - | hundreds in a hospital hit
        f6 | incident | 2023-10-20 | - | - | vague | hundreds | PSE | gaza | envoy | the blast killed hundreds
        f7 | incident | 2023-10-30 | - | - | vague | hundreds | PSE | gaza | envoy | a blast killed hundreds
        f8 | incident | 2023-10-20 | - | 900 | exact | 900 | PSE | gaza | envoy | 900 are dead
        """,
        """
        figure_ids
        f1 f2 f3 f4 f5 f6
        f8
        f7
        """,
    ),
    "hostages, reporters and aid workers whose number is told again on the next day are the same": (
        """
        id | scope    | published  | date | value | country | conflict | source | group       | victims
        f1 | incident | 2024-05-16 | -    | 3     | PSE     | gaza     | army   | detainees   | hostages
        f2 | incident | 2024-05-17 | -    | 3     | PSE     | gaza     | envoy  | detainees   | hostages
        f3 | incident | 2024-05-23 | -    | 3     | PSE     | gaza     | army   | detainees   | hostages
        f4 | incident | 2024-05-17 | -    | 3     | PSE     | gaza     | envoy  | combatants  | soldiers
        """,
        """
        figure_ids
        f1 f2
        f4
        f3
        """,
    ),
    "a report without a site is of what others say was hit only if its number may be of that event": (
        """
        id | scope    | published  | date       | value | place     | country | conflict | source | quote
        f1 | incident | 2023-10-18 | 2023-10-17 | 471 | Gaza City | PSE | gaza | medics | a hospital hit, 471 died
        f2 | incident | 2023-10-18 | 2023-10-17 | 300   | Gaza City | PSE     | gaza     | envoy  | 300 are dead
        f3 | incident | 2023-10-18 | 2023-10-17 | 70 | Gaza City | PSE | gaza | medics | 70 died in their cars
        """,
        """
        figure_ids
        f2 f1
        f3
        """,
    ),
    "in a whole country one source may tell of two events of a day": (
        """
        id | scope    | published  | date       | value | country | conflict | source
        f1 | incident | 2023-10-17 | 2023-10-17 | 471   | PSE     | gaza     | medics
        f2 | incident | 2023-10-17 | 2023-10-17 | 80    | PSE     | gaza     | medics
        """,
        """
        figure_ids
        f1
        f2
        """,
    ),
    "a toll that rises a little from one day to the next in a town is of one event": (
        """
        id | scope    | published  | date       | value | place     | country | conflict
        f1 | incident | 2022-07-15 | 2022-07-14 | 23    | Vinnytsia | UKR     | ukraine
        f2 | incident | 2022-07-16 | 2022-07-15 | 25    | Vinnytsia | UKR     | ukraine
        f3 | incident | 2022-07-16 | 2022-07-15 | 40    | Vinnytsia | UKR     | ukraine
        f4 | incident | 2022-07-17 | 2022-07-17 | 25    | Vinnytsia | UKR     | ukraine
        """,
        """
        date       | figure_ids
        2022-07-15 | f1 f2 f3
        2022-07-17 | f4
        """,
    ),
    "a paper that gives a number twice means one event, but for a round one of two places": (
        """
        id | scope    | article | published  | date       | value | place    | country | conflict
        f1 | incident | a       | 2022-07-13 | 2022-07-12 | 45    | Kupiansk | UKR     | ukraine
        f2 | incident | a       | 2022-07-13 | 2022-07-10 | 45    | Kupiansk | UKR     | ukraine
        f3 | incident | b       | 2022-08-13 | 2022-08-12 | 30    | Kupiansk | UKR     | ukraine
        f4 | incident | b       | 2022-08-13 | 2022-08-12 | 30    | Izium    | UKR     | ukraine
        """,
        """
        area     | figure_ids
        kupiansk | f1 f2
        kupiansk | f3
        izium    | f4
        """,
    ),
    "a round number finds its event again on one day, a larger one also a day later without a day": (
        """
        id | scope    | published  | date       | value | source  | place | country | conflict
        f1 | incident | 2024-02-22 | -          | 40    | doctors | Gaza  | PSE     | gaza
        f2 | incident | 2024-02-22 | -          | 40    | police  | Gaza  | PSE     | gaza
        f3 | incident | 2024-02-24 | -          | 40    | police  | Gaza  | PSE     | gaza
        f4 | incident | 2024-03-13 | 2024-03-12 | 70    | doctors | Gaza  | PSE     | gaza
        f5 | incident | 2024-03-14 | -          | 70    | police  | Gaza  | PSE     | gaza
        f6 | incident | 2024-03-14 | 2024-03-14 | 70    | army    | Rafah | PSE     | gaza
        """,
        """
        area  | history
        PSE   | doctors 40; police 40
        PSE   | police 40
        PSE   | doctors 70; police 70
        rafah | army 70
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_event_is_found_again(case):
    told, expected = CASES[case]
    check(incidents(claims_of(told), load_convention("ucdp")), expected)
