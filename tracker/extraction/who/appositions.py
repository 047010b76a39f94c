"""Appositions: names and offices beside each other: "Ana Ruiz, the mayor", "the army's chief, Omar Haddad"."""

from __future__ import annotations

from dataclasses import replace

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.language import Language
from tracker.model import SourceType

LONGEST_APPOSITION = 12
LONGEST_BEHIND_ITS_HEAD = 18  # "portavoz de la Oficina de las Naciones Unidas para …"


class AppositionReader:
    """Reads appositions with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        self.namer = namer
        self.bodies = bodies
        self.introduces = bool(language.attribution.raw["introduces"])
        self.longest = LONGEST_BEHIND_ITS_HEAD if language.head_first else LONGEST_APPOSITION

    def before(self, context: SentenceContext, comma: int) -> Source | None:
        """The body before an apposition: "Ukraine's army chief, Valery Zaluzhny, said"."""
        if comma < 2 or context.lows[comma] != ",":
            return None
        first = next((i for i in range(comma - 1, max(0, comma - self.longest), -1) if context.lows[i] == ","), None)
        if first is None or not self.bodies.breaking.isdisjoint(context.lows[first:comma]):
            return None
        span = self.bodies.left(context, first - 1) or self.bodies.left(context, comma - 1)
        if span is None or self.bodies.happens(context, span):
            return None
        office = not self.namer.offices.isdisjoint(context.lows[first + 1 : comma])  # "ANA RUIZ, A PARTY LEADER, SAID"
        if not office and not self.bodies.known(context, (span[0], comma)):
            return None
        return self._typed(context, span, (first + 1, comma))

    def with_one(self, context: SentenceContext, span: Span) -> Source:
        """The source of `span`, with its type from the apposition: "according to Ana Ruiz, the mayor"."""
        stop = span[1]
        if (
            stop + 1 >= len(context.lows) or context.lows[stop] != "," or self.bodies.opens_clause(context, stop + 1)
        ):  # a final comma opens no apposition
            return self.namer.source(context, span)
        end, last, stops = stop + 1, min(len(context.lows), stop + self.longest), self.bodies.clausal
        while end < last and context.kinds[end] != "mark" and context.lows[end] not in stops:
            end += 1
        whole = end < last or end == len(context.lows)
        if not whole or end == stop + 1 or any(context.tokens.counts[stop + 1 : end]):
            return self.namer.source(context, span)  # "according to police, rebels who …", and no apposition
        return self._typed(context, span, (stop + 1, end))

    def introduced(self, context: SentenceContext) -> Source | None:
        """Who is introduced with an office at the end of a sentence: "Here is Ana Ruiz, a spokesperson for UNICEF:"."""
        last = len(context.lows) - 1
        commas = [at for at in range(max(0, last - self.longest), last) if context.lows[at] == ","]
        if not self.introduces or not commas:
            return None
        span, named = (commas[-1] + 1, last), self.bodies.left(context, commas[-1] - 1)
        if named is not None and self.namer.type_of(context.lows[span[0] : last], context.country_counts) is not None:
            return self._typed(context, named, span)
        return None

    def _typed(self, context: SentenceContext, span: Span, other: Span) -> Source:
        source = replace(self.namer.source(context, span), also=context.words(*other))
        lows, beside = context.lows[span[0] : span[1]], context.lows[other[0] : other[1]]
        known, kind = (
            self.namer.book.find(beside, context.country_counts),
            self.namer.type_of(lows, context.country_counts),
        )
        if known is not None and kind in (None, SourceType.OFFICIALS):  # and not "the embassy, the army lost 12"
            return replace(source, name=known.name, type=known.type)
        kind = kind or self.namer.type_of(beside, context.country_counts)
        return replace(source, type=kind) if kind is not None else source
