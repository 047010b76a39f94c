"""The timeline chart with its heading, controls, legend and data table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
import plotly.graph_objects as go
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.charts.marks import FLAGS
from dashboard.charts.summary import in_sentences
from dashboard.charts.timeline import Content, Note, Style, panels_of, shown_at_first, span, timeline
from dashboard.look import ids, theme, wording
from dashboard.look.who import count_in_words, everyone
from dashboard.panels import lead, zoom
from dashboard.panels.controls import folded, menu, switch
from dashboard.panels.data_table import MOST, Row, captioned, data_table
from dashboard.view.data import Data
from dashboard.view.query import View, in_words, notes, phrase
from dashboard.view.standing import PANEL
from tracker.knowledge import convention_ids, load_convention
from tracker.model import VictimGroup
from tracker.timelines.totals import Flag

MARKS = (("●", "exactly"), ("▲", "at least, more than"), ("▼", "up to"), ("○", "about"), ("┃", "range"), ("◇", "vague"))
GROUPS = [("whole", "Whole counts"), ("every", "All groups, each on its own")]
GROUPS += [(str(one), wording.plain(one).capitalize()) for one in VictimGroup if one != VictimGroup.UNSPECIFIED]
BARS_BY = [("auto", "Automatic"), ("D", "Day"), ("W", "Week"), ("M", "Month"), ("Y", "Year")]
HEADINGS = ("Date", "Source", "Number", "Outcome", "Counted", "Remarks")
TOTAL = (*PANEL, "date", "source_name", "qualifier", "value", "low", "high", "flag", "figure_ids")
INCIDENT = ("date", "history", "low", "best", "high", "outcome", "victim_group", "place", "figure_ids")
"""The columns of totals and incidents that the table under the chart tells."""


def layout(view: View) -> html.Section:
    """Heading, chart and legend of marks."""
    legend = [html.Span([html.Span(mark, className="mark"), f" {meaning}"]) for mark, meaning in MARKS]
    legend.append(
        html.Span(
            [html.Span("◯", className="mark wrong"), " fell, or is far from its neighbours: point at it to read why"]
        )
    )
    legend.append(html.Span([html.Span("●", className="mark grey"), " grey: other sources, or none named"]))
    told: dict[str, Any] = {"aria-labelledby": ids.PHRASE, "aria-describedby": ids.SUMMARY}
    return html.Section(
        [
            *lead.layout(),
            _controls(view),
            html.Div(_graph(), className="chart", id="chart", role="group", **told),
            html.P(id=ids.SUMMARY, className="unseen"),
            html.Div(id=ids.SPAN_BOX, className="span-box"),
            dcc.Store(id=ids.ZOOM),
            html.P(id=ids.LEGEND, className="marks"),
            html.P(legend, className="marks"),
            html.P(
                "A line joins the totals of one source. It steps when a new total was reported, and ends when the "
                "source has been silent for a year. The shaded band lies between the lowest and the highest comparable "
                "total. Click a mark to read the sentence behind it. Drag over the chart to zoom in; double-click to "
                "see everything.",
                className="note",
            ),
            html.Div(id=ids.BEHIND),
            _notes(view),
        ],
        className="panel timeline",
    )


def _controls(view: View) -> html.Div:
    """What is changed often, the other options behind a button, and the button that copies the first number."""
    often = [
        switch("per", "Show", [("total", "Totals"), ("rate", "Per month")], view),
        switch("lines", "Sources", [("main", "Main"), ("all", "All")], view),
    ]
    return html.Div([*often, folded("Options", _options(view)), lead.copy_button()], className="controls")


def _options(view: View) -> list[html.Div]:
    conventions = [(one, wording.sentence(load_convention(one).name)) for one in convention_ids()]
    return [
        switch("scale", "Scale of numbers", [("linear", "Linear"), ("log", "Logarithmic")], view),
        menu("group", "Who is counted", GROUPS, view),
        switch("unnamed", "Reports that name no source", [("on", "Show"), ("off", "Hide")], view),
        switch("band", "Shade between lowest and highest count", [("on", "Yes"), ("off", "No")], view),
        switch("bars", "Incidents by", BARS_BY, view),
        switch("sums", "A bar shows", [("largest", "Largest incident"), ("added", "All added up")], view),
        menu("convention", "How “at least 30” and “dozens” are drawn", conventions, view),
    ]


def _notes(view: View) -> html.Details:
    """The form for the reader's own notes, one per line."""
    box = dmc.Textarea(
        id={"option": "notes"},
        label="Notes on the chart, one per line: the date, then what happened",
        description="Notes are kept in the address, so a link to this page shows them too.",
        placeholder="2012-05-25 Houla",
        value=view.option("notes"),
        autosize=True,
        minRows=2,
        debounce=True,
    )
    return html.Details([html.Summary("Your own notes"), box], className="behind", open=bool(view.option("notes")))


def _graph() -> dcc.Graph:
    """The chart, blank until the view is known."""
    return dcc.Graph(
        id=ids.CHART,
        figure=theme.blank(),
        config={"displayModeBar": False, "responsive": True, "scrollZoom": False},
    )


