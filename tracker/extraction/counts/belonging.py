"""What belongs to the people of a number, behind them in the genitive: "медиков скорой помощи", "бойцов ВСУ"."""

from __future__ import annotations

from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language

SHORTEST = 4  # letters of an adjective
ACRONYM = (2, 6)  # letters


class BelongingReader:
    """Finds it with the endings of one language; in a language without them there is none."""

    def __init__(self, language: Language) -> None:
        self.endings = tuple(language.context.lists["belonging"])

    def stop(self, tokens: Tokens, stop: int) -> int:
        """Where the words end that belong to the people whose noun ends at `stop`: an adjective and its noun, or the
        capitals of a body.
        """
        if not self.endings:
            return stop
        if self._is_adjective(tokens, stop) and self._is_plain(tokens, stop + 1):
            stop += 2
            named = self._is_plain(tokens, stop) and tokens.capitals[stop] and tokens.capitals[stop - 1]
            return stop + int(named)  # "Збройних Сил України"
        return stop + int(self._is_acronym(tokens, stop))

    def _is_adjective(self, tokens: Tokens, index: int) -> bool:
        low = tokens.lows[index] if index < len(tokens.lows) else ""
        return len(low) >= SHORTEST and low.endswith(self.endings) and self._is_plain(tokens, index)

    def _is_acronym(self, tokens: Tokens, index: int) -> bool:
        text = tokens.texts[index] if index < len(tokens.texts) else ""
        return ACRONYM[0] <= len(text) <= ACRONYM[1] and text.isupper() and self._is_plain(tokens, index)

    @staticmethod
    def _is_plain(tokens: Tokens, index: int) -> bool:
        """Whether a word stands there that no list knows."""
        if index >= len(tokens.lows) or tokens.kinds[index] != "word":
            return False
        word = tokens.lexicon[index]
        known = word is not None and not word[1].roles <= {"word", "Name", "thing"}
        return not known and tokens.people[index] is None and tokens.counts[index] is None
