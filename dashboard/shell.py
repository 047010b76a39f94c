"""The frame around every page: navigation, theme, banner and footer; and the callback that shows a page."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.look import ids
from dashboard.panels import evidence, filters
from dashboard.site import LINKED, page_at
from dashboard.view.data import Data
from dashboard.view.query import search

NAME = "Casualty Tracker"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
THEMES = (("light", "Light"), ("auto", "System"), ("dark", "Dark"))


def layout(data: Data) -> dmc.MantineProvider:
    """The frame, with an empty place for the page that the address asks for."""
    return dmc.MantineProvider(
        [
            html.A("Skip to the content", href="#content", className="skip"),
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.VIEW),
            dcc.Store(id=ids.SCREEN),
            dcc.Store(id=ids.REVISION, data=data.snapshot().revision),
            dcc.Store(id=ids.REVISION_KNOWN),
            dcc.Store(id=ids.PAGE_NAME),
            _header(),
            html.Div(
                [
                    html.Div(_banner(data), id=ids.BANNER),
                    html.Main(
                        [
                            html.Div(filters.layout(), id=ids.FILTER_BAR, hidden=True),
                            html.Div(_loading(), id=ids.PAGE),
                        ],
                        id="content",
                        tabIndex="-1",
                    ),
                    _footer(),
                ],
                className="page",
            ),
            evidence.layout(),
        ],
        defaultColorScheme="auto",
        theme={
            "fontFamily": FONT,
            "headings": {"fontFamily": FONT},
            "primaryColor": "dark",
            "defaultRadius": "sm",
            "respectReducedMotion": True,
        },
    )


def register(app: Dash, data: Data) -> None:
    """Show the page that the address asks for, and keep the view in the links of the navigation."""

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.FILTER_BAR, "hidden"),
        Output(ids.PAGE_NAME, "data"),
        Input(ids.URL, "pathname"),
        State(ids.URL, "search"),
    )
    def show(path: str | None, address: str | None) -> tuple[Any, bool, dict[str, str]]:
        page = page_at(path)
        name = {"path": page.path, "title": f"{page.name} – {NAME}"}
        return page.module.layout(data, address or ""), not page.filtered, name

    @app.callback(Output(ids.BANNER, "children"), Input(ids.REVISION, "data"), prevent_initial_call=True)
    def announce(_revision: int) -> list[html.Aside]:
        return _banner(data)

    @app.callback(
        Output({"nav": ALL}, "href"),
        Input(ids.VIEW, "data"),
        Input(ids.REVISION, "data"),
        State(ids.URL, "pathname"),
    )
    def take_along(address: str | None, _revision: int, here: str) -> list[str]:
        if address is None:
            raise PreventUpdate
        chosen = data.view(address).filters != data.default(page_at(here).path)
        carried = {
            page.path: page.path + (_carried(data, address, page.path) if page.filtered and chosen else "")
            for page in LINKED
        }
        return [carried.get(one["id"]["nav"], "/") for one in ctx.outputs_list]

    for function, output, moved in IN_BROWSER:
        app.clientside_callback(ClientsideFunction(*function), output, moved)  # type: ignore[no-untyped-call]


IN_BROWSER = (
    (("tracker", "arrive"), Output(ids.PAGE, "title"), Input(ids.PAGE_NAME, "data")),
    (("tracker", "screen"), Output(ids.SCREEN, "data"), Input(ids.THEME, "value")),
    (("tracker", "theme"), Output(ids.THEME, "value"), Input(ids.THEME, "id")),
    (("connection", "known"), Output(ids.REVISION_KNOWN, "data"), Input(ids.REVISION, "data")),
)
"""What runs in the browser: the function, what it sets, and when it runs (dashboard/assets)."""


def _carried(data: Data, address: str, path: str) -> str:
    """The address of the view on another page; empty if that page shows this view by default."""
    view = data.view(address)
    return "" if view.filters == data.snapshot().default else search(view, data.default(path))


def _header() -> html.Header:
    links = [html.Li(dcc.Link(page.name, href=page.path, id={"nav": page.path})) for page in LINKED]
    named: dict[str, Any] = {"aria-label": "Pages"}
    switch = dmc.SegmentedControl(
        id=ids.THEME,
        data=[{"value": value, "label": label} for value, label in THEMES],
        value="auto",
        size="xs",
        className="theme",
        **{"aria-label": "Colours of the page"},
    )
    return html.Header(
        html.Div(
            [
                dcc.Link(NAME, href="/", className="site-name"),
                html.Nav(html.Ul(links), **named),
                switch,
            ],
            className="head",
        )
    )


def _banner(data: Data) -> list[html.Aside]:
    if not data.is_sample:
        return []
    text: list[Any] = ["Short articles written for this tracker. "]
    if data.own is None:
        text.append("What you add here goes into the sample store, not into your own.")
    else:
        text += [
            "Your own store is empty. ",
            dcc.Link("Add articles", href="/add"),
            " here or by ",
            html.Code("tracker add"),
        ]
        text.append(
            ": they go into your store, which is shown from then on. What you review in the samples is not kept."
        )
    named: dict[str, Any] = {"aria-label": "About this data"}
    return [html.Aside([html.Strong("Sample data. "), *text], className="banner", **named)]


def _loading() -> html.Div:
    return html.Div("Loading …", className="loading", role="status")


def _footer() -> html.Footer:
    return html.Footer(
        [
            "Every number is what a source is reported to have said. Nothing is verified here. Sources disagree, count "
            "different people and revise their numbers. Their totals are never added up or averaged. ",
            dcc.Link("How it works", href="/method"),
        ]
    )
