"""What an article and a sentence look like to the extraction: all that is found in them before figures are built."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.lines import Line
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tokens import NO_TOKENS
from tracker.extraction.when.dateline import Dateline
from tracker.extraction.when.phrases import When
from tracker.extraction.where.place import Where
from tracker.extraction.who.attribution import Attribution
from tracker.extraction.who.names import Source
from tracker.model import Article, Cause, Figure, Precision

NOTHING = SentenceContext(NO_TOKENS, (), (), (), "", frozenset(), caps=False, spoken=Counter(), upper=False)

MANY_SOURCES = 40  # so many of the sources named last can be shortened to
DATELINE = 160  # a full date this near to the head of a text is the date the article stands at


Answer = TypeVar("Answer")


class Lazy(Generic[Answer]):
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


NO_PLACES: Lazy[Sequence[Sequence[Where]]] = Lazy(tuple)


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What all of an article tells: how many words point to each cause, the place of the headline (for figures that
    tell none), and the country that it speaks of most, where it names it first: for those that need them.
    """

    weights: Counter[Cause]
    elsewhere: Lazy[Where | None]
    land: Lazy[Where | None]


@dataclass(frozen=True, slots=True)
class FieldContext:
    """One field of an article and what holds for all of it: the date it stands at, how often it names each country,
    its dateline with its place (for the country of figures that tell none), and what is only asked for figures.
    """

    article: Article
    field: str
    text: str
    lines: Sequence[Line]
    base: dt.date | None
    spoken: Lazy[Counter[str]]
    dateline: Dateline | None
    filed: Lazy[Where | None]
    whole: Lazy[ArticleContext]


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Reading:
    """A sentence with everything found in it; `line` is there where a word in it speaks of harm or divides a figure."""

    sentence: Sentence
    context: SentenceContext
    dates: Sequence[When]
    line: Line | None = None
    mentions: Sequence[Mention] = ()
    said: Sequence[Attribution] = ()
    turn: Source | None = None
    breaks: Sequence[int] = ()  # the words between its clauses
    places: Sequence[Where] = ()
    aside: Lazy[Sequence[Sequence[Where]]] = NO_PLACES  # what may be its place where no phrase tells one

    @property
    def items(self) -> Sequence[Item]:
        """What the patterns ran over."""
        return self.line.items() if self.line is not None else ()

    def weights(self) -> Sequence[Cause]:
        """The causes that its words point to, each as often as words do."""
        return self.line.weights() if self.line is not None else ()

    def say_words(self) -> list[int]:
        """Offsets of the words by which the sources of the sentence speak: not of those that are cited."""
        return [self.context.row.starts[a.at] for a in self.said if not a.cited]

    def span(self, mention: Mention) -> tuple[int, int]:
        """Offsets of a mention's figure words in the field."""
        quantity = mention.counted.quantity
        return self.context.row.starts[quantity.first], self.context.row.ends[quantity.stop - 1]


def unread(sentence: Sentence) -> Reading:
    """A sentence in which nothing was looked for."""
    return Reading(sentence, NOTHING, ())


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Discourse:
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


def advanced(discourse: Discourse, reading: Reading, figures: Sequence[Figure]) -> Discourse:
    """The discourse after a sentence and its figures."""
    said, dates, places = reading.said, reading.dates, reading.places
    if not (said or dates or places or reading.mentions or reading.turn):
        return discourse if discourse.total is None else replace(discourse, total=None)
    named = [a.source for a in said if a.source is not None and not a.fleeting]
    dated = [d for d in dates if d.date and not (d.since or d.begins or d.idle or d.said)]
    at_head = reading.sentence.start < DATELINE and len(dated) > 1  # the first is the one the article stands at
    first = dated[1 if at_head else 0] if dated else None
    if first is not None and first.precision is not Precision.DAY and not reading.mentions:
        first = None  # "talks will be held in October" dates nothing that comes after
    silent = not said and bool(reading.mentions)
    return Discourse(
        speaker=reading.turn or discourse.speaker,
        source=named[-1] if named else None if silent else discourse.source,
        named=(*discourse.named, *named)[-MANY_SOURCES:] if named else discourse.named,
        place=_lasting(places, figures, discourse.place) if places else discourse.place,
        land=next((w for w in reversed(places) if w.land and w.strong), discourse.land) if places else discourse.land,
        lead=discourse.lead or first,
        reported=discourse.reported or (next((d for d in dates if d.date and d.said), None) if dates else None),
        last=first or (None if reading.mentions else discourse.last),
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
