"""Decides whether a mention states a fact: harm that is threatened, feared, planned, denied or possible is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import CAPTIVE, UNIT_RULE, Mention, counted_at
from tracker.extraction.counts.no_victims import NoVictims
from tracker.extraction.counts.singled_out import SingledOut
from tracker.extraction.counts.unreal import UnrealReader
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import Phrases, signs_of

REACH = 8  # tokens before the harm in which a negating word is looked for
APPOSED = 5  # items between one of several people and what he is
APPOSITION = 9  # the most items of an apposition
LONGEST_AIMS = 8  # items between "to" and the last of a list of aims
LONGEST_ASKER = 6  # tokens in which a question begins: "[REPORTER] Why were …"
FREED_AFTER = 6  # tokens: "12 hostages held since May were freed"
_LEADING = frozenset({"of", "the", "adverb"})  # "the release of all 12 hostages"
_VERB_GROUP = frozenset({"be", "have", "adverb"})
_OPENS_CLAUSE = frozenset({"and", "comma", "subordinate"})
_VERBS = frozenset({"be", "have"})
_AIMS = frozenset({"word", "flee"})  # the verb of an aim
_ENDS_AIMS = frozenset({"be", "have", "relative", "subordinate", "say", "break"})
_ASKING = frozenset({"?", "؟"})  # "30 killed?" states nothing
_CAUSING = frozenset({"suffer", "force", "leave", "claim", "rise", "take", "lose"})
LONGEST_PLACE = 3  # items between a preposition and a rate: "die in the north every day"
LONGEST_RATE = 4  # words of a rate that opens a clause: "every single day"
_COMMAS = frozenset({",", "،"})
_IN_PLACES = frozenset({"Name", "word", "the"})
_WHOLES = frozenset({2, 3, 4, 5, 10, 100})  # of which shares are told


class FactReader:
    """Tells facts from harm that is only feared, planned or fictional, with the lists of one language."""

    def __init__(self, language: Language) -> None:
        section = language.context
        self.language, self.unreal, self.singled_out = language, UnrealReader(language), SingledOut(language)
        self.no_victims = NoVictims(language)
        self.staged, self.negating_before, self.negating_after, self.harmless, self.uncounted = (
            section.tables[name] for name in ("staged", "ahead", "behind", "passed", "uncounted")
        )
        self.rates, self.opening_rates = section.tables["rates"], section.tables["opening_rates"]
        self.shares = frozenset(section.lists["shares"])
        self.only_before = frozenset(section.lists["only_before"])
        self.presuming = frozenset(section.lists["presuming"])
        self.doubling = frozenset(section.lists["doubling"])
        self.freed, self.joining = (frozenset(section.lists[name]) for name in ("freed", "joining"))
        self.owning, self.owned, self.amid = (frozenset(section.lists[name]) for name in ("owning", "owned", "amid"))
        self.saying = frozenset(language.attribution.lists["speaking"]) if self.owning else frozenset()
        self.no_rates = frozenset(section.lists["no_rates"])
        self.ends, self.modals = (frozenset(section.lists[name]) for name in ("ends", "modals"))
        self.turning = self.ends | self.negating_before.by_first.keys()
        tables = (self.staged, self.negating_after, self.uncounted, self.rates)
        self.staging, self.denying, self.uncounting, self.rating = map(signs_of, tables)
        self.rating |= signs_of(self.opening_rates)

    def dropped(
        self, items: Sequence[Item], lows: Sequence[str], mention: Mention, dated: frozenset[int]
    ) -> str | None:
        """The reason why a mention is no figure (harm that is threatened, denied, possible, planned), else None."""
        if _is_named(items, lows, mention.item, self.language) or _describes_the_last(items, mention):
            return "a person who is named, not counted"
        if self.singled_out.holds(items, lows, mention):
            return "one of the harmed, who is meant and not counted"
        if (nobody := self.no_victims.reason(items, lows, mention)) is not None:
            return nobody
        if not _ASKING.isdisjoint(lows[-2:]) and not self._presumes(lows, items[mention.harm].stop):
            return "a question"
        if self.language.head_first and _is_told_again(items, mention.item):
            return "a person who was counted before"
        if self._is_a_relative(items, lows, mention):
            return "harm to someone else's"
        if _is_of_things(items, mention):
            return "harm to things"
        if not self.staging.isdisjoint(lows) and self.staged.occur_in(lows):
            return "harm in a story or a drill"
        if self._is_freed(items, lows, mention):
            return "people who were set free"
        if self._is_share(items, lows, mention.item):
            return "a share, and no count"
        unreal = self.unreal.reason(items, lows, mention)
        if unreal is not None:
            return unreal
        phrase = self._before(items, lows, mention, dated) or self._beside(items, lows, mention)
        return f"not a fact: {phrase!r}" if phrase is not None else None

    def _is_a_relative(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether someone only belongs to whoever was harmed: "a nurse whose mother was killed"."""
        first, stop = items[mention.item].stop, items[mention.harm].first
        between = lows[first:stop]
        owning = next((at for at in range(first, stop) if lows[at] in self.owning), None)
        one = counted_at(items, mention.item).quantity.kind == "article"
        if owning is not None:
            return one or lows[owning + 1] not in self.owned  # "12 whose bodies were found"
        if not one:
            return False
        if self.language.head_first:
            return self._is_of_kin(items, mention)
        says = any(lows[at] in self.saying and lows[at - 1] == "," for at in range(first + 1, stop))
        apposed = (
            mention.item > 0
            and "comma" in items[mention.item - 1].roles
            and any("relative" in item.roles for item in items[mention.item : mention.harm])
        )
        return says or (apposed and not self.amid.isdisjoint(between))

    def _is_of_kin(self, items: Sequence[Item], mention: Mention) -> bool:
        """Whether one person only tells whose relative, or what else, came to harm: "la esposa de un policía murió"."""
        at, between = mention.item, items[mention.item + 1 : mention.harm]
        verb = "harm.die" in items[mention.harm].roles or any(item.roles & _VERBS for item in between)
        return verb and at > 1 and "of" in items[at - 1].roles and items[at - 2].outcome is None

    def _presumes(self, lows: Sequence[str], stop: int) -> bool:
        """Whether a question takes for granted what it tells, "Why were 34 miners shot dead?", or is asked behind it:
        "100 killed in a week – where is the world?".
        """
        opens = (at for at in range(min(LONGEST_ASKER, len(lows))) if at == 0 or not lows[at - 1].isalpha())
        behind = (at for at in range(stop + 1, len(lows)) if not lows[at - 1].isalnum())
        return any(lows[at] in self.presuming for at in chain(opens, behind))

    def _before(
        self, items: Sequence[Item], lows: Sequence[str], mention: Mention, dated: frozenset[int]
    ) -> str | None:
        """The phrase before the harm that negates it, or None."""
        harm = items[mention.harm]
        if self._is_an_aim(items, lows, mention.harm):
            return lows[harm.first]
        first = min(harm.first, items[mention.item].first)
        for index in _looked_at(items, mention):
            low = lows[index]
            if low not in self.turning or items[mention.item].first <= index < items[mention.item].stop:
                continue  # "not less than 20" is a count
            if low in self.ends and index < first:
                return _crossing(self.negating_before, lows, index)
            found = self.negating_before.at(lows, index)
            if found is None or index in dated or not self._reaches(lows, index, found[0], harm):
                continue
            if low in self.modals and not _governs(items, index, mention):
                continue
            if lows[index + found[0] - 1] in self.only_before and _is_finite(items, index + found[0], mention):
                continue
            if low in self.doubling and counted_at(items, mention.item).quantity.value == 0:
                continue
            if not self._is_harmless(items, lows, index, harm.first):
                return found[1]
        return None

    def _reaches(self, lows: Sequence[str], index: int, size: int, harm: Item) -> bool:
        """Whether a phrase applies to the harm. A bare "to" applies only to the verb right after it."""
        if lows[index] in self.only_before and size == 1:
            return index == harm.first - 1 and "harm.base" in harm.roles
        return True

    def _is_an_aim(self, items: Sequence[Item], lows: Sequence[str], harm: int) -> bool:
        """Whether the harm is the last of a list of aims: "plans to threaten people, and displace 12"."""
        at = harm - 1
        while at > 0 and "adverb" in items[at].roles:
            at -= 1
        if "harm.base" not in items[harm].roles or "harm.past" in items[harm].roles or "and" not in items[at].roles:
            return False
        for begin in range(at - 1, max(-1, at - 1 - LONGEST_AIMS), -1):
            if items[begin].roles & _ENDS_AIMS:
                return False
            if lows[items[begin].first] in self.only_before:
                return items[begin + 1].roles <= _AIMS
        return False

    def _beside(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> str | None:
        """The phrase at the count or behind the harm that negates it, or None."""
        found = None
        if not self.denying.isdisjoint(lows):
            found = self._right_after(lows, items[mention.harm].stop)
        if found is None and not self.uncounting.isdisjoint(lows):
            found = self._uncounted(items, lows, mention.item)
        if found is None and not self.rating.isdisjoint(lows):
            found = self._rate(items, lows, mention)
        return found

    def _right_after(self, lows: Sequence[str], stop: int) -> str | None:
        """The phrase right after the harm that negates it, or None."""
        for index in range(stop, min(len(lows), stop + 2)):
            found = self.negating_after.at(lows, index)
            if found is not None:
                return found[1]
            if lows[index] in self.joining:
                return None  # "12 are missing and feared dead"
        return None

    def _is_freed(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether captives were released, exchanged or rescued: that is no new harm. "12 captured sailors" are some."""
        at = mention.item
        if mention.outcome in CAPTIVE and "be" in items[min(at + 1, len(items) - 1)].roles:
            after = items[at + 1].stop
            if after < len(lows) and lows[after] in self.freed:
                return True  # "abducted 250 people, of whom 105 were released"
        captured = mention.harm == at + 1 and mention.outcome in CAPTIVE
        if not captured and (mention.rule != UNIT_RULE or counted_at(items, at).unit not in CAPTIVE):
            return False
        stop, led = items[mention.harm].stop, at - 1
        while led >= 0 and items[led].roles & _LEADING:
            led -= 1
        behind = captured and counted_at(items, at).noun is not None  # "the release of two nurses kidnapped in May"
        if not behind and led >= 0 and lows[items[led].first] in self.freed:
            return True
        verbs = [i for i in range(stop, min(stop + FREED_AFTER, len(lows))) if lows[i] in self.freed]
        return any(not self.ends.intersection(lows[stop:i]) for i in verbs)

    def _is_share(self, items: Sequence[Item], lows: Sequence[str], at: int) -> bool:
        """Whether the count is one of the two numbers of a share: "one in 100 people", "six in ten deaths"."""
        counts = [i for i in range(max(0, at - 4), min(at + 5, len(items))) if items[i].counted is not None]
        for low, high in pairwise(counts):
            part, whole = counted_at(items, low), counted_at(items, high)
            few = part.quantity.kind == "article" or (whole.noun is None and whole.quantity.value in _WHOLES)
            one = few and self.language.head_first  # "un habitant sur dix", "sept morts sur dix"
            if at not in (low, high) or not (one or (part.noun is None and part.quantity.kind == "number")):
                continue
            if " ".join(lows[items[low].stop : items[high].first]) in self.shares:
                return (part.quantity.value or 0) < (whole.quantity.value or 0)
        return False

    def _uncounted(self, items: Sequence[Item], lows: Sequence[str], at: int) -> str | None:
        """The phrase at the count that makes it none: "none of the 170 passengers", "an average of 12", "how many"."""
        first = at
        while first > 0 and "the" in items[first - 1].roles:
            first -= 1
        begin, item = items[first].first, items[at]
        for index in range(max(0, begin - 4), item.stop):
            size, phrase = self.uncounted.at(lows, index) or (0, "")
            if size and (index + size == begin or item.first < index + size <= item.stop):
                return phrase
        return None

    def _rate(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> str | None:
        """The phrase that makes a count a rate, after it or after its harm: "5,000 a week", "die in Homs every day"."""
        for stop in (items[mention.item].stop, items[mention.harm].stop, *_behind_place(items, mention.harm)):
            if stop >= len(lows):
                continue
            size, phrase = self.rates.at(lows, stop) or (0, "")
            following = lows[stop + size] if stop + size < len(lows) else ""
            if size and following not in self.no_rates:
                return phrase
        return self._opening_rate(lows, min(items[mention.item].first, items[mention.harm].first))

    def _opening_rate(self, lows: Sequence[str], begin: int) -> str | None:
        """The phrase at the head of a clause that makes what follows at `begin` a rate: "every day, some 100 die"."""
        stop = begin - (begin > 0 and lows[begin - 1] in _COMMAS)
        for first in range(max(0, stop - LONGEST_RATE), stop):
            size, phrase = self.opening_rates.at(lows, first) or (0, "")
            if size and first + size == stop and (first == 0 or lows[first - 1] in self.turning):
                return phrase
        return None

    def _is_harmless(self, items: Sequence[Item], lows: Sequence[str], at: int, begin: int) -> bool:
        """Whether a word before the harm at `begin` has no negating effect.

        It is then part of a harmless phrase ("led to", "adding to"), of a name ("Reporters Without Borders"), or of an
        editor's insertion.
        """
        for index in range(begin - 1, max(-1, begin - 2 - 2 * REACH), -1):
            size, _ = self.harmless.at(lows, index) or (0, "")
            if index <= at < index + size:
                return True
        around = [item for item in items if item.first <= at < item.stop and item.first < begin]
        return any("mark" in one.roles or ("Name" in one.roles and one.stop - one.first > 1) for one in around)


def _is_of_things(items: Sequence[Item], mention: Mention) -> bool:
    """Whether things are the subject of the harm, in a clause after the count: "12 athletes could not train and two
    halls have been destroyed".
    """
    for at in range(mention.item + 2, mention.harm - 1):
        opens = not items[at - 1].roles.isdisjoint(_OPENS_CLAUSE)
        if opens and "other.thing" in items[at].roles and not items[at + 1].roles.isdisjoint(_VERBS):
            return True
    return False


def _looked_at(items: Sequence[Item], mention: Mention) -> list[int]:
    """The tokens before the harm, from it backwards. A clause that a comma closes before the verb is left out."""
    begin = items[mention.harm].first
    item = items[mention.item]
    at = mention.harm - 1
    while at > mention.item and items[at].roles & _VERB_GROUP:
        at -= 1
    looked: list[int] = []
    if mention.item < at and "comma" in items[at].roles and at < mention.harm - 1:
        looked += range(begin - 1, items[at].first, -1)
        begin = item.first
    looked += range(begin - 1, max(-1, begin - 1 - REACH), -1)
    return looked


def _governs(items: Sequence[Item], index: int, mention: Mention) -> bool:
    """Whether a modal applies to the harm. It always applies to a verb, but to a noun only after a causing verb.

    "will cause the deaths of 12" states no fact, "will investigate the murder of 12" does.
    """
    harm = items[mention.harm]
    if mention.rule == UNIT_RULE and mention.item and "the" in items[mention.item - 1].roles:
        return False  # "would join the five million refugees"
    if "harm.event" not in harm.roles or mention.item < mention.harm:
        return True
    between = [item for item in items if index < item.first < harm.first]
    return not between or any(item.roles & _CAUSING or item.outcome is not None for item in between)


def _is_finite(items: Sequence[Item], stop: int, mention: Mention) -> bool:
    """Whether the verb of harm is no infinitive behind the phrase that ends at the token `stop`: "12 people trying to
    flee were killed", but "they are trying to have 12 people killed".
    """
    at = mention.harm - 1
    while at > 0 and items[at].roles & _VERB_GROUP:
        at -= 1
    return items[at + 1].first > stop and any(item.roles & _VERBS for item in items[at + 1 : mention.harm])


def _is_told_again(items: Sequence[Item], at: int) -> bool:
    """Whether an article counts the one counted before it: "uno de los heridos, un hombre de 34 años, murió"."""
    if at < 2 or counted_at(items, at).quantity.kind != "article" or "comma" not in items[at - 1].roles:
        return False
    near = (item.counted for item in reversed(items[max(0, at - APPOSED) : at - 1]) if item.counted is not None)
    before = next(near, None)
    return before is not None and before.part and before.quantity.value == 1


def _is_named(items: Sequence[Item], lows: Sequence[str], at: int, language: Language) -> bool:
    """Whether the phrase at `at` is an apposition to a name: "Ana Ruiz, 45, a former mayor, was killed"."""
    counted = items[at].counted
    if counted is None or counted.quantity.value != 1 or counted.noun is None or at < 3:
        return False
    while at > 3 and "and" in items[at - 1].roles and _is_one(items[at - 2]):
        at -= 2  # "Ana Ruiz, a teacher and a mother, was killed"
    last = at - 2 if "comma" in items[at - 1].roles else -1
    if last > 1 and "other.thing" in items[last].roles and "comma" in items[last - 1].roles:
        last -= 2  # the age
    first = last
    while first >= 0 and "Name" in items[first].roles:
        if language.people.at(lows, items[first].first) is not None and first == last:
            return False  # "union leaders, a rector and a priest": other people, not a name
        first -= 1
    bare = first < 0 or not items[first].roles & {"preposition", "from", "date", "be", "mark"}
    return last - first > 1 and bare and _closed(items, at)


def _describes_the_last(items: Sequence[Item], mention: Mention) -> bool:
    """Whether one person behind a name and a comma tells who that is, and goes on no list: "the funeral of his son Ali,
    a student who liked to draw".
    """
    at = mention.item
    if mention.harm > at or at < 2 or at + 1 >= len(items) or not _is_one(items[at]):
        return False
    name = "comma" in items[at - 1].roles and "Name" in items[at - 2].roles
    return name and "relative" in items[at + 1].roles and "harm.toll" not in items[mention.harm].roles


def _closed(items: Sequence[Item], at: int) -> bool:
    """Whether an apposition ends before the verb, with a comma or in a clause of its own."""
    for index, item in enumerate(items[at + 1 : at + APPOSITION], at + 1):
        joined = "and" in item.roles and index + 1 < len(items) and _is_one(items[index + 1])
        if joined or ("and" in items[index - 1].roles and _is_one(item)):
            continue
        if item.roles & {"comma", "mark", "break"}:
            return True
        if item.roles & {"relative"}:
            return True
        if item.roles & {"and", "be", "have", "harm.done", "harm.die"} or item.counted is not None:
            return False
    return False


def _crossing(ahead: Phrases[str], lows: Sequence[str], index: int) -> str | None:
    """The phrase that ends right at `index`, where a clause boundary would otherwise end its scope: "denied that"."""
    for begin in range(max(0, index - 3), index):
        size, phrase = ahead.at(lows, begin) or (0, "")
        if begin + size > index:
            return phrase
    return None


def _is_one(item: Item) -> bool:
    """Whether an item counts one person by an article: "a teacher"."""
    return item.counted is not None and item.counted.quantity.kind == "article"


def _behind_place(items: Sequence[Item], harm: int) -> list[int]:
    """The tokens at which a short phrase behind the harm, such as one that says where, may end: "die in Homs |"."""
    if harm + 1 >= len(items) or "preposition" not in items[harm + 1].roles:
        return []
    stops: list[int] = []
    for item in items[harm + 2 : harm + 2 + LONGEST_PLACE]:
        if not _IN_PLACES & item.roles:
            break
        stops.append(item.stop)
    return stops
