"""A prefilter: one scan of a sentence tells which phrases it cannot hold, so that only few are searched for."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable

_ZERO = ord("0")
_ASCII = bytes(range(128))
_DIGIT, _SPACE, _UNUSUAL, _ZEROS = re.compile(r"\d"), re.compile(r"\s"), re.compile(r"\d|\s"), re.compile("0+")
_LETTERED = re.compile(r"[^\W\d_]+")
MOST = 20_000  # words whose flags are remembered; a full memory is cleared


def _table(kept: str) -> bytes:
    """A translation table: digits become 0, and characters that are not kept become a space."""
    return bytes(_ZERO if chr(c).isdigit() else c if chr(c) in kept else ord(" ") for c in range(128)).ljust(256)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORDS = _table(_LETTERS)
_SHAPE = _table("".join(chr(c) for c in range(128) if not chr(c).isspace()))


class Prefilter:
    """Sets of words and shapes, each with one bit as its flag. A flag is set if a sentence may hold one of the set.

    A shape describes digits and what is between them: "0000-0". A word in another alphabet than the Latin one may stand
    inside a longer one, as it may have endings or be glued to others.
    """

    def __init__(self) -> None:
        self.bits: dict[tuple[str, ...], int] = {}
        self.words: dict[bytes, int] = {}
        self.shapes: dict[str, dict[str, int]] = {}  # by the longest run of digits in them
        self.parts: dict[str, int] = {}  # of words in other alphabets
        self.known: dict[str, int] = {}  # the flags of the words of such texts
        self.always = 0

    def flag(self, ways: Iterable[str]) -> int:
        """The flag of `ways` (lower case). Of several words the first is looked for. 0 in a shape is any digit."""
        ways = tuple(ways)
        if ways in self.bits:
            return self.bits[ways]
        bit = self.bits[ways] = 1 << len(self.bits)
        for told in ways:
            way = _plain(told)
            words = way.encode().translate(_WORDS).split()
            if "0" in way:
                alike = self.shapes.setdefault(max(_ZEROS.findall(way)), {})
                alike[way] = alike.get(way, 0) | bit
            elif words:
                self.words[words[0]] = self.words.get(words[0], 0) | bit
            elif lettered := _LETTERED.findall(told):
                part = max(lettered, key=len)
                self.parts[part] = self.parts.get(part, 0) | bit
            else:
                self.always |= bit  # it has no letter, so its absence can never be known
        return bit

    def flags_of(self, low: str) -> tuple[int, set[bytes]]:
        """The flags of a lower-case sentence, and the words that set them."""
        latin = low.isascii()
        raw = (low if latin else _plain(low)).encode()
        bare, flags = raw.translate(_WORDS), self.always
        if self.parts and not latin:
            for word in _LETTERED.findall(low):
                flags |= self.known[word] if word in self.known else self._of_word(word)
        if _ZERO in bare:
            bare = bare.replace(b"0", b" ")
            shape = raw.translate(_SHAPE).decode()
            for run, shapes in self.shapes.items():
                if run in shape:
                    for way, bit in shapes.items():
                        if way in shape:
                            flags |= bit
        words = self.words.keys() & bare.split()
        for word in words:
            flags |= self.words[word]
        return flags, words

    def _of_word(self, word: str) -> int:
        """The flags of a word of a text that is not all ASCII: of what it holds."""
        if len(self.known) >= MOST:
            self.known.clear()
        held = [bits for part, bits in self.parts.items() if part in word]
        flags = self.known[word] = functools.reduce(operator.or_, held, 0)
        return flags

    def most(self, flag: int, words: Iterable[bytes], low: str) -> int:
        """An upper limit on how often a sentence holds something of this flag; `words` are those that set flags."""
        if flag & self.always:
            return len(low)
        found = [word.decode() for word in words if self.words[word] & flag]
        return sum(map(low.count, (*found, *[part for part, bits in self.parts.items() if bits & flag])))


def _plain(low: str) -> str:
    """A text with ASCII digits and spaces. Other characters outside ASCII become question marks."""
    if _UNUSUAL.search(low.encode(errors="ignore").translate(None, _ASCII).decode()):
        low = _SPACE.sub(" ", _DIGIT.sub("0", low))
    return low.encode("ascii", "replace").decode()
