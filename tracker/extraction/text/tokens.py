"""The tokenizer and its tokens: a sentence as parallel columns, one entry for each number, word and mark.

Offsets are code points of the field. Text is split at white space. Each piece between two blanks ("killed,", "Syria's")
is split further once, and then cached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count
from operator import contains
from typing import NamedTuple

from tracker.extraction.text.sentences import Sentence
from tracker.extraction.text.tags import Tag, Tags
from tracker.knowledge.language import Language, Word
from tracker.knowledge.numerals import DIGITS, Opening
from tracker.model import VictimGroup

# Marks that may stand between two numbers. Any other mark between digits makes them no number: "3¤0".
_KNOWN = r"\w\s,;:./()\[\]\"'’“”‘«»+~&#…=<>%°$€£¥₹\-\u2010-\u2015−"
_ODD = rf"(?:[^{_KNOWN}]|_)"
_WORD = (
    rf"(?P<number>\d{{1,3}}(?:[,\u00a0\u2009\u202f'’·_٬]\d{{3}})+(?!\d|{_ODD}\d)"  # "1,200", "9·100"
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)"  # "1,20,000"
    r"|\d{1,3}(?:\.\d{3})+(?![\d.])"
    r"|\d{1,3}[,·٫]\d{1,2}(?!\d|,\d)"  # "1,5 million"
    rf"|\d+(?:{_ODD}\d+)+"
    r"|\d+(?:\.\d+)?[¼-¾⅐-⅞]?|[¼-¾⅐-⅞])"
    r"|(?P<word>[^\W\d_]+(?:\u00ad|['’\-\u2010\u2011](?=[^\W\d_])|\.(?=[^\W\d_]\.)|[^\W\d_])*)"
    r"|(?P<entity>\#\d{1,4};|&\b(?:quot|amp|apos|nbsp);)"
    r"|(?P<mark>[^\w\s]|_)"
)
# Blanks that join the groups of a number: "9 100". If a text has one, pieces are split only at other blanks.
_JOINING = frozenset("\u00a0\u2009\u202f")
_PIECE = re.compile(r"(?:[^\s\u00a0\u2009\u202f]|(?<=\d)[\u00a0\u2009\u202f](?=\d{3}))+")
_QUOTES = frozenset("“”„«»")
_APOSTROPHES = frozenset("'’")
_NONE = frozenset[str]()
MANY_WORDS = 60_000  # so many are cached; an archive has more, and memory must stay bounded
SHORTEST = 4  # letters at least of a word behind which a blank is taken for lost
LONG = 64  # characters: a longer word rarely comes again

WordHit = tuple[int, Word] | None
PeopleHit = tuple[int, VictimGroup] | None


class Form(NamedTuple):
    """The properties of a spelling that do not depend on its context.

    `low`: in lower case, with straight apostrophes and no soft hyphens. `kind`: "number", "word", "possessive" or
    "mark". `capital`: it is a word with a capital letter, as names are: "Idlib", "al-Barazi". `lexicon` and `people`:
    its entry as a phrase of one word. `counts`: how a number may begin with it. `opens`: the second words of longer
    phrases and numbers that begin with it. `tag`: its tag in isolation. `needs_context`: the surrounding words may
    change the tag, even if none of `opens` follows.
    """

    text: str
    low: str
    kind: str
    capital: bool
    lexicon: WordHit
    people: PeopleHit
    opens: frozenset[str]
    counts: Opening | None
    tag: Tag
    needs_context: bool


@dataclass(slots=True)  # one is made for each sentence, and a frozen one takes four times as long
class Tokens:
    """The tokens of a sentence as columns of equal length, which are never changed. See `Form` for most of them.

    `lexicon` and `people`: the longest phrase of that table that begins with the token, as `Phrases.at` returns it.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    lows: Sequence[str]
    kinds: Sequence[str]
    capitals: Sequence[bool]
    lexicon: Sequence[WordHit]
    people: Sequence[PeopleHit]
    counts: Sequence[Opening | None]
    tags: Sequence[Tag]
    needs_context: Sequence[bool]

    def roles(self, index: int) -> frozenset[str]:
        """The roles of the phrase that begins at a token. Empty if there is no phrase or no token."""
        hit = self.lexicon[index] if index < len(self.lexicon) else None
        return hit[1].roles if hit is not None else _NONE

    def is_harm(self, index: int) -> bool:
        """Whether a word of harm begins at a token: "killed", "the dead"."""
        hit = self.lexicon[index]
        return hit is not None and hit[1].outcome is not None

    def stands_free(self, index: int) -> bool:
        """Whether a mark has blanks on both sides, so that a dash joins no words."""
        if not 0 < index < len(self.lows) - 1:
            return False
        return self.ends[index - 1] < self.starts[index] and self.ends[index] < self.starts[index + 1]


