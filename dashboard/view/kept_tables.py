"""The tables of a store that are kept in its copy (tracker.store.columnar), so that a start need not make them again.

Kept are what the claims of the figures say, and the tables of each conflict as they are without filters and options.
Tables that other rules or other code made are not used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources
from typing import Any, Protocol

import pandas as pd

from dashboard.view.resolving import DECIDED, Resolved
from tracker.knowledge.rules import rules_id
from tracker.model import stable_id
from tracker.store.columnar import Copy
from tracker.store.table_file import TableFile

KINDS = ("claims", "totals", "incidents")

_MADE_BY, _CONFLICTS = "made_by", "conflicts"
_DECIDED, _COPIES = "decided", "copies"
_CODE = (("tracker.timelines", ""), ("dashboard.view", ""), ("dashboard.look", "wording.py"))
"""The packages whose code makes the tables, and the module of each; all modules where none is named."""


class Made(Protocol):
    """Tables that can be kept: dashboard.view.tables.Tables."""

    @property
    def conflicts(self) -> tuple[str | None, ...]:
        """The conflicts that have figures."""

    def resolved(self) -> Resolved:
        """The figures with what their claims say."""

    def plain(self, kind: str, conflict: str | None) -> pd.DataFrame:
        """A table of one conflict, without filters and options."""


def to_keep(tables: Made) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables to keep, each under its name."""
    known = tables.resolved()
    yield _DECIDED, known.figures[list(DECIDED)]
    copies = {"article": [*known.copies], "group": [*known.copies.values()]}
    yield _COPIES, pd.DataFrame(copies, dtype="str")
    for conflict in tables.conflicts:
        for kind in KINDS:
            yield _name(kind, conflict), tables.plain(kind, conflict)


class KeptTables:
    """The tables that were kept for a state of the store, without those of conflicts that have changed since."""

    def __init__(self, file: TableFile, changed: Collection[str | None] = ()) -> None:
        self._file, self._changed = file, frozenset(changed)

    def without(self, conflicts: Collection[str | None]) -> KeptTables:
        """The same without the tables of these conflicts."""
        return KeptTables(self._file, self._changed | {*conflicts})

    def conflicts(self) -> tuple[str | None, ...] | None:
        """The conflicts that have figures; None if that may have changed."""
        return None if self._changed else tuple(self._file.about["derived"][_CONFLICTS])

    def resolved(self, stored: pd.DataFrame) -> Resolved | None:
        """The figures with what their claims say; None if that is not kept."""
        decided, copies = self._file.get(_DECIDED), self._file.get(_COPIES)
        if decided is None or copies is None:
            return None
        figures = stored.assign(**{name: decided[name] for name in DECIDED})
        return Resolved(stored, figures, dict(zip(copies["article"], copies["group"], strict=True)))

    def table(self, kind: str, conflict: str | None) -> pd.DataFrame | None:
        """A table of one conflict, without filters and options; None if it is not kept."""
        found = self._file.get(_name(kind, conflict)) if conflict not in self._changed else None
        if found is None:
            return None
        lists = [name for name in found.columns if found[name].dtype == object]
        return found.assign(**{name: pd.Series([*map(tuple, found[name])], dtype=object) for name in lists})


def about(tables: Made) -> dict[str, Any]:
    """What is to know of the tables that are kept."""
    return {_MADE_BY: _made_by(), _CONFLICTS: list(tables.conflicts)}


def found(copy: Copy) -> KeptTables | None:
    """The tables that are kept in a copy; None if other rules or other code made them."""
    return KeptTables(copy.derived) if copy.about.get(_MADE_BY) == _made_by() else None


@cache
def _made_by() -> str:
    """A hash of all code and data that decide what the tables hold."""
    held = [
        file
        for package, module in _CODE
        for file in sorted(resources.files(package).iterdir(), key=lambda one: one.name)
        if file.name.endswith(module or ".py")
    ]
    return stable_id(rules_id(), pd.__version__, *(stable_id(file.read_bytes()) for file in held))


def _name(kind: str, conflict: str | None) -> str:
    return kind if conflict is None else f"{kind} of {conflict}"
