"""The decisions of people on a figure: who, when, before and after."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.look.headings import heading
from dashboard.view.data import Data
from dashboard.view.query import in_words
from tracker.model import Figure
from tracker.review.review import Action, Review, Reviews

ACTION_WORDS = {
    Action.ACCEPT: "accepted",
    Action.CORRECT: "corrected",
    Action.REJECT: "rejected",
    Action.UNDO: "undid the last decision",
}
FOLLOWS = ("low", "best", "high", "status", "conflict_reason")
"""Columns that follow from the others, so their changes are not listed."""


def decisions(data: Data, figure: Figure) -> list[Any]:
    """The decisions in order of time; empty if there are none."""
    made = Reviews(data.store).history(figure.figure_id)
    if not made:
        return []
    return [html.Section([html.H4("Reviews"), html.Ol([html.Li(line(one)) for one in made], className="history")])]


def line(one: Review) -> list[Any]:
    """One decision: who did what to which fields, when, and why."""
    when = f"{in_words(one.at[:10], short=True)}, {one.at[11:16]} UTC"
    parts: list[Any] = [html.Strong(one.reviewer), f" {ACTION_WORDS[one.action]} ", html.Span(when, className="note")]
    changes = [(name, *values) for name, values in one.changes.items() if name not in FOLLOWS]
    if changes:
        parts.append(html.Ul([html.Li(change(*said)) for said in changes]))
    if one.note:
        parts.append(html.Div(f"“{one.note}”", className="said"))
    return parts


def change(name: str, before: Any, after: Any) -> list[Any]:
    """A field with its old and its new value."""
    return [f"{heading(name)}: ", html.Del(_cell(before)), " → ", html.Ins(_cell(after))]


def _cell(value: Any) -> str:
    if value is None:
        return "empty"
    return f"{value:,}" if isinstance(value, int) else str(value)
