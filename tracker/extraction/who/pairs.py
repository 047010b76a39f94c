"""Two bodies that speak together: "both Malian and French officials", "a monitor and a doctor said"."""

from __future__ import annotations

from collections.abc import Callable

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.names import SourceNamer
from tracker.knowledge.language import Language

LONGEST = 5  # tokens of the first of them, without its determiner
Span = tuple[int, int]


class PairReader:
    """Finds them with the words of one language. `belongs`: whether a token is part of the name right after it."""

    def __init__(self, language: Language, namer: SourceNamer, belongs: Callable[[SentenceContext, int], bool]) -> None:
        words = language.attribution.lists
        self.namer, self.belongs = namer, belongs
        self.determiners, self.links = frozenset(words["determiners"]), frozenset(words["links"])
        self.articles, self.outside = language.numbers.articles, language.numbers.joiners | self.determiners
        self.opening = frozenset((*words["that"], *words["pairing"]))

    def whole(self, context: SentenceContext, span: Span | None) -> Span | None:
        """A name with the one that it is joined to, if the two open a clause."""
        if span is None or span[0] < 2 or "and" not in context.tokens.roles(span[0] - 1):
            return span
        lows, begin = context.lows, span[0] - 1
        first, floor = begin, max(0, begin - LONGEST)
        while first > floor and self.belongs(context, first - 1) and lows[first - 1] not in self.outside:
            first -= 1
        while first < begin and lows[first] in self.links:
            first += 1  # "with Malian and French officials"
        other = lows[first:begin]
        first -= first > 0 and lows[first - 1] in self.determiners
        speaks = self.namer.nation(other) or self.namer.type_of(other, context.country_counts) is not None
        return (first, span[1]) if other and speaks and self._opens(context, first) else span

    def _opens(self, context: SentenceContext, first: int) -> bool:
        """Whether a clause begins at `first`. A comma before it may be missing: "in Adra a monitor and a doctor"."""
        if first == 0 or context.kinds[first - 1] == "mark" or context.lows[first - 1] in self.opening:
            return True
        named = context.capitals[first - 1] and not context.caps and context.lows[first] in self.articles
        return named or first - 1 in context.dated
