"""The buttons that save the chart as a picture. The server makes the sheet, the browser draws and saves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html
from dash.exceptions import PreventUpdate

from dashboard.charts.picture import KEY, SHEETS, Words, file_name, picture
from dashboard.charts.time_axis import Span
from dashboard.charts.timeline import Content, panels_of, shown_at_first, span
from dashboard.look import ids, wording
from dashboard.panels.chart import chart_content, style
from dashboard.view.data import Data
from dashboard.view.first_sentence import first, sentence
from dashboard.view.query import View, in_words, phrase

KINDS = {
    "png-article": "PNG for an article",
    "svg-article": "SVG for an article",
    "png-social": "PNG for social media",
    "svg-social": "SVG for social media",
}
"""The pictures, by format and sheet, and what their buttons say."""

MOST_NAMED = 5
"""The most sources and publishers that the small print names."""


def layout() -> html.Div:
    """A button for each picture, and the choice of dark colours."""
    buttons = [dmc.Button(words, id={"picture": kind}, variant="default", size="sm") for kind, words in KINDS.items()]
    dark = dmc.Checkbox(id=ids.PICTURE_DARK, label="Dark colours", checked=False, size="sm", className="dark-picture")
    what = html.Span("The chart as a picture", className="files-of")
    return html.Div([what, *buttons, dark, dcc.Store(id=ids.PICTURE)], className="files")


def register(app: Dash, data: Data) -> None:
    """Make the picture that is asked for, and have the browser save it."""

    @app.callback(
        Output(ids.PICTURE, "data"),
        Input({"picture": ALL}, "n_clicks"),
        State(ids.PICTURE_DARK, "checked"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def make(clicks: list[int | None], dark: bool | None, address: str | None) -> dict[str, Any]:
        asked = ctx.triggered_id
        if address is None or not any(clicks) or not isinstance(asked, dict) or asked.get("picture") not in KINDS:
            raise PreventUpdate
        made = drawn(data, data.view(address), asked["picture"], dark=bool(dark))
        return made | {"clicks": sum(one or 0 for one in clicks)}

    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("figures", "picture"),
        Output(ids.PICTURED, "children"),
        Input(ids.PICTURE, "data"),
        prevent_initial_call=True,
    )


def drawn(data: Data, view: View, kind: str, *, dark: bool = False) -> dict[str, Any]:
    """The picture of a view: data, layout, format and the name of the file. It names no address of this server."""
    form, _, sheet = kind.partition("-")
    content = chart_content(view, data)
    made = picture(content, style(view), data.theme(view, {"dark": dark}), words(data, view, content), SHEETS[sheet])
    ends = _shown(view, content)
    name = file_name(
        view.filters.conflict, [str(one) for one in view.filters.outcome], ends[1] if ends else None, sheet
    )
    return made | {"format": form, "name": f"{name}.{form}"}


def _shown(view: View, content: Content) -> Span | None:
    """The first and the last day with a mark on the picture."""
    first, last = span(content) or (None, None)
    shown = style(view).span or shown_at_first(content, panels_of(content, style(view))[0])
    return (max(first, shown[0]), min(last, shown[1])) if first and last and shown else None


def words(data: Data, view: View, content: Content) -> Words:
    """The title (the sentence of the count that leads), what is in view, the key, the sources and the date."""
    found = first(content.series) if len(view.filters.conflict) == 1 else None
    about = phrase(view.filters, data.names)
    ends = _shown(view, content)
    notes = [KEY] if len(content.totals) else []
    bodies = [one.source for panel in panels_of(content, style(view))[0] for one in (*panel.coloured, *panel.grey)]
    notes.append(f"{_sources(data, content, bodies)} Nothing is verified or averaged.")
    if ends:
        notes.append(f"Latest report of {in_words(ends[1].date().isoformat())}. Made with Casualty Tracker.")
    return Words(sentence(found.leading) if found else about, about if found else "", notes)


def _sources(data: Data, content: Content, bodies: Sequence[str]) -> str:
    """Whose counts are drawn (`bodies`), and who printed them."""
    figure_ids = [one for table in (content.totals, content.incidents) for ids_ in table["figure_ids"] for one in ids_]
    papers = data.figures_by_id(figure_ids)["publisher"].dropna().value_counts().index.tolist()
    names = [wording.body(one) for one in dict.fromkeys(bodies)]
    told = f"Counts of {_some(names)}" if names else "Reports"
    return f"{told}, as printed by {_some(papers)}." if papers else f"{told}."


def _some(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown
