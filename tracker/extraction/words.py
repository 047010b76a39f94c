"""A sentence as columns: one entry for each number, word and mark in it. Offsets are code points of the field.

Text is cut at its blanks, and what stands between two ("killed,", "Syria's") is cut further only when it is first met.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress
from typing import NamedTuple

from tracker.extraction.spans import Sentence
from tracker.knowledge.language import Language, Word
from tracker.model import VictimGroup

_WORD = re.compile(
    r"(?P<number>\d{1,3}(?:[,\u00a0\u2009\u202f'’]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:\u00ad|['’\-\u2010\u2011](?=[^\W\d_])|\.(?=[^\W\d_]\.)|[^\W\d_])*)"
    r"|(?P<entity>\#\d{1,4};|&\b(?:quot|amp|apos|nbsp);)"
    r"|(?P<mark>[^\w\s]|_)"
)
# Blanks that join the groups of a number: "9 100". Where one stands, these are the pieces between the others.
_JOINING = frozenset("\u00a0\u2009\u202f")
_PIECE = re.compile(r"(?:[^\s\u00a0\u2009\u202f]|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}))+")
_QUOTES = frozenset("“”„«»")
_APOSTROPHES = frozenset("'’")
MANY_WORDS = 60_000  # so many are remembered; an archive has more, and memory is to stay flat

WordHit = tuple[int, Word] | None
PeopleHit = tuple[int, VictimGroup] | None


_THING, _ADVERB, _NAME, _PLAIN = (frozenset(one.split()) for one in ("word thing", "adverb", "Name", "word"))


def roles_alone(low: str, capital: bool, language: Language) -> frozenset[str]:
    """The roles of a word that begins no phrase of the lexicon."""
    if low in language.not_people:
        return _THING
    if len(low) > 5 and low.endswith(language.adverb_endings):
        return _ADVERB
    return _NAME if capital else _PLAIN


class Form(NamedTuple):
    """What a spelling is wherever it stands.

    `low`: in lower case, with straight apostrophes and no soft hyphens. `kind`: "number", "word", "possessive" or
    "mark". `capital`: it is a word with a capital letter, as names are: "Idlib", "al-Barazi". `lexicon` and `people`:
    the phrase of one word that it is. `opens`: the second words of the longer ones that begin with it. `counts`: a number
    may begin with it. `plain`: the roles of a word that begins nothing at all, as most do.
    """

    text: str
    low: str
    kind: str
    capital: bool
    lexicon: WordHit
    people: PeopleHit
    opens: frozenset[str]
    counts: bool
    plain: frozenset[str] | None


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Words:
    """The words of a sentence in columns of one length; of most see `Form`.

    `lexicon` and `people`: the longest phrase of that table which begins with the word, as `Phrases.at` has it.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    kinds: Sequence[str]
    capitals: Sequence[bool]
    lexicon: Sequence[WordHit]
    people: Sequence[PeopleHit]
    counts: Sequence[bool]
    plain: Sequence[frozenset[str] | None]


NO_WORDS = Words((), (), (), (), (), (), (), (), (), ())


class _Piece(NamedTuple):
    """What stands between two blanks: its words, and for each how much lies before it and how long it is."""

    forms: tuple[Form, ...]
    steps: tuple[int, ...]


class _Pieces(dict[str, _Piece]):
    """The pieces met so far, with what one language knows of their words."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.size = 0  # words in all of them: a piece of hostile text may have thousands

    def __missing__(self, text: str) -> _Piece:
        if self.size >= MANY_WORDS:
            self.clear()
            self.size = 0
        forms: list[Form] = []
        steps: list[int] = []
        end = -1  # the blank before it
        for start, stop, form in self._cut(text):
            forms.append(form)
            steps += (start - end, stop - start)
            end = stop
        self.size += len(forms)
        piece = self[text] = _Piece(tuple(forms), tuple(steps))
        return piece

    def _cut(self, text: str) -> Iterator[tuple[int, int, Form]]:
        """The words of a piece with where they begin and end in it."""
        before = ""
        for match in _WORD.finditer(text):
            raw, kind, (start, stop) = match.group(), match.lastgroup or "mark", match.span()
            low = raw.lower()
            if kind == "word":
                capital = low != raw
                if not low.isascii():
                    low = low.replace("’", "'").replace("\u00ad", "").replace("\u2010", "-").replace("\u2011", "-")
                if low.endswith("'s") and len(low) > 2:
                    yield start, stop - 2, self._form(raw[:-2], low[:-2], "word", raw[:-2] != raw[:-2].lower())
                    yield stop - 2, stop, self._form(raw[-2:], "'s", "possessive")
                else:
                    yield start, stop, self._form(raw, low, "word", capital)
            elif raw in _APOSTROPHES and before.endswith("s"):
                yield start, stop, self._form(raw, "'", "possessive")  # "the doctors' union"
            else:
                low = '"' if kind == "entity" or raw in _QUOTES else low
                yield start, stop, self._form(raw, low, "number" if kind == "number" else "mark")
            before = low

    def _form(self, text: str, low: str, kind: str, capital: bool = False) -> Form:
        low = sys.intern(low)
        lexicon, people = self.language.lexicon, self.language.people
        opens = frozenset((*lexicon.longer.get(low, ()), *people.longer.get(low, ())))
        counts = kind == "number" or self.language.numbers.may_begin(low)
        known = kind != "word" or counts or low in lexicon.by_first
        plain = None if known else roles_alone(low, capital, self.language)
        return Form(text, low, kind, capital, lexicon.alone.get(low), people.alone.get(low), opens, counts, plain)


class Cutter:
    """Cuts sentences into words, with what one language knows of each."""

    def __init__(self, language: Language) -> None:
        self.lexicon, self.people = language.lexicon, language.people
        self.pieces = _Pieces(language)

    def cut(self, sentence: Sentence) -> Words:
        """The words of a sentence; offsets are those of the field."""
        text = sentence.text
        parts = text.split() if text.isascii() or _JOINING.isdisjoint(text) else _PIECE.findall(text)
        pieces = list(map(self.pieces.__getitem__, parts))
        forms = list(chain.from_iterable([piece.forms for piece in pieces]))
        edges = list(accumulate(chain.from_iterable([piece.steps for piece in pieces]), initial=sentence.start - 1))
        if edges[-1] != sentence.end:
            edges = _placed(sentence, parts, pieces)
        if not forms:
            return NO_WORDS
        texts, lows, kinds, capitals, alone, people_alone, opens, counts, plain = zip(*forms, strict=True)
        lexicon, people = list(alone), list(people_alone)
        for index in compress(range(len(lows) - 1), opens):
            if lows[index + 1] in opens[index]:
                lexicon[index] = self.lexicon.at(lows, index)
                people[index] = self.people.at(lows, index)
        return Words(edges[1::2], edges[2::2], texts, lows, kinds, capitals, lexicon, people, counts, plain)


def _placed(sentence: Sentence, parts: Sequence[str], pieces: Sequence[_Piece]) -> list[int]:
    """Where the words begin and end where more than one blank stands between two pieces."""
    edges, end = [sentence.start - 1], 0
    for part, piece in zip(parts, pieces, strict=True):
        begin = sentence.text.index(part, end)
        end = begin + len(part)
        steps = accumulate(piece.steps, initial=sentence.start + begin - 1)
        edges += list(steps)[1:]
    return edges
