"""What the filters offer: the conflicts, outcomes, sources and kinds of report of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.look import wording
from dashboard.view.data import Data
from dashboard.view.query import ALL, OUTCOME_WORDS, SCOPE_WORDS
from tracker.timelines.filters import Filters


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a store has: its conflicts, those with the most figures first, its outcomes, and the names and types of the
    sources of each conflict ("": of figures without one).
    """

    conflicts: tuple[str, ...]
    outcomes: frozenset[str]
    names: Mapping[str, frozenset[str]]
    types: Mapping[str, frozenset[str]]


def choices(data: Data, chosen: Filters) -> tuple[list[Any], ...]:
    """The choices of conflict, further conflicts, outcome, source and scope.

    Only sources of the chosen conflicts are offered. What is chosen is among the choices even if nothing has it.
    """
    snapshot = data.snapshot()
    known = data.cache.once(snapshot.revision, "offered", lambda: _offered(snapshot.table))
    conflicts = [*dict.fromkeys([*known.conflicts, *chosen.conflict])]
    outcomes = [one for one in OUTCOME_WORDS if one in {*known.outcomes, *chosen.outcome}]
    named = [_item(one, wording.conflict(one, data.names)) for one in conflicts]
    return (
        [_item(ALL, "All conflicts"), *named],
        [one for one in named if one["value"] not in chosen.conflict[:1]],
        [_item(one, one.capitalize()) for one in outcomes],
        _sources(known, chosen),
        [_item(scope, name.capitalize()) for scope, name in SCOPE_WORDS.items()],
    )


def _offered(table: pd.DataFrame) -> _Offered:
    conflict = table["conflict"]
    return _Offered(
        conflicts=tuple(conflict.dropna().value_counts().index),
        outcomes=frozenset(table["outcome"].unique()),
        names=_by_conflict(table, "source_name"),
        types=_by_conflict(table, "source_type"),
    )


def _by_conflict(table: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    """The values of a column in each conflict."""
    pairs = table[["conflict", column]].drop_duplicates().dropna(subset=column).fillna({"conflict": ""})
    return {str(conflict): frozenset(some) for conflict, some in pairs.groupby("conflict")[column]}


def _sources(offered: _Offered, chosen: Filters) -> list[dict[str, Any]]:
    within = chosen.conflict or offered.names.keys() | offered.types.keys()
    known, types = (
        frozenset[str]().union(*(found.get(one, frozenset()) for one in within))
        for found in (offered.names, offered.types)
    )
    unknown = {one for one in chosen.source if one not in known | types}
    names = [one for one in sorted(known | unknown, key=str.casefold) if one not in types]
    kinds = [_item(one, wording.SOURCE_TYPES.get(one, one)) for one in sorted(types)]
    return [
        {"group": "Kinds of source", "items": kinds},
        {"group": "Sources", "items": [_item(one, wording.source(one)) for one in names]},
    ]


def _item(value: str, label: str) -> dict[str, str]:
    return {"value": value, "label": label}
