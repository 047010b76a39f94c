"""The chart: what it draws for which figures. No browser."""

from itertools import pairwise

import pandas as pd
import pytest
from made_figures import figure

from dashboard.colours import DASHES, LIGHT, UNNAMED, paints
from dashboard.figures import Look, frequency, timeline
from dashboard.labels import LINE_HEIGHT, Label, Plane, placed
from tracker.model import Qualifier, Scope
from tracker.timelines.columns import frame


def chart_of(*figures, **look):
    return timeline(frame(figures), Look(**look))


def markers(chart):
    return [trace for trace in chart.data if trace.type == "scatter" and trace.mode == "markers"]


def lines(chart):
    return [trace for trace in chart.data if trace.type == "scatter" and trace.mode == "lines"]


def test_a_source_is_a_step_line_with_a_mark_for_each_total():
    chart = chart_of(
        figure("f1", value=9100, date="2012-03-26"), figure("f2", article_id="a2", value=12000, date="2012-05-01")
    )
    steps = next(trace for trace in lines(chart) if trace.line.shape == "hv")
    assert list(steps.y) == [9100, 12000]
    assert list(markers(chart)[0].customdata) == ["f1", "f2"]


@pytest.mark.parametrize(
    ("qualifier", "symbol", "whisker"),
    [
        (Qualifier.EXACT, "circle", 0),
        (Qualifier.AT_LEAST, "triangle-up", 1),
        (Qualifier.MORE_THAN, "triangle-up", 1),
        (Qualifier.UP_TO, "triangle-down", -1),
        (Qualifier.ABOUT, "circle-open", 0),
    ],
)
@pytest.mark.parametrize("log", [False, True])
def test_the_mark_says_how_the_number_was_hedged(qualifier, symbol, whisker, log):
    chart = chart_of(figure("f1", qualifier=qualifier, low=None, high=None), log=log)
    assert list(markers(chart)[0].marker.symbol) == [symbol]
    ends = [trace.y for trace in lines(chart) if trace.line.shape != "hv"]
    directions = [(end[1] > end[0]) - (end[1] < end[0]) for end in ends]
    assert directions == ([whisker] if whisker else [])


def test_a_range_is_a_band_from_low_to_high():
    chart = chart_of(figure("f1", value=20, low=20, high=30, qualifier=Qualifier.RANGE))
    band = markers(chart)[0].error_y
    assert (list(band.array), list(band.arrayminus)) == ([10.0], [0.0])


def test_incidents_are_bars_beneath_that_know_their_figures():
    chart = chart_of(
        figure("f1"),
        figure("i1", scope=Scope.INCIDENT, value=5, place="Homs"),
        figure("i2", scope=Scope.INCIDENT, value=7, place="Hama"),
    )
    bar = next(trace for trace in chart.data if trace.type == "bar")
    assert (list(bar.y), list(bar.customdata)) == ([7], ["i2 i1"])
    assert bar.yaxis == "y2"


def test_a_count_of_years_is_no_bar_of_the_month_in_which_it_ends():
    period = figure("p1", scope=Scope.PERIOD, value=306_887, period_start="2011-03-01", date="2021-03-31")
    chart = chart_of(figure("i1", scope=Scope.INCIDENT, value=5), period)
    assert [list(trace.y) for trace in chart.data if trace.type == "bar"] == [[5]]


def test_reports_without_a_source_are_marks_but_no_line():
    chart = chart_of(figure("f1", source_name=None), figure("f2", source_name=None, date="2012-04-01", value=10_000))
    assert [trace for trace in lines(chart) if trace.line.shape == "hv"] == []
    assert len(markers(chart)[0].x) == 2


def test_markup_in_an_article_stays_text_in_the_chart():
    chart = chart_of(figure("f1", source_name="<b>x</b><img src=x onerror=alert(1)>", figure="<a href='//e.org'>9</a>"))
    assert "<img" not in markers(chart)[0].hovertext[0]
    assert "<a " not in markers(chart)[0].hovertext[0]
    assert all("<img" not in (note.text or "") for note in chart.layout.annotations)


def test_an_empty_view_says_so():
    for chart in (chart_of(), chart_of(figure("f1", date=None)), chart_of(figure("f1", value=None, low=None))):
        assert len(chart.layout.annotations) == 1
        assert not chart.data


@pytest.mark.parametrize("log", [False, True])
def test_a_single_total_of_zero_can_be_drawn(log):
    chart = chart_of(figure("f1", value=0, low=0, high=0, qualifier=Qualifier.EXACT), log=log)
    assert list(markers(chart)[0].y) == [0]


def test_several_outcomes_are_told_apart_by_name():
    chart = chart_of(figure("f1"), figure("f2", outcome="injured", value=100))
    assert {trace.name for trace in markers(chart)} == {"Opposition, killed", "Opposition, injured"}


@pytest.mark.parametrize(("last", "freq"), [("2012-04-26", "D"), ("2013-03-01", "W"), ("2019-01-01", "M")])
def test_bars_stand_for_more_time_where_there_is_more_of_it(last, freq):
    assert frequency(frame([figure("f1"), figure("f2", date=last, value=2)])) == freq


def test_a_source_keeps_its_colour_and_no_two_of_a_conflict_share_one():
    figures = [figure(f"f{n}", source_name=f"source {n}") for n in range(10)]
    chosen = paints(frame([*figures, figure("x", source_name=None)]))
    looks = {(chosen[f"source {n}"].light, chosen[f"source {n}"].dash) for n in range(10)}
    assert len(looks) == 10
    assert {dash for _, dash in looks} <= set(DASHES)
    assert chosen[UNNAMED].light not in LIGHT
    assert paints(frame(figures[::-1]))["source 3"] == chosen["source 3"]


def test_names_at_line_ends_never_cover_each_other():
    day = pd.Timestamp("2024-01-01")
    labels = [Label(f"source {n}", day, 100.0 + n, "#000000") for n in range(6)]
    plane = Plane(pd.Timestamp("2020-01-01"), day, 0.0, 1000.0, log=False)
    fitting = placed(labels, plane)
    heights = sorted(plane.place(label)[1] + shift for label, shift in fitting)
    assert len(fitting) >= 3
    assert all(above - below >= LINE_HEIGHT for below, above in pairwise(heights))
