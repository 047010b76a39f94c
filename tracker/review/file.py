"""Review files: reviews as JSON Lines, which another store can import."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.model import InputError, Outcome, Qualifier, Scope, SourceType, Status, VictimGroup
from tracker.store.decisions import STATE, Action, Review

FIELDS = tuple(one.name for one in dataclasses.fields(Review) if one.name != "number")
NEEDED = frozenset(FIELDS) - {"note", "undoes", "changes", "state"}

LONGEST_LINE = 1_000_000

WORDS: Mapping[str, Any] = {
    "qualifier": Qualifier,
    "outcome": Outcome,
    "scope": Scope,
    "source_type": SourceType,
    "victim_group": VictimGroup,
    "status": Status,
}
NUMBERS = ("value", "low", "best", "high")


def lines(found: Iterable[Review]) -> Iterator[str]:
    """The reviews as JSON objects, one per line. Their numbers are left out, because each store has its own."""
    for review in found:
        yield json.dumps({name: getattr(review, name) for name in FIELDS}, ensure_ascii=False) + "\n"


def is_review_file(path: Path) -> bool:
    """Whether an existing file holds reviews: its first line is one."""
    with path.open("rb") as file:
        first = file.readline(LONGEST_LINE)
    try:
        return bool(parse_reviews([first.decode("utf-8")], str(path)))
    except (InputError, ValueError):
        return False


def read_reviews(path: str | Path) -> list[Review]:
    """The reviews in a file; an InputError names the line that is not a review."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            return parse_reviews(file, str(path))
    except OSError as error:
        raise InputError(path, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text") from error


def parse_reviews(given: Iterable[str], name: str) -> list[Review]:
    """The reviews in these lines. Empty lines are ignored; errors call the source of the lines `name`."""
    return [_review(line, name, number) for number, line in enumerate(given, 1) if line.strip()]


def _review(line: str, name: str, number: int) -> Review:
    try:
        return _checked(_object(line))
    except (ValueError, RecursionError) as error:
        what = "it is no JSON" if isinstance(error, json.JSONDecodeError | RecursionError) else str(error)
        raise InputError(name, what, number) from error


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValueError("the line is too long")
    values = json.loads(line)
    if not isinstance(values, dict) or not values.keys() >= NEEDED:
        raise ValueError("it is no review")
    return {key: value for key, value in values.items() if key in FIELDS}


def _checked(values: dict[str, Any]) -> Review:
    for key in FIELDS:
        value = values.get(key)
        if key in ("changes", "state"):
            values[key] = value if value is not None else {}
            if not isinstance(values[key], dict):
                raise ValueError(f"{key} is no object")
        elif not isinstance(value, str) and not (value is None and key not in NEEDED):
            raise ValueError(f"{key} is no text")
    values["action"], values["note"] = Action(values["action"]), values.get("note") or ""
    moment = dt.datetime.fromisoformat(values["at"])
    if moment.tzinfo is None:
        raise ValueError("at has no time zone")
    values["at"] = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")  # so that they sort as texts
    _check_state(values["state"], needed=values["action"] is not Action.UNDO)
    return Review(**values)


def _check_state(state: Mapping[str, Any], *, needed: bool) -> None:
    """InputError where a cell of a state is not valid, because a state goes into the table of figures unchanged."""
    if needed and not state.keys() >= set(STATE):
        raise ValueError("state lacks columns")
    for key, value in state.items():
        if key in WORDS:
            WORDS[key](value)
        elif key in NUMBERS:
            if value is not None and (type(value) is not int or not 0 <= value < 2**63):
                raise ValueError(f"{key} is no whole number")
        elif value is not None and not isinstance(value, str):
            raise ValueError(f"{key} is no text")
