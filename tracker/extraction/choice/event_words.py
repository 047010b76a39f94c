"""The words of a language for what happens once, an attack or an accident, by what kind of event they may tell of."""

from __future__ import annotations

import re

from tracker.extraction.reading import Reading
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language


class EventWords:
    """Finds such words in sentences. `named` matches one; `speaks`: whether the language has any."""

    def __init__(self, language: Language) -> None:
        kinds = language.dates.raw["event_kinds"]
        self.kinds: dict[str, frozenset[str]] = {
            word: frozenset(kind for kind, words in kinds.items() if word in words)
            for words in kinds.values()
            for word in words
        }
        self.speaks = bool(self.kinds)
        self.named = rf"(?P<event>{any_of(self.kinds)})(?![\w-])"
        self.word = LateRegex(rf"(?<![\w-]){self.named}")
        lists, few = language.dates.lists, r"(?:\s[\w'’-]{1,20}){0,4}?"
        endings = any_of({ending.strip("'’") for ending in lists["owning"]})
        self.owned = LateRegex(rf"{any_of(lists['owning'])}{few}\s{self.named}")
        self.owned_bare = LateRegex(rf"{any_of(language.dates.raw['weekdays'])}{endings}{few}\s{self.named}")

    def owned_by(self, low: str, start: int, end: int) -> re.Match[str] | None:
        """The event that a day at [start, end) owns, "Friday's attack", also where a text has lost its apostrophes."""
        return self.owned.match(low, end) or self.owned_bare.match(low, start)

    def are_told(self, reading: Reading) -> bool:
        """Whether a sentence names what happened, "12 died in the raid". True in a language without such words."""
        return not self.speaks or self.word.search(reading.low) is not None

    def kinds_in(self, reading: Reading) -> frozenset[str]:
        """The kinds of all events that a sentence names."""
        low = reading.low
        return frozenset(kind for match in self.word.finditer(low) for kind in self.kinds[match["event"]])
