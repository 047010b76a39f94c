"""A sentence of an article as it was read: what was considered in it, and why a number became no figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tracker.extraction.choice.candidates import Choice
from tracker.extraction.choice.when import MEASURES, Date
from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When
from tracker.extraction.where.place import Where
from tracker.extraction.who.names import Source
from tracker.model import Figure


class Choices(NamedTuple):
    """What the source, the date and the place of a figure were chosen from."""

    who: Choice[Source]
    when: Choice[When]
    where: Choice[Where]


@dataclass(slots=True)  # one is made for each mention, and a frozen one takes four times as long
class Considered:
    """One candidate and the decision on it: its words, the rule that matched, and the reason if it was dropped.

    `choices`: what its source, date and place were chosen from.
    """

    field: str
    start: int
    words: str
    rule: str
    dropped: str | None
    choices: Choices | None = None

    def is_dated(self) -> bool:
        """Whether its own sentence states the day on which it was, and not only that of the article or of a report."""
        best = self.choices.when.best if self.choices is not None else None
        if best is None:
            return False
        told = not any(map(str.isdigit, best.words))  # "on Monday", and not the day printed at the head
        return all(name in MEASURES or (told and name is Date.STANDS_AT) for name, _ in best.evidence)


Candidate = tuple[Figure | None, Considered]


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Passage:
    """One sentence of a field as it was read, with its candidates in order."""

    field: str
    reading: Reading
    candidates: tuple[Candidate, ...]


def changed_passage(passage: Passage, change: Callable[[Figure], Figure]) -> Passage:
    """The passage with `change` applied to each of its figures."""
    if not passage.candidates:
        return passage
    candidates = [(change(figure) if figure else None, considered) for figure, considered in passage.candidates]
    return Passage(passage.field, passage.reading, tuple(candidates))
