"""Counts how often an article names each country or its people. The counts resolve ambiguous names."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import compress, repeat
from typing import NamedTuple

from tracker.extraction.where.names import PlaceNames
from tracker.knowledge.countries import Gazetteer

MARKS = ".,;:!?()[]\"'“”"
_POSSESSIVE = "'s"
MOST = 20_000  # words of which is remembered what is glued to them


class _CountryWord(NamedTuple):
    """The country that a word names (None if it names none alone), and that of its pairs by the word before it.

    The pairs of "sudan" are {"south": "SSD"}.
    """

    country: str | None
    pairs: dict[str, str]


class CountryCounter:
    """Counts countries by their names, by the names of their people, and by places that belong to one country only."""

    def __init__(self, gazetteer: Gazetteer, names: PlaceNames) -> None:
        self.countries = gazetteer.countries
        self.names = names
        self.by_word = {word: code for word, code in gazetteer.sure.items() if code}
        self.by_word |= gazetteer.demonyms | gazetteer.countries
        self.pairs = self._pairs()
        lost = names.language.lost_possessive
        forms = [word + end for word in {*self.by_word, *self.pairs} for end in ("", _POSSESSIVE, lost)]
        entries = [(form, self._entry(form, lost)) for form in forms]
        self.entries = {form: one for form, one in entries if one.country is not None or one.pairs}
        self.unglued = lru_cache(MOST)(self._unglued)

    def count(self, title: str, text: str) -> Counter[str]:
        """How often each country is named, in the order of the first mentions."""
        words = list(map(str.strip, f"{title}\n{text}".lower().replace("’", "'").split(), repeat(MARKS)))
        if self.names.language.spelling.glued.before:
            words = list(map(self.unglued, words))
        found: list[str] = []
        for at in compress(range(len(words)), map(self.entries.__contains__, words)):
            country, pairs = self.entries[words[at]]
            if pairs and at:
                country = pairs.get(words[at - 1].removesuffix(_POSSESSIVE), country)
            if country is not None:
                found.append(country)
        return Counter(found)

    def _unglued(self, word: str) -> str:
        """The word without the proclitics before the name of a country or people: "وبالعراق"."""
        if word in self.entries:
            return word
        *before, (_, last) = self.names.language.spelling.glued.cut(word, self.entries)
        articles = self.names.language.numbers.definite
        return last if all(low not in articles for _, low in before) else word

    def _pairs(self) -> dict[str, dict[str, str]]:
        """Names of two words by the second word, if the pair names another country than that word alone.

        "the Gambia" is left out.
        """
        found: dict[str, dict[str, str]] = {}
        for name, country in self.countries.items():
            first, _, second = name.partition(" ")
            if second and " " not in second and self.by_word.get(second) != country:
                found.setdefault(second, {})[first] = country
        return found

    def _entry(self, word: str, lost: str) -> _CountryWord:
        """The entry of a word without surrounding marks but with its ending."""
        bare = word.removesuffix(_POSSESSIVE)
        country = self.by_word.get(bare)
        if country is None and word.endswith(lost):
            country = self.countries.get(self.names.without_possessive(word))
        return _CountryWord(country, self.pairs.get(bare, {}))
