"""The cards at the top: the latest running total of each source. Never an average, never a sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, html
from dash.exceptions import PreventUpdate

from dashboard import ids, words
from dashboard.colours import GREY, UNNAMED, Paint
from dashboard.data import Data, Snapshot
from dashboard.figures import series_name
from dashboard.query import in_words
from tracker.timelines.series import SERIES, running_totals

MOST = 6
LONG = 9
"""From how many characters on a number is set smaller, so that it stays on its line."""


def layout() -> html.Section:
    """The row of cards."""
    return html.Section(id=ids.CARDS, className="cards")


def register(app: Dash, data: Data) -> None:
    """Fill the cards with what is in view."""

    @app.callback(Output(ids.CARDS, "children"), Input(ids.VIEW, "data"), Input(ids.REVISION, "data"))
    def fill(address: str | None, _revision: int) -> list[html.Button]:
        if address is None:
            raise PreventUpdate
        return cards(data.rows(address), data.snapshot(), data)


def latest(totals: pd.DataFrame) -> pd.DataFrame:
    """The last point of each series of running totals, the newest first; reports that name no source are no series."""
    named = totals[totals["source_name"] != UNNAMED]
    return named.groupby(list(SERIES), sort=False).tail(1).sort_values(["date", "value"], ascending=False)


def cards(table: pd.DataFrame, snapshot: Snapshot, data: Data) -> list[html.Button]:
    """One card per source with its latest total in view, hedged as it was reported."""
    totals = running_totals(table)
    days = table.set_index("figure_id")["date"].to_dict()
    return [
        _card(
            point,
            series_name(totals, point, data.names),
            days[point["figure_id"]],
            snapshot.paints.get(point["source_name"], GREY),
        )
        for point in latest(totals).head(MOST).to_dict("records")
    ]


def _card(point: Mapping[Any, Any], name: str, day: str, paint: Paint) -> html.Button:
    number = words.hedged(point["qualifier"], point["value"], point["low"], point["high"])
    hedge = words.HEDGES.get(point["qualifier"], "")
    return html.Button(
        [
            html.Span(name, className="card-source"),
            html.Span(
                [html.Small(hedge), number.removeprefix(hedge)],
                className=f"card-number{' long' if len(number) - len(hedge) > LONG else ''}",
            ),
            html.Span(f"{point['outcome']}, as of {in_words(day, short=True)}", className="card-day"),
        ],
        className="card",
        id={"card": point["figure_id"]},
        style={"--on-light": paint.light, "--on-dark": paint.dark},
    )
