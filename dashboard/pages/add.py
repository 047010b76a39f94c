"""The page that adds articles: paste, upload or fetch them, preview their figures, then store them."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard.panels import reading, upload
from dashboard.view.data import Data
from dashboard.view.intake import Intakes
from dashboard.web.security import login_address, refused_reading


def layout(_data: Data, _search: str) -> list[Any]:
    """Return the forms, or why this visitor may not use them."""
    if why := refused_reading():
        link = [html.A("Enter the token", href=address)] if (address := login_address()) else []
        return [html.Section([html.H1("Add an article"), html.P([f"{why}. ", *link])], className="panel")]
    return [reading.layout(), upload.layout()]


def register(app: Dash, data: Data) -> None:
    """Register the callbacks of both forms, which share one set of readings."""
    intakes = data.readings or Intakes(data.target)
    reading.register(app, data, intakes)
    upload.register(app, data, intakes)
