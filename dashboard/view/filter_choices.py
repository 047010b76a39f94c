"""What the filters offer: the conflicts, outcomes, sources and kinds of report of the store."""

from __future__ import annotations

from typing import Any

from dashboard.look import wording
from dashboard.view.data import Data
from dashboard.view.query import ALL, OUTCOME_WORDS, SCOPE_WORDS
from tracker.timelines.filters import Filters


def choices(data: Data, chosen: Filters) -> tuple[list[Any], ...]:
    """The choices of conflict, further conflicts, outcome, source and scope.

    Only sources of the chosen conflicts are offered. What is chosen is among the choices even if nothing has it.
    """
    table = data.snapshot().table
    conflicts = [*dict.fromkeys([*table["conflict"].dropna().value_counts().index, *chosen.conflict])]
    outcomes = [one for one in OUTCOME_WORDS if one in {*table["outcome"], *chosen.outcome}]
    named = [_item(one, wording.conflict(one, data.names)) for one in conflicts]
    return (
        [_item(ALL, "All conflicts"), *named],
        [one for one in named if one["value"] not in chosen.conflict[:1]],
        [_item(one, one.capitalize()) for one in outcomes],
        _sources(data, chosen),
        [_item(scope, name.capitalize()) for scope, name in SCOPE_WORDS.items()],
    )


def _sources(data: Data, chosen: Filters) -> list[dict[str, Any]]:
    table = data.snapshot().table
    within = table[table["conflict"].isin(chosen.conflict)] if chosen.conflict else table
    known, types = {*within["source_name"].dropna()}, {*within["source_type"]}
    unknown = {one for one in chosen.source if one not in known | types}
    names = [one for one in sorted(known | unknown, key=str.casefold) if one not in types]
    kinds = [_item(one, wording.SOURCE_TYPES.get(one, one)) for one in sorted(types)]
    return [
        {"group": "Kinds of source", "items": kinds},
        {"group": "Sources", "items": [_item(one, wording.source(one)) for one in names]},
    ]


def _item(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}
