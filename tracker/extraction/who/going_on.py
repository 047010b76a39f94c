"""What goes on from the sentence before: a quotation, a count that goes on, a verb that tells who said it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.numbers import quantity_at
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader
from tracker.extraction.who.phrase_starts import PhraseStarts, phrases_of
from tracker.knowledge.language import Language

LONGEST_OPENING = 10  # words of a sentence before the verb that speaks of the sentence before


class GoingOnReader:
    """Tells it with the lists of one language."""

    def __init__(self, language: Language, bodies: BodyReader) -> None:
        section = language.attribution
        self.language, self.bodies = language, bodies
        self.goes_on, self.counting_on = section.tables["goes_on"], section.tables["counts_on"]
        self.going_on = PhraseStarts(phrases_of(self.goes_on))
        self.backward, self.told_to = section.tables["backward"], section.tables["told_to"]
        self.of_that = section.tables["of_that"]
        self.skips = frozenset(section.lists["skips"])

    def carries_on(self, lows: Sequence[str]) -> bool:
        """Whether a sentence continues the statement before it: inside a quotation, or with a word that says so."""
        return lows[0] == '"' or any(self.goes_on.at(lows, index) is not None for index in self.going_on(lows))

    def counts_on(self, context: SentenceContext) -> bool:
        """Whether a sentence begins by counting on from the one before: "Another 70 were wounded."."""
        lows = context.lows
        head = int(len(lows) > 1 and lows[0] in self.bodies.joiners)
        if self.counting_on.at(lows, head) is not None:
            return True
        quantity = quantity_at(context.tokens, head, self.language.numbers) if context.tokens.counts[head] else None
        stop = quantity.stop if quantity is not None else head + 1
        return bool(context.tokens.counts[head]) and not self.language.others.isdisjoint(lows[stop : stop + 2])

    def looks_back(self, context: SentenceContext, verb: int) -> bool:
        """Whether a verb at the head of a sentence speaks of the sentence before: "Про це повідомила"; or a word for
        the source stands there: "Джерело: поліція".
        """
        if verb + 1 < len(context.lows) and self.of_that.at(context.lows, verb + 1) is not None:
            return True
        if not self.backward.by_first or verb > LONGEST_OPENING:
            return False
        if verb == 0 and self.backward.at(context.lows, 0) is not None:
            return True
        heads = ((at, self.backward.at(context.lows, at)) for at in range(verb))
        return any(hit is not None and self._only_told(context, head + hit[0], verb) for head, hit in heads)

    def _only_told(self, context: SentenceContext, first: int, verb: int) -> bool:
        """Whether only when and where it was told stands before a verb of speech."""
        while first < verb:
            told = self.told_to.at(context.lows, first) if self.bodies.speaks_in else None
            if told is None and first not in context.dated and context.lows[first] not in self.skips:
                return False
            first += told[0] if told is not None else 1
        return True
