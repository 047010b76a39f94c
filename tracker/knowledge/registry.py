"""The registry of conflicts (data/conflicts.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.knowledge.files import DATA, read_toml
from tracker.model import KnowledgeError

FILE = "conflicts.toml"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict: when (ISO dates, as exact as known), where (ISO 3166-1 alpha-3,
    the main theatre first), and the words that point to it."""

    id: str
    name: str
    start: str
    end: str | None
    countries: tuple[str, ...]
    places: frozenset[str]
    actors: frozenset[str]

    def covers(self, date: str | None) -> bool:
        """Whether an ISO date, however exact, lies in the conflict's time; an unknown date does."""
        if date is None:
            return True
        begins = self.start[: len(date)] <= date[: len(self.start)]
        return begins and (self.end is None or date[: len(self.end)] <= self.end[: len(date)])


def load_conflicts() -> tuple[Conflict, ...]:
    """The conflicts in the order of the file; KnowledgeError where an entry lacks a name, start or id."""
    entries = read_toml(DATA, FILE).get("conflict", [])
    conflicts = []
    for entry in entries:
        label = str(entry.get("id", "an entry without id"))
        for key in ("id", "name", "start", "countries"):
            if not entry.get(key):
                raise KnowledgeError(FILE, label, f"lacks {key!r}")
        conflicts.append(
            Conflict(
                id=label,
                name=str(entry["name"]),
                start=str(entry["start"]),
                end=str(entry["end"]) if entry.get("end") else None,
                countries=tuple(entry["countries"]),
                places=frozenset(p.lower() for p in entry.get("places", [])),
                actors=frozenset(a.lower() for a in entry.get("actors", [])),
            )
        )
    return tuple(conflicts)
