"""The page to add articles: paste, upload or fetch them, see the figures in them, and then add them."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import reading, upload
from dashboard.view.data import Data


def layout(_data: Data, _search: str) -> list[Any]:
    """The forms."""
    return [reading.layout(), upload.layout()]


def register(app: Dash, data: Data) -> None:
    """The callbacks of both forms."""
    reading.register(app, data)
    upload.register(app, data)
