"""The map page: a map of countries, and tables by country and by place."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import Dash, Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.charts import world
from dashboard.look import ids, theme, wording
from dashboard.look.theme import Theme
from dashboard.look.who import everyone
from dashboard.panels.controls import switch
from dashboard.panels.data_table import Row, data_table
from dashboard.view.conflict_summary import recalled
from dashboard.view.data import MAP, Data
from dashboard.view.place_tables import by_country, by_place
from dashboard.view.query import OUTCOME_WORDS, View, in_words, phrase
from tracker.timelines.filters import apply

MEASURES = (("total", "Leading count"), ("best", "Incidents added up"), ("figures", "Reports"))
MEASURE_WORDS = {
    "best": "{outcome} in incidents whose place and day are known, added up",
    "total": "{outcome}: the last running total for the whole country by the body whose count leads",
    "figures": "How many figures were reported",
}
COUNTRIES = ("Country", "Incidents", "Added up (low–high)", "Leading count", "Who, as of", "Figures")
PLACES = ("Place", "Country", "Incidents", "Added up (low–high)", "First", "Last")
MOST = 100


def layout(data: Data, search: str) -> html.Section:
    """Heading, the switch between measures, and the empty map."""
    view = data.view_at(MAP, search)
    return html.Section(
        [
            html.P("Map", className="kicker"),
            html.H1("…", id="map-title"),
            html.Div(switch("measure", "Show", MEASURES, view), className="controls"),
            html.Div(_graph(), className="chart", id="map-chart"),
            html.Div(id="map-legend", className="marks"),
            html.Div(id="map-tables"),
        ],
        className="panel",
    )


def _graph() -> dcc.Graph:
    config: Any = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "topojsonURL": world.BASE}
    return dcc.Graph(id={"chart": "map"}, figure=theme.blank(), config=config)


def register(app: Dash, data: Data) -> None:
    """Draw what is in view."""

    @app.callback(
        Output("map-title", "children"),
        Output({"chart": "map"}, "figure"),
        Output("map-legend", "children"),
        Output("map-tables", "children"),
        Input(ids.VIEW, "data"),
        Input(ids.SCREEN, "data"),
        Input(ids.REVISION, "data"),
    )
    def draw(address: str | None, screen: dict[str, bool] | None, _revision: int) -> tuple[Any, ...]:
        if address is None or screen is None:
            raise PreventUpdate
        view = data.view(address)
        look, tables = data.theme(view, screen), data.snapshot().tables
        past = frozenset() if view.filters.conflict else recalled()
        figures = apply(data.snapshot().table, view.filters)
        totals, events, figures = (
            rows[~rows["conflict"].isin(past)] for rows in (tables.totals(view), tables.incidents(view), figures)
        )
        table = by_country(totals, events, figures)
        measure = view.option("measure")
        numbers = table.set_index("country")[measure]
        hover_texts = {row["country"]: _pointed(row, measure) for row in table.to_dict("records")}
        chart = world.world(pd.to_numeric(numbers, errors="coerce"), hover_texts, look)
        return phrase(view.filters, data.names), chart, _legend(measure, view, look), _tables(table, by_place(events))


def _pointed(row: dict[Any, Any], measure: str) -> str:
    lines = [wording.area(row["country"])]
    if measure == "best":
        lines.append(f"{wording.bounds(row['low'], row['best'], row['high'])} in {row['incidents']:,} incidents")
    elif measure == "total" and isinstance(row["total_source"], str):
        total = f"{wording.number(row['total'])} {everyone(row['total_counted'])}"
        lines += [total, f"{wording.source(row['total_source'])}, {in_words(row['total_date'])}"]
    else:
        lines.append(f"{row['figures']:,} figures")
    return "\n".join(lines)


def _legend(measure: str, view: View, look: Theme) -> list[Any]:
    outcomes = [OUTCOME_WORDS.get(str(one), str(one)) for one in view.filters.outcome] or ["people harmed"]
    what = MEASURE_WORDS[measure].format(outcome=" and ".join(outcomes))
    boxes = [
        html.Span([html.Span(className="swatch", style={"background": colour}), f" {ends}"])
        for colour, ends in world.legend(look)
    ]
    past = "" if view.filters.conflict else " Wars that the news only recall are not on it, unless they are chosen."
    return [html.P(f"{wording.sentence(what)}.{past}", className="note wide-note"), *boxes]


def _tables(countries: pd.DataFrame, places: pd.DataFrame) -> list[Any]:
    country_rows = [Row(_country_cells(one)) for one in countries.to_dict("records")]
    place_rows = [
        Row(
            (
                wording.sentence(str(one["place"])),
                wording.area(one["country"]),
                f"{one['incidents']:,}",
                wording.bounds(one["low"], one["best"], one["high"]),
                in_words(one["first"].date().isoformat(), short=True),
                in_words(one["last"].date().isoformat(), short=True),
            ),
            " ".join(one["figure_ids"]),
        )
        for one in places.head(MOST).to_dict("records")
    ]
    parts: list[Any] = [html.H2("By country", className="count-name")]
    parts.append(data_table("countries", "What was reported, by country", COUNTRIES, country_rows, opened=True))
    parts.append(html.H2("By place", className="count-name"))
    if place_rows:
        parts.append(
            data_table("places", "Incidents whose place and day are known, by place", PLACES, place_rows, opened=True)
        )
    else:
        parts.append(html.P("No incident in view names its place and its day.", className="note"))
    return parts


def _country_cells(one: dict[Any, Any]) -> tuple[str, ...]:
    known = isinstance(one["total_source"], str)
    who = f"{wording.source(one['total_source'])}, {in_words(one['total_date'], short=True)}" if known else ""
    return (
        wording.area(one["country"]),
        f"{one['incidents']:,}",
        wording.bounds(one["low"], one["best"], one["high"]) if one["incidents"] else "–",
        f"{wording.number(one['total'])} {everyone(one['total_counted'])}" if known else "–",
        who,
        f"{one['figures']:,}",
    )
