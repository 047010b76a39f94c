"""Conventions by worked cases: what a hedged or vague number becomes as low, best and high."""

from __future__ import annotations

import pytest
from worked import check, figures

from tracker.knowledge import convention_ids, load_convention
from tracker.model import TrackerError
from tracker.timelines.bounds import bounded
from tracker.timelines.columns import frame

SAID = """
id | value | said      | figure                    | high
f1 | 30    | exact     | 30                        | -
f2 | 30    | at_least  | at least 30               | -
f3 | 30    | more_than | more than 30              | -
f4 | 30    | about     | about 30                  | -
f5 | 30    | up_to     | up to 30                  | -
f6 | 20    | range     | between 20 and 30         | 30
f7 | -     | vague     | Dozens                    | -
f8 | -     | vague     | hundreds                  | -
f9 | -     | vague     | tens of thousands         | -
g1 | -     | vague     | several hundred           | -
g2 | -     | vague     | several                   | -
g3 | 0     | exact     | no                        | -
"""

BOUNDS = {
    "ucdp": """
figure_id | low   | best  | high
f1        | 30    | 30    | 30
f2        | 30    | 30    | -
f3        | 30    | 30    | -
f4        | 30    | 30    | 30
f5        | -     | 30    | 30
f6        | 20    | 20    | 30
f7        | 24    | 24    | -
f8        | 200   | 200   | -
f9        | 20000 | 20000 | -
g1        | 200   | 200   | -
g2        | -     | -     | -
g3        | 0     | 0     | 0
""",
    "acled": """
figure_id | low   | best  | high
f1        | 30    | 30    | 30
f2        | 30    | 30    | 30
f3        | 30    | 30    | 30
f4        | 30    | 30    | 30
f5        | 30    | 30    | 30
f6        | 20    | 20    | 30
f7        | 12    | 12    | 12
f8        | 100   | 100   | 100
f9        | 10000 | 10000 | 10000
g1        | 100   | 100   | 100
g2        | -     | -     | -
g3        | 0     | 0     | 0
""",
    "verbatim": """
figure_id | low   | best  | high
f1        | 30    | 30    | 30
f2        | 30    | -     | -
f3        | 30    | -     | -
f4        | 30    | 30    | 30
f5        | -     | -     | 30
f6        | 20    | -     | 30
f7        | -     | -     | -
f8        | -     | -     | -
f9        | -     | -     | -
g1        | -     | -     | -
g2        | -     | -     | -
g3        | 0     | 0     | 0
""",
}


@pytest.mark.parametrize("name", convention_ids())
def test_the_bounds_of_every_qualifier(name):
    check(bounded(frame(figures(SAID)), load_convention(name)), BOUNDS[name])


@pytest.mark.parametrize("name", convention_ids())
@pytest.mark.parametrize("before", convention_ids())
def test_it_does_not_matter_by_which_convention_a_table_was_made_before(name, before):
    changed = bounded(bounded(frame(figures(SAID)), load_convention(before)), load_convention(name))
    check(changed, BOUNDS[name])


def test_the_number_and_the_words_are_never_touched():
    table = frame(figures(SAID))
    for name in convention_ids():
        left = bounded(table, load_convention(name)).drop(columns=["low", "best", "high"])
        assert left.equals(table.drop(columns=["low", "best", "high"]))


def test_the_default_is_ucdp_and_a_wrong_name_is_told_with_the_right_ones():
    assert load_convention().id == "ucdp"
    with pytest.raises(TrackerError, match="no convention 'best': use ucdp or acled or verbatim"):
        load_convention("best")
