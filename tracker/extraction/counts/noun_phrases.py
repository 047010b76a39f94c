"""Reads the noun phrase after a number: which tokens it covers, whether it names people, and what outcome it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tracker.extraction.counts.belonging import BelongingReader
from tracker.extraction.counts.two_words import TwoWords
from tracker.extraction.counts.wholes import WholeReader
from tracker.extraction.text.tags import Quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import Outcome, VictimGroup

LONGEST_NOUN_PHRASE = 7
SHORTEST_PLURAL = 3  # letters: "us" and "gas" are none
GROWN = 18  # years
LONGEST_BRACKETS = 5  # tokens of another name in brackets: "Islamic State (IS) fighters"
LONGEST_AGE = 3  # tokens of "62-year-old"
LONGEST_START = 12  # words between a number and its noun: four phrases like "more of the"
_INSIDE = frozenset(['"', "-", ".", "("])  # marks that may occur in a noun phrase
_UNIT = "harm.unit"  # nouns that state an outcome: "deaths", "hostages"
_NO_WORDS = frozenset(["mark", "number"])
_LEADS = frozenset(["adverb", "of", "the", "it", "includes"])  # roles that may come between a number and its noun
_STOP_ROLES = frozenset(
    [
        "be",
        "have",
        "not",
        "modal",
        "by",
        "from",
        "preposition",
        "comma",
        "relative",
        "subordinate",
        "it",
        "includes",
        "harm.ing",
        "harm.past",
        "harm.done",
        "harm.ed",
        "harm.die",
        "harm.state",
        "harm.base",
        "harm.s",
        "force",
        "leave",
        "lose",
        "claim",
        "and",
        "date",
        "flee",
        "take",
        "the",
        "verb",
    ]
)


class Noun(NamedTuple):
    """A noun phrase: its end, its token range, its victim group, whether it names people (None = unknown), its unit.

    `unit` is the outcome that the noun itself states: "deaths", "hostages".
    """

    stop: int
    span: tuple[int, int] | None = None
    group: VictimGroup = VictimGroup.UNSPECIFIED
    people: bool | None = None
    unit: Outcome | None = None


# The fastest way to make many of these. All fields are required.
_make: Callable[[tuple[object, ...]], Noun] = partial(tuple.__new__, Noun)


class _Ends(dict[frozenset[str], tuple[bool, bool]]):
    """A cache: whether a word with these roles ends a noun phrase, if it is no word for people, and if it is one."""

    def __missing__(self, roles: frozenset[str]) -> tuple[bool, bool]:
        always = bool(roles & {"of", "to", "break"})
        stops = not roles.isdisjoint(_STOP_ROLES)
        ends = self[roles] = always or stops or "say" in roles, always or (stops and _UNIT not in roles)
        return ends


class NounReader:
    """Reads noun phrases with the lists of one language and the names of peoples."""

    def __init__(self, language: Language, peoples: Mapping[str, str]) -> None:
        self.language, self.wholes, self.belonging = language, WholeReader(language), BelongingReader(language)
        self.two = TwoWords(language)
        self.peoples = frozenset(peoples)
        self.head_first = language.head_first
        self.glued = frozenset(language.spelling.glued.before)
        self.speaking = frozenset(language.attribution.lists["speaking"])
        self.ends = _Ends()
        things, numbers = language.not_people, language.numbers
        self.bodies = frozenset(language.source_types.by_first)
        self.plurals = self.language.people.alone.keys()
        self.publisher_marks = frozenset(language.attribution.lists["publisher_marks"])
        self.known = frozenset({*things.by_first, *peoples, *numbers.articles})
        """Words with a special meaning that may be in no other table."""
        lexicon = language.lexicon.by_first.items()
        units = {first for first, group in lexicon for _, word in group if _UNIT in word.roles}
        self.aged = frozenset("-".join(phrase) for group in language.ages.by_first.values() for phrase, _ in group)
        self.unlisted = frozenset({*peoples, *units, *self.aged})
        """Words that may make a noun phrase one of people, besides those that the language lists as people."""
        self.inside = frozenset(
            {
                *_INSIDE,
                *language.modifiers,
                *language.adjectives,
                *language.ages.by_first,
                *things.longer,
                *numbers.small,
                *numbers.tens,
            }
        )
        """Words that may add nothing to a noun phrase, and words that may show that it is none."""

    def start(self, tokens: Tokens, quantity: Quantity) -> tuple[int, bool]:
        """Where the noun phrase begins (after "of", "of the", "of them"), and whether the number is a part."""
        index, first = quantity.stop, quantity.first
        lows = tokens.lows
        if index >= len(lows):
            return index, False
        if first > 0 and lows[first - 1] == '"' == lows[index]:
            index += 1  # "numerous" casualties
        found = tokens.lexicon[index] if index < len(lows) else None
        if found is None or found[1].roles.isdisjoint(_LEADS):
            return index, False
        return self._led(tokens, index)

    def _led(self, tokens: Tokens, index: int) -> tuple[int, bool]:
        """The same, if one of the words that lead to a noun phrase is at `index`."""
        part, of = False, False
        lows, lexicon = tokens.lows, tokens.lexicon
        for role in ("adverb", "of", "the", "it"):
            found = lexicon[index] if index < len(lows) else None
            if found is None or (role != "of" and role not in found[1].roles):
                continue
            partitive = "of" in self._roles(lows[index])
            if role == "of" and found[0] == 2 and "includes" in found[1].roles and partitive:
                return index + 2, True  # "of them"
            glued = role == "the" and lows[index] in self.glued  # "عشرات الشهداء" are dozens, not some of them
            wanted = lows[index] in self.language.others if role == "adverb" else of or role == "of" or glued
            if wanted and role in found[1].roles:
                part, of = part or (role in ("the", "it") and not glued), of or role == "of"
                index += found[0]
        return index, part

    def may_be_people(self, tokens: Tokens, start: int) -> bool:
        """Whether a word for people is near enough to be in the noun phrase at `start`."""
        stop = start + LONGEST_NOUN_PHRASE + 1  # an opening quote is not counted
        return any(tokens.people[start:stop]) or not self.unlisted.isdisjoint(tokens.lows[start:stop])

    def no_people(self, tokens: Tokens, start: int) -> bool:
        """Whether no word for people is near enough for an article before `start` to count it."""
        stop = start + LONGEST_START + LONGEST_NOUN_PHRASE
        return self.unlisted.isdisjoint(tokens.lows[start:stop]) and not any(tokens.people[start:stop])

    def at(self, tokens: Tokens, start: int, dated: Mapping[int, int]) -> Noun:
        """The noun phrase that begins at `start`. Its head is the last word for people in it, else for things."""
        best = _make((start, None, VictimGroup.UNSPECIFIED, None, None))
        lows, kinds, lexicon, people = tokens.lows, tokens.kinds, tokens.lexicon, tokens.people
        if start < len(lows) and lows[start] in self.language.numbers.articles:
            return best  # "wounding dozens a medic said", without its comma
        index = start
        while index < len(lows) and index < start + LONGEST_NOUN_PHRASE:
            word, person, low, kind = lexicon[index], people[index], lows[index], kinds[index]
            if low in self.inside or kind == "number" or "-" in low:
                passed = self._passed(tokens, index, start)
                if passed:
                    start += int(index == start and kind == "mark")  # an opening quote is not part of the phrase
                    index += passed
                    continue
                ended = self._ended(tokens, index, start, best)
                if ended is not None:
                    return ended
            if kind in _NO_WORDS or index in dated:
                break
            if word is not None and self.ends[word[1].roles][person is not None and self._is_open(best, lows, index)]:
                break
            if (low in self.bodies or best.stop == index) and self._closes(tokens, index, best):
                break
            if word is None and person is None and low not in self.known:
                if best.people is None or self._only_of_a_people(best, lows, index):
                    best = _make((index + 1, (start, index + 1), VictimGroup.UNSPECIFIED, None, None))
                index += 1  # an unknown word
                continue
            size = max(word[0] if word else 1, person[0] if person else 1)
            later = index > start or lows[start - 1] in self.language.others  # "wounding dozens more observers said"
            if later and self._opens_another(tokens, index, size):
                break
            best = self._better(best, tokens, index, (start, index + size))
            index += size
        return self._finished(best, tokens, start, index)

    def _is_open(self, best: Noun, lows: Sequence[str], index: int) -> bool:
        """Whether a word for people may still be the head: none was before it, or only an adjective: "six Lebanese"."""
        return not best.people or (best.stop == index and self._is_adjective(lows[index - 1]))

    def _finished(self, best: Noun, tokens: Tokens, start: int, stop: int) -> Noun:
        """The phrase with what only its end can tell."""
        if best.people is None:
            two = None if best.span is None else self.two.head(tokens, best.stop)
            if two is not None and best.span is not None:
                return Noun(two[0], (best.span[0], two[0]), *two[1:])
            return self._of_an_age(tokens, start, stop) or best
        group = self.wholes.group(tokens, best.span) if best.people and best.span is not None else None
        best = best._replace(stop=self.belonging.stop(tokens, best.stop)) if best.people else best
        return best if group is None else best._replace(group=group)

    def _of_an_age(self, tokens: Tokens, start: int, stop: int) -> Noun | None:
        """Someone who is named only by an age, in [start, stop): "killed a 62-year-old"; None if nobody is."""
        if stop != start + LONGEST_AGE or tokens.kinds[start] != "number" or tokens.lows[stop - 1] not in self.aged:
            return None
        age = tokens.texts[start]
        child = age.isdecimal() and int(age) < GROWN
        return Noun(stop, (start, stop), VictimGroup.CHILDREN if child else VictimGroup.UNSPECIFIED, True)

    def names_things(self, tokens: Tokens, noun: Noun) -> bool:
        """Whether the head is a plural that no list and no dictionary knows as people: "camels", not "gendarmes"."""
        if noun.people is not None or noun.span is None:
            return False
        last = noun.span[1] - 1
        low, plural = tokens.lows[last], self.language.plural
        if (
            not plural
            or tokens.capitals[last]
            or not low.endswith(plural)
            or low.endswith(self.language.person_endings)
        ):
            return False
        return len(low) > SHORTEST_PLURAL and tokens.counts[last] is None  # "many hundreds"

    def _passed(self, tokens: Tokens, index: int, start: int) -> int:
        """How many tokens from `index` on are inside the phrase but add no information.

        Examples: "an 8-year-old boy", an opening quote, a modifier ("three alleged members"), the dash of a split word
        ("Marxist- Leninist"), the full stop of "U.S.".
        """
        lows, low = tokens.lows, tokens.lows[index]
        if low == "(":
            close = next(
                (at for at in range(index + 1, min(index + LONGEST_BRACKETS, len(lows) - 1)) if lows[at] == ")"), 0
            )
            named = close and index > start and tokens.capitals[index - 1] and tokens.capitals[index + 1]
            return close + 1 - index if named and tokens.people[close + 1] is not None else 0
        if tokens.kinds[index] == "number":
            age = self.language.ages.at(lows, index + 1) if index + 1 < len(lows) else None
            if age is not None:
                return 1 + age[0]  # "a 7 year old boy"
            aged = tokens.kinds[index + 1 : index + 3] == ("mark", "word")
            return 3 if aged and tokens.ends[index] == tokens.starts[index + 1] and "-" in lows[index + 1] else 0
        if index + 1 >= len(lows) or tokens.kinds[index + 1] != "word":
            return 0
        if low in self.language.adjectives:
            return int(self._modifies(tokens, index))
        if index == start:
            return int(low == '"' or low in self.language.modifiers)
        glued = tokens.starts[index] == tokens.ends[index - 1]
        return int(glued and (low == "-" or (low == "." and "." in lows[index - 1])))

    def _modifies(self, tokens: Tokens, index: int) -> bool:
        """Whether an adjective that is a word for people too tells of the noun behind it: "a private firm"."""
        word, low = tokens.lexicon[index + 1], tokens.lows[index + 1]
        if word is not None and self.ends[word[1].roles][True]:
            return False
        return word is None or tokens.people[index + 1] is not None or low in self.known

    def _ended(self, tokens: Tokens, index: int, start: int, best: Noun) -> Noun | None:
        """The phrase if it ends before the token at `index`, or a non-phrase: a number word, "15 per cent"."""
        low = tokens.lows[index]
        if tokens.kinds[index] == "word" and self._number_word(low):
            before = self._roles(tokens.lows[index - 1])
            led = index > 2 and "of" in self._roles(tokens.lows[index - 2])
            led = led and self.language.numbers.small.get(tokens.lows[index - 3]) != 1  # "one of the three towns"
            whole = "the" in before and (self.head_first or led)  # "nueve de los quince", "two of the three"
            whole = whole or ("of" in before and not self.head_first)  # "two of three"
            return Noun(index, people=False) if index == start > 0 and not whole else best
        if index != start:
            return None
        thing = self.language.not_people.at(tokens.lows, index)
        size = max(thing[0] if thing is not None else 0, (self.language.ages.at(tokens.lows, index) or (0, ""))[0])
        return Noun(index + size, people=False) if size > 1 else None

    def _roles(self, low: str) -> frozenset[str]:
        word = self.language.lexicon.alone.get(low)
        return word[1].roles if word is not None else frozenset()

    def _closes(self, tokens: Tokens, index: int, best: Noun) -> bool:
        """Whether the phrase ends before a word that may be in one: what its people do ("scores of guards shooting"),
        or a speaking body that closes a headline without a mark ("kills 20 civilians activists").
        """
        lows = tokens.lows
        if best.people is False and tokens.counts[index] is not None:
            return True  # "in some houses several guests were killed"
        acts = bool(best.people) and best.stop == index and lows[index].endswith(self.language.acting or " ")
        if acts and lows[index - 1].endswith(self.language.plural or " "):
            return True
        body = self.language.source_types.at(lows, index) if lows[index] in self.bodies else None
        if body is None or (index + body[0] < len(lows) and lows[index + body[0]] not in self.publisher_marks):
            return False
        if best.span is None:
            return tokens.people[index] is None or self._is_one(tokens, index)
        return best.people is True and lows[best.stop - 1] not in self.peoples

    def _is_one(self, tokens: Tokens, index: int) -> bool:
        """Whether a word for one person stands right behind a larger number: "kills 12 governor"."""
        more = tokens.kinds[index - 1] == "number" and tokens.lows[index - 1] != "1"
        return more and bool(self.language.plural) and tokens.lows[index] + self.language.plural in self.plurals

    def _better(self, best: Noun, tokens: Tokens, index: int, span: tuple[int, int]) -> Noun:
        """The phrase extended by the word at `index`; `span` is its token range with the word."""
        lows, word, person = tokens.lows, tokens.lexicon[index], tokens.people[index]
        thing = self.language.not_people.at(lows, index) if lows[index] in self.known else None
        unit = word[1].outcome if word is not None and _UNIT in word[1].roles else None
        if person is not None and (thing is None or thing[0] <= person[0]):
            if self.head_first and best.people is not None:
                return self._with_another(best, span, person[1], unit)
            return _make((span[1], span, self._group(tokens, index, person), True, unit))
        if word is not None and "Name" in word[1].roles:
            return best._replace(span=None)  # "kills six Syrian state TV"
        behind = not self.head_first and (self._reaches(best, tokens, index) or self._is_adjective(lows[best.stop - 1]))
        if thing is not None and (behind or not best.people):
            return _make((index + thing[0], None, VictimGroup.UNSPECIFIED, False, None))
        if lows[index] in self.peoples:
            group = best.group if best.people else VictimGroup.UNSPECIFIED
            return Noun(span[1], span, group, True, best.unit if self.head_first else None)
        if unit is not None:
            return Noun(span[1], span, VictimGroup.UNSPECIFIED, True, unit)
        if word is None and (best.people is None or self._only_of_a_people(best, lows, index)):
            return Noun(span[1], span)  # "three Guatemalan passports"
        return best

    def _reaches(self, best: Noun, tokens: Tokens, index: int) -> bool:
        """Whether only unknown words stand between one person, who is meant as an adjective, and a thing: "a terrorist
        command post"; or nothing.
        """
        between = range(best.stop, index)
        if not between:
            return True
        last, plural = tokens.lows[best.stop - 1], self.language.plural
        named = tokens.capitals[best.stop - 1] and not last.endswith(plural or " ")  # "a Daesh command post"
        one = bool(plural) and (named or last + plural in self.language.people.alone)
        unknown = (tokens.lexicon[at] is None and tokens.people[at] is None for at in between)
        return one and all(unknown) and all(tokens.kinds[at] == "word" for at in between)

    @staticmethod
    def _with_another(best: Noun, span: tuple[int, int], group: VictimGroup, unit: Outcome | None) -> Noun:
        """The phrase with another word for people behind its head, which only says more: "deux civils blessés"."""
        if not best.people:
            return best  # "douze films de soldats" counts films
        own = best.group if best.group is not VictimGroup.UNSPECIFIED else group
        return _make((span[1], span, own, True, best.unit or unit))

    @staticmethod
    def _group(tokens: Tokens, index: int, person: tuple[int, VictimGroup]) -> VictimGroup:
        """The group of a word for people, which the word before it may change: "12 of his men" are combatants."""
        led = tokens.people[index - 1] if index else None
        return led[1] if led is not None and led[0] > person[0] else person[1]

    def _is_adjective(self, low: str) -> bool:
        """Whether the name of a people is singular, and so an adjective: "Tamil Tiger boats"."""
        plural = self.language.plural
        return bool(plural) and low in self.peoples and not low.endswith(plural)

    def _only_of_a_people(self, best: Noun, lows: Sequence[str], index: int) -> bool:
        """Whether the phrase so far only modifies the word at `index`: "Guatemalan passports", "prisoner swaps"."""
        last = lows[index - 1]
        plural = self.language.plural
        if not plural or best.stop != index or self.head_first:
            return False
        if last in self.peoples:
            return last + plural in self.peoples
        return last + plural in self.language.people.alone and lows[index].endswith(plural)

    def _opens_another(self, tokens: Tokens, index: int, size: int) -> bool:
        """Whether another phrase begins at `index` after a missing comma, or a body that makes the statement."""
        return tokens.lows[index] in self.language.numbers.articles or self._speaks(tokens, index, size)

    def _speaks(self, tokens: Tokens, index: int, size: int) -> bool:
        """Whether a word for people is the subject of a verb of speech: "wounding 30 police said"."""
        after = index + size
        person = tokens.people[index] is not None
        return person and after < len(tokens.lows) and tokens.lows[after] in self.speaking

    def _number_word(self, low: str) -> bool:
        n = self.language.numbers
        return low in n.small or low in n.tens or low.partition("-")[0] in n.tens
