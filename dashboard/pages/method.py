"""What is counted, by which conventions, and what cannot be done."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard import words
from dashboard.data import Data


def layout(_data: Data, _search: str) -> list[Any]:
    """How hedges are read."""
    rows = [html.Li(said) for said in words.QUALIFIER_WORDS.values()]
    return [html.Section([html.H1("Method"), html.Ul(rows)], className="panel")]


def register(_app: Dash, _data: Data) -> None:
    """It has nothing that moves."""
