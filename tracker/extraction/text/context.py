"""A sentence as names are looked for in it: what the questions who and where have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.extraction.text.tokens import Tokens


class Kind(StrEnum):
    """What a word is in a place phrase."""

    NAME = "a name of the gazetteer"
    CAPITAL = "a name it does not know"
    NOUN = "a word for a kind of place"
    DIRECTION = "a direction"
    PEOPLE = "the name of a people: Syrian"
    JOIN = "a small word inside names"
    LOOSE = "any other word"
    END = "a word that ends the phrase"


# To read a member off its class takes Python 3.11 as long as a call: where it counts they go by these names.
NAME, CAPITAL, NOUN, DIRECTION, PEOPLE, JOIN, LOOSE, END = Kind


PlaceKind = tuple[Kind, int, str | None]  # what stands at a word, over how many of them, and the country it tells


@dataclass(slots=True)
class PlaceCache:
    """What was found out so far about the words of a sentence as those of places, to ask it once: their letters
    (see PlacePatterns), and by the word it begins with each name and each kind that was looked for.
    """

    letters: str = ""
    names: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    kinds: dict[int, PlaceKind] = field(default_factory=dict)


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class SentenceContext:
    """The words of a sentence (three of their columns at hand), the whole field's text, the words inside dates, whether
    capitals say nothing (all capitals, headline capitals), how often the article names each country, and whether all
    is written in capitals.
    """

    tokens: Tokens
    lows: Sequence[str]
    kinds: Sequence[str]
    capitals: Sequence[bool]
    text: str
    dated: frozenset[int]
    caps: bool
    country_counts: Counter[str]
    upper: bool
    places: PlaceCache = field(default_factory=PlaceCache)
    bodies: frozenset[int] | None = None
    """The words that stand for bodies which speak, once BodyReader was asked for them."""

    def acronym(self, index: int) -> bool:
        """Whether a token stands in capitals where not all is written so: the "IS" of "eight IS members"."""
        return self.tokens.texts[index].isupper() and not self.upper

    def words(self, first: int, stop: int) -> str:
        """The text of the words [first, stop)."""
        return self.text[self.tokens.starts[first] : self.tokens.ends[stop - 1]]


def sentence_context(tokens: Tokens, text: str, dated: frozenset[int], country_counts: Counter[str]) -> SentenceContext:
    """The context of a sentence; more than six in ten words with a capital are headline capitals."""
    caps = sum(tokens.capitals) * 10 > tokens.kinds.count("word") * 6
    upper = caps and not any(
        text[-1].islower() for text, kind in zip(tokens.texts, tokens.kinds, strict=True) if kind == "word"
    )
    return SentenceContext(tokens, tokens.lows, tokens.kinds, tokens.capitals, text, dated, caps, country_counts, upper)
