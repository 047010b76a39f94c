"""Parsing of texts into a typed table of figures; each cell that cannot be parsed is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from tracker.model import COLUMNS
from tracker.timelines.checks import Problem, shown
from tracker.timelines.columns import typed
from tracker.timelines.schema import SCHEMA, UNLESS_STATED, Kind

Cells = Sequence[str | None]

# Spreadsheets sometimes write 9100 as "9100.0", and 0.9 as "0,9" where a comma is the decimal sign. Three zeros are
# ambiguous: "9,000" may mean nine thousand or nine, so it is refused.
WHOLE = re.compile(r"\s*([+-]?[0-9]{1,19})(?:[.,]0{1,2})?\s*", re.ASCII)
NUMBER = re.compile(r"\s*([+-]?[0-9]{1,19}(?:[.,][0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?)\s*", re.ASCII)
MOST = 2**63 - 1  # the largest number that a store and a typed table can hold

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parsed(texts: Mapping[str, Cells], rows: int) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed table (tracker.timelines.columns.typed) made of columns of texts, and the problems of its cells.

    All columns have `rows` cells. A cell that should be a number and is not becomes empty, and is one problem. A cell
    that is None or "" is missing. A column that is not given is missing in every row.
    """
    columns: dict[str, list[object]] = {}
    problems: list[Problem] = []
    for name in COLUMNS:
        cells = texts.get(name, [None] * rows)
        read = READ.get(SCHEMA[name].kind)
        if read is None:
            columns[name] = _texts(cells, "" if name in OFTEN_ABSENT else UNLESS_STATED.get(name))
        else:
            columns[name] = [read(cell) if cell and not cell.isspace() else None for cell in cells]
            problems += _unread(name, cells, columns[name])
    return typed(pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})), problems


OFTEN_ABSENT = ("publisher", "title", "url")
"""Columns in which an article has a text of no length where it has nothing (see tracker.model.Article)."""


def _texts(cells: Cells, otherwise: str | None) -> list[object]:
    """The texts. NUL and lone surrogates, which no store can hold, become U+FFFD."""
    return [UNSTORABLE.sub("\ufffd", cell) if cell else otherwise for cell in cells]


def _whole(cell: str) -> int | None:
    number = WHOLE.fullmatch(cell)
    value = int(number.group(1)) if number else None
    return value if value is not None and abs(value) <= MOST else None


def _number(cell: str) -> float | None:
    number = NUMBER.fullmatch(cell)
    return float(number.group(1).replace(",", ".")) if number else None


READ: dict[Kind, Callable[[str], int | float | None]] = {Kind.WHOLE: _whole, Kind.NUMBER: _number}
"""By kind of column: what reads a cell that is no text; None where it cannot."""


def _unread(name: str, cells: Cells, values: Sequence[object]) -> list[Problem]:
    pairs = enumerate(zip(cells, values, strict=True))
    wrong = ((row, cell) for row, (cell, value) in pairs if value is None and cell and not cell.isspace())
    return [Problem(row, name, f"{_what(name, cell)}: {shown(cell)}") for row, cell in wrong]


def _what(name: str, cell: str) -> str:
    if SCHEMA[name].kind is Kind.WHOLE and re.fullmatch(r"[+-]?[0-9]{19,}", cell, re.ASCII):
        return "is a number of more than 64 bits"
    return f"is no {SCHEMA[name].kind}"
