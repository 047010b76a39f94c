"""Numbers that count nobody: prices, codes, hours of the day, ages, footnotes and parts of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.extraction.counts.digits import cut_by_comma
from tracker.extraction.text.tags import Item, Quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.knowledge.numerals import Numbers

_HARMING = frozenset({"harm.ing", "harm.past", "harm.ed", "harm.s", "harm.base"})
_VERBS = frozenset({*_HARMING, "be", "have", "harm.done", "harm.die", "harm.state"})
_LISTED = frozenset({"Name", "mark", "comma", "and", "other.thing", "count"})
_PLACING = frozenset({"preposition", "from", "of", "to"})
LATEST = 24  # hours of a day
OLDEST = 120  # years
PAIR = 2  # people whose ages are told one after the other
LONGEST_CLOCK = 4  # tokens from the hours to the word that tells them: "5 on Sunday evening"
HIGHEST_FOOTNOTE = 99


def glued_before(tokens: Tokens, index: int, n: Numbers) -> bool:
    """Whether a mark right before a number makes it something else: "$12", "F-16", "3:45", but not "killed:12".

    A word that is always glued to the next one does not: the "d'" of "plus d'12".
    """
    before = tokens.texts[index - 1]
    if tokens.ends[index - 1] != tokens.starts[index]:
        return before in "$€£¥₹#№"
    if before == "-" and tokens.texts[index - 2] == "-" and index > 1 and tokens.kinds[index] == "word":
        return False  # "wounded--seven civilians"
    if tokens.kinds[index - 1] == "word":
        return tokens.kinds[index] != "mark" and tokens.lows[index - 1] not in n.clitics  # "killed~12"
    if before in ":_":
        glued = index > 1 and tokens.ends[index - 2] == tokens.starts[index - 1]
        return glued and (tokens.kinds[index - 2] == "number" or (before == "_" and tokens.kinds[index - 2] == "word"))
    if before in "-–" and (index == 1 or tokens.ends[index - 2] < tokens.starts[index - 1]):
        return index > 1 and tokens.kinds[index] == "number"  # "-At least 12", "-12 people" in a list
    return before in "$€£¥₹#№-–/.@" or tokens.kinds[index - 1] == "number" or cut_by_comma(tokens, index - 1)


def is_label(tokens: Tokens, quantity: Quantity, n: Numbers) -> bool:
    """Whether a number without a noun names a part of the document: "(see footnote 9)", "in Table 3."."""
    if quantity.first == 0 or tokens.lows[quantity.first - 1] not in n.labels:
        return False
    return quantity.stop >= len(tokens.lows) or tokens.kinds[quantity.stop] == "mark"


def is_footnote(tokens: Tokens, quantity: Quantity, before: Sequence[Item]) -> bool:
    """Whether digits in brackets, after a counted phrase, are a footnote: "25 people (1)", but not "twenty (20)"."""
    first, stop = quantity.first, quantity.stop
    if len(before) < 2 or stop >= len(tokens.lows) or tokens.lows[first - 1] != "(" or tokens.lows[stop] != ")":
        return False
    counted = before[-2].counted
    if counted is None or counted.quantity.value in (None, quantity.value) or tokens.kinds[first] != "number":
        return False
    return 0 < (quantity.value or 0) <= HIGHEST_FOOTNOTE


def is_of_things(tokens: Tokens, quantity: Quantity, language: Language) -> bool:
    """Whether a number behind a dash counts the things right before it, in a list: "танків – 2180, літаків – 246"."""
    mark = quantity.first - 1
    if mark < 1 or tokens.lows[mark] not in language.numbers.dashes:
        return False
    thing = language.not_people.at(tokens.lows, mark - 1)
    if thing is None or thing[0] != 1:
        return False
    return mark == 1 or tokens.kinds[mark - 2] == "mark" or tokens.is_harm(mark - 2)


def is_hours(tokens: Tokens, quantity: Quantity, before: Sequence[Item], n: Numbers) -> bool:
    """Whether a range without a noun is hours of the day: "killed four from 3 to 5 in the afternoon".

    Right after a word of harm it is none: "killed between 7 and 9 last night".
    """
    if tokens.lows[quantity.first] not in n.range_openers or max(quantity.value or 0, quantity.high or 0) > LATEST:
        return False
    if before and not _HARMING.isdisjoint(before[-1].roles):
        return False
    for index in range(quantity.stop, min(quantity.stop + LONGEST_CLOCK, len(tokens.lows))):
        if tokens.lows[index] in n.clock:
            return True
        if tokens.kinds[index] != "word" or not _VERBS.isdisjoint(tokens.roles(index)):
            return False
    return False


def is_clock(tokens: Tokens, quantity: Quantity, dated: Mapping[int, int]) -> bool:
    """Whether four digits beside a date are a time of the day: "on Friday afternoon around 1330, in the market"."""
    digits = tokens.texts[quantity.stop - 1]
    if not (len(digits) == 4 and digits.isdecimal() and int(digits[:2]) < 24 and int(digits[2:]) < 60):
        return False
    first, stop = quantity.first, quantity.stop
    after = dated and (stop in dated or (stop + 1 in dated and "preposition" in tokens.roles(stop)))
    return bool(after) or first - 1 in dated or first - 2 in dated


def surmised(tokens: Tokens, quantity: Quantity, n: Numbers) -> int:
    """How many tokens behind a vague number only say that it may be more: "scores, or perhaps hundreds, of people"."""
    lows, stop = tokens.lows, quantity.stop
    link = n.range_links.at(lows, stop) if quantity.value is None and quantity.size and stop < len(lows) else None
    high = n.vague.at(lows, stop + link[0]) if link is not None and stop + link[0] < len(lows) else None
    if link is None or high is None or high[1] <= quantity.size:
        return 0
    end = stop + link[0] + high[0]
    return end + (lows[stop] == "," and lows[end : end + 1] == (",",) and "of" in tokens.roles(end + 1)) - stop


def is_age(tokens: Tokens, quantity: Quantity, before: Sequence[Item]) -> bool:
    """Whether a bare number is an age, because it is between commas after a name or one person: "Abed Nabhan, 25, …",
    "a nurse, 25, …".
    """
    after = tokens.lows[quantity.stop] if quantity.stop < len(tokens.lows) else ""
    if len(before) < 2 or quantity.value is None or quantity.value >= OLDEST:
        return False
    ends = "comma" in before[-1].roles and after in (",", ".", ")", ";", "")
    who = before[-2].counted
    if who is not None and who.noun is not None and who.quantity.kind == "article":
        return ends
    if _is_one_of_ages(tokens, quantity, before):
        return True
    if "Name" not in before[-2].roles:
        return False
    if "opens" in before[-1].roles:
        return after == ")" and tokens.lows[before[-1].first] == "(" and not _in_places(before)
    return ends and tokens.capitals[before[-2].first]


def _is_one_of_ages(tokens: Tokens, quantity: Quantity, before: Sequence[Item]) -> bool:
    """Whether a number is one of the ages of two people: "two women, 34 and 41, were hurt"."""
    second = "and" in before[-1].roles and "other.thing" in before[-2].roles
    at = len(before) - (4 if second else 2)
    who = before[at].counted if at >= 0 and "comma" in before[at + 1].roles else None
    if who is None or who.noun is None or who.quantity.value != PAIR:
        return False
    after = quantity.stop
    if not second:
        after += 2
        joined = "and" in tokens.roles(quantity.stop) and tokens.kinds[after - 1 : after] == ("number",)
        return joined and tokens.lows[after : after + 1] == (",",)
    return tokens.lows[after : after + 1] == (",",)


def _in_places(before: Sequence[Item]) -> bool:
    """Whether a list of names with numbers in brackets is one of places: "in Ard (12), Beth (9)"."""
    at = len(before) - 1
    while at >= 0 and not before[at].roles.isdisjoint(_LISTED):
        at -= 1
    return at >= 0 and not before[at].roles.isdisjoint(_PLACING)
