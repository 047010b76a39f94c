"""The registry of conflicts (data/conflicts.toml)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.knowledge.files import read_toml
from tracker.model import KnowledgeError

FILE = "conflicts.toml"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict: its dates (ISO, with any precision), its countries (ISO 3166-1 alpha-3, the main one first), and
    the words that point to it.

    `theatre`: names for its whole area, if that is less than a country.
    """

    id: str
    name: str
    start: str
    end: str | None
    countries: tuple[str, ...]
    places: tuple[str, ...]
    actors: tuple[str, ...]
    theatre: tuple[str, ...] = ()

    def covers(self, date: str | None) -> bool:
        """Whether an ISO date of any precision is in the conflict's time. An unknown date is."""
        if date is None:
            return True
        begins = self.start[: len(date)] <= date[: len(self.start)]
        return begins and (self.end is None or date[: len(self.end)] <= self.end[: len(date)])


def load_conflicts() -> tuple[Conflict, ...]:
    """The conflicts in the order of the file; KnowledgeError if an entry lacks a name, start or id."""
    entries = read_toml(FILE).get("conflict", [])
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
                places=_names(entry.get("places", [])),
                actors=_names(entry.get("actors", [])),
                theatre=_names(entry.get("theatre", [])),
            )
        )
    return tuple(conflicts)


def _names(words: list[str]) -> tuple[str, ...]:
    """The words in lower case, the longest first, so that the fullest name is found."""
    return tuple(sorted({word.lower() for word in words}, key=lambda word: (-len(word), word)))
