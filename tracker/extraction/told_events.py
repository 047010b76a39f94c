"""The well-known events that an article has told of so far, to which "the attack" may point many sentences later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.extraction.lines import Line
from tracker.extraction.text.paragraphs import Position
from tracker.knowledge.known_events import KnownEvent

_WORD = re.compile(r"[\w-]+")
NamedIn = Callable[[str, dt.date | None], Sequence[KnownEvent]]


@dataclass(slots=True)
class ToldEvents:
    """Remembers the event that each noun for an event means, as the sentences of a field go on.

    `lines` are the sentences, `title` is the headline in lower case. Each sentence is looked at once, and only if one
    behind it points to an event. `nouns_of` gives the nouns for an event, `named_in` the events that a text names.
    """

    lines: Sequence[Line]
    title: str
    base: dt.date | None
    named_in: NamedIn
    nouns_of: Callable[[KnownEvent], frozenset[str]]
    indefinite: frozenset[str]
    read: int = -1  # sentences taken in so far; the headline is before the first
    live: list[KnownEvent] = field(default_factory=list)

    def meant_by(self, noun: str, position: Position) -> KnownEvent | None:
        """The event told last before a sentence that a noun may mean."""
        if self.read < 0:
            self._take(self.title)
            self.read = 0
        while self.read < min(position.sentence, len(self.lines)):
            self._take(self.lines[self.read].low)
            self.read += 1
        return next((one for one in reversed(self.live) if noun in self.nouns_of(one)), None)

    def _take(self, low: str) -> None:
        """Takes in a sentence. An event told anew by a noun, "an attack", may be the one that later ones point to."""
        named = self.named_in(low, self.base)
        if not (named or self.live):
            return
        new = () if named else frozenset(self._told_anew(_WORD.findall(low)))
        self.live = [one for one in self.live if one not in named and self.nouns_of(one).isdisjoint(new)]
        self.live += named

    def _told_anew(self, words: Sequence[str]) -> Iterator[str]:
        """The words of a sentence behind an indefinite one: all that might be nouns for an event told there first."""
        for at, word in enumerate(words):
            if not self.indefinite.isdisjoint(words[max(0, at - 3) : at]):
                yield word
