"""Place patterns: each token of a sentence becomes one letter, so that a regular expression finds place phrases.

The letter of most words does not depend on their context. It is computed once and cached. The other words get a letter
that says "look at the context", and kinds.py then classifies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.extraction.text.context import Kind, PlaceKind, SentenceContext
from tracker.extraction.text.tokens import LONG, MANY_WORDS, Tokens, WordHit
from tracker.extraction.where.names import PlaceNames
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import Meaning, Phrases

_KINDS = {
    "e": Kind.END,
    "l": Kind.LOOSE,
    "j": Kind.JOIN,
    "d": Kind.DIRECTION,
    "n": Kind.NOUN,
    "c": Kind.CAPITAL,
    "1": Kind.END,  # a number in words: a place may follow it, as in "in two villages"
}
_BY_KIND = {kind: letter for letter, kind in reversed(_KINDS.items())}
# Letters for tokens that must be looked at in context: a possible name or noun of the lists; any other word, with a
# capital or without; a mark that may join, as in "U.S. embassy", "Mosul, Iraq" or "the doctors' village".
OPEN, OTHER_CAPITAL, OTHER, MARK = "?!~,"
NUMBER_SIGN = "№"
_MARKS = frozenset(".,'’")
_NAMING = frozenset(('"', NUMBER_SIGN))  # marks before a name or number of a place: "школе № 15"
# The letters are repeated in further rows for words that a place may follow: a row for simple prepositions, one for
# those of location ("in"), one for words that may begin longer prepositions ("attack on"), and one for the others.
_NONE, _SIMPLE, _LOCATING, _LONGER, _SPECIAL, _LAST = range(0, 0x600, 0x100)
_ROWS = (_NONE, _SIMPLE, _LOCATING, _LONGER, _SPECIAL)
_PEOPLES, _NAMES, _END = 0x600, 0xA00, 0xE00  # the first letters for peoples and for names, one for each country

_ENDS = frozenset(["be", "have", "by", "relative", "subordinate", "it", "say", "to", "modal", "from", "includes"])
_JOINS = frozenset(["preposition", "and"])


def _in(row: int, letter: str) -> str:
    """The letter in another row."""
    return chr(row + ord(letter))


def of_any_row(letters: str) -> str:
    """These letters in each of the rows."""
    return "".join(_in(row, letter) for row in _ROWS for letter in letters)


def _row(first: int, stop: int) -> str:
    """All letters from one row up to another, for a class of a regular expression."""
    return f"{chr(first)}-{chr(stop - 1)}"


_PEOPLE, _NAMED = _row(_PEOPLES, _NAMES), _row(_NAMES, _END)
# A place phrase may begin if a name or a noun comes before a word that ends the phrase.
_PLACE = rf"[{of_any_row('ljd1' + OTHER + MARK)}{_PEOPLE}]*+[{of_any_row('nc' + OPEN + OTHER_CAPITAL)}{_NAMED}]"
_OPENINGS = re.compile(
    rf"[{_row(_SIMPLE, _LAST)}](?:(?={_PLACE})"
    rf"|(?<=[{_row(_LOCATING, _LONGER)}])(?=[{_PEOPLE}])"  # "in Iraqi violence"
    rf"|(?<=[{_row(_LONGER, _SPECIAL)}])(?=[{_row(_SIMPLE, _LAST)}])"
    rf"|(?<=[{_row(_SPECIAL, _LAST)}]))"
)
_MAY_NAME = re.compile(rf"[{of_any_row(OPEN)}{_NAMED}]")
_DATED = {_in(row, letter): _in(row, "e") for row in _ROWS for letter in (*_KINDS, OPEN, OTHER_CAPITAL, OTHER, MARK)}


class PlacePatterns:
    """Encodes tokens as letters, with the lists of one language and the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer, names: PlaceNames) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.names = names
        self.nouns, self.directions = names.nouns, names.directions
        self.noun_names: bool = language.places.raw["noun_first"] and not language.spelling.capitals
        self.quoted_names: bool = language.attribution.raw["quoted_names"]
        self.joiners = frozenset(lists["joiners"]) | frozenset(lists["articles"])
        ones = self.joiners if language.names_follow_nouns else frozenset()
        self.portions, self.communities = frozenset(lists["portions"]), frozenset(lists["communities"])
        self.degrees = frozenset(lists["degrees"])
        self.numbers = frozenset(language.numbers.small) - ones  # "en una fábrica"
        verbs = {low for low, (_, word) in language.lexicon.alone.items() if "be" in word.roles}
        self.verbs = frozenset(names.nouns.alone) & verbs  # "est": east, or "is"
        self.open_nouns = self.verbs.union(lists["only_named"])
        prepositions = language.places.tables["prepositions"]
        events = frozenset((*lists["named_after"], *lists["happenings"]))
        self.locating = frozenset(lists["locating"])
        self.before_places = {*lists["weak"], *lists["locating"]} - self.joiners
        self.telling = self.locating | events | set(prepositions.by_first)
        special = events | set(lists["aiming"]) | set(lists["striking"])
        self.simple = frozenset(prepositions.alone) - set(prepositions.longer) - special
        self.longer = {low for low, seconds in prepositions.longer.items() if self.telling.issuperset(seconds)}
        self.longer -= special
        self.fixed: dict[str, PlaceKind] = {}  # the kind by letter, except for letters that need the context
        for letter, kind in _KINDS.items():
            self.fixed.update((_in(row, letter), (kind, 1, None)) for row in _ROWS)
        self.of_country: dict[tuple[Kind, str], str] = {}
        for number, country in enumerate(sorted(gazetteer.names)):
            for begin, kind in ((_PEOPLES, Kind.PEOPLE), (_NAMES, Kind.NAME)):
                letter = self.of_country[kind, country] = chr(begin + number)
                self.fixed[letter] = (kind, 1, country)
        self.known: tuple[dict[str, str], dict[str, str]] = ({}, {})  # the second for headlines

    def of(self, context: SentenceContext) -> str:
        """One letter for each token. In a sentence all in capitals, every token must be looked at in context."""
        found = context.places
        if not found.letters:
            letters = OPEN * len(context.lows) if context.upper else self._letters(context.tokens, context.caps)
            found.letters = _dated(letters, context.dated) if context.dated and not context.upper else letters
        return found.letters

    def openings(self, context: SentenceContext) -> Sequence[int]:
        """The indices of the words that a place may follow."""
        letters = self.of(context)
        if context.upper or context.caps:  # where capitals tell nothing, any word may be a name: "Clash in Zacam"
            return [index for index, low in enumerate(context.lows) if low in self.telling]
        return [match.start() for match in _OPENINGS.finditer(letters)]

    def openings_of_names(self, context: SentenceContext) -> Sequence[int]:
        """The indices of tokens that may begin a name of the gazetteer, or a noun of several words."""
        letters = self.of(context)
        return range(len(letters)) if context.upper else [match.start() for match in _MAY_NAME.finditer(letters)]

    def _letters(self, tokens: Tokens, caps: bool) -> str:
        known = self.known[caps]
        try:
            return "".join(map(known.__getitem__, tokens.texts))
        except KeyError:
            if len(known) >= MANY_WORDS:
                known.clear()
            words = zip(tokens.texts, tokens.lows, tokens.kinds, tokens.capitals, strict=True)
            letters = [known.get(word[0]) or self._letter(*word, caps) for word in words]
            known.update(
                (text, letter) for text, letter in zip(tokens.texts, letters, strict=True) if len(text) <= LONG
            )
            return "".join(letters)

    def _letter(self, text: str, low: str, kind: str, capital: bool, caps: bool) -> str:
        """The letter of a word. `caps`: capitals mark no names in its sentence."""
        if text in _MARKS or (self.quoted_names and low in _NAMING):
            return MARK
        if kind in ("number", "mark"):
            return "e"
        if (capital or caps or low in self.names.lower) and low in self.names.longest:
            letter = self._name(low)
        else:
            letter = self._word(low, kind, capital and not caps, named=capital and not caps and not is_acronym(text))
        if low not in self.telling:
            return letter
        alone = _LOCATING if low in self.locating else _SIMPLE
        row = alone if low in self.simple else _LONGER if low in self.longer else _SPECIAL
        return _in(row, letter if letter in _DATED else OPEN)

    def _word(self, low: str, kind: str, capital: bool, *, named: bool) -> str:
        """The letter of a word that begins no name of the gazetteer. `named`: it looks like a name."""
        if low in self.numbers:
            return "1"
        if low in self.communities and capital:
            return OPEN
        if low in self.nouns.by_first:
            return OPEN if low in self.nouns.longer or low in self.open_nouns else "n"
        if low in self.directions:
            return "d"
        if low in self.joiners or kind == "possessive":
            return "j"
        return self._other(low, capital, named=named)

    def _name(self, low: str) -> str:
        """The letter of a word that begins a name of the gazetteer."""
        ambiguous = low in self.gazetteer.not_places or low in self.language.numbers.small
        if self.names.longest[low] > 1 or ambiguous or self.names.may_describe(low):
            return OPEN
        if low in self.gazetteer.countries:
            kind, countries = Kind.NAME, {self.gazetteer.countries[low]}
        elif low in self.gazetteer.demonyms:
            kind, countries = Kind.PEOPLE, {self.gazetteer.demonyms[low]}
        else:
            places = self.gazetteer.places.get(low, ())
            if places and not any(place.well_known for place in places):
                return OPEN  # accepted only if the article names its country
            kind, countries = Kind.NAME, {place.country for place in places} or {self.names.lost.get(low, "")}
        return self.of_country.get((kind, countries.pop()), OPEN) if len(countries) == 1 else OPEN

    def _other(self, low: str, capital: bool, *, named: bool) -> str:
        """The letter of any other word, if its kind is the same whatever words follow it."""
        people, speakers = self.language.people, self.language.source_types
        speaks = low in speakers.alone
        kinds: set[Kind] = set()
        if low in self.portions:
            return OTHER  # "of" behind it tells
        for hit in _hits(self.language.lexicon, low):
            kinds.add(self.by_word(low, hit, named=named))
        if low in people.alone or speaks:
            kinds = {Kind.END if capital or speaks else Kind.LOOSE}
            if named and not speaks:
                kinds.add(Kind.CAPITAL)  # "the town of Khan Touran"
        if low in people.longer:
            kinds.add(Kind.END if capital or speaks else Kind.LOOSE)
        if low in speakers.longer:
            kinds.add(Kind.END)
        if speaks or low in speakers.longer:
            kinds.add(Kind.LOOSE)  # "hit a U.N. school"
        if kinds == {Kind.LOOSE} and self.noun_names:
            return OTHER  # a noun for a place before it makes it a name
        if len(kinds) == 1:
            return _BY_KIND[kinds.pop()]
        return OTHER_CAPITAL if Kind.CAPITAL in kinds else OTHER

    def by_word(self, low: str, word: WordHit, *, named: bool) -> Kind:
        """The kind of a word by its entry in the lexicon. `named`: a capital makes it look like a name."""
        if low in self.degrees:
            return Kind.LOOSE
        if word is not None and (word[1].outcome is not None or word[1].roles & _ENDS):
            return Kind.END
        if named:
            return Kind.END if low in self.before_places else Kind.CAPITAL  # "Burial Sites of Over 20"
        if word is not None and word[1].roles & _JOINS:
            return Kind.END
        return Kind.END if low in self.language.not_people else Kind.LOOSE


def _dated(letters: str, dated: frozenset[int]) -> str:
    """The letters, with the tokens inside dates as ends."""
    each = list(letters)
    for index in dated:
        each[index] = _DATED.get(each[index], "e")
    return "".join(each)


def _hits(table: Phrases[Meaning], low: str) -> Iterable[tuple[int, Meaning] | None]:
    """All that the table may return at a word."""
    yield table.alone.get(low)
    for phrases in table.longer.get(low, {}).values():
        for _, hit in phrases:
            yield hit


def is_acronym(text: str) -> bool:
    """Whether a word is written like "NATO"."""
    return len(text) <= 5 and text.isupper()
