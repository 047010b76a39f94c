"""Reads spelled numbers: "twenty-six", "two and a half thousand", "one point two million", "forty—two"."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from tracker.extraction.counts.digits import amount_of, exactly, limited
from tracker.extraction.text.tags import Quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.numerals import Numbers
from tracker.model import Qualifier

LONGEST_SPELLING = 10  # words of a spelled number
_PARTS = frozenset({"of", "includes"})  # roles of what follows a part: "of the", "of them"
LONGEST_DECIMALS = 4  # words after "point"


def words_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The number whose words begin at `index`, up to millions: "sixty nine", "two dozen", "a hundred"."""
    lows = tokens.lows
    low = lows[index]
    if low in n.ordinals:
        return Quantity(index, index + 1, n.ordinals[low], None, Qualifier.EXACT, "ordinal")
    if low in n.both:
        return Quantity(index, index + 1, n.both[low], None, Qualifier.EXACT, "both")
    if low not in n.articles:
        return _spelled(tokens, index, index, n)
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if n.multipliers.get(after, 0) >= 12 and after not in n.glued:
        return _spelled(tokens, index, index + 1, n)  # "a hundred"
    return Quantity(index, index + 1, 1, None, Qualifier.EXACT, "article")


def mixed_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The number with a fraction or decimals that begins at `index`: "two and a half thousand"; None if none does.

    A fraction may also follow the multiplier: "a million and a half".
    """
    lows = tokens.lows
    article = lows[index] in n.articles
    amount, stop = (1.0, index + 1) if article else _amount(tokens, index, n)
    if amount is None or stop >= len(lows):
        return None
    if not article:
        added = _share(lows, stop, n) or _pointed(lows, stop, n)
        if added is not None:
            scale, end = scale_at(lows, added[1], n)
            return limited(index, end, round((amount + added[0]) * scale)) if scale > 1 else None
    scale, end = scale_at(lows, stop, n)
    share = _share(lows, end, n) if scale >= 1000 else None
    if share is None or scale_at(lows, share[1], n)[0] > 1 or "of" in tokens.roles(share[1]):
        return None
    return limited(index, share[1], round((amount + share[0]) * scale))


def scale_at(lows: Sequence[str], index: int, n: Numbers) -> tuple[int, int]:
    """The product of the multipliers from `index` on, and where they end; 1 if there is none."""
    stop = index
    while stop < len(lows) and lows[stop] in n.multipliers and lows[stop] not in n.glued:
        stop += 1
    return prod(n.multipliers[low] for low in lows[index:stop]), stop


def scale_before(lows: Sequence[str], stop: int, first: int, n: Numbers) -> int:
    """The product of the multipliers that end a number [first, stop); 1 if there is none: 1000 of "3 thousand"."""
    begin = stop
    while begin - 1 > first and lows[begin - 1] in n.multipliers:
        begin -= 1
    return prod(n.multipliers[low] for low in lows[begin:stop])


def small(word: str, n: Numbers) -> int | None:
    """The value of a number word below a hundred; None if it is none."""
    if word in n.small:
        return n.small[word]
    return n.tens[word] if word in n.tens else n.compound(word)


def across_dash(tokens: Tokens, index: int, n: Numbers) -> int | None:
    """The units that a dash joins to the tens at `index`: "twenty - five", "forty—two"; None if it joins none.

    A dash with blanks on both sides joins only if it is a hyphen, and never before "of": "twenty - five of them women".
    """
    lows = tokens.lows
    if index + 2 >= len(lows) or lows[index] not in n.tens or lows[index + 1] not in n.dashes:
        return None
    units = n.small.get(lows[index + 2], 0)
    left = tokens.ends[index] == tokens.starts[index + 1]
    right = tokens.ends[index + 1] == tokens.starts[index + 2]
    if not 0 < units < 10 or not (left or right or lows[index + 1] in "-−"):
        return None
    if not _PARTS.isdisjoint(tokens.roles(index + 3)):
        return None
    return units


def _amount(tokens: Tokens, index: int, n: Numbers) -> tuple[float | None, int]:
    """The small number at `index` in words or digits, and where it ends."""
    low = tokens.lows[index]
    if tokens.kinds[index] == "number":
        return amount_of(low), index + 1
    value = 0 if low in n.noughts else small(low, n)
    return (None if value is None else float(value)), index + 1


def _share(lows: Sequence[str], at: int, n: Numbers) -> tuple[float, int] | None:
    """The fraction that "and" adds at an index, and where it ends: "and a half", but not "and half a"."""
    if at + 1 >= len(lows) or lows[at] not in n.joiners:
        return None
    found = n.fractions.at(lows, at + 1)
    if found is None or found[1] >= 1 or lows[at + found[0]] in n.articles:
        return None
    return found[1], at + 1 + found[0]


def _pointed(lows: Sequence[str], at: int, n: Numbers) -> tuple[float, int] | None:
    """The decimals in words at an index, and where they end: the .25 of "point two five"."""
    if lows[at] not in n.points:
        return None
    digits, stop = "", at + 1
    while stop < len(lows) and len(digits) < LONGEST_DECIMALS:
        digit = 0 if lows[stop] in n.noughts else n.small.get(lows[stop], 10)
        if digit > 9:
            break
        digits, stop = f"{digits}{digit}", stop + 1
    return (float(f"0.{digits}"), stop) if digits else None


def _spelled(tokens: Tokens, index: int, first: int, n: Numbers) -> Quantity | None:
    """The spelled number from `first` on; `index` is where its words begin, including an article."""
    lows = tokens.lows
    total, current, last, skip = 0, int(first > index), first, 0
    for at in range(first, min(first + LONGEST_SPELLING, len(lows))):
        if skip:
            skip -= 1
            continue
        part = small(lows[at], n)
        counts = current or total or lows[at] in n.bare_multipliers
        scale = n.multipliers.get(lows[at], 0) if counts and lows[at] not in n.glued else 0
        if part is not None and not (current % 10 and part < 10 and at > first):
            units = across_dash(tokens, at, n)
            current += part + (units or 0)
            skip = 2 if units else 0
        elif scale >= 1000:
            total, current = total + max(current, 1) * scale, 0
        elif scale:
            current = max(current, 1) * scale
        elif lows[at] in n.joiners and at > first and at + 1 < len(lows) and _joins(lows, at, n):
            continue
        else:
            break
        last = at + 1 + skip
    return limited(index, last, total + current) if last > first and (total or current) else None


def _joins(lows: Sequence[str], at: int, n: Numbers) -> bool:
    """Whether "and" is inside a number: after a hundred or thousand, before a small number.

    In some languages it also joins the tens and the units (`joined_tens`).
    """
    if lows[at] in n.joined_tens:
        before, after = lows[at - 1], lows[at + 1]
        if before in n.tens and 0 < n.small.get(after, 0) < n.units_below:
            return True  # "vingt et un"
        if after in n.tens and 0 < n.small.get(before, 0) < 10:
            return True  # the units before the tens, as in Arabic
    hundreds = max(n.multipliers.get(lows[at - 1], 0), n.small.get(lows[at - 1], 0))
    return hundreds >= 100 and small(lows[at + 1], n) is not None


def with_ending(low: str, index: int, n: Numbers) -> Quantity | None:
    """A number word with its qualifier attached: "thirty-odd"."""
    head, dash, tail = low.partition("-")
    value, qualifier = small(head, n), n.after.at([dash + tail], 0)
    if not dash or value is None or qualifier is None:
        return None
    return exactly(index, index + 1, value)._replace(qualifier=qualifier[1])
