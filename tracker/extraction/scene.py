"""A sentence as names are looked for in it: what the questions who and where have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.extraction.spans import Token


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


@dataclass(frozen=True, slots=True)
class Scene:
    """The tokens of a sentence and their lower-case forms, the whole field's text, the tokens inside dates, whether
    capitals say nothing (all capitals, headline capitals), how often the article names each country, and whether all
    is written in capitals.
    """

    tokens: Sequence[Token]
    lows: Sequence[str]
    text: str
    dated: frozenset[int]
    caps: bool
    spoken: Counter[str]
    upper: bool
    names: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    """The place names that were looked for, by the token at which they begin: what PlaceNames keeps, to ask once."""
    kinds: dict[int, tuple[Kind, int, str | None]] = field(default_factory=dict)
    """What PlaceKinds said of the words so far, for the same end."""

    def acronym(self, index: int) -> bool:
        """Whether a token stands in capitals where not all is written so: the "IS" of "eight IS members"."""
        return self.tokens[index].text.isupper() and not self.upper

    def words(self, first: int, stop: int) -> str:
        """The text of the tokens [first, stop)."""
        return self.text[self.tokens[first].start : self.tokens[stop - 1].end]


def scene_of(tokens: Sequence[Token], text: str, dated: frozenset[int], spoken: Counter[str]) -> Scene:
    """The scene of a sentence; more than six in ten words with a capital are headline capitals."""
    words = [token for token in tokens if token.kind == "word"]
    caps = sum([token.capital for token in words]) * 10 > len(words) * 6
    upper = caps and not any(token.text[-1:].islower() for token in words)
    return Scene(tokens, [token.low for token in tokens], text, dated, caps, spoken, upper)
