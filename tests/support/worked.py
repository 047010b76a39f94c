"""Worked cases as tables that a researcher can read: rows of figures in, rows of what is made of them out.

A table is text: a line of column names, then one line per row, cells set apart by "|"; "-" is an empty cell.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from made_figures import figure

from tracker.knowledge import load_convention
from tracker.model import COLUMNS, Figure
from tracker.timelines.areas import load_areas
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import frame

AREAS = load_areas()

NUMBERS = ("value", "low", "best", "high", "start")
SHORT = {
    "id": "figure_id",
    "article": "article_id",
    "source": "source_name",
    "said": "qualifier",
    "group": "victim_group",
}


def rows(text: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries: column name to cell, None for "-"."""
    head, *lines = [line for line in text.strip().splitlines() if line.strip()]
    names = [SHORT.get(name, name) for name in cells(head)]
    return [dict(zip(names, map(read, cells(line)), strict=True)) for line in lines]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def read(cell: str) -> str | None:
    return None if cell == "-" else cell


def figures(text: str) -> list[Figure]:
    """The figures of a table: what a column does not say is as in FIGURE, but each in an article of its own."""
    return [_figure(at, row) for at, row in enumerate(rows(text))]


def _figure(at: int, row: dict[str, Any]) -> Figure:
    row = {name: int(cell) if name in NUMBERS and cell is not None else cell for name, cell in row.items()}
    day = row.get("date")
    given = {
        "figure_id": f"f{at}",
        "article_id": f"a{at}",
        "qualifier": "exact",
        "place": None,
        "published": day or "2012-03-26",
        "date_precision": {4: "year", 7: "month", 10: "day"}[len(day)] if day else None,
        "figure": str(row.get("value")),
    } | row
    assert set(given) <= set(COLUMNS), set(given) - set(COLUMNS)
    return figure(given.pop("figure_id"), **given)


def claims_of(text: str, copies: dict[str, str] | None = None, convention: str = "ucdp") -> pd.DataFrame:
    """The claims of a table of figures."""
    return claims(bounded(frame(figures(text)), load_convention(convention)), AREAS, copies)


def check(found: pd.DataFrame, expected: str) -> None:
    """The found rows, in the columns of the expected table, are its rows in its order."""
    wanted = rows(expected)
    names = list(wanted[0]) if wanted else []
    shown = found.loc[:, names].astype(object)
    got = [{name: shown_as(row[name]) for name in names} for row in shown.to_dict("records")]
    assert got == wanted, "\n".join(" | ".join(str(cell) for cell in row.values()) for row in got)


def shown_as(value: object) -> str | None:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if pd.isna(value) or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()[:10]
    return f"{value:g}" if isinstance(value, float) else str(value)
