"""Classifies tokens in place phrases: a name, a kind of place, a direction, a word that ends the phrase."""

from __future__ import annotations

from tracker.extraction.text.context import (
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
    SentenceContext,
)
from tracker.extraction.where.names import LONGEST_NAME, PlaceNames
from tracker.extraction.where.patterns import (
    MARK,
    NUMBER_SIGN,
    OTHER,
    OTHER_CAPITAL,
    PlacePatterns,
    is_acronym,
    of_any_row,
)
from tracker.knowledge.countries import Gazetteer
from tracker.knowledge.language import Language

Span = tuple[int, int, str | None]  # the first token of a place phrase, the token after it, its country
LONGEST_NOUN = 3  # words of a noun before its name: "детском саду «Ромашка»"
_PLAIN = frozenset([LOOSE, NAME])
_OTHER = frozenset(of_any_row(OTHER + OTHER_CAPITAL))


class PlaceKinds:
    """Classifies tokens with the lists of one language and the gazetteer."""

    def __init__(self, language: Language, gazetteer: Gazetteer, names: PlaceNames) -> None:
        self.language = language
        self.gazetteer = gazetteer
        self.names = names
        self.noun_names: bool = language.places.raw["noun_first"] and not language.spelling.capitals
        self.quoted_names: bool = language.attribution.raw["quoted_names"]
        self.locating = frozenset(language.places.lists["locating"])
        self.definite = language.numbers.definite
        self.unnamed = frozenset((*language.places.lists["pointing"], *language.places.lists["directions"]))
        self.sites = frozenset(language.places.lists["sites"]) - set(language.places.lists["pointing"])
        self.not_places = frozenset(language.places.lists["not_places"])
        self.only_named = frozenset(language.places.lists["only_named"])
        self.conjunctions = tuple(set(language.places.lists["conjunctions"]) & set(language.spelling.glued.before))
        self.institutions = frozenset(language.places.lists["institutions"])
        self.posts = self.institutions.union(language.places.lists["posts"])
        self.titles = frozenset(language.places.lists["titles"])
        self.particles = frozenset(language.places.lists["weak"] if language.names_follow_nouns else ())
        self.named_behind = frozenset(language.places.lists["named_behind"])
        self.patterns = PlacePatterns(language, gazetteer, names)
        self.shortened = frozenset(names.nouns.alone) & language.abbreviations  # "м. Нікополь"
        self.fixed = self.patterns.fixed

    def at(self, context: SentenceContext, index: int) -> PlaceKind:
        """The kind at `index`, how many tokens it covers, and the country it names."""
        letter = (context.places.letters or self.patterns.of(context))[index]
        found = self.fixed.get(letter) or context.places.kinds.get(index)
        if found is None:
            if letter in _OTHER:
                found = (self._other(context, index), 1, None)
            else:
                found = self._marked(context, index) if letter == MARK else self._at(context, index)
            context.places.kinds[index] = found
        return found

    def among(self, context: SentenceContext, first: int, stop: int) -> set[Kind]:
        """The kinds of the tokens [first, stop)."""
        return {self.at(context, index)[0] for index in range(first, stop)}

    def _at(self, context: SentenceContext, index: int) -> PlaceKind:
        low, kind, capital = context.lows[index], context.kinds[index], context.capitals[index]
        if index in context.dated or kind == "number" or low in self.language.numbers.small:
            return END, 1, None
        if kind == "mark":
            return self._mark(context, index), 1, None
        if capital or context.caps or low in self.names.lower:
            size, country = self.names.name_at(context, index)
            if size:
                return NAME, size, country
            if low in self.gazetteer.demonyms:
                return PEOPLE, 1, self.gazetteer.demonyms[low]
            if low in self.patterns.communities and capital and not context.caps:
                return PEOPLE, 1, None
        if low in self.patterns.verbs and self._is_verb(context, index):
            return END, 1, None
        noun = self.patterns.nouns.at(context.lows, index)
        if noun is not None and not (low in self.only_named and self._is_unnamed(context, index)):
            return NOUN, noun[0], None
        if low in self.patterns.directions:
            return DIRECTION, 1, None
        if low in self.patterns.joiners or kind == "possessive":
            return JOIN, 1, None
        if low in self.particles and self._is_particle(context, index):
            return JOIN, 1, None
        return self._other(context, index), 1, None

    @staticmethod
    def _is_unnamed(context: SentenceContext, index: int) -> bool:
        """Whether no name follows a noun that is a place only before one: "deaths mount in X"."""
        behind = index + 1
        return behind >= len(context.lows) or context.kinds[behind] != "word" or not context.capitals[behind]

    def _is_verb(self, context: SentenceContext, index: int) -> bool:
        """Whether a word that may be a noun is the verb: "le bilan à Goma est de 12", but "la banlieue est de Goma"."""
        behind = index + 2
        led = index > 0 and context.lows[index - 1] in self.patterns.joiners
        if led or behind >= len(context.lows) or "of" not in context.tokens.roles(index + 1):
            return not led
        return self.at(context, behind)[0] not in (NAME, NOUN, CAPITAL)

    def _is_particle(self, context: SentenceContext, index: int) -> bool:
        """Whether a preposition with a capital begins a name: "en Al Mawasi"."""
        if context.caps or not 0 < index < len(context.lows) - 1:
            return False
        return context.capitals[index] and context.capitals[index + 1]

    def begins_clause(self, context: SentenceContext, index: int, size: int) -> bool:
        """Whether a name behind plain words is the subject of its verb: "з початку війни Росія втратила"."""
        plain = self.language.head_first and self.at(context, index - 1)[0] in _PLAIN
        return plain and self.names.acts(context, index + size)

    def _marked(self, context: SentenceContext, index: int) -> PlaceKind:
        """The kind at a mark. Behind a noun for a place a name in quotation marks goes on with it, and so does its
        number: "в торговом центре «Радуга»", "в школе № 15"; behind "in" such a name is a place: "на «Тульской»".
        """
        size = self._named_behind(context, index) if self.quoted_names and index > 0 else 0
        return (CAPITAL, size, None) if size else (self._mark(context, index), 1, None)

    def _named_behind(self, context: SentenceContext, index: int) -> int:
        """How many tokens such a name or number at `index` has; 0 if there is none."""
        lows, behind = context.lows, index + 1
        if behind >= len(lows):
            return 0
        ends = ((size, self.patterns.nouns.at(lows, index - size)) for size in range(1, min(index, LONGEST_NOUN) + 1))
        noun = any(found is not None and found[0] == size for size, found in ends)
        if lows[index] == NUMBER_SIGN:
            return 2 if noun and context.kinds[behind] == "number" else 0
        if not noun and (lows[index - 1] not in self.locating or self._is_body(context, behind)):
            return 0
        if lows[index] != '"' or not (context.capitals[behind] or context.kinds[behind] == "number"):
            return 0
        reach = range(behind + 1, min(len(lows), behind + 1 + LONGEST_NAME))
        return next((at + 1 - index for at in reach if lows[at] == '"'), 0)

    def _is_body(self, context: SentenceContext, index: int) -> bool:
        """Whether a name in quotation marks that begins at a token is that of people or of a body: "в «Хезболле»"."""
        body = self.language.source_types.at(context.lows, index) is not None
        known = context.tokens.people[index] is not None or self.names.name_at(context, index)[0] > 0
        return body or known or context.lows[index] in self.not_places

    def _mark(self, context: SentenceContext, index: int) -> Kind:
        """JOIN if a mark joins its neighbours: the full stop of "U.S. embassy", a comma, an apostrophe; else END."""
        if self.names.after_name(context, index) > index or context.kinds[index] == "possessive":
            return JOIN
        if context.lows[index] == "." and index > 0 and context.lows[index - 1] in self.shortened:
            return JOIN
        return JOIN if self._comma_goes_on(context, index) else END

    def led(self, context: SentenceContext, span: Span | None) -> Span | None:
        """A place phrase without the plain words before its noun or name, where no capital tells these apart: "اقتحم
        مستوطنون قرية المغير".
        """
        if span is None or self.language.spelling.capitals:
            return span
        first = span[0]
        while first < span[1] - 1 and self.at(context, first)[0] is LOOSE:
            first += 1
        return first, span[1], span[2]

    def _other(self, context: SentenceContext, index: int) -> Kind:
        low, capital = context.lows[index], context.capitals[index]
        body = self.language.source_types.at(context.lows, index)
        if body is not None and self._owns_site(context, index + body[0], capital=capital):
            return LOOSE  # "hit a U.N. school", "a labor union headquarters"
        speaks = body is not None
        named = capital and not context.caps and not is_acronym(context.tokens.texts[index])
        if speaks or context.tokens.people[index] is not None:
            if named and not speaks and self._begins_name(context, index):
                return CAPITAL
            if named and not speaks and self._live_there(context, index):
                return LOOSE
            return END if speaks or (capital and not context.caps) else LOOSE
        if low in self.patterns.portions and self._is_part(context, index):
            return LOOSE  # "in the northern part of Homs"
        if self.noun_names and self._is_named_by_noun(context, index):
            return CAPITAL
        return self.patterns.by_word(low, context.tokens.lexicon[index], named=named)

    def _is_part(self, context: SentenceContext, index: int) -> bool:
        """Whether "of" and a place follow a word for a part."""
        lows = context.lows
        of = index + 2 < len(lows) and lows[index + 1] in self.patterns.joiners
        return of and (context.capitals[index + 2] or lows[index + 2] in self.patterns.joiners)

    def _owns_site(self, context: SentenceContext, behind: int, *, capital: bool) -> bool:
        """Whether a body only tells whose the building behind it is: "a U.N. school", "a labor union headquarters"."""
        behind = self.names.after_name(context, behind)
        if capital and not context.upper:
            behind += self.names.name_at(context, behind)[0] if behind < len(context.lows) else 0  # "a UN Gaza school"
        if behind >= len(context.lows):
            return False
        return context.lows[behind] in (self.institutions if capital and not context.upper else self.posts)

    def _live_there(self, context: SentenceContext, index: int) -> bool:
        """Whether a word for people tells who lives in the place behind it: "the Sunni Muslim village"."""
        if self.language.head_first or self.names.noun_first or index == 0:
            return False
        people, behind = context.tokens.people, index + 1
        while behind < len(context.lows) and context.capitals[behind] and people[behind] is not None:
            behind += 1
        return behind < len(context.lows) and context.lows[behind] in self.patterns.nouns.alone

    def _begins_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a word for people is the first of a place's name: "the town of Khan Touran", "Syrias Khan Touran".

        "Sheikh Maqsoud area" is such a name too.
        """
        lows = context.lows
        if index == 0 or index + 1 >= len(lows) or not context.capitals[index + 1]:
            return False
        led = index > 1 and lows[index - 1] in self.patterns.joiners and lows[index - 2] in self.patterns.nouns.alone
        behind = not self.patterns.nouns.alone.keys().isdisjoint(lows[index + 1 : index + 3])
        titled = lows[index] in self.titles and lows[index - 1] in self.patterns.telling
        return led or behind or titled or lows[index - 1] in self.names.lost

    def _is_named_by_noun(self, context: SentenceContext, index: int) -> bool:
        """Whether an unknown word is a name because a noun for a place stands before it: "قرية زركلة".

        An adjective has the article if its noun has it, a person's name behind a noun with one has none ("حاكم الولاية
        جون بل"), and of two unknown words the second alone is a name.
        """
        if not self._is_unknown(context, index):
            return False
        definite = context.lows[index].startswith(self.definite)
        if index > 1 and not definite and self._is_unknown(context, index - 1):
            index -= 1
        noun = index - 1
        if noun < 0 or context.lows[noun] not in self.patterns.nouns.alone:
            return False
        return noun == 0 or context.lows[noun - 1] not in self.definite

    def is_named_site(self, context: SentenceContext, index: int, stop: int) -> bool:
        """Whether a site at `index` has its name from a noun behind it that has the article, "مسجد الروضة", or an
        adjective, "المستشفى السعودي"; but not from a place without a name, "مسجد القرية", nor from a body: of these
        only schools, hotels and the like have one, "مدرسة الجيش".
        """
        name = index + 2
        if not self.noun_names or name >= stop or context.lows[index] not in self.sites:
            return False
        if context.lows[index + 1] not in self.definite or context.lows[name] in self.unnamed:
            return False
        known = self.at(context, name)[0] is not END
        return known or (context.lows[index] in self.institutions and self._is_of_a_kind(context, name))

    def holds_a_named_site(self, context: SentenceContext, first: int, stop: int) -> bool:
        """Whether such a site stands in a place phrase."""
        return self.noun_names and any(self.is_named_site(context, index, stop) for index in range(first, stop - 2))

    def _is_of_a_kind(self, context: SentenceContext, index: int) -> bool:
        """Whether a token begins a name of a kind of body: "the ministry"."""
        return self.language.source_types.at(context.lows, index) is not None and index not in context.dated

    def _is_unknown(self, context: SentenceContext, index: int) -> bool:
        """Whether no list has a word, and no "and" is glued to its head."""
        low, tokens = context.lows[index], context.tokens
        listed = tokens.lexicon[index] is not None or tokens.people[index] is not None or tokens.counts[index]
        known = low in self.language.not_people or low in self.not_places or low in self.gazetteer.demonyms
        known = known or low in self.patterns.nouns.alone or low.startswith(self.conjunctions)
        known = known or self.names.name_at(context, index)[0] > 0
        return context.kinds[index] == "word" and not (listed or known)

    def _comma_goes_on(self, context: SentenceContext, index: int) -> bool:
        """Whether the place continues after a comma: "Mosul, Iraq"; "the Argentine capital, Buenos Aires"."""
        if context.lows[index] != "," or index + 1 >= len(context.lows) or not context.capitals[index + 1]:
            return False
        if context.lows[index - 1] in self.named_behind and self._stands_apart(context, index + 1):
            return True
        size, country = self.names.name_at(context, index + 1)
        behind = index + 1 + size
        if not size or country is None or self.names.acts(context, behind):
            return False
        noun = self.patterns.nouns.at(context.lows, behind) if behind < len(context.lows) else None
        return noun is None or not self.names.speaks(context, behind + noun[0])  # "X, Gaza hospital says"

    def _stands_apart(self, context: SentenceContext, index: int) -> bool:
        """Whether one unknown name is at `index` with a mark after it: "the capital, Managua, …"."""
        closed = index + 1 >= len(context.lows) or context.kinds[index + 1] == "mark"
        return closed and not context.caps and self.at(context, index)[0] in (CAPITAL, NAME)
