"""The form in which a figure is corrected: one field for each column that a person may change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard import words
from dashboard.data import Data
from dashboard.panels.columns import heading
from tracker.model import Figure, Qualifier
from tracker.timelines.schema import WORDS

POPOVER = {"transitionProps": {"duration": 0}, "shadow": "md"}
FIELDS = (
    "value high qualifier outcome victims victim_group date date_precision period_start scope source source_name "
    "source_type place country conflict cause"
).split()
"""In the order of the form."""

LABELS = {"high": "Upper end of a range", "value": "Number"}


def layout(data: Data) -> html.Div:
    """The empty form."""
    return html.Div([_field(name, data) for name in FIELDS], className="correction")


def _field(name: str, data: Data) -> Any:
    common: dict[str, Any] = {
        "id": {"correct": name},
        "label": LABELS.get(name, heading(name)),
        "size": "xs",
        "value": "",
    }
    if name in WORDS:
        choices = [{"value": str(one), "label": words.plain(str(one))} for one in WORDS[name]]
        clearable = name == "date_precision"
        return dmc.Select(
            **common, data=choices, allowDeselect=clearable, clearable=clearable, comboboxProps=POPOVER, searchable=True
        )
    if name == "conflict":
        known = [{"value": one, "label": said} for one, said in data.names.items()]
        return dmc.Select(**common, data=known, clearable=True, searchable=True, comboboxProps=POPOVER)
    return dmc.TextInput(**common)


def texts(figure: Figure | None) -> dict[str, str]:
    """What the form shows of a figure."""
    if figure is None:
        return dict.fromkeys(FIELDS, "")
    shown = {name: getattr(figure, name) for name in FIELDS}
    if figure.qualifier is not Qualifier.RANGE:
        shown["high"] = None  # it follows from the rest
    return {name: "" if value is None else str(value) for name, value in shown.items()}


def changes(figure: Figure, said: Mapping[str, str | None]) -> dict[str, str]:
    """What the form says that the figure does not."""
    known = texts(figure)
    return {name: (text or "") for name, text in said.items() if (text or "").strip() != known[name]}
