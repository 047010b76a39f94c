from __future__ import annotations

import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import figure

from tracker.knowledge import load_convention
from tracker.model import Outcome, Precision, Qualifier, Scope, VictimGroup
from tracker.timelines.areas import load_areas
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import frame
from tracker.timelines.series import INCIDENT_COLUMNS, TOTAL_COLUMNS, incidents, rates, running_totals
from tracker.timelines.totals import totals as all_totals


def totals(*figures, columns=("source_name", "date", "value")):
    rows = running_totals(frame(figures))
    shown = rows.assign(date=rows["date"].dt.strftime("%Y-%m-%d"))
    return list(shown[list(columns)].itertuples(index=False, name=None))


def bars(*figures, freq="D", columns=("conflict", "date", "value", "incidents")):
    rows = incidents(frame(figures), freq)
    shown = rows.assign(date=rows["date"].dt.strftime("%Y-%m-%d"))
    return list(shown[list(columns)].itertuples(index=False, name=None))


def incident(figure_id, value, date="2012-02-03", **changes):
    return figure(figure_id, value=value, low=value, high=value, date=date, scope=Scope.INCIDENT, **changes)


def test_each_source_has_its_own_steps_in_order_of_date():
    assert totals(
        figure("c", value=9500, date="2012-04-02"),
        figure("a"),
        figure("b", value=8000, source_name="government", date="2012-04-01"),
        figure("d", value=9300, date="2012-04", date_precision=Precision.MONTH),
    ) == [
        ("government", "2012-04-01", 8000),
        ("opposition", "2012-03-26", 9100),
        ("opposition", "2012-04-02", 9500),
        ("opposition", "2012-04-30", 9300),
    ]


def test_one_claim_in_many_papers_is_one_point_that_keeps_all_its_figures():
    rows = running_totals(frame([figure("a"), figure("b", article_id="a2"), figure("c", value=9200)]))
    assert rows["value"].tolist() == [9100, 9200]
    assert rows["figure_ids"].tolist() == [("a", "b"), ("c",)]
    assert rows["figure_id"].tolist() == ["a", "c"]


def test_parts_undated_incidents_and_numberless_figures_are_no_totals():
    assert (
        totals(
            figure("part", part_of="f1"),
            figure("undated", date=None),
            figure("incident", scope=Scope.INCIDENT),
            figure("no number", value=None, low=None, qualifier=Qualifier.VAGUE),
        )
        == []
    )


def test_vague_words_stand_at_the_bound_that_the_convention_gives():
    vague = figure("v", figure="thousands", value=None, low=2000, best=None, high=None, qualifier=Qualifier.VAGUE)
    assert totals(vague, columns=("value", "qualifier")) == [(2000, "vague")]


def test_narrower_groups_of_victims_are_no_second_value_of_the_total():
    children = figure("children", value=700, victim_group=VictimGroup.CHILDREN)
    assert totals(figure("all"), children) == [("opposition", "2012-03-26", 9100)]
    assert totals(children) == []


def test_a_count_of_civilians_is_drawn_until_the_source_has_a_series_of_everyone():
    civilians = figure("c", value=9500, date="2012-04-01", victim_group=VictimGroup.CIVILIANS)
    everyone = [figure(f"e{at}", value=9100 + at, date=f"2012-03-0{at}") for at in (1, 2, 3)]
    assert [value for *_, value in totals(*everyone[:2], civilians)] == [9500, 9101, 9102]
    assert [value for *_, value in totals(*everyone, civilians)] == [9101, 9102, 9103]


def test_unknown_conflict_and_unnamed_source_are_series_too():
    assert totals(figure("a", conflict=None, source_name=None), columns=("conflict", "source_name")) == [
        ("", "unattributed")
    ]


def test_the_largest_incident_of_a_day_week_and_month_is_a_bar_and_nothing_is_added_up():
    rows = [
        incident("a", 5),
        incident("b", 7, place="Homs"),
        incident("c", 1, date="2012-02-05"),
        incident("d", 2, date="2012-02-06"),
    ]
    assert bars(*rows) == [
        ("syria", "2012-02-03", 7, 2),
        ("syria", "2012-02-05", 1, 1),
        ("syria", "2012-02-06", 2, 1),
    ]
    assert bars(*rows, freq="W") == [("syria", "2012-01-30", 7, 3), ("syria", "2012-02-06", 2, 1)]
    assert bars(*rows, freq="M") == [("syria", "2012-02-01", 7, 4)]


def test_a_claim_printed_twice_counts_once_and_keeps_both_figures():
    rows = incidents(frame([incident("a", 5), incident("b", 5, article_id="a2")]))
    assert rows["value"].tolist() == [5]
    assert rows["figure_ids"].tolist() == [("a", "b")]


