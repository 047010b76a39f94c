"""What each word is in a place phrase: a name, a kind of place, a direction, a word that ends it."""

from __future__ import annotations

from tracker.extraction import placeletters as letters
from tracker.extraction.placeletters import PlaceLetters, is_acronym, of_any_row
from tracker.extraction.placenames import PlaceNames
from tracker.extraction.scene import (
    CAPITAL,
    DIRECTION,
    END,
    JOIN,
    LOOSE,
    NAME,
    NOUN,
    PEOPLE,
    Kind,
    PlaceKind,
    Scene,
)
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

_OTHER = frozenset(of_any_row(letters.OTHER + letters.OTHER_CAPITAL))


class PlaceKinds:
    """Tells the kinds of words by the lists of one language and the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer, names: PlaceNames) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.names = names
        self.named_behind = frozenset(language.places.lists["named_behind"])
        self.letters = PlaceLetters(language, gazetteer, names)
        self.fixed = self.letters.fixed

    def at(self, scene: Scene, index: int) -> PlaceKind:
        """What stands at `index`, over how many tokens, and the country it tells."""
        letter = (scene.places.letters or self.letters.of(scene))[index]
        found = self.fixed.get(letter) or scene.places.kinds.get(index)
        if found is None:
            if letter in _OTHER:
                found = (self._other(scene, index), 1, None)
            else:
                found = (self._mark(scene, index), 1, None) if letter == letters.MARK else self._at(scene, index)
            scene.places.kinds[index] = found
        return found

    def _at(self, scene: Scene, index: int) -> PlaceKind:
        low, kind, capital = scene.lows[index], scene.kinds[index], scene.capitals[index]
        if index in scene.dated or kind == "number" or low in self.language.numbers.small:
            return END, 1, None
        if kind == "mark":
            return self._mark(scene, index), 1, None
        if capital or scene.caps:
            size, country = self.names.name_at(scene, index)
            if size:
                return NAME, size, country
            if low in self.gazetteer.demonyms:
                return PEOPLE, 1, self.gazetteer.demonyms[low]
        noun = self.letters.nouns.at(scene.lows, index)
        if noun is not None:
            return NOUN, noun[0], None
        if low in self.letters.directions:
            return DIRECTION, 1, None
        if low in self.letters.joiners or kind == "possessive":
            return JOIN, 1, None
        return self._other(scene, index), 1, None

    def _mark(self, scene: Scene, index: int) -> Kind:
        """Whether a mark joins what stands around it: the full stop of "U.S. embassy", a comma, an apostrophe."""
        if self.names.behind(scene, index) > index or scene.kinds[index] == "possessive":
            return JOIN
        return JOIN if self._comma_goes_on(scene, index) else END

    def _other(self, scene: Scene, index: int) -> Kind:
        low, capital = scene.lows[index], scene.capitals[index]
        speaks = self.language.source_types.at(scene.lows, index) is not None
        if speaks or scene.row.people[index] is not None:
            return END if capital or speaks else LOOSE
        named = capital and not scene.caps and not is_acronym(scene.row.texts[index])
        return self.letters.by_word(low, scene.row.lexicon[index], named=named)

    def _comma_goes_on(self, scene: Scene, index: int) -> bool:
        """Whether a comma goes on with the place: "Mosul, Iraq"; "the Argentine capital, Buenos Aires"."""
        if scene.lows[index] != "," or index + 1 >= len(scene.lows) or not scene.capitals[index + 1]:
            return False
        if scene.lows[index - 1] in self.named_behind and self._stands_apart(scene, index + 1):
            return True
        size, country = self.names.name_at(scene, index + 1)
        return bool(size) and country is not None and not self.names.acts(scene, index + 1 + size)

    def _stands_apart(self, scene: Scene, index: int) -> bool:
        """Whether one unknown name stands at `index` with a mark behind it: "the capital, Managua, …"."""
        closed = index + 1 >= len(scene.lows) or scene.kinds[index + 1] == "mark"
        return closed and not scene.caps and self.at(scene, index)[0] in (CAPITAL, NAME)
