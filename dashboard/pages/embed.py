"""The bare chart, for a frame in another page."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard.panels import chart
from dashboard.view.data import Data


def layout(data: Data, search: str) -> list[Any]:
    """The chart, with a line that says where it is from. The stylesheet hides what surrounds it on the timeline."""
    source = html.P(
        [
            "As reported by the sources named. Nothing is verified here. ",
            html.A("Casualty Tracker: all figures with their quotes", href=f"/timeline{search}", target="_blank"),
        ],
        className="embedded-from",
    )
    return [chart.layout(data.view_at("/embed", search)), source]


def register(_app: Dash, _data: Data) -> None:
    """Nothing: the timeline registers the chart."""
