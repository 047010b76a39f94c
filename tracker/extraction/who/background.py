"""What a body only recalls when it speaks of another matter: "said it dropped bombs since the raid killed 12"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.phrase_starts import PhraseStarts, phrases_of
from tracker.knowledge.language import Language

NEAR = 6  # tokens between the word that opens what is recalled and its harm
YEAR = 4  # digits


class BackgroundReader:
    """Finds it with the lists of one language."""

    def __init__(self, language: Language) -> None:
        self.recalling = language.attribution.tables["recalling"]
        self.starts = PhraseStarts(phrases_of(self.recalling))
        self.presupposing = frozenset(language.attribution.lists["presupposing"])
        self.whens = frozenset(language.attribution.lists["recalling_dates"])

    def begins(self, context: SentenceContext, items: Sequence[Item], mention: Mention) -> int:
        """Where the clause begins in which a figure is only recalled, so that who speaks before it does not vouch for
        it; 0 if there is none.
        """
        lows, at, harm = context.lows, items[mention.item].first, items[mention.harm].first
        for first in self.starts(lows):
            hit = self.recalling.at(lows, first)
            stop = first + hit[0] if hit is not None else 0
            if not stop or stop > at or first in context.dated or self._is_cut(context, stop, at):
                continue
            if stop <= harm < min(at, stop + NEAR) or at == stop:
                return first
        return self._in_a_year(context, at)

    def _in_a_year(self, context: SentenceContext, at: int) -> int:
        """Where a clause about a year begins: "the siege of the palace in 1985, when 12 people died"."""
        lows = context.lows
        if self.whens.isdisjoint(lows[:at]):
            return 0
        for index in range(at - 1, 1, -1):
            if context.kinds[index] == "mark":
                break
            year = lows[index - 2]
            if lows[index] in self.whens and lows[index - 1] == "," and year.isdigit() and len(year) == YEAR:
                return index
        return 0

    def _is_cut(self, context: SentenceContext, first: int, stop: int) -> bool:
        return any(context.kinds[index] == "mark" for index in range(first, stop))

    def presupposes(self, lows: Sequence[str], items: Sequence[Item], mention: Mention) -> bool:
        """Whether a harm is only mentioned as known: "condemned the killing of 12"."""
        harm = items[mention.harm]
        if "harm.event" not in harm.roles or mention.item < mention.harm:
            return False
        return not self.presupposing.isdisjoint(lows[max(0, harm.first - 5) : harm.first])
