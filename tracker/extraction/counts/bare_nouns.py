"""Nouns that count one person by themselves, where English has an article: "مقتل جندي", "погиб солдат"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.tags import Item
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language

_POINTERS = frozenset({"the", "it"})
_THERE_IS = frozenset({"be", "suffer"})
_HARMED = frozenset({"harm.unit"})
_DASHES = frozenset("‒–—")
_THING = frozenset({"thing", "other.thing"})
_DESCRIBES = frozenset({"word", "other.thing", "mark", "adverb"})  # "60-летней"
_OF_HARM = frozenset({"harm.event", "remains_of"})
_JOINS = frozenset({"and", "comma"})
HUNDRED = 100  # whose multiples have a genitive behind them
_BETWEEN = frozenset("adverb word Name preposition date other.thing be and people count former suffer".split())
TEN = 10  # up to which numbers have a plural
CLOSE = 6  # items between a noun that counts one and its word of harm


class BareNouns:
    """Tells with the lists of one language whether such a noun counts somebody."""

    def __init__(self, language: Language) -> None:
        self.definite, self.of_places = language.numbers.definite, language.numbers.of_places
        self.adjectives = bool(language.context.raw["endings_tell"])
        self.genitives, self.sizes = language.numbers.genitives, language.numbers.bare
        self.pronouns = frozenset(language.spelling.glued.after)
        self.capitals = language.spelling.capitals
        self.days = frozenset((*language.dates.raw["weekdays"], *language.dates.lists["cues"]))

    def counts(self, tokens: Tokens, index: int, before: Sequence[Item]) -> bool:
        """Whether a noun without a number stands close to a word of harm, and no word or name says who it is.

        Only then it counts one. `before`: the items before it.
        """
        if before and not _POINTERS.isdisjoint(before[-1].roles):
            return self.adjectives and _is_kin(before)
        if self.adjectives and (_is_known(before) or _is_owner(before) or self._is_a_name(tokens, index)):
            return False
        if tokens.lows[index] in self.genitives and not _is_of_harm(before):
            return False
        after = index + 1
        if self._is_owned(tokens, index):
            return False
        if after < len(tokens.lows) and (self._says_who(tokens, after) or self._describes(tokens, after)):
            return False
        if self.definite and _is_of_one_count(tokens, index, before):
            return False
        if self.definite and ((not before and "harm.unit" in tokens.roles(index)) or _goes_on(tokens, index, before)):
            return True  # no article says that somebody known is meant: "شهيد ومصابون في الضفة"
        if before and before[-1].roles >= _THERE_IS and "harm.unit" in tokens.roles(index):
            return True  # "есть погибший"
        return _led(tokens, before) or _followed(tokens, after)

    def _is_a_name(self, tokens: Tokens, index: int) -> bool:
        """Whether a capital inside a sentence shows that the noun is a name: "під час обстрілу Гірника"."""
        inside = index > 0 and tokens.kinds[index - 1] == "word" and not all(tokens.capitals[:index])
        return self.capitals and inside and tokens.capitals[index]

    def _is_owned(self, tokens: Tokens, index: int) -> bool:
        """Whether a pronoun that is written as one with it tells whose somebody is: "زميله"."""
        after = index + 1
        glued = after < len(tokens.lows) and tokens.starts[after] == tokens.ends[index]
        return glued and tokens.lows[after] in self.pronouns and self.sizes.get(tokens.lows[index]) == 1

    def _describes(self, tokens: Tokens, after: int) -> bool:
        """Whether the noun only describes the next one: "военный корреспондент"."""
        return self.adjectives and tokens.people[after] is not None

    def _says_who(self, tokens: Tokens, after: int) -> bool:
        """Whether the next word is a name, or makes the noun one that is known: "قائد الشرطة"; a day is neither."""
        low = tokens.lows[after]
        named = tokens.capitals[after] and tokens.lows[after - 1] not in self.of_places
        return named or (low.startswith(self.definite) and low not in self.days)


def _is_kin(before: Sequence[Item]) -> bool:
    """Whether a pronoun before a noun points to somebody counted right before: "погибла женщина и ее сын"."""
    return len(before) > 2 and "and" in before[-2].roles and before[-3].counted is not None


def _is_known(before: Sequence[Item]) -> bool:
    """Whether a participle before a noun says that the text told of that person before: "похищенный американец"."""
    return bool(before) and before[-1].roles == _HARMED and (len(before) == 1 or before[-2].outcome is None)


def _is_owner(before: Sequence[Item]) -> bool:
    """Whether a noun only tells whose the thing is that a verb hits: "підірвали автомобіль колаборанта"."""
    return len(before) > 1 and not _THING.isdisjoint(before[-1].roles) and "harm.past" in before[-2].roles


def _is_of_harm(before: Sequence[Item]) -> bool:
    """Whether a noun for harm or a body stands before a noun in the genitive: "загибель жінки", "тело 60-летней
    женщины".
    """
    led = next((item for item in reversed(before) if item.roles.isdisjoint(_DESCRIBES)), None)
    return led is not None and not led.roles.isdisjoint(_OF_HARM)


def _led(tokens: Tokens, before: Sequence[Item]) -> bool:
    """Whether a word of harm stands close before: "тяжело ранен 12-летний подросток"; before a dash only one that
    divides: "среди раненых — подросток", but not "похищенный — россиянин".
    """
    dashed = False
    for item in before[: -CLOSE - 1 : -1]:
        if (item.outcome is not None and not dashed) or "includes" in item.roles:
            return True
        low = tokens.lows[item.first]
        dashed = dashed or low in _DASHES
        if item.roles.isdisjoint(_BETWEEN) and item.outcome is None and low != "-" and low not in _DASHES:
            break
    return False


def _followed(tokens: Tokens, after: int) -> bool:
    """Whether a word of harm stands close behind, with words and quotation marks between: "боец «Барса» ранен"."""
    for at in range(after, min(after + CLOSE, len(tokens.lows))):
        if tokens.lows[at] == '"':
            continue
        if tokens.kinds[at] != "word" or tokens.is_harm(at):
            return tokens.kinds[at] == "word"
    return False


def _goes_on(tokens: Tokens, index: int, before: Sequence[Item]) -> bool:
    """Whether a word joins what follows to a count, "ثلاثة جنود وضابط", and both nouns are not those of one count."""
    joined = len(before) > 1 and not _JOINS.isdisjoint(before[-1].roles) and before[-2].counted is not None
    return joined and not _is_of_one_count(tokens, index, before)


def _is_of_one_count(tokens: Tokens, index: int, before: Sequence[Item]) -> bool:
    """Whether a noun is the second one of a count above ten: two with one ending, "650 ضابطا وجنديا", or two of harm
    behind a round number, "مليون نازح ولاجئ".
    """
    if len(before) < 2 or "and" not in before[-1].roles or before[-2].counted is None:
        return False
    value = before[-2].counted.quantity.value or 0
    alike = tokens.lows[index][-1] == tokens.lows[before[-2].stop - 1][-1]
    both = "harm.unit" in tokens.roles(index) and before[-2].counted.unit is not None and value % HUNDRED == 0
    return value > TEN and (alike or both)
