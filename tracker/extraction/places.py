"""Where: the place phrases of a sentence and the country they lie in."""

from __future__ import annotations

from collections import Counter

from tracker.extraction.dateline import Dateline
from tracker.extraction.placekinds import PlaceKinds
from tracker.extraction.placenames import LONGEST_NAME, PlaceNames
from tracker.extraction.scene import Kind, Scene
from tracker.extraction.spoken import SpokenReader
from tracker.extraction.where import Where
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

LONGEST_PLACE = 14
AT_WAR = 9  # words in which a country is said to be at war: "Syria has been locked in a vicious civil war"


_NAMES = (Kind.NAME, Kind.CAPITAL)


class PlaceReader:
    """Finds place phrases by the words of one language and resolves them by the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.names = PlaceNames(language, gazetteer)
        self.kinds = PlaceKinds(language, gazetteer, self.names)
        self.prepositions = language.places.tables["prepositions"]
        self.locating = frozenset(lists["locating"])
        self.aiming = frozenset(lists["aiming"])
        self.striking = self.aiming | frozenset(lists["striking"])
        self.institutions = frozenset(lists["institutions"])
        self.opponents = frozenset(lists["opponents"])
        self.since = frozenset(language.dates.lists["since"])
        self.beside = frozenset(lists["beside"])
        self.distances = frozenset(lists["distances"])
        self.between_clauses = frozenset(lists["between_clauses"])
        self.origins = frozenset(lists["origins"])
        self.lasting = frozenset(language.scope.lists["lasting"])
        self.directions = frozenset(lists["directions"])
        self.joiners = frozenset(lists["joiners"]) | frozenset(lists["articles"])
        self.conjunctions = frozenset(lists["conjunctions"])
        self.articles = frozenset(lists["articles"])
        self.not_places = frozenset(lists["not_places"])
        self.reporting = frozenset(lists["reporting"])
        self.trailing = frozenset(lists["trailing"])
        self.named_after = frozenset(lists["named_after"])
        self.weak = frozenset(lists["weak"])
        small = self.articles | self.conjunctions | self.locating | self.weak
        self.name_parts = self.joiners - small  # "El", "San": with one of these begin names
        self.sites = frozenset(lists["sites"])
        self.telling = self.locating | self.named_after | set(self.prepositions.by_first)
        self.spoken = SpokenReader(gazetteer, self.names)
        self.spellings = self._spellings()

    def _spellings(self) -> dict[str, frozenset[str]]:
        """The names of one word of each country, in the possessive that lost its apostrophe as well."""
        found: dict[str, set[str]] = {}
        for name, country in self.gazetteer.countries.items():
            if " " not in name:
                found.setdefault(country, set()).update((name, name + self.language.lost_possessive))
        return {country: frozenset(names) for country, names in found.items()}

    def spoken_of(self, title: str, text: str) -> Counter[str]:
        """How often an article names each country or its people."""
        return self.spoken.count(title, text)

    def filed_at(self, line: Dateline | None, spoken: Counter[str]) -> Where | None:
        """The place of a dateline, where the gazetteer knows it and the story is about its country."""
        country = self.gazetteer.country_of(line.words.lower(), spoken) if line is not None else None
        elsewhere = spoken and spoken[country or ""] < max(spoken.values())
        if line is None or country is None or elsewhere:
            return None
        land = line.words.lower() in self.gazetteer.countries
        return Where(0, 0, line.start, line.end, line.words, country, strong=False, named=True, land=land)

    def spellings_of_most(self, spoken: Counter[str]) -> frozenset[str]:
        """The words, in lower case, that are names of the country that an article speaks of most."""
        return self.spellings.get(max(spoken, key=lambda c: spoken[c], default=""), frozenset())

    def first_named(self, scene: Scene) -> Where | None:
        """The country that an article speaks of most, where it first tells of a war or anything else in it, or None."""
        most = max(scene.spoken, key=lambda c: scene.spoken[c], default=None)
        for index, low in enumerate(scene.lows):
            country = self.gazetteer.countries.get(low) or self.gazetteer.countries.get(
                self.names.without_possessive(low)
            )
            if country is None or country != most or not scene.capitals[index]:
                continue
            inside = index > 0 and scene.lows[index - 1] in self.locating and not self.names.acts(scene, index + 1)
            goes_on = index + 1 < len(scene.lows)
            told_of = goes_on and (scene.kinds[index + 1] == "possessive" or self._is_have(scene, index + 1))
            if inside or (told_of and not self.lasting.isdisjoint(scene.lows[index : index + AT_WAR])):
                return self._where(scene, index, index + 1, country)
        return None

    def _is_have(self, scene: Scene, index: int) -> bool:
        word = scene.row.lexicon[index]
        return word is not None and "have" in word[1].roles

    def find(self, scene: Scene) -> list[Where]:
        """The place phrases of a sentence, in order: those behind a preposition."""
        found: list[Where] = []
        index = 0
        while index < len(scene.lows):
            if scene.lows[index] not in self.telling:
                index += 1
                continue
            prep = self.prepositions.at(scene.lows, index)
            if prep is not None and self._measured(scene, index):
                index += prep[0]
                continue
            where = self._phrase(scene, index + prep[0]) if prep is not None else None
            if where is None and prep is not None and prep[1] in self.aiming:
                where = self._capitals(scene, index + prep[0])
            if where is None and prep is not None and scene.upper and self._may_name(scene, index, index + prep[0]):
                where = self._unknown(scene, index + prep[0])
            if where is not None and prep is not None and not self._is_home(scene, index, where):
                struck = prep[1] in self.striking
                strong = (scene.lows[index] in self.locating or prep[0] > 1) and not self._lasts(scene, index)
                if (strong and not struck) or prep[1] in self.aiming or self._certain(scene, where):
                    found.append(where._replace(strong=strong or struck, struck=struck))
                    index = where.stop
                    continue
            event = self._of_an_event(scene, index)
            found += [event] if event is not None else []
            adjective = self._of_a_people(scene, index + 1) if scene.lows[index] in self.locating else None
            found += [adjective] if adjective is not None else []
            index += 1
        return found

    def _capitals(self, scene: Scene, first: int) -> Where | None:
        """The names that begin at `first` in a headline's capitals, known or not: "Shelling of Sheikh Maqsood"."""
        stop = first
        while stop < len(scene.lows) and scene.capitals[stop] and stop - first < LONGEST_NAME:
            if scene.row.lexicon[stop] is not None or scene.kinds[stop] != "word":
                break
            stop += 1
        named = (
            first < stop
            and not scene.upper
            and not scene.acronym(first)
            and (scene.caps or not self._qualifies(scene, stop))
        )
        return self._where(scene, first, stop, None) if named else None

    def _unknown(self, scene: Scene, first: int) -> Where | None:
        """A name that the gazetteer does not know in a text all in capitals, up to the end of its phrase: "near X."."""
        stop = first
        while stop < len(scene.lows) and stop - first < LONGEST_NAME and self._is_unknown(scene, stop):
            stop += 1
        if stop == first:
            return None
        ends = stop >= len(scene.lows) or scene.kinds[stop] == "mark" or stop in scene.dated
        word = None if ends else scene.row.lexicon[stop]
        return self._where(scene, first, stop, None) if ends or word is not None else None

    def _may_name(self, scene: Scene, index: int, first: int) -> bool:
        """Whether an unknown word at `first` must be a name: behind "near", or with "El" or "San" before it."""
        if scene.lows[index] in self.beside:
            return True
        low = scene.lows[first] if first < len(scene.lows) else ""
        return scene.lows[index] in self.locating and low in self.name_parts

    def _is_unknown(self, scene: Scene, index: int) -> bool:
        low = scene.lows[index]
        if low in self.name_parts:
            return True
        said = scene.row.lexicon[index] or scene.row.people[index]
        known = said is not None or low in self.articles or low in self.not_places or low in self.language.not_people
        return scene.kinds[index] == "word" and not known and self.kinds.at(scene, index)[0] is Kind.LOOSE

    def _lasts(self, scene: Scene, index: int) -> bool:
        """Whether it is where a war is, and so not where this happened: "a key ally in the war in Iraq"."""
        return index > 1 and scene.lows[index - 1] in self.lasting and scene.lows[index - 2] in self.articles

    def _of_a_people(self, scene: Scene, index: int) -> Where | None:
        """The adjective that tells where, as headlines have it: "46 killed in Iraqi violence"."""
        if index + 1 >= len(scene.lows) or scene.lows[index + 1] not in self.not_places:
            return None
        country = self.gazetteer.demonyms.get(scene.lows[index])
        return self._where(scene, index, index + 1, country) if country and scene.capitals[index] else None

    def _of_an_event(self, scene: Scene, index: int) -> Where | None:
        """The name that an event goes by: "the Padung quake"."""
        if scene.lows[index] not in self.named_after or scene.caps:
            return None
        first = self._name_before(scene, index)
        if first in (0, index) or scene.lows[first - 1] not in self.articles:
            return None
        return self._where(scene, first, index, self.names.name_at(scene, first)[1])

    def _name_before(self, scene: Scene, index: int) -> int:
        """Where the capitalised name that ends right before `index` begins; `index` where there is none."""
        while index > 0 and scene.capitals[index - 1] and self.kinds.at(scene, index - 1)[0] in _NAMES:
            index -= 1
        return index

    def of_sites(self, scene: Scene) -> list[Where]:
        """The names of sites wherever they stand: "Bosavi mine collapse"."""
        found: list[Where] = []
        for index in range(1, len(scene.lows)):
            first = self._name_before(scene, index) if scene.lows[index] in self.sites and not scene.caps else index
            if first < index and not self.names.speaks(scene, index + 1):
                found.append(self._where(scene, first, index + 1, self.names.name_at(scene, first)[1]))
        return found

    def breaks(self, scene: Scene) -> list[int]:
        """The words between two clauses that tell of two events: "while", ";"."""
        return [index for index, low in enumerate(scene.lows) if low in self.between_clauses]

    def _is_home(self, scene: Scene, index: int, where: Where) -> bool:
        """Whether a place is only where someone is from: "peacekeepers from Fiji"."""
        before = scene.row.people[index - 1] if index else None
        return scene.lows[index] in self.origins and where.land and before is not None

    def _measured(self, scene: Scene, index: int) -> bool:
        """Whether a distance stands before the preposition, so that the harm was elsewhere: "80 km north of Mosul"."""
        return index > 1 and scene.lows[index - 1] in self.distances and scene.kinds[index - 2] == "number"

    def _certain(self, scene: Scene, where: Where) -> bool:
        """Whether it is a place without "in" before it: a known name, "Yemeni oil port", "Mashhad district"."""
        kinds = {self.kinds.at(scene, index)[0] for index in range(where.first, where.stop)}
        if where.stop - where.first > 1 and not scene.caps and scene.capitals[where.first] and kinds == {Kind.NOUN}:
            return True  # "on Republic Square"
        begins = self.kinds.at(scene, where.first)[0]
        if where.country is not None and Kind.NAME in kinds and begins in (Kind.NAME, Kind.DIRECTION):
            return True
        return Kind.NOUN in kinds and (where.country is not None or Kind.CAPITAL in kinds)

    def named(self, scene: Scene) -> list[Where]:
        """Every name of the gazetteer in a sentence, for headlines and as a last resort: not one that acts or is acted
        on ("Israel kills", "US soldiers").
        """
        found: list[Where] = []
        index = 0
        while index < len(scene.lows):
            kind, size, country = self.kinds.at(scene, index)
            filed = scene.acronym(index) and size == 1 and len(scene.lows[index]) > 3
            believed = (
                not filed
                and (index == 0 or scene.lows[index - 1] not in self.opponents)
                and self.distances.isdisjoint(scene.lows[max(0, index - 3) : index])
                and not self.names.is_surname(scene, index)
                and (not scene.upper or self.names.widely_known(scene, index, size))
            )
            if kind is Kind.NAME and country is not None and believed and not self.names.acts(scene, index + size):
                found.append(self._where(scene, index, index + size, country))
            index += size
        return found

    def _phrase(self, scene: Scene, first: int) -> Where | None:
        """The place phrase that begins at `first`, right behind its preposition."""
        counts = first + 1 < len(scene.lows) and scene.lows[first] in self.language.numbers.small
        if counts and scene.lows[first + 1] not in self.weak:
            counted = self._phrase(scene, first + 1) if first not in scene.dated else None
            kind = self.kinds.at(scene, counted.stop - 1)[0] if counted is not None else None
            return self._where(scene, first, counted.stop, counted.country) if counted and kind is Kind.NOUN else None
        index = last = owner = first
        seen: set[Kind] = set()
        country: str | None = None
        while index < min(len(scene.lows), first + LONGEST_PLACE):
            kind, size, found = self.kinds.at(scene, index)
            if scene.lows[index] in self.conjunctions and not self._listed(scene, index + 1):
                break
            again = scene.lows[index] in self.articles and self._closed(scene, index, seen)
            loose = kind is Kind.LOOSE and (index - owner > 2 or (seen & {Kind.NAME, Kind.CAPITAL} and owner == first))
            if kind is Kind.END or again or loose:
                break
            if scene.lows[index] in self.not_places and (kind is not Kind.NOUN or index == first):
                break
            if scene.lows[index] in self.locating and seen <= {Kind.LOOSE, Kind.JOIN}:
                return self._phrase(scene, index + 1)  # "under the sand in Rafah"
            if kind is Kind.NAME and Kind.NAME in seen and self.names.qualified(scene, index + size):
                break  # "in northern Syria in US airstrikes"
            if scene.lows[index] in self.institutions:
                country = None  # the Saudi Maternity Hospital is in Sudan
            seen.add(kind)
            index += size
            country = country if country and scene.lows[index - size - 1] in self.beside else found or country
            owner = index if self.names.owns(scene, index - 1) else owner
            if kind in (Kind.NAME, Kind.CAPITAL, Kind.NOUN) or (kind is Kind.DIRECTION and Kind.NAME in seen):
                last = index
        if last <= first or (seen.isdisjoint({Kind.NAME, Kind.NOUN}) and self._qualifies(scene, last)):
            return None
        whose = seen.isdisjoint({Kind.NOUN, Kind.DIRECTION}) and scene.lows[last - 1] in self.gazetteer.countries
        return None if whose and self.names.qualified(scene, last) else self._where(scene, first, last, country)

    def _closed(self, scene: Scene, index: int, seen: set[Kind]) -> bool:
        """Whether an article opens a phrase of its own, its comma lost: "in the capital the army said"."""
        return bool(seen & {Kind.NAME, Kind.NOUN}) and scene.lows[index - 1] not in self.joiners

    def _listed(self, scene: Scene, index: int) -> bool:
        """Whether what stands behind an "and" is a place as well: "Homs and Hama", but not "Syria and the army"."""
        if index >= len(scene.lows):
            return False
        return self.kinds.at(scene, index)[0] in (Kind.NAME, Kind.NOUN, Kind.DIRECTION)

    def _qualifies(self, scene: Scene, index: int) -> bool:
        """Whether a plain word follows an unknown name, so that it only qualifies it: "in Assad regime bombing"."""
        if index >= len(scene.lows):
            return False
        cut = scene.lows[index] in self.not_places
        if scene.lows[index] in self.trailing:
            return False
        plain = scene.kinds[index] == "word" and not scene.capitals[index] and scene.row.lexicon[index] is None
        return cut or plain

    def _where(self, scene: Scene, first: int, stop: int, country: str | None) -> Where:
        while first < stop - 1 and (scene.lows[first] in self.articles or scene.lows[first] in self.prepositions):
            first += 1
        start, end = scene.row.starts[first], scene.row.ends[stop - 1]
        last = scene.lows[stop - 1]
        if "." in last and scene.text[end : end + 1] == ".":
            end += 1  # "U.S."
        bare = self.names.without_possessive(last)
        if last not in self.gazetteer.countries and bare in self.gazetteer.countries:
            end -= len(last) - len(bare)
        words = scene.text[start:end]
        kinds = {self.kinds.at(scene, i)[0] for i in range(first, stop)}
        land = words.lower() in self.gazetteer.countries
        return Where(first, stop, start, end, words, country, True, bool(kinds & {Kind.NAME, Kind.CAPITAL}), land)
