"""Names of places that the gazetteer does not have: told by their capitals, or by no dictionary having them."""

from __future__ import annotations

from tracker.extraction.text.context import LOOSE, SentenceContext
from tracker.extraction.where.kinds import PlaceKinds
from tracker.extraction.where.names import LONGEST_NAME
from tracker.knowledge.language import Language
from tracker.knowledge.plain_words import PlainWords

SHORTEST_NAME = 4  # letters of a name that is told by no dictionary having it
Span = tuple[int, int, str | None]  # the first token of a place, the one after its last, and its country


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
        self.adjectives = tuple(lists["adjectives"])
        small = self.articles | self.locating | frozenset((*lists["conjunctions"], *lists["weak"]))
        self.parts = (frozenset(lists["joiners"]) | self.articles) - small  # "El", "San": first words of names

    def behind(self, context: SentenceContext, index: int, size: int, words: str) -> Span | None:
        """The unknown name behind the preposition of `size` tokens at `index`; `words` may be those of an attack."""
        first = index + size
        found = self._capitals(context, first) if words in self.aiming else None
        if found is None and context.upper and self._must_name(context, index, first):
            found = self._whole(context, first, dictionary=False)
        if found is None and context.caps and context.lows[index] in self.locating:
            found = self._whole(context, first, dictionary=True)
        return found

    def qualifies(self, context: SentenceContext, index: int) -> bool:
        """Whether a plain word follows an unknown name, which then only qualifies it: "in Assad regime bombing"."""
        if index >= len(context.lows):
            return False
        cut = context.lows[index] in self.not_places
        if context.lows[index] in self.trailing or "relative" in context.tokens.roles(index):
            return False  # "near Mecca, which", with or without its comma
        plain = context.kinds[index] == "word" and not context.capitals[index] and context.tokens.lexicon[index] is None
        return cut or plain

    def _capitals(self, context: SentenceContext, first: int) -> Span | None:
        """The capitalised names that begin at `first`, known or not: "Shelling of Sheikh Maqsood"."""
        stop = first
        while stop < len(context.lows) and context.capitals[stop] and stop - first < LONGEST_NAME:
            word = context.kinds[stop] == "word" and not context.lows[stop].endswith(self.adjectives)
            if context.tokens.lexicon[stop] is not None or not word:
                break
            stop += 1
        named = (
            first < stop
            and not context.upper
            and not context.acronym(first)
            and (context.caps or not self.qualifies(context, stop))
        )
        return (first, stop, None) if named else None

    def _whole(self, context: SentenceContext, first: int, *, dictionary: bool) -> Span | None:
        """An unknown name where capitals tell nothing, up to the end of its phrase: "NEAR X.", "in Clash in Zacam".

        `dictionary`: it must be a word that none has.
        """
        stop, end = first, min(len(context.lows), first + LONGEST_NAME)
        while stop < end and (self._is_foreign(context, stop) if dictionary else self._is_unknown(context, stop)):
            stop += 1
        named = stop > first and not (dictionary and context.lows[stop - 1] in self.parts)
        return (first, stop, None) if named and self._ends_at(context, stop) else None

    def _must_name(self, context: SentenceContext, index: int, first: int) -> bool:
        """Whether an unknown word at `first` must be a name: after "near", or if it is "El" or "San"."""
        if context.lows[index] in self.beside:
            return True
        low = context.lows[first] if first < len(context.lows) else ""
        return context.lows[index] in self.locating and low in self.parts

    def _is_foreign(self, context: SentenceContext, index: int) -> bool:
        """Whether no dictionary has a word: "9 Killed in Clash in Zacam"."""
        low = context.lows[index]
        name = low in self.parts or (len(low) >= SHORTEST_NAME and self.plain.lacks(low))
        return name and context.capitals[index] and not context.acronym(index) and self._is_unknown(context, index)

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
        return context.tokens.lexicon[index] is not None or context.lows[index] in self.prepositions.by_first


def is_initials(context: SentenceContext, span: Span) -> bool:
    """Whether an unknown name is one word of initials, with or without an ending: "ISIL", "ISILs"."""
    first, stop, country = span
    alone = stop == first + 1 and country is None and not context.upper
    return alone and context.tokens.texts[first][:2].isupper()
