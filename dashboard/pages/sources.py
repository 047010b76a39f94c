"""The page "Who says what": the total of each source on one day, and the disagreement over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import Dash, Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.charts.disagreement import disagreement_chart
from dashboard.charts.dot_plot import dots
from dashboard.look import ids, wording
from dashboard.look.who import count_in_words
from dashboard.panels.chart import GROUPS
from dashboard.panels.controls import menu, switch
from dashboard.panels.data_table import Row, data_table
from dashboard.view.data import Data
from dashboard.view.query import View, in_words, phrase
from dashboard.view.standing import Series, body_keeps_count, comparable, compared
from tracker.model import TrackerError
from tracker.timelines.disagreement import COMPARED
from tracker.timelines.filters import check_date

PATH = "/sources"
MOST = 6
"""The most counts (of different people, in different areas) on one page."""

READABLE = 8
"""So many sources can be read one under the other; of more, only bodies that may keep a count are drawn."""

HEADINGS = ("Source", "Total", "As of", "Days old", "Above the lowest", "Position")
POSITIONS = {"only": "the only one", "lapsed": "not updated for a year"}
SAYS, SPREAD = "who-says", "spread"


def layout(data: Data, search: str) -> html.Section:
    """Heading, controls, and an empty box for the charts."""
    view = data.view_at(PATH, search)
    return html.Section(
        [
            html.P("Who says what", className="kicker"),
            html.H1("…", id="says-title"),
            html.Div(
                [
                    _day(view),
                    switch("scale", "Scale of numbers", [("linear", "Linear"), ("log", "Logarithmic")], view),
                    menu("group", "Who is counted", GROUPS, view),
                ],
                className="controls",
            ),
            html.Div(id="says-shown"),
        ],
        className="panel",
    )


def _day(view: View) -> html.Div:
    """The control for the day. If it is empty, the last day on which a total changed is shown."""
    control = dmc.DateInput(
        id={"option": "on"},
        value=view.option("on") or None,
        placeholder="the last day",
        valueFormat="YYYY-MM-DD",
        clearable=True,
        size="xs",
        w=150,
        debounce=True,
        **{"aria-label": "On the day"},
    )
    return html.Div([html.Span("On the day", className="choice-label"), control], className="switch")


def register(app: Dash, data: Data) -> None:
    """Draw the sources in view on the chosen day."""

    @app.callback(
        Output("says-title", "children"),
        Output("says-shown", "children"),
        Input(ids.VIEW, "data"),
        Input(ids.SCREEN, "data"),
        Input(ids.REVISION, "data"),
    )
    def draw(address: str | None, screen: dict[str, bool] | None, _revision: int) -> tuple[str, list[Any]]:
        if address is None or screen is None:
            raise PreventUpdate
        view = data.view(address)
        return phrase(view.filters, data.names), shown(view, data, screen)


def shown(view: View, data: Data, screen: dict[str, bool]) -> list[Any]:
    """A dot plot and the disagreement for each count in view, in the order of the timeline's panels; then those that
    most sources give.
    """
    tables, look = data.snapshot().tables, data.theme(view, screen)
    day = chosen_day(view, tables.totals(view))
    if day is None:
        return [html.P("No source in view has a running total.", className="note")]
    says, series = tables.says(view, day), tables.series(view)
    counts = _ordered(says, series)
    parts: list[Any] = [html.P(f"Each source’s latest running total on {in_words(day)}.", className="note")]
    for number, keys in enumerate(counts[:MOST]):
        mine = says[(says[list(COMPARED)].fillna("") == pd.Series(keys, list(COMPARED)).fillna("")).all(axis=1)]
        alike = comparable([one for one in series if one.panel == _panel(keys)])
        over = compared(alike)
        name = _name(dict(zip(COMPARED, keys, strict=True)), data if len(view.filters.conflict) != 1 else None)
        bodies = keep_count(mine, alike)
        parts += [html.H2(name, className="count-name"), _graph(f"says-{number}", dots(bodies, look), name)]
        if len(bodies) < len(mine):
            others = wording.many(len(mine) - len(bodies), "total")
            parts.append(
                html.P(
                    f"The table also has {others} by unnamed officials, or far from the count that leads.",
                    className="note",
                )
            )
        parts.append(
            data_table(
                f"says-{number}",
                f"{name}, on {in_words(day)}",
                HEADINGS,
                [_row(one) for one in mine.to_dict("records")],
            )
        )
        if len(over):
            parts.append(_graph(f"spread-{number}", disagreement_chart(over, look), f"Disagreement over time: {name}"))
            parts.append(data_table(f"spread-{number}", f"Disagreement over time: {name}", APART, _apart(over)))
    if len(counts) > MOST:
        more = f"{len(counts) - MOST} more counts, of other people or places, are not shown: filter to see them."
        parts.append(html.P(more, className="note"))
    return parts


def _ordered(says: pd.DataFrame, series: Sequence[Series]) -> list[tuple[Any, ...]]:
    """The counts (COMPARED) of a table of totals: those that lead first, then those that most sources give."""
    sizes = says.groupby(list(COMPARED), dropna=False).size().sort_values(ascending=False, kind="stable")
    ranks = {panel: rank for rank, panel in enumerate(dict.fromkeys(one.panel for one in series))}
    return sorted(sizes.index, key=lambda keys: ranks.get(_panel(keys), len(ranks)))


def _panel(keys: Sequence[Any]) -> tuple[str, ...]:
    """The key of a count as that of a panel (Series.panel)."""
    return tuple("" if pd.isna(one) else str(one) for one in keys)


def keep_count(says: pd.DataFrame, alike: Sequence[Series]) -> pd.DataFrame:
    """The rows of bodies whose totals may be compared (`alike`), if there are two; otherwise those of bodies that may
    keep a count; all rows if there are no more than READABLE, or none of these.
    """
    near = says[says["source_name"].isin([one.source for one in alike])]
    if len(near) > 1:
        return near
    kept = says[body_keeps_count(says)]
    return kept if len(kept) and len(says) > READABLE else says


def chosen_day(view: View, totals: pd.DataFrame) -> str | None:
    """The day in the address, otherwise the last day with a total; None if there is no total."""
    try:
        return check_date(view.option("on"))
    except TrackerError:
        last = totals["day"].max()
        return None if pd.isna(last) else last.date().isoformat()


APART = ("Day", "Lowest", "Who", "Highest", "Who", "Difference", "Sources")


def _apart(over: pd.DataFrame) -> list[Row]:
    rows = over.sort_values("date", ascending=False).to_dict("records")
    return [
        Row(
            (
                in_words(one["date"].date().isoformat()),
                wording.number(one["low"]),
                wording.source(one["lowest_source"]),
                wording.number(one["high"]),
                wording.source(one["highest_source"]),
                wording.number(one["spread"]),
                str(one["sources"]),
            ),
            " ".join(dict.fromkeys((one["lowest_claim"], one["highest_claim"]))),
        )
        for one in rows
    ]


def _row(one: dict[Any, Any]) -> Row:
    cells = (
        wording.source(one["source_name"]),
        wording.HEDGES.get(one["qualifier"], "") + wording.number(one["value"]),
        in_words(one["date"]),
        f"{one['age']:,}",
        wording.number(one["from_lowest"]),
        POSITIONS.get(one["position"], one["position"]),
    )
    return Row(cells, " ".join(one["figure_ids"]))


def _name(keys: dict[str, Any], data: Data | None) -> str:
    """Who is counted; with the conflict, if `data` is there to name it."""
    counted = wording.sentence(count_in_words(keys))
    return f"{counted}: {wording.conflict(keys['conflict'], data.names)}" if data else counted


def _graph(name: str, figure: Any, label: str) -> html.Div:
    graph = dcc.Graph(
        id={"chart": name},
        figure=figure,
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{figure.layout.height}px"},
    )
    named: dict[str, Any] = {"role": "group", "aria-label": f"Chart. {label}. The numbers follow as a table."}
    return html.Div(graph, className=f"chart {name.partition('-')[0]}", **named)
