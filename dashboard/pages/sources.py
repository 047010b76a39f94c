"""The page "Who says what": the total of each source on one day, and the disagreement over time."""

from __future__ import annotations

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
from dashboard.view.standing import body_keeps_count
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
    """A dot plot and the disagreement for each count in view. The counts that most sources give come first."""
    tables, look = data.snapshot().tables, data.theme(view, screen)
    day = chosen_day(view, tables.totals(view))
    if day is None:
        return [html.P("No source in view has a running total.", className="note")]
    says, apart = tables.says(view, day), tables.disagreement(view)
    sizes = says.groupby(list(COMPARED), dropna=False).size().sort_values(ascending=False, kind="stable")
    parts: list[Any] = [html.P(f"Each source’s latest running total on {in_words(day)}.", className="note")]
    for number, keys in enumerate(sizes.index[:MOST]):
        mine = says[(says[list(COMPARED)].fillna("") == pd.Series(keys, list(COMPARED)).fillna("")).all(axis=1)]
        over = apart[(apart[list(COMPARED)].fillna("") == pd.Series(keys, list(COMPARED)).fillna("")).all(axis=1)]
        name = _name(dict(zip(COMPARED, keys, strict=True)), data)
        bodies = keep_count(mine)
        parts += [html.H2(name, className="count-name"), _graph(f"says-{number}", dots(bodies, look), name)]
        if len(bodies) < len(mine):
            others = wording.many(len(mine) - len(bodies), "total")
            parts.append(html.P(f"The table also has {others} by people and unnamed officials.", className="note"))
        parts.append(
            data_table(
                f"says-{number}",
                f"{name}, on {in_words(day)}",
                HEADINGS,
                [_row(one) for one in mine.to_dict("records")],
            )
        )
        if (over["sources"] > 1).any():
            parts.append(_graph(f"spread-{number}", disagreement_chart(over, look), f"Disagreement over time: {name}"))
            parts.append(data_table(f"spread-{number}", f"Disagreement over time: {name}", APART, _apart(over)))
    if len(sizes) > MOST:
        more = f"{len(sizes) - MOST} more counts, of other people or places, are not shown: filter to see them."
        parts.append(html.P(more, className="note"))
    return parts


def keep_count(says: pd.DataFrame) -> pd.DataFrame:
    """The rows of bodies that may keep a count; all rows if there are no more than READABLE, or none of these."""
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


def _name(keys: dict[str, Any], data: Data) -> str:
    return f"{wording.sentence(count_in_words(keys))}: {wording.conflict(keys['conflict'], data.names)}"


def _graph(name: str, figure: Any, label: str) -> html.Div:
    graph = dcc.Graph(
        id={"chart": name},
        figure=figure,
        config={"displayModeBar": False, "responsive": True},
        style={"height": f"{figure.layout.height}px"},
    )
    named: dict[str, Any] = {"role": "group", "aria-label": f"Chart. {label}. The numbers follow as a table."}
    return html.Div(graph, className=f"chart {name.partition('-')[0]}", **named)
