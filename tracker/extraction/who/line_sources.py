"""Sources without a verb: at the head of a sentence or turn, at its end behind a dash, and in a headline."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import Source, SourceNamer
from tracker.knowledge.language import Language
from tracker.model import SourceType

LONGEST_HEAD = 6  # words of a body before a colon at the head of a sentence, without what is glued to them
LONGEST_LINE = 4 * LONGEST_HEAD
LONGEST_END = 10  # words of a body behind the dash at the end of a sentence


class LineSources:
    """Finds them with the lists of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        section = language.attribution
        self.language, self.namer, self.bodies = language, namer, bodies
        self.fleeting, self.headings = frozenset(section.lists["fleeting"]), frozenset(section.lists["headings"])
        self.title_marks, self.title_media = (
            frozenset(section.lists["title_marks"]),
            frozenset(section.lists["title_media"]),
        )
        self.closing_marks = frozenset(section.lists["closing_marks"])
        self.opponents = frozenset(language.places.lists["opponents"])
        self.sites = language.places.tables["nouns"].alone
        self.states_in_titles = bool(section.raw["states_in_titles"])

    def speaker(self, context: SentenceContext) -> Source | None:
        """The speaker at the head of a turn of a transcript: "[PONCE] We counted 230 killed"."""
        if context.lows[0] != "[" or "]" not in context.lows[2:6]:
            return None
        stop = context.lows.index("]")
        name = context.lows[1:stop]
        named = all(context.capitals[1:stop])
        return self.namer.source(context, (1, stop)) if named and self.headings.isdisjoint(name) else None

    def at_head(self, context: SentenceContext) -> Source | None:
        """The body at the head of a sentence: "Police in Ankara: 86 dead"."""
        stop = context.lows.index(":") if ":" in context.lows[: LONGEST_LINE + 1] else -1
        clitics = self.language.numbers.clitics
        if stop < 0 or sum(low not in clitics for low in context.lows[:stop]) > LONGEST_HEAD:
            return None
        speaks = any(self.language.source_types.at(context.lows, index) is not None for index in range(stop))
        fleeting = context.lows[stop - 1] in self.fleeting  # "Last minute report: …"
        counted = self.language.head_first and any(self.bodies.counts(context, index) for index in range(stop))
        if not speaks or fleeting or counted:  # "Погибли четыре жителя: двое …"
            return None
        return self.namer.source(context, (0, stop))

    def at_end(self, context: SentenceContext, items: Sequence[Item]) -> Source | None:
        """The body behind a dash at the end of a sentence: "Two were killed in the raid — police"."""
        lows, size = context.lows, len(context.lows)
        if self.closing_marks.isdisjoint(lows):
            return None
        stop = size - 1 if context.kinds[size - 1] == "mark" else size
        floor = max(0, stop - LONGEST_END)
        begin = next((at + 1 for at in range(stop - 1, floor, -1) if lows[at] in self.closing_marks), stop)
        span = self.bodies.right(context, begin) if begin < stop else None
        if span is None or span[1] != stop or _counts_between(items, begin, stop):
            return None
        return self.namer.source(context, span) if self._closes(context, span) else None

    def in_title(self, context: SentenceContext, items: Sequence[Item]) -> Source | None:
        """The body at the end or head of a headline: "46 dead in blast: monitor", "… -- Medics", "Police: 3 dead".

        Counted phrases do not qualify: at the end they are victims ("kills three troops").
        """
        size = len(context.lows)
        marks = self.title_marks
        cuts = [i for i, low in enumerate(context.lows) if low in marks and context.kinds[i] == "mark"]
        spans = [(cuts[-1] + 1, size), (0, cuts[0])] if cuts else []
        if cuts and ":" in context.lows[cuts[0] + 1 :]:
            del spans[1]  # "Israel - Hamas war: 46 dead"
        first = None if self.language.head_first else self._last_body(context)
        if first is not None:
            spans.append((first, size))
        for begin, stop in spans:
            short = 0 < stop - begin <= 5
            if short and not _counts_between(items, begin, stop) and self._closes(context, (begin, stop)):
                return self.namer.source(context, (begin, stop))
        return None

    def _last_body(self, context: SentenceContext) -> int | None:
        """Where the body that ends a headline without a mark begins: "… in Homs blast monitor"; or None."""
        lows, size = context.lows, len(context.lows)
        for first in range(max(1, size - 3), size):
            hit = self.language.source_types.at(lows, first)
            if hit is None or first + hit[0] != size or lows[first] in self.sites or lows[first - 1] in self.opponents:
                continue
            word = context.tokens.lexicon[first - 1]
            adjective = first > 1 and lows[first - 1] in self.namer.gazetteer.demonyms
            before = lows[first - 2 if adjective else first - 1]
            if before not in self.bodies.links and (word is None or "includes" not in word[1].roles):
                return first
        return None

    def _begins(self, context: SentenceContext, first: int) -> bool:
        """Whether a body begins at `first`, or behind an article there."""
        first += context.lows[first] in self.bodies.determiners
        return first in self.bodies.bodies(context) or context.capitals[first]

    def _closes(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name can close a headline. Media qualify only by a common noun, as papers sign with their name."""
        lows = context.lows[span[0] : span[1]]
        kind = self.namer.type_of(lows, context.country_counts)
        if not self.states_in_titles and self.namer.state(lows) is not None:
            return False  # "Mali : 12 morts" tells where
        if self.language.head_first and not self._begins(context, span[0]):
            return False  # "Nouvelle attaque armée : …"
        return kind is not None and (kind is not SourceType.MEDIA or context.lows[span[1] - 1] in self.title_media)


def _counts_between(items: Sequence[Item], begin: int, stop: int) -> bool:
    """Whether a counted phrase overlaps the tokens [begin, stop)."""
    return any(item.first < stop and begin < item.stop and item.counted is not None for item in items)
