"""Quotations that go on over several sentences, by curly and by straight marks."""

from __future__ import annotations

import re

OPENING, CLOSING, STRAIGHT, LOW = "“", "”", '"', "„"
_MARK = re.compile(f"[{OPENING}{CLOSING}{STRAIGHT}{LOW}]")
_BEFORE = frozenset("([—–:")  # a straight mark behind one of these opens


def open_behind(text: str, opened: bool) -> tuple[bool, bool]:
    """Whether a quotation is open behind a sentence, and whether it is one that began there.

    `opened`: whether one is open before it. A straight mark opens or closes by what stands around it, and by turns
    where that does not tell. The mark of inches (6") closes, which is nothing where no quotation is open.
    """
    begun = low = False
    for match in _MARK.finditer(text):
        at, mark = match.start(), match[0]
        opens = mark == LOW or (mark == OPENING and not low)  # „ is closed by “
        opens = opens or (mark == STRAIGHT and _opens(text[at - 1 : at], text[at + 1 : at + 2], opened))
        low = mark == LOW
        begun = opens and (begun or not opened)
        opened = opens
    return opened, begun


def _opens(before: str, after: str, opened: bool) -> bool:
    """Whether a straight mark between two characters opens a quotation."""
    free = not before or before.isspace() or before in _BEFORE
    ends = not after or not (after.isalnum() or after in "$£€[(…")
    return not opened if free == ends else free
