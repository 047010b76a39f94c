"""Names of sources: the normalised name and the type of the body that some words refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import compress

from tracker.extraction.text.context import SentenceContext
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.knowledge.sourcebook import Sourcebook
from tracker.model import SourceType

_DEFAULT = SourceType.OFFICIALS
SHORTEST_NAME = 4  # letters of a surname


@dataclass(frozen=True, slots=True)
class Source:
    """A source: offsets of its words in the field, the words, the normalised name and the type.

    `also`: the apposition, which a later short form may refer to ("Sergei Shoigu, the defence minister"). `two`: they
    are two bodies, to which no short form refers. `home`: the country whose body it is, as far as is known.
    """

    start: int
    end: int
    words: str
    name: str
    type: SourceType
    also: str = ""
    two: bool = False
    home: str = ""


class SourceNamer:
    """Names sources with the sourcebook, the lists of one language, and the countries and capitals."""

    def __init__(self, language: Language, book: Sourcebook, gazetteer: Gazetteer) -> None:
        self.types = language.source_types
        self.determiners = frozenset(language.attribution.lists["determiners"])
        self.links = frozenset(language.attribution.lists["links"]) - self.determiners
        self.offices = frozenset(language.attribution.lists["offices"])
        self.conjunctions = frozenset(language.places.lists["conjunctions"])
        self.book = book
        self.gazetteer = gazetteer

    def source(self, context: SentenceContext, span: tuple[int, int]) -> Source:
        """The source that the tokens of `span` name."""
        first, stop = span
        lows = context.lows[first:stop]
        two = self._are_two(lows, context.country_counts)
        entry = None if two else self.book.find(lows, context.country_counts)
        name, kind = (entry.name, entry.type) if entry is not None else self._named(context, span)
        begin, end = context.tokens.starts[first], context.tokens.ends[stop - 1]
        home = "" if two else entry.country if entry is not None else self._home(lows)
        return Source(begin, end, context.words(first, stop), name, kind, two=two, home=home)

    def _home(self, words: Sequence[str]) -> str:
        """The country that a body has in its name: "Israeli medics"."""
        return next((found for word in words if (found := self.country(word)) is not None), "")

    def country(self, word: str) -> str | None:
        """The country that a word names, by its name or its people."""
        return self.gazetteer.named.get(word)

    def countries(self, word: str) -> frozenset[str]:
        """The countries that a word may point to, by their names or people, or by a place in them: "Gaza"."""
        country = self.country(word)
        return frozenset({country} if country else {place.country for place in self.gazetteer.places.get(word, ())})

    def nation(self, words: Sequence[str]) -> bool:
        """Whether words end with one for the people of a country: "Malian"."""
        return bool(words) and words[-1] in self.gazetteer.demonyms

    def is_person(self, source: Source) -> bool:
        """Whether a source is one person: by an office, or by a name with no word for a body in it."""
        if source.two:
            return False
        words = source.words.split()
        lows = [word.lower() for word in words]
        head = next((at for at, low in enumerate(lows) if at and low in self.links), len(words)) - 1
        if lows[head] in self.offices or not self.offices.isdisjoint(source.also.lower().split()):
            return True
        if self._type(lows) is None:
            named = words[0][:1].isupper() or (len(words) > 1 and all(word[:1].isupper() for word in words[-2:]))
            people = {lows[-1], lows[-1].removesuffix("s")} & self.gazetteer.demonyms.keys()
            return named and not people
        titled = any(low in self.offices and words[at + 1][:1].isupper() for at, low in enumerate(lows[:-1]))
        return titled and source.type is not SourceType.MEDIA

    def names_of(self, sources: Sequence[Source]) -> frozenset[str]:
        """The words of the names of people among sources, without places and words for bodies."""
        people = (one.words.split() for one in sources if self.is_person(one))
        names = {
            word.lower() for words in people for word in words if word[:1].isupper() and len(word) >= SHORTEST_NAME
        }
        return frozenset(
            low
            for low in names
            if low not in self.gazetteer.places and self._type([low]) is None and low not in self.offices
        )

    def _are_two(self, words: Sequence[str], country_counts: Counter[str]) -> bool:
        """Whether words name two bodies: "Malian and French officials" are not the French government."""
        at = next((at for at, word in enumerate(words) if word in self.conjunctions), 0)
        left, right = words[:at], words[at + 1 :]
        if not left or self._type(right) is None:
            return False
        whole, other = self.book.find(words, country_counts), self.book.find(right, country_counts)
        first = self.book.find(left, country_counts)
        apart = whole is None or whole in (first, other)
        one = first is not None and first == other
        return apart and not one and (self.nation(left) or self._type(left) is not None)

    def type_of(self, words: Sequence[str], country_counts: Counter[str]) -> SourceType | None:
        """The type of a known body, else of the last listed word, else of a capital; else None."""
        entry = self.book.find(words, country_counts)
        return entry.type if entry is not None else self._type(words)

    def _type(self, words: Sequence[str]) -> SourceType | None:
        found: SourceType | None = None
        if not self.types.by_first.keys().isdisjoint(words):
            for _, _, kind in self.types.hits(words):
                if found is None or kind is not SourceType.OFFICIALS:
                    found = kind
        return found or (SourceType.GOVERNMENT if self.state(words) else None)

    def typed(self, lows: Sequence[str]) -> frozenset[int]:
        """The indices of the tokens of a sentence that name speaking bodies."""
        found: list[int] = []
        for index in compress(range(len(lows)), map(self.types.by_first.__contains__, lows)):
            hit = self.types.at(lows, index)
            if hit is not None:
                found += range(index, index + hit[0])
        return frozenset(found)

    def state(self, words: Sequence[str]) -> str | None:
        """The country that these words name, by its name or capital, as its government: "Kyiv says"."""
        name = " ".join(words).replace(" .", ".")  # "U.S."
        return self.gazetteer.countries.get(name) or self.gazetteer.capitals.get(name)

    def _named(self, context: SentenceContext, span: tuple[int, int]) -> tuple[str, SourceType]:
        """The name and the type of a body that the sourcebook does not know."""
        first, kind = span[0], self._type(context.lows[span[0] : span[1]])
        while first < span[1] - 1 and context.lows[first] in self.determiners:
            first += 1
        state = self.state(context.lows[span[0] : span[1]]) or self.state(context.lows[first : span[1]])
        if state is not None:
            return f"Government of {self.gazetteer.names.get(state, state)}", kind or SourceType.GOVERNMENT
        bare = " ".join(context.words(first, span[1]).split())
        return bare[:1].upper() + bare[1:], kind or _DEFAULT


def resolved(source: Source, named: Sequence[Source]) -> Source:
    """The source with the name and type of an earlier source that its words shorten: "the ministry"."""
    short = _words(source.words)
    for earlier in reversed(named):
        if short and not earlier.two and short < _words(f"{earlier.words} {earlier.also}"):
            return replace(source, name=earlier.name, type=earlier.type, home=earlier.home)
    return source


@lru_cache(2_000)  # an article names the same sources repeatedly
def _words(text: str) -> frozenset[str]:
    """The words that distinguish names, without short ones."""
    return frozenset(w for w in text.lower().replace("’s", "").replace("'s", "").split() if len(w) > 3)
