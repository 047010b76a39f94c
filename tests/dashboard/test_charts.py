"""The timeline chart: which figures give which marks. No browser."""

from itertools import pairwise

import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import figure

from dashboard.charts.bars import frequency
from dashboard.charts.labels import GAP, fitting, spread
from dashboard.charts.marks import FLAGS
from dashboard.charts.timeline import Content, Note, Style, rises, timeline
from dashboard.look.colours import DASHES, LIGHT, UNNAMED, line_styles
from dashboard.look.theme import Theme
from dashboard.view.query import View
from dashboard.view.tables import Tables
from tracker.model import Qualifier, Scope
from tracker.timelines.columns import frame


def content_of(*figures, **more):
    tables = Tables(frame(figures), dict)
    return Content(tables.totals(View()), tables.incidents(View()), **more)


def chart_of(*figures, style=None, **look):
    return timeline(content_of(*figures), style or Style(), Theme(**look))


def markers(chart):
    return [trace for trace in chart.data if trace.mode == "markers" and trace.customdata]


def lines(chart):
    return [trace for trace in chart.data if trace.type == "scatter" and trace.mode == "lines"]


def names_of(chart):
    """The texts of the labels beside the plot."""
    return [note.text for note in chart.layout.annotations if note.showarrow]


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
    assert frequency(pd.Series(pd.to_datetime(["2012-03-26", last]))) == freq


def test_a_source_keeps_its_colour_and_no_two_of_a_conflict_share_one():
    figures = [figure(f"f{n}", source_name=f"source {n}") for n in range(10)]
    chosen = line_styles(frame([*figures, figure("x", source_name=None)]))
    looks = {(chosen[f"source {n}"].light, chosen[f"source {n}"].dash) for n in range(10)}
    assert len(looks) == 10
    assert {dash for _, dash in looks} <= set(DASHES)
    assert chosen[UNNAMED].light not in LIGHT
    assert line_styles(frame(figures[::-1]))["source 3"] == chosen["source 3"]


def test_names_beside_lines_never_cover_each_other():
    heights = [300.0, 299.0, 150.0, 149.0, 148.0, 3.0, 2.0, 1.0, 0.0]
    placed = spread(heights, room=330)
    assert all(above - below >= GAP for above, below in pairwise(placed))
    assert placed[0] <= 330
    assert placed[-1] >= 0
    assert spread([200.0, 100.0], room=330) == [200.0, 100.0]  # if there is room, they stand beside their lines
    with pytest.raises(ValueError, match="room"):
        spread([1.0] * (fitting(330) + 1), room=330)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.floats(0, 400), max_size=24))
def test_any_names_are_apart_and_in_the_plot(heights):
    placed = spread(sorted(heights, reverse=True), room=400)
    assert all(above - below >= GAP - 1e-9 for above, below in pairwise(placed))
    assert all(-1e-9 <= one <= 400 for one in placed)


def test_a_line_is_named_with_its_last_number():
    chart = chart_of(figure("f1"), figure("f2", article_id="a2", value=12_000, date="2012-05-01"))
    assert names_of(chart) == ["Opposition more than 12,000"]
    assert names_of(chart_of(figure("f1"), narrow=True)) == []
    legend = chart_of(figure("f1"), narrow=True).layout.meta["legend"]
    assert [one["name"] for one in legend] == ["Opposition more than 9,100"]


def test_a_total_that_contradicts_its_own_source_is_ringed_told_in_words_and_no_step():
    days = [("2012-03-01", 9_000), ("2012-03-10", 90), ("2012-03-20", 9_500), ("2012-04-01", 9_900)]
    chart = chart_of(
        *(
            figure(f"f{n}", article_id=f"a{n}", date=day, value=value, low=value, qualifier=Qualifier.EXACT)
            for n, (day, value) in enumerate(days)
        )
    )
    ring = next(trace for trace in chart.data if trace.name == "flagged")
    assert list(ring.y) == [90]
    assert FLAGS["outlier"] in markers(chart)[0].hovertext[1]
    assert 90 not in next(trace for trace in lines(chart) if trace.line.shape == "hv").y


def test_rises_are_the_differences_of_one_source_over_the_time_they_took():
    content = content_of(
        figure("f1", value=9_000, date="2012-03-01"),
        figure("f2", article_id="a2", value=9_600, date="2012-03-31"),
        figure("x", article_id="a3", value=7, date="2012-04-01", source_name="Government"),
    )
    (rise,) = rises(content.totals).to_dict("records")
    assert (rise["rise"], rise["before"], rise["day"]) == (600, pd.Timestamp("2012-03-01"), pd.Timestamp("2012-03-31"))
    chart = timeline(content, Style(rises=True), Theme())
    (box,) = [trace for trace in chart.data if trace.type == "bar"]
    assert (list(box.y), box.width[0]) == ([600], 30 * 86_400_000)


def test_incidents_added_up_are_only_those_that_can_be_told_apart():
    figures = [
        figure("i1", scope=Scope.INCIDENT, value=5, place="Homs", qualifier=Qualifier.EXACT),
        figure("i2", scope=Scope.INCIDENT, value=7, place="Hama", qualifier=Qualifier.EXACT),
        figure("i3", scope=Scope.INCIDENT, value=900, place=None, qualifier=Qualifier.EXACT),
    ]
    (largest,) = [trace for trace in chart_of(*figures).data if trace.type == "bar"]
    (summed,) = [trace for trace in chart_of(*figures, style=Style(added=True)).data if trace.type == "bar"]
    assert (list(largest.y), list(summed.y)) == ([900], [12])


def test_band_reference_and_notes_are_drawn():
    band = pd.DataFrame({"date": pd.to_datetime(["2012-03-26"]), "low": [9_000], "high": [9_500]})
    official = pd.DataFrame({"date": pd.to_datetime(["2012-03-01", "2012-04-01"]), "value": [8_000, 99_000]})
    own = (Note(pd.Timestamp("2012-03-28"), "A <b>note</b>"),)
    content = content_of(figure("f1"), band=band, references={"UCDP": official}, notes=own)
    chart = timeline(content, Style(span=(pd.Timestamp("2012-03-01"), pd.Timestamp("2012-03-30"))), Theme())
    assert [trace.name for trace in chart.data if trace.fill == "tonexty"] == ["disagreement"]
    assert chart.layout.yaxis.range[1] > 99_000  # the axis has room for the reference
    assert "UCDP (reference)" in names_of(chart)
    assert "A &lt;b&gt;note&lt;/b&gt;" in [note.text for note in chart.layout.annotations]
    assert str(chart.layout.xaxis.range[1])[:10] == "2012-03-30"
