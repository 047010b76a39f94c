"""The panel for files and web addresses: upload, progress, preview with marked figures, and storing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.look import ids, wording
from dashboard.panels import reading
from dashboard.panels.looking import looked
from dashboard.view.data import Data
from dashboard.view.intake import Intake, Readings, shown_first
from dashboard.view.uploads import MAX_BYTES
from dashboard.web.security import check_may_read
from tracker.model import TrackerError

SHOWN = 20
MAX_FIGURES = 100
MAX_LENGTH = 50_000
"""Articles that are shown, and of each the figures and characters."""

NAMED = 10
LOOK_AGAIN = 400
"""Milliseconds between two progress updates."""

SAID = {"added": "added", "updated": "updated", "unchanged": "there already", "failed": "could not be stored"}


def layout() -> html.Section:
    """Return the drop zone, the address field, and the place for results."""
    megabytes = MAX_BYTES // 1_000_000
    drop = dcc.Upload(
        html.Div([html.Strong("Drop files here"), " or press to choose them"]),
        id=ids.UPLOAD,
        multiple=True,
        max_size=MAX_BYTES,
        className="drop",
        className_active="drop over",
    )
    return html.Section(
        [
            html.H2("Files, or an address"),
            html.P(
                "Text, web pages, PDF, Word, e-mail, feeds, JSON, CSV, Parquet, web archives, packed or not; and "
                f"tables of figures that were taken away from here. Up to {megabytes} MB each.",
                className="note",
            ),
            drop,
            html.Div(
                [
                    dmc.TextInput(id=ids.ADDRESS, label="Web address", placeholder="https://…", className="address"),
                    dmc.Button("Read it", id=ids.ADDRESS_READ, variant="default"),
                ],
                className="text-to-copy address-row",
            ),
            html.Div(id=ids.TAKEN_IN, className="read-found", role="status"),
            html.Div(
                [
                    dmc.Button("Add to the timeline", id=ids.TAKE_IN, disabled=True, className="action"),
                    html.Span(id=ids.TAKEN, className="note", role="status"),
                ],
                className="read-actions",
            ),
            dcc.Store(id=ids.INTAKE),
            dcc.Interval(id=ids.LOOK, interval=LOOK_AGAIN, disabled=True),
        ],
        className="panel",
    )


def register(app: Dash, data: Data, intakes: Readings) -> None:
    """Register the callbacks: read, show progress and results, store."""

    @app.callback(
        Output(ids.INTAKE, "data"),
        Output(ids.LOOK, "disabled"),
        Output(ids.TAKEN_IN, "children"),
        Output(ids.TAKE_IN, "disabled"),
        Output(ids.TAKEN, "children"),
        Output(ids.UPLOAD, "contents"),
        Input(ids.UPLOAD, "contents"),
        Input(ids.ADDRESS_READ, "n_clicks"),
        State(ids.UPLOAD, "filename"),
        State(ids.ADDRESS, "value"),
        prevent_initial_call=True,
    )
    def begin(contents: list[str] | None, clicks: int | None, names: list[str] | None, address: str | None) -> Any:
        if not contents and not clicks:
            raise PreventUpdate
        try:
            check_may_read()
            key = intakes.files(contents, names or []) if contents else intakes.address(address or "")
        except TrackerError as error:
            return None, True, html.P(f"{wording.sentence(str(error))}.", className="wrong"), True, "", None
        return key, False, html.P("Reading …", className="note"), True, "", None

    @app.callback(
        Output(ids.TAKEN_IN, "children", allow_duplicate=True),
        Output(ids.LOOK, "disabled", allow_duplicate=True),
        Output(ids.TAKE_IN, "disabled", allow_duplicate=True),
        Input(ids.LOOK, "n_intervals"),
        State(ids.INTAKE, "data"),
        prevent_initial_call=True,
    )
    def look(_turns: int, key: str | None) -> tuple[Any, ...]:
        return looked(intakes, key, lambda intake: (found(intake), bool(intake.entries or intake.tables)))

    _register_keeping(app, data, intakes)


def _register_keeping(app: Dash, data: Data, intakes: Readings) -> None:
    @app.callback(
        Output(ids.TAKEN, "children", allow_duplicate=True),
        Output(ids.REVISION, "data", allow_duplicate=True),
        Output(ids.TAKE_IN, "disabled", allow_duplicate=True),
        Input(ids.TAKE_IN, "n_clicks"),
        State(ids.INTAKE, "data"),
        prevent_initial_call=True,
    )
    def keep(clicks: int | None, key: str | None) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        try:
            check_may_read()
            read = intakes.look(key)
            counts = intakes.keep(key)
        except TrackerError as error:
            return f"Not added: {error}", no_update, True
        return [kept(counts), *reading.links(read, data)], data.snapshot().revision, True


def found(intake: Intake) -> list[Any]:
    """Return the results: counts, problems, and the articles with their figures marked."""
    articles, figures = len(intake.entries), intake.figures
    said = f"{articles:,} article{_s(articles)} with {figures:,} figure{_s(figures)} in {intake.given}."
    parts: list[Any] = [html.P(html.Strong(said))]
    for table in intake.tables:
        number = len(table.figures)
        parts.append(html.P(f"{table.path} is a table of {number:,} figure{_s(number)}, which are taken as they are."))
    parts += [html.P(one, className="wrong") for one in intake.problems[:NAMED]]
    if intake.failed > NAMED:
        parts.append(html.P(f"and {intake.failed - NAMED:,} more that could not be read", className="wrong"))
    if intake.ended:
        parts.append(html.P(f"{wording.sentence(intake.ended)}.", className="wrong"))
    parts += [html.P(one, className="note") for one in intake.notes[:NAMED]]
    for place, (article, found_in) in enumerate(shown_first(intake, SHOWN)):
        title = article.title or article.id
        summary = html.Summary(f"{title} – {len(found_in)} figure{_s(len(found_in))}")
        shown = reading.found(article, found_in, MAX_FIGURES, MAX_LENGTH)
        parts.append(html.Details([summary, *shown], open=place == 0))
    if articles > SHOWN:
        parts.append(html.P(f"and {articles - SHOWN:,} more articles", className="note"))
    return parts


def kept(counts: Counter[str]) -> str:
    """Describe what was stored."""
    articles = [f"{counts[name]:,} {said}" for name, said in SAID.items() if counts[name]]
    rows = [f"{counts[f'figures {name}']:,} {said}" for name, said in SAID.items() if counts[f"figures {name}"]]
    parts = ["Articles: " + ", ".join(articles)] if articles else []
    parts += ["Figures of tables: " + ", ".join(rows)] if rows else []
    return ". ".join(parts) + "." if parts else "There was nothing to add."


def _s(number: int) -> str:
    return "" if number == 1 else "s"
