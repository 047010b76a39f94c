"""The form in which a figure is corrected: one field for each column that a person may change."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.look import wording
from dashboard.look.headings import field
from dashboard.panels.controls import POPOVER
from dashboard.view.correction_form import FIELDS
from dashboard.view.data import Data
from tracker.timelines.schema import WORDS


def layout(data: Data) -> html.Div:
    """The empty form."""
    return html.Div([_field(name, data) for name in FIELDS], className="correction")


def _field(name: str, data: Data) -> Any:
    common: dict[str, Any] = {
        "id": {"correct": name},
        "label": field(name),
        "size": "xs",
        "value": "",
    }
    if name in WORDS:
        choices = [{"value": str(one), "label": wording.plain(str(one))} for one in WORDS[name]]
        clearable = name == "date_precision"
        return dmc.Select(
            **common, data=choices, allowDeselect=clearable, clearable=clearable, comboboxProps=POPOVER, searchable=True
        )
    if name == "conflict":
        known = [{"value": one, "label": name} for one, name in data.names.items()]
        return dmc.Select(**common, data=known, clearable=True, searchable=True, comboboxProps=POPOVER)
    return dmc.TextInput(**common)
