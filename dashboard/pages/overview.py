"""The overview: each conflict as a small multiple that opens its timeline, the one with the latest report first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import Dash, Input, Output, dcc, html

from dashboard.charts import sparkline
from dashboard.look import ids, wording
from dashboard.look.colours import GREY
from dashboard.view.conflict_summary import SourceTotal, Summary
from dashboard.view.data import Data
from dashboard.view.query import in_words

MULTIPLES = "multiples"


def layout(data: Data, _search: str) -> html.Section:
    """Heading and small multiples, made at once, because this page has no filters."""
    return html.Section(
        [
            html.H1("Conflicts"),
            html.P(
                "The latest running total of any source, how far the sources are apart, and how their totals changed. "
                "The conflict with the latest report comes first.",
                className="phrase lead",
            ),
            html.Ul(multiples(data), id=MULTIPLES, className="multiples"),
        ],
        className="overview",
    )


def register(app: Dash, data: Data) -> None:
    """Update the page when the store has changed."""

    @app.callback(Output(MULTIPLES, "children"), Input(ids.REVISION, "data"), prevent_initial_call=True)
    def renew(_revision: int) -> list[html.Li]:
        return multiples(data)


def multiples(data: Data) -> list[html.Li]:
    """One small multiple for each conflict."""
    return [html.Li(_multiple(one, data)) for one in data.snapshot().summaries]


def _multiple(one: Summary, data: Data) -> dcc.Link:
    line_styles = data.snapshot().line_styles
    address = urlencode({"conflict": one.conflict, "outcome": one.outcome})
    parts: list[Any] = [html.H2(wording.conflict(one.conflict, data.names)), _latest(one), _spark(one, line_styles)]
    numbers = ((one.reports, "figure"), (one.articles, "article"), (one.sources, "named source"))
    counts = ", ".join(wording.many(*pair) for pair in numbers)
    parts.append(html.P(_spread(one), className="spread"))
    parts.append(html.P([counts, html.Br(), f"Latest report {in_words(one.last)}"]))
    return dcc.Link(html.Article(parts), href=f"/timeline?{address}", className="multiple")


def _latest(one: Summary) -> html.P:
    if one.latest is None:
        return html.P("No running total", className="big none")
    hedge = wording.HEDGES.get(one.latest.qualifier, "")
    number = wording.hedged(one.latest.qualifier, one.latest.value, one.latest.low, one.latest.high).removeprefix(hedge)
    who = f"{one.outcome}, {wording.source(one.latest.source)}, {in_words(one.latest.date, short=True)}"
    return html.P([html.Small(hedge), html.Span(number), html.Span(who, className="who")], className="big")


def _spread(one: Summary) -> list[Any]:
    if one.lowest is None or one.highest is None:
        return ["No other source counts the same at that time" if one.latest else wording.sentence(one.outcome)]
    if one.lowest.value == one.highest.value:
        return ["All sources that count the same agree"]
    return [f"From {_brief(one.lowest)} to {_brief(one.highest)}"]


def _brief(total: SourceTotal) -> str:
    return f"{wording.hedged(total.qualifier, total.value, total.low, total.high)} ({wording.source(total.source)})"


def _spark(one: Summary, line_styles: Any) -> html.Div:
    """Step lines of the sources. The longest one has its area filled; a dot marks the last total of each."""
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
        corners = sparkline.steps(spots)
        line_style = line_styles.get(source, GREY)
        style = {"--on-light": line_style.light, "--on-dark": line_style.dark}
        if not number and len(spots) > 1:
            layers.append(html.Div(className="spark-area", style=style | {"clipPath": sparkline.area(corners)}))
        if len(spots) > 1:
            layers.append(html.Div(className="spark-line", style=style | {"clipPath": sparkline.line(corners)}))
        right, up = spots[-1]
        place = {"left": f"{right * 100:.2f}%", "top": f"{(1 - up) * 100:.2f}%"}
        layers.append(html.Div(className="spark-dot", style=style | place))
    ends = [html.Span(str(year)) for year in dict.fromkeys((first.year, last.year))]
    years = html.Div(ends, className="spark-years" if len(ends) > 1 else "spark-years one")
    drawn = html.Div(layers, className="spark-plot")
    unseen: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div([drawn, years], className="spark", **unseen)