@pytest.mark.parametrize(
    "difference",
    [
        {"source_name": "police"},
        {"place": "Hama"},
        {"country": "LBN"},
    ],
)
def test_incidents_that_may_differ_count_each(difference):
    assert bars(incident("a", 5), incident("b", 5, **difference), columns=("incidents",)) == [(2,)]


def test_parts_never_add_to_their_total():
    assert bars(incident("a", 25), incident("b", 5, part_of="a"), columns=("value",)) == [(25,)]


def test_outcomes_and_conflicts_are_bars_of_their_own():
    rows = [incident("a", 5), incident("b", 9, outcome=Outcome.INJURED), incident("c", 3, conflict=None)]
    assert bars(*rows, columns=("conflict", "outcome", "value")) == [
        ("", "killed", 3),
        ("syria", "injured", 9),
        ("syria", "killed", 5),
    ]


def test_open_ends_count_with_the_value():
    rows = incidents(frame([incident("a", 30, qualifier=Qualifier.AT_LEAST)]))
    assert rows[["value", "low", "high"]].iloc[0].tolist() == [30, 30, 30]


def test_nothing_gives_empty_tables_of_the_same_columns():
    assert tuple(running_totals(frame([])).columns) == TOTAL_COLUMNS
    assert tuple(incidents(frame([])).columns) == INCIDENT_COLUMNS


FIGURES = st.lists(
    st.builds(
        lambda number, **changes: (number, changes),
        st.integers(0, 10_000),
        value=st.sampled_from([None, 1, 2, 300]),
        low=st.sampled_from([None, 1]),
        date=st.sampled_from([None, "2012", "2012-03", "2012-03-26", "2012-04-01"]),
        scope=st.sampled_from(Scope),
        source_name=st.sampled_from([None, "police", "opposition"]),
        victim_group=st.sampled_from([VictimGroup.UNSPECIFIED, VictimGroup.CHILDREN]),
        part_of=st.sampled_from([None, "x"]),
    ),
    max_size=12,
    unique_by=lambda row: row[0],
)


@settings(max_examples=examples(40))
@given(FIGURES, st.randoms())
def test_series_do_not_depend_on_the_order_of_ingestion(rows, random):
    figures = [figure(f"f{number}", article_id=f"a{number}", **changes) for number, changes in rows]
    shuffled = random.sample(figures, len(figures))
    for series in (running_totals, incidents):
        pd.testing.assert_frame_equal(series(frame(figures)), series(frame(shuffled)))


def exact(name, value, day):
    return figure(name, article_id=name, value=value, low=value, high=value, date=day, qualifier=Qualifier.EXACT)


def rates_of(*figures, freq="M"):
    rows = rates(all_totals(claims(bounded(frame(figures), load_convention()), load_areas())), freq)
    return [(str(row.start.date()), str(row.end.date()), row.rise, round(row.rate, 1)) for row in rows.itertuples()]


def test_rates_compare_the_last_totals_of_periods_over_the_days_between_them():
    figures = [exact("a", 1_000, "2012-01-10"), exact("b", 1_300, "2012-01-31"), exact("c", 2_200, "2012-04-30")]
    assert rates_of(*figures) == [
        ("2012-01-10", "2012-01-31", 300, round(300 / 21 * 365.25 / 12, 1)),
        ("2012-01-31", "2012-04-30", 900, round(900 / 90 * 365.25 / 12, 1)),
    ]
    assert rates_of(*figures, freq="W") == [
        ("2012-01-10", "2012-01-31", 300, 100.0),
        ("2012-01-31", "2012-04-30", 900, 70.0),
    ]


def test_a_few_days_at_the_beginning_are_not_taken_for_a_whole_period():
    figures = [exact("a", 1_000, "2012-01-20"), exact("b", 1_300, "2012-01-31"), exact("c", 2_200, "2012-04-30")]
    assert [row[:2] for row in rates_of(*figures)] == [("2012-01-31", "2012-04-30")]


def test_the_rate_of_a_bound_is_open_where_its_totals_are():
    first = figure("a", article_id="a", value=1_000, low=1_000, high=None, date="2012-01-31", qualifier="at_least")
    rows = rates(
        all_totals(claims(bounded(frame([first, exact("b", 1_300, "2012-03-31")]), load_convention()), load_areas()))
    )
    assert rows["rise"].tolist() == [300]
    assert rows["low"].isna().tolist() == [True]  # the first total may have been any higher number
    assert rows["high"].tolist() == rows["rate"].tolist()
