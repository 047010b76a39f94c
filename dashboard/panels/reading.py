"""The panel for a pasted article: find its figures, preview them, and store them."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.look import ids, marking, wording
from dashboard.view.data import Data
from dashboard.view.query import in_words
from tracker.model import Article, Figure, TrackerError, stable_id
from tracker.sources import parse_text
from tracker.timelines.filters import check_date

MAX_LENGTH = 200_000
"""Characters of one pasted article. The browser shows all of them."""


def layout() -> html.Section:
    """Return the form, the place for results, and the button that stores them."""
    return html.Section(
        [
            html.H1("Add an article"),
            dmc.Textarea(
                id=ids.READ_TEXT,
                label="Text of the article",
                placeholder="Paste the article here",
                autosize=True,
                minRows=6,
                maxRows=12,
                required=True,
            ),
            html.Div(
                [
                    dmc.TextInput(id=ids.READ_TITLE, label="Headline", placeholder="optional"),
                    dmc.TextInput(id=ids.READ_PUBLISHER, label="Publisher", placeholder="optional"),
                    dmc.TextInput(id=ids.READ_DATE, label="Published", placeholder="2012-03-26"),
                ],
                className="read-fields",
            ),
            dmc.Button("Find figures", id=ids.READ_FIND, variant="default"),
            html.Div(id=ids.READ_FOUND, className="read-found", role="status"),
            html.Div(
                [
                    dmc.Button("Add to the timeline", id=ids.READ_ADD, disabled=True, className="action"),
                    html.Span(id=ids.READ_DONE, className="note", role="status"),
                ],
                className="read-actions",
            ),
            dcc.Store(id=ids.READ_ARTICLE),
        ],
        className="panel",
    )


def register(app: Dash, data: Data) -> None:
    """Register the callbacks: find figures, store the article."""

    @app.callback(
        Output(ids.READ_FOUND, "children"),
        Output(ids.READ_ARTICLE, "data"),
        Output(ids.READ_ADD, "disabled"),
        Output(ids.READ_DONE, "children"),
        Input(ids.READ_FIND, "n_clicks"),
        State(ids.READ_TEXT, "value"),
        State(ids.READ_TITLE, "value"),
        State(ids.READ_PUBLISHER, "value"),
        State(ids.READ_DATE, "value"),
        prevent_initial_call=True,
    )
    def find(_clicks: int, text: str | None, *stated: str | None) -> tuple[Any, ...]:
        try:
            article = pasted(text or "", *stated)
            figures = [one.figure for one in data.read(article)]
        except TrackerError as error:
            return html.P(_message(error), className="wrong"), None, True, ""
        return found(article, figures), asdict(article), False, ""

    @app.callback(
        Output(ids.READ_DONE, "children", allow_duplicate=True),
        Output(ids.REVISION, "data"),
        Output(ids.READ_ADD, "disabled", allow_duplicate=True),
        Input(ids.READ_ADD, "n_clicks"),
        State(ids.READ_ARTICLE, "data"),
        prevent_initial_call=True,
    )
    def add(_clicks: int, values: dict[str, Any] | None) -> tuple[Any, ...]:
        if not values:
            return no_update, no_update, True
        try:
            done = data.add(Article(**values))
        except TrackerError as error:
            return f"Not added: {error}", no_update, False
        said = {"added": "Added to the timeline.", "unchanged": "It is in the timeline already.", "updated": "Updated."}
        return said[done], data.snapshot().revision, True


def pasted(text: str, title: str | None, publisher: str | None, published: str | None) -> Article:
    """Return the article in a pasted text. The form's fields override the text's own values."""
    if len(text) > MAX_LENGTH:
        raise TrackerError(f"the text has {len(text):,} characters; an article has at most {MAX_LENGTH:,}")
    article = parse_text(text)
    stated = {"title": title, "publisher": publisher, "published": published}
    given = {name: value.strip() for name, value in stated.items() if value and value.strip()}
    if not given:
        return article
    if (published := given.get("published")) and len(check_date(published)) < len("2012-03-26"):
        raise TrackerError(f"{published!r} names no day: write 2012-03-26")
    if "title" in given and article.title not in ("", given["title"]) and not text.lstrip().startswith("---"):
        # the first line was taken for the headline; with a typed headline it belongs to the text
        article = replace(article, text=f"{article.title}\n\n{article.text}".strip())
    article = replace(article, **given)
    return replace(article, id=stable_id(article.title, article.text, article.published, article.publisher))


def found(article: Article, figures: list[Figure]) -> list[Any]:
    """Return the results: a count, the list of figures, and the article with the figures marked."""
    if not figures:
        return [html.P("No casualty figures found in this text. It can be added all the same.")]
    count = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
    undated = "" if article.published else " Without a date of publication, words such as “yesterday” cannot be dated."
    return [
        html.P([html.Strong(f"{count} found."), undated]),
        html.Ol([html.Li(_line(figure)) for figure in figures], className="found"),
        marking.whole(article, figures),
    ]


def _line(figure: Figure) -> list[Any]:
    rest = [f"{wording.stated(figure)} {figure.outcome}", wording.source(figure.source_name), in_words(figure.date)]
    rest += [part for part in (figure.place, wording.plain(figure.scope)) if part]
    if figure.cause != "conflict":
        rest.append(f"cause: {figure.cause}, not shown on the timeline")
    return [html.Strong(figure.figure), " – ", " · ".join(rest)]


def _message(error: TrackerError) -> str:
    text = str(error).removeprefix("pasted text: ")
    return text[:1].upper() + text[1:] + "."
