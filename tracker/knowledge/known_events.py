"""The events that news recalls for years (data/known_events.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tracker.knowledge.files import data_folder, read_csv, read_toml
from tracker.model import KnowledgeError, first_day

FILE = "known_events.toml"
OWN = "en"  # the language of the words in that file
WORDS = "languages/{code}/names/known_events.csv"  # the words of another language: event, kind, names


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One event: its day (ISO, of any precision), its country (ISO 3166-1 alpha-3), and the words that name it.

    `called` names it at any time after it, `soon` only within `days`. `by`: who did it, unless one of `rivals` did;
    those names tell of it only beside a number of at least `least`. `captive_days`: how long its captives are told of
    without it. `nouns`: nouns that may mean it once it was named, instead of those of the language for any attack.
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
    captive_days: int = 0
    nouns: frozenset[str] = frozenset()


@cache
def load_known_events() -> tuple[KnownEvent, ...]:
    """The events in the order of the file; KnowledgeError if one lacks a key or has one that is not known."""
    return tuple(_event(raw) for raw in read_toml(FILE)["event"])


@cache
def load_events_in(code: str) -> tuple[KnownEvent, ...]:
    """The events with the words of a language; KnowledgeError if its file names an event or kind that is not known."""
    events, file = load_known_events(), WORDS.format(code=code)
    if code == OWN:
        return events
    wordless = {
        one.id: replace(one, called=(), soon=(), by=(), rivals=frozenset(), nouns=frozenset()) for one in events
    }
    if not data_folder().joinpath(file).is_file():
        return ()
    words: dict[str, dict[str, list[str]]] = {}
    for row in read_csv(file, ("event", "kind", "names")):
        if row["event"] not in wordless or row["kind"] not in ("called", "soon", "by", "rivals"):
            raise KnowledgeError(file, row["event"], f"is no event with {row['kind']!r}")
        words.setdefault(row["event"], {}).setdefault(row["kind"], []).extend(row["names"].split("|"))
    return tuple(_worded(wordless[event], told) for event, told in words.items())


def _worded(event: KnownEvent, words: Mapping[str, list[str]]) -> KnownEvent:
    called, soon, by = (tuple(words.get(kind, ())) for kind in ("called", "soon", "by"))
    return replace(event, called=called, soon=soon, by=by, rivals=frozenset(words.get("rivals", ())))


def _event(raw: dict[str, Any]) -> KnownEvent:
    lists: dict[str, Any] = {key: tuple(raw[key]) for key in ("called", "soon", "by") if key in raw}
    sets: dict[str, Any] = {key: frozenset(raw[key]) for key in ("rivals", "nouns") if key in raw}
    try:
        first_day(raw.get("day", ""))
        return KnownEvent(**{**raw, **lists, **sets})
    except (TypeError, ValueError) as error:
        raise KnowledgeError(FILE, str(raw.get("id", "an event")), f"is no event: {error}") from error


@cache
def days_of_events() -> frozenset[tuple[str | None, str | None]]:
    """The days and countries of the events."""
    return frozenset((one.day, one.country) for one in load_known_events())
