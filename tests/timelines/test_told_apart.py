"""Events that look alike and are two, and figures that tell of no event of their day, as tables in and out."""

from __future__ import annotations

import pytest
from worked import check, claims_of

from tracker.knowledge import load_convention
from tracker.timelines.incidents import incidents
from tracker.timelines.totals import totals

EVENTS = {
    "dozens is no telling number: neither a count of 24 nor the dozens of another place are the same": (
        """
        id | scope    | date       | value | best | said  | figure | victims      | country | conflict | place
        f1 | incident | 2023-03-06 | 24    | 24   | exact | 24     | schoolboys   | SYR     | syria    | Idlib
        f2 | incident | 2023-03-06 | -     | 24   | vague | dozens | villagers    | SYR     | syria    | -
        f3 | incident | 2023-03-07 | -     | 24   | vague | dozens | shopkeepers  | SYR     | syria    | Homs
        f4 | incident | 2023-03-07 | -     | 24   | vague | dozens | shopkeepers  | SYR     | syria    | Homs
        """,
        """
        date       | area  | best | articles
        2023-03-06 | idlib | 24   | 1
        2023-03-06 | SYR   | 24   | 1
        2023-03-07 | homs  | 24   | 2
        """,
    ),
    "one killed somewhere in a country is somebody else, unless the words for the victim are the same": (
        """
        id | scope    | published  | date | value | group      | victims           | country | conflict | place
        f1 | incident | 2023-03-06 | -    | 1     | combatants | a tired sentry    | SYR     | syria    | -
        f2 | incident | 2023-03-06 | -    | 1     | combatants | a tired sentry    | SYR     | syria    | -
        f3 | incident | 2023-03-07 | -    | 1     | combatants | a tank commander  | SYR     | syria    | -
        f4 | incident | 2023-03-07 | -    | 5     | combatants | tank crews        | SYR     | syria    | -
        f5 | incident | 2023-03-07 | -    | 5     | combatants | crew members      | SYR     | syria    | -
        """,
        """
        best | articles
        1    | 2
        1    | 1
        5    | 2
        """,
    ),
    "what one body tells of one stated day is of one victim": (
        """
        id | scope    | date       | value | group      | victims           | country | conflict | source
        f1 | incident | 2023-03-06 | 1     | combatants | its commander     | SYR     | syria    | Army
        f2 | incident | 2023-03-06 | 1     | combatants | a brigade leader  | SYR     | syria    | Army
        """,
        """
        best | articles
        1    | 2
        """,
    ),
    "a number that one article gives for two groups is of two": (
        """
        id | article | start | scope    | date       | value | group      | victims | country | place
        f1 | a       | 10    | incident | 2023-03-06 | 2     | civilians  | bakers  | SYR     | Idlib
        f2 | a       | 40    | incident | 2023-03-06 | 2     | combatants | guards  | SYR     | Idlib
        f3 | b       | 10    | incident | 2023-03-06 | 2     | civilians  | bakers  | SYR     | Idlib
        """,
        """
        group      | best
        civilians  | 2
        combatants | 2
        """,
    ),
    "of two articles it is of one": (
        """
        id | article | scope    | date       | value | group      | victims | country | place
        f1 | a       | incident | 2023-03-06 | 2     | civilians  | bakers  | SYR     | Idlib
        f2 | b       | incident | 2023-03-06 | 2     | combatants | guards  | SYR     | Idlib
        """,
        """
        group     | best
        civilians | 2
        """,
    ),
    "a toll that is lower the next day is of another strike, one that is higher is the same": (
        """
        id | scope    | published  | date | value | country | conflict | place
        f1 | incident | 2023-03-06 | -    | 14    | SYR     | syria    | Idlib
        f2 | incident | 2023-03-07 | -    | 12    | SYR     | syria    | Idlib
        f3 | incident | 2023-03-08 | -    | 19    | SYR     | syria    | Idlib
        """,
        """
        date       | best | history
        2023-03-06 | 14   | opposition 14
        2023-03-07 | 19   | opposition 12 → 19
        """,
    ),
    "foreigners told of without a day within two weeks of one that cost a country a thousand lives are among these": (
        """
        id | scope    | published  | date       | value | country | conflict | victims         | place
        f1 | incident | 2023-10-08 | 2023-10-07 | 1300  | ISR     | gaza     | people          | -
        f2 | incident | 2023-10-12 | -          | 6     | ISR     | gaza     | Peruvians       | -
        f3 | incident | 2023-10-19 | 2023-10-18 | 9     | ISR     | gaza     | Brazilian tourists | -
        f4 | incident | 2023-10-19 | 2023-10-18 | 2     | ISR     | gaza     | Brazilian tourists | Haifa
        f5 | incident | 2023-10-30 | -          | 3     | ISR     | gaza     | Peruvians       | -
        f6 | incident | 2023-10-19 | 2023-10-18 | 200   | ISR     | gaza     | Peruvians       | -
        f7 | incident | 2023-10-20 | 2023-10-19 | 12    | ISR     | gaza     | Thai workers    | -
        """,
        """
        date       | people | best
        2023-10-07 | -      | 1300
        2023-10-18 | BRA    | 9
        2023-10-18 | BRA    | 2
        2023-10-18 | PER    | 200
        2023-10-19 | THA    | 12
        2023-10-30 | PER    | 3
        """,
    ),
    "the same few foreigners of one day are one event": (
        """
        id | scope    | date       | value | country | conflict | victims           | source           | group
        f1 | incident | 2023-12-05 | 4     | PSE     | gaza     | Norwegian sailors | Norway's embassy | civilians
        f2 | incident | 2023-12-05 | 4     | PSE     | gaza     | Norwegians        | Port             | unspecified
        f3 | incident | 2023-12-06 | 4     | PSE     | gaza     | Norwegians        | Port             | unspecified
        f4 | incident | 2023-12-09 | 2     | PSE     | gaza     | two Norwegians    | Port             | unspecified
        f5 | incident | 2023-12-09 | 2     | PSE     | gaza     | Norwegians        | Norway's embassy | unspecified
        """,
        """
        date       | people | best | articles
        2023-12-05 | NOR    | 4    | 2
        2023-12-06 | NOR    | 4    | 1
        2023-12-09 | NOR    | 2    | 2
        """,
    ),
    "the same number of aid workers or reporters is of the event of that month, with or without their nation": (
        """
        id | scope    | published  | date       | value | country | conflict | victims          | group
        f1 | incident | 2024-04-02 | 2024-04-01 | 6     | PSE     | gaza     | aid workers      | aid_workers
        f2 | incident | 2024-04-26 | -          | 6     | PSE     | gaza     | Irish volunteers | aid_workers
        f3 | incident | 2024-04-26 | -          | 3     | PSE     | gaza     | aid workers      | aid_workers
        f4 | incident | 2024-06-26 | -          | 6     | PSE     | gaza     | aid workers      | aid_workers
        """,
        """
        date       | best | articles
        2024-04-01 | 6    | 2
        2024-04-26 | 3    | 1
        2024-06-26 | 6    | 1
        """,
    ),
    "a toll recalled two weeks later, and nearly that of the day, is of the convoy that all were told of": (
        """
        id | scope    | published  | date       | value | country | conflict | place   | quote
        f1 | incident | 2024-02-29 | 2024-02-29 | 112   | PSE     | gaza     | -       | 112 died at an aid convoy
        f2 | incident | 2024-03-11 | -          | 118   | PSE     | gaza     | Rashid  | How 118 died at the aid convoy
        f3 | incident | 2024-03-18 | -          | 180   | PSE     | gaza     | -       | 180 died at an aid convoy
        """,
        """
        date       | place  | best
        2024-02-29 | Rashid | 118
        2024-03-18 | -      | 180
        """,
    ),
    "thousands killed somewhere in a country at war are no event, but thousands who fled are": (
        """
        id | scope    | published  | date | value | best | said  | figure    | outcome   | country | conflict | place
        f1 | incident | 2023-03-06 | -    | -     | 2000 | vague | thousands | killed    | SYR     | syria    | -
        f2 | incident | 2023-03-06 | -    | -     | 2000 | vague | thousands | displaced | SYR     | syria    | -
        f3 | incident | 2023-03-09 | -    | -     | 2000 | vague | thousands | killed    | SYR     | syria    | Homs
        f4 | incident | 2023-03-12 | -    | -     | 200  | vague | hundreds  | killed    | SYR     | syria    | -
        """,
        """
        outcome   | best
        displaced | 2000
        killed    | 2000
        killed    | 200
        """,
    ),
    "nothing of a war that is long over happened on the day of print": (
        """
        id | scope    | published  | date | value | country | conflict     | place
        f1 | incident | 2023-03-06 | -    | 40    | LBN     | lebanon-2006 | Tyre
        f2 | incident | 2023-05-06 | -    | 40    | LBN     | lebanon-2006 | Tyre
        f3 | incident | 2006-09-01 | -    | 30    | LBN     | lebanon-2006 | Tyre
        """,
        """
        date       | date_precision | best | articles
        2006-09-01 | print          | 30   | 1
        -          | -              | 40   | 2
        """,
    ),
    "a headline's figure is not that of other people in the text of its article": (
        """
        id | article | field | start | scope    | date       | value | group      | victims      | country | place
        f1 | a       | title | 3     | incident | 2023-03-06 | 2     | children   | two sisters  | SYR     | -
        f2 | a       | text  | 90    | incident | 2019-06-02 | 2     | combatants | two pilots   | SYR     | Homs
        f3 | b       | title | 3     | incident | 2023-03-06 | 4     | children   | four pupils  | SYR     | -
        f4 | b       | text  | 90    | incident | 2023-03-05 | 4     | combatants | four guards  | SYR     | Homs
        f5 | b       | text  | 150   | incident | 2023-03-05 | 4     | children   | four pupils  | SYR     | Idlib
        """,
        """
        group      | area  | best | articles
        combatants | homs  | 2    | 1
        combatants | homs  | 4    | 1
        children   | idlib | 4    | 1
        children   | SYR   | 2    | 1
        """,
    ),
}


