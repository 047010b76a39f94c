"""Who says what: every source's total on one date."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard.data import Data
from dashboard.panels import cards


def layout(_data: Data, _search: str) -> list[Any]:
    """The latest total of each source."""
    return [html.H1("Who says what"), cards.layout()]


def register(_app: Dash, _data: Data) -> None:
    """The cards are registered by the timeline."""
