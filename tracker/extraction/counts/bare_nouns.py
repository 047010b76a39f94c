"""Nouns that count one person by themselves, where English has an article: "مقتل جندي", "погиб солдат"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.tags import Item
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language

_POINTERS = frozenset({"the", "it"})
_JOINS = frozenset({"and", "comma"})
_BETWEEN = frozenset("adverb word Name preposition date other.thing be and people count former suffer".split())
CLOSE = 6  # items between a noun that counts one and its word of harm


class BareNouns:
    """Tells with the lists of one language whether such a noun counts somebody."""

    def __init__(self, language: Language) -> None:
        self.definite = language.numbers.definite
        self.adjectives = bool(language.context.raw["endings_tell"])
        self.days = frozenset((*language.dates.raw["weekdays"], *language.dates.lists["cues"]))

    def counts(self, tokens: Tokens, index: int, before: Sequence[Item]) -> bool:
        """Whether a noun without a number stands close to a word of harm, and no word or name says who it is.

        Only then it counts one. `before`: the items before it.
        """
        if before and not _POINTERS.isdisjoint(before[-1].roles):
            return False
        after = index + 1
        if after < len(tokens.lows) and (self._says_who(tokens, after) or self._describes(tokens, after)):
            return False
        if self.definite and ((not before and "harm.unit" in tokens.roles(index)) or _goes_on(before)):
            return True  # no article says that somebody known is meant: "شهيد ومصابون في الضفة"
        return _led(tokens, before) or _followed(tokens, after)

    def _describes(self, tokens: Tokens, after: int) -> bool:
        """Whether the noun only describes the next one: "военный корреспондент"."""
        return self.adjectives and tokens.people[after] is not None

    def _says_who(self, tokens: Tokens, after: int) -> bool:
        """Whether the next word is a name, or makes the noun one that is known: "قائد الشرطة"; a day is neither."""
        low = tokens.lows[after]
        return tokens.capitals[after] or (low.startswith(self.definite) and low not in self.days)


def _led(tokens: Tokens, before: Sequence[Item]) -> bool:
    """Whether a word of harm stands close before: "тяжело ранен 12-летний подросток"."""
    for item in before[: -CLOSE - 1 : -1]:
        if item.outcome is not None or "includes" in item.roles:
            return True
        if item.roles.isdisjoint(_BETWEEN) and tokens.lows[item.first] != "-":
            break
    return False


def _followed(tokens: Tokens, after: int) -> bool:
    """Whether a word of harm stands close behind, with words alone between."""
    for at in range(after, min(after + CLOSE, len(tokens.lows))):
        word = tokens.lexicon[at]
        if tokens.kinds[at] != "word" or (word is not None and word[1].outcome is not None):
            return tokens.kinds[at] == "word"
    return False


def _goes_on(before: Sequence[Item]) -> bool:
    """Whether a word joins what follows to a count: "ثلاثة جنود وضابط"."""
    return len(before) > 1 and not _JOINS.isdisjoint(before[-1].roles) and before[-2].counted is not None
