"""The panel for a pasted article: find its figures, preview them, and store them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.look import ids, marking, wording
from dashboard.panels.looking import looked
from dashboard.view.data import Data
from dashboard.view.intake import MAX_PASTED, Intake, Readings
from dashboard.view.query import in_words
from dashboard.view.sandboxed import PASTED
from dashboard.web.security import check_may_read
from tracker.model import Article, Figure, TrackerError
from tracker.timelines.filters import check_date

MAX_SHOWN = 300
"""Figures that are listed and marked."""

MOST_LINKS = 3
"""Conflicts to which what was added is linked."""

LOOK_AGAIN = 300
"""Milliseconds between two progress updates."""


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
            dcc.Store(id=ids.READ_KEY),
            dcc.Interval(id=ids.READ_LOOK, interval=LOOK_AGAIN, disabled=True),
        ],
        className="panel",
    )


def register(app: Dash, data: Data, intakes: Readings) -> None:
    """Register the callbacks: read the text, show progress and results, store the article."""

    @app.callback(
        Output(ids.READ_KEY, "data"),
        Output(ids.READ_LOOK, "disabled"),
        Output(ids.READ_FOUND, "children"),
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
            check_may_read()
            key = intakes.pasted(text or "", stated_values(*stated))
        except TrackerError as error:
            return None, True, html.P(_message(error), className="wrong"), True, ""
        return key, False, html.P("Reading …", className="note"), True, ""

    @app.callback(
        Output(ids.READ_FOUND, "children", allow_duplicate=True),
        Output(ids.READ_LOOK, "disabled", allow_duplicate=True),
        Output(ids.READ_ADD, "disabled", allow_duplicate=True),
        Input(ids.READ_LOOK, "n_intervals"),
        State(ids.READ_KEY, "data"),
        prevent_initial_call=True,
    )
    def look(_turns: int, key: str | None) -> tuple[Any, ...]:
        return looked(intakes, key, _results)

    _register_adding(app, data, intakes)


def _results(intake: Intake) -> tuple[Any, bool]:
    """Return what is shown of a reading that has ended, and whether it can be added."""
    if not intake.entries:
        return html.P(_message(" ".join(intake.problems)), className="wrong"), False
    (one,) = intake.entries
    return found(one.article, list(one.figures)), True


def _register_adding(app: Dash, data: Data, intakes: Readings) -> None:
    @app.callback(
        Output(ids.READ_DONE, "children", allow_duplicate=True),
        Output(ids.REVISION, "data"),
        Output(ids.READ_ADD, "disabled", allow_duplicate=True),
        Input(ids.READ_ADD, "n_clicks"),
        State(ids.READ_KEY, "data"),
        prevent_initial_call=True,
    )
    def add(clicks: int | None, key: str | None) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        try:
            check_may_read()
            read = intakes.look(key)
            counts = intakes.keep(key)
        except TrackerError as error:
            return f"Not added: {error}", no_update, False
        said = {"added": "Added to the timeline.", "unchanged": "It is in the timeline already.", "updated": "Updated."}
        told = next((said[one] for one in said if counts[one]), "Not added.")
        return [told, *links(read, data)], data.snapshot().revision, True


def links(read: Intake | str | None, data: Data) -> list[Any]:
    """Links to the timelines of the conflicts that what was read tells of, those with the most figures first."""
    if not isinstance(read, Intake):
        return []
    told = [figure.conflict for entry in read.entries for figure in entry.figures]
    told += [figure.conflict for table in read.tables for figure in table.figures]
    found = [name for name, _ in Counter(one for one in told if one).most_common(MOST_LINKS)]
    parts = [
        dcc.Link(wording.conflict(one, data.names), href=f"/timeline?{urlencode({'conflict': one})}") for one in found
    ]
    return [part for link in parts for part in (" ", link)]


def stated_values(title: str | None, publisher: str | None, published: str | None) -> dict[str, str]:
    """Return the values that the form states. Raises TrackerError for a date without a day."""
    values = {"title": title, "publisher": publisher, "published": published}
    stated = {name: value.strip() for name, value in values.items() if value and value.strip()}
    if (date := stated.get("published")) and len(check_date(date)) < len("2012-03-26"):
        raise TrackerError(f"{date!r} names no day: write 2012-03-26")
    return stated


def found(article: Article, figures: list[Figure], most: int = MAX_SHOWN, length: int = MAX_PASTED) -> list[Any]:
    """Return the results: a count, the list of figures, and the article with the figures marked.

    At most `most` figures and `length` characters are shown, because the browser has to draw them all.
    """
    if not figures:
        return [html.P("No casualty figures found in this text. It can be added all the same.")]
    count = "1 figure" if len(figures) == 1 else f"{len(figures):,} figures"
    undated = "" if article.published else " Without a date of publication, words such as “yesterday” cannot be dated."
    shown = figures[:most]
    cut = replace(article, text=article.text[:length])
    parts: list[Any] = [html.P([html.Strong(f"{count} found."), undated])]
    if len(shown) < len(figures) or len(cut.text) < len(article.text):
        said = f"Shown are the first {len(shown):,} figures and the first {len(cut.text):,} characters."
        parts.append(html.P(said, className="note"))
    return [*parts, html.Ol([html.Li(_line(figure)) for figure in shown], className="found"), marking.whole(cut, shown)]


def _line(figure: Figure) -> list[Any]:
    rest = [f"{wording.stated(figure)} {figure.outcome}", wording.source(figure.source_name), in_words(figure.date)]
    rest += [part for part in (figure.place, wording.plain(figure.scope)) if part]
    if figure.cause != "conflict":
        rest.append(f"cause: {figure.cause}, not shown on the timeline")
    return [html.Strong(figure.figure), " – ", " · ".join(rest)]


def _message(error: object) -> str:
    return f"{wording.sentence(str(error).removeprefix(f'{PASTED}: '))}."
