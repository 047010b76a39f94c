"""Whom a pronoun may mean that spoke nowhere yet: the one at the head of a sentence: "The army denied it. It said"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.language import Language

SHORT_HEAD, LONGEST_HEAD = 4, 6  # tokens of a body at the head of a sentence; the latter before a comma


class HeadReader:
    """Reads the heads of sentences with the words of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        words = language.attribution.lists
        self.namer, self.bodies = namer, bodies
        self.telling_verbs = frozenset((*words["speaking"], *words["finding"], *words["presupposing"]))

    def subject(self, context: SentenceContext, pronoun: int) -> Source | None:
        """The known body at the head of a sentence that its pronoun refers to: "Moscow … when it admitted"."""
        if not context.capitals[0] or context.tokens.counts[0]:
            return None  # "Some 300 soldiers died, they said" of themselves
        bodies = self.bodies.bodies(context)
        speech = (at for at in range(1, min(LONGEST_HEAD, pronoun)) if context.lows[at] in self.telling_verbs)
        for size in range(next(speech, min(LONGEST_HEAD, pronoun)), 0, -1):  # "Hamas blamed Israel and said"
            closed = context.lows[size] == "," and size - 1 in bodies  # no dateline
            goes_on = closed or (context.kinds[size] == "word" and size <= SHORT_HEAD)
            name = context.capitals[size] and not context.caps
            goes_on &= size not in bodies and not name  # "A police spokesman, Ali Sani"
            ends = size - 1 in bodies or context.capitals[size - 1]
            if goes_on and ends and self.namer.type_of(context.lows[:size], context.country_counts) is not None:
                return self.namer.source(context, (0, size))
        return None

    def body(self, context: SentenceContext) -> Source | None:
        """The body at the head of a sentence; None if none stands there."""
        stop = self._end_of_name(context)
        if stop == 0 or self.bodies.bodies(context).isdisjoint(range(stop)):
            return None
        source = self.namer.source(context, (0, stop))
        return None if self.namer.is_person(source) else source

    def person(self, context: SentenceContext) -> Source | None:
        """The person at the head of a sentence; None if none stands there."""
        stop = self._end_of_name(context)
        source = self.namer.source(context, (0, stop)) if stop else None
        return source if source is not None and self._is_someone(context, stop, source) else None

    def _end_of_name(self, context: SentenceContext) -> int:
        """Where the name of whoever acts at the head of a sentence ends; 0 if nobody stands there."""
        if not context.capitals or not context.capitals[0] or context.caps:
            return 0
        span = self.bodies.right(context, 0)
        stop = self._stop(context, span[1]) if span is not None else 0
        return 0 if stop and (self.bodies.happens(context, (0, stop)) or stop in context.dated) else stop

    def _stop(self, context: SentenceContext, end: int) -> int:
        """Where the name ends that opens a sentence: before its verb, at most at `end`; 0 if there is no name."""
        stop = 0
        for at in range(end):
            low = context.lows[at]
            if low in self.bodies.determiners or low in self.bodies.links:
                continue
            office = low in self.namer.offices and context.kinds[at] == "word"  # "a hospital director"
            if office or at in self.bodies.bodies(context) or context.capitals[at] or context.kinds[at] == "possessive":
                stop = at + 1
            elif stop:
                break
        return stop

    def _is_someone(self, context: SentenceContext, stop: int, source: Source) -> bool:
        """Whether the first tokens of a sentence name a person, and no place."""
        links = self.bodies.links - self.bodies.determiners
        head = next((at for at in range(1, stop) if context.lows[at] in links), stop)
        lows, places = context.lows[:head], self.namer.gazetteer.places
        if not self.namer.offices.isdisjoint(lows):
            return self.namer.is_person(source)  # "The governor of Tarlo"
        if (
            head < 2
            or head < stop
            or lows[0] in self.bodies.determiners
            or any(low in places for low in (" ".join(lows), lows[-1]))
        ):
            return False
        named = all(context.capitals[:stop]) and self.bodies.bodies(context).isdisjoint(range(stop))
        return named and self.namer.is_person(source)
