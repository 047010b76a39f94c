"""Coordination: a count takes the outcome of another one that it is joined to ("two soldiers and a civilian")."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import Mention, counted_at, is_captive
from tracker.extraction.text.tags import Counted
from tracker.knowledge.language import COUNTED
from tracker.model import Outcome, Qualifier

_COUNTED = frozenset(COUNTED)
# Roles that may occur between two counted phrases that share an outcome.
_BETWEEN = frozenset(
    [
        "word",
        "Name",
        "preposition",
        "of",
        "from",
        "the",
        "adverb",
        "quote",
        "mark",
        "opens",
        "date",
        "comma",
        "and",
        "includes",
        "men",
        "relative",
        "suffer",
        "rise",
        "claim",
        "along",
        "according",
        "to",
    ]
)
# "the killing of two guards and of a driver", "mató a dos guardias y a un chofer"
_REPEATED = frozenset({"the", "adverb", "of", "to"})
_REPEATED_AND = _REPEATED | {"and"}
_OPENS = frozenset({"say", "mark", "comma", "quote", "break", "subordinate", "date", "the"})  # before a clause
_HARMED = frozenset({Outcome.KILLED, Outcome.INJURED})
_TOLD = frozenset({"word", "Name", "preposition", "the", "date"})  # behind a verb of speech: "told reporters on Monday"
_OF_WHOM = frozenset({"includes", "relative"})  # "40 pacientes, de los que 12 murieron", "12 de los cuales murieron"
_LINKS = frozenset({"and", "comma", "includes", "opens", "along"})
_RELATIVE = frozenset(["be", "have", "it", "subordinate", "modal", "adverb", "to"])
_AFTER = frozenset(
    [
        "comma",
        "and",
        "mark",
        "break",
        "quote",
        "preposition",
        "date",
        "includes",
        "subordinate",
        "say",
        "according",
        "from",
        "of",
        "by",
        "relative",
        "adverb",
        "the",
        "have",
        "aged",
        "age_limit",
        "acting",
    ]
)
LONGEST_LINK = 13
LONGEST_OPENING = 2  # items between "including" and a part that is far from its total
LONGEST_SPEAKER = 6  # words for who says so, right behind a part or before "including"


def coordinated(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Gives counted phrases without an outcome that of the phrase they are joined to: "two soldiers and a civilian"."""
    pairs = list(pairwise(places))
    _captives(items, found, pairs)
    if found.keys() >= set(places):
        return
    _shared(items, found, [pair for pair in pairs if _includes(items, *pair)])
    _subjects(items, found, places)
    for left, right in pairs:
        if (
            left in found
            and right not in found
            and _joined(items, left, right, found[left].harm)
            and not _only_describes(items, left, found[left].harm)
            and (_free(items, right) or (_includes(items, left, right) and _divided(items, right)))
        ):
            base, counted = found[left], counted_at(items, right)
            if left < base.harm < right and counted.noun is None and not _includes(items, left, right):
                counted = counted._replace(group=base.counted.group)  # "ten guards were killed on Monday, and 48 since"
            found[right] = Mention(right, base.harm, counted, base.outcome, base.rule + "+")
    _shared(items, found, pairs)
    _captives(items, found, pairs)  # now that all who stand before them have their harm


def _only_describes(items: Sequence[Item], at: int, harm: int) -> bool:
    """Whether the harm is an adjective of the people of the count: "80 wounded fighters and 200 relatives"."""
    return harm == at + 1 and "harm.done" in items[harm].roles and "men" in items[min(harm + 1, len(items) - 1)].roles


def undescribed(items: Sequence[Item], found: dict[int, Mention]) -> None:
    """Takes out those who only describe one of the people before them: "12 nurses, one of them a nun, were killed", and
    "one of them is a nun in a coma".
    """
    for one in [at for at in found if at + 2 < len(items) and "includes" in items[at + 1].roles]:
        who = one + 3 if "be" in items[one + 2].roles else one + 2
        article = who in found and counted_at(items, who).quantity.kind == "article"
        if article and counted_at(items, one).quantity.value == 1:
            del found[who]


