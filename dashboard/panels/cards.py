"""The cards: the last running total of each series, those that lead first. Never an average, never a sum."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import Dash, Input, Output, html
from dash.exceptions import PreventUpdate

from dashboard.charts.panel import panels, tinted
from dashboard.look import ids, who, wording
from dashboard.look.colours import GREY, LineStyle
from dashboard.look.theme import Theme
from dashboard.view.data import Data
from dashboard.view.query import in_words
from dashboard.view.standing import Series
from tracker.model import Scope

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
        if view.filters.scope and Scope.CUMULATIVE not in view.filters.scope:
            return []  # no totals are in view
        made = data.snapshot().tables
        return data.rendered(
            "cards", address, make=lambda: cards(made.totals(view), made.series(view), data.theme(view, {}))
        )


def cards(totals: pd.DataFrame, series: Sequence[Series], look: Theme) -> list[html.Button]:
    """One card for each series that leads or is drawn, with its last total in view, hedged as it was reported; the one
    that leads first. A single number by a body that nobody knows has one only if there is nothing else.
    """
    shown = panels(totals, series)[0]
    drawn = {one.keys for panel in shown for one in panel.coloured}
    told = [one for one in series if one.keys in drawn or one.leads or one.known] or list(series)
    colours = tinted(look, shown).line_styles
    return [_card(one, colours.get(one.source, GREY)) for one in told[:MOST]]


def _card(one: Series, line_style: LineStyle) -> html.Button:
    last = one.last
    number = wording.hedged(last["qualifier"], last["value"], last["low"], last["high"])
    hedge = wording.HEDGES.get(last["qualifier"], "")
    return html.Button(
        [
            html.Span(wording.source(one.source), className="card-source"),
            html.Span(
                [html.Small(hedge), number.removeprefix(hedge)],
                className=f"card-number{' long' if len(number) - len(hedge) > LONG else ''}",
            ),
            html.Span(who.count_in_words(one.of), className="card-day"),
            html.Span(f"as of {in_words(last['date'], short=True)}", className="card-day"),
        ],
        className="card",
        id=ids.card("latest", " ".join(last["figure_ids"])),
        style={"--on-light": line_style.light, "--on-dark": line_style.dark},
    )
