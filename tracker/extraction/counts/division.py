"""Sentences that divide the people of a figure told before, without a word of harm: "Three were women.", "They were two
guards and a driver.", "Included among the foreigners were four Cubans."
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.counts.adding_up import MOST, parts_of
from tracker.extraction.counts.coordination import coordinated
from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import PART_RULE, RESTATED_RULE, Mention, counted_at
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import Outcome, VictimGroup

_SKIPPED = frozenset({"adverb"})
_LINKS = frozenset({"be", "includes"})
_AGES = frozenset({"aged", "age_limit"})
_ENDS = frozenset({"mark", "break", "comma", "quote"})
_OWNED = frozenset({"of", "it", "word", "Name", "the"})
_FOUND = frozenset({"people", "count", "things"})
_RISING = frozenset({"rise", "to", "have", "be", "adverb", "preposition"})
FEWEST = 4  # people of a figure whose parts another sentence tells by numbers alone
LONGEST_OWNER = 5  # items to the verb behind a count and its owner: "two sons of mine"
LONGEST_RISE = 8  # items from "the figure" to its number: "has since risen to"
LONGEST_SUBJECT = 6  # tokens: "included among the dead foreigners"


class Whole(NamedTuple):
    """What may be divided: the outcome and the value of a figure, the group of its people, and the words behind it."""

    outcome: Outcome
    value: int | None
    group: VictimGroup = VictimGroup.UNSPECIFIED
    told: frozenset[str] = frozenset()

    def holds(self, value: int | None) -> bool:
        """Whether a number may be a part of it."""
        return value is None or self.value is None or 0 < value <= self.value


class Divider:
    """Finds the parts of a figure told before, with the lists of one language and the names of peoples."""

    def __init__(self, language: Language, peoples: frozenset[str]) -> None:
        lists = language.context.lists
        self.peoples = peoples
        self.standing = language.context.tables["standing"]
        self.among_them = language.context.tables["among_them"]
        self.among, self.whole = frozenset(lists["among"]), frozenset(lists["whole"])
        self.coming, self.spared = frozenset(lists["coming"]), frozenset(lists["spared"])

    def divided(self, tokens: Tokens, items: Sequence[Item], whole: Whole) -> list[Mention]:
        """The mentions of a sentence that count parts of `whole`, told in an earlier one, in order."""
        found: dict[int, Mention] = {}
        places = _places(items)
        for at in places:
            counted = counted_at(items, at)
            if whole.holds(counted.quantity.value) and self._is_part(tokens, items, at, whole):
                found[at] = Mention(at, at, counted, whole.outcome, PART_RULE)
        if found:
            coordinated(items, places, found)
        elif (again := self._restated(items, places)) is not None:
            return [Mention(again, again, counted_at(items, again), whole.outcome, RESTATED_RULE)]
        else:
            parts = parts_of(items, whole.value, places[:MOST], ()) if (whole.value or 0) >= FEWEST else []
            if any(counted_at(items, at).quantity.kind == "article" for at in parts):
                return []  # "Ruiz was a cook and Sani was a baker"
            found = {at: Mention(at, at, counted_at(items, at), whole.outcome, PART_RULE) for at in parts}
        return [found[at] for at in sorted(found) if whole.holds(found[at].counted.quantity.value)]

    def _restated(self, items: Sequence[Item], places: Sequence[int]) -> int | None:
        """The number that another count of the same people gives: "Medics put the figure at 23."."""
        for at in places:
            begin, floor = at - 1, max(0, at - LONGEST_RISE)
            while begin > floor and items[begin].roles & _RISING and "tally" not in items[begin].roles:
                begin -= 1
            tally = items[begin].roles if begin >= 0 and begin < at - 1 else frozenset()
            head = begin - (begin > 1 and "word" in items[begin - 1].roles)  # "the real figure"
            if "tally" in tally and head and "the" in items[head - 1].roles and "count" in items[at].roles:
                return at
            if _is_confirmed(items, at):
                return at
        return None

    def divided_here(self, tokens: Tokens, items: Sequence[Item], told: Sequence[Mention]) -> list[Mention]:
        """The mentions `told` of a sentence, with the parts of each behind it: "12 died; three were women"."""
        found = {mention.item: mention for mention in told}
        places, left = _places(items), list[int]()
        whole = None
        for at in places:
            if at in found:
                whole = found[at]
            elif whole is not None and whole.harm <= at:
                counted = counted_at(items, at)
                held = Whole(whole.outcome, whole.counted.quantity.value).holds(counted.quantity.value)
                if held and self._is_told_apart(tokens, items, at):
                    found[at] = Mention(at, whole.harm, counted, whole.outcome, PART_RULE, whole.item)
                else:
                    left.append(at)
        again = self._restated(items, left)
        if again is not None:
            before = found[max(place for place in found if place < again)]
            found[again] = Mention(again, again, counted_at(items, again), before.outcome, RESTATED_RULE)
        return [found[at] for at in sorted(found)]

    def _is_told_apart(self, tokens: Tokens, items: Sequence[Item], at: int) -> bool:
        """Whether a number without a noun is the subject of a clause that says who its people were."""
        return self._stands_alone(tokens, items, at) and self.says_who(tokens, items, at)

    def _is_part(self, tokens: Tokens, items: Sequence[Item], at: int, whole: Whole) -> bool:
        """Whether the count at `at` is a part: its predicate says who its people were, or its subject is the whole."""
        counted = counted_at(items, at)
        if counted.noun is not None and self._is_among_them(tokens, items, at):
            return counted.quantity.kind != "article"
        alone = self._stands_alone(tokens, items, at)
        if alone or (counted.part and counted.noun is not None and self._means(tokens, counted.noun[1] - 1, whole)):
            return self.says_who(tokens, items, at)
        return self._of_the_whole(tokens, items, at, whole)

    def _stands_alone(self, tokens: Tokens, items: Sequence[Item], at: int) -> bool:
        counted = counted_at(items, at)
        bare = counted.noun is None or tokens.lows[counted.noun[0]] in self.coming
        return bare and counted.quantity.kind != "article"

    def says_who(self, tokens: Tokens, items: Sequence[Item], at: int) -> bool:
        """Whether the words behind a count say who they were: "three were women", "two came from Togo"."""
        noun, after = counted_at(items, at).noun, at + 1
        if after >= len(items):
            return False
        if noun is not None and tokens.lows[noun[0]] in self.coming:
            return "from" in items[after].roles
        if "be" not in items[after].roles:
            return False
        after += 1
        while after < len(items) and items[after].roles & _SKIPPED:
            after += 1
        if after >= len(items):
            return False
        item = items[after]
        if item.counted is not None:
            return "people" in item.roles and item.counted.quantity.kind == "article"
        if "from" in item.roles:
            return after + 1 < len(items) and tokens.capitals[items[after + 1].first]
        return bool(item.roles & _AGES) or self._are_people(tokens, item.first)

    def _is_among_them(self, tokens: Tokens, items: Sequence[Item], at: int) -> bool:
        """Whether words behind a count, at the end of its clause, make it a part: "seven boys were among them"."""
        verb = at + 1
        while verb < min(at + LONGEST_OWNER, len(items)) and items[verb].roles & _OWNED:
            verb += 1  # "two sons of mine are among them"
        if verb + 1 >= len(items) or "be" not in items[verb].roles:
            return False
        hit = self.among_them.at(tokens.lows, items[verb + 1].first)
        stop = items[verb + 1].first + hit[0] if hit is not None else 0
        return stop > 0 and (stop == len(tokens.lows) or tokens.kinds[stop] == "mark")

    def _are_people(self, tokens: Tokens, index: int) -> bool:
        """Whether a word for people, or for a people, stands at `index` or right behind the word there."""
        near = range(index, min(index + 2, len(tokens.lows)))
        return tokens.kinds[index] == "word" and any(
            tokens.people[at] is not None or tokens.lows[at] in self.peoples for at in near
        )

    def _of_the_whole(self, tokens: Tokens, items: Sequence[Item], at: int, whole: Whole) -> bool:
        """Whether a count is what those who stand for the whole were: "they were", "among the guests were"."""
        link = at - 1
        while link > 0 and items[link].roles & _SKIPPED:
            link -= 1
        if link < 1 or "count" in items[at].roles or not items[link].roles & _LINKS:
            return False
        first = next((index for index, kind in enumerate(tokens.kinds) if kind != "mark"), 0)
        stop = items[link].first
        if stop - first > LONGEST_SUBJECT:
            return False
        standing = self.standing.at(tokens.lows, first)
        if standing is not None:
            return first + standing[0] == stop
        while first < stop and tokens.lows[first] in self.among:
            first += 1
        return first < stop - 1 and tokens.lows[first] in self.whole and self._means(tokens, stop - 1, whole)

    def _means(self, tokens: Tokens, noun: int, whole: Whole) -> bool:
        """Whether a noun stands for the people of the whole, and not for those who did it or were spared."""
        low, person = tokens.lows[noun], tokens.people[noun]
        if person is None or low in self.spared or low not in whole.told:
            return False
        return person[1] is not VictimGroup.COMBATANTS or whole.group is VictimGroup.COMBATANTS


def _is_confirmed(items: Sequence[Item], at: int) -> bool:
    """Whether a number without a noun, at the end of its clause, is what somebody confirms: "would confirm only 22"."""
    verb = at - 1
    while verb > 0 and items[verb].roles & _SKIPPED and "confirm" not in items[verb].roles:
        verb -= 1
    ends = at + 1 == len(items) or bool(items[at + 1].roles & _ENDS)
    return verb >= 0 and "count" in items[at].roles and "confirm" in items[verb].roles and ends


def _places(items: Sequence[Item]) -> list[int]:
    return [at for at, item in enumerate(items) if item.counted is not None and item.roles & _FOUND]
