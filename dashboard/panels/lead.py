"""The first sentence of a conflict: the number that leads, with its quote, the next counts, and a button to copy it."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html

from dashboard.look import ids, marking, wording
from dashboard.view.data import Data
from dashboard.view.first_sentence import First, apart, first, of_incident, recent, sentence
from dashboard.view.query import View, in_words
from dashboard.view.standing import Series
from tracker.model import Figure

LONGEST = 130
"""About so many characters of a quote stand in the three lines that it has."""

LANGUAGE = "en"
"""The language of the pages: a quote in it is read by all who read them."""


def layout() -> list[html.Div]:
    """The heading with an empty box for the sentence, and one for the next counts beside it."""
    first_box = html.Div([html.H1("…", id=ids.PHRASE), html.Div(id=ids.FIRST)], className="first")
    return [first_box, html.Div([html.Div(id=ids.NEXT), dcc.Store(id=ids.FIRST_TEXT)], className="next")]


def copy_button() -> dmc.Button:
    """The button that copies the first number."""
    return dmc.Button(
        ["Copy", html.Span("\u00a0number, quote and citation", className="where-wide")],
        id={"copies": ids.FIRST_TEXT},
        variant="default",
        size="xs",
        className="copy-first",
    )


def register(app: Dash) -> None:
    """The browser copies the text."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("figures", "copyText"),
        Output({"copies": ids.FIRST_TEXT}, "children"),
        Input({"copies": ids.FIRST_TEXT}, "n_clicks"),
        State(ids.FIRST_TEXT, "data"),
        prevent_initial_call=True,
    )


def lead(view: View, data: Data) -> tuple[list[Any], list[Any], str]:
    """The sentence of the one conflict in view, the next counts, and the text to copy; nothing for several."""
    if len(view.filters.conflict) != 1:
        return [], [], ""
    scopes = {str(one) for one in view.filters.scope}
    if scopes and "cumulative" not in scopes:
        return _incidents(view, data, "")
    found = first(data.snapshot().tables.series(view))
    if found is None:
        return _incidents(view, data, "No running total was reported. ")
    figure = _quoted(found.leading, data)
    parts: list[Any] = [html.P(f"{sentence(found.leading)}.", className="first-sentence")]
    if figure is not None:
        parts.append(_quote(found.leading, figure, data))
    return parts, _following(found), to_copy(found.leading, figure)


def _following(found: First) -> list[Any]:
    """The next standing counts, and how far comparable ones lie apart."""
    rows = [html.Li(_open(one, sentence(one)), className="old" if one.old else None) for one in found.following]
    spread = apart(found)
    rows = [*([html.Li(spread)] if spread else []), *rows]
    return [html.Ul(rows, className="next-counts")] if rows else []


def _open(series: Series, text: str) -> html.Button:
    """A text that opens the evidence of a total."""
    return html.Button(text, className="link", id=ids.card("first", " ".join(series.last["figure_ids"])))


def _quote(series: Series, figure: Figure, data: Data) -> html.Blockquote:
    """The sentence that the number stands in, or as much of it as there is room for, with the number marked; where it
    was printed opens the evidence.
    """
    article = data.store.article(figure.article_id)
    words = marking.excerpt(article, figure, LONGEST)
    about = ", ".join(part for part in (figure.publisher, in_words(figure.published)) if part)
    said = html.Span(["“", *words, "”"], dir="auto", lang=article.languages[0] if article else None)
    return html.Blockquote(
        [said, " ", html.Span(_open(series, about or "Evidence"), className="quoted-in")],
        className="first-quote",
    )


def to_copy(series: Series, figure: Figure | None) -> str:
    """What the button copies: the sentence, the quote, and the article it stands in."""
    lines = [f"{sentence(series)}."]
    if figure is not None:
        lines.append(f"“{figure.quote}”")
        cited = (figure.title, figure.publisher, in_words(figure.published))
        lines.append(f"{', '.join(part for part in cited if part)}. {figure.url or ''}".strip())
    return "\n".join(lines)


def _quoted(series: Series, data: Data) -> Figure | None:
    """The figure whose quote stands for the last total: one that says the very number, in the language of the page if
    there is one, and from a text rather than a headline.
    """
    rows = data.figures_by_id(list(series.last["figure_ids"]))
    if rows.empty:
        return None
    marks = (rows["value"] == series.last["value"], rows["language"] == LANGUAGE, rows["field"] == "text")
    fit = sum(2**weight * one.fillna(False).to_numpy(int) for weight, one in enumerate(reversed(marks)))
    row = rows.iloc[int(fit.argmax())]
    of_article = data.store.figures(row["article_id"])
    return next((one for one in of_article if one.figure_id == row["figure_id"]), None)


def _incidents(view: View, data: Data, why: str) -> tuple[list[Any], list[Any], str]:
    """The recent incidents of a conflict instead of a count; first, `why` none is told."""
    found = recent(data.snapshot().tables.incidents(view))
    if found is None:
        return [], [], ""
    count = wording.many(found.incidents, "incident")
    text = f"{why}{count} in the last year of reports; the largest: {of_incident(found)}."
    return [html.P(text, className="first-sentence")], [], text
