"""The columns of the table of figures: definitions for the grid, which are shown, and the rows for the browser."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.look import wording
from dashboard.look.headings import COUNTED, heading
from dashboard.look.who import everyone
from dashboard.view.column_filters import NUMBER_TESTS, TEXT_TESTS, is_number
from tracker.knowledge.standing_counts import EVERYONE
from tracker.timelines.areas import Areas
from tracker.timelines.counting import peoples
from tracker.timelines.schema import SCHEMA

CODED = ("qualifier", "victim_group", "source_type", "scope", "date_precision", "status", "cause")
"""Columns of words of the exchange format, shown as English: "at least"."""

WIDTHS = {
    "date": 118,
    "figure": 160,
    "value": 112,
    "outcome": 128,
    "qualifier": 128,
    "source_name": 200,
    "quote": 460,
    "title": 300,
}
SHOWN = "date figure value qualifier outcome counted victims source_name place scope publisher status quote".split()
"""The columns shown by default."""

OFFERED = [name for name in SHOWN if name != "quote"] + [
    "quote",
    *(name for name in SCHEMA if name not in SHOWN and name not in ("field", "start", "end", "language", "url")),
]
"""All columns of the table, in order."""


def shown(option: str) -> list[str]:
    """The columns that an address names; SHOWN if it names none."""
    named = [name for name in option.split(",") if name in OFFERED]
    return named or SHOWN


def definitions(option: str, sort: str) -> list[dict[str, Any]]:
    """The columns as the grid takes them, sorted as the address says."""
    return [_definition(name, name in shown(option), sort) for name in OFFERED]


def _definition(name: str, is_shown: bool, sort: str) -> dict[str, Any]:
    if name == COUNTED:
        column = {"field": name, "headerName": heading(name), "width": 150, "hide": not is_shown, "sortable": False}
        return column | {"cellDataType": "text", "filter": False, "headerTooltip": "Group and nation of the victims"}
    number = is_number(name)
    tests = NUMBER_TESTS if number else TEXT_TESTS
    column = {
        "field": name,
        "headerName": heading(name),
        "width": WIDTHS.get(name, 140),
        "hide": not is_shown,
        # for the grid every cell is text or a number: it guesses no type and runs no formula
        "cellDataType": "number" if number else "text",
        "filter": "agNumberColumnFilter" if number else "agTextColumnFilter",
        "filterParams": {"filterOptions": list(tests), "maxNumConditions": 1, "debounceMs": 300},
        "headerTooltip": SCHEMA[name].meaning,
    }
    if number:
        column["type"] = "rightAligned"
        if name != "confidence":
            column["valueFormatter"] = {"function": "params.value == null ? '' : d3.format(',')(params.value)"}
    elif name in CODED:
        column["valueFormatter"] = {"function": "params.value == null ? '' : params.value.split('_').join(' ')"}
    if name in ("quote", "figure", "source_name", "title", "victims"):
        column["tooltipField"] = name
    if sort.removeprefix("-") == name:
        column["sort"] = "desc" if sort.startswith("-") else "asc"
    return column


def rows(table: pd.DataFrame, areas: Areas) -> list[dict[str, Any]]:
    """The rows as the grid takes them: plain values, None for what is missing. `areas`: those of the whole store."""
    nations = peoples(table, areas)
    groups = table["victim_group"].fillna("").replace("unspecified", EVERYONE)
    counted = [
        everyone(f"{group} ({nation})" if nation else group) for group, nation in zip(groups, nations, strict=True)
    ]
    named = table["source_name"].map(wording.source, na_action=None)
    shown_rows = table.assign(source_name=named, **{COUNTED: pd.Series(counted, index=table.index, dtype="str")})
    shown_rows = shown_rows.loc[:, OFFERED]
    plain = shown_rows.astype(object).where(shown_rows.notna(), None)
    return plain.to_dict("records")  # type: ignore[return-value]
