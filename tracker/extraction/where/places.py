"""Reads the place phrases of a sentence and resolves their countries."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.text.context import (
    CAPITAL,
    DIRECTION,
    LOOSE,
    NAME,
    NOUN,
    PEOPLE,
    SentenceContext,
)
from tracker.extraction.where.bare_names import BLAMED, BareNames
from tracker.extraction.where.countries import CountryCounter
from tracker.extraction.where.dismissed import Dismissed
from tracker.extraction.where.event_names import EventNames
from tracker.extraction.where.kinds import PlaceKinds, Span
from tracker.extraction.where.names import PlaceNames
from tracker.extraction.where.phrase_reader import PhraseReader
from tracker.extraction.where.place import Where
from tracker.extraction.where.unknown_names import UnknownNames, is_initials
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

GLUED = 4  # letters before a capital inside a word, which tell it from a name: "McDonald", "DeKalb"
MEASURED = 9  # words between a place and the town from which its distance is told
AT_WAR = 9  # tokens within which a country is said to be at war: "Syria has been locked in a vicious civil war"
_NAMES = frozenset([NAME, CAPITAL])
_KNOWN = frozenset([NAME, NOUN])
_BEGINS = frozenset([NAME, DIRECTION])
_PEOPLE = frozenset([PEOPLE, LOOSE])


class PlaceReader:
    """Finds place phrases with the lists of one language and resolves them with the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.names = PlaceNames(language, gazetteer)
        self.kinds = PlaceKinds(language, gazetteer, self.names)
        self.prepositions = language.places.tables["prepositions"]
        self.locating = frozenset(lists["locating"])
        self.aiming, self.attackers = frozenset(lists["aiming"]), frozenset(lists["attackers"])
        self.striking, self.nominal = self.aiming | frozenset(lists["striking"]), frozenset(lists["nominal"])
        self.participles = self.striking - self.nominal
        self.events = EventNames(language, self.kinds)
        self.acting = self.events.acting
        self.beside = frozenset(lists["beside"])
        self.origins, self.lasting = frozenset(lists["origins"]), frozenset(language.scope.lists["lasting"])
        self.joiners = frozenset(lists["joiners"]) | frozenset(lists["articles"])
        self.conjunctions, self.articles = frozenset(lists["conjunctions"]), frozenset(lists["articles"])
        self.not_places = frozenset(lists["not_places"])
        self.along, self.lengths = frozenset(lists["along"]), frozenset(lists["lengths"])
        self.capturing, self.weapons_hit = frozenset(lists["capturing"]), frozenset(lists["weapons_hit"])
        self.blaming = frozenset(lists["blaming"])
        self.weak, self.sites = frozenset(lists["weak"]), frozenset(lists["sites"])
        self.noun_first: bool = language.places.raw["noun_first"]
        self.glued = frozenset(lists["articles"]).intersection(language.spelling.glued.before)
        self.simple = {low: (1, low) for low in self.kinds.patterns.simple}
        self.unknown = UnknownNames(language, self.kinds)
        self.phrases = PhraseReader(self.kinds, self.unknown)
        self.phrase, self.begin = self.phrases.read, self.phrases.begin
        self.leading, self.left_out, self.small = self.phrases.leading, self.phrases.left_out, self.phrases.small
        self.dismissed = Dismissed(language, self.begin, self.where_at)
        self.bare = BareNames(self.kinds, self.where_at)
        self.country_counter = CountryCounter(gazetteer, self.names)
        self.spellings = self.names.spellings()

    def find(self, context: SentenceContext) -> list[Where]:
        """The place phrases of a sentence that follow a preposition, in order."""
        found: list[Where] = []
        lows, end = context.lows, 0
        for index in self.kinds.patterns.openings(context):
            if index < end:
                continue
            prep = self.simple.get(lows[index]) or self.prepositions.at(lows, index)
            if prep is not None:
                if index > 1 and self.dismissed.is_far(context, index):
                    end = index + prep[0]
                    found[-1:] = self._measured(context, found[-1:], end)
                    continue
                where = self._place_after(context, index, prep)
                if where is not None:
                    found.append(where)
                    end = where.stop
                    continue
            told = self.events.at(context, index) if lows[index] in self.events.words else None
            found += [self.where_at(context, told)] if told is not None else []
        return [*found, *self._led_by_nouns(context, found)] if self.noun_first else found

    def _measured(self, context: SentenceContext, last: list[Where], behind: int) -> list[Where]:
        """The place found last, in the country of the town from which its distance is told: "in X, 80 km east of Y"."""
        near = last and last[0].country is None and last[0].named and behind - last[0].stop <= MEASURED
        span = self.phrase(context, behind) if near else None
        if span is None or span[2] is None or context.lows[span[1] - 1] in self.phrases.bounds:
            return last
        town = self.where_at(context, span)
        return last if town.is_country else [last[0]._replace(country=town.country)]

    def _led_by_nouns(self, context: SentenceContext, found: Sequence[Where]) -> list[Where]:
        """The places that a noun begins, wherever they stand: "محافظة بغداد". `found`: those after prepositions."""
        covered = {at for where in found for at in range(where.first, where.stop)}
        starts = [at for at, low in enumerate(context.lows) if low in self.sites and at not in covered]
        spans = [span for span in (self.phrase(context, at) for at in starts) if span is not None]
        named = [one for one in spans if any(self.kinds.at(context, at)[0] in _NAMES for at in range(*one[:2]))]
        return [self.where_at(context, span) for span in named if not self.dismissed.is_no_place(context, span, "")]

    def _place_after(self, context: SentenceContext, index: int, prep: tuple[int, str]) -> Where | None:
        """The place after the preposition at `index`."""
        size, words = prep
        led = index > 0 and context.lows[index - 1] in self.articles
        if led and size == 1 and words in self.participles:
            return None  # "the besieged town of X"
        if (words in self.striking or words in self.along) and self._is_blamed(context, index):
            return None
        if words in self.striking:
            size += self._dated_behind(context, index + size)
        span = self.kinds.led(context, self.phrase(context, index + size))
        low, unknown = context.lows[index], span is None
        if span is not None and words in self.capturing and context.lows[span[0]] in self.small:
            return None  # "the capture of five villages"
        if span is not None and words in self.striking and self._is_weapon(context, span):
            return None  # "their car hit a mine"
        if span is not None and (
            self.dismissed.is_no_place(context, span, low) or self._goes_on_behind(context, span, words)
        ):
            return None
        if span is None:
            span = self.unknown.behind(context, index, size, words)
        if span is not None and words in self.aiming and context.lows[span[0]] in self.attackers:
            return None  # "внаслідок обстрілів РФ на Донеччині", "l'attaque du Hamas"
        if span is None or (low in self.origins and self.dismissed.is_home(context, index, span)):
            return None
        if is_initials(context, span) or (size == 1 and self.names.of_an_actor(context, index, span[1])):
            return None  # "pounded ISILs positions", "las tropas de Israel"
        struck = words in self.striking
        strong = low in self.locating or size > 1 or self._leads(context, span)
        strong = strong or (low in self.along and self._lies_along(context, span))
        strong = strong or (span[2] is not None and self._lies_in(context, span))
        of_war = index > 1 and context.lows[index - 1] in self.lasting and context.lows[index - 2] in self.articles
        strong = strong and not of_war  # "a key ally in the war in Iraq"
        hit = struck and self.kinds.at(context, span[1] - 1)[0] is NOUN  # "rockets struck an arms depot"
        told = words in self.unknown.targeting and (unknown or self._is_unlisted(context, span))
        if told and not self.unknown.is_target(context, span, words, index):
            return None  # "an air strike on Hezbollah"
        sure = (strong and not struck) or told or words in self.aiming or hit or self._certain(context, span)
        found = self.where_at(context, span, strong or struck, struck) if sure else None
        return found._replace(named=True) if found is not None and unknown else found

    def _is_unlisted(self, context: SentenceContext, span: Span) -> bool:
        """Whether a phrase is nothing but a name that the gazetteer does not know."""
        return self.kinds.among(context, self.begin(context.lows, *span[:2]), span[1]) == {CAPITAL}

    def _is_blamed(self, context: SentenceContext, index: int) -> bool:
        """Whether the words before a token say that somebody is accused: "blamed the strike on Tolan"."""
        return not self.blaming.isdisjoint(context.lows[max(0, index - BLAMED) : index])

    def _is_weapon(self, context: SentenceContext, span: Span) -> bool:
        """Whether a phrase begins with a weapon that somebody ran into: "hit a mine near Zerga"."""
        return context.lows[self.begin(context.lows, *span[:2])] in self.weapons_hit

    def _leads(self, context: SentenceContext, span: Span) -> bool:
        """Whether a noun before its name tells where as surely as "in": "de la ciudad de Florencia"."""
        begin = self.begin(context.lows, *span[:2])
        if context.lows[begin] not in self.leading:
            return False
        return any(self.kinds.at(context, index)[0] in _NAMES for index in range(begin, span[1]))

    def _lies_along(self, context: SentenceContext, span: Span) -> bool:
        """Whether "on" locates as well as "in": "on the outskirts of Homs", "on a road", but not "on the town"."""
        begin = self.begin(context.lows, *span[:2])
        return not self.lengths.isdisjoint(context.lows[begin : min(span[1], begin + 3)])

    def _dated_behind(self, context: SentenceContext, first: int) -> int:
        """How many tokens from `first` on tell the day: "targeted on Tuesday the town of Adra"."""
        begin = first + (first + 1 in context.dated and context.lows[first] in self.left_out)
        stop = begin
        while stop in context.dated:
            stop += 1
        return stop - first if stop > begin else 0

    def _goes_on_behind(self, context: SentenceContext, span: Span, words: str) -> bool:
        """Whether a noun for an attack is the subject of the word behind it: "the raid enabled some to flee"."""
        plain = self.kinds.at(context, span[0])[0] is LOOSE and "-" not in context.lows[span[0]]
        return plain and words in self.nominal and not (context.caps and self.language.spelling.capitals)

    def _lies_in(self, context: SentenceContext, span: Span) -> bool:
        """Whether a phrase tells in its own words where its place lies: "of Metula in northern Israel"."""
        at = next((index for index in range(span[0] + 1, span[1]) if context.lows[index] in self.locating), None)
        kinds = {self.kinds.at(context, index)[0] for index in range(span[0], at)} if at is not None else set()
        return not (kinds.isdisjoint(_KNOWN) or kinds.isdisjoint(_NAMES)) and kinds.isdisjoint(_PEOPLE)

    def of_sites(self, context: SentenceContext) -> list[Where]:
        """The names of sites, anywhere in the sentence: "Bosavi mine collapse"."""
        return [self.where_at(context, span) for span in self.events.of_sites(context)]

    def _certain(self, context: SentenceContext, span: Span) -> bool:
        """Whether the words are a place without "in" before them: a known name, "Yemeni oil port", "X district"."""
        first, stop, country = span
        if context.lows[first] in self.left_out:
            first = self.begin(context.lows, first, stop)
        if self.kinds.holds_a_named_site(context, first, stop):
            return True
        kinds = [self.kinds.at(context, index)[0] for index in range(first, stop)]
        if len(kinds) > 1 and not context.caps and context.capitals[first] and kinds.count(NOUN) == len(kinds):
            return True  # "on Republic Square"
        if country is not None and NAME in kinds and kinds[0] in _BEGINS:
            return True
        return NOUN in kinds and (country is not None or CAPITAL in kinds)

    def is_kind(self, context: SentenceContext, where: Where) -> bool:
        """Whether the words of a place tell what it is: "Zahra district", but not "Homs"."""
        return any(self.kinds.at(context, index)[0] is NOUN for index in range(where.first, where.stop))

    def _bare(self, context: SentenceContext, first: int, stop: int) -> int:
        """The first token of a country or area without the plain words before it: "an unprepared Israel"."""
        name = first
        while name < stop - 1 and self.kinds.at(context, name)[0] is LOOSE:
            name += 1
        whole = " ".join(context.lows[name:stop])
        known = whole in self.gazetteer.countries or whole in self.gazetteer.wide
        return name if known else first

    def where_at(self, context: SentenceContext, span: Span, strong: bool = True, struck: bool = False) -> Where:
        """The place at a span of tokens, with the country that it lies in."""
        first, stop, country = span
        if context.lows[first] in self.left_out:
            first = self.begin(context.lows, first, stop)
        if country is not None and first < stop - 1 and not (self.noun_first or context.caps):
            first = self._bare(context, first, stop)
        if self.glued and first > 0 and context.lows[first - 1] in self.glued:
            first -= 1  # "الضفة" is one word of the text
        start, end = context.tokens.starts[first], context.tokens.ends[stop - 1]
        last = context.lows[stop - 1]
        if "." in last and context.text[end : end + 1] == ".":
            end += 1  # "U.S."
        if last in self.names.lost:
            end -= len(self.language.lost_possessive)
        end = start + len(_unglued(context.text[start:end]))
        words = context.text[start:end]
        whole = words.lower()
        is_country, is_area = whole in self.gazetteer.countries, whole in self.gazetteer.wide
        named = not _NAMES.isdisjoint([self.kinds.at(context, index)[0] for index in range(first, stop)])
        named = named or (context.caps and any(self.unknown.is_foreign(context, index) for index in range(first, stop)))
        named = named or (bool(self.leading) and any(context.capitals[first + 1 : stop]))  # "Penitenciaría del Litoral"
        named = named or self.kinds.holds_a_named_site(context, first, stop)
        return tuple.__new__(
            Where, (first, stop, start, end, words, country, strong, named, is_country, struck, is_area, False, False)
        )


def _unglued(words: str) -> str:
    """A place without the word that follows it where a line break was lost: "Khan TarloThe" """
    for at in range(GLUED, len(words)):
        before = words[at - GLUED : at]
        if words[at].isupper() and words[at + 1 : at + 2].isalpha() and before.isalpha() and before[1:].islower():
            return words[:at]
    return words
