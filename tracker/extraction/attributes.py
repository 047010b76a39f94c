"""The attributes of a mention that need no choice: its victims, the words near it and the confidence."""

from __future__ import annotations

from tracker.extraction.counts.mention import HARMED, Mention
from tracker.extraction.reading import FieldContext, Reading, part_of
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import VictimGroup

_AMOUNTS = frozenset({"amount", "harm.toll"})
LONGEST_DESCRIBED = 3  # words of people behind a word of harm
REACH_OF_AMOUNT = 4  # items between "number of" and the harm: "the number of Syrian civilians killed"
_OPENS_CLAUSE = frozenset({"be", "have", "harm.die", "harm.past", "say"})
_OF_THE_DEAD = frozenset({"of", "the", "includes", "harm.state", "harm.unit", "harm.done"})


def _said_to_be(reading: Reading, mention: Mention, language: Language) -> tuple[int, int]:
    """The tokens that describe a number without a noun: "12 of the dead were children"; (0, 0) if none do."""
    items = reading.items
    behind = _behind_the_harm(reading, mention, language)
    if behind is not None:
        return behind
    if mention.item > 1 and "the" in items[mention.item - 1].roles and "of" in items[mention.item - 2].roles:
        return 0, 0  # "half of the 40 dead were children"
    at = mention.item + 1
    while at < len(items) and at < mention.item + 4 and items[at].roles & _OF_THE_DEAD:
        at += 1
    dead = at > mention.item + 1 and at < len(items) and "harm.state" in items[at - 1].roles
    if dead and reading.context.tokens.people[items[at].first] is not None:
        at -= 1  # "dozens of dead militants"
    elif at + 1 >= len(items) or "be" not in items[at].roles or reading.context.acronym(items[at].first):
        return 0, 0
    first = items[at + 1].first
    people = reading.context.tokens.people[first]
    named = people is not None and reading.context.lows[first] not in language.others
    return (first, first + people[0]) if people is not None and named else (0, 0)


def _are_described(reading: Reading, first: int, language: Language) -> bool:
    """Whether the words behind a participle are the people that it describes, "two captured Malian nurses", and not who
    says so.
    """
    tokens, last = reading.context.tokens, first
    while last < min(first + LONGEST_DESCRIBED, len(tokens.lows)) and tokens.people[last] is None:
        last += 1
    hit = tokens.people[last] if last < len(tokens.lows) else None
    stop = last + hit[0] if hit is not None else len(tokens.lows)
    speaks = language.attribution.lists["speaking"]
    return stop < len(tokens.lows) and tokens.lows[stop] not in speaks and tokens.lows[stop - 1] not in language.others


def _behind_the_harm(reading: Reading, mention: Mention, language: Language) -> tuple[int, int] | None:
    """The tokens of the people right behind a word of harm that describes them: "37 dead Russian soldiers"."""
    tokens, harm = reading.context.tokens, reading.items[min(mention.item + 1, len(reading.items) - 1)]
    first = harm.stop
    if mention.harm <= mention.item or harm.outcome is None:
        return None
    alone = "harm.unit" in harm.roles
    if not alone and (reading.context.caps or not _are_described(reading, first, language)):
        return None
    for at in range(first, min(first + LONGEST_DESCRIBED, len(tokens.lows))):
        people = tokens.people[at]
        if people is not None:
            return first, at + people[0]
        if not tokens.capitals[at] or tokens.kinds[at] != "word":
            return None
    return None


def victims_of(here: FieldContext, reading: Reading, mention: Mention, language: Language) -> str | None:
    """The words that name the people counted. None if they name nobody in particular ("others", "deaths")."""
    first, last = mention.counted.noun or (0, 0)
    lows = reading.context.lows[first:last]
    if language.others.issuperset(lows[-1:]) and (language.others | language.modifiers).issuperset(lows):
        first, last = _said_to_be(reading, mention, language)
    if first == last or (language.head_first and _is_of_the_harm(reading, first, last)):
        return None
    last = max(last, _joined(reading, mention, language)[1])
    first, last = _in_whole_words(reading.context.tokens, first, last, language)
    return here.text[reading.context.tokens.starts[first] : reading.context.tokens.ends[last - 1]]


def _is_of_the_harm(reading: Reading, first: int, last: int) -> bool:
    """Whether a noun of several words only says that they are dead or hurt: "víctimas mortales"."""
    found = reading.context.tokens.lexicon[first]
    if found is None or found[0] < 2 or found[0] != last - first or "harm.unit" not in found[1].roles:
        return False
    return found[1].outcome in HARMED


