"""Add an article: paste it, see what is found in it, and only then keep it."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.data import Data
from dashboard.panels import reading


def layout(_data: Data, _search: str) -> list[Any]:
    """The form."""
    return [reading.layout()]


def register(app: Dash, data: Data) -> None:
    """Read what is pasted, and add it."""
    reading.register(app, data)
