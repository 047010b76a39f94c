"""The filters, and the address that keeps them: reload, back and forward restore what was in view."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, html

from dashboard import ids, words
from dashboard.data import Data
from dashboard.query import OUTCOME_WORDS, SCOPE_WORDS, View, parse, search
from tracker.timelines.filters import Filters

CONTROLS = (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE, ids.SINCE, ids.UNTIL, ids.SCALE)
LINEAR, LOG = "linear", "log"
POPOVER = {"transitionProps": {"duration": 0}, "shadow": "md"}


def layout() -> html.Div:
    """The row of filters, empty until the address is read."""
    return html.Div(
        [
            _choice(ids.CONFLICT, "Conflict", "All conflicts"),
            _choice(ids.OUTCOME, "Outcome", "All outcomes"),
            _choice(ids.SOURCE, "Source", "All sources"),
            _choice(ids.SCOPE, "Scope", "All scopes"),
            _day(ids.SINCE, "From", "first day"),
            _day(ids.UNTIL, "To", "last day"),
            dmc.Button("Reset", id=ids.RESET, variant="subtle", size="sm", className="reset"),
        ],
        className="filters",
        role="search",
    )


def scale_switch() -> dmc.SegmentedControl:
    """Linear or logarithmic axis; it stands with the chart, and in the address like a filter."""
    choices = [{"value": LINEAR, "label": "Linear"}, {"value": LOG, "label": "Log"}]
    return dmc.SegmentedControl(id=ids.SCALE, data=choices, value=LINEAR, size="xs")


def register(app: Dash, data: Data) -> None:
    """Keep the controls, the address and the view the same thing."""

    @app.callback(
        Output(ids.URL, "search"),
        *(Output(control, "value") for control in CONTROLS),
        Output(ids.VIEW, "data"),
        State(ids.VIEW, "data"),
        Input(ids.URL, "search"),
        Input(ids.RESET, "n_clicks"),
        *(Input(control, "value") for control in CONTROLS),
    )
    def keep_together(known: str | None, address: str | None, _reset: int | None, *values: Any) -> tuple[Any, ...]:
        default = data.snapshot().default
        # until the address is read once, the controls say nothing: they are still empty
        moved_by = ctx.triggered_id if known is not None else ids.URL
        if moved_by == ids.RESET:
            view = View(default)
        elif moved_by in CONTROLS:
            view = _chosen(parse(address, default), values)
        else:
            view = parse(address, default)
        wanted = search(view, default)
        return wanted, *_values(view), wanted

    @app.callback(
        *(Output(control, "data") for control in (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE)),
        Input(ids.VIEW, "data"),
        Input(ids.REVISION, "data"),
    )
    def offer(address: str | None, _revision: int) -> tuple[list[Any], ...]:
        return options(data, data.view(address).filters)


def options(data: Data, chosen: Filters) -> tuple[list[Any], ...]:
    """What conflict, outcome, source and scope can be chosen from; sources are those of the chosen conflicts."""
    table = data.snapshot().table
    conflicts = [*dict.fromkeys([*table["conflict"].dropna().value_counts().index, *chosen.conflict])]
    outcomes = [one for one in OUTCOME_WORDS if one in {*table["outcome"], *chosen.outcome}]
    within = table[table["conflict"].isin(chosen.conflict)] if chosen.conflict else table
    known = {*within["source_name"].dropna()}
    types = {*within["source_type"]}
    unknown = sorted(one for one in chosen.source if one not in known | types)
    sources = [
        {"group": "Kinds of source", "items": [_item(one, words.SOURCE_TYPES.get(one, one)) for one in sorted(types)]},
        {
            "group": "Sources",
            "items": [
                _item(one, words.source(one))
                for one in sorted({*known, *unknown}, key=str.casefold)
                if one not in types
            ],
        },
    ]
    return (
        [_item(one, words.conflict(one, data.names)) for one in conflicts],
        [_item(one, one.capitalize()) for one in outcomes],
        sources,
        [_item(scope, name.capitalize()) for scope, name in SCOPE_WORDS.items()],
    )


def _chosen(view: View, values: tuple[Any, ...]) -> View:
    """The view with what the controls say; filters without a control stay as the address has them."""
    said = dict(zip(CONTROLS, values, strict=True))
    kept = {name: getattr(view.filters, name) for name in ("country", "cause", "publisher")}
    lists = {name: tuple(said[name] or ()) for name in (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE)}
    return View(
        Filters(**kept, **lists, since=said[ids.SINCE] or None, until=said[ids.UNTIL] or None), said[ids.SCALE] == LOG
    )


def _values(view: View) -> list[Any]:
    chosen = view.filters
    lists = [[str(one) for one in values] for values in (chosen.conflict, chosen.outcome, chosen.source, chosen.scope)]
    return [*lists, chosen.since, chosen.until, LOG if view.log else LINEAR]


def _item(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}


def _choice(control: str, label: str, nothing: str) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=control,
        label=label,
        placeholder=nothing,
        data=[],
        searchable=control in (ids.CONFLICT, ids.SOURCE),
        clearable=control == ids.SOURCE,
        hidePickedOptions=True,
        nothingFoundMessage="Nothing of that name",
        comboboxProps=POPOVER,
        className="choice",
    )


def _day(control: str, label: str, nothing: str) -> dmc.DateInput:
    return dmc.DateInput(
        id=control,
        label=label,
        placeholder=nothing,
        valueFormat="YYYY-MM-DD",
        clearable=True,
        className="day",
        debounce=True,
    )