def _in_whole_words(tokens: Tokens, first: int, last: int, language: Language) -> tuple[int, int]:
    """The tokens with the article before the first and the pronoun behind the last that are written as one with them:
    of "من جنودها" the whole word, not "جنود".
    """
    definite, pronouns = language.numbers.definite, language.spelling.glued.after
    whole = first > 0 and len(tokens.texts[first - 1]) == len(tokens.lows[first - 1])  # "للجنود" has no ال to take
    if whole and tokens.lows[first - 1] in definite and tokens.ends[first - 1] == tokens.starts[first]:
        first -= 1
    if last < len(tokens.lows) and tokens.lows[last] in pronouns and tokens.ends[last - 1] == tokens.starts[last]:
        last += 1
    return first, last


def _joined(reading: Reading, mention: Mention, language: Language) -> tuple[int, int]:
    """The tokens of another noun for the people of one number: "30 civilians and soldiers"; (0, 0) if there is none.

    A clause of its own is none: "killed 30 civilians and soldiers were hurt".
    """
    tokens, first = reading.context.tokens, (mention.counted.noun or (0, 0))[1] + 1
    joining = language.context.lists["joining"]
    if (
        mention.counted.quantity.value == 1
        or first == 1
        or first >= len(tokens.lows)
        or tokens.lows[first - 1] not in joining
        or tokens.counts[first]
    ):
        return 0, 0
    for at in range(first, min(first + LONGEST_DESCRIBED, len(tokens.lows))):
        people = tokens.people[at]
        if people is None and (tokens.kinds[at] != "word" or tokens.roles(at) or tokens.lexicon[at] is not None):
            return 0, 0
        if "harm.ing" in tokens.roles(at):
            return 0, 0  # "مقتل 9 جنود وإصابة 8"
        stop = at + people[0] if people is not None else 0
        if people is not None and stop < len(tokens.lows) and tokens.people[stop] is not None:
            continue  # "police officers"
        if people is not None and tokens.lows[stop - 1] not in language.others:
            clause = mention.harm < mention.item and not _OPENS_CLAUSE.isdisjoint(tokens.roles(stop))
            says = stop < len(tokens.lows) and tokens.lows[stop] in language.attribution.lists["speaking"]
            thing = not tokens.lows[stop - 1].endswith(language.plural) and _is_unknown(tokens, stop)
            return (first, stop) if not (clause or says or thing or tokens.capitals[stop - 1]) else (0, 0)
    return 0, 0


def _is_unknown(tokens: Tokens, index: int) -> bool:
    """Whether an unknown word stands here, which a word for people may only tell more of: "army cars"."""
    known = index >= len(tokens.lows) or tokens.lexicon[index] is not None or tokens.people[index] is not None
    return not known and tokens.kinds[index] == "word"


def group_of(reading: Reading, mention: Mention, language: Language) -> VictimGroup:
    """The group of the people counted. A number without a noun takes it from the words that say who they are.

    Those are a predicate ("three of whom were children") or the words of a toll ("the number of civilians killed").
    """
    group = mention.counted.group
    other = [
        hit[1] for hit in reading.context.tokens.people[slice(*_joined(reading, mention, language))] if hit is not None
    ]
    if other and other[-1] is not group:
        return VictimGroup.UNSPECIFIED  # "civilians and soldiers"
    first, last = mention.counted.noun or (0, 0)
    people = reading.context.tokens.people
    if group is not VictimGroup.UNSPECIFIED or not language.others.issuperset(reading.context.lows[first:last]):
        return group
    said = [hit for hit in people[slice(*_said_to_be(reading, mention, language))] if hit is not None]
    if said:
        return said[-1][1]
    for item in reading.items[max(0, mention.harm - REACH_OF_AMOUNT) : mention.item]:
        told = [people[index] for index in range(item.first + 1, item.stop + 1) if item.roles & _AMOUNTS]
        group = next((hit[1] for hit in told if hit is not None and hit[1] is not VictimGroup.UNSPECIFIED), group)
    return group


def near(here: FieldContext, reading: Reading, mention: Mention, reach: int) -> str:
    """The text within `reach` characters of the figure, in its part of the sentence before a verb of speech."""
    start, end = reading.span(mention)
    first, last = part_of(reading, start)
    stop = min(last, end + reach)
    if reading.attributions:
        stop = min([stop, *[at for at in reading.say_words() if at > end]])
    return here.text[max(first, start - reach) : stop].lower()


def confidence(mention: Mention) -> float:
    """The confidence from 0 to 1. It is higher if people are named and stand right beside the verb."""
    score = 95
    if mention.counted.noun is None:
        score -= 10
    elif mention.counted.group is VictimGroup.UNSPECIFIED:
        score -= 5
    if mention.rule.endswith("+"):
        score -= 10
    if abs(mention.harm - mention.item) > 4:
        score -= 10
    return score / 100
