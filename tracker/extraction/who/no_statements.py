"""Words of speech that state nothing: part of a name, of a number or of a noun, or what was done to their subject."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader
from tracker.extraction.who.stating import StatingReader
from tracker.knowledge.language import Language

_NAME = "Name"  # the role of the names that the lexicon knows
_PASSED = frozenset({"adverb", "not"})


class NoStatementReader:
    """Tells them from statements, with the lists of one language."""

    def __init__(self, language: Language, bodies: BodyReader, stating: StatingReader) -> None:
        self.stating = stating
        words = {name: frozenset(words) for name, words in language.attribution.lists.items()}
        self.bodies, self.modifiers, self.verb_first = bodies, language.modifiers, bodies.verb_first
        self.speaking, self.blaming, self.determiners = words["speaking"], words["blaming"], words["determiners"]
        self.firm = words["speaking"] - words["weak"]
        self.owning = frozenset(language.context.lists["owning"])
        self.progressive = words["progressive"] - words["speaking"] - words["finding"]
        self.finding, self.that = words["finding"], words["that"]
        self.owned, self.undergone = words["owned"], words["undergone"]
        known = [one for group in language.lexicon.by_first.values() for one in group]
        self.in_names = self.speaking & {low for phrase, word in known if _NAME in word.roles for low in phrase}

    def holds(self, context: SentenceContext, index: int) -> bool:
        """Whether the word of speech at `index` states nothing."""
        return (
            self._only_finds(context, index)
            or self._only_goes_with_it(context, index)
            or self._in_name(context, index)
            or self._is_a_guess(context, index)
            or self._is_a_noun(context, index)
            or self._was_done(context, index)
        )

    def _only_goes_with_it(self, context: SentenceContext, index: int) -> bool:
        """Whether a participle is no verb of its own, as no "be" is before it: "struck without warning"."""
        if context.lows[index] not in self.progressive:
            return False
        left = self.bodies.skip_back(context, index - 1)
        return left < 0 or "be" not in context.tokens.roles(left)

    def _only_finds(self, context: SentenceContext, index: int) -> bool:
        """Whether it tells what was found, and does not say that something was: "the police found 12 bodies"."""
        lows = context.lows
        if lows[index] not in self.finding or not self.that.isdisjoint(lows[index + 1 : index + 3]):
            return False
        return not (self.stating.closes(context, index) or self.stating.gives(context, index))

    def _in_name(self, context: SentenceContext, index: int) -> bool:
        """Whether it is only part of a name: "United States"."""
        if context.lows[index] not in self.in_names:
            return False
        before = [(at, word) for at, word in enumerate(context.tokens.lexicon[: index + 1]) if word is not None]
        return any(_NAME in word.roles and at + size > index for at, (size, word) in before)

    def _is_a_guess(self, context: SentenceContext, index: int) -> bool:
        """Whether it only belongs to a number or a noun: "an estimated 150", "the alleged raid"."""
        if index == 0:
            return False
        if context.tokens.counts[index - 1] and self.bodies.counts(context, index - 1):
            return context.lows[index] in self.modifiers  # "27 alleged rebels"
        if context.lows[index - 1] not in self.determiners:
            return False
        counts = index + 1 < len(context.lows) and self.bodies.counts(context, index + 1)
        return counts or (not self.verb_first and self.bodies.is_article(context, index - 1))

    def _is_a_noun(self, context: SentenceContext, index: int) -> bool:
        """Whether it is a body of the next one, "media reports said"; or has its object behind it: "accused of murder",
        "claimed responsibility for the raid".
        """
        lows, after = context.lows, index + 1
        if index and lows[index - 1] in self.owning:
            return True  # "militants whose names were not revealed"
        if after >= len(lows):
            return False
        bodies = self.bodies.bodies(context)
        if lows[index] in self.firm and index in bodies and after in bodies:
            return True  # "informed sources"
        body = lows[after] in self.firm and index in bodies
        return body or lows[after] in self.owned or (lows[index] in self.blaming and lows[after] in self.bodies.placing)

    def _was_done(self, context: SentenceContext, index: int) -> bool:
        """Whether it was done to its subject, which did not speak: "the envoy was recalled"."""
        if context.lows[index] not in self.undergone:
            return False
        left = index - 1
        while left >= 0 and context.tokens.roles(left) & _PASSED:
            left -= 1
        return left >= 0 and "be" in context.tokens.roles(left)
