"""Coding conventions (data/conventions.toml): the low, best and high value of a hedged or vague number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.knowledge.files import languages, read_toml
from tracker.knowledge.phrases import Phrases, phrase_table, words_of
from tracker.model import KnowledgeError, Qualifier, TrackerError

FILE = "conventions.toml"
SLOTS = frozenset({"value", "upper", "word", ""})
ACROSS = ("best_supported", "lowest", "agreed")
WORDS_OF_ONE_UNIT = 2  # in the language files a plural means two of its unit: "dozens" = 24

Bounds = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Convention:
    """One convention: its description, and for each qualifier which values are low, best and high (see the file)."""

    id: str
    name: str
    about: str
    cites: str
    bounds: Mapping[Qualifier, tuple[str, str, str]]
    units: int
    across: str
    vague: Mapping[str, Phrases[int]]

    def of_words(self, words: str, language: str) -> int | None:
        """The value of a vague figure ("dozens", "several hundred"); None if the convention gives it none."""
        table = self.vague.get(language[:2].lower())
        lows = words_of(words)
        if table is None or not self.units:
            return None
        size = next((size for _, _, size in table.hits(lows)), 0)
        return size * self.units // WORDS_OF_ONE_UNIT or None

    def bound(self, qualifier: Qualifier, value: int | None, upper: int | None, word: int | None) -> Bounds:
        """Low, best and high of one figure, from its number, the upper end of its range, and its vague word."""
        known = {"value": value, "upper": upper, "word": word, "": None}
        low, best, high = self.bounds[qualifier]
        return known[low], known[best], known[high]


def load_convention(name: str | None = None) -> Convention:
    """A convention by its id, else the default of the file; TrackerError lists the ids if it is unknown."""
    raw = _raw()
    chosen = name or str(raw["default"])
    if chosen not in convention_ids():
        raise TrackerError(f"there is no convention {chosen!r}: use {' or '.join(convention_ids())}")
    return _convention(chosen, raw[chosen])


def convention_ids() -> tuple[str, ...]:
    """The ids of all conventions, in the order of the file."""
    return tuple(name for name, entry in _raw().items() if isinstance(entry, dict))


@cache
def _raw() -> Mapping[str, Any]:
    return read_toml(FILE)


@cache
def _vague_words() -> Mapping[str, Phrases[int]]:
    """By language: the value of each vague word, from the language file."""
    numbers = {code: read_toml(f"languages/{code}/numbers.toml")["numbers"] for code in languages()}
    return {code: phrase_table(raw["vague"].items()) for code, raw in numbers.items()}


def _convention(name: str, raw: Mapping[str, Any]) -> Convention:
    missing = {"name", "about", "cites", "bounds", "units", "across"} - set(raw)
    if missing:
        raise KnowledgeError(FILE, name, f"lacks {sorted(missing)[0]!r}")
    if raw["across"] not in ACROSS:
        raise KnowledgeError(FILE, name, f"across is none of {', '.join(ACROSS)}")
    bounds: dict[Qualifier, tuple[str, str, str]] = {}
    for qualifier in Qualifier:
        slots = raw["bounds"].get(qualifier, ())
        if len(slots) != 3 or not SLOTS.issuperset(slots):
            raise KnowledgeError(FILE, name, f"bounds of {qualifier} are not three of {', '.join(sorted(SLOTS))}")
        bounds[qualifier] = (slots[0], slots[1], slots[2])
    return Convention(
        id=name,
        name=raw["name"],
        about=raw["about"],
        cites=raw["cites"],
        bounds=bounds,
        units=int(raw["units"]),
        across=raw["across"],
        vague=_vague_words(),
    )