@pytest.mark.parametrize("case", EVENTS)
def test_what_is_an_event_of_its_own(case):
    told, expected = EVENTS[case]
    check(incidents(claims_of(told), load_convention("ucdp")), expected)


TOTALS = {
    "a total dated to the day on which the war began is as of the day it was printed": (
        """
        id | published  | date       | value | country | conflict | source
        f1 | 2023-10-12 | 2023-10-07 | 1250  | ISR     | gaza     | Police
        f2 | 2023-10-09 | 2023-10-07 | 710   | ISR     | gaza     | Police
        f3 | 2023-10-20 | 2023-10-14 | 1390  | ISR     | gaza     | Police
        f4 | 2023-10-20 | 2023-10    | 1410  | ISR     | gaza     | Police
        """,
        """
        date       | value | flag
        2023-10-07 | 710   | -
        2023-10-12 | 1250  | -
        2023-10-14 | 1390  | -
        2023-10    | 1410  | -
        """,
    ),
    "a total of both countries of a war is on the line of neither": (
        """
        id | date       | value | country | conflict | source | place
        f1 | 2023-10-09 | 1600  | PSE     | gaza     | Agency | Israel and Gaza
        f2 | 2023-10-10 | 900   | PSE     | gaza     | Agency | Gaza
        f3 | 2023-10-10 | 1000  | ISR     | gaza     | Agency | villages of Israel near the Gaza border
        f4 | 2023-10-11 | 2300  | ISR     | gaza     | Agency | Gaza, Israel
        """,
        """
        area | value | flag
        -    | 1600  | -
        -    | 2300  | -
        ISR  | 1000  | -
        PSE  | 900   | -
        """,
    ),
    "the citizens of a nation that is no party are its people, on one line": (
        """
        id | date       | value | country | conflict | source  | victims            | group
        f1 | 2023-10-09 | 9     | ISR     | gaza     | Embassy | Norwegians         | unspecified
        f2 | 2023-10-12 | 12    | ISR     | gaza     | Embassy | Norwegian citizens | civilians
        """,
        """
        counted        | value | rise
        everyone (NOR) | 9     | -
        everyone (NOR) | 12    | 3
        """,
    ),
    "a wider name that the registry lists for a body's office keeps its count": (
        """
        id | date       | value | country | conflict  | source         | victims      | period_start
        f1 | 2024-02-09 | 380   | PSE     | west-bank | United Nations | Palestinians | 2023-10-07
        f2 | 2024-02-09 | 370   | PSE     | west-bank | Village elders | Palestinians | 2023-10-07
        f3 | 2024-02-09 | 500   | PSE     | west-bank | Village elders | Palestinians | -
        f4 | 2024-02-10 | 501   | PSE     | west-bank | Village elders | Palestinians | -
        f5 | 2024-02-11 | 502   | PSE     | west-bank | Village elders | Palestinians | -
        """,
        """
        source         | since   | whole | value
        United Nations | 2023-10 | yes   | 380
        Village elders | -       | yes   | 500
        Village elders | -       | yes   | 501
        Village elders | -       | yes   | 502
        Village elders | 2023-10 | no    | 370
        """,
    ),
}


@pytest.mark.parametrize("case", TOTALS)
def test_what_a_total_counts(case):
    told, expected = TOTALS[case]
    check(totals(claims_of(told)), expected)
