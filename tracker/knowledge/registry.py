"""The registry of conflicts (data/conflicts.toml), and the wars of the past that news recalls (data/past_wars.toml)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tracker.knowledge.countries import place_rows
from tracker.knowledge.files import read_toml
from tracker.knowledge.names import Names
from tracker.knowledge.sourcebook import Sourcebook, load_sourcebook
from tracker.model import KnowledgeError

FILE, PAST = "conflicts.toml", "past_wars.toml"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict: its dates (ISO, with any precision), its countries (ISO 3166-1 alpha-3, the main one first), and
    the words that point to it.

    `theatre`: names for its whole area, if that is less than a country. `called`: names of the war itself. `spillover`:
    the countries in which a figure belongs to it only if a place or an actor of it is named. `recalled`: words by which
    a sentence says that it speaks of this war. `is_past`: these words alone point to it. `shared`: the actors who fight
    in other wars too.
    """

    id: str
    name: str
    start: str
    end: str | None
    countries: tuple[str, ...]
    places: tuple[str, ...]
    actors: tuple[str, ...]
    theatre: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    spillover: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    is_past: bool = False
    shared: frozenset[str] = frozenset()

    def covers(self, date: str | None) -> bool:
        """Whether an ISO date of any precision is in the conflict's time. An unknown date is."""
        if date is None:
            return True
        begins = self.start[: len(date)] <= date[: len(self.start)]
        return begins and (self.end is None or date[: len(self.end)] <= self.end[: len(date)])


def is_at_war(country: str, day: dt.date | None, conflicts: Iterable[Conflict]) -> bool:
    """Whether one of these conflicts was going on in a country (ISO 3166 alpha-3) on a day; on any if it is None."""
    date = day.isoformat() if day is not None else None
    return any(country in one.countries and one.covers(date) for one in conflicts)


@dataclass(frozen=True, slots=True)
class RecallGuards:
    """Words around the name of a past war by which a sentence does not speak of its dead, in lower case.

    `behind`: among the few words before the name ("the deadliest day since the Holocaust"). `before`: directly after it
    ("Holocaust survivor").
    """

    behind: frozenset[str]
    before: frozenset[str]


def load_conflicts(names: Names | None = None) -> tuple[Conflict, ...]:
    """The conflicts in the order of the files, with the words of a language (None: English).

    KnowledgeError if an entry lacks a name, start or id.
    """
    conflicts = _all_conflicts()
    return conflicts if names is None else _translated(conflicts, names)


@cache
def _all_conflicts() -> tuple[Conflict, ...]:
    return (*_conflicts(FILE, is_past=False), *_conflicts(PAST, is_past=True))


def _translated(conflicts: tuple[Conflict, ...], names: Names) -> tuple[Conflict, ...]:
    """The conflicts with their places, theatres and actors as a language names them."""
    book = load_sourcebook()

    def spellings(words: tuple[str, ...], conflict: Conflict) -> tuple[str, ...]:
        known = [row for word in words for row in place_rows(word) if row in names.places]
        here = [row for row in known if row[1] in conflict.countries] or known
        return _names([name for row in here for name in names.places[row] or (row[0],)])

    return tuple(
        replace(
            one,
            places=spellings(one.places, one),
            theatre=spellings(one.theatre, one),
            actors=(actors := _names((*names.actors.get(one.id, ()), *_bodies(one, names, book)))),
            shared=frozenset(actors),  # nobody wrote down which of their names in other languages are common
            recalled=_names(names.recalled.get(one.id, ())),
        )
        for one in conflicts
    )


def _bodies(conflict: Conflict, names: Names, book: Sourcebook) -> list[str]:
    """The names that a language has for the bodies among the actors of a conflict, without common ones."""
    found = {entry.name for actor in conflict.actors for entry in book.by_name.get(actor, ())}
    return [name for body in sorted(found) for name in names.bodies.get(body, ()) if name not in names.common]


def load_recall_guards() -> RecallGuards:
    """The words that guard the names of past wars."""
    content = read_toml(PAST)
    return RecallGuards(frozenset(content["not_recalled_behind"]), frozenset(content["not_recalled_before"]))


def _conflicts(file: str, *, is_past: bool) -> Iterator[Conflict]:
    content = read_toml(file)
    shared = frozenset(_names(content.get("shared_actors", [])))
    for entry in content.get("conflict", []):
        label = str(entry.get("id", "an entry without id"))
        for key in ("id", "name", "start", "countries"):
            if not entry.get(key):
                raise KnowledgeError(file, label, f"lacks {key!r}")
        yield replace(_conflict(label, entry, is_past=is_past), shared=shared)


def _conflict(label: str, entry: Mapping[str, Any], *, is_past: bool) -> Conflict:
    return Conflict(
        id=label,
        name=str(entry["name"]),
        start=str(entry["start"]),
        end=str(entry["end"]) if entry.get("end") else None,
        countries=tuple(entry["countries"]),
        places=_names(entry.get("places", [])),
        actors=_names(entry.get("actors", [])),
        theatre=_names(entry.get("theatre", [])),
        called=_names(entry.get("called", [])),
        spillover=tuple(entry.get("spillover", [])),
        recalled=_names(entry.get("recalled", [])),
        is_past=is_past,
    )


def _names(words: Iterable[str]) -> tuple[str, ...]:
    """The words in lower case, the longest first, so that the fullest name is found."""
    return tuple(sorted({word.lower() for word in words}, key=lambda word: (-len(word), word)))
