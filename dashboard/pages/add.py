"""Add articles: paste, upload or name them, see what is found in them, and only then keep them."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.panels import reading, upload
from dashboard.view.data import Data


def layout(_data: Data, _search: str) -> list[Any]:
    """The forms."""
    return [reading.layout(), upload.layout()]


def register(app: Dash, data: Data) -> None:
    """Read what is pasted, and add it."""
    reading.register(app, data)
    upload.register(app, data)
