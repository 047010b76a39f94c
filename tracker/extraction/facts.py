"""Whether a mention is a fact: not threatened, feared, planned, denied or possible, and no person who is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.items import Item
from tracker.extraction.mentions import Mention
from tracker.knowledge.language import Language, Section
from tracker.knowledge.phrases import Phrases
from tracker.model import Outcome

REACH = 8  # words before the harm in which a word that takes its force is looked for
APPOSITION = 9  # words in which what is set beside a name ends
_VERB_GROUP = frozenset({"be", "have", "adverb"})
_CAUSING = frozenset({"suffer", "force", "leave", "claim", "rise", "take", "lose"})


def dropped(
    items: Sequence[Item], lows: Sequence[str], mention: Mention, dated: frozenset[int], language: Language
) -> str | None:
    """Why a mention is no figure (harm that is threatened, denied, possible, planned), or None where it is one."""
    if _is_named(items, lows, mention.item, language):
        return "a person who is named, not counted"
    if mention.outcome in (Outcome.INJURED, Outcome.MISSING) and _is_sport(lows, language):
        return "an injury in sport"
    section = language.context
    if section.tables["staged"].occur_in(lows):
        return "harm in a story or a drill"
    ends = frozenset(section.lists["ends"])
    harm = items[mention.harm]
    first = min(harm.first, items[mention.item].first)
    looked = list(_looked_at(items, mention))
    passed = set(dated) | _passed(section, items, lows, harm.first)
    for index in looked:
        if lows[index] in ends and index < first:
            crossing = _crossing(section.tables["ahead"], lows, index)
            if crossing:
                return f"not a fact: {crossing!r}"
            break
        found = section.tables["ahead"].at(lows, index)
        if found is None or index in passed or not _reaches(lows, index, found[0], harm):
            continue
        if lows[index] not in section.lists["modals"] or _governs(items, index, mention):
            return f"not a fact: {found[1]!r}"
    for index in range(harm.stop, min(len(lows), harm.stop + 2)):
        behind = section.tables["behind"].at(lows, index)
        if behind is not None:
            return f"not a fact: {behind[1]!r}"
    return None


def _is_sport(lows: Sequence[str], language: Language) -> bool:
    """Whether a sentence speaks of sport and of nothing that kills: "lost 3-2 after 12 injuries this season"."""
    words = frozenset(language.context.lists["sport"])
    if words.isdisjoint(lows):
        return False
    return not language.causes.occur_in(lows)


def _looked_at(items: Sequence[Item], mention: Mention) -> Iterator[int]:
    """The words before the harm, from it backwards; a clause that a comma closes before the verb is left out."""
    begin = items[mention.harm].first
    item = items[mention.item]
    at = mention.harm - 1
    while at > mention.item and items[at].roles & _VERB_GROUP:
        at -= 1
    if mention.item < at and "comma" in items[at].roles and at < mention.harm - 1:
        yield from range(begin - 1, items[at].first, -1)
        begin = item.first
    yield from range(begin - 1, max(-1, begin - 1 - REACH), -1)


def _passed(section: Section, items: Sequence[Item], lows: Sequence[str], begin: int) -> set[int]:
    """The words that are part of a phrase without force ("led to", "adding to") or of an editor's insertion."""
    out: set[int] = set()
    for index in range(begin - 1, max(-1, begin - 2 - 2 * REACH), -1):
        size, _ = section.tables["passed"].at(lows, index) or (0, "")
        out.update(range(index, index + size))
    for item in items:
        name = "Name" in item.roles and item.stop - item.first > 1  # "Reporters Without Borders"
        if ("mark" in item.roles or name) and item.first < begin:
            out.update(range(item.first, item.stop))
    return out


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
