"""Mentions: which counted phrases of a sentence state that people were harmed, and how.

Patterns over the items find most of them. Coordination ("two soldiers and a civilian") finds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from tracker.extraction.counts.adding_up import added_up
from tracker.extraction.counts.coordination import LONGEST_LINK, among, coordinated, undescribed
from tracker.extraction.counts.items import Counted, Item
from tracker.extraction.counts.mention import (
    CAPTIVE,
    DIVIDING_RULES,
    FORMER_RULE,
    PART_RULE,
    SUM_RULE,
    UNIT_RULE,
    WHOLE_RULE,
    Mention,
    counted_at,
)
from tracker.extraction.counts.subjects import is_of_another, killed_after
from tracker.knowledge.language import COUNTED, FORMER, Language, Pattern
from tracker.model import Outcome, VictimGroup

__all__ = ["DIVIDING_RULES", "FORMER_RULE", "UNIT_RULE", "Mention", "as_unit", "mentions"]

Letters = Callable[[Sequence[Item]], str]  # one letter for each item
_COUNTED = frozenset(COUNTED)
_KILLED_AND_INJURED = frozenset({Outcome.KILLED, Outcome.INJURED})
_ALTERNATIVE = frozenset({"or", "comma"})
_MARK = frozenset({"mark"})
_FOUND = frozenset({"be", "have", "adverb", "suffer"})  # "kidnapped and later found dead"
_KILLED = frozenset({"harm.done", "harm.state"})
_OF_CAPTIVES = frozenset({"men", "word", "Name"})  # "12 captured fighters were killed"
LONGEST_CAPTIVES = 3  # items of them
_BARE = frozenset({"people", "count"})  # roles of counted phrases that are not things
_AUXILIARY = frozenset({"be", "have"})
LONGEST_LEAD = 2  # items between "including" and a part
LONGEST_SUM = 2  # items between a sum and the word that says that it is one
_OPENING = frozenset({"includes", "opens"})


def mentions(
    items: Sequence[Item], letters: Letters, language: Language, before: Outcome | None = None
) -> list[Mention]:
    """The mentions of a sentence in order. `letters` is called only if the sentence counts anything.

    `before` is the outcome of the figure that this sentence divides ("51 of them were women"), if it does.
    """
    counted = [at for at, item in enumerate(items) if item.counted is not None]
    if not counted:
        return []  # no count, no figure
    places = [at for at in counted if FORMER not in items[at].roles]
    found = _by_patterns(items, letters(items), language, len(places))
    _units(items, counted, found)
    if before is not None and not found:
        _inherited(items, counted, found, before)
    if len(counted) == 1 or not found:
        return list(found.values())
    added_up(items, places, found)
    if language.head_first:
        _wholes(items, counted, found)
    else:
        _parts_of_wholes(items, counted, found)
    coordinated(items, places, found)
    _parts(items, counted, found)
    _as_their_total(items, found)
    _sums(items, places, found)
    undescribed(items, found)
    if len(places) < len(counted):
        _former(items, counted, found)
    return [_linked(items, found, found[at]) for at in sorted(found)]


def _by_patterns(items: Sequence[Item], letters: str, language: Language, most: int) -> dict[int, Mention]:
    """The mentions found by patterns. The first matching pattern takes a count; `most` is the number of counts."""
    found: dict[int, Mention] = {}
    present = frozenset(letters)
    for pattern in language.patterns:
        if pattern.needs.isdisjoint(present) or pattern.needs_too.isdisjoint(present):
            continue
        search = pattern.regex.search
        match = search(letters)
        while match is not None:
            at = match.start("count")
            mention = _matched(items, at, match.span(), pattern, language) if at not in found else None
            if mention is not None:
                found[at] = mention
                if len(found) == most:
                    return found
            match = search(letters, match.start() + 1)
    return found


def _matched(
    items: Sequence[Item], at: int, span: tuple[int, int], pattern: Pattern, language: Language
) -> Mention | None:
    """The mention for the count at `at` in a match of a pattern; None if the count does not qualify.

    It does not if it counts things where people are required, is too small, or has a singular verb.
    """
    counted = items[at].counted
    if counted is None or (pattern.least and counted.quantity.about < pattern.least):
        return None
    harms = [i for i in range(*span) if items[i].outcome is not None and i != at]
    if not harms:
        told = pattern.outcome or counted.unit or _unit_beside(items, at, span)
        if told in CAPTIVE and counted.unit is not None:
            told = counted.unit  # "liberó a 20 presos", "30 hostages held by rebels", "took away 12 bodies"
        return Mention(at, at, counted, told, pattern.name) if told is not None else None
    harm = harms[0] if "harm.toll" in items[harms[0]].roles and harms[0] < at else harms[-1]
    if _is_a_whole(items, at, harm) or (harm <= at and _belongs_behind(items, at, harm)):
        return None
    if at < harm:
        harm = _killed_later(items, harm)
    describes = harm < len(items) - 1 and _is_adjective(items, harm, language)
    if at < harm and (describes or is_of_another(items, at, harm)):
        return None
    if items[harm].strict and ("things" in items[at].roles or (counted.part and counted.noun is None)):
        return None
    outcome = _outcome(items, (at, harm), [items[i].outcome for i in harms], pattern)
    return Mention(at, harm, counted, outcome, pattern.name) if outcome is not None else None


def _outcome(
    items: Sequence[Item], span: tuple[int, int], told: Sequence[Outcome | None], pattern: Pattern
) -> Outcome | None:
    """What happened to the people of a count. `span`: the items of the count and of the harm; `told`: every outcome
    that the words of the match tell.
    """
    at, harm = span
    unit, outcome = counted_at(items, at).unit, pattern.outcome or items[harm].outcome
    if harm < at and outcome in CAPTIVE and killed_after(items, at):
        return Outcome.KILLED
    if unit is not None and counted_at(items, at).quantity.value == 0 and harm < at:
        return unit  # "15 resultaron heridos, sin que hubiera muertos"
    if unit is Outcome.KILLED:
        return unit  # "50 martyrs and 200 wounded"
    if unit is Outcome.ABDUCTED and outcome is Outcome.DETAINED:
        return unit  # "captured 200 hostages"
    both = len(told) > 1 and set(told) == _KILLED_AND_INJURED
    if pattern.outcome is None and (both or _is_either(items, harm)):
        return Outcome.CASUALTIES
    return outcome


def _is_a_whole(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether a count only tells of how many those behind the harm are a part: "з 277 шахтарів, які були в забоях,
    загинули 80".
    """
    behind = items[harm + 1].counted if harm + 1 < len(items) else None
    if behind is None or not 0 < at < harm:
        return False
    return "of" in items[at - 1].roles and _smaller(behind, counted_at(items, at))


