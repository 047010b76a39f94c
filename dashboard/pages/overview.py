"""The overview: each conflict as a small multiple that opens its timeline, the one with the latest report first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, dcc, html

from dashboard.charts import sparkline
from dashboard.look import ids, who, wording
from dashboard.look.colours import GREY, LineStyle
from dashboard.view.conflict_summary import Summary
from dashboard.view.data import Data
from dashboard.view.first_sentence import First, Said, apart, of_incident, sentence
from dashboard.view.query import in_words
from dashboard.view.standing import Series, overtakes
from tracker.timelines.disagreement import CURRENT

MULTIPLES = "multiples"

SEVERAL = 3
"""A conflict without a total has a small multiple if so many incidents are recent."""


def layout(data: Data, _search: str) -> html.Section:
    """Heading and small multiples, made at once, because this page has no filters."""
    return html.Section(
        [
            html.H1("Conflicts"),
            html.P(
                "The count that leads, how far comparable counts lie apart, and how they rose. Conflicts without a "
                "running total show the incidents of their last year.",
                className="phrase lead",
            ),
            html.Div(multiples(data), id=MULTIPLES),
        ],
        className="overview",
    )


def register(app: Dash, data: Data) -> None:
    """Update the page when the store has changed."""

    @app.callback(Output(MULTIPLES, "children"), Input(ids.REVISION, "data"), prevent_initial_call=True)
    def renew(_revision: int) -> list[Any]:
        return multiples(data)


def _several(one: Summary) -> bool:
    return one.recent is not None and one.recent.incidents >= SEVERAL


def multiples(data: Data) -> list[Any]:
    """One small multiple for each conflict with a total or several recent incidents; the names of all others."""
    summaries = data.snapshot().summaries
    told = [one for one in summaries if one.first or (_several(one) and not one.is_past)]
    others = [one for one in summaries if one not in told]
    parts: list[Any] = [html.Ul([html.Li(_multiple(one, data)) for one in told], className="multiples")] if told else []
    if others:
        names = html.Ul([html.Li(_named(one, data)) for one in others], className="others")
        parts.append(html.Section([html.H2("Other conflicts mentioned"), names]))
    return parts


def _named(one: Summary, data: Data) -> list[Any]:
    """A conflict of which little is reported, with the number of its figures."""
    name = wording.conflict(one.conflict, data.names)
    return [dcc.Link(name, href=_address(one)), f" {wording.many(one.reports, 'figure')}"]


def _address(one: Summary) -> str:
    return f"/timeline?{urlencode({'conflict': one.conflict, 'outcome': one.outcome})}"


def _multiple(one: Summary, data: Data) -> dcc.Link:
    line_styles = data.line_styles()
    parts: list[Any] = [html.H2(wording.conflict(one.conflict, data.names)), *_first(one)]
    leading = one.first.leading if one.first else None
    parts.append(spark(leading, line_styles) if leading and len(leading.at) > 1 else _months(one))
    numbers = ((one.reports, "figure"), (one.articles, "article"), (one.sources, "named source"))
    counts = ", ".join(wording.many(*pair) for pair in numbers)
    parts += [html.P(text, className="spread") for text in _beside(one.first)]
    parts.append(html.P([counts, html.Br(), f"Latest report {in_words(one.last)}"]))
    return dcc.Link(html.Article(parts), href=_address(one), className="multiple")


def _first(one: Summary) -> list[html.P]:
    """The number that leads, with who is counted, by whom and when; otherwise the incidents of the last year."""
    if one.first is None:
        if one.recent is None:
            return [html.P("No running total", className="big none")]
        count = wording.many(one.recent.incidents, "incident")
        who_ = f"in the last year of reports; the largest: {of_incident(one.recent)}"
        return [html.P([html.Span(count), html.Span(who_, className="who")], className="big few")]
    leading = one.first.leading
    last = Said(leading, leading.last)
    hedge = wording.HEDGES.get(last.point["qualifier"], "")
    whom = f"{who.count_in_words(leading.of, label=False)},"
    by = f"{wording.says(leading.source)} {wording.body(leading.source)} ({in_words(last.point['date'], short=True)})"
    number = [html.Small(hedge), html.Span(last.number.removeprefix(hedge))]
    return [html.P([*number, html.Span(f"{whom} {by}", className="who")], className="big")]


def _beside(found: First | None) -> list[str]:
    """What a reader must know beside the number that leads: a later and higher count; how far others lie apart."""
    if found is None:
        return []
    later = [f"{sentence(one)}." for one in found.following if overtakes(one, found.leading)]
    return [text for text in (*later, apart(found)) if text]


def _months(one: Summary) -> html.Div:
    """The incidents of the last year as a bar for each month, the events that can be told apart added up."""
    if one.recent is None or not one.recent.months.any():
        return html.Div(className="spark none")
    months = one.recent.months
    highest = float(months.max())
    columns = [html.Div(style={"height": f"{float(value) / highest * 100:.1f}%"}) for value in months]
    ends = [html.Span(f"{month.to_timestamp():%b %Y}") for month in (months.index[0], months.index[-1])]
    unseen: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div(
        [
            html.Div(f"People {who.harmed(one.outcome)} in incidents, by month", className="spark-what"),
            html.Div(columns, className="spark-months"),
            html.Div(ends, className="spark-years"),
        ],
        className="spark",
        **unseen,
    )


def spark(leading: Series, line_styles: Mapping[str, LineStyle]) -> html.Div:
    """The step line of the count that leads, with its area filled, both as long as the count holds; a dot marks its
    last total.
    """
    points = leading.points
    first, last = points["day"].iloc[0], points["day"].iloc[-1]
    width = (last - first).days
    highest = float(points["value"].max()) or 1.0
    spots = [
        ((day - first).days / width if width else 0.5, float(value) / highest)
        for day, value in points[["day", "value"]].itertuples(index=False)
    ]
    line_style = line_styles.get(leading.source, GREY)
    style = {"--on-light": line_style.light, "--on-dark": line_style.dark}
    layers: list[Any] = []
    for run in sparkline.runs(sparkline.steps(spots), CURRENT / width if width else 1.0):
        layers.append(html.Div(className="spark-area", style=style | {"clipPath": sparkline.area(run)}))
        layers.append(html.Div(className="spark-line", style=style | {"clipPath": sparkline.line(run)}))
    right, up = spots[-1]
    place = {"left": f"{right * 100:.2f}%", "top": f"{(1 - up) * 100:.2f}%"}
    layers.append(html.Div(className="spark-dot", style=style | place))
    ends = [html.Span(str(year)) for year in dict.fromkeys((first.year, last.year))]
    years = html.Div(ends, className="spark-years" if len(ends) > 1 else "spark-years one")
    drawn = html.Div(layers, className="spark-plot")
    unseen: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div([drawn, years], className="spark", **unseen)
