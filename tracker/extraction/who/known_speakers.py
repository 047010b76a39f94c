"""Whether a name speaks that stands beside a verb which often means something else: "Ruiz put the toll at 12"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.language import Language
from tracker.model import SourceType


class KnownSpeakers:
    """Tells it by the words for bodies of one language, and by who spoke before."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        self.namer, self.bodies, self.plural = namer, bodies, language.plural

    def holds(self, context: SentenceContext, verb: int, span: Span) -> bool:
        """Whether the name in `span` speaks with the weak verb at `verb`."""
        lows = context.lows[span[0] : span[1]]
        if self.namer.type_of(lows, context.country_counts) is not None:
            return True
        return self._spoke(context, span) or self._count_their_own(context, verb, lows)

    def by_its_words(self, source: Source) -> bool:
        """Whether a source is a body by its own words, and not only a place or an unknown name."""
        lows = source.words.lower().split()
        known = source.type is not SourceType.OFFICIALS or bool(self.namer.typed(lows))
        return known and self.namer.state(lows) is None

    def _spoke(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name is that of somebody who spoke before: "Ruiz put the toll at 12"."""
        if context.caps or context.spoke is None or not all(context.capitals[span[0] : span[1]]):
            return False
        return context.spoke().issuperset(context.lows[span[0] : span[1]])

    def _count_their_own(self, context: SentenceContext, verb: int, lows: Sequence[str]) -> bool:
        """Whether the people of a country give a number: "Palestinians report 35 dead", but no "Malian report"."""
        several = bool(self.plural) and lows[-1].endswith(self.plural)
        counted = verb + 1 < len(context.lows) and self.bodies.counts(context, verb + 1)
        return several and counted and self.namer.nation(lows)
