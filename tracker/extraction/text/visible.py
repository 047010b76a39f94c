"""The text as a person reads it: without invisible characters, marks of footnotes, and words cut by a line end.

Letters that are written with a mark of their own become one character, and marks that a language drops are left out.

Each part that is left out is remembered, so that an offset in the visible text leads back to the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

# Characters that show nothing: soft hyphens, joiners, marks of direction, zero-width blanks, selectors of a variant.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
# Not "[s]" and "[d]", which are endings that an editor added: "the soldier[s]".
_BRACKETED = re.compile(r"(?<=[^\s\[(])\[(?:\^?\d{1,3}|[a-ce-rt-z])\](?![\w(])")
_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f\u0653-\u0655]+")
_NEXT_COUNT = re.compile(r" \d")  # "25 killed[1] 40 wounded[2]": the mark stands where a comma would
_RAISED = re.compile(r"(?<=[^\s×^])(?<!10)[¹²³⁰⁴-⁹]{1,3}(?!\w)")
_DAGGERS = re.compile(r"(?<=[\w)])[*†‡]{1,3}(?=[\s.,;:)])")
_CUT_WORD = re.compile(r"([^\W\d_]{2,30})([-\u2010]\r?\n[ \t]{0,20})(?=([^\W\d_]{1,30}))")
_WRITTEN = re.compile(r"\\[nrt](?=[\W\d]|[A-Z])|\\[nr](?=[a-z]{0,2}[A-Z])")  # a line end that some export wrote as "\n"
_CUT_NUMBER = re.compile(r"(?<=\d[,.])-\r?\n[ \t]{0,20}(?=\d{3}(?!\d))")


class Cut(NamedTuple):
    """A part [start, end) of a text that a reader passes over, and the shorter text that stands for it."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class Visible:
    """A text as a person reads it. `places`: where something was left out of it. `shifts`: how much, up to there."""

    text: str
    places: tuple[int, ...]
    shifts: tuple[int, ...]

    def start(self, offset: int) -> int:
        """The offset in the text as it is of the character at an offset of the visible text."""
        return offset + self.shifts[bisect_right(self.places, offset)]

    def end(self, offset: int) -> int:
        """The same for the end of a span: what was left out right after it is not part of it."""
        return offset + self.shifts[bisect_left(self.places, offset)]


def visible(text: str, is_word: Callable[[str], bool], dropped: str = "") -> Visible | None:
    """The visible text; None if nothing is left out. `is_word` knows the words that a line end may cut.

    `dropped`: marks that readers of the language pass over, such as vowel signs.

    >>> visible("3\u200b0 civilians[1] died", str.isalpha).text
    '30 civilians died'
    >>> visible("thir-\\nteen of twenty-\\nfive", {"thirteen"}.__contains__).text
    'thirteen of twenty-five'
    >>> visible("blesse\u0301s", str.isalpha).text
    'blessés'
    """
    cuts = sorted([*_cuts(text, is_word), *_marks(text, dropped)])
    if not cuts:
        return None
    pieces: list[str] = []
    places: list[int] = []
    lost: list[int] = []
    at = size = 0
    for start, end, instead in cuts:
        if start < at:
            continue  # inside the cut before
        pieces += (text[at:start], instead)
        size += start - at + len(instead)
        places.append(size)
        lost.append(end - start - len(instead))
        at = end
    return Visible("".join((*pieces, text[at:])), tuple(places), tuple(accumulate(lost, initial=0)))


def _cuts(text: str, is_word: Callable[[str], bool]) -> Iterator[Cut]:
    yield from _at_line_ends(text, is_word)
    if not text.isascii():
        for match in _HIDDEN.finditer(text):
            yield Cut(*match.span(), " " if _parts(text, *match.span()) else "")
        for match in _RAISED.finditer(text):
            yield Cut(*match.span(), "")
    if "[" in text:
        for match in _BRACKETED.finditer(text):
            yield Cut(*match.span(), "," if _NEXT_COUNT.match(text, match.end()) else "")
    if "*" in text or "†" in text or "‡" in text:
        for match in _DAGGERS.finditer(text):
            yield Cut(*match.span(), "")


def _at_line_ends(text: str, is_word: Callable[[str], bool]) -> Iterator[Cut]:
    """Words and numbers that a line end cuts, and line ends that were written out."""
    if "\\" in text:
        for match in _WRITTEN.finditer(text):
            yield Cut(*match.span(), "\n")
    if "-\n" in text or "-\r" in text or "\u2010\n" in text:
        for match in _CUT_WORD.finditer(text):
            whole = is_word((match[1] + match[3]).lower())
            yield Cut(*match.span(2), "" if whole else "-")
        for match in _CUT_NUMBER.finditer(text):
            yield Cut(*match.span(), "")


def _marks(text: str, dropped: str) -> Iterator[Cut]:
    """Letters with marks of their own, and marks that readers pass over."""
    if text.isascii():
        return
    for match in _MARKED.finditer(text):
        kept = "".join(letter for letter in match.group() if letter not in dropped)
        composed = unicodedata.normalize("NFC", kept)
        if composed != match.group():
            yield Cut(*match.span(), composed)
    if dropped:
        for match in re.finditer(f"[{re.escape(dropped)}]+", text):
            yield Cut(*match.span(), "")


def _parts(text: str, start: int, end: int) -> bool:
    """Whether a zero-width blank stands between a word and a number, where it is a blank: "killed<U+200B>12"."""
    if "\u200b" not in text[start:end] or start == 0 or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    return before.isalnum() and after.isalnum() and before.isdigit() is not after.isdigit()
