"""The figures that most need a look: those whose rules are least sure."""

from __future__ import annotations

from typing import Any

from dash import Dash, html

from dashboard.data import Data
from dashboard.panels import evidence
from tracker.model import Status

SHOWN = 10


def layout(data: Data, _search: str) -> list[Any]:
    """The evidence of the least sure figures."""
    table = data.snapshot().table
    unseen = table[table["status"] == Status.EXTRACTED].sort_values(["confidence", "figure_id"])
    first = unseen["figure_id"].head(SHOWN).tolist()
    said = f"{len(unseen):,} figures that nobody has looked at; here the {len(first)} that the rules are least sure of."
    return [
        html.Section(
            [html.H1("Review"), html.P(said, className="phrase"), *evidence.evidence(data, first)], className="panel"
        )
    ]


def register(_app: Dash, _data: Data) -> None:
    """It has nothing that moves."""
