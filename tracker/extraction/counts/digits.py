"""Reads numbers in digits: "1,200", "1.5 million", "1,20,000", "25 lakh", "2½ million"."""

from __future__ import annotations

import re
import unicodedata

from tracker.extraction.text.tags import Quantity, make_quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.numerals import Numbers
from tracker.model import Qualifier

_GROUPING = re.compile(r"[,\u00a0\u2009\u202f'’·_٬]")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_DECIMAL = re.compile(r"(\d+)[.,·٫](\d+)\Z")
_SHORT_TAIL = re.compile(r"[,·٫]\d{1,2}\Z")  # what follows the mark is too short for a group of thousands
LONGEST_NUMBER = 20  # digits that are read: int() is slow for thousands of digits and then raises an error
LONGEST_BEFORE_PLURAL = 3  # digits before "thousands", which are no year
LARGEST = 10**10  # more people than are alive: a larger number is no count of people


def exactly(first: int, stop: int, value: int) -> Quantity:
    """The quantity of a number that nothing qualifies."""
    return make_quantity((first, stop, value, None, Qualifier.EXACT, "number", 0))


def limited(first: int, stop: int, value: int) -> Quantity | None:
    """The same; None if the number is too large to count people."""
    return exactly(first, stop, value) if value < LARGEST else None


def digits_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The number whose digits are the token at `index`; None if they count nothing: a time, a code, "25%"."""
    text, lows = tokens.texts[index], tokens.lows
    plain = text.isdigit()
    if plain and text[0] == "0" and len(text) > 1:
        return None  # a time or a code: "0600"
    after = index + 1
    if after < len(lows):
        low, glued = lows[after], tokens.starts[after] == tokens.ends[index]
        if glued and low in n.ordinal_endings:
            value = int(text[:LONGEST_NUMBER]) if plain else None
            return Quantity(index, index + 2, value, None, Qualifier.EXACT, "ordinal") if value is not None else None
        if low in ("×", "%") or (glued and _other_use(tokens, after, n)):
            return None
        scale = n.multipliers.get(low, 0) or _plural_scale(tokens, after, n)
        if scale and (glued or low not in n.glued):
            amount = amount_of(text)
            return limited(index, index + 2, round(amount * scale)) if amount is not None else None
        if plain and tokens.kinds[after] == "number":
            text, after = _spaced_groups(tokens, index, text)
    count = int(text[:LONGEST_NUMBER]) if plain else count_of(text)
    return limited(index, after, count) if count is not None else None


def _plural_scale(tokens: Tokens, index: int, n: Numbers) -> int:
    """What a plural behind digits multiplies them by; 0 if it does not: "10 thousands troops", not "2011 thousands"."""
    people = index + 1 < len(tokens.people) and tokens.people[index + 1] is not None
    digits = tokens.texts[index - 1]
    plain = digits.isdigit() and len(digits) <= LONGEST_BEFORE_PLURAL
    return n.plural_multipliers.get(tokens.lows[index], 0) if people and plain else 0


def count_of(text: str) -> int | None:
    """The whole number that digits with marks between their groups state; None if they state none.

    >>> count_of("1,20,000"), count_of("1.200.000"), count_of("9·100")
    (120000, 1200000, 9100)
    >>> count_of("1,5"), count_of("3¤0"), count_of("2½")
    (None, None, None)
    """
    if "." in text:
        text = text.replace(".", "") if _POINT_GROUPS.match(text) else ""
    elif not _SHORT_TAIL.search(text):
        text = _GROUPING.sub("", text)
    return int(text[:LONGEST_NUMBER]) if text.isdigit() else None


def amount_of(text: str) -> float | None:
    """The number that digits state before a multiplier, which may have decimals; None if they state none.

    >>> amount_of("1.5"), amount_of("0,8"), amount_of("2½"), amount_of("1,200")
    (1.5, 0.8, 2.5, 1200.0)
    """
    if text and unicodedata.category(text[-1]) == "No":
        whole = text[:-1] or "0"
        return int(whole[:LONGEST_NUMBER]) + unicodedata.numeric(text[-1]) if whole.isdigit() else None
    decimal = _DECIMAL.match(text)
    if decimal is not None and ("." in text or _SHORT_TAIL.search(text)):
        return float(f"{int(decimal[1][:LONGEST_NUMBER])}.{int_text(decimal[2])}")
    count = count_of(text)
    return None if count is None else float(count)


def int_text(digits: str) -> str:
    """Digits of any script in ASCII, as many as are read.

    >>> int_text("٢٥")
    '25'
    """
    return "".join(str(unicodedata.digit(digit)) for digit in digits[:LONGEST_NUMBER])


def _other_use(tokens: Tokens, after: int, n: Numbers) -> bool:
    """Whether what is glued to the end of digits makes them something else: "25%", "3:45", "14km", "1,2345"."""
    low = tokens.lows[after]
    if low == ":" and after + 1 < len(tokens.lows) and tokens.starts[after + 1] > tokens.ends[after]:
        return False  # "rose to 63: 56 men and seven women"
    if low in ("%", "/", ":"):
        return True
    if tokens.kinds[after] == "word":
        return low not in n.glued and n.multipliers.get(low, 0) < 1000
    return low == "," and cut_by_comma(tokens, after)


def cut_by_comma(tokens: Tokens, comma: int) -> bool:
    """Whether the comma at an index stands inside digits without making groups of them: "1,2345", "12,13,14".

    After a year it is a comma of the sentence that has lost its blank: "in 2014,12 people".
    """
    if not 0 < comma < len(tokens.lows) - 1:
        return False
    digits = tokens.kinds[comma - 1] == "number" == tokens.kinds[comma + 1] and len(tokens.texts[comma - 1]) < 4
    return digits and tokens.ends[comma - 1] == tokens.starts[comma] == tokens.starts[comma + 1] - 1


def _spaced_groups(tokens: Tokens, index: int, text: str) -> tuple[str, int]:
    """The digits joined with the groups of three that follow after single blanks: "9 100"."""
    stop = index + 1
    while len(text) <= 3 * (stop - index) and stop < len(tokens.lows) and stop - index < 3:
        group = tokens.texts[stop]
        three = tokens.kinds[stop] == "number" and len(group) == 3 and group.isdigit()
        if not (three and tokens.starts[stop] == tokens.ends[stop - 1] + 1):
            break
        text, stop = text + group, stop + 1
    return text, stop
