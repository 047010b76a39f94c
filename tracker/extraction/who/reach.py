"""How far a statement reaches: what stands before or behind it that its speaker does not vouch for."""

from __future__ import annotations

import sys
from bisect import bisect_left

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader
from tracker.extraction.who.names import Source
from tracker.knowledge.language import Language

EVERYWHERE = (0, sys.maxsize)
_FINITE = frozenset({"be", "have", "modal"})
NEAR = 3  # tokens between a clause about a speaker and a verb of speech in it
Reach = tuple[int, int]


class ReachReader:
    """Finds how far statements reach, with the lists of one language."""

    def __init__(self, language: Language, bodies: BodyReader) -> None:
        words = {name: frozenset(words) for name, words in language.attribution.lists.items()}
        self.bodies, self.that = bodies, words["that"]
        self.meanwhile, self.opening, self.addressing = words["meanwhile"], words["opening"], words["addressing"]
        self.plural, self.linking = language.plural, words["links"] | words["skips"] | words["stops"]
        self.pronouns, self.speaking = words["pronouns"], words["speaking"]

    def of(self, context: SentenceContext, verb: int, source: Source | None) -> Reach:
        """The tokens that the source of the verb of speech `verb` vouches for: from the first up to the second one."""
        if not self.opening:
            return EVERYWHERE
        begin, end = _tokens_of(context, source) if source is not None else (verb, verb)
        if begin > verb:
            return (0, end) if self._tells_of_speaker(context, end) else EVERYWHERE
        after, size = verb + 1, len(context.lows)
        while after < size and after in context.dated:
            after += 1
        if self._turns_away(context, after):
            return 0, after
        if source is None and begin > 0 and context.lows[begin - 1] in self.pronouns:
            begin -= 1
        first = self._begins_clause(context, begin) and self._opens_statement(context, verb, after)
        return (verb, size) if first else EVERYWHERE

    def _tells_of_speaker(self, context: SentenceContext, index: int) -> bool:
        """Whether a clause only tells who spoke: "said a nurse who fled the raid that killed 12"."""
        lows = context.lows
        index += index < len(lows) and lows[index] == ","
        told = index < len(lows) and self.bodies.opens_clause(context, index)
        return told and self.speaking.isdisjoint(lows[index : index + NEAR])

    def _turns_away(self, context: SentenceContext, index: int) -> bool:
        """Whether what follows a statement is told by the text itself: ", he said, as the toll rose to 12"."""
        lows = context.lows
        if index + 2 >= len(lows) or lows[index] != "," or lows[index + 1] not in self.meanwhile:
            return False
        marks = (at for at in range(index + 2, len(lows)) if lows[at] == ",")
        close = next(marks, len(lows))
        return close + 1 >= len(lows) or lows[close + 1] not in self.that  # "said, as he left, that 12 had died"

    def _begins_clause(self, context: SentenceContext, index: int) -> bool:
        return index == 0 or context.kinds[index - 1] == "mark" or "and" in context.tokens.roles(index - 1)

    def _opens_statement(self, context: SentenceContext, verb: int, index: int) -> bool:
        """Whether what is said begins at `index`: ", the ministry said that"; ", police said the bomb"."""
        if index >= len(context.lows):
            return False
        low = context.lows[index]
        if low in self.that or low == ":":
            return True
        relayed = not self.speaking.isdisjoint(context.lows[index : index + NEAR])  # "the ministry said Tass reported"
        named = context.capitals[index] and not context.caps and not relayed
        opens = low in self.opening or self.bodies.counts(context, index)
        return context.lows[verb] not in self.addressing and (opens or named or self._tells_more(context, index))

    def _tells_more(self, context: SentenceContext, index: int) -> bool:
        """Whether the plural noun and the verb of another clause stand here: "residents said similar raids had become
        common".
        """
        lows, plural = context.lows, self.plural
        noun = next((at for at in range(index, min(len(lows), index + NEAR)) if lows[at].endswith(plural)), 0)
        if not (plural and noun) or noun + 1 >= len(lows) or any(low in self.linking for low in lows[index : noun + 1]):
            return False
        plain = all(context.kinds[at] == "word" and at not in context.dated for at in range(index, noun + 1))
        return plain and not _FINITE.isdisjoint(context.tokens.roles(noun + 1))


def _tokens_of(context: SentenceContext, source: Source) -> tuple[int, int]:
    starts = context.tokens.starts
    return bisect_left(starts, source.start), bisect_left(starts, source.end)