NO_TOKENS = Tokens((), (), (), (), (), (), (), (), (), (), ())


class _Piece(NamedTuple):
    """The text between two blanks: its tokens, and for each the distance from the token before and its length."""

    forms: tuple[Form, ...]
    steps: tuple[int, ...]


class _Pieces(dict[str, _Piece]):
    """A cache of pieces, with what one language knows of their words."""

    def __init__(self, language: Language, names: frozenset[str]) -> None:
        super().__init__()
        self.language = language
        spelling = language.spelling
        elided = rf"(?P<elided>{spelling.elision.pattern})|" if spelling.elision is not None else ""
        self.cuts = re.compile(elided + _WORD)
        self.possessive = spelling.possessive
        self.glued = spelling.glued
        self.following = spelling.following
        self.harms = {low for low, (_, word) in language.lexicon.alone.items() if word.outcome is not None}
        self.whole = language.known | names
        self.tags = Tags(language)
        self.forms: dict[tuple[str, str, str], Form] = {}
        self.lows: dict[str, str] = {}  # one object for each; sys.intern would keep them for ever in Python 3.12
        self.size = 0  # tokens in all pieces, long ones counted more than once: hostile pieces may have thousands

    def __missing__(self, text: str) -> _Piece:
        if self.size >= MANY_WORDS:
            self.clear()
            self.forms.clear()
            self.lows.clear()
            self.size = 0
        forms: list[Form] = []
        steps: list[int] = []
        end = -1  # the blank before it
        for start, stop, form in self._cut(text):
            forms.append(form)
            steps += (start - end, stop - start)
            end = stop
        self.size += len(forms) + len(text) // LONG
        piece = self[text] = _Piece(tuple(forms), tuple(steps))
        return piece

    def _cut(self, text: str) -> Iterator[tuple[int, int, Form]]:
        """The tokens of a piece, each with its start and end in the piece."""
        before = ""
        for match in self.cuts.finditer(text):
            raw, kind, (start, stop) = match.group(), match.lastgroup or "mark", match.span()
            low = raw.lower()
            if kind == "word":
                capital = low != raw
                if not low.isascii():
                    low = low.replace("’", "'").replace("\u00ad", "").replace("\u2010", "-").replace("\u2011", "-")
                if self.possessive and low.endswith("'s") and len(low) > 2:
                    yield start, stop - 2, self._form(raw[:-2], low[:-2], "word", raw[:-2] != raw[:-2].lower())
                    yield stop - 2, stop, self._form(raw[-2:], "'s", "possessive")
                elif self.glued.before and low not in self.whole:
                    yield from self._without_clitics(raw, start)
                elif at := self._lost_blank(raw, low):
                    yield start, start + at, self._form(raw[:at], low[:at], "word", raw[:at] != low[:at])
                    yield start + at, stop, self._form(raw[at:], low[at:], "word", raw[at:] != low[at:])
                else:
                    yield start, stop, self._form(raw, low, "word", capital)
            elif kind == "elided":
                yield start, stop, self._form(raw, low.replace("’", "'"), "word")
            elif self.possessive and raw in _APOSTROPHES and before.endswith("s"):
                yield start, stop, self._form(raw, "'", "possessive")  # "the doctors' union"
            else:
                low = '"' if kind == "entity" or raw in _QUOTES else low
                yield start, stop, self._form(raw, low, "number" if kind == "number" else "mark")
            before = low

    def _without_clitics(self, raw: str, start: int) -> Iterator[tuple[int, int, Form]]:
        """A word that no list has, without the words glued to it, if a list has what is left."""
        at = 0
        for size, low in self.glued.cut(raw.lower(), self.whole):
            yield start + at, start + at + size, self._form(raw[at : at + size], low, "word")
            at += size

    def _lost_blank(self, raw: str, low: str) -> int:
        """Where the blank behind a word of harm or for people was lost, 0 if none was: "killedand", "killedOver"."""
        lexicon, people = self.language.lexicon.alone, self.language.people
        if len(raw) <= SHORTEST or low in lexicon or low in people:
            return 0
        ends = [len(low) - len(word) for word in self.following if low.endswith(word)]
        if raw[0].islower():
            ends += [at for at in range(1, len(raw)) if raw[at].isupper()][:1]
        heads = ((at, low[:at]) for at in ends if at >= SHORTEST)
        return next((at for at, word in heads if word in people or word in self.harms), 0)

    def _form(self, text: str, low: str, kind: str, capital: bool = False) -> Form:
        """The form of a spelling, shared by all pieces that contain it."""
        form = self.forms.get((text, low, kind))
        if form is None:
            low = self.lows.setdefault(low, low)
            form = self.forms[text, low, kind] = self._known(low if low == text else text, low, kind, capital)
        return form

    def _known(self, text: str, low: str, kind: str, capital: bool) -> Form:
        lexicon, people = self.language.lexicon, self.language.people
        counts = self.language.numbers.opening(low) or (DIGITS if kind == "number" else None)
        seconds = counts.seconds if counts is not None else _NONE
        opens = _NONE.union(lexicon.longer.get(low, ()), people.longer.get(low, ()), seconds) or _NONE
        tag = self.tags.of(low, kind, capital)
        needs_context = tag.ambiguous or (counts is not None and (counts.alone or counts.before))
        return Form(
            text, low, kind, capital, lexicon.alone.get(low), people.alone.get(low), opens, counts, tag, needs_context
        )


