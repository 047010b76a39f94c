"""The parameters of the API: one table, used to parse queries and to write the OpenAPI description."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from dashboard.view import column_filters
from dashboard.view.query import ALL, STATUSES, WORD_LISTS
from dashboard.view.selection import KEPT, Selection
from tracker.knowledge import convention_ids
from tracker.model import Cause, Outcome, Scope, TrackerError
from tracker.timelines.filters import Filters, check_date
from tracker.timelines.schema import SCHEMA

MAX_LENGTH = 2000  # characters per value
MAX_VALUES = 200
MAX_ROWS = 2**31


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its meaning, the allowed words, and whether it may be repeated.

    `views`: the tables that it applies to; () for all.
    """

    name: str
    meaning: str
    words: tuple[str, ...] = ()
    several: bool = False
    kind: str = "string"
    views: tuple[str, ...] = ()
    check: Callable[[str], object] | None = None


def _words(name: str, meaning: str, known: type[StrEnum] | None = None) -> Parameter:
    words = (*known, ALL) if known else ()
    return Parameter(name, meaning, tuple(str(one) for one in words), several=True)


FIGURES = ("figures",)
PARAMETERS: dict[str, Parameter] = {
    one.name: one
    for one in (
        _words("conflict", "id in the registry of conflicts, such as syria; all where none is named"),
        _words("outcome", "what happened to the people counted", Outcome),
        _words("source", "normalised name or type of a source"),
        _words("scope", "one event, a stated period or a running total", Scope),
        _words("country", "ISO 3166-1 alpha-3, such as SYR"),
        _words("cause", "what harmed them; conflict where none is named", Cause),
        _words("publisher", "who printed it"),
        Parameter("since", "first day, month or year (ISO), included", check=check_date),
        Parameter("until", "last day, month or year (ISO), included", check=check_date),
        Parameter("convention", "by which low, best and high are made", words=convention_ids()),
        Parameter("find", "words that stand in the quote; of the last one the beginning is enough", views=FIGURES),
        Parameter("status", f"where a figure stands in review; {KEPT}: all but rejected", STATUSES, views=FIGURES),
        Parameter(
            "sort",
            "column to sort by, a minus before it for the highest first; timeline order where none is named",
            (*SCHEMA, *(f"-{name}" for name in SCHEMA)),
            views=FIGURES,
        ),
        Parameter(
            "where",
            'what stands in columns, as JSON: [["place","contains","homs"],["value","greaterThanOrEqual","100"]]',
            views=FIGURES,
            check=column_filters.parse,
        ),
        Parameter("limit", "how many rows at most", kind="integer", views=FIGURES),
        Parameter("offset", "how many rows to leave out before the first", kind="integer", views=FIGURES),
        Parameter("on", "the date on which sources are laid side by side; the last one where none is named",
                  views=("says",), check=check_date),
    )
}  # fmt: skip
"""By name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed query. `asked`: filters and order. `convention`: "" for the default."""

    asked: Selection
    convention: str = ""
    limit: int | None = None
    offset: int = 0
    on: str | None = None


def of_view(view: str) -> list[Parameter]:
    """Return the parameters of a table."""
    return [one for one in PARAMETERS.values() if not one.views or view in one.views]


def read(view: str, given: Mapping[str, Sequence[str]]) -> Question:
    """Parse the query of an address. Raises TrackerError with the wrong parameter and its allowed values."""
    known = {one.name: one for one in of_view(view)}
    for name, values in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f": it takes {', '.join(known)}"
            raise TrackerError(f"{view} has no parameter {name[:MAX_LENGTH]!r}{hint}")
        _check(known[name], values)
    one = {name: values[0] for name, values in given.items()}
    lists = {name: _listed(given[name]) for name, known_one in known.items() if known_one.several and name in given}
    filters = Filters(**lists, since=one.get("since"), until=one.get("until"))
    asked = Selection(filters, one.get("find", ""), one.get("status", KEPT), one.get("sort", ""))
    asked = replace(asked, where=column_filters.parse(one.get("where", "")))
    limit = int(one["limit"]) if "limit" in one else None
    return Question(asked, one.get("convention", ""), limit, int(one.get("offset", 0)), one.get("on"))


def address(asked: Selection, convention: str = "") -> str:
    """Return the query as a complete query string, without defaults that could change later."""
    filters = asked.filters
    pairs = [(name, str(one)) for name in WORD_LISTS for one in getattr(filters, name)]
    pairs += [] if filters.cause else [("cause", ALL)]
    single = {"since": filters.since, "until": filters.until, "convention": convention, "find": asked.find}
    single |= {"sort": asked.sort, "where": column_filters.to_text(asked.where)}
    single |= {"status": asked.status} if asked.status != KEPT else {}
    return urlencode(pairs + [(name, said) for name, said in single.items() if said])


def _check(parameter: Parameter, values: Sequence[str]) -> None:
    if len(values) > (MAX_VALUES if parameter.several else 1):
        raise TrackerError(f"{parameter.name} stands there {len(values)} times")
    for value in values:
        if len(value) > MAX_LENGTH or "\x00" in value:
            raise TrackerError(f"{parameter.name} is longer than {MAX_LENGTH} characters, or no text")
        if parameter.words and value.casefold() not in parameter.words:
            shown = ", ".join(parameter.words[:12]) + (" …" if len(parameter.words) > 12 else "")
            raise TrackerError(f"{parameter.name}: {value!r} is none of {shown}")
        if parameter.kind == "integer" and not (value.isascii() and value.isdigit() and int(value[:12]) < MAX_ROWS):
            raise TrackerError(f"{parameter.name}: {value!r} is no whole number")
        if parameter.check:
            try:
                parameter.check(value)
            except TrackerError as error:
                raise TrackerError(f"{parameter.name}: {error}") from error


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    return () if ALL in values else tuple(dict.fromkeys(values))


def schema_of(parameter: Parameter) -> dict[str, Any]:
    """Return the parameter in OpenAPI form."""
    inner: dict[str, Any] = {"type": parameter.kind}
    if parameter.words:
        inner["enum"] = list(parameter.words)
    if parameter.kind == "integer":
        inner["minimum"] = 0
    if parameter.check is check_date:
        inner |= {"pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "examples": ["2012-03"]}
    schema = {"type": "array", "items": inner} if parameter.several else inner
    described = {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": schema}
    return described | ({"style": "form", "explode": True} if parameter.several else {})
