"""Where a line break was lost between two words: "in the Tarlo areaThe brigade", "northern ZergaZerga"."""

from __future__ import annotations

import re
from collections import Counter

# A capital between two small letters. It begins with the capital, because those are few.
_JOINT = re.compile(r"[A-Z](?<=[a-z]{2}.)(?=[a-z])")
_RUN = re.compile(r"[^\W_]+")
LONGEST = 40  # letters of the words on both sides
_NOT_BESIDE = frozenset("#@/\\_-.&=(")  # beside a name on the web: "#StopTheWar", "www.FreeTarlo.org"


def lost_breaks(text: str) -> list[int]:
    """The offsets at which a line began, whose break is lost. Both words stand alone elsewhere in the text, or
    are one word twice. Only the second one, which began the line, may stand there in small letters.

    A word written so on purpose comes again ("PostBank"), or its parts are no words of the text.
    """
    joints = [match.start() for match in _JOINT.finditer(text)]
    if not joints:
        return []
    runs = {at: run for at in joints if (run := _run_around(text, at)) is not None}
    if not runs:
        return []
    written = Counter(_RUN.findall(text))

    def is_lost(at: int) -> bool:
        begin, end = runs[at]
        first, second = text[begin:at], text[at:end]
        known = first in written and (second in written or second.lower() in written)
        alone = first.lower() == second.lower() or known
        return alone and written[text[begin:end]] == 1

    return [at for at in joints if at in runs and is_lost(at)]


def _run_around(text: str, at: int) -> tuple[int, int] | None:
    """The offsets of the letters around a joint; None if there is another joint in them, or no words."""
    begin, end = at, at + 1
    while begin > 0 and at - begin < LONGEST and text[begin - 1].isalpha():
        begin -= 1
    while end < len(text) and end - at < LONGEST and text[end].isalpha():
        end += 1
    if any(mark in _NOT_BESIDE or mark.isalnum() for mark in text[max(0, begin - 1) : begin]):
        return None
    if text[end : end + 1] in _NOT_BESIDE - {"."} or text[end : end + 1].isalnum():
        return None
    plain = text[begin + 1 : at].islower() and text[at + 1 : end].islower()
    return (begin, end) if plain else None
