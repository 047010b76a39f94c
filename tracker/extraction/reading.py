"""What an article and a sentence look like to the extraction: all that is found in them before figures are built."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tracker.extraction.attribution import Attribution
from tracker.extraction.dateline import Dateline
from tracker.extraction.dates import When
from tracker.extraction.items import Item
from tracker.extraction.lines import Line
from tracker.extraction.mentions import Mention
from tracker.extraction.naming import Source
from tracker.extraction.scene import Scene
from tracker.extraction.spans import Sentence
from tracker.extraction.where import Where
from tracker.extraction.words import NO_WORDS
from tracker.model import Article, Cause, Figure, Precision

NOTHING = Scene(NO_WORDS, (), (), (), "", frozenset(), caps=False, spoken=Counter(), upper=False)

MANY_SOURCES = 40  # so many of the sources named last can be shortened to
DATELINE = 160  # a full date this near to the head of a text is the date the article stands at


Answer = TypeVar("Answer")


class Once(Generic[Answer]):
    """An answer that is worked out when it is first asked for."""

    __slots__ = ("_answer", "_work")

    def __init__(self, work: Callable[[], Answer]) -> None:
        self._work: Callable[[], Answer] | None = work
        self._answer: Answer

    def __call__(self) -> Answer:
        """The answer."""
        if self._work is not None:
            self._answer = self._work()
            self._work = None
        return self._answer


NO_PLACES: Once[Sequence[Sequence[Where]]] = Once(tuple)


@dataclass(frozen=True, slots=True)
class Whole:
    """What all of an article tells: how many words point to each cause, the place of the headline (for figures that
    tell none), and the country that it speaks of most, where it names it first: for those that need them.
    """

    weights: Counter[Cause]
    elsewhere: Once[Where | None]
    land: Once[Where | None]


@dataclass(frozen=True, slots=True)
class Page:
    """One field of an article and what holds for all of it: the date it stands at, how often it names each country,
    its dateline with its place (for the country of figures that tell none), and what is only asked for figures.
    """

    article: Article
    field: str
    text: str
    lines: Sequence[Line]
    base: dt.date | None
    spoken: Once[Counter[str]]
    dateline: Dateline | None
    filed: Once[Where | None]
    whole: Once[Whole]


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Reading:
    """A sentence with everything found in it; `line` is there where a word in it speaks of harm or divides a figure."""

    sentence: Sentence
    scene: Scene
    dates: Sequence[When]
    line: Line | None = None
    mentions: Sequence[Mention] = ()
    said: Sequence[Attribution] = ()
    turn: Source | None = None
    breaks: Sequence[int] = ()  # the words between its clauses
    places: Sequence[Where] = ()
    aside: Once[Sequence[Sequence[Where]]] = NO_PLACES  # what may be its place where no phrase tells one

    @property
    def items(self) -> Sequence[Item]:
        """What the patterns ran over."""
        return self.line.items() if self.line is not None else ()

    def weights(self) -> Sequence[Cause]:
        """The causes that its words point to, each as often as words do."""
        return self.line.weights() if self.line is not None else ()

    def say_words(self) -> list[int]:
        """Offsets of the words by which the sources of the sentence speak: not of those that are cited."""
        return [self.scene.row.starts[a.at] for a in self.said if not a.cited]

    def span(self, mention: Mention) -> tuple[int, int]:
        """Offsets of a mention's figure words in the field."""
        quantity = mention.counted.quantity
        return self.scene.row.starts[quantity.first], self.scene.row.ends[quantity.stop - 1]


def unread(sentence: Sentence) -> Reading:
    """A sentence in which nothing was looked for."""
    return Reading(sentence, NOTHING, ())


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Trail:
    """What was said before in the article, as far as later sentences go on from it.

    `source`: the one last named; `named`: all so far; `speaker`: whose turn it is in a transcript. `place`, `land`: the
    place and the country last told of. `lead`: the first date told; `last`: that of the sentence before; `reported`:
    the first day on which something was said. `total`: the figure that the sentence before began with.
    """

    source: Source | None = None
    speaker: Source | None = None
    named: tuple[Source, ...] = ()
    place: Where | None = None
    land: Where | None = None
    lead: When | None = None
    last: When | None = None
    reported: When | None = None
    total: Figure | None = None


def onward(trail: Trail, reading: Reading, figures: Sequence[Figure]) -> Trail:
    """The trail after a sentence and its figures."""
    said, dates, places = reading.said, reading.dates, reading.places
    if not (said or dates or places or reading.mentions or reading.turn):
        return trail if trail.total is None else replace(trail, total=None)
    named = [a.source for a in said if a.source is not None and not a.fleeting]
    dated = [d for d in dates if d.date and not (d.since or d.begins or d.idle or d.said)]
    at_head = reading.sentence.start < DATELINE and len(dated) > 1  # the first is the one the article stands at
    first = dated[1 if at_head else 0] if dated else None
    if first is not None and first.precision is not Precision.DAY and not reading.mentions:
        first = None  # "talks will be held in October" dates nothing that comes after
    silent = not said and bool(reading.mentions)
    return Trail(
        speaker=reading.turn or trail.speaker,
        source=named[-1] if named else None if silent else trail.source,
        named=(*trail.named, *named)[-MANY_SOURCES:] if named else trail.named,
        place=_lasting(places, figures, trail.place) if places else trail.place,
        land=next((w for w in reversed(places) if w.land and w.strong), trail.land) if places else trail.land,
        lead=trail.lead or first,
        reported=trail.reported or (next((d for d in dates if d.date and d.said), None) if dates else None),
        last=first or (None if reading.mentions else trail.last),
        total=figures[0] if figures else None,
    )


def _lasting(places: Sequence[Where], figures: Sequence[Figure], before: Where | None) -> Where | None:
    """The place that later sentences are about: that of the last figure, of an attack, or the first one told.

    A country alone does not take the place of a town in it.
    """
    strong = [w for w in places if w.strong and w.named]
    told = [w for w in strong if figures and w.words == figures[-1].place]
    struck = [w for w in strong if w.struck]
    chosen = next(iter((*told, *struck, *strong)), None)
    if chosen is None or (before is not None and chosen.land and before.country == chosen.country):
        return before
    return chosen
