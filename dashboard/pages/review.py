"""The review page: the least certain figures one after another, decided by keys or buttons."""

from __future__ import annotations

import getpass
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update
from dash.exceptions import PreventUpdate

from dashboard.look import ids
from dashboard.panels import correction, evidence
from dashboard.panels.controls import menu
from dashboard.view import correction_form, review_queue
from dashboard.view.data import REVIEW, Data
from dashboard.view.query import View
from dashboard.view.review_queue import Position, Step
from tracker.review.review import Action

ACTS = (
    ("accept", "Accept", "A"),
    ("reject", "Reject", "R"),
    ("skip", "Skip", "S"),
    ("undo", "Undo", "U"),
)
ALL_ACTS = (*(act for act, _, _ in ACTS), Action.CORRECT.value)

QUEUES = [
    ("extracted", "Not reviewed"),
    ("kept", "All but rejected"),
    ("accepted", "Accepted"),
    ("corrected", "Corrected"),
    ("rejected", "Rejected"),
]


def layout(data: Data, search: str) -> list[Any]:
    """The figure under review, the buttons, and the form for corrections."""
    view = data.view_at(REVIEW, search)
    keys = dmc.Switch(id=ids.REVIEW_KEYS, label="Keyboard shortcuts", checked=True, size="xs", persistence=True)
    heading = html.Div([html.H1("Review"), html.Div(id=ids.REVIEW_PROGRESS, className="phrase")])
    return [
        html.Section(
            [
                html.Div(
                    [heading, html.Div([menu("queue", "Queue", QUEUES, view), keys], className="tools")],
                    className="panel-head",
                ),
                _acts(),
                html.P(id=ids.REVIEW_MESSAGE, className="said", role="status"),
                html.Div(id=ids.REVIEW_CARD, className="review-card"),
                html.H2("Correct the figure"),
                correction.layout(data),
                _note(),
                dcc.Store(id=ids.REVIEW_AT),
                dcc.Store(id=ids.REVIEW_VIEW),
            ],
            className="panel review",
        )
    ]


def _acts() -> html.Div:
    buttons = [
        dmc.Button([label, " ", html.Kbd(key)], id={"act": act}, variant="default", **{"aria-keyshortcuts": key})
        for act, label, key in ACTS
    ]
    who = dmc.TextInput(
        id=ids.REVIEWER, label="You are", value=_login(), size="xs", persistence=True, persistence_type="local"
    )
    return html.Div([*buttons, who], className="acts")


def _note() -> html.Div:
    note = dmc.Textarea(
        id=ids.REVIEW_NOTE,
        label=["Note ", html.Kbd("N")],
        placeholder="Why? Kept with the decision.",
        autosize=True,
        minRows=1,
        value="",
    )
    save = dmc.Button(
        ["Save the correction ", html.Kbd("Ctrl Enter")],
        id={"act": "correct"},
        className="action",
        **{"aria-keyshortcuts": "Control+Enter"},
    )
    hint = html.Span([html.Kbd("C"), " goes to the form, ", html.Kbd("Esc"), " leaves it."], className="note")
    return html.Div([note, save, hint], className="save")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def register(app: Dash, data: Data) -> None:
    """Carry out a decision, and show the next figure."""

    @app.callback(Output(ids.REVIEW_VIEW, "data"), Input(ids.VIEW, "data"), Input(ids.REVIEW_VIEW, "id"))
    def follow(address: str | None, _id: str) -> str:
        if address is None:
            raise PreventUpdate
        return address

    # every component is named on its own, so that this callback runs only while all of them are on the page
    @app.callback(
        Output(ids.REVIEW_CARD, "children"),
        Output(ids.REVIEW_NOTE, "value"),
        Output(ids.REVIEW_AT, "data"),
        Output(ids.REVIEW_MESSAGE, "children"),
        Output(ids.REVIEW_MESSAGE, "className"),
        Output(ids.REVIEW_PROGRESS, "children"),
        Output(ids.REVISION, "data", allow_duplicate=True),
        *(Output({"correct": name}, "value") for name in correction_form.FIELDS),
        *(Input({"act": act}, "n_clicks") for act in ALL_ACTS),
        Input(ids.REVIEW_VIEW, "data"),
        State(ids.REVIEW_AT, "data"),
        State(ids.REVIEW_NOTE, "value"),
        State(ids.REVIEWER, "value"),
        *(State({"correct": name}, "value") for name in correction_form.FIELDS),
        prevent_initial_call=True,
    )
    def turn(*arguments: Any) -> tuple[Any, ...]:
        address, kept, note, reviewer, *values = arguments[len(ALL_ACTS) :]
        if address is None:
            raise PreventUpdate
        view, at = data.view(address), Position.from_browser(kept)
        fields = dict(zip(correction_form.FIELDS, values, strict=True))
        if isinstance(ctx.triggered_id, dict) and ctx.triggered[0]["value"]:
            form = (fields, note or "", reviewer or "")
            return _shown(data, view, review_queue.step(data, view, at, ctx.triggered_id["act"], form))
        return _shown(data, view, review_queue.start(data, view, at))


def _shown(data: Data, view: View, turn: Step) -> tuple[Any, ...]:
    figure = review_queue.figure_of(data, turn.at.figure_id)
    texts = correction_form.texts(figure)
    done, total = review_queue.progress(data, view)
    return (
        evidence.evidence(data, [figure.figure_id]) if figure else html.P("Nothing is left in this queue."),
        no_update if turn.keeps_form else "",
        turn.at.to_browser(),
        turn.message,
        "said wrong" if turn.is_wrong else "said",
        _progress(done, total),
        data.snapshot().revision,
        *(no_update if turn.keeps_form else texts[name] for name in correction_form.FIELDS),
    )


def _progress(done: int, total: int) -> list[Any]:
    share = 100 * done / total if total else 100
    text = f"{done:,} of {total:,} figures in view are reviewed"
    return [text, dmc.Progress(value=share, size="sm", className="progress", **{"aria-label": text})]
