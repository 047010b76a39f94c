"""Download and share: the rows in view as files, the chart as a picture, a link to the view, and a citation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, State, html
from dash.exceptions import PreventUpdate

from dashboard.charts.picture import file_name
from dashboard.look import ids
from dashboard.panels import picture
from dashboard.view.data import Data
from dashboard.view.query import View, in_words, phrase, search
from dashboard.view.selection import Selection, count, of_view
from dashboard.web.api_query import address as api_address
from tracker.timelines.filters import Filters

SERIES = (("timeline", "Totals of the chart"), ("monthly", "Counted per month"), ("incidents", "Incidents"))
"""Tables of the API that the chart draws, and what their links say."""

FILES = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"), ("CSV with HXL tags", "hxl.csv"))
EVERYTHING = Filters(**dict.fromkeys(("conflict", "outcome", "source", "scope", "country", "cause", "publisher"), None))  # type: ignore[arg-type]
"""Defaults that no view has, so an address compared with them names every filter."""


def layout(*, with_chart: bool) -> html.Section:
    """The links and buttons. `with_chart`: the page has a chart."""
    texts = [_text(ids.SHARE, "Link to this view"), _text(ids.CITE, "Citation")]
    if with_chart:
        texts.append(_text(ids.EMBED, "HTML to embed the chart"))
    return html.Section(
        [
            html.H2("Download and share"),
            html.P("…", id=ids.TAKE_COUNT, className="phrase"),
            html.Div(id=ids.FILES),
            *([picture.layout()] if with_chart else []),
            html.Div(texts, className="texts"),
            html.Span(id=ids.PICTURED, className="note", role="status"),
        ],
        className="panel take",
    )


FITTED = (
    'addEventListener("message",e=>{const h=e.data&&e.data.casualtyTrackerHeight;'
    'if(h>0)for(const f of document.querySelectorAll("iframe"))'
    "if(f.contentWindow===e.source)f.height=Math.min(h,3000)})"
)
"""Makes the frame as high as the chart in it says it is (assets/tracker.js)."""


def _text(name: str, label: str) -> html.Div:
    """A text with a button that copies it."""
    return html.Div(
        [
            dmc.TextInput(id=name, label=label, value="", readOnly=True, className="copied-text"),
            dmc.Button("Copy", id={"copies": name}, variant="default", **{"aria-label": f"Copy: {label}"}),
        ],
        className="text-to-copy",
    )


def register(app: Dash, data: Data) -> None:
    """Keep the links in step with the view. The browser copies texts and makes pictures."""

    @app.callback(
        Output(ids.FILES, "children"),
        Output(ids.TAKE_COUNT, "children"),
        Output(ids.SHARE, "value"),
        Output(ids.CITE, "value"),
        Input(ids.VIEW, "data"),
        Input(ids.REVISION, "data"),
        Input(ids.FILES, "id"),
        State(ids.URL, "href"),
        State(ids.URL, "pathname"),
    )
    def follow(address: str | None, _revision: int, _id: str, href: str | None, path: str) -> tuple[Any, ...]:
        if address is None or not href:
            raise PreventUpdate
        view = data.view(address)
        selection = of_view(view)
        host = "/".join(href.split("/")[:3])
        convention = dict(view.chosen).get("convention", "")
        last = data.snapshot().tables.totals(view)["day"].max()
        files = [_row("The figures in view", links(view, api_address(selection, convention), last))]
        if path == "/timeline":
            files += series_links(view, api_address(Selection(view.filters), convention), last)
        summary = f"Exactly the {count(data, selection):,} figures in view, with quotes and sources."
        return files, summary, f"{host}{path}{permalink(view)}", citation(view, data, f"{host}{path}{permalink(view)}")

    @app.callback(
        Output(ids.EMBED, "value"), Input(ids.SHARE, "value"), State(ids.VIEW, "data"), State(ids.URL, "href")
    )
    def embed(_share: str, address: str | None, href: str | None) -> str:
        if address is None or not href:
            raise PreventUpdate
        host = "/".join(href.split("/")[:3])
        return frame(f"{host}/embed{permalink(data.view(address))}")

    _register_in_browser(app)


def _register_in_browser(app: Dash) -> None:
    for name in (ids.SHARE, ids.CITE, ids.EMBED):
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("figures", "copyText"),
            Output({"copies": name}, "children"),
            Input({"copies": name}, "n_clicks"),
            State(name, "value"),
            prevent_initial_call=True,
        )


def links(view: View, address: str, last: pd.Timestamp) -> list[html.A]:
    """A link to each kind of file with the figures in view. `last`: the day of the last total in view."""
    return [_link("figures", label, ending, (view, address, last)) for label, ending in FILES]


def series_links(view: View, address: str, last: pd.Timestamp) -> list[html.Div]:
    """A row of links for each table that the chart draws. `last`: the day of the last total in view."""
    of = (view, address, last)
    return [_row(what, [_link(table, label, ending, of) for label, ending in FILES[:2]]) for table, what in SERIES]


def _row(what: str, files: list[html.A]) -> html.Div:
    """Links to the files of one table, behind its name."""
    named: dict[str, Any] = {"role": "group", "aria-label": what}
    return html.Div([html.Span(what, className="files-of"), *files], className="files", **named)


def _link(table: str, label: str, ending: str, of: tuple[View, str, pd.Timestamp]) -> html.A:
    """A link to a table of the API; the file is named after what it holds."""
    view, address, last = of
    name = file_name(view.filters.conflict, [str(one) for one in view.filters.outcome], last, table)
    question = f"?{address}" if address else ""
    return html.A(label, href=f"/api/{table}.{ending}{question}", download=f"{name}.{ending}", className="file")


def permalink(view: View) -> str:
    """The address of a view that names every filter, so that it means the same when the store has grown."""
    return search(view, EVERYTHING)


def citation(view: View, data: Data, address: str, today: dt.date | None = None) -> str:
    """A citation: what is in view, the address, and the day of access."""
    day = (today or dt.datetime.now(dt.UTC).date()).isoformat()
    return (
        f"{phrase(view.filters, data.names)}. Figures as reported by the sources named with each, collected with "
        f"Casualty Tracker. {address} (accessed {in_words(day)})."
    )


def frame(address: str) -> str:
    """The HTML with which another page embeds the chart."""
    quoted = address.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<iframe src="{quoted}" title="Casualty figures over time" width="100%" height="620" loading="lazy" '
        'style="border:0"></iframe>'
        f"<script>{FITTED}</script>"
    )
