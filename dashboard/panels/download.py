"""Download and share: the rows in view as files, the chart as a picture, a link to the view, and a citation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, html
from dash.exceptions import PreventUpdate

from dashboard.look import ids
from dashboard.view.data import Data
from dashboard.view.query import View, in_words, phrase, search
from dashboard.view.selection import count, of_view
from dashboard.web.api_query import address as api_address
from tracker.timelines.filters import Filters

FILES = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"), ("CSV with HXL tags", "hxl.csv"))
EVERYTHING = Filters(**dict.fromkeys(("conflict", "outcome", "source", "scope", "country", "cause", "publisher"), None))  # type: ignore[arg-type]
"""Defaults that no view has, so an address compared with them names every filter."""

FORMAT = {"svg": "SVG", "png": "PNG"}


def layout(*, with_chart: bool) -> html.Section:
    """The links and buttons. `with_chart`: the page has a chart."""
    pictures = [
        dmc.Button(f"Chart as {label}", id={"picture": kind}, variant="default", size="sm")
        for kind, label in FORMAT.items()
    ]
    texts = [_text(ids.SHARE, "Link to this view"), _text(ids.CITE, "Citation")]
    if with_chart:
        texts.append(_text(ids.EMBED, "HTML to embed the chart"))
    return html.Section(
        [
            html.H2("Download and share"),
            html.P("…", id=ids.TAKE_COUNT, className="phrase"),
            html.Div([html.Div(id=ids.FILES, className="files"), *(pictures if with_chart else [])], className="files"),
            html.Div(texts, className="texts"),
            html.Span(id=ids.PICTURED, className="note", role="status"),
        ],
        className="panel take",
    )


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
        files = links(api_address(selection, view.option("convention") if "convention" in dict(view.chosen) else ""))
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
    for kind in FORMAT:
        app.clientside_callback(  # type: ignore[no-untyped-call]
            ClientsideFunction("figures", "picture"),
            Output(ids.PICTURED, "children", allow_duplicate=True),
            Input({"picture": kind}, "n_clicks"),
            State({"picture": kind}, "id"),
            State(ids.PHRASE, "children"),
            State(ids.CITE, "value"),
            prevent_initial_call=True,
        )


def links(address: str) -> list[html.A]:
    """A link to each kind of file."""
    question = f"?{address}" if address else ""
    return [
        html.A(label, href=f"/api/figures.{ending}{question}", download=f"figures.{ending}", className="file")
        for label, ending in FILES
    ]


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
        f'<iframe src="{quoted}" title="Casualty figures over time" width="100%" height="620" loading="lazy"></iframe>'
    )
