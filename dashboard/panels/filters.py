"""The filters. The address keeps them, so reload, back and forward restore what was in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.look import ids, wording
from dashboard.view.data import Data
from dashboard.view.query import OUTCOME_WORDS, SCOPE_WORDS, View, parse, search
from tracker.timelines.filters import Filters

CONTROLS = (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE, ids.SINCE, ids.UNTIL)
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
            dmc.Button("Reset", id=ids.RESET, variant="subtle", size="sm", className="reset plain"),
        ],
        className="filters",
        role="search",
    )


def register(app: Dash, data: Data) -> None:
    """Keep the controls, the address and the view in step."""

    @app.callback(
        Output(ids.URL, "search"),
        Output(ids.VIEW, "data"),
        *(Output(control, "value") for control in CONTROLS),
        Output({"option": ALL}, "value"),
        State(ids.VIEW, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        Input(ids.RESET, "n_clicks"),
        *(Input(control, "value") for control in CONTROLS),
        Input({"option": ALL}, "value"),
    )
    def keep_together(*arguments: Any) -> tuple[Any, ...]:
        known, path, address, _, *values, options = arguments
        default = data.default(path)
        view = parse(address, default)
        # until the address is read once, the controls are still empty and mean nothing
        moved_by = ctx.triggered_id if known is not None else ids.URL
        if sum(str(one["prop_id"]).removesuffix(".value") in CONTROLS for one in ctx.triggered) > 1:
            moved_by = ids.URL  # nobody moves two at once: these controls are being drawn and are still empty
        if moved_by == ids.RESET:
            view = View(default)
        elif moved_by in CONTROLS:
            view = replace(view, filters=_chosen(view.filters, values))
        elif isinstance(moved_by, dict) and ctx.triggered[0]["value"] is not None:
            view = view.having(**{moved_by["option"]: ctx.triggered[0]["value"]})
        shown = [view.option(one["id"]["option"]) for one in ctx.outputs_list[-1]]
        return (
            _changed(search(view, default), address or ""),
            _changed(search(view, data.snapshot().default), known),
            *(_changed(new, old) for new, old in zip(_values(view), values, strict=True)),
            [_changed(new, old) for new, old in zip(shown, options, strict=True)],
        )

    @app.callback(
        *(Output(control, "data") for control in (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE)),
        Input(ids.VIEW, "data"),
        Input(ids.REVISION, "data"),
    )
    def offer(address: str | None, _revision: int) -> tuple[list[Any], ...]:
        return data.rendered("choices", address, make=lambda: options(data, data.view(address).filters))


def options(data: Data, chosen: Filters) -> tuple[list[Any], ...]:
    """The choices of conflict, outcome, source and scope. Only sources of the chosen conflicts are offered."""
    table = data.snapshot().table
    conflicts = [*dict.fromkeys([*table["conflict"].dropna().value_counts().index, *chosen.conflict])]
    outcomes = [one for one in OUTCOME_WORDS if one in {*table["outcome"], *chosen.outcome}]
    within = table[table["conflict"].isin(chosen.conflict)] if chosen.conflict else table
    known = {*within["source_name"].dropna()}
    types = {*within["source_type"]}
    unknown = sorted(one for one in chosen.source if one not in known | types)
    sources = [
        {
            "group": "Kinds of source",
            "items": [_item(one, wording.SOURCE_TYPES.get(one, one)) for one in sorted(types)],
        },
        {
            "group": "Sources",
            "items": [
                _item(one, wording.source(one))
                for one in sorted({*known, *unknown}, key=str.casefold)
                if one not in types
            ],
        },
    ]
    return (
        [_item(one, wording.conflict(one, data.names)) for one in conflicts],
        [_item(one, one.capitalize()) for one in outcomes],
        sources,
        [_item(scope, name.capitalize()) for scope, name in SCOPE_WORDS.items()],
    )


def _chosen(filters: Filters, values: Sequence[Any]) -> Filters:
    """The filters with the values of the controls. Filters without a control stay as they are."""
    chosen = dict(zip(CONTROLS, values, strict=True))
    lists = {name: tuple(chosen[name] or ()) for name in (ids.CONFLICT, ids.OUTCOME, ids.SOURCE, ids.SCOPE)}
    return replace(filters, **lists, since=chosen[ids.SINCE] or None, until=chosen[ids.UNTIL] or None)


def _values(view: View) -> list[Any]:
    chosen = view.filters
    lists = [[str(one) for one in values] for values in (chosen.conflict, chosen.outcome, chosen.source, chosen.scope)]
    return [*lists, chosen.since, chosen.until]


def _changed(new: Any, old: Any) -> Any:
    """The new value, or `no_update` if it is the old one, so that no further callback runs."""
    return no_update if new == old or (not new and not old and old is not None) else new


def _item(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}


def _choice(control: str, label: str, nothing: str) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=control,
        label=label,
        placeholder=nothing,
        data=[],
        value=[],  # otherwise the component sets this itself, which looks like a choice of the user
        searchable=control in (ids.CONFLICT, ids.SOURCE),
        clearable=control == ids.SOURCE,
        hidePickedOptions=True,
        nothingFoundMessage="Nothing with this name",
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