def _captives(items: Sequence[Item], found: dict[int, Mention], pairs: Sequence[tuple[int, int]]) -> None:
    """Gives captives the harm that they share with who is joined to them: "12 hostages and a guard were killed", "hurt
    12 guards and 30 prisoners".
    """
    for left, right in pairs:
        between = items[left + 1 : right]
        joined = any("and" in item.roles for item in between) and all(item.roles & _REPEATED_AND for item in between)
        if left not in found or right not in found or not joined:
            continue
        first, second = found[left], found[right]
        opens = "people" in items[left].roles and (left == 0 or bool(items[left - 1].roles & _OPENS))
        verb = any("be" in item.roles for item in items[right + 1 : second.harm])
        opens = opens and (verb or "harm.die" in items[second.harm].roles)
        if is_captive(first) and opens and second.harm > right and second.outcome in _HARMED:
            found[left] = second._replace(item=left, counted=counted_at(items, left), rule=second.rule + "+")
        elif is_captive(second) and first.harm < left and first.outcome in _HARMED and _free(items, right):
            found[right] = first._replace(item=right, counted=counted_at(items, right), rule=first.rule + "+")


def _subjects(items: Sequence[Item], found: dict[int, Mention], places: Sequence[int]) -> None:
    """Gives the joined subjects of a clause the outcome of its verb, if the clause before has a verb of its own.

    In "six guards were killed and four gunmen and two boys were hurt" the gunmen were hurt.
    """
    for first, place in enumerate(places[1:-1], 1):
        before = found.get(places[first - 1])
        if place in found or before is None or not places[first - 1] < before.harm < place:
            continue
        last = next((at for at in range(first, len(places)) if places[at] in found), None)
        opens = items[before.harm + 1 : place]
        if last is None or not any("and" in item.roles for item in opens) or _opened(opens):
            continue
        _shared(items, found, list(pairwise(places[first : last + 1])))


def _opened(items: Sequence[Item]) -> bool:
    """Whether a word says that who comes next was harmed too: "along with", "including"."""
    return any(item.roles & {"along", "includes", "opens"} for item in items)


def _divided(items: Sequence[Item], at: int) -> bool:
    """Whether the phrase at `at` is a part without harm of its own.

    Another count follows without a comma ("killed, including two women 29 injured"), what the part was ("killed 40, of
    whom 12 were children"), or who says so ("killed 40, including 12 children Radio Ararat said").
    """
    following = items[at + 1 : at + 3]
    if following and following[0].roles & _COUNTED:
        return True
    named = list(takewhile(lambda item: "Name" in item.roles, items[at + 1 : at + LONGEST_SPEAKER]))
    if named and "say" in items[min(at + 1 + len(named), len(items) - 1)].roles:
        return True
    return len(following) > 1 and "be" in following[0].roles and following[1].roles <= {"word", "Name"}


def _includes(items: Sequence[Item], left: int, right: int) -> bool:
    return any("includes" in item.roles for item in items[left + 1 : right])


def _shared(items: Sequence[Item], found: dict[int, Mention], pairs: Sequence[tuple[int, int]]) -> None:
    """Gives the left one of two joined phrases the outcome that follows the right one."""
    for left, right in reversed(pairs):
        if right not in found or left in found:
            continue
        opening = left - 1 if left < 2 or "the" not in items[left - 1].roles else left - 2
        whole = opening >= 0 and "of" in items[opening].roles  # "of the 3,000 soldiers, 12 died"
        whole = whole or (opening == 0 and "preposition" in items[0].roles)  # "sur les 52 passagers, 19 ont péri"
        base = found[right]
        if not whole and _shares(items, left, right, base):
            found[left] = Mention(left, base.harm, counted_at(items, left), base.outcome, base.rule + "+")


