"""The axes of the timeline chart: what cannot be true flattens nothing, and every tick can be read. No browser."""

import pandas as pd
import pytest
from made_figures import figure

from dashboard.charts.dot_plot import dots
from dashboard.charts.time_axis import room, ticks
from dashboard.charts.timeline import Content, Style, timeline
from dashboard.look.theme import Theme
from dashboard.view.query import View
from dashboard.view.tables import Tables
from tracker.model import Qualifier, Scope
from tracker.timelines.columns import frame

BARS = Style(bars="D")


def chart_of(*figures, style=BARS, **look):
    tables = Tables(frame(figures), dict)
    content = Content(tables.totals(View()), tables.series(View()), tables.incidents(View()))
    return timeline(content, style, Theme(**look))


def incident(name, value, day):
    place = {"scope": Scope.INCIDENT, "place": f"Town {name.title()}", "qualifier": Qualifier.EXACT}
    return figure(name, article_id=name, value=value, low=value, date=day, published=day, **place)


def total(name, value, day="2012-03-26"):
    return figure(name, article_id=name, value=value, low=value, date=day, published=day, qualifier=Qualifier.EXACT)


def axis_of_bars(chart):
    (axis,) = {trace.yaxis or "y" for trace in chart.data if trace.type == "bar"}
    return chart.layout[axis.replace("y", "yaxis", 1)]


def notes_of(chart):
    return [note for note in chart.layout.annotations if "above this axis" in note.text]


DAILY = [incident(f"i{n}", 20 + n, f"2012-03-2{n}") for n in range(5)]


def test_an_incident_with_more_dead_than_the_whole_war_does_not_flatten_the_others():
    chart = chart_of(total("t", 9_000), *DAILY, incident("misread", 1_000_000, "2012-03-27"))
    assert axis_of_bars(chart).range[1] < 50
    (note,) = notes_of(chart)
    assert note.text == "▲ 1 bar above this axis, up to 1,000,000"
    (bar,) = [trace for trace in chart.data if trace.type == "bar"]
    assert "misread" in bar.customdata  # it is there, and can be clicked


def test_the_worst_day_of_a_war_sets_the_axis():
    chart = chart_of(total("t", 9_000), *DAILY, incident("worst", 1_200, "2012-03-27"))
    assert axis_of_bars(chart).range[1] > 1_200
    assert notes_of(chart) == []


@pytest.mark.parametrize(("value", "is_above"), [(24 * 49, False), (24 * 50, True)])
def test_without_a_total_a_bar_is_compared_with_the_next_one(value, is_above):
    chart = chart_of(*DAILY, incident("other", value, "2012-03-27"))
    assert (axis_of_bars(chart).range[1] < 50) is is_above
    assert len(notes_of(chart)) == is_above


def test_a_single_bar_sets_the_axis():
    for figures in ([incident("i", 70, "2012-03-20")], [total("t", 60), incident("i", 70, "2012-03-20")]):
        assert axis_of_bars(chart_of(*figures)).range[1] > 70


def test_on_a_narrow_page_the_note_stands_under_the_heading_and_not_upon_it():
    figures = (total("t", 9_000), *DAILY, incident("misread", 1_000_000, "2012-03-27"))
    (wide,), (narrow,) = (notes_of(chart_of(*figures, narrow=narrow)) for narrow in (False, True))
    assert (wide.yanchor, narrow.yanchor) == ("bottom", "top")


def test_millions_are_written_short_so_that_the_margin_holds_them():
    assert chart_of(total("t", 1_900_000)).layout.yaxis.tickformat == "~s"
    assert chart_of(total("t", 190_000)).layout.yaxis.tickformat == ",~r"


@pytest.mark.parametrize(
    ("last", "step", "pixels"),
    [("2012-03-03", 86_400_000, 46), ("2012-05-01", None, 46), ("2014-03-01", None, 30)],
)
def test_the_ticks_of_time_are_days_or_longer_and_have_room(last, step, pixels):
    shown = (pd.Timestamp("2012-03-01"), pd.Timestamp(last))
    assert ticks(shown, narrow=False).get("dtick") == step
    assert room(shown) == pixels
    assert ticks(shown, narrow=True)["nticks"] == 4
    assert ticks(shown, narrow=True)["tickangle"] == 0


def test_who_says_what_says_it_as_it_was_hedged():
    hedged = figure("f1", qualifier=Qualifier.MORE_THAN, value=8_000, date="2012-03-26")
    says = Tables(frame([hedged]), dict).says(View(), "2012-03-27")
    texts = {narrow: [t.text[0].strip() for t in dots(says, Theme(narrow=narrow)).data if t.text] for narrow in (0, 1)}
    assert texts == {0: ["more than 8,000"], 1: ["8,000"]}


def test_a_panel_without_a_coloured_series_has_an_axis_of_its_own_numbers():
    leading = [
        figure(
            f"f{n}-{day}",
            article_id=f"a{n}-{day}",
            source_name=f"Body {n}",
            value=1_000 + 10 * n + day,
            date=f"2012-03-0{day}",
        )
        for n in range(9)
        for day in (1, 2, 3)
    ]
    other = figure("c", article_id="c", value=73, outcome="injured", source_name="Somebody")
    chart = chart_of(*leading, other, style=Style(everything=True))
    assert chart.layout.yaxis2.range[1] > 73
    assert notes_of(chart) == []


def vague(name, value, date, precision):
    return figure(
        name, article_id=name, value=value, low=value, date=date, date_precision=precision, scope=Scope.INCIDENT
    )


@pytest.mark.parametrize(
    ("dates", "width", "drawn", "undated"),
    [
        ((("2012-03-20", "day"), ("2012-03-24", "day"), ("2012-03", "month")), 0.8, 2, 1),
        ((("2012-03-20", "day"), ("2012-02", "month"), ("2012-03", "month")), 26, 3, 0),
        ((("2012", "year"),), 350, 1, 0),
    ],
)
def test_no_bar_is_shorter_than_the_date_of_its_incident_is_exact(dates, width, drawn, undated):
    chart = chart_of(*(vague(f"i{n}", 10 + n, *date) for n, date in enumerate(dates)), style=Style())
    (bar,) = [trace for trace in chart.data if trace.type == "bar"]
    assert set(bar.width if isinstance(bar.width, tuple) else [bar.width]) == {width * 86_400_000}
    assert len(" ".join(bar.customdata).split()) == drawn
    assert chart.layout.meta["left"]["undated"] == undated
    assert pd.Timestamp(chart.layout.xaxis.range[1]) >= pd.Timestamp(bar.x[-1]) + pd.Timedelta(days=width)


def test_where_no_incident_has_a_date_for_the_bars_asked_for_the_chart_says_so():
    chart = chart_of(vague("i", 10, "2012", "year"), style=Style(bars="D"))
    assert [note.text for note in chart.layout.annotations] == [
        "Nothing in view can be drawn so: see the table below, or change the options."
    ]
