"""The page for an unknown address."""

from __future__ import annotations

from dash import Dash, dcc, html

from dashboard.view.data import Data


def layout(_data: Data, _search: str) -> html.Section:
    """A short message, and links to the other pages."""
    return html.Section(
        [
            html.H1("There is no such page"),
            html.P("The address may be mistyped, or come from another version of the tracker."),
            html.P([dcc.Link("To the overview", href="/"), " · ", dcc.Link("To the timeline", href="/timeline")]),
        ],
        className="panel missing",
    )


def register(_app: Dash, _data: Data) -> None:
    """Nothing: the page has no callbacks."""
