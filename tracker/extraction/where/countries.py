"""Counts how often an article names each country or its people. The counts resolve ambiguous names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tracker.extraction.text.tokens import LONG, MANY_WORDS
from tracker.extraction.where.names import PlaceNames
from tracker.knowledge.countries import Gazetteer

MARKS = ".,;:!?()[]\"'“”"
_POSSESSIVE = "'s"


class _CountryWord(NamedTuple):
    """The country that a word names (None if it names none alone), and that of its pairs by the word before it.

    The pairs of "sudan" are {"south": "SSD"}.
    """

    country: str | None
    pairs: dict[str, str]


class _Entries(dict[str, _CountryWord | None]):
    """The entries by piece of text. Each piece is looked at once and then remembered."""

    def __init__(self, entries: Iterable[tuple[str, _CountryWord]]) -> None:
        super().__init__()
        self.by_word = dict(entries)

    def __missing__(self, piece: str) -> _CountryWord | None:
        if len(self) >= MANY_WORDS:
            self.clear()
        found = self.by_word.get(_word(piece))
        if len(piece) <= LONG:
            self[piece] = found
        return found


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
        self.entries = _Entries((form, one) for form, one in entries if one.country is not None or one.pairs)

    def count(self, title: str, text: str) -> Counter[str]:
        """How often each country is named, in the order of the first mentions."""
        pieces = f"{title}\n{text}".split()
        found: list[str] = []
        for at, entry in enumerate(map(self.entries.__getitem__, pieces)):
            if entry is None:
                continue
            country, pairs = entry
            if pairs and at:
                country = pairs.get(_word(pieces[at - 1]).removesuffix(_POSSESSIVE), country)
            if country is not None:
                found.append(country)
        return Counter(found)

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


def _word(piece: str) -> str:
    """A piece of text between two blanks in lower case, without the marks around it."""
    return piece.lower().replace("’", "'").strip(MARKS)
