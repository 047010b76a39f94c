"""The context of a sentence: what the questions "who" and "where" need to know about its tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.extraction.text.lazy import Lazy
from tracker.extraction.text.tokens import Tokens


class Kind(StrEnum):
    """The kind of a token in a place phrase."""

    NAME = "a name of the gazetteer"
    CAPITAL = "a name it does not know"
    NOUN = "a word for a kind of place"
    DIRECTION = "a direction"
    PEOPLE = "the name of a people: Syrian"
    JOIN = "a small word inside names"
    LOOSE = "any other word"
    END = "a word that ends the phrase"


# In Python 3.11 access to an enum member costs as much as a call. Hot loops use these names instead.
NAME, CAPITAL, NOUN, DIRECTION, PEOPLE, JOIN, LOOSE, END = Kind


PlaceKind = tuple[Kind, int, str | None]  # the kind at a token, how many tokens it covers, and the country it names


@dataclass(slots=True)
class PlaceCache:
    """A cache of place lookups in one sentence.

    `letters`: one letter for each token (see PlacePatterns). `names` and `kinds`: results by the index of the first
    token.
    """

    letters: str = ""
    names: dict[int, tuple[int, str | None]] = field(default_factory=dict)
    kinds: dict[int, PlaceKind] = field(default_factory=dict)


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class SentenceContext:
    """The tokens of a sentence and what holds for all of them.

    `lows`, `kinds` and `capitals` are columns of `tokens`, for quick access. `text`: the whole field. `dated`: tokens
    inside date phrases. `caps`: capitals mark no names here (headline capitals, or all in capitals). `country_counts`:
    how often the article names each country. `upper`: the sentence is all in capitals.
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
    """The tokens that name speaking bodies, once BodyReader has computed them."""
    spoke: Lazy[frozenset[str]] | None = None
    """The words of the names of people who spoke before."""

    def acronym(self, index: int) -> bool:
        """Whether a token is in capitals and the sentence is not: the "IS" of "eight IS members"."""
        return self.tokens.texts[index].isupper() and not self.upper

    def words(self, first: int, stop: int) -> str:
        """The text of the tokens [first, stop)."""
        return self.text[self.tokens.starts[first] : self.tokens.ends[stop - 1]]


def sentence_context(
    tokens: Tokens, text: str, dated: frozenset[int], country_counts: Counter[str], *, capitals: bool
) -> SentenceContext:
    """The context of a sentence. If more than six in ten words have a capital, it has headline capitals.

    `capitals`: whether the language writes names with capitals. Where it does not, no sentence has capitals that do.
    """
    caps = not capitals or sum(tokens.capitals) * 10 > tokens.kinds.count("word") * 6
    upper = (capitals and caps) and not any(
        text[-1].islower() for text, kind in zip(tokens.texts, tokens.kinds, strict=True) if kind == "word"
    )
    return SentenceContext(tokens, tokens.lows, tokens.kinds, tokens.capitals, text, dated, caps, country_counts, upper)