def register(app: Dash, data: Data) -> None:
    """Draw what is in view."""
    zoom.register(app, data)
    lead.register(app)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "everything"),
        Output({"option": "lines"}, "value", allow_duplicate=True),
        Input({"sets": "lines"}, "n_clicks"),
        State({"option": "lines"}, "value"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output(ids.CHART, "figure"),
        Output(ids.CHART, "style"),
        Output(ids.PHRASE, "children"),
        Output(ids.LEGEND, "children"),
        Output(ids.BEHIND, "children"),
        Output(ids.SPAN_BOX, "children"),
        Output(ids.SUMMARY, "children"),
        Output(ids.FIRST, "children"),
        Output(ids.NEXT, "children"),
        Output(ids.FIRST_TEXT, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.SCREEN, "data"),
        Input(ids.REVISION, "data"),
    )
    def draw(address: str | None, screen: dict[str, bool] | None, _revision: int) -> tuple[Any, ...]:
        if address is None or screen is None:
            raise PreventUpdate
        how = tuple(sorted(screen.items()))
        return data.rendered("chart", address, how, make=lambda: _shown(data, address, screen))


def _shown(data: Data, address: str, screen: dict[str, bool]) -> tuple[Any, ...]:
    """The chart of a view, its heading, legend, data table and slider, and its first sentence."""
    view = data.view(address)
    content, look = chart_content(view, data), data.theme(view, screen)
    drawn = panels_of(content, style(view))
    chart = timeline(content, style(view), look, drawn)
    return (
        chart.to_plotly_json(),
        {"height": f"{chart.layout.height}px"},  # otherwise plotly takes another height when the page changes its width
        phrase(view.filters, data.names),
        _legend(chart, everything=style(view).everything),
        table(content),
        zoom.slider(span(content), shown_at_first(content, drawn[0]), view),
        in_sentences(content, drawn[0]),
        *lead.lead(view, data),
    )


def chart_content(view: View, data: Data) -> Content:
    """What the chart of a view draws."""
    tables, scopes = data.snapshot().tables, {str(one) for one in view.filters.scope}
    totals, events = tables.totals(view), tables.incidents(view)
    totals, series = (totals, tables.series(view)) if not scopes or "cumulative" in scopes else (totals.iloc[:0], [])
    events = events if not scopes or "incident" in scopes else events.iloc[:0]
    own = tuple(Note(pd.Timestamp(day), text) for day, text in notes(view.option("notes")))
    return Content(totals, series, events, data.references(view) if len(totals) else {}, own)


def style(view: View) -> Style:
    """The style that the view asks for."""
    return Style(
        bars=view.option("bars"),
        added=view.option("sums") == "added",
        rates=view.option("per") == "rate",
        band=view.option("band") == "on",
        everything=view.option("lines") == "all",
        unnamed=view.option("unnamed") == "on",
        span=zoom.time_range(view.option("range")),
    )


def table(content: Content) -> html.Details:
    """The totals and the incidents of the chart as a table, the latest first."""
    totals = content.totals.sort_values("day", ascending=False, kind="stable")
    dated = content.incidents[content.incidents["day"].notna()].sort_values("day", ascending=False, kind="stable")
    rows = [_total(point) for point in totals[list(TOTAL)].head(MOST).to_dict("records")]
    rows += [_incident(event) for event in dated[list(INCIDENT)].head(MOST - len(rows)).to_dict("records")]
    caption = captioned("Running totals, then incidents, the latest first", len(totals) + len(dated))
    return data_table("timeline", caption, HEADINGS, rows)


def _total(point: Mapping[Any, Any]) -> Row:
    cells = (
        in_words(point["date"]),
        wording.source(point["source_name"]),
        wording.hedged(point["qualifier"], point["value"], point["low"], point["high"]),
        str(point["outcome"]),
        count_in_words({name: str(point[name]) for name in PANEL}),
        FLAGS[Flag(point["flag"])] if point["flag"] else "",
    )
    return Row(cells, " ".join(point["figure_ids"]))


def _incident(event: Mapping[Any, Any]) -> Row:
    cells = (
        in_words(event["date"]),
        _sources_of(event["history"]),
        wording.bounds(event["low"], event["best"], event["high"]),
        str(event["outcome"]),
        everyone("everyone" if event["victim_group"] == "unspecified" else str(event["victim_group"])),
        f"incident{', ' + event['place'] if isinstance(event['place'], str) else ''}",
    )
    return Row(cells, " ".join(event["figure_ids"]))


def _sources_of(history: str) -> str:
    return wording.clipped(str(history).replace("unattributed", "no source named"), 80)


def _legend(chart: go.Figure, *, everything: bool) -> list[html.Span]:
    """The series whose names do not fit into the chart, and what the chart leaves out."""
    meta = chart.layout.meta or {}
    names = [
        html.Span([html.Span("●", style={"color": one["colour"]}), f" {one['name']}"]) for one in meta.get("legend", [])
    ]
    left = meta.get("left", {"series": 0, "drawn": 0, "strays": 0, "outside": 0, "undated": 0})
    told = []
    if left["drawn"] < left["series"]:
        which = "as many as fit on a page; filters show the others" if everything else "those that lead"
        told.append(f"{left['drawn']} of {left['series']} series are shown: {which}.")
    if left["strays"] > 0:
        they = "that contradicts these lines is" if left["strays"] == 1 else "that contradict these lines are"
        told.append(f"{wording.many(left['strays'], 'total')} {they} hidden.")
    parts: list[Any] = [f"{one} " for one in told]
    if told or everything:
        switched = "Show the main series only" if everything else f"Show all {left['series']}"
        parts.append(html.Button(switched, id={"sets": "lines"}, className="link"))
    if left["undated"]:
        vaguer = f" {wording.many(left['undated'], 'incident')} with a vaguer date than a bar: in the table below."
        parts.append(html.Span(vaguer, className="of-table"))
    if left["outside"]:
        beyond = f" {wording.many(left['outside'], 'report')} from another time: move the slider to see them."
        parts.append(html.Span(beyond, className="on-screen"))
    return [*names, html.Span(parts)] if parts else names
