"""Whether a mention is a fact: not threatened, feared, planned, denied or possible, and no person who is named."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mentions import Mention
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import Phrases
from tracker.model import Outcome

REACH = 8  # words before the harm in which a word that takes its force is looked for
APPOSITION = 9  # words in which what is set beside a name ends
_VERB_GROUP = frozenset({"be", "have", "adverb"})
_CAUSING = frozenset({"suffer", "force", "leave", "claim", "rise", "take", "lose"})


class FactReader:
    """Tells facts from what is only feared, planned or told, by the words of one language."""

    def __init__(self, language: Language) -> None:
        section = language.context
        self.language = language
        self.staged, self.ahead, self.behind, self.passed = (
            section.tables[name] for name in ("staged", "ahead", "behind", "passed")
        )
        self.sport, self.ends, self.modals = (frozenset(section.lists[name]) for name in ("sport", "ends", "modals"))
        self.turning = self.ends | self.ahead.by_first.keys()
        self.staging = frozenset(max(one, key=len) for group in self.staged.by_first.values() for one, _ in group)

    def dropped(
        self, items: Sequence[Item], lows: Sequence[str], mention: Mention, dated: frozenset[int]
    ) -> str | None:
        """Why a mention is no figure (harm that is threatened, denied, possible, planned), or None where it is one."""
        if _is_named(items, lows, mention.item, self.language):
            return "a person who is named, not counted"
        if mention.outcome in (Outcome.INJURED, Outcome.MISSING) and self._is_sport(lows):
            return "an injury in sport"
        if not self.staging.isdisjoint(lows) and self.staged.occur_in(lows):
            return "harm in a story or a drill"
        phrase = self._before(items, lows, mention, dated) or self._right_behind(lows, items[mention.harm].stop)
        return f"not a fact: {phrase!r}" if phrase is not None else None

    def _is_sport(self, lows: Sequence[str]) -> bool:
        """Whether a sentence speaks of sport and of nothing that kills: "lost 3-2 after 12 injuries this season"."""
        return not self.sport.isdisjoint(lows) and not self.language.causes.occur_in(lows)

    def _before(
        self, items: Sequence[Item], lows: Sequence[str], mention: Mention, dated: frozenset[int]
    ) -> str | None:
        """The phrase before the harm that takes its force, or None."""
        harm = items[mention.harm]
        first = min(harm.first, items[mention.item].first)
        for index in _looked_at(items, mention):
            low = lows[index]
            if low not in self.turning:
                continue
            if low in self.ends and index < first:
                return _crossing(self.ahead, lows, index)
            found = self.ahead.at(lows, index)
            if found is None or index in dated or not _reaches(lows, index, found[0], harm):
                continue
            if low in self.modals and not _governs(items, index, mention):
                continue
            if not self._is_passed(items, lows, index, harm.first):
                return found[1]
        return None

    def _right_behind(self, lows: Sequence[str], stop: int) -> str | None:
        """The phrase right behind the harm that takes its force, or None."""
        for index in range(stop, min(len(lows), stop + 2)):
            found = self.behind.at(lows, index)
            if found is not None:
                return found[1]
        return None

    def _is_passed(self, items: Sequence[Item], lows: Sequence[str], at: int, begin: int) -> bool:
        """Whether a word before the harm at `begin` is part of a phrase without force ("led to", "adding to"), of a
        name ("Reporters Without Borders") or of an editor's insertion.
        """
        for index in range(begin - 1, max(-1, begin - 2 - 2 * REACH), -1):
            size, _ = self.passed.at(lows, index) or (0, "")
            if index <= at < index + size:
                return True
        around = [item for item in items if item.first <= at < item.stop and item.first < begin]
        return any("mark" in one.roles or ("Name" in one.roles and one.stop - one.first > 1) for one in around)


def _looked_at(items: Sequence[Item], mention: Mention) -> list[int]:
    """The words before the harm, from it backwards; a clause that a comma closes before the verb is left out."""
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
    """Whether a modal reaches the harm: always a verb, but a noun only behind a verb that brings harm about.

    "will cause the deaths of 12" tells of no fact, "will investigate the murder of 12" does.
    """
    harm = items[mention.harm]
    if "harm.event" not in harm.roles or mention.item < mention.harm:
        return True
    between = [item for item in items if index < item.first < harm.first]
    return not between or any(item.roles & _CAUSING or item.outcome is not None for item in between)


def _is_named(items: Sequence[Item], lows: Sequence[str], at: int, language: Language) -> bool:
    """Whether the phrase at `at` stands beside a name: "Ana Ruiz, 45, a former mayor, was killed"."""
    counted = items[at].counted
    if counted is None or counted.quantity.value != 1 or counted.noun is None or at < 3:
        return False
    last = at - 2 if "comma" in items[at - 1].roles else -1
    if last > 1 and "other.thing" in items[last].roles and "comma" in items[last - 1].roles:
        last -= 2  # the age
    first = last
    while first >= 0 and "Name" in items[first].roles:
        if language.people.at(lows, items[first].first) is not None and first == last:
            return False  # "union leaders, a rector and a priest": others, and not a name
        first -= 1
    bare = first < 0 or not items[first].roles & {"preposition", "from", "date", "be", "mark"}
    return last - first > 1 and bare and _closed(items, at)


def _closed(items: Sequence[Item], at: int) -> bool:
    """Whether what is set beside a name ends before the verb: with a comma, or in a clause of its own."""
    for item in items[at + 1 : at + APPOSITION]:
        if item.roles & {"comma", "mark", "break"}:
            return True
        if item.roles & {"relative"}:
            return True
        if item.roles & {"and", "be", "have", "harm.done", "harm.die"} or item.counted is not None:
            return False
    return False


def _crossing(ahead: Phrases[str], lows: Sequence[str], index: int) -> str | None:
    """The phrase that ends right at `index`, where its reach would else be closed: "denied that"."""
    for begin in range(max(0, index - 3), index):
        size, phrase = ahead.at(lows, begin) or (0, "")
        if begin + size > index:
            return phrase
    return None


def _reaches(lows: Sequence[str], index: int, size: int, harm: Item) -> bool:
    """Bare "to" reaches only the verb right behind it; other words reach over the clause."""
    if lows[index] == "to" and size == 1:
        return index == harm.first - 1 and "harm.base" in harm.roles
    return True
