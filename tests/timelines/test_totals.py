"""Running totals and the disagreement of sources, by worked cases."""

from __future__ import annotations

import pandas as pd
import pytest
from worked import AREAS, check, claims_of

from tracker.timelines.claims import claims
from tracker.timelines.columns import frame
from tracker.timelines.disagreement import DISAGREEMENT_COLUMNS, SAYS_COLUMNS, disagreement, who_says_what
from tracker.timelines.totals import TOTAL_COLUMNS, totals

CASES = {
    "people of a nation that is no party are a part of the whole, and an army that counts the enemy names no nation": (
        """
        id | date       | value | source                  | country | conflict | group      | victims
        f1 | 2023-10-10 | 18    | Foreign ministry        | ISR     | gaza     | civilians  | Thai nationals
        f2 | 2023-10-10 | 900   | Army                    | ISR     | gaza     | civilians  | Israelis
        f3 | 2022-05-02 | 24000 | Ukraine's General Staff | UKR     | ukraine  | combatants | soldiers
        f4 | 2022-05-02 | 10000 | Ukraine's General Staff | UKR     | ukraine  | combatants | Ukrainian soldiers
        f5 | 2022-05-02 | 10000 | Army                    | UKR     | ukraine  | combatants | soldiers
        """,
        """
        source           | value | counted          | whole
        Army             | 900   | civilians        | yes
        Foreign ministry | 18    | everyone (THA)   | no
        Army             | 10000 | combatants       | yes
        Ukraine's General Staff | 10000 | combatants | yes
        Ukraine's General Staff | 24000 | combatants (RUS) | yes
        """,
    ),
    "each source has its own steps, linked to what they supersede": (
        """
        id | date       | value | source
        f1 | 2012-03-26 | 9100  | SOHR
        f2 | 2012-03-27 | 7500  | UN
        f3 | 2012-05-01 | 10100 | SOHR
        f4 | 2012-06-01 | 12000 | SOHR
        """,
        """
        source | date       | value | flag | supersedes | superseded_by
        SOHR   | 2012-03-26 | 9100  | -    | -          | f3
        SOHR   | 2012-05-01 | 10100 | -    | f1         | f4
        SOHR   | 2012-06-01 | 12000 | -    | f3         | -
        UN     | 2012-03-27 | 7500  | -    | -          | -
        """,
    ),
    "a total that falls and stays down is a revision": (
        """
        id | date       | value
        f1 | 2023-11-01 | 1400
        f2 | 2023-11-10 | 1200
        f3 | 2023-12-20 | 1210
        """,
        """
        value | flag
        1400  | -
        1200  | revision
        1210  | -
        """,
    ),
    "a total that falls and is back within a month was no revision": (
        """
        id | date       | value
        f1 | 2012-05-01 | 10000
        f2 | 2012-05-08 | 9400
        f3 | 2012-05-20 | 10300
        """,
        """
        value | flag
        10000 | -
        9400  | conflicting
        10300 | -
        """,
    ),
    "a number that the series had passed already is an old one told again": (
        """
        id | date       | value
        f1 | 2012-05-01 | 9400
        f2 | 2012-05-08 | 10000
        f3 | 2012-06-09 | 9400
        """,
        """
        value | flag
        9400  | -
        10000 | -
        9400  | conflicting
        """,
    ),
    "a round number after an exact one is less exact, not lower": (
        """
        id | date       | value | said
        f1 | 2012-03-26 | 9113  | exact
        f2 | 2012-05-28 | 9000  | more_than
        f3 | 2012-05-29 | 8000  | more_than
        f4 | 2012-05-30 | 7900  | exact
        """,
        """
        value | flag
        9113  | -
        9000  | rounded
        8000  | revision
        7900  | revision
        """,
    ),
    "ten times the neighbours is an outlier, and no step of the series": (
        """
        id | date       | value
        f1 | 2012-03-01 | 9000
        f2 | 2012-03-08 | 91000
        f3 | 2012-03-15 | 9200
        f4 | 2012-03-22 | 930
        f5 | 2012-03-29 | 9400
        """,
        """
        claim_id | value | flag    | supersedes | superseded_by
        f1       | 9000  | -       | -          | f3
        f2       | 91000 | outlier | -          | f3
        f3       | 9200  | -       | f1         | f5
        f4       | 930   | outlier | -          | f5
        f5       | 9400  | -       | f3         | -
        """,
    ),
    "a war that begins has no outliers, a series that ends with a misreading has": (
        """
        id | source | date       | value
        f1 | new    | 2023-10-07 | 4
        f2 | new    | 2023-10-08 | 232
        f3 | new    | 2023-10-09 | 700
        f4 | old    | 2012-03-01 | 9000
        f5 | old    | 2012-03-08 | 9100
        f6 | old    | 2012-03-15 | 91500
        """,
        """
        value | flag
        4     | -
        232   | -
        700   | -
        9000  | -
        9100  | -
        91500 | outlier
        """,
    ),
    "two totals of one source in one article conflict": (
        """
        id | article | start | date       | value
        f1 | a       | 10    | 2012-03-27 | 7500
        f2 | a       | 90    | 2012-03-27 | 9000
        """,
        """
        value | flag
        7500  | conflicting
        9000  | -
        """,
    ),
    "a toll that rises through the day does not": (
        """
        id | date       | value
        f1 | 2012-03-27 | 7500
        f2 | 2012-03-27 | 9000
        """,
        """
        value | flag | superseded_by
        7500  | -    | f2
        9000  | -    | -
        """,
    ),
    "of two totals of one day the later hour is the later point, where both say the hour": (
        """
        id | published            | date       | value
        f1 | 2012-03-27T08:00:00Z | 2012-03-27 | 9000
        f2 | 2012-03-27T20:00:00Z | 2012-03-27 | 7500
        """,
        """
        value | flag
        9000  | -
        7500  | revision
        """,
    ),
    "reports that name no source are no series": (
        """
        id | source | date       | value
        f1 | -      | 2012-03-26 | 9000
        f2 | -      | 2012-03-27 | 8000
        """,
        """
        source       | value | flag | supersedes | superseded_by
        unattributed | 9000  | -    | -          | -
        unattributed | 8000  | -    | -          | -
        """,
    ),
    "a narrower group, and a smaller area, are series of their own and not the whole": (
        """
        id | date       | value | group       | place
        f1 | 2015-08-07 | 240000| unspecified | Syria
        f2 | 2015-08-07 | 11964 | children    | -
        f3 | 2015-08-07 | 3000  | unspecified | Homs
        """,
        """
        area | counted  | whole | value
        SYR  | children | no    | 11964
        SYR  | everyone | yes   | 240000
        homs | everyone | no    | 3000
        """,
    ),
    "one report that does not name them takes no civilians out of view": (
        """
        id | date       | value | group       | source
        f1 | 2022-03-21 | 925   | civilians   | OHCHR
        f2 | 2022-04-11 | 1842  | unspecified | OHCHR
        f3 | 2022-07-04 | 4889  | civilians   | OHCHR
        """,
        """
        counted   | whole | value
        civilians | yes   | 925
        civilians | yes   | 4889
        everyone  | yes   | 1842
        """,
    ),
    "the standing counts of a body say which of its groups are whole, however many totals of others it gave": (
        """
        id | conflict | date       | value | group       | victims          | country | source
        f1 | ukraine  | 2022-11-01 | 8100  | civilians   | civilians        | UKR     | Ukrainian government
        f2 | ukraine  | 2022-11-02 | 40100 | combatants  | Russian soldiers | UKR     | Ukrainian government
        f3 | ukraine  | 2022-11-03 | 70011 | unspecified | people           | UKR     | Ukrainian government
        f4 | ukraine  | 2022-11-04 | 70123 | unspecified | people           | UKR     | Ukrainian government
        f5 | ukraine  | 2022-11-05 | 70234 | unspecified | people           | UKR     | Ukrainian government
        f6 | gaza     | 2022-11-05 | 7100  | civilians   | civilians        | PSE     | Gaza health ministry
        """,
        """
        source               | counted          | whole | value
        Gaza health ministry | civilians        | no    | 7100
        Ukrainian government | civilians        | yes   | 8100
        Ukrainian government | combatants (RUS) | yes   | 40100
        Ukrainian government | everyone         | yes   | 70011
        Ukrainian government | everyone         | yes   | 70123
        Ukrainian government | everyone         | yes   | 70234
        """,
    ),
    "a body that keeps no count but of civilians counts them where it names nobody": (
        """
        id | conflict | date       | value | group       | country | source                 | outcome
        f1 | ukraine  | 2023-10-08 | 9806  | civilians   | UKR     | UN human rights office | killed
        f2 | ukraine  | 2023-11-12 | 9950  | unspecified | UKR     | UN human rights office | killed
        f3 | ukraine  | 2023-11-12 | 9950  | unspecified | UKR     | United Nations         | killed
        f4 | gaza     | 2023-11-12 | 9950  | unspecified | PSE     | Gaza health ministry   | killed
        """,
        """
        source                 | counted   | value
        Gaza health ministry   | everyone  | 9950
        UN human rights office | civilians | 9806
        UN human rights office | civilians | 9950
        United Nations         | civilians | 9950
        """,
    ),
    "the losses of two armies are two series, and neither takes what names no army": (
        """
        id | conflict | date       | value | group       | victims            | country | source
        f1 | ukraine  | 2022-03-02 | 2870  | combatants  | soldiers           | UKR     | Moscow
        f2 | ukraine  | 2022-03-25 | 1351  | combatants  | Russian servicemen | UKR     | Moscow
        f3 | ukraine  | 2022-03-25 | 14000 | unspecified | -                  | UKR     | Moscow
        f4 | ukraine  | 2022-09-21 | 5937  | combatants  | Russian soldiers   | UKR     | Moscow
        f5 | ukraine  | 2022-09-21 | 61207 | combatants  | Ukrainian soldiers | UKR     | Moscow
        """,
        """
        counted          | whole | date       | value | flag
        combatants       | yes   | 2022-03-02 | 2870  | -
        combatants       | yes   | 2022-09-21 | 61207 | -
        combatants (RUS) | yes   | 2022-03-25 | 1351  | -
        combatants (RUS) | yes   | 2022-09-21 | 5937  | -
        everyone         | yes   | 2022-03-25 | 14000 | -
        """,
    ),
    "what is counted from a later day on is no total of the war": (
        """
        id | conflict | date       | value | place | country | source | period_start
        f1 | gaza     | 2024-10-07 | 41909 | Gaza  | PSE     | UN     | 2023-10-07
        f2 | gaza     | 2025-07-22 | 1054  | Gaza  | PSE     | UN     | 2025-05
        f3 | gaza     | 2025-07-29 | 60034 | Gaza  | PSE     | UN     | -
        f4 | gaza     | 2025-08-01 | 60300 | Gaza  | PSE     | UN     | 2025-08-01
        f5 | gaza     | 2025-10-07 | 67173 | Gaza  | PSE     | UN     | 2023-10-08
        f6 | sudan    | 2023-05-01 | 94    | -     | SDN     | union  | 2023-04-24
        f7 | syria    | 2013-09-01 | 99000 | -     | SYR     | SNHR   | 2011-09-01
        """,
        """
        source | since   | whole | value | flag
        UN     | -       | yes   | 41909 | -
        UN     | -       | yes   | 60034 | -
        UN     | -       | yes   | 60300 | -
        UN     | -       | yes   | 67173 | -
        UN     | 2025-05 | no    | 1054  | -
        union  | 2023-04 | yes   | 94    | -
        SNHR   | -       | yes   | 99000 | -
        """,
    ),
    "the line of a standing count has one name at all times, and is the whole count": (
        """
        id | conflict  | date       | value | country | source                     | period_start | place
        f1 | yemen     | 2015-12-31 | 2795  | YEM     | UN human rights office     | 2015-03-26   | -
        f2 | yemen     | 2021-09-30 | 9300  | YEM     | UN human rights office     | 2015-03-26   | -
        f3 | west-bank | 2023-10-08 | 12    | PSE     | Palestinian health ministry | 2023-10-07  | West Bank
        f4 | west-bank | 2023-10-19 | 73    | PSE     | Palestinian health ministry | 2023-10-07  | West Bank
        f5 | west-bank | 2023-10-19 | 250   | PSE     | Relief agency               | 2023-01-01  | West Bank
        """,
        """
        source                      | since   | whole | value
        Palestinian health ministry | 2023-10 | yes   | 12
        Palestinian health ministry | 2023-10 | yes   | 73
        Relief agency               | 2023-01 | yes   | 250
        UN human rights office      | 2015-03 | yes   | 2795
        UN human rights office      | 2015-03 | yes   | 9300
        """,
    ),
    "parts, incidents, and totals without a day or a number are none": (
        """
        id | date       | value | said  | figure | scope      | part_of
        f1 | 2012-03-26 | 5     | exact | 5      | incident   | -
        f2 | 2012-03-26 | 6     | exact | 6      | cumulative | f9
        f3 | -          | 7     | exact | 7      | cumulative | -
        f4 | 2012-03-26 | -     | vague | many   | cumulative | -
        f5 | 2012-03-26 | -     | vague | scores | cumulative | -
        """,
        """
        claim_id | value | figure
        f5       | 40    | scores
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_steps_of_each_source(case):
    told, expected = CASES[case]
    check(totals(claims_of(told)), expected)


def test_nothing_gives_empty_tables_of_the_same_columns():
    none = totals(claims(frame([]), AREAS))
    assert tuple(none.columns) == TOTAL_COLUMNS
    assert tuple(disagreement(none).columns) == DISAGREEMENT_COLUMNS
    assert tuple(who_says_what(none, "2012").columns) == SAYS_COLUMNS
    assert isinstance(none["day"].dtype, type(pd.Series(pd.to_datetime([])).dtype))