def _unit_beside(items: Sequence[Item], at: int, span: tuple[int, int]) -> Outcome | None:
    """The outcome of the noun of another count in a match: "entre los 29 fallecidos hay once albañiles"."""
    others = (one.counted for i, one in enumerate(items[slice(*span)], span[0]) if i != at)
    return next((counted.unit for counted in others if counted is not None and counted.unit is not None), None)


def _killed_later(items: Sequence[Item], harm: int) -> int:
    """The word that tells how captives died, "captured and killed", "40 captured fighters were killed"; else `harm`."""
    if items[harm].outcome not in CAPTIVE or "harm.done" not in items[harm].roles:
        return harm
    at = harm + 1
    while at < min(len(items), harm + 1 + LONGEST_CAPTIVES) and items[at].roles & _OF_CAPTIVES:
        at += 1
    if at == harm + 1 and at < len(items) and "and" in items[at].roles and "or" not in items[at].roles:
        at += 1
    elif at == harm + 1 or at >= len(items) or not items[at].roles & _AUXILIARY:
        return harm
    while at < len(items) and items[at].roles & _FOUND:
        at += 1
    killed = at < len(items) and items[at].outcome is Outcome.KILLED and items[at].roles & _KILLED
    return at if killed else harm


def _belongs_behind(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether a number behind a word of harm belongs to another one behind it: "civilian killed 3 injured"."""
    if at != harm + 1 or "count" not in items[at].roles or at + 1 >= len(items):
        return False
    behind = items[at + 1]
    other = behind.outcome not in (None, items[harm].outcome) and "harm.done" in behind.roles
    after = items[at + 2] if at + 2 < len(items) else None
    return other and (after is None or (after.counted is None and not after.roles & _OF_CAPTIVES))


def _is_either(items: Sequence[Item], harm: int) -> bool:
    """Whether the text does not say which harm it was: "were killed, wounded or captured", "died or disappeared"."""
    first, last = harm, harm
    while last + 2 < len(items) and items[last + 1].roles & _ALTERNATIVE and items[last + 2].outcome is not None:
        last += 2
    while first > 1 and items[first - 1].roles & _ALTERNATIVE and items[first - 2].outcome is not None:
        first -= 2
    told = {item.outcome for item in items[first : last + 1 : 2]}
    either = any("or" in item.roles for item in items[first + 1 : last : 2])
    return either and len(told) > 1 and bool(told & _KILLED_AND_INJURED)


def _is_adjective(items: Sequence[Item], at: int, language: Language) -> bool:
    """Whether a state only describes the next word: "the 12 missing files", "carried a dead body".

    Where endings tell how words belong together, the next one may be anything: "двое ранены осколками".
    """
    before, after, roles = items[at - 1], items[at + 1].roles, items[at].roles
    if "harm.die" in roles and "harm.done" not in roles:
        return False  # "12 died hours later"
    described = "thing" in after and not language.context.raw["endings_tell"]
    return (described and bool(before.roles & _COUNTED)) or ("harm.state" in roles and "harm.unit" in after)


def _units(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Adds the counted phrases whose noun is the outcome: "12 deaths", "three hostages"."""
    for at in places:
        counted = items[at].counted
        if at not in found and counted is not None and counted.unit is not None:
            found[at] = Mention(at, at, counted, counted.unit, UNIT_RULE)


def as_unit(mention: Mention, unit: Outcome) -> Mention:
    """The mention read by its noun alone, for use if the harm around it is no fact."""
    return Mention(mention.item, mention.item, mention.counted, unit, UNIT_RULE)


def _former(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Gives a former value the outcome of the new value.

    The new value follows in "from 12 to 40". It is before it in "to 40 from 12" and "40 killed, up from 12".
    """
    for at in places:
        counted = items[at].counted
        if FORMER not in items[at].roles or counted is None:
            continue
        advanced = at + 1 < len(items) and "to" in items[at + 1].roles
        others = [i for i, new in found.items() if 0 < (i - at if advanced else at - _end(new, at)) <= LONGEST_LINK]
        if others:
            new = found[min(others, key=lambda other: abs(other - at))]
            found[at] = Mention(at, new.harm, counted, new.outcome, FORMER_RULE)


def _end(new: Mention, at: int) -> int:
    """Where what is told of a number before `at` ends: at the number itself, or at its word of harm."""
    return new.harm if new.item < new.harm < at else new.item


def _inherited(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention], outcome: Outcome) -> None:
    """Gives "51 of them", or the first count after "of those", the outcome of the figure in the sentence before."""
    opened = next((at for at, item in enumerate(items[:3]) if "includes" in item.roles), len(items))
    opens = opened < min(places, default=0)  # "fifteen guests, among them two judges" divides the guests
    for at in places:
        counted = items[at].counted
        if counted is None or items[at].roles.isdisjoint(_BARE) or _is_ratio(items, at):
            continue
        if counted.part or (opens and at <= 4):
            found[at] = Mention(at, at, counted, outcome, PART_RULE)
            return


def _is_ratio(items: Sequence[Item], at: int) -> bool:
    """Whether two counts are on both sides of one word, as in "seven in ten"."""
    around = [i for i in (at - 2, at + 2) if 0 <= i < len(items) and items[i].roles & _COUNTED]
    return any("preposition" in items[(at + i) // 2].roles for i in around)


def _wholes(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Gives the part the harm told of it, and the whole that of its own noun: "dos de los cinco secuestrados fueron
    hallados muertos".
    """
    for part, whole in pairwise(places):
        told, unit, between = found.get(whole), counted_at(items, whole).unit, items[part + 1 : whole]
        led = between and "of" in between[0].roles and all("the" in item.roles for item in between[1:])
        if told is None or unit is None or not led or told.harm <= whole:
            continue
        found[part] = Mention(part, told.harm, counted_at(items, part), told.outcome, told.rule)
        found[whole] = as_unit(told, unit)


def _parts_of_wholes(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Gives the part the harm told of it: "38 of the 67 people on board died"; and that of the whole, if it is told of
    all: "three of the 22 people killed were rebels".
    """
    for part, whole in pairwise(places):
        told, counted, between = found.get(whole), counted_at(items, part), items[part + 1 : whole]
        led = between and "of" in between[0].roles and all("the" in item.roles for item in between[1:])
        if told is None or part in found or not led or counted.noun is not None or told.harm <= whole:
            continue
        if counted.quantity.value == 0 or not _smaller(counted, told.counted):
            continue
        behind_it = items[whole + 1 : told.harm]
        if any("relative" in item.roles for item in behind_it):
            continue  # "two of three cooks who were killed were buried"
        verb = any(item.roles & _AUXILIARY for item in behind_it)
        of_all = not verb and "harm.die" not in items[told.harm].roles
        behind = items[told.harm + 1 : told.harm + 2]
        if of_all and not (counted.quantity.value != 1 and len(between) > 1 and behind and "be" in behind[0].roles):
            continue  # "Sani was one of three cooks killed"
        found[part] = Mention(part, told.harm, counted, told.outcome, told.rule)
        if not of_all:
            del found[whole]


def _parts(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Gives "700 of them" the outcome of the figure before it in the sentence, at any distance."""
    for at in places:
        counted = items[at].counted
        if at in found or counted is None or not counted.part or "people" not in items[at].roles:
            continue
        earlier = [i for i in found if i < at]
        if earlier:
            base = found[max(earlier)]
            found[at] = Mention(at, base.harm, counted, base.outcome, base.rule + "+")


def _as_their_total(items: Sequence[Item], found: dict[int, Mention]) -> None:
    """Gives a part that only tells who they were the harm of its total: "killed 14, including three who had fled"."""
    for at, mention in list(found.items()):
        if mention.outcome in _KILLED_AND_INJURED or mention.outcome is Outcome.CASUALTIES or mention.harm <= at:
            continue
        led = [i for i in range(max(at - LONGEST_LEAD, 0), at) if "includes" in items[i].roles]
        total = max((i for i in found if led and i < led[0]), default=None)
        if total is None or found[total].outcome not in _KILLED_AND_INJURED or found[total].harm > at:
            continue
        if _may_be_of(mention.counted, found[total].counted) and _smaller(mention.counted, found[total].counted):
            base = found[total]
            found[at] = Mention(at, base.harm, mention.counted, base.outcome, base.rule + "+")


def _sums(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Makes casualties of a number that is the sum of those before it: "12 killed, 30 hurt, 42 in all"."""
    for order, at in enumerate(places):
        counted = counted_at(items, at)
        parts = [found[place] for place in places[:order] if place in found]
        values = [mention.counted.quantity.value or 0 for mention in parts]
        if len({mention.outcome for mention in parts}) < 2 or counted.quantity.value != sum(values):
            continue
        summed = any("sum" in item.roles for item in items[max(at - LONGEST_SUM, 0) : at + LONGEST_SUM + 1])
        if summed or (counted.noun is None and at in found and found[at].rule.endswith("+")):
            found[at] = Mention(at, parts[0].harm, counted, Outcome.CASUALTIES, SUM_RULE)


def _linked(items: Sequence[Item], found: dict[int, Mention], mention: Mention) -> Mention:
    """The mention with its total: in "25 people, including five children" the five are a part of the 25."""
    at = mention.item
    for total in sorted([i for i in found if i < at], reverse=True):
        base = found[total]
        if base.outcome is not mention.outcome:
            continue
        if base.part_of is not None:
            total = base.part_of
        includes = _is_included(items, total, at) or among(items, at)
        told = mention.counted.part or mention.rule == WHOLE_RULE
        part = includes or (told and _may_be_of(mention.counted, base.counted))
        if part and _smaller(mention.counted, counted_at(items, total)):
            linked = Mention(at, mention.harm, mention.counted, mention.outcome, mention.rule, total)
            found[at] = linked
            return linked
        break
    return mention


def _is_included(items: Sequence[Item], total: int, at: int) -> bool:
    """Whether the list that "including" opens after the total still goes on at `at`.

    It ends before a comma and an "and", if the list has only one entry or an "and" of its own: "seven boys, including
    two refugees, and a soldier".
    """
    opens = [i for i in range(total + 1, at) if not items[i].roles.isdisjoint(_OPENING)]
    if not opens:
        return False
    if "opens" in items[opens[0]].roles and "includes" not in items[opens[0]].roles:
        return not any(item.roles == _MARK for item in items[opens[0] + 1 : at])  # up to the closing bracket
    first = opens[0] + 1
    while at - 1 > first and items[at - 1].roles & {"the", "adverb"}:
        at -= 1
    if not ("and" in items[at - 1].roles and "comma" in items[at - 2].roles and at - 2 > first):
        return True
    entries = items[first : at - 2]
    listed = sum(item.counted is not None for item in entries)
    return listed > 1 and not any("and" in item.roles for item in entries)


def _may_be_of(part: Counted, total: Counted) -> bool:
    """False if one of them counts combatants and the other one others: "three guests and one of the attackers"."""
    groups = {part.group, total.group}
    return VictimGroup.UNSPECIFIED in groups or len(groups) == 1 or VictimGroup.COMBATANTS not in groups


def _smaller(part: Counted, total: Counted) -> bool:
    a, b = part.quantity.value, total.quantity.value
    return a is None or b is None or a <= b