def _shares(items: Sequence[Item], left: int, right: int, base: Mention) -> bool:
    """Whether the phrase at `left` shares the harm that follows the phrase at `right`.

    "40 people, 12 of whom were children, were killed" does; "of 40 treated, 12 of whom died" does not.
    """
    if _is_doer(items, left):
        return False
    if not (base.harm > right and _joined(items, left, right, -1) and (left == right - 1 or _free(items, left))):
        return False
    closed = any(items[i].roles & {"comma", "mark"} for i in range(right + 1, base.harm))
    if not closed and any(items[i].roles >= _OF_WHOM for i in range(left + 1, right + 2)):
        return False
    part = counted_at(items, right)
    joined = any("and" in items[i].roles and "includes" not in items[i].roles for i in range(left + 1, right))
    return closed or not part.part or (part.noun is not None and (joined or left == right - 1))


def _is_doer(items: Sequence[Item], at: int) -> bool:
    """Whether the phrase at `at` names those who did it: "an attack by 100 raiders"."""
    return at > 0 and "by" in items[at - 1].roles


def _joined(items: Sequence[Item], left: int, right: int, harm: int) -> bool:
    """Whether only a short link is between two counted phrases, ending in "and", a comma or "including"."""
    between = range(left + 1, right)
    if len(between) > LONGEST_LINK:
        opened = _includes(items, right - LONGEST_OPENING - 1, right)
        if not opened or len(between) > LONGEST_LINK + LONGEST_SPEAKER:
            return False
    counted = counted_at(items, right)
    if not between:  # a missing comma: "120 fighters over 60 mercenaries"
        nouns = counted.noun is not None and counted_at(items, left).noun is not None
        return counted.quantity.qualifier is not Qualifier.EXACT or counted.part or nouns
    clause = "relative" in items[left + 1].roles
    alone = is_its_own(counted)
    for index in between:
        roles = items[index].roles
        if index == harm:
            continue
        known = (
            roles & _BETWEEN
            or (harm >= left and harm < right and roles & {"be", "have"})
            or (clause and roles & _RELATIVE)
            or (alone and "other.thing" in roles)  # "в том числе 70-летняя женщина"
            or (index == left + 1 and "be" in roles and _divided(items, left))  # "12 were women and 40 children"
        )
        aside = "say" in roles and _is_an_aside(items, index, right)
        speaks = "say" in roles and not items[index + 1].roles & {"comma", "includes"}
        if not (aside or (known and not speaks)) or items[index].outcome is not None:
            return False
    if among(items, right) and "comma" in items[left + 1].roles:
        return True
    last = right - 1
    skipped = _REPEATED | {"word"} if alone else _REPEATED  # "в том числе восьмилетняя девочка"
    while last > left and items[last].roles & skipped and not items[last].roles & _LINKS:
        last -= 1
    return bool(items[last].roles & _LINKS) or counted.part


def is_its_own(counted: Counted) -> bool:
    """Whether a noun counts by itself, without a number: "мальчик", "جنديين"."""
    return counted.noun is not None and counted.noun[0] == counted.quantity.first


def _is_an_aside(items: Sequence[Item], verb: int, right: int) -> bool:
    """Whether what is said goes on behind a verb of speech: "12 died, police told reporters on Monday, including"."""
    end = next((at for at in range(verb + 1, right) if items[at].roles & _LINKS), right)
    told = all(item.roles & _TOLD for item in items[verb + 1 : end])
    return told and _includes(items, end - 1, right)


def among(items: Sequence[Item], at: int) -> bool:
    """Whether the words after the phrase at `at` say that it is a part: "14 guards, his two sons among them"."""
    after = items[at + 1 : at + 3]
    return len(after) > 1 and "includes" in after[0].roles and bool(after[1].roles & {"comma", "mark"})


def _free(items: Sequence[Item], at: int) -> bool:
    """Whether the phrase at `at` is not the subject of a verb of its own."""
    if at + 1 >= len(items):
        return True
    after, counted = items[at + 1].roles, items[at].counted
    if "other.thing" in after and counted is not None and is_its_own(counted):
        return True  # "серед них дитина 2018 року народження"
    if "have" in after and at + 2 < len(items) and "be" in items[at + 2].roles:
        return False  # "… and 1,000 have been treated"
    return bool(after & _AFTER) and not ("say" in after and items[at].roles & {"people"})
