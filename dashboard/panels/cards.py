"""The cards: the latest running total of each source. Never an average, never a sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import Dash, Input, Output, html
from dash.exceptions import PreventUpdate

from dashboard.charts.timeline import series_names
from dashboard.look import ids, wording
from dashboard.look.colours import GREY, UNNAMED, LineStyle
from dashboard.look.theme import Theme
from dashboard.view.data import Data
from dashboard.view.query import in_words
from tracker.timelines.totals import SERIES, Flag

MOST = 6
LONG = 9
"""Longer numbers are set in a smaller size, so that they stay on one line."""


def layout() -> html.Section:
    """The row of cards."""
    return html.Section(id=ids.CARDS, className="cards")


def register(app: Dash, data: Data) -> None:
    """Fill the cards with what is in view."""

    @app.callback(Output(ids.CARDS, "children"), Input(ids.VIEW, "data"), Input(ids.REVISION, "data"))
    def fill(address: str | None, _revision: int) -> list[html.Button]:
        if address is None:
            raise PreventUpdate
        view = data.view(address)
        made = data.snapshot().tables
        return data.rendered("cards", address, make=lambda: cards(made.totals(view), data.theme(view, {})))


def latest(totals: pd.DataFrame) -> pd.DataFrame:
    """The last point of each series of running totals, the newest first.

    Reports without a source are left out, and so are outliers.
    """
    named = totals[(totals["source_name"] != UNNAMED) & (totals["flag"] != Flag.OUTLIER)]
    last = named.groupby(list(SERIES), sort=False, dropna=False).tail(1)
    return last.sort_values(["day", "value"], ascending=False)


def cards(totals: pd.DataFrame, look: Theme) -> list[html.Button]:
    """One card per series with its latest total in view, hedged as it was reported."""
    names = series_names(totals, look)
    return [
        _card(point, names[tuple(point[key] for key in SERIES)], look.line_styles.get(point["source_name"], GREY))
        for point in latest(totals).head(MOST).to_dict("records")
    ]


def _card(point: Mapping[Any, Any], name: str, line_style: LineStyle) -> html.Button:
    number = wording.hedged(point["qualifier"], point["value"], point["low"], point["high"])
    hedge = wording.HEDGES.get(point["qualifier"], "")
    return html.Button(
        [
            html.Span(name, className="card-source"),
            html.Span(
                [html.Small(hedge), number.removeprefix(hedge)],
                className=f"card-number{' long' if len(number) - len(hedge) > LONG else ''}",
            ),
            html.Span(f"{point['outcome']}, as of {in_words(point['date'], short=True)}", className="card-day"),
        ],
        className="card",
        id=ids.card("latest", " ".join(point["figure_ids"])),
        style={"--on-light": line_style.light, "--on-dark": line_style.dark},
    )
