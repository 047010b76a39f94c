"""Names of places that the gazetteer does not have: told by their capitals, or by no dictionary having them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from tracker.extraction.text.context import DIRECTION, LOOSE, NOUN, SentenceContext
from tracker.extraction.where.kinds import PlaceKinds, Span
from tracker.extraction.where.names import LONGEST_NAME
from tracker.knowledge.language import Language
from tracker.knowledge.plain_words import PlainWords

_WORD = re.compile(r"\w[^\s,.;:!?()\"“”»«]*")
SHORTEST_NAME = 4  # letters of a name that is told by no dictionary having it
IsPart = Callable[[SentenceContext, int], bool]  # whether a token is a part of a name


class UnknownNames:
    """Finds unknown names behind prepositions, with the lists of one language."""

    def __init__(self, language: Language, kinds: PlaceKinds) -> None:
        lists = language.places.lists
        self.language, self.kinds = language, kinds
        self.plain = PlainWords(language.code, lists["endings"])
        self.prepositions = language.places.tables["prepositions"]
        self.locating, self.aiming = frozenset(lists["locating"]), frozenset(lists["aiming"])
        self.beside, self.articles = frozenset(lists["beside"]), frozenset(lists["articles"])
        self.not_places, self.trailing = frozenset(lists["not_places"]), frozenset(lists["trailing"])
        self.adjectives, self.verbs = tuple(lists["adjectives"]), tuple(lists["verbs"])
        self.adjectival = tuple(lists["adjectival"])
        self.nations = frozenset(kinds.gazetteer.demonyms) if language.places.raw["noun_first"] else frozenset()
        self.targeting, self.titles = self.aiming.union(lists["on_targets"]), frozenset(lists["titles"])
        self.weapons = frozenset((*lists["from_afar"], *lists["shots"], *lists["under_attack"])) - self.locating
        self.firsts, self.heads = frozenset(lists["name_firsts"]), tuple(lists["name_heads"])
        self.endings, self.plain_endings = tuple(lists["name_endings"]), tuple(lists["no_name_endings"])
        self.before_endings = frozenset(lists["before_name_endings"])
        small = self.articles | self.locating | frozenset((*lists["conjunctions"], *lists["weak"]))
        self.parts = (frozenset(lists["joiners"]) | self.articles) - small  # "El", "San": first words of names

    def behind(self, context: SentenceContext, index: int, size: int, words: str) -> Span | None:
        """The unknown name behind the preposition of `size` tokens at `index`; `words` may be those of an attack."""
        first = index + size
        found = self._capitals(context, first) if words in self.aiming else None
        if found is None and context.upper and self._must_name(context, index, first):
            found = self._whole(context, first, self._is_unknown)
        if found is None and context.caps and context.lows[index] in self.locating:
            found = self._whole(context, first, self.is_foreign)
            if found is not None and context.lows[found[1] - 1] in self.parts:
                found = None
        if found is None and words in self.before_endings:
            found = self._whole(context, first, self._ends_like_a_name)
        return found

    def _ends_like_a_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a word has an ending that no noun has behind a preposition: "في كوجو"."""
        low = context.lows[index]
        ends = low.endswith(self.endings) and not low.endswith(self.plain_endings)
        return ends and len(low) >= SHORTEST_NAME and self._is_unknown(context, index)

    def is_target(self, context: SentenceContext, span: Span, words: str, at: int) -> bool:
        """Whether a name behind the attack at `at` is a place, and no body.

        Some attacks are on persons, too, so that the text must name such a place elsewhere, the name be one of places,
        or a weapon stand before them: "the attack on al-Zerga", "a drone attack on Zerga".
        """
        first, stop, _ = span
        lows = context.lows[first:stop]
        if any(self._is_body(context, index) for index in range(first, stop)):
            return False
        if words in self.aiming or lows[0] in self.firsts or lows[0].startswith(self.heads):
            return True
        if at > 0 and context.lows[at - 1] in self.weapons and stop == first + 1:
            return True
        return context.words(first, stop) in names_behind(context.text, self.locating)

    def _is_body(self, context: SentenceContext, index: int) -> bool:
        """Whether a word names people or a body: "Hezbollah"; "Sheikh" begins names of places, too."""
        if context.lows[index] in self.titles:
            return False
        return (
            context.tokens.people[index] is not None or self.language.source_types.at(context.lows, index) is not None
        )

    def qualifies(self, context: SentenceContext, index: int) -> bool:
        """Whether a plain word follows an unknown name, which then only qualifies it: "in Assad regime bombing"."""
        if index >= len(context.lows):
            return False
        cut = context.lows[index] in self.not_places
        if context.lows[index] in self.nations or context.lows[index] in self.trailing:
            return False  # "en el Himalaya nepalí"
        if context.lows[index] in self.articles or context.tokens.counts[index] is not None:
            return False  # "in Zerga a man died", "in Zerga two men died"
        if "relative" in context.tokens.roles(index):
            return False  # "near Mecca, which", with or without its comma; "interpellé à Tolan sept hommes"
        if self.adjectival and not cut and index > 0 and not context.lows[index - 1].endswith(self.adjectival):
            return False  # "в Виньеду шансов не было"
        low, listed = context.lows[index], context.tokens.lexicon[index] is not None
        plain = context.kinds[index] == "word" and not (context.capitals[index] or listed or low.endswith(self.verbs))
        return cut or plain

    def _capitals(self, context: SentenceContext, first: int) -> Span | None:
        """The capitalised names that begin at `first`, known or not: "Shelling of Sheikh Maqsood"."""
        stop = first
        while stop < len(context.lows) and context.capitals[stop] and stop - first < LONGEST_NAME:
            word = context.kinds[stop] == "word" and not context.lows[stop].endswith(self.adjectives)
            if context.tokens.lexicon[stop] is not None or not word or context.lows[stop] in self.not_places:
                break
            stop += 1
        named = (
            first < stop
            and not context.upper
            and not context.acronym(first)
            and (context.caps or not self.qualifies(context, stop))
        )
        return (first, stop, None) if named else None

    def _whole(self, context: SentenceContext, first: int, is_part: IsPart) -> Span | None:
        """An unknown name where capitals tell nothing, up to the end of its phrase: "NEAR X.", "in Clash in Zacam"."""
        stop, end = first, min(len(context.lows), first + LONGEST_NAME)
        while stop < end and self.kinds.at(context, stop)[0] is DIRECTION:
            stop += 1  # "in Eastern Zacam"
        begin = stop
        while stop < end and is_part(context, stop):
            stop += 1
        return (first, stop, None) if stop > begin and self._ends_at(context, stop) else None

    def _must_name(self, context: SentenceContext, index: int, first: int) -> bool:
        """Whether an unknown word at `first` must be a name: after "near", or if it is "El" or "San"."""
        if context.lows[index] in self.beside:
            return True
        low = context.lows[first] if first < len(context.lows) else ""
        return context.lows[index] in self.locating and low in self.parts

    def is_foreign(self, context: SentenceContext, index: int) -> bool:
        """Whether no dictionary has a word: "9 Killed in Clash in Zacam"."""
        low = context.lows[index]
        name = low in self.parts or (len(low) >= SHORTEST_NAME and self.plain.lacks(low))
        return name and context.capitals[index] and not context.acronym(index) and self._is_unknown(context, index)

    def ends_in_noun(self, context: SentenceContext, index: int) -> bool:
        """Whether the unknown words at `index` stand before a noun for a place."""
        stop = min(len(context.lows), index + LONGEST_NAME)
        while index < stop and (context.lows[index] in self.parts or self.is_foreign(context, index)):
            index += 1
        return index < stop and self.kinds.at(context, index)[0] is NOUN

    def _is_unknown(self, context: SentenceContext, index: int) -> bool:
        low = context.lows[index]
        if low in self.parts:
            return True
        listed = context.tokens.lexicon[index] or context.tokens.people[index]
        known = listed is not None or low in self.articles or low in self.not_places or low in self.language.not_people
        return context.kinds[index] == "word" and not known and self.kinds.at(context, index)[0] is LOOSE

    def _ends_at(self, context: SentenceContext, index: int) -> bool:
        """Whether a name is whole here, and does not only tell whose the next word is: "in Nusra Shelling"."""
        if index >= len(context.lows) or context.kinds[index] == "mark" or index in context.dated:
            return True
        if self.language.source_types.at(context.lows, index) is not None and _is_last(context, index):
            return True  # "9 Killed in Zacam Monitor"
        if context.tokens.people[index] is not None:
            return False  # "in the Sunni Muslim village"
        return context.tokens.lexicon[index] is not None or context.lows[index] in self.prepositions.by_first


@lru_cache(maxsize=4)
def names_behind(text: str, prepositions: frozenset[str]) -> frozenset[str]:
    """The words behind each of some prepositions in a text: the next one, the next two, up to the longest name.

    A text is looked through once, however many names are asked for.
    """
    words = _WORD.findall(text)
    found: set[str] = set()
    for at, word in enumerate(words):
        if word in prepositions:
            following = words[at + 1 : at + 1 + LONGEST_NAME]
            found.update(" ".join(following[:size]) for size in range(1, len(following) + 1))
    return frozenset(found)


def _is_last(context: SentenceContext, index: int) -> bool:
    """Whether nothing but marks is behind a token: who says so, at the end of a headline."""
    return index > 0 and all(kind == "mark" for kind in context.kinds[index + 1 :])


def is_initials(context: SentenceContext, span: Span) -> bool:
    """Whether an unknown name is one word of initials, with or without an ending: "ISIL", "ISILs"."""
    first, stop, country = span
    alone = stop == first + 1 and country is None and not context.upper
    return alone and context.tokens.texts[first][:2].isupper()
