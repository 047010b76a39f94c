"""Checks the body of a callback request before Dash reads it. A body that no page of ours sends is answered with 400.

Dash itself trusts the body: what is missing or of another type would end in a traceback.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Request

from dashboard.view.query import OPTIONS

PATH = "/_dash-update-component"

MAX_ENTRIES = 10_000
"""Components that one wildcard may name."""

LONE = re.compile("[\ud800-\udfff]")
"""Half a character, as JSON can write it."""

Body = Mapping[str, Any]
Check = Callable[[Any], bool]


class MalformedBodyError(ValueError):
    """The body is none that a page of the dashboard sends. The message says what is wrong with it."""


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _is_words(value: Any) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _is_record(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _is_records(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, dict) for one in value))


def _is_span(value: Any) -> bool:
    return value is None or (isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value)))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_click(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and bool(value.get("points")) and _has_records(value, "points"))


def _is_rows_request(value: Any) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, dict)
        and all(_is_whole(value.get(name, 0)) for name in ("startRow", "endRow"))
        and _has_records(value, "sortModel")
        and _is_record(value.get("filterModel"))
    )


def _has_records(value: Mapping[str, Any], name: str) -> bool:
    found = value.get(name, [])
    return isinstance(found, list) and all(isinstance(one, dict) for one in found)


def _is_anything(_: Any) -> bool:
    return True


VALUES: dict[str, Check] = {
    "cellClicked": _is_record,
    "checked": _is_flag,
    "children": _is_anything,
    "clickData": _is_click,
    "contents": _is_words,
    "filename": _is_words,
    "getRowsRequest": _is_rows_request,
    "href": _is_text,
    "id": _is_anything,
    "max": _is_number,
    "min": _is_number,
    "n_clicks": _is_number,
    "n_intervals": _is_number,
    "pathname": _is_text,
    "relayoutData": _is_record,
    "search": _is_text,
    "selectedRows": _is_records,
    "value": _is_text,
}
"""By property of a component: what its value may be."""

VALUES_OF: dict[tuple[str, str], Check] = {
    ("page-name", "data"): _is_record,
    ("picture-sheet", "data"): _is_record,
    ("review-at", "data"): _is_record,
    ("revision", "data"): _is_number,
    ("screen", "data"): _is_record,
    ("span", "value"): _is_span,
    ("span-shown", "data"): _is_span,
    ("columns-chosen", "value"): _is_words,
    ("more-conflicts", "value"): _is_words,
    ("outcome", "value"): _is_words,
    ("source", "value"): _is_words,
    ("scope", "value"): _is_words,
}
"""By component and property, where a component differs from the others."""


def check_request(request: Request, known: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise MalformedBodyError if the body is none that our pages send. `known`: the callback map of the app."""
    if request.mimetype != "application/json":
        raise MalformedBodyError("it is not JSON")
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        raise MalformedBodyError("it is nested too deep") from None
    if not isinstance(body, dict):
        raise MalformedBodyError("it is no JSON object")
    check(body, known)
    if not _is_sound(body):
        raise MalformedBodyError("it holds half a character, or a number without end")


def check(body: Body, known: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise MalformedBodyError if the body does not fit the callback that it names."""
    output = body.get("output")
    callback = known.get(output) if isinstance(output, str) else None
    if callback is None or "callback" not in callback:
        raise MalformedBodyError("it names no callback")
    for kind in ("inputs", "state"):
        given = body.get(kind, [])
        if not isinstance(given, list) or len(given) != len(callback[kind]):
            raise MalformedBodyError(f"{kind} are not those of the callback")
        for entry, wanted in zip(given, callback[kind], strict=True):
            _check_entry(entry, wanted, VALUES_OF.get((wanted["id"], wanted["property"])))
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not set(map(str, changed)) <= set(_names(body.get("inputs", []))):
        raise MalformedBodyError("changedPropIds names none of the inputs")
    _check_outputs(body.get("outputs"), callback["output"])


def _check_outputs(given: Any, wanted: Any) -> None:
    several = isinstance(wanted, list | tuple)
    entries = given if several else [given]
    outputs = wanted if several else [wanted]
    if not isinstance(entries, list) or len(entries) != len(outputs):
        raise MalformedBodyError("outputs are not those of the callback")
    for entry, output in zip(entries, outputs, strict=True):
        _check_entry(entry, output.to_dict(), _is_anything)


def _names(inputs: list[Any]) -> Iterator[str]:
    """Yield the inputs of a checked body as changedPropIds names them."""
    for entry in inputs:
        for one in entry if isinstance(entry, list) else [entry]:
            named = one["id"]
            shown = json.dumps(named, sort_keys=True, separators=(",", ":")) if isinstance(named, dict) else named
            yield f"{shown}.{one['property']}"


def _check_entry(entry: Any, wanted: Mapping[str, str], values: Check | None) -> None:
    """Check one input, state or output: a component, or a list of them where the callback has a wildcard."""
    named = wanted["id"]
    parts = json.loads(named) if named.startswith("{") else named
    is_list = isinstance(parts, dict) and ["ALL"] in parts.values()
    entries = entry if is_list else [entry]
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise MalformedBodyError(f"{named} is no list of components")
    allowed = values or VALUES.get(wanted["property"], _is_text)
    for one in entries:
        if not isinstance(one, dict) or not _is_id(one.get("id"), parts):
            raise MalformedBodyError(f"it does not name {named}")
        if str(one.get("property")).partition("@")[0] != wanted["property"].partition("@")[0]:  # "@" marks duplicates
            raise MalformedBodyError(f"it does not name {named}.{wanted['property']}")
        if not allowed(one.get("value")):
            raise MalformedBodyError(f"the value of {named}.{wanted['property']} is of another kind")


def _is_id(given: Any, wanted: str | dict[str, Any]) -> bool:
    if isinstance(wanted, str) or not isinstance(given, dict):
        return bool(given == wanted)
    return given.keys() == wanted.keys() and all(
        _may_be(name, given[name]) if isinstance(value, list) else given[name] == value
        for name, value in wanted.items()
    )


def _may_be(name: str, value: Any) -> bool:
    """Whether a component that a wildcard stands for may have this name."""
    return isinstance(value, str) and (name != "option" or value in OPTIONS)


def _is_sound(body: Any) -> bool:
    """Whether no text has a lone surrogate, which can be neither stored nor sent, and all numbers are finite."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif not (_is_whole_text(one) if isinstance(one, str) else _is_finite(one)):
            return False
    return True


def _is_whole_text(text: str) -> bool:
    return text.isascii() or not LONE.search(text)


def _is_finite(value: Any) -> bool:
    return not isinstance(value, float) or math.isfinite(value)
