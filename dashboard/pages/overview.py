"""Every conflict in the store as a small multiple, the one with the latest report first; each opens its timeline."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import Dash, Input, Output, dcc, html

from dashboard.charts import spark
from dashboard.look import ids, wording
from dashboard.look.colours import GREY
from dashboard.view.conflict_summary import Said, Summary
from dashboard.view.data import Data
from dashboard.view.query import in_words

MULTIPLES = "multiples"


def layout(data: Data, _search: str) -> html.Section:
    """Heading and small multiples; made at once, since nobody has to choose anything first."""
    return html.Section(
        [
            html.H1("Conflicts"),
            html.P(
                "The latest running total that any source gives, how far the sources lie apart, and how their totals "
                "moved. The conflict with the latest report comes first.",
                className="phrase lead",
            ),
            html.Ul(multiples(data), id=MULTIPLES, className="multiples"),
        ],
        className="overview",
    )


def register(app: Dash, data: Data) -> None:
    """Show it anew when the store has changed."""

    @app.callback(Output(MULTIPLES, "children"), Input(ids.REVISION, "data"), prevent_initial_call=True)
    def renew(_revision: int) -> list[html.Li]:
        return multiples(data)


def multiples(data: Data) -> list[html.Li]:
    """One for each conflict, those assigned to none last."""
    return [html.Li(_multiple(one, data)) for one in data.snapshot().summaries]


def _multiple(one: Summary, data: Data) -> dcc.Link:
    paints = data.snapshot().paints
    address = urlencode({"conflict": one.conflict, "outcome": one.outcome})
    parts: list[Any] = [html.H2(wording.conflict(one.conflict, data.names)), _latest(one), _spark(one, paints)]
    told = ((one.reports, "figure"), (one.articles, "article"), (one.sources, "named source"))
    counts = ", ".join(wording.many(*pair) for pair in told)
    parts.append(html.P(_spread(one), className="spread"))
    parts.append(html.P([counts, html.Br(), f"Latest report {in_words(one.last)}"]))
    return dcc.Link(html.Article(parts), href=f"/timeline?{address}", className="multiple")


def _latest(one: Summary) -> html.P:
    if one.latest is None:
        return html.P("No running total", className="big none")
    hedge = wording.HEDGES.get(one.latest.qualifier, "")
    number = wording.hedged(one.latest.qualifier, one.latest.value, one.latest.low, one.latest.high).removeprefix(hedge)
    said = f"{one.outcome}, {wording.source(one.latest.source)}, {in_words(one.latest.date, short=True)}"
    return html.P([html.Small(hedge), html.Span(number), html.Span(said, className="who")], className="big")


def _spread(one: Summary) -> list[Any]:
    if one.lowest is None or one.highest is None:
        return ["No other source counts the same at that time" if one.latest else wording.sentence(one.outcome)]
    if one.lowest.value == one.highest.value:
        return ["All sources that count the same agree"]
    return [f"From {_brief(one.lowest)} to {_brief(one.highest)}"]


def _brief(said: Said) -> str:
    return f"{wording.hedged(said.qualifier, said.value, said.low, said.high)} ({wording.source(said.source)})"


def _spark(one: Summary, paints: Any) -> html.Div:
    """The lines of the sources, each stepping, the longest one with its area; the last total of each is a dot."""
    if not one.lines:
        return html.Div(className="spark empty")
    days = pd.concat([some["day"] for _, some in one.lines])
    first, last = days.min(), days.max()
    width = (last - first).days
    highest = max(float(some["value"].max()) for _, some in one.lines) or 1.0
    layers: list[Any] = []
    for number, (source, some) in enumerate(one.lines):
        spots = [
            ((day - first).days / width if width else 0.5, float(value) / highest)
            for day, value in some.itertuples(index=False)
        ]
        corners = spark.steps(spots)
        paint = paints.get(source, GREY)
        style = {"--on-light": paint.light, "--on-dark": paint.dark}
        if not number and len(spots) > 1:
            layers.append(html.Div(className="spark-area", style=style | {"clipPath": spark.area(corners)}))
        if len(spots) > 1:
            layers.append(html.Div(className="spark-line", style=style | {"clipPath": spark.line(corners)}))
        right, up = spots[-1]
        place = {"left": f"{right * 100:.2f}%", "top": f"{(1 - up) * 100:.2f}%"}
        layers.append(html.Div(className="spark-dot", style=style | place))
    ends = [html.Span(str(year)) for year in dict.fromkeys((first.year, last.year))]
    years = html.Div(ends, className="spark-years" if len(ends) > 1 else "spark-years one")
    drawn = html.Div(layers, className="spark-plot")
    unseen: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div([drawn, years], className="spark", **unseen)
