"""Bodies of callback requests, as the pages of a dashboard send them, for tests without a browser."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

PATH = "/_dash-update-component"
HOST = {"Host": "127.0.0.1"}


def body_of(app, output: str) -> dict[str, Any]:
    """A body for the one callback whose outputs begin with `output`, with no values in it."""
    (name,) = [one for one in app.callback_map if one.strip(".").startswith(output)]
    return _body(name, app.callback_map[name])


def bodies(app) -> Iterator[dict[str, Any]]:
    """A body for each callback that runs on the server."""
    for name, callback in app.callback_map.items():
        if "callback" in callback:
            yield _body(name, callback)


def spoilt(body: Mapping[str, Any], values: list[Any]) -> Iterator[dict[str, Any]]:
    """The body again and again, each time with one of the values in the place of another input or state."""
    for kind in ("inputs", "state"):
        for place in range(len(body[kind])):
            for value in values:
                changed = copy.deepcopy(dict(body))
                entry = changed[kind][place]
                (entry[0] if isinstance(entry, list) else entry)["value"] = value
                yield changed


def with_values(body: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The body with values for components by their ids ("-" written as "_"); the first one is what has changed."""
    changed = copy.deepcopy(body)
    for entry in [*changed["inputs"], *changed["state"]]:
        name = str(entry["id"]).replace("-", "_") if isinstance(entry, dict) else ""
        if name in values:
            entry["value"] = values[name]
    first = next(iter(values)).replace("_", "-")
    changed["changedPropIds"] = [f"{one['id']}.{one['property']}" for one in changed["inputs"] if one["id"] == first]
    return changed


def sent(client, body: Any, **headers: str):
    """The answer to a body."""
    return client.post(PATH, json=body, headers=HOST | headers)


def _body(name: str, callback: Mapping[str, Any]) -> dict[str, Any]:
    output = callback["output"]
    several = isinstance(output, list | tuple)
    outputs = [_entry(one.to_dict()) for one in (output if several else [output])]
    given = {kind: [_entry(one) for one in callback[kind]] for kind in ("inputs", "state")}
    moved = given["inputs"][0]
    moved = moved[0] if isinstance(moved, list) else moved
    named = moved["id"] if isinstance(moved["id"], str) else json.dumps(moved["id"], separators=(",", ":"))
    changed = [f"{named}.{moved['property']}"]
    return {"output": name, "outputs": outputs if several else outputs[0], "changedPropIds": changed, **given}


def _entry(spec: Mapping[str, str]) -> Any:
    named: Any = json.loads(spec["id"]) if spec["id"].startswith("{") else spec["id"]
    is_list = isinstance(named, dict) and ["ALL"] in named.values()
    if is_list:
        named = {name: "notes" if name == "option" else "/" for name in named}
    entry = {"id": named, "property": spec["property"].partition("@")[0], "value": None}
    return [entry] if is_list else entry
