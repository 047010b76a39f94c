"""The evidence of a figure: article, quote with the figure highlighted, source, and the rule that found it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, ctx, dcc, html, no_update

from dashboard.look import ids, marking, wording
from dashboard.panels import history, reports
from dashboard.view.data import Data
from dashboard.view.query import in_words
from tracker.knowledge.files import pattern_examples
from tracker.model import Article, Figure

BESIDE = "+"
"""It ends the name of a rule whose outcome was taken over from a number beside it."""

WITHOUT_PATTERN = {
    "counted-unit": "a noun that tells the harm, as in “12 deaths”",
    "harmed-of-whom": "a whole of which parts are told, as in “of the 21 dead, three were children”",
    "part-of-before": "a part of the number before it, as in “12 people, three of them children”",
    "sum-of-outcomes": "the sum of the outcomes before it, as in “37 in all”",
}
"""What the rules that are no patterns of a language read."""

MOST = 30
"""The most figures in the drawer: one bar of a month may have hundreds."""


def layout() -> dmc.Drawer:
    """The drawer, closed."""
    return dmc.Drawer(
        html.Div(id=ids.EVIDENCE_BODY),
        id=ids.EVIDENCE,
        title="Evidence",
        position="right",
        size="min(560px, 100%)",
        padding="lg",
        transitionProps={"duration": 120},
        closeButtonProps={"aria-label": "Close"},
    )


def register(app: Dash, data: Data) -> None:
    """Open the drawer after a click on a mark of a chart, a row of the table or a card."""

    @app.callback(
        Output(ids.EVIDENCE, "opened"),
        Output(ids.EVIDENCE_BODY, "children"),
        Output({"chart": ALL}, "clickData"),
        Output({"grid": ALL}, "cellClicked"),
        Input({"chart": ALL}, "clickData"),
        Input({"grid": ALL}, "cellClicked"),
        Input({"card": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    def show(marks: list[Any], rows: list[Any], _cards: list[int | None]) -> tuple[Any, ...]:
        clicked = _clicked_figures()
        shown = data.figures_by_id(clicked)["figure_id"].tolist() if clicked else []
        if not shown:
            return no_update, no_update, [no_update] * len(marks), [no_update] * len(rows)
        # both are emptied after each answer, so that a second click on the same mark counts as a click
        return True, evidence(data, shown), [None] * len(marks), [None] * len(rows)

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("tracker", "closed"),
        Output(ids.EVIDENCE, "opened", allow_duplicate=True),
        Input(ids.URL, "pathname"),
        prevent_initial_call=True,
    )


def evidence(data: Data, figure_ids: list[str]) -> list[Any]:
    """The evidence for each figure; if there are several, their number comes first."""
    table = data.figures_by_id(figure_ids)
    by_article: dict[str, list[Figure]] = {}
    for article_id in dict.fromkeys(table["article_id"].tolist()[:MOST]):
        by_article[article_id] = data.store.figures(article_id)
    parts: list[Any] = []
    if len(figure_ids) > 1:
        shown = f", the first {MOST} of them here" if len(figure_ids) > MOST else ""
        parts.append(html.P(f"This mark stands for {len(figure_ids)} reported figures{shown}.", className="note"))
    for figure_id, article_id in zip(table["figure_id"].tolist()[:MOST], table["article_id"], strict=False):
        figures = by_article[article_id]
        figure = next((one for one in figures if one.figure_id == figure_id), None)
        if figure:
            parts.append(one_figure(data.store.article(article_id), figure, figures, data))
    return parts


def one_figure(article: Article | None, figure: Figure, all_figures: list[Figure], data: Data) -> html.Article:
    """Headline, publisher and date, the quote, the facts, and the whole article, folded."""
    printed: list[Any] = [f"{figure.publisher or 'Publisher unknown'} · {in_words(figure.published)}"]
    if link := _safe_link(figure.url):
        printed += [" · ", link]
    whole = marking.whole(article, all_figures, figure) if article else html.P("The article is no longer in the store.")
    return html.Article(
        [
            html.H3(wording.headline(figure.title), className="headline"),
            html.P(printed, className="note"),
            html.Blockquote(marking.quote(article, figure), className="quote"),
            html.Dl(_facts(figure, data), className="facts"),
            *reports.other_reports(data, figure),
            *history.decisions(data, figure),
            html.P(_to_review(figure), className="to-review"),
            html.Details(
                [
                    html.Summary(f"The whole article, with {wording.many(len(all_figures), 'figure')} highlighted"),
                    whole,
                ]
            ),
        ],
        className="evidence",
    )


def _to_review(figure: Figure) -> dcc.Link:
    return dcc.Link("Review this figure", href=f"/review?{urlencode({'figure': figure.figure_id})}")


def _facts(figure: Figure, data: Data) -> list[Any]:
    whom = "not named: the article itself reports it"
    if figure.source:
        whom = f"{figure.source} ({wording.kind_of_source(figure.source_type)})"
    elif figure.source_name:
        whom = f"not named: {wording.body(figure.source_name)} published the article itself"
    victims = figure.victims or "not named"
    if figure.victim_group != "unspecified":
        victims += f" ({wording.plain(figure.victim_group)})"
    facts: dict[str, Any] = {
        "Figure": f"{figure.figure} → {wording.stated(figure)} {figure.outcome}",
        "Qualifier": wording.QUALIFIER_WORDS.get(figure.qualifier, figure.qualifier),
        "Victims": victims,
        "Source": whom,
        "When": _when(figure),
        "Where": _where(figure),
        "Conflict": _conflict(figure, data),
        "Found": html.Span(how_found(figure), title=f"Rule: {figure.rule}"),
        "Confidence": f"{figure.confidence:.0%}",
        "Status": figure.status,
    }
    return [part for name, value in facts.items() for part in (html.Dt(name), html.Dd(value))]


def how_found(figure: Figure) -> str:
    """The construction that a figure was read from, told by an example."""
    rule = figure.rule.rstrip(BESIDE)
    example = pattern_examples(figure.language).get(rule)
    told = f"a wording like “{example.rstrip('.')}”" if example else WITHOUT_PATTERN.get(rule)
    if told is None:  # of rules that are no more
        return figure.rule
    return f"by {told}{', as a number beside another one' if figure.rule.endswith(BESIDE) else ''}"


def _conflict(figure: Figure, data: Data) -> list[Any]:
    name: list[Any] = [wording.conflict(figure.conflict, data.names)]
    why = wording.reason(data.store.reasons(figure.article_id).get(figure.figure_id) or "", data.names)
    return [*name, html.Span(f" because {why}" if figure.conflict else f" ({why})", className="why")] if why else name


def _where(figure: Figure) -> str:
    """The place in the words of the article, and its country by its name, once."""
    country = wording.area(figure.country) if figure.country else ""
    parts = [part for part in (figure.place, country) if part]
    return ", ".join(dict.fromkeys(parts)) or "not named"


def _when(figure: Figure) -> str:
    if figure.scope == "cumulative":
        since = f", counted since {in_words(figure.period_start)}" if figure.period_start else ""
        return f"running total as of {in_words(figure.date)}{since}"
    if figure.scope == "period":
        since = f"{in_words(figure.period_start)} to " if figure.period_start else ""
        return f"stated period, {since}{in_words(figure.date)}"
    return f"incident, {in_words(figure.date)}"


def _safe_link(url: str) -> html.A | None:
    """A link to the article, but only to a web address: the address comes from the article and may be hostile."""
    if not url.startswith(("http://", "https://")):
        return None
    return html.A("original", href=url, target="_blank", rel="noopener noreferrer")


def _clicked_figures() -> list[str]:
    """The ids of the figures that were clicked on."""
    moved_by, value = ctx.triggered_id, ctx.triggered[0]["value"] if ctx.triggered else None
    if not isinstance(moved_by, dict) or not value:
        return []
    if "card" in moved_by:
        return str(moved_by["card"]).split()
    if "chart" in moved_by:
        return str(value["points"][0].get("customdata") or "").split()
    ticked = str(value.get("colId") or "").startswith("ag-Grid-")  # the checkbox of a row
    return [] if ticked else [str(value.get("rowId"))]
