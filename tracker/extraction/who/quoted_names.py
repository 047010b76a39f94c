"""Names of bodies that have words in quotation marks: "агентство «Интерфакс»", "أعلن «الدفاع المدني»"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.knowledge.language import Language
from tracker.knowledge.sourcebook import Sourcebook

SHORT = 3  # tokens in quotation marks, where capitals tell that they are a name
LONG = 12  # the same where they tell nothing and articles are words of their own


class QuotedNames:
    """Tells with the lists of one language whether words in quotation marks are a name."""

    def __init__(self, language: Language, book: Sourcebook) -> None:
        self.are_told: bool = language.attribution.raw["quoted_names"]
        self.capitals, self.book = language.spelling.capitals, book
        self.links = frozenset(language.attribution.lists["links"])
        self.determiners = frozenset(language.attribution.lists["determiners"])

    def end(self, context: SentenceContext, first: int, bodies: frozenset[int]) -> int:
        """Where the name ends that begins with the mark at `first`; 0 if none does. `bodies`: words for bodies."""
        if not self.are_told or first + 1 >= len(context.lows) or not self.is_a_name(context, first + 1, bodies):
            return 0
        reach = range(first + 2, min(len(context.lows), first + 2 + (SHORT if self.capitals else LONG)))
        stop = next((at + 1 for at in reach if context.lows[at] == '"'), 0)
        return stop if self.capitals or not self._tells_of_harm(context, range(first + 1, stop - 1)) else 0

    def is_a_name(self, context: SentenceContext, first: int, bodies: frozenset[int]) -> bool:
        """Whether a name begins in quotation marks: with a capital; where there are none, with a word for a body, or
        behind one.
        """
        if self.capitals:
            return context.capitals[first]
        before = first - 2  # the word before the mark
        if before >= 0 and context.lows[before] in self.links:
            return False  # "قال مصدر ل«الوكالة»"
        inside = first + (context.lows[first] in self.determiners)
        if before in bodies or not bodies.isdisjoint((first, inside)):
            return True  # "صحيفة «الجسر»", "أعلن «الدفاع المدني»"
        return any(self.book.beginning_at(context.lows, at) is not None for at in (first, inside))

    def _tells_of_harm(self, context: SentenceContext, inside: range) -> bool:
        """Whether words in quotation marks are what a body said, and not its name: "استشهاد 4"."""
        return any(context.tokens.is_harm(at) for at in inside)
