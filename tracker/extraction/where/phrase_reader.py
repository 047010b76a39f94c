"""Reads one place phrase: from its first word to the last that still belongs to it, and the country that it names."""

from __future__ import annotations

from collections.abc import Sequence

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
    SentenceContext,
)
from tracker.extraction.where.kinds import PlaceKinds, Span
from tracker.extraction.where.names import LONGEST_NAME, OWNED
from tracker.extraction.where.unknown_names import UnknownNames

LONGEST_PLACE = 14
NEAR = 2  # plain words between an owner, or the head of a phrase, and its noun
RANKED = 3  # words behind "second" among which the place stands: "second largest port city"
_NAMES = frozenset([NAME, CAPITAL])
_KNOWN = frozenset([NAME, NOUN])
_ENDS_PLACE = _NAMES | _KNOWN
_AROUND = frozenset([NOUN, DIRECTION])
_LISTED = frozenset([NAME, NOUN, DIRECTION])
_WAYS = frozenset([LOOSE, JOIN, PEOPLE, DIRECTION])
_MAY_NAME_A_SITE = frozenset([LOOSE, END, PEOPLE])


class PhraseReader:
    """Reads place phrases with the lists of one language."""

    def __init__(self, kinds: PlaceKinds, unknown: UnknownNames) -> None:
        lists, language = kinds.language.places.lists, kinds.language
        self.language, self.gazetteer = language, kinds.gazetteer
        self.names, self.kinds, self.unknown = kinds.names, kinds, unknown
        self.locating, self.weak = frozenset(lists["locating"]), frozenset(lists["weak"])
        self.striking = frozenset((*lists["aiming"], *lists["striking"]))
        self.institutions, self.bodies = frozenset(lists["institutions"]), frozenset(lists["bodies"])
        self.along = frozenset(lists["along"])
        self.beside, self.bounds = frozenset(lists["beside"]), frozenset(lists["bounds"])
        self.conjunctions, self.articles = frozenset(lists["conjunctions"]), frozenset(lists["articles"])
        self.joiners = frozenset(lists["joiners"]) | self.articles
        self.linking = self.joiners & (self.locating | self.weak)
        self.origins, self.reaching = frozenset(lists["origins"]), self.locating.intersection(lists["towards"])
        self.not_places, self.between = frozenset(lists["not_places"]), frozenset(lists["between"])
        self.happened, self.known_as = tuple(lists["happened"]), frozenset(lists["known_as"])
        self.noun_first: bool = language.places.raw["noun_first"]
        self.leading = frozenset(lists["sites"]) if language.names_follow_nouns else frozenset()
        ones = self.articles if self.leading else frozenset()  # "en un bar de Celaya"
        self.small = frozenset(language.numbers.small) - ones
        self.left_out = self.articles | set(language.places.tables["prepositions"].alone)
        groups = (self.conjunctions, self.articles, self.not_places, self.locating, self.institutions)
        self.ruled = frozenset().union(*groups)  # words in a place phrase that have special rules

    def read(self, context: SentenceContext, first: int) -> Span | None:
        """The place phrase that begins at `first`, right after its preposition."""
        lows, kinds, lost = context.lows, context.kinds, self.names.lost
        stop = min(len(lows), first + LONGEST_PLACE)
        if first + 1 < len(lows) and lows[first] in self.small and lows[first + 1] not in self.weak | self.small:
            return self._counted(context, first)
        if self._is_amount(context, first):
            return None
        index = last = owner = first
        seen: set[Kind] = set()
        country: str | None = None
        while index < stop:
            kind, size, found = self._kind(context, index, (first, owner, last), seen)
            if kind is END:
                break
            if kind is NAME and self._is_another(context, (first, index, index + size), owner < index and NAME in seen):
                break
            beyond = kind is CAPITAL and country and last == index and owner == first
            if beyond and not self._goes_on(context, (first, index, stop), seen):
                break
            low = lows[index]
            if low in self.ruled and (index > first or low not in self.articles):
                if self._cuts(context, index, kind, seen, first):
                    break
                if low in self.locating and self._is_behind(context, (first, owner, index), seen, kind):
                    return None
            if found is not None or (country is not None and low in self.institutions):
                theirs = kind is PEOPLE and NAME in seen  # "in Gaza in Israeli strikes"
                country = self._country(context, (first, index, index + size), country, None if theirs else found)
            seen.add(kind)
            index += size
            may_own = kinds[index - 1] != "word" or lows[index - 1] in lost
            owner = index if may_own and self.names.owns(context, index - 1) else owner
            whose = self.leading and kind is PEOPLE and last == index - size and NOUN in seen  # "territoire tchadien"
            if kind in _ENDS_PLACE or (kind is DIRECTION and NAME in seen) or whose:
                last = index
        last = self._with_name(context, last) if last == stop else last
        none = last <= first or self._is_none(context, first, last, seen)
        return None if none else (self._behind_deed(context, first, owner, last), last, country)

    def _behind_deed(self, context: SentenceContext, first: int, owner: int, last: int) -> int:
        """Where the place begins that a country does something to: "Russia's invasion of Ukraine"."""
        behind = owner + 2
        if not first < owner < behind < last or context.lows[owner] not in self.names.deeds:
            return first
        return behind if context.lows[owner + 1] in self.weak else first

    def _kind(
        self, context: SentenceContext, index: int, at: tuple[int, int, int], seen: set[Kind]
    ) -> tuple[Kind, int, str | None]:
        """What a token is in the phrase, how many tokens it takes, and the country that it names.

        `at`: where the phrase begins, where its last owner ends and where its last known word ends.
        """
        first, owner, last = at
        letter = (context.places.letters or self.kinds.patterns.of(context))[index]
        kind, size, found = self.kinds.fixed.get(letter) or self.kinds.at(context, index)
        opens = last == first and index - owner <= NEAR and not context.caps  # no noun or name is behind it
        if context.lows[index] in self.kinds.patterns.degrees and not seen.isdisjoint(_KNOWN):
            return END, 1, None  # "across the country, mainly in X"
        named = index > first + 1 and kind in _MAY_NAME_A_SITE
        if named and self.kinds.is_named_site(context, index - 2, index + 1):
            return CAPITAL, 1, None
        if kind is END or (kind is LOOSE and not opens):
            kind = self._within(context, index, at, kind, seen)
        return kind, size, found

    def _with_name(self, context: SentenceContext, last: int) -> int:
        """The end of a phrase that was too long, with the name that it stopped before: "… in southern Mali"."""
        if last >= len(context.lows) or self.kinds.at(context, last - 1)[0] is not DIRECTION:
            return last
        kind, size, _ = self.kinds.at(context, last)
        return last + size if kind is NAME else last

    def _country(
        self, context: SentenceContext, at: tuple[int, int, int], country: str | None, found: str | None
    ) -> str | None:
        """The country of a phrase after a word that may name one. `at`: where they begin and where the word ends."""
        first, index, behind = at
        if context.lows[index] in self.institutions and index > first:
            owned = not self.gazetteer.named.keys().isdisjoint(context.lows[first:index])
            country = None if owned else country  # the Saudi Maternity Hospital is in Sudan
        beside = found is not None and self._is_beside(context, index, behind - index, country)
        return country if found is None or beside else found

    def _is_none(self, context: SentenceContext, first: int, last: int, seen: set[Kind]) -> bool:
        """Whether the words of a phrase name no place, but who acts or whose something is."""
        if seen.isdisjoint(_KNOWN) and (self.unknown.qualifies(context, last) or self._has_kin(context, last)):
            return True
        return self._is_of_a_body(context, last) or self._is_whose(context, first, last, seen)

    @staticmethod
    def _has_kin(context: SentenceContext, last: int) -> bool:
        """Whether the unknown name up to a token is a person's: "in Ravi's cousin's family"."""
        if last >= len(context.lows) or context.kinds[last] != "possessive":
            return False
        return any(people is not None for people in context.tokens.people[last + 1 : last + 1 + OWNED])

    def _is_amount(self, context: SentenceContext, first: int) -> bool:
        """Whether a number goes on behind a weak preposition: "hundreds of thousands flee"."""
        if not 1 < first < len(context.lows) or context.lows[first - 1] not in self.weak:
            return False
        counts = context.tokens.counts[first - 2], context.tokens.counts[first]
        return all(one is not None and one.vague for one in counts)

    def _within(
        self, context: SentenceContext, index: int, at: tuple[int, int, int], kind: Kind, seen: set[Kind]
    ) -> Kind:
        """What a plain word, or one that ends other phrases, is in the phrase `at`, (first, owner, last)."""
        first, owner, last = at
        if kind is END:
            if first < owner == index and self._ranks(context, index):
                return LOOSE
            return JOIN if first < last and self._leads_on(context, index, last) else END
        if context.caps and self._named(context, index, last, seen):
            return CAPITAL
        over = index - owner > NEAR or (owner == first and not seen.isdisjoint(_NAMES))
        over = over and self.between.isdisjoint(context.lows[max(first, index - RANKED) : index])
        if not over and not (first < last == index and self._happened(context, index)):
            return LOOSE
        described = self.leading and last == index and NAME not in seen  # "la isla malasia de Sipadan"
        return LOOSE if described or self._describes(context, index, last) else END

    def _leads_on(self, context: SentenceContext, index: int, last: int) -> bool:
        """Whether a phrase goes on behind its noun with a word: "an area between X and Y", "an area known as X"."""
        if self.kinds.at(context, last - 1)[0] is not NOUN:
            return False
        named = " ".join(context.lows[last : index + 1]) in self.known_as
        return named or (last == index and context.lows[index] in self.between)

    def _ranks(self, context: SentenceContext, index: int) -> bool:
        """Whether a word behind an owner only tells which of its places: "Syria's second city"."""
        plain = context.kinds[index] == "word" and not context.capitals[index]
        if not plain or context.tokens.lexicon[index] is not None:
            return False
        near = range(index + 1, min(len(context.lows), index + 1 + RANKED))
        kinds = [self.kinds.at(context, at)[0] for at in near]
        return NOUN in kinds and set(kinds[: kinds.index(NOUN)]) <= {LOOSE}

    def _happened(self, context: SentenceContext, index: int) -> bool:
        """Whether a word behind a noun is the verb of what happened there: "the roof of a church collapsed in X"."""
        low, behind = context.lows[index], context.lows[index + 1] if index + 1 < len(context.lows) else ""
        return behind in self.locating and low.endswith(self.happened) and "-" not in low

    def _is_of_a_body(self, context: SentenceContext, last: int) -> bool:
        """Whether the name up to a token is only part of that of a body: "in the Kharkiv Brigade", "in the Unity
        Party".
        """
        lows = context.lows
        if context.caps or last >= len(lows) or lows[last] not in self.bodies or not context.capitals[last]:
            return False
        behind = last + 1
        return behind >= len(lows) or self.kinds.at(context, behind)[0] is not NOUN  # "the Kharkiv Brigade barracks"

    def _is_behind(self, context: SentenceContext, span: tuple[int, int, int], seen: set[Kind], kind: Kind) -> bool:
        """Whether the place is behind the preposition at the end of a span, (first, owner, end): "of a captive in
        Rafah", "of Israel's actions in Gaza".
        """
        first, owner, index = span
        if first < owner and self.kinds.among(context, owner, index) == {LOOSE}:
            return True
        return seen <= _WAYS and not (self.leading and kind is NOUN)

    def _named(self, context: SentenceContext, index: int, last: int, seen: set[Kind]) -> bool:
        """Whether an unknown word is a name in a text of capitals: "NEAR THE TOWN OF TEJUTLA"."""
        if not self.unknown.is_foreign(context, index):
            return False
        if NOUN not in seen:
            if NAME in seen and not self.unknown.parts.isdisjoint(context.lows[max(0, index - 2) : index]):
                return context.upper  # "SAN ANTONIO DEL ZERQUO", "SAN JOSE ZERQUO"
            return context.upper and self.unknown.ends_in_noun(context, index)  # "IN THE SAN ZERQUO GOTERA AREA"
        before = index - 1
        while before > last and context.lows[before] in self.unknown.parts:
            before -= 1
        led = before == last and context.lows[before] in self.linking
        return led or (last == index and CAPITAL in seen)

    def _describes(self, context: SentenceContext, index: int, last: int) -> bool:
        """Whether a plain word describes the wider place behind "in the": "a market in the holy city of Karbala"."""
        lows, first = context.lows, index - 1
        if first > last and self.kinds.at(context, first)[0] is LOOSE:
            first -= 1
        led = lows[first] in self.articles and first == last + 1 and lows[last] in self.linking
        behind = min(index + 1, len(lows) - 1)
        if led and self.kinds.at(context, behind)[0] is LOOSE:
            behind = min(behind + 1, len(lows) - 1)
        return led and self.kinds.at(context, behind)[0] is NOUN

    def _is_another(self, context: SentenceContext, at: tuple[int, int, int], named: bool) -> bool:
        """Whether a name ends the phrase: it only tells whose the next word is, or begins a clause.

        `at`: where the phrase begins, where the name does, and behind it; `named`: the phrase has a name of its own,
        which does not own this one as in "Gaza's Maghazi camp".
        """
        first, index, stop = at
        noun = index > first and not self.noun_first and self.kinds.at(context, index - 1)[0] is NOUN
        if (named and self.names.fights(context, stop)) or (noun and self.names.speaks(context, stop)):
            return True  # "in Gaza in Israel offensive", "in a school Israel says was empty"
        return index > first and self.kinds.begins_clause(context, index, stop - index)

    def _is_whose(self, context: SentenceContext, first: int, last: int, seen: set[Kind]) -> bool:
        """Whether a country only tells whose the next word is: "in a United States raid", "on a South Korean boat"."""
        lows, countries, lands = context.lows, self.gazetteer.countries, self.names.lost
        part = lows[last - 1] in self.kinds.patterns.directions
        if part and last < len(lows) and lows[last] in self.gazetteer.demonyms:
            return True
        if not seen.isdisjoint(_AROUND):
            return False
        whole = " ".join(lows[self.begin(lows, first, last) : last])
        land = lows[last - 1] in countries or lows[last - 1] in lands or whole in countries
        return land and self.names.qualified(context, last)

    def _is_beside(self, context: SentenceContext, index: int, size: int, country: str | None) -> bool:
        """Whether a name only tells what is next to the place: "in Mali near Niger", "a farm near the Gaza border"."""
        lows, before = context.lows, index - 1
        if country and lows[before] in self.beside:
            return True
        while before > 0 and lows[before] in self.articles:
            before -= 1
        behind = lows[index + size] if index + size < len(lows) else ""
        return behind in self.bounds and (lows[before] in self.beside or lows[before] in self.along)

    def _goes_on(self, context: SentenceContext, at: tuple[int, int, int], seen: set[Kind]) -> bool:
        """Whether a capitalised word belongs to the place before it, and begins nothing new as in "in Idlib Defies
        Description": it ends a name or comes before a noun for a place, or stands behind it: "в селе Пактия".

        `at`: where the phrase begins, where the word is, and where the phrase may end.
        """
        first, index, stop = at
        if NOUN in seen and self.names.language.head_first:
            return True
        before = index - 1
        named = not context.caps and before > first and self.kinds.at(context, before)[0] is CAPITAL
        if named and self.kinds.at(context, before - 1)[0] not in _NAMES:
            return True  # "in the Syrian town of Khan Touran"
        while index < stop:
            kind = self.kinds.at(context, index)[0]
            if kind is not CAPITAL:
                return kind is NOUN
            index += 1
        return False

    def _counted(self, context: SentenceContext, first: int) -> Span | None:
        """The place phrase that begins with a number in words: "in two villages"."""
        span = self.read(context, first + 1) if first not in context.dated else None
        if span is None:
            return None
        nouns = range(span[1] - 1 if self.leading else first + 1, span[1])  # "in one kibbutz near Gaza"
        if all(self.kinds.at(context, index)[0] is not NOUN for index in nouns):
            return None
        return first, span[1], span[2]

    def _cuts(self, context: SentenceContext, index: int, kind: Kind, seen: set[Kind], first: int) -> bool:
        """Whether a word that may be inside a place ends the place phrase that begins at `first`."""
        low = context.lows[index]
        if low in self.reaching and first > 0 and context.lows[first - 1] in self.origins:
            return True  # "из Каира в Москву"
        if low in self.conjunctions and not self._listed(context, index + 1):
            return not self._ends_between(context, first, index)
        if low in self.articles and self._closed(context, index, seen):
            named = self.leading and context.capitals[index]  # "la vereda El Plateado"
            return not (named or self.kinds.is_named_site(context, index - 1, len(context.lows)))
        alone = index == first or (index == first + 1 and context.lows[first] in self.language.numbers.small)
        alone = alone and not self._is_hit(context, first, index)  # "in hospital", but "a strike on hospital"
        return low in self.not_places and (kind is not NOUN or alone)  # "dans un état grave"

    def _is_hit(self, context: SentenceContext, first: int, index: int) -> bool:
        """Whether the words before a phrase say that a building was attacked: one, or some whose place is told."""
        behind = context.lows[index + 1] if index + 1 < len(context.lows) else ""
        if context.lows[index] not in self.institutions and behind not in self.locating:
            return False  # "attacks on hospitals"
        before = (" ".join(context.lows[max(0, first - size) : first]) for size in (1, 2))
        return not self.striking.isdisjoint(before)

    def _closed(self, context: SentenceContext, index: int, seen: set[Kind]) -> bool:
        """Whether an article begins a new phrase after a missing comma: "in the capital the army said"."""
        led = context.lows[index - 1] in self.joiners or context.lows[index - 1] in self.between
        return not seen.isdisjoint(_KNOWN) and not led

    def _ends_between(self, context: SentenceContext, first: int, index: int) -> bool:
        """Whether "and" leads to the other end of what lies between two places: "between Homs and the border"."""
        lows, behind = context.lows, index + 1
        if self.between.isdisjoint(lows[first:index]):
            return False
        behind += behind < len(lows) and lows[behind] in self.articles
        return behind < len(lows) and self.kinds.at(context, behind)[0] in _ENDS_PLACE

    def _listed(self, context: SentenceContext, index: int) -> bool:
        """Whether a place follows "and": "Homs and Hama", but not "Syria and the army"."""
        end = min(len(context.lows), index + LONGEST_NAME)
        while index < end and self.kinds.at(context, index)[0] is CAPITAL:
            index += 1  # "on Karum and Saif al-Dawla neighborhoods"
        return index < end and self.kinds.at(context, index)[0] in _LISTED

    def begin(self, lows: Sequence[str], first: int, stop: int) -> int:
        """The first token of a place after the small words at its head."""
        while first < stop - 1 and lows[first] in self.left_out:
            first += 1
        return first
