"""The tagger: it turns the tokens of a sentence into items with roles, each encoded as one letter for the patterns.

Items are counted phrases, dates, words with a role, and plain words. Each is built once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count
from operator import getitem, itemgetter

from tracker.extraction.counts.bare_nouns import BareNouns
from tracker.extraction.counts.before_numbers import after_ages, after_share, are_two, is_negated, is_whole, of_others
from tracker.extraction.counts.inhabitants import Inhabitants
from tracker.extraction.counts.noun_phrases import Noun, NounReader
from tracker.extraction.counts.numbers import number_at, quantity_at
from tracker.extraction.counts.other_numbers import (
    OLDEST,
    glued_before,
    is_age,
    is_clock,
    is_footnote,
    is_hours,
    is_label,
    is_of_things,
    surmised,
)
from tracker.extraction.counts.voice import voiced
from tracker.extraction.text.tags import INSERTION_ENDS, Counted, Item, Quantity, make_counted, make_item
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import COUNTED, ED, FORMER, MARK_OPENS, SINGLE, Language
from tracker.model import Qualifier, VictimGroup

__all__ = ["Counted", "Item", "Tagger"]

_COUNTS = frozenset(COUNTED)
_VERBS = frozenset({"be", "have", "harm.die"})  # after a number without a noun: "most of them under 12, nine drowned"
_HARMING = frozenset({"harm.ing", "harm.past", ED, "harm.s", "harm.base"})
_HARMED_ONE = frozenset({"harm.die", "harm.state"})
_HARMED = frozenset({"be", "have", ED, "harm.done", "harm.die"})
LONGEST_INSERTION = 14
LONGEST_FAMILY = 4
LONGEST_TOLL = 12  # tokens between a verb before a toll and its number
LONGEST_MOVE = 5  # tokens between a word for change and the new number: "rose on Monday to at least 40"
_roles_of = itemgetter(Item._fields.index("roles"))


class Tagger:
    """Turns tokens into items, with the lists of one language and the names of peoples."""

    def __init__(self, language: Language, peoples: Mapping[str, str]) -> None:
        self.language = language
        self.nouns = NounReader(language, peoples)
        self.bare = BareNouns(language)
        self.of_an_age = frozenset(language.context.lists["of_an_age"])
        self.inhabitants = Inhabitants(language, self.nouns.peoples)
        self.verb_first: bool = language.attribution.raw["verb_first"]
        lexicon = language.lexicon.by_first.items()
        self.families = {first for first, group in lexicon for _, word in group if "family" in word.roles}

    def items(self, tokens: Tokens, dates: Sequence[tuple[int, int]]) -> list[Item]:
        """The items of a sentence. `dates` are the offsets of its date phrases, in order."""
        alone = list(map(getitem, tokens.tags, count()))
        looks: Iterable[int] = compress(count(), tokens.needs_context)
        dated = _words_in(tokens, dates) if dates else {}
        if dated:
            looks = sorted({*looks, *dated})
        raw: list[Item] = []
        open_harms: list[int] = []
        end = 0
        for index in looks:
            if index < end:
                continue  # inside the item before
            raw += alone[end:index]
            item = self._item_at(tokens, index, dated, raw) or alone[index]
            if ED in item.roles:
                open_harms.append(len(raw))
            raw.append(item)
            end = item.stop
        raw += alone[end:]
        if not open_harms:
            return raw
        out = raw.copy()
        for at in open_harms:
            out[at] = voiced(raw, at, self.language.voiced)
        return out

    def may_count(self, tokens: Tokens) -> bool:
        """Whether any item of a sentence can be a counted phrase. This cheap check spares most sentences."""
        lows = tokens.lows
        for index in compress(count(), tokens.counts):
            opening, after = tokens.counts[index], index + 1
            if opening is None:
                continue
            if after < len(lows) and lows[after] in opening.seconds:
                return True
            if opening.alone and not (opening.article and self.nouns.no_people(tokens, after)):
                return True
        return False

    def letters(self, items: Sequence[Item]) -> str:
        """The items encoded as a string, one letter for each."""
        return "".join(map(self.language.letters.__getitem__, map(_roles_of, items)))

    def _item_at(self, tokens: Tokens, index: int, dated: Mapping[int, int], before: list[Item]) -> Item | None:
        """The item that begins at `index`, or None if it is just the tag of the token there."""
        if index in dated:
            return Item(index, dated[index], SINGLE["date"])
        if tokens.counts[index] is not None:
            counted = self._one_more(tokens, index, before) or self._counted(tokens, index, dated, before)
            if counted is not None:
                return counted
        found = tokens.lexicon[index]
        if found is not None:
            size, word = found
            if size == 1:
                return None
            singular = tokens.lows[index] in self.language.singular
            return make_item((index, index + size, word.roles, word.outcome, word.strict, singular, None))
        if tokens.lows[index] in INSERTION_ENDS:
            return Item(index, self._inserted(tokens, index), MARK_OPENS)
        return None

    def _inserted(self, tokens: Tokens, index: int) -> int:
        """Where a mark ends. An insertion that states neither a count nor harm is one mark.

        Examples: "[not further identified]", "- better known as the White Helmets -".
        """
        lows = tokens.lows
        closes = INSERTION_ENDS.get(lows[index])
        if closes is None or (closes == lows[index] and not tokens.stands_free(index)):
            return index + 1
        n = self.language.numbers
        for end in range(index + 1, min(index + LONGEST_INSERTION, len(lows))):
            if lows[end] == closes and (closes != lows[index] or tokens.stands_free(end)):
                return end + 1
            if tokens.is_harm(end):
                break
            if tokens.counts[end] is not None and lows[end] not in n.articles and self._counts_people(tokens, end):
                break
        return index + 1

    def _counts_people(self, tokens: Tokens, index: int) -> bool:
        """Whether a number at `index` may count people: "two guards" and "two" may, "two clans" may not."""
        quantity = quantity_at(tokens, index, self.language.numbers)
        if quantity is None or is_label(tokens, quantity, self.language.numbers):
            return False
        noun = self.nouns.at(tokens, self.nouns.start(tokens, quantity)[0], {})
        return noun.people is True or (noun.people is None and noun.span is None)

    def _one_more(self, tokens: Tokens, index: int, before: Sequence[Item]) -> Item | None:
        """One more of those counted before, whom only an ordinal names: "two died and a third was hurt"; else None."""
        lows, stop = tokens.lows, index + 2
        n = self.language.numbers
        if lows[index] not in n.articles or stop >= len(lows) or lows[index + 1] not in n.ordinals:
            return None
        one = lows[stop] in self.language.singular or not _HARMED_ONE.isdisjoint(tokens.roles(stop))
        if not one or all(item.counted is None for item in before):
            return None
        quantity = Quantity(index, stop, 1, None, Qualifier.EXACT, "article")
        counted = make_counted((quantity, None, VictimGroup.UNSPECIFIED, None, False))
        return make_item((index, stop, SINGLE["count"], None, False, False, counted))

    def _counted(self, tokens: Tokens, index: int, dated: Mapping[int, int], before: list[Item]) -> Item | None:
        n, lows = self.language.numbers, tokens.lows
        quantity = quantity_at(tokens, index, n)
        if quantity is None or (dated and any(i in dated for i in range(quantity.first, quantity.stop))):
            return None
        if index > 0 and glued_before(tokens, index, n):
            return Item(index, quantity.stop, SINGLE["other.thing"])
        start, part = self._noun_start(tokens, quantity)
        if self._counts_nobody(tokens, quantity, start, before):
            return None
        if lows[index] in n.range_openers and self._was_before(lows, index + 1, before):
            return None  # "raised the toll from 12 to 40": a former and a new value, not a range
        former = number_at(tokens, index, n) if self._was_before(lows, index, before) else None
        if former is not None:
            quantity = former
            start, part = self.nouns.start(tokens, quantity)
        noun = self.nouns.at(tokens, start, dated)
        if noun.span is None and self._counts_no_people(tokens, quantity, dated, before):
            return Item(index, quantity.stop, SINGLE["other.thing"])
        family = self._family(tokens, quantity) if quantity.kind == "article" else None
        if family is not None:
            return family
        kind = self._kind(tokens, quantity, noun, before)
        if kind is None:
            return None
        if former is not None:
            kind = FORMER if noun.span is None or noun.people else "other.thing"
        if kind == "other.thing":
            return Item(index, max(quantity.stop, noun.stop), SINGLE[kind])
        stop = noun.stop if noun.stop > start else quantity.stop + surmised(tokens, quantity, n)
        only = noun.unit is None if self.language.head_first else not _VERBS.isdisjoint(tokens.roles(stop))
        if only and after_share(before):
            return Item(index, stop, SINGLE["other.thing"])  # "12 of the 40 guards were killed": the 40 were not
        counted = self._counting(tokens, quantity, noun, (index, stop, part))
        stop = max(stop, counted.quantity.stop)
        stop += noun.span is not None and self._is_glued(tokens, stop)
        roles = self.inhabitants.roles(tokens, noun) or SINGLE[kind]
        return make_item((index, stop, roles, None, False, False, counted))

    def _verb_ahead(self, tokens: Tokens, index: int) -> Qualifier | None:
        """The verb that qualifies a number from before its toll: "تجاوز عدد القتلى 500"."""
        for at in range(index - 2, max(-1, index - LONGEST_TOLL), -1) if self.verb_first else ():
            if "harm.toll" in tokens.roles(at + 1):
                return self.language.numbers.verbs.get(tokens.lows[at])
            if tokens.kinds[at + 1] == "number":
                break
        return None

    def _is_glued(self, tokens: Tokens, at: int) -> bool:
        """Whether a pronoun is written as one with the noun before it: "12 من عناصره"."""
        after = self.language.spelling.glued.after
        return at < len(tokens.lows) and tokens.lows[at] in after and tokens.starts[at] == tokens.ends[at - 1]

    def _counting(self, tokens: Tokens, quantity: Quantity, noun: Noun, span: tuple[int, int, bool]) -> Counted:
        """The counted phrase of a quantity and its noun. `span`: its start, its end, and whether it is a part."""
        index, stop, part = span
        verb = self.language.numbers.verbs.get(tokens.lows[index - 1]) if index else None
        verb = verb or self._verb_ahead(tokens, index)
        if verb is not None and quantity.qualifier is Qualifier.EXACT and quantity.kind == "number":
            quantity = quantity._replace(qualifier=verb)
        behind = self.language.numbers.behind.at(tokens.lows, stop) if stop < len(tokens.lows) else None
        if behind is not None and quantity.qualifier is Qualifier.EXACT and quantity.kind == "number":
            quantity = quantity._replace(qualifier=behind[1], stop=stop + behind[0])
        alone = quantity.kind == "article" and tokens.lows[stop - 1] not in self.language.single_units
        return make_counted((quantity, noun.span, noun.group, None if alone else noun.unit, part))

    def _noun_start(self, tokens: Tokens, quantity: Quantity) -> tuple[int, bool]:
        """Where the noun of a number begins, and whether the number is a part; a noun that counts is its own."""
        opening = tokens.counts[quantity.first]
        if opening is not None and opening.bare:
            return quantity.first, False
        more = surmised(tokens, quantity, self.language.numbers)
        return self.nouns.start(tokens, quantity._replace(stop=quantity.stop + more) if more else quantity)

    def _counts_nobody(self, tokens: Tokens, quantity: Quantity, start: int, before: Sequence[Item]) -> bool:
        """Whether an article counts nobody, as most do: no word for people follows, nor anything else it may count. Nor
        does "any" without a negation.
        """
        lows, index, stop = tokens.lows, quantity.first, quantity.stop
        if quantity.kind != "article":
            return quantity.value == 0 and lows[index] in self.language.numbers.negated and not is_negated(before)
        if start == index:
            return not self.bare.counts(tokens, index, before)
        if self.nouns.may_be_people(tokens, start) or lows[quantity.first] in self.language.numbers.standing:
            return False
        family = not self.families.isdisjoint(lows[stop : stop + LONGEST_FAMILY])
        return not family and not (before and self._of_an_age(tokens, index, stop, before))

    def _of_an_age(self, tokens: Tokens, index: int, stop: int, before: Sequence[Item]) -> bool:
        """Whether a number without a noun belongs to what is before it: "mother of three", "aged 8 and 11"."""
        if index > 1 and "parent" in tokens.roles(index - 2):
            return True
        goes_on = "comma" in before[-1].roles and not _VERBS.isdisjoint(tokens.roles(stop))
        return after_ages(before) and not goes_on

    def _counts_no_people(
        self, tokens: Tokens, quantity: Quantity, dated: Mapping[int, int], before: Sequence[Item]
    ) -> bool:
        """Whether a number without a noun is known to be something else: an age, a time of the day, a footnote."""
        first, stop, n = quantity.first, quantity.stop, self.language.numbers
        if is_hours(tokens, quantity, before, n) or is_label(tokens, quantity, n) or self._is_first_age(tokens, stop):
            return True
        if not before:
            return False
        if self._of_an_age(tokens, first, stop, before) or is_clock(tokens, quantity, dated) or is_whole(before):
            return True
        told = self.language.head_first or (first > 1 and tokens.lows[first - 2] in self.of_an_age)
        if told and "of" in before[-1].roles and self._may_be_aged(quantity, before[:-1]):
            return True
        if is_of_things(tokens, quantity, self.language):
            return True
        limit = tokens.lows[first] in self.language.age_limits and (quantity.value or 0) <= OLDEST
        return (limit and tokens.people[first - 1] is not None) or is_footnote(tokens, quantity, before)

    def _is_first_age(self, tokens: Tokens, stop: int) -> bool:
        """Whether the number that ends before `stop` is the first of two ages: "дві дівчинки, 6 і 12 років"."""
        joined = stop + 2 < len(tokens.lows) and "and" in tokens.roles(stop) and tokens.kinds[stop + 1] == "number"
        return joined and self.language.ages.at(tokens.lows, stop + 2) is not None

    @staticmethod
    def _may_be_aged(quantity: Quantity, before: Sequence[Item]) -> bool:
        """Whether a number may be the age of the one person before it: "una mujer de 65"."""
        person = before[-1].counted if before and "people" in before[-1].roles else None
        return person is not None and person.quantity.kind == "article" and (quantity.value or 0) <= OLDEST

    def _was_before(self, lows: Sequence[str], index: int, before: Sequence[Item]) -> bool:
        """Whether the number at `index` is a former value: "rose from 12 to 40", "to 40 from 12", "up from 12"."""
        n = self.language.numbers
        if index < 2 or lows[index - 1] not in n.range_openers:
            return False
        if lows[index - 2] in n.moving:
            return True
        toll = next((item for item in before[-LONGEST_MOVE * 3 :] if "harm.toll" in item.roles), None)
        if toll is not None and any(low in n.moving for low in lows[max(toll.first - LONGEST_MOVE, 0) : toll.first]):
            return True
        new = before[-2] if len(before) > 1 and before[-2].stop == index - 1 else None
        begin = new.first if new is not None and new.roles & _COUNTS else 0
        return any(low in n.moving for low in lows[max(begin - LONGEST_MOVE, 0) : begin])

    def _family(self, tokens: Tokens, quantity: Quantity) -> Item | None:
        """The people of "a young family of four", counted by the number; None if there is no such phrase."""
        for index in range(quantity.stop, min(quantity.stop + LONGEST_FAMILY, len(tokens.lows))):
            found = tokens.lexicon[index]
            if found is not None and "family" in found[1].roles:
                begin = index + found[0]
                inner = quantity_at(tokens, begin, self.language.numbers) if begin < len(tokens.lows) else None
                if inner is None or inner.kind != "number":
                    return None
                counted = Counted(inner._replace(kind="family"), None, VictimGroup.UNSPECIFIED, None, False)
                return Item(quantity.first, inner.stop, SINGLE["people"], counted=counted)
            if tokens.kinds[index] != "word":
                return None
        return None

    def _kind(self, tokens: Tokens, quantity: Quantity, noun: Noun, before: list[Item]) -> str | None:
        """The role of the phrase: it counts people, something unknown, nothing named, or things; None if it counts
        nothing.
        """
        kind, lows = quantity.kind, tokens.lows
        if kind == "article" and not noun.people and noun.span is not None:
            return None
        if kind == "article" and of_others(tokens, before, noun.stop):
            return None
        if kind == "article" and noun.span is None and self._stands_alone(tokens, quantity, before):
            return "count"
        if kind in ("article", "zero", "some"):
            return "people" if noun.people else None
        if kind == "nobody":
            return "people"
        if kind == "both" and not self.language.numbers.joiners.isdisjoint(lows[quantity.stop : quantity.stop + 4]):
            return None  # "both soldiers and rebels"
        if kind == "both" and self.language.head_first and are_two(before):
            return None  # "hay dos detenidos, ambos menores"
        if kind == "ordinal":
            return self._ordinal(tokens, quantity, noun)
        if noun.people is False or self.nouns.names_things(tokens, noun):
            return "other.thing"
        if noun.people:
            return "people"
        if is_age(tokens, quantity, before) or self._is_before_an_age(tokens, quantity):
            return "other.thing"
        return "things" if noun.span is not None else "count"

    def _is_before_an_age(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a number is joined to an age, as its noun stands behind the second: "de 45 y 51 años"."""
        after, lows = quantity.stop, tokens.lows
        joined = after + 2 < len(lows) and "and" in tokens.roles(after) and tokens.kinds[after + 1] == "number"
        return joined and self.language.head_first and self.language.ages.at(lows, after + 2) is not None

    @staticmethod
    def _ordinal(tokens: Tokens, quantity: Quantity, noun: Noun) -> str | None:
        """The role of an ordinal, which counts with "a 25th victim" and "the 11th journalist to be killed"."""
        stop = noun.stop
        if "of" in tokens.roles(quantity.stop):
            return "other.thing"  # "a fifth of the hostages"
        if stop < len(tokens.lows) and tokens.kinds[stop] == "word" and not tokens.capitals[stop]:
            unknown = tokens.lexicon[stop] is None and tokens.people[stop] is None
            if unknown:
                return None  # "an 11th prisoner swap"
        one_more = noun.people and "to" in tokens.roles(stop)
        return "people" if (noun.unit is not None or one_more) and (quantity.value or 0) > 1 else None

    def _stands_alone(self, tokens: Tokens, quantity: Quantity, before: list[Item]) -> bool:
        """Whether an article other than "a" counts by itself: "another was wounded", "wounding another".

        Its verb is right beside it.
        """
        lows = tokens.lows
        if lows[quantity.first] not in self.language.numbers.standing:
            return False
        if self.language.head_first and before and not _HARMING.isdisjoint(before[-1].roles):
            return True  # "وأصيب آخر أمس": what would be counted stands before it
        if quantity.stop >= len(lows) or not lows[quantity.stop][0].isalpha():
            return bool(before) and not _HARMING.isdisjoint(before[-1].roles)
        after = quantity.stop + ("adverb" in tokens.roles(quantity.stop))
        return not _HARMED.isdisjoint(tokens.roles(after))


def _words_in(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Maps the first token of each span of offsets, and each token inside it, to the index after its last token."""
    covered: dict[int, int] = {}
    index = 0
    for start, end in spans:
        first = max(index, bisect_right(tokens.ends, start))  # a token on the border of two spans belongs to the first
        index = bisect_left(tokens.starts, end)
        for inner in range(first, index):
            covered[inner] = index
    return covered
