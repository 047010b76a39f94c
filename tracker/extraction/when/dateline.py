"""Reads the dateline of a wire story: "BEIRUT (Reuters) - ", "BOGOTA, 6 SEP 89 (EFE) -- [TEXT]".

Figures, sources and dates are looked for after it. Its country is used if the story names no place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = r"\s{0,4}([A-Z][A-Z'’.-]+(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4})"
_LAND = r"(?:\s{1,2}\([A-Z][A-Z .]{2,30}\))?"
_DATE = r"(?:,\s{1,2}(?:\d{1,2}\s[A-Z]{3,9}\s\d{2,4}|[A-Z][a-z]{2,9}\.?\s\d{1,2}(?:,\s\d{4})?))?"
_AGENCY = r"(?:\s{1,2}\([^()\n]{2,60}\))?"
_MARK = r"\s{0,2}(?:--|-\s|–|—)(?:\s{0,2}\[[A-Z ]{2,24}\])?"
_IN_BRACKETS = r"\s{0,4}\(([A-Z][A-Za-z'’.-]+(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4})\)\s{1,2}[–—-]"
# In any alphabet, with a date or an agency: "Puerto Príncipe, 23 mayo (EFE). -"; or a date alone: "28 juin 2012. -".
_CAPITAL = "A-ZÀ-ÖØ-ÞА-ЯЁЄІЇҐ"
_DAY = r"\d{1,2}(?:[^\W\d_]{1,3})?\.?\s{1,2}(?:[^\W\d_]{1,3}\s)?[^\W\d_]{3,10}\.?"
_OF_YEAR = r"(?:,?\s{1,2}(?:[^\W\d_]{1,3}\s)?\d{4})"
_ANY_PLACE = rf"\s{{0,4}}([{_CAPITAL}][\w'’.-]+(?:[ ,]{{1,2}}[{_CAPITAL}][\w'’.-]+){{0,3}})"
_DATE_AND_AGENCY = rf"(?:,?\s{{1,2}}{_DAY}{_OF_YEAR}?(?:\s{{1,2}}\([^()\n]{{2,40}}\))?|\s{{1,2}}\([^()\n]{{2,40}}\))"
_ANY_HEAD = re.compile(_ANY_PLACE + _DATE_AND_AGENCY + r"\.?\s{0,2}[-–—]{1,2}\s")
_ANY_NAME_HEAD = re.compile(_ANY_PLACE + r"\.\s{0,2}[-–—]{1,2}\s")  # "Bogotá.- "
_UNCASED = "\u0621-\u064a"  # Arabic has no capitals
_UNCASED_HEAD = re.compile(
    rf"\s{{0,4}}([{_UNCASED}]{{2,20}}(?:\s[{_UNCASED}]{{2,20}}){{0,2}})(?:\s{{1,2}}\([^()\n]{{2,40}}\))?\s{{1,2}}[-–—]\s"
)
_DATE_HEAD = re.compile(rf"\s{{0,4}}{_DAY}{_OF_YEAR}\.?\s{{0,2}}[-–—]{{1,2}}\s")
_HEAD = re.compile(_PLACE + _LAND + _DATE + _AGENCY + _MARK)
_HEAD_IN_BRACKETS = re.compile(_IN_BRACKETS)  # the style of human rights groups
_PLACE_ONLY = re.compile(_PLACE + r"\s{0,2}(?=\(|--?\s|–|—|:)")
YEARLY = 4_000  # characters at the head of a text in which its year is looked for
# It begins with a digit, which `re` finds faster than what may not stand before it.
_YEARS = re.compile(r"[12](?<![\d.,-].)(?:(?<=1)9|(?<=2)0)\d\d(?![\d,]|\.\d)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place of a dateline: its offset, words and end; `stop` is where the story after it begins."""

    start: int
    end: int
    words: str
    stop: int


def dateline(text: str) -> Dateline | None:
    """The dateline at the head of a text, or None."""
    head = _HEAD.match(text) or _HEAD_IN_BRACKETS.match(text) or _ANY_HEAD.match(text)
    head = head or _ANY_NAME_HEAD.match(text) or _UNCASED_HEAD.match(text)
    place = head or _PLACE_ONLY.match(text)
    if place is None:
        dated = _DATE_HEAD.match(text)
        return Dateline(0, 0, "", dated.end()) if dated is not None else None
    return Dateline(place.start(1), place.end(1), place[1], head.end() if head is not None else 0)


def only_year(text: str) -> int | None:
    """The one year that a text without a date tells at its head; None if it tells several or none."""
    years = {*_YEARS.findall(text[:YEARLY])}
    return int(years.pop()) if len(years) == 1 else None
