"""The events that news recalls for years (data/known_events.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.knowledge.files import read_toml
from tracker.model import KnowledgeError, first_day

FILE = "known_events.toml"


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One event: its day (ISO, of any precision), its country (ISO 3166-1 alpha-3), and the words that name it.

    `called` names it at any time after it, `soon` only within `days`. `by`: who did it, unless one of `rivals` did;
    those names tell of it only beside a number of at least `least`.
    """

    id: str
    name: str
    day: str
    country: str
    called: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    days: int = 0
    by: tuple[str, ...] = ()
    rivals: frozenset[str] = frozenset()
    least: int = 0


@cache
def load_known_events() -> tuple[KnownEvent, ...]:
    """The events in the order of the file; KnowledgeError if one lacks a key or has one that is not known."""
    return tuple(_event(raw) for raw in read_toml(FILE)["event"])


def _event(raw: dict[str, Any]) -> KnownEvent:
    lists: dict[str, Any] = {key: tuple(raw[key]) for key in ("called", "soon", "by") if key in raw}
    try:
        first_day(raw.get("day", ""))
        return KnownEvent(**{**raw, **lists, "rivals": frozenset(raw.get("rivals", ()))})
    except (TypeError, ValueError) as error:
        raise KnowledgeError(FILE, str(raw.get("id", "an event")), f"is no event: {error}") from error
