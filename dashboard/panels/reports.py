"""The other reports of the same claim: who else printed this number, when, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html

from dashboard.look import ids, wording
from dashboard.view.data import Data
from dashboard.view.query import View, in_words
from tracker.model import Figure, Status
from tracker.timelines.filters import Filters

MOST = 12
"""The most reports listed; a number that every paper prints has hundreds."""


def other_reports(data: Data, figure: Figure) -> list[Any]:
    """The number of reports of the claim, and the other reports, each with a button for its evidence."""
    claim = _claim(data, figure)
    if claim is None:
        return []
    same = data.figures_by_id([one for one in claim["figure_ids"] if one != figure.figure_id])
    if same.empty:
        return [html.P("No other article in the store makes this claim.", className="note")]
    rows = [_line(one, figure.figure_id) for one in same.head(MOST).to_dict("records")]
    more = [html.P(f"and {len(same) - MOST} more", className="note")] if len(same) > MOST else []
    articles, independent = int(claim["articles"]), int(claim["reports"])
    heading = f"The same claim: {articles} article{_s(articles)}, {independent} independent report{_s(independent)}"
    return [html.Section([html.H4(heading), html.Ul(rows, className="reports"), *more])]


def _line(one: Mapping[Any, Any], figure_id: str) -> html.Li:
    printed = f"{one['publisher'] or 'Publisher unknown'}, {in_words(one['published'])}"
    named: dict[str, Any] = {"aria-label": f"Evidence: {one['figure']}, {printed}"}
    read = html.Button("Read", id=ids.card(f"same-{figure_id}", one["figure_id"]), className="link", **named)
    return html.Li([html.Strong(one["figure"]), f" – {printed} – ", wording.headline(one["title"]), " ", read])


def _claim(data: Data, figure: Figure) -> Mapping[Any, Any] | None:
    """The claim that a figure belongs to; None if the figure was rejected."""
    if figure.status is Status.REJECTED:
        return None
    snapshot = data.snapshot()
    view = View(Filters(conflict=(figure.conflict or "",), cause=(figure.cause,)))
    key = ("claims", figure.conflict, figure.cause)
    claims, rows = data.cache.once(snapshot.revision, key, lambda: _by_figure(snapshot.tables.claims(view)))
    row = rows.get(figure.figure_id)
    found: Mapping[Any, Any] | None = None if row is None else claims.iloc[row].to_dict()
    return found


def _by_figure(claims: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """The claims, and the row of its claim for each figure id."""
    return claims, {one: row for row, ids_ in enumerate(claims["figure_ids"]) for one in ids_}


def _s(number: int) -> str:
    return "" if number == 1 else "s"
