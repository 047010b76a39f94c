"""The filters. The address keeps them, so reload, back and forward restore what was in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.look import ids
from dashboard.panels.controls import POPOVER, folded
from dashboard.view.data import Data
from dashboard.view.filter_choices import choices
from dashboard.view.query import ALL as EVERY
from dashboard.view.query import View, day_of, parse, search
from tracker.timelines.filters import Filters

CONTROLS = (ids.CONFLICT, ids.MORE, ids.OUTCOME, ids.SOURCE, ids.SCOPE, ids.SINCE, ids.UNTIL)
LISTS = (ids.CONFLICT, ids.MORE, ids.OUTCOME, ids.SOURCE, ids.SCOPE)
DAYS = {ids.SINCE: False, ids.UNTIL: True}
"""The controls of days, and whether a month or year stands for its last day."""

NO_DAY = "A year, month or day: 2013, 2013-05, 2013-05-14"


def layout() -> html.Div:
    """The row of filters, empty until the address is read. What is needed seldom is folded."""
    seldom = [
        _several(ids.MORE, "Also show these conflicts", "No other conflict"),
        _several(ids.SOURCE, "Source", "All sources"),
        _several(ids.SCOPE, "Totals or incidents", "Everything"),
        html.Div([_day(ids.SINCE, "From"), _day(ids.UNTIL, "To")], className="days"),
    ]
    return html.Div(
        [
            _conflict(),
            _several(ids.OUTCOME, "Outcome", "All outcomes"),
            folded("More filters", seldom),
            dmc.Button("Reset", id=ids.RESET, variant="subtle", size="sm", className="reset plain"),
        ],
        className="filters",
        role="search",
    )


def register(app: Dash, data: Data) -> None:
    """Keep the controls, the address and the view in step."""

    @app.callback(
        Output(ids.URL, "search"),  # these two first: dashboard/assets/connection.js knows the callback by them
        Output(ids.VIEW, "data"),
        *(Output(control, "value") for control in CONTROLS),
        *(Output(control, "error") for control in DAYS),
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
        named = [one["id"]["option"] for one in ctx.outputs_list[-1]]
        moved = {str(one["prop_id"]) for one in ctx.triggered}
        # Until the address is read once, the controls are still empty and mean nothing. Nobody moves two at once: the
        # options of a page that has just come do, while the controls are still those of the page before.
        still_empty = known is None or sum(one.endswith(".value") for one in moved) > 1
        moved_by = ids.URL if still_empty else ctx.triggered_id
        wrong = [_error(moved_by, name, value) for name, value in zip(CONTROLS, values, strict=True) if name in DAYS]
        if any(wrong):
            return (*[no_update] * (2 + len(CONTROLS)), *wrong, [no_update] * len(named))
        chosen = dict(zip(named, options, strict=True))
        if moved_by == ids.RESET:
            view = View(default)
        elif known is None:
            view = _clicked_early(view, chosen) if any("option" in one for one in moved) else view
        elif moved_by in CONTROLS or (isinstance(moved_by, dict) and ctx.triggered[0]["value"] is not None):
            view = _chosen(view, values, chosen)
        shown = [view.option(name) for name in named]
        # where the reader goes back or forward, an earlier answer may change what the page showed when it asked
        updated = _told if moved == {f"{ids.URL}.search"} else _changed
        return (
            _changed(search(view, default), address or ""),
            updated(search(view, data.snapshot().default), known),
            *(updated(new, old) for new, old in zip(control_values(view), values, strict=True)),
            *wrong,
            [updated(new, old) for new, old in zip(shown, options, strict=True)],
        )

    _register_lists(app, data)


def _register_lists(app: Dash, data: Data) -> None:
    """Offer what there is to choose."""

    @app.callback(
        *(Output(control, "data") for control in LISTS),
        Input(ids.VIEW, "data"),
        Input(ids.REVISION, "data"),
    )
    def offer(address: str | None, _revision: int) -> tuple[list[Any], ...]:
        return data.rendered("choices", address, make=lambda: choices(data, data.view(address).filters))


def _chosen(view: View, values: Sequence[Any], options: dict[str, str | None]) -> View:
    """The view with all that the controls show: the address may not know yet of one that was moved just before."""
    return replace(view, filters=chosen_filters(view.filters, values)).having(**options)


def _clicked_early(view: View, options: dict[str, str | None]) -> View:
    """The view of the address with the options of the page, which begin as the address has them: a click on one holds,
    even if it comes before a busy server has answered anything.
    """
    return view.having(**{name: value for name, value in options.items() if value is not None})


def chosen_filters(filters: Filters, values: Sequence[Any]) -> Filters:
    """The filters with the values of the controls. Filters without a control stay as they are."""
    chosen = dict(zip(CONTROLS, values, strict=True))
    outcome, source, scope = (tuple(chosen[name] or ()) for name in (ids.OUTCOME, ids.SOURCE, ids.SCOPE))
    first = chosen[ids.CONFLICT]
    conflicts = tuple(dict.fromkeys((first, *(chosen[ids.MORE] or ())))) if first and first != EVERY else ()
    since, until = (day_of(chosen[name] or "", last=last) for name, last in DAYS.items())
    return replace(filters, conflict=conflicts, outcome=outcome, source=source, scope=scope, since=since, until=until)


def control_values(view: View) -> list[Any]:
    """The values of CONTROLS for a view."""
    chosen = view.filters
    conflicts = [str(one) for one in chosen.conflict] or [EVERY]
    lists = [[str(one) for one in values] for values in (chosen.outcome, chosen.source, chosen.scope)]
    return [conflicts[0], conflicts[1:], *lists, chosen.since or "", chosen.until or ""]


def _error(moved_by: Any, control: str, text: str | None) -> str:
    """What is wrong with a day that was typed; "" if nothing is, or if nobody has typed in this control."""
    is_wrong = control == moved_by and text and day_of(text, last=DAYS[control]) is None
    return NO_DAY if is_wrong else ""


def _changed(new: Any, old: Any) -> Any:
    """The new value, or `no_update` if it is the old one, so that no further callback runs."""
    return no_update if new == old or (not new and not old and old is not None) else new


def _told(new: Any, _old: Any) -> Any:
    """The new value, whatever the old one was."""
    return new


def _conflict() -> dmc.Select:
    """One conflict: another choice replaces it. What is typed is searched, and Enter takes the first one found."""
    return dmc.Select(
        id=ids.CONFLICT,
        label="Conflict",
        data=[{"value": EVERY, "label": "All conflicts"}],
        value=EVERY,
        searchable=True,
        allowDeselect=False,
        selectFirstOptionOnChange=True,
        nothingFoundMessage="No conflict with this name",
        comboboxProps=POPOVER,
        className="choice conflict",
    )


def _several(control: str, label: str, nothing: str) -> dmc.MultiSelect:
    return dmc.MultiSelect(
        id=control,
        label=label,
        placeholder=nothing,
        data=[],
        value=[],  # otherwise the component sets this itself, which looks like a choice of the user
        searchable=control in (ids.MORE, ids.SOURCE),
        clearable=control == ids.SOURCE,
        selectFirstOptionOnChange=True,
        hidePickedOptions=True,
        nothingFoundMessage="Nothing with this name",
        comboboxProps=POPOVER,
        className="choice",
    )


def _day(control: str, label: str) -> dmc.TextInput:
    """A day that is typed; a year or month is enough."""
    return dmc.TextInput(
        id=control, label=label, placeholder="2013 or 2013-05-14", value="", error="", debounce=800, className="day"
    )
