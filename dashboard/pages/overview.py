"""Every conflict in the store, the one with the latest report first; each leads to its timeline."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import Dash, dcc, html

from dashboard import words
from dashboard.data import Data


def layout(data: Data, _search: str) -> list[Any]:
    """The list of conflicts."""
    table = data.snapshot().table
    latest = table[table["conflict"].notna()].groupby("conflict")["published"].max().sort_values(ascending=False)
    links = [
        dcc.Link(words.conflict(str(one), data.names), href="/timeline?" + urlencode({"conflict": one}))
        for one in latest.index
    ]
    return [html.Section([html.H1("Conflicts"), html.Ul([html.Li(link) for link in links])], className="panel")]


def register(_app: Dash, _data: Data) -> None:
    """It has nothing that moves."""
