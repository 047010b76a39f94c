"""What each word is in a place phrase: a name, a kind of place, a direction, a word that ends it."""

from __future__ import annotations

from tracker.extraction.placenames import PlaceNames
from tracker.extraction.scene import Kind, Scene
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

_ENDS = frozenset(["be", "have", "by", "relative", "subordinate", "it", "say", "to", "modal", "from", "includes"])


class PlaceKinds:
    """Tells the kinds of words by the lists of one language and the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer, names: PlaceNames) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.names = names
        self.nouns = language.places.tables["nouns"]
        self.directions = frozenset(lists["directions"])
        self.joiners = frozenset(lists["joiners"]) | frozenset(lists["articles"])
        self.named_behind = frozenset(lists["named_behind"])

    def at(self, scene: Scene, index: int) -> tuple[Kind, int, str | None]:
        """What stands at `index`, over how many tokens, and the country it tells."""
        found = scene.place_kinds.get(index)
        if found is None:
            found = scene.place_kinds[index] = self._at(scene, index)
        return found

    def _at(self, scene: Scene, index: int) -> tuple[Kind, int, str | None]:
        low, kind, capital = scene.lows[index], scene.kinds[index], scene.capitals[index]
        if index in scene.dated or kind == "number" or low in self.language.numbers.small:
            return Kind.END, 1, None
        if kind == "mark":
            if self.names.behind(scene, index) > index and index + 1 < len(scene.lows):
                return Kind.JOIN, 1, None  # the full stop of "U.S. embassy"
            return (Kind.JOIN if self._comma_goes_on(scene, index) else Kind.END), 1, None
        if capital or scene.caps:
            size, country = self.names.name_at(scene, index)
            if size:
                return Kind.NAME, size, country
            if low in self.gazetteer.demonyms:
                return Kind.PEOPLE, 1, self.gazetteer.demonyms[low]
        noun = self.nouns.at(scene.lows, index)
        if noun is not None:
            return Kind.NOUN, noun[0], None
        if low in self.directions:
            return Kind.DIRECTION, 1, None
        if low in self.joiners or kind == "possessive":
            return Kind.JOIN, 1, None
        return self._other(scene, index), 1, None

    def _other(self, scene: Scene, index: int) -> Kind:
        low, capital, text = scene.lows[index], scene.capitals[index], scene.row.texts[index]
        speaks = self.language.source_types.at(scene.lows, index) is not None
        if speaks or scene.row.people[index] is not None:
            return Kind.END if capital or speaks else Kind.LOOSE
        word = scene.row.lexicon[index]
        if word is not None and (word[1].outcome is not None or word[1].roles & _ENDS):
            return Kind.END
        acronym = text.isupper() and len(text) <= 5
        if capital and not scene.caps and not acronym:
            return Kind.CAPITAL
        if word is not None and word[1].roles & {"preposition", "and"}:
            return Kind.END
        return Kind.END if low in self.language.not_people and scene.kinds[index] == "word" else Kind.LOOSE

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
        return closed and not scene.caps and self.at(scene, index)[0] in (Kind.CAPITAL, Kind.NAME)
