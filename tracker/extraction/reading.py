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

NOTHING = SentenceContext(NO_TOKENS, (), (), (), "", frozenset(), caps=False, country_counts=Counter(), upper=False)

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
    headline_place: Lazy[Where | None]
    main_country: Lazy[Where | None]


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
    country_counts: Lazy[Counter[str]]
    dateline: Dateline | None
    filed: Lazy[Where | None]
    article_context: Lazy[ArticleContext]


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Reading:
    """A sentence with everything found in it; `line` is there where a word in it speaks of harm or divides a figure."""

    sentence: Sentence
    context: SentenceContext
    dates: Sequence[When]
    line: Line | None = None
    mentions: Sequence[Mention] = ()
    attributions: Sequence[Attribution] = ()
    speaker: Source | None = None
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
        return [self.context.tokens.starts[a.at] for a in self.attributions if not a.cited]

    def span(self, mention: Mention) -> tuple[int, int]:
        """Offsets of a mention's figure words in the field."""
        quantity = mention.counted.quantity
        return self.context.tokens.starts[quantity.first], self.context.tokens.ends[quantity.stop - 1]


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
    last_country: Where | None = None
    lead: When | None = None
    last: When | None = None
    reported: When | None = None
    total: Figure | None = None


def advanced(discourse: Discourse, reading: Reading, figures: Sequence[Figure]) -> Discourse:
    """The discourse after a sentence and its figures."""
    attributions, dates, places = reading.attributions, reading.dates, reading.places
    if not (attributions or dates or places or reading.mentions or reading.speaker):
        return discourse if discourse.total is None else replace(discourse, total=None)
    named = [a.source for a in attributions if a.source is not None and not a.fleeting]
    dated = [d for d in dates if d.date and not (d.since or d.begins or d.idle or d.reported)]
    at_head = reading.sentence.start < DATELINE and len(dated) > 1  # the first is the one the article stands at
    first = dated[1 if at_head else 0] if dated else None
    if first is not None and first.precision is not Precision.DAY and not reading.mentions:
        first = None  # "talks will be held in October" dates nothing that comes after
    silent = not attributions and bool(reading.mentions)
    return Discourse(
        speaker=reading.speaker or discourse.speaker,
        source=named[-1] if named else None if silent else discourse.source,
        named=(*discourse.named, *named)[-MANY_SOURCES:] if named else discourse.named,
        place=_lasting(places, figures, discourse.place) if places else discourse.place,
        last_country=_last_country(places, discourse.last_country) if places else discourse.last_country,
        lead=discourse.lead or first,
        reported=discourse.reported or (next((d for d in dates if d.date and d.reported), None) if dates else None),
        last=first or (None if reading.mentions else discourse.last),
        total=figures[0] if figures else None,
    )


def _last_country(places: Sequence[Where], before: Where | None) -> Where | None:
    """The last country that the places of a sentence name behind "in" or the like, else the one named before."""
    return next((w for w in reversed(places) if w.is_country and w.strong), before)


def _lasting(places: Sequence[Where], figures: Sequence[Figure], before: Where | None) -> Where | None:
    """The place that later sentences are about: that of the last figure, of an attack, or the first one told.

    A country alone does not take the place of a town in it.
    """
    strong = [w for w in places if w.strong and w.named]
    of_figure = [w for w in strong if figures and w.words == figures[-1].place]
    struck = [w for w in strong if w.struck]
    chosen = next(iter((*of_figure, *struck, *strong)), None)
    if chosen is None or (before is not None and chosen.is_country and before.country == chosen.country):
        return before
    return chosen
