"""Conditions on columns of the table: as the filter model of the grid, as text in the address, and as a row mask."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracker.model import TrackerError
from tracker.timelines.schema import SCHEMA, Kind

TEXT_TESTS = {"contains": "contains", "equals": "is", "startsWith": "begins with", "blank": "is empty"}
NUMBER_TESTS = {
    "equals": "is",
    "greaterThanOrEqual": "is at least",
    "lessThanOrEqual": "is at most",
    "blank": "is empty",
}
"""The tests by their names in the grid, and in words."""

MOST = 20
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Condition:
    """A column, a test, and the value that it is tested against."""

    column: str
    test: str
    against: str = ""


def is_number(column: str) -> bool:
    """Whether the cells of a column are numbers."""
    return SCHEMA[column].kind in (Kind.WHOLE, Kind.NUMBER)


def of_grid(model: Mapping[str, Any] | None) -> tuple[Condition, ...]:
    """The conditions of the grid's filter model. Unknown ones are left out."""
    found = []
    for column, test in list((model or {}).items())[:MOST]:
        if isinstance(test, dict):
            one = _condition(column, test.get("type"), test.get("filter", ""))
            found += [one] if one else []
    return tuple(found)


def to_grid(conditions: Sequence[Condition]) -> dict[str, Any]:
    """The filter model of the grid for these conditions."""
    model: dict[str, Any] = {}
    for one in conditions:
        number = is_number(one.column)
        entry: dict[str, Any] = {"filterType": "number" if number else "text", "type": one.test}
        if one.test != "blank":
            entry["filter"] = float(one.against) if number else one.against
        model[one.column] = entry
    return model


def to_text(conditions: Sequence[Condition]) -> str:
    """The conditions as text for the address; empty if there are none."""
    if not conditions:
        return ""
    return json.dumps([[one.column, one.test, one.against] for one in conditions], separators=(",", ":"))


def parse(text: str) -> tuple[Condition, ...]:
    """The conditions in such a text. TrackerError if it is malformed."""
    if not text:
        return ()
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TrackerError("is not a list of conditions like " + _EXAMPLE) from error
    if not isinstance(read, list) or len(read) > MOST:
        raise TrackerError("is not a list of conditions like " + _EXAMPLE)
    found = [_condition(*one) if isinstance(one, list) and len(one) == 3 else None for one in read]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        raise TrackerError("has a condition of an unknown column or test; they are like " + _EXAMPLE)
    return tuple(known)


_EXAMPLE = '[["place","contains","homs"],["value","greaterThanOrEqual","100"]]'


def lenient(text: str) -> tuple[Condition, ...]:
    """The same, but a malformed text has no conditions."""
    try:
        return parse(text)
    except TrackerError:
        return ()


def _condition(column: object, test: object, against: object) -> Condition | None:
    if not isinstance(column, str) or column not in SCHEMA or not isinstance(test, str):
        return None
    if test not in (NUMBER_TESTS if is_number(column) else TEXT_TESTS):
        return None
    value = "" if against is None or test == "blank" else str(against)[:LONGEST]
    if is_number(column) and test != "blank":
        try:
            float(value)
        except ValueError:
            return None
    return Condition(column, test, value) if value or test == "blank" else None


def holds(table: pd.DataFrame, one: Condition) -> pd.Series[bool]:
    """The mask of the rows in which a condition holds. Case is ignored."""
    cells = table[one.column]
    if one.test == "blank":
        return cells.isna()
    if is_number(one.column):
        number = float(one.against)
        compared = {
            "equals": cells == number,
            "greaterThanOrEqual": cells >= number,
            "lessThanOrEqual": cells <= number,
        }
        return compared[one.test].fillna(False).astype(bool)
    lower, wanted = cells.str.lower(), one.against.lower()
    if one.test == "equals":
        return (lower == wanted).fillna(False).astype(bool)
    if one.test == "startsWith":
        return lower.str.startswith(wanted).fillna(False).astype(bool)
    return lower.str.contains(wanted, regex=False).fillna(False).astype(bool)