class Tokenizer:
    """Splits sentences into tokens, each with what one language knows of it.

    `names`: words of names, from which a language cuts no proclitics, as it cuts none from the words of its lists.
    """

    def __init__(self, language: Language, names: frozenset[str] = frozenset()) -> None:
        self.lexicon, self.people = language.lexicon, language.people
        self.pieces = _Pieces(language, names)

    def cut(self, sentence: Sentence) -> Tokens:
        """The tokens of a sentence. Offsets are those of the field."""
        text = sentence.text
        parts = text.split() if text.isascii() or _JOINING.isdisjoint(text) else _PIECE.findall(text)
        if not parts:
            return NO_TOKENS
        forms, steps = zip(*map(self.pieces.__getitem__, parts), strict=False)
        edges = list(accumulate(chain.from_iterable(steps), initial=sentence.start - 1))
        if len(edges) == 1:
            return NO_TOKENS
        if edges[-1] != sentence.start + len(text):
            edges = _placed(sentence, parts, steps)
        columns = zip(*chain.from_iterable(forms), strict=False)
        texts, lows, kinds, capitals, alone, people_alone, opens, counts, tags, needs_context = columns
        tokens = Tokens(
            edges[1::2], edges[2::2], texts, lows, kinds, capitals, alone, people_alone, counts, tags, needs_context
        )
        longer = list(compress(count(), map(contains, opens, lows[1:])))
        if longer:
            self._lengthen(tokens, longer)
        return tokens

    def _lengthen(self, tokens: Tokens, longer: Sequence[int]) -> None:
        """Sets the phrases of more than one word that may begin at the indices `longer`."""
        lows, lexicon, people, needs_context = (
            tokens.lows,
            list(tokens.lexicon),
            list(tokens.people),
            list(tokens.needs_context),
        )
        for index in longer:
            if lows[index] in self.lexicon.longer:
                lexicon[index] = self.lexicon.at(lows, index)
            if lows[index] in self.people.longer:
                people[index] = self.people.at(lows, index)
            needs_context[index] = True
        tokens.lexicon, tokens.people, tokens.needs_context = lexicon, people, needs_context


def _placed(sentence: Sentence, parts: Sequence[str], steps: Sequence[tuple[int, ...]]) -> list[int]:
    """The starts and ends of the tokens if more than one blank separates two pieces."""
    spread: list[int] = []
    end = -1
    for part, inside in zip(parts, steps, strict=True):
        begin = sentence.text.index(part, end + 1)
        spread.append(begin - end)
        spread += inside[1:]
        end = begin + len(part)
    return list(accumulate(spread, initial=sentence.start - 1))
