"""Looks up the names of places in a sentence, and tells whether a named country is a location or an actor."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

LONGEST_NAME = 4
OWNED = 3  # words behind "Syria's" among which the body that it owns stands: "Syria's opposition government"
_ACTING = frozenset("be have harm.base harm.s harm.ing harm.past rise suffer lose modal claim force leave take".split())


class PlaceNames:
    """Looks names up in the gazetteer, with the lists of one language."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        lists = language.places.lists
        self.language = language
        self.gazetteer = gazetteer
        self.pronouns = frozenset(lists["pronouns"])
        self.prepositions = language.places.tables["prepositions"].by_first
        self.speaking = frozenset(language.attribution.lists["speaking"])
        self.endings_tell = bool(language.context.raw["endings_tell"])
        self.lasting = frozenset(language.scope.lists["lasting"])
        self.actions = frozenset(lists["actions"])
        self.deeds = frozenset(lists["deeds"])
        self.named_for, self.articles = frozenset(lists["named_for"]), frozenset(lists["articles"])
        self.noun_first: bool = language.places.raw["noun_first"]
        self.waged = frozenset(lists["waged"])
        self.origins = frozenset(lists["origins"]) if self.endings_tell else frozenset()
        self.nouns = language.places.tables["nouns"]
        self.directions = frozenset(lists["directions"])
        self.not_places = frozenset(lists["not_places"])
        # Names of peoples that need no capital: "soldats tchadiens".
        self.lower = frozenset() if language.spelling.people_capitals else frozenset(gazetteer.demonyms)
        forms = ((f"{name}{language.lost_possessive}", country) for name, country in gazetteer.countries.items())
        # Countries by their possessives without the apostrophe: "syrias".
        self.lost = {form: country for form, country in forms if self._may_be_lost(form)}
        known = [*gazetteer.countries, *gazetteer.demonyms, *gazetteer.places, *self.lost]
        # The length in words of the longest name by its first word.
        self.longest = dict.fromkeys([name for name in known if " " not in name], 1)
        self.of_many_words = frozenset([name for name in known if " " in name])
        for name in self.of_many_words:
            first, _, rest = name.partition(" ")
            size = rest.count(" ") + 2
            if size > self.longest.get(first, 0):
                self.longest[first] = min(LONGEST_NAME, size)

    def _may_be_lost(self, form: str) -> bool:
        return form not in self.gazetteer.countries and self.without_possessive(form) in self.gazetteer.countries

    def spellings(self) -> dict[str, frozenset[str]]:
        """The one-word names of each country, including possessives without their apostrophe."""
        found: dict[str, set[str]] = {}
        for name, country in (*self.gazetteer.countries.items(), *self.lost.items()):
            if " " not in name:
                found.setdefault(country, set()).add(name)
        return {country: frozenset(names) for country, names in found.items()}

    def is_no_scene(self, context: SentenceContext, index: int) -> bool:
        """Whether a name only tells where people come from, or whose the body is that a line begins with: "МИД Ирана:
        12 погибших".
        """
        return self.is_origin(context, index) or (self.endings_tell and self._is_of_a_speaker(context, index))

    def _is_of_a_speaker(self, context: SentenceContext, index: int) -> bool:
        stop = index + self.name_at(context, index)[0]
        heads = index > 0 and context.lows[stop : stop + 1] == (":",)
        return heads and self.language.source_types.at(context.lows, index - 1) is not None

    def is_origin(self, context: SentenceContext, index: int) -> bool:
        """Whether a country is only where the people before it come from: "миротворец из ЮАР"."""
        if index < 2 or context.lows[index - 1] not in self.origins or context.tokens.people[index - 2] is None:
            return False
        return " ".join(context.lows[index : index + self.name_at(context, index)[0]]) in self.gazetteer.countries

    def is_written(self, context: SentenceContext, index: int) -> bool:
        """Whether a word is written as the language writes names of countries or peoples."""
        capital = context.capitals[index] or not self.language.spelling.capitals
        return capital or context.lows[index] in self.lower

    def name_at(self, context: SentenceContext, index: int) -> tuple[int, str | None]:
        """How many tokens the longest known place name at `index` has (0 if there is none), and its country."""
        longest = self.longest.get(context.lows[index])
        if longest is None:
            return 0, None
        found = context.places.names.get(index)
        if found is None:
            found = context.places.names[index] = self._name_at(context, index, longest)
        return found

    def _name_at(self, context: SentenceContext, index: int, longest: int) -> tuple[int, str | None]:
        for size in range(min(longest, len(context.lows) - index), 0, -1):
            words = " ".join(context.lows[index : index + size]) if size > 1 else context.lows[index]
            if size > 1 and words not in self.of_many_words:
                continue
            if words in self.gazetteer.not_places or (context.upper and words in self.pronouns):
                continue
            if words in self.gazetteer.demonyms and (
                words not in self.gazetteer.countries
                or (self.may_describe(words) and self._is_described(context, index))
            ):
                continue
            country = self.gazetteer.country_of(words, context.country_counts)
            if country is None and size == 1:
                country = self.lost.get(words)
            if country is not None or words in self.gazetteer.areas:
                return size, country
        return 0, None

    def may_describe(self, low: str) -> bool:
        """Whether a name without a capital is both that of a country and of its people: "سوريا" in "17 جنديا سوريا"."""
        lower = not self.language.spelling.capitals
        return lower and low in self.gazetteer.countries and low in self.gazetteer.demonyms

    @staticmethod
    def _is_described(context: SentenceContext, index: int) -> bool:
        """Whether a word for people who are counted stands right before a token."""
        if index == 0 or context.tokens.people[index - 1] is None:
            return False
        return any(opening is not None for opening in context.tokens.counts[max(0, index - 2) : index])

    def without_possessive(self, word: str) -> str:
        """The word without a possessive ending that lost its apostrophe: "syrias" -> "syria". Short words stay."""
        return word.removesuffix(self.language.lost_possessive) if len(word) > 4 else word

    def acts(self, context: SentenceContext, after: int) -> bool:
        """Whether the word after a name makes it an actor or a mere adjective."""
        after = self.after_name(context, after)
        if after < len(context.lows) and context.lows[after] == "-":
            return context.tokens.ends[after - 1] == context.tokens.starts[after]  # "U.S.-led"
        if after >= len(context.lows) or context.kinds[after] not in ("word", "possessive"):
            return False
        if context.kinds[after] == "possessive":
            return not self._happens_in(context, after)
        if context.lows[after] in self.actions:
            return True
        if context.lows[after] in self.not_places:
            return False  # "Panama flooding kills nine"
        if self.speaks(context, after):
            return True
        low = context.lows[after]
        word = context.tokens.lexicon[after]
        if word is None:
            listed = low in self.language.not_people or low in self.nouns or low in self.gazetteer.demonyms
            third_person = context.caps and low.endswith("s")  # "Israel Asks Biden to Visit"
            return not listed and (third_person or not context.capitals[after])
        return bool(word[1].roles & _ACTING)

    def harms(self, context: SentenceContext, first: int, after: int) -> bool:
        """Whether a name at the head of its clause is who harmed somebody: "In May, Tolan killed 12"."""
        lows = context.lows
        opens = first == 0 or context.kinds[first - 1] == "mark"
        if not opens or after + 1 >= len(lows) or "harm.ed" not in context.tokens.roles(after):
            return False
        return context.kinds[after + 1] != "mark" and lows[after + 1] not in self.prepositions

    def of_an_actor(self, context: SentenceContext, of: int, stop: int) -> bool:
        """Whether the words from "of" on only tell whose body acts: "las tropas de Israel", "el Cártel de Sinaloa"."""
        if not self.noun_first or of <= 0 or "of" not in context.tokens.roles(of):
            return False
        before = context.lows[max(of - 2, 0) : of]
        if not self.named_for.isdisjoint(before):
            return True
        if self.actions.isdisjoint(before):
            return False
        first = of + 1 + (of + 2 < stop and context.lows[of + 1] in self.articles)
        known = self.name_at(context, first)[0] > 0 or not context.capitals[first]
        return not known or " ".join(context.lows[first:stop]) in self.gazetteer.countries

    def _happens_in(self, context: SentenceContext, possessive: int) -> bool:
        """Whether a country owns what happens in it, and not what it does: "Syria's war", but not "Russia's army"."""
        noun = possessive + 1
        lows = context.lows
        if noun >= len(lows) or lows[noun] not in self.lasting or lows[noun] in self.deeds:
            return False
        return noun + 1 >= len(lows) or lows[noun + 1] not in self.waged

    def speaks(self, context: SentenceContext, after: int) -> bool:
        """Whether people or a verb of speech follow a name: "Rashid camp residents", "the base said"."""
        people = after < len(context.lows) and context.tokens.people[after] is not None
        return people or (after < len(context.lows) and context.lows[after] in self.speaking)

    def qualified(self, context: SentenceContext, after: int) -> bool:
        """Whether a country only describes the people after it: "at a U.S. ally", "for Iraq troops"."""
        after = self.after_name(context, after)
        if context.kinds[after - 1] == "word" and self._owns_a_body(context, after):
            return True
        if after + 1 < len(context.lows) and context.tokens.lexicon[after] is None and not context.capitals[after]:
            after += context.lows[after + 1] in self.actions  # "in the US latest airstrike"
        if after >= len(context.lows) or self.endings_tell:
            return False  # "в Сирии повстанцы убили 12"
        return context.tokens.people[after] is not None or context.lows[after] in self.actions

    def fights(self, context: SentenceContext, after: int) -> bool:
        """Whether a country only tells whose people or whose deed the next word is: "in Israel offensive"."""
        deed = after < len(context.lows) and context.lows[after] in self.deeds and not self.endings_tell
        return deed or self.qualified(context, after)

    def _owns_a_body(self, context: SentenceContext, after: int) -> bool:
        """Whether the name before a token owns who acts, or what is done: "in Syria's opposition government"."""
        lost = context.lows[after - 1] in self.lost
        if not lost and not (after < len(context.lows) and context.kinds[after] == "possessive"):
            return False
        first = after + (not lost)
        for at in range(first, min(len(context.lows), first + OWNED)):
            if context.lows[at] in self.actions:
                return not self.endings_tell
            if context.kinds[at] != "word" or context.capitals[at] or context.tokens.lexicon[at] is not None:
                return False
        return False

    @staticmethod
    def after_name(context: SentenceContext, after: int) -> int:
        """The index of the token after a name, past the full stop of an abbreviation: "U.S. forces"."""
        stop = after + 1 < len(context.lows) and context.lows[after] == "." and "." in context.lows[after - 1]
        return after + 1 if stop else after

    def owns(self, context: SentenceContext, index: int) -> bool:
        """Whether a country is in the possessive here, with or without its apostrophe: "Syria's second city"."""
        low = context.lows[index]
        if low == "." and self.after_name(context, index) > index:
            return True  # "a U.S. embassy warehouse in Tegucigalpa"
        return context.kinds[index] == "possessive" or low in self.lost

    def is_surname(self, context: SentenceContext, index: int) -> bool:
        """Whether a name follows another that is no place, as the surname of a person does: "James Foley"."""
        if context.caps or index == 0 or context.kinds[index - 1] != "word" or not context.capitals[index - 1]:
            return False
        before = context.lows[index - 1]
        known = (
            before in self.directions or before in self.gazetteer.demonyms or self.name_at(context, index - 1)[0] > 0
        )
        return index > 1 and not known and context.tokens.lexicon[index - 1] is None

    def is_forename(self, context: SentenceContext, after: int) -> bool:
        """Whether an unknown name follows a name, as the surname of a person does: "Kira Rudik"."""
        if context.caps or after >= len(context.lows) or not context.capitals[after] or context.acronym(after):
            return False
        low = context.lows[after]
        listed = low in self.nouns or low in self.directions or low in self.gazetteer.demonyms
        return not listed and context.tokens.lexicon[after] is None and self.name_at(context, after)[0] == 0

    def widely_known(self, context: SentenceContext, index: int, size: int) -> bool:
        """Whether a name is that of a country or a capital. In text all in capitals, others may be persons."""
        words = " ".join(context.lows[index : index + size])
        return words in self.gazetteer.capitals or words in self.gazetteer.countries
