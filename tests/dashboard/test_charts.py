"""The timeline chart: which figures give which marks. No browser."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from made_figures import figure

from dashboard.charts import drawing
from dashboard.charts.bars import frequency
from dashboard.charts.labels import WIDTHS, Label, beside, crossed, spots
from dashboard.charts.marks import FLAGS
from dashboard.charts.panel import MOST_COLOURED, panels
from dashboard.charts.summary import in_sentences
from dashboard.charts.timeline import Content, Note, Style, panels_of, timeline
from dashboard.look.colours import DASHES, LIGHT, UNNAMED, line_styles
from dashboard.look.theme import Theme
from dashboard.view.query import View
from dashboard.view.tables import Tables
from tracker.model import Qualifier, Scope
from tracker.timelines.columns import frame
from tracker.timelines.totals import Flag

DAYS = (pd.Timestamp("2012-01-01"), pd.Timestamp("2022-01-01"))


def content_of(*figures, **more):
    tables = Tables(frame(figures), dict)
    return Content(tables.totals(View()), tables.series(View()), tables.incidents(View()), **more)


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
    assert list(markers(chart)[0].y) == [0.5 if log else 0]  # a logarithmic axis has no zero: its lower end


def test_several_outcomes_are_told_apart_by_name():
    chart = chart_of(figure("f1"), figure("f2", outcome="injured", value=100))
    assert {trace.name for trace in markers(chart)} == {
        "Opposition: everyone killed in Syria",
        "Opposition: everyone injured in Syria",
    }
    assert len({trace.yaxis for trace in markers(chart)}) == 2  # unlike counts have axes of their own


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


def label(name, height, day="2022-01-01"):
    return Label(name, height, pd.Timestamp(day), "#000000", "1,000 people")


NOTHING = spots([], DAYS)


def test_the_line_from_a_label_to_its_point_runs_through_no_other_label():
    below = spots(
        [[(DAYS[0], 0.02), (pd.Timestamp("2016-01-01"), 0.02)]], DAYS
    )  # a line that the labels must not cover
    ends = [(0.174, "2015-10-15"), (0.1, "2012-03-01"), (0.1, "2014-06-12")]
    below = np.concatenate([below, spots([[(pd.Timestamp(day), height)] for height, day in ends], DAYS)])
    placed, left_out = beside([label("A body of some name", *end) for end in ends], DAYS, 270, below)
    assert not left_out
    assert crossed(placed, 270) == 0


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3652)), max_size=12))
def test_any_names_are_apart_and_in_the_plot(ends):
    days = [str((DAYS[0] + pd.Timedelta(days=after)).date()) for _, after in ends]
    labels = [label(f"Body {n}", height, day) for n, ((height, _), day) in enumerate(zip(ends, days, strict=True))]
    placed, left_out = beside(labels, DAYS, 400, NOTHING)
    assert len(placed) + len(left_out) == len(labels)
    assert not any(one.covers(other) for one, other in combinations(placed, 2))
    assert all(one.label.half <= one.pixels <= 400 - one.label.half for one in placed)
    assert all(one.ends(width)[0] > 0 for one in placed for width in WIDTHS)


def test_a_line_is_named_with_its_last_number():
    chart = chart_of(figure("f1"), figure("f2", article_id="a2", value=12_000, date="2012-05-01"))
    assert names_of(chart) == ["<b>more than 12,000 people</b><br>Opposition"]
    assert names_of(chart_of(figure("f1"), narrow=True)) == []
    legend = chart_of(figure("f1"), narrow=True).layout.meta["legend"]
    assert [one["name"] for one in legend] == ["Opposition more than 9,100 people"]


def test_a_total_that_contradicts_its_own_source_is_ringed_told_in_words_and_no_step():
    days = [
        ("2012-02-20", 8_900),
        ("2012-03-01", 9_000),
        ("2012-03-10", 90),
        ("2012-03-20", 9_500),
        ("2012-04-01", 9_900),
    ]
    chart = chart_of(
        *(
            figure(f"f{n}", article_id=f"a{n}", date=day, value=value, low=value, qualifier=Qualifier.EXACT)
            for n, (day, value) in enumerate(days)
        )
    )
    ring = next(trace for trace in chart.data if trace.name == "flagged")
    assert list(ring.y) == [90]
    assert FLAGS["outlier"] in markers(chart)[0].hovertext[2]
    assert 90 not in next(trace for trace in lines(chart) if trace.line.shape == "hv").y


def test_what_is_counted_per_month_is_one_bar_as_wide_as_the_time_between_two_totals():
    content = content_of(
        figure("f1", value=9_000, date="2012-03-01"),
        figure("f2", article_id="a2", value=9_600, date="2012-05-31"),
        figure("x", article_id="a3", value=7, date="2012-04-01", source_name="Government"),
    )
    chart = timeline(content, Style(rates=True, bars="M"), Theme())
    (box,) = [trace for trace in chart.data if trace.type == "bar"]
    assert list(box.y) == pytest.approx([600 / 91 * 365.25 / 12])
    assert box.width[0] == 91 * 86_400_000  # one bar three months wide, of the monthly rate
    assert "per month" in " ".join(note.text for note in chart.layout.annotations)


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
    official = pd.DataFrame({"date": pd.to_datetime(["2012-03-01", "2012-04-01"]), "value": [8_000, 99_000]})
    own = (Note(pd.Timestamp("2012-03-28"), "A <b>note</b>"),)
    other = figure("f2", article_id="a2", value=8_000, source_name="Government", date="2012-04-01")
    content = content_of(figure("f1"), other, references={"UCDP": official}, notes=own)
    chart = timeline(content, Style(span=(pd.Timestamp("2012-03-01"), pd.Timestamp("2012-04-30"))), Theme())
    (band,) = [trace for trace in chart.data if trace.fill == "tonexty"]
    assert list(band.y)[:2] == [9_100, 9_100]  # the first alone, then the higher of the two, until one is too old
    (low,) = [trace for trace in chart.data if trace.name == "lowest"]
    assert list(low.y)[:2] == [9_100, 8_000]
    assert chart.layout.yaxis.range[1] > 99_000  # the axis has room for the reference
    assert any("UCDP (reference)" in name for name in names_of(chart))
    assert "A &lt;b&gt;note&lt;/b&gt;" in [note.text for note in chart.layout.annotations]
    assert str(chart.layout.xaxis.range[1])[:10] == "2012-04-30"
    plain = timeline(content, Style(band=False), Theme())
    assert not [trace for trace in plain.data if trace.fill == "tonexty"]


def of_source(name, source, value, day, **more):
    return figure(
        name, article_id=f"a-{name}", source_name=source, value=value, low=value, date=day, figure=f"{value:,}", **more
    )


def test_a_line_ends_when_its_source_has_been_silent_for_a_year():
    chart = chart_of(
        of_source("f1", "Opposition", 1_000, "2012-03-01"),
        of_source("f2", "Opposition", 2_000, "2012-06-01"),
        of_source("f3", "Opposition", 9_000, "2016-01-01"),
    )
    line = next(trace for trace in lines(chart) if trace.line.shape == "hv")
    assert list(line.y) == [1_000, 2_000, 2_000, None, 9_000]
    assert str(line.x[2])[:10] == "2013-06-01"


def test_a_number_without_a_source_does_not_stretch_the_axis_and_is_marked_at_its_edge():
    figures = [of_source(f"f{n}", "Opposition", 1_013 + n, f"2012-03-0{n + 1}") for n in range(4)]
    absurd = of_source("x", None, 9_000_000, "2012-03-03")
    near = of_source("y", None, 990, "2012-03-02")
    chart = chart_of(*figures, absurd, near)
    assert chart.layout.yaxis.range[1] < 2_000
    assert "x" not in {one for trace in markers(chart) for one in trace.customdata}  # far from the line: hidden
    assert chart.layout.meta["left"]["strays"] == 1
    everything = chart_of(*figures, absurd, near, style=Style(everything=True))
    assert everything.layout.yaxis.range[1] < 2_000
    (edge,) = [trace for trace in everything.data if trace.name == "above the axis"]
    assert (list(edge.customdata), edge.y[0] < 2_000) == (["x"], True)
    assert "9,000,000" in " ".join(note.text for note in everything.layout.annotations)
    hidden = chart_of(*figures, absurd, near, style=Style(unnamed=False))
    assert {one for trace in markers(hidden) for one in trace.customdata} == {"f0", "f1", "f2", "f3"}


def test_so_many_sources_are_tamed_to_a_few_colours_and_no_two_share_one():
    figures = [
        of_source(f"f{n}-{day}", f"Body {n:02}", 1_000 + 10 * n + day, f"2012-03-0{day}")
        for n in range(30)
        for day in (1, 2, 3)
    ]
    tables = Tables(frame(figures), dict)
    (main,), left = panels(tables.totals(View()), tables.series(View()))
    assert len(main.coloured) == MOST_COLOURED
    assert (left.series, left.drawn) == (30, MOST_COLOURED)
    chart = chart_of(*figures, style=Style(everything=True))
    colours = [trace.line.color for trace in lines(chart) if trace.line.shape == "hv" and trace.line.width > 2]
    assert len(set(colours)) == len(colours) == MOST_COLOURED
    thin = [trace for trace in lines(chart) if trace.line.shape == "hv" and 0 < trace.line.width < 2]
    assert len(thin) == 30 - MOST_COLOURED
    assert {trace.line.color for trace in thin} == {Theme().colour("none such")}


def test_labels_stand_beside_the_last_point_where_they_cover_no_line_no_mark_and_no_other_label():
    rising = [(pd.Timestamp("2012-01-01"), 0.0), (pd.Timestamp("2017-01-01"), 0.5), (DAYS[1], 1.0)]
    alone, other = label("Old body", 0.5, "2013-01-01"), label("Ends with it", 0.5, "2013-01-01")
    (first, second), _ = beside([alone, other], DAYS, 300, NOTHING)
    assert (first.pixels, first.on_left) == (150, False)
    assert abs(second.pixels - first.pixels) >= first.label.half + second.label.half
    on_the_line = label("Covered", 0.5, "2017-01-01")
    ((moved,), _) = beside([on_the_line], DAYS, 300, spots([rising], DAYS))
    assert (moved.pixels, moved.on_left) == (150, True)  # the line goes on to the right at this height
    mark = [(pd.Timestamp("2013-06-01"), 0.5)]
    ((away,), _) = beside([alone], DAYS, 300, spots([mark], DAYS, stepped=False))
    assert abs(away.pixels - 150) > away.label.half


def test_a_single_total_within_the_axis_is_drawn_where_another_of_its_source_lies_above_it():
    lines = [of_source(f"f{n}", "Opposition", 1_000 + n, f"2012-0{n + 1}-01") for n in range(4)]
    tables = Tables(frame([*lines, of_source("low", "Police", 900, "2012-03-10")]), dict)
    (panel,), _ = panels(tables.totals(View()), tables.series(View()), everything=True)
    police = next(one for one in (*panel.coloured, *panel.grey) if one.source == "Police")
    high = police.points.assign(value=900_000, flag=Flag.OUTLIER.value, figure_ids=[("high",)])
    panel = replace(panel, off_line=high.astype(police.points.dtypes.to_dict()))
    drawn = drawing.traces(panel, panel.scale(log=False), Theme(), band=False)
    assert {one["name"]: one["customdata"] for one in drawn if one.get("customdata")} == {
        "Opposition: everyone killed in Syria": ["f0", "f1", "f2", "f3"],
        "Police: everyone killed in Syria": ["low"],
        "above the axis": ["high"],
    }


def test_a_single_late_incident_does_not_stretch_the_time_of_the_lines():
    totals = [of_source(f"f{n}", "Opposition", 1_000 + n, f"2012-0{n + 1}-01") for n in range(4)]
    soon = figure("i1", article_id="i1", value=9, low=9, date="2012-07-01", scope=Scope.INCIDENT)
    late = figure("i2", article_id="i2", value=9, low=9, date="2025-01-01", scope=Scope.INCIDENT)
    chart = chart_of(*totals, soon, late)
    assert str(chart.layout.xaxis.range[1])[:7] == "2012-07"
    assert chart.layout.meta["left"]["outside"] == 1


def test_a_stretch_of_time_has_an_axis_and_labels_of_its_own():
    figures = [of_source(f"f{n}", "Opposition", 1_000 * 10**n, f"201{n + 2}-03-01") for n in range(3)]
    chart = chart_of(*figures, style=Style(span=(pd.Timestamp("2012-01-01"), pd.Timestamp("2013-06-01"))))
    assert 10_000 < chart.layout.yaxis.range[1] < 20_000
    assert names_of(chart) == ["<b>more than 10,000 people</b><br>Opposition"]


def test_the_chart_is_told_in_sentences():
    content = content_of(
        of_source("f1", "Opposition", 1_000, "2012-03-01"), of_source("f2", "Opposition", 2_000, "2012-06-01")
    )
    assert in_sentences(content, panels_of(content, Style())[0]) == (
        "Everyone killed in Syria: Opposition, from more than 1,000 (1 March 2012) to more than 2,000 (1 June 2012). "
        "The numbers follow as a table."
    )
