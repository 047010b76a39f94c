"""Text into sentences and sentences into tokens. Offsets are code points of the article's field and never change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

# A sentence of hostile length is cut here, so that no later step sees more than this many characters at once.
LONGEST_SENTENCE = 2000

# A headline is looked for by this many of its first characters, among this many of the text's.
HEADLINE_OPENING = 24
HEADLINE_REACH = 200

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|\n[ \t\r]{0,20}\n|\n(?=[ \t]{0,20}[-*•·–]\s)")
_LINE_END = re.compile(_END.pattern + r"|\n(?=[ \t]{0,20}\S)")
_CLOSED = re.compile(r"[.!?:][\"'”’)\]]*\s*\Z")
_WORD_BEFORE = re.compile(r"[^\s(\"'“‘\[]+\Z")

_QUOTES = frozenset("'’“”„«»")

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[,\u00a0\u2009\u202f'’]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:\u00ad|['’\-\u2010\u2011](?=[^\W\d_])|\.(?=[^\W\d_]\.)|[^\W\d_])*)"
    r"|(?P<entity>\#\d{1,4};|&?\b(?:quot|amp|apos|nbsp);)"
    r"|(?P<mark>[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a field: its text and the offset of its first character in the field."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just after the last character, in the field."""
        return self.start + len(self.text)


class Token(NamedTuple):
    """A number, a word or a mark. `low` is its lower-case form with straight apostrophes and no soft hyphens.

    `capital`: it is written with a capital letter, as names are: "Idlib", "al-Barazi".
    """

    start: int
    end: int
    text: str
    low: str
    kind: str
    capital: bool


# A token is made for every word of an article: this is the quickest way.
_make: Callable[[tuple[int, int, str, str, str, bool]], Token] = partial(tuple.__new__, Token)


def sentences(text: str, abbreviations: frozenset[str], headline: str = "", begin: int = 0) -> Iterator[Sentence]:
    """The sentences of `text` from `begin` on, without surrounding white space; `abbreviations` do not end one.

    Where the text repeats its `headline` at its head, that is a sentence of its own, though no mark ends it.
    """
    for cut in _repeated(text, headline):
        yield from _cut(text, begin, cut)
        begin = max(begin, cut)
    for match in (_LINE_END if _lines_are_sentences(text) else _END).finditer(text, begin):
        if _ends_here(text, match, abbreviations):
            yield from _cut(text, begin, match.end())
            begin = match.end()
    yield from _cut(text, begin, len(text))


def _lines_are_sentences(text: str) -> bool:
    """Whether lines end where sentences do, and are not cut at a width: more than half of them end with a mark."""
    lines = [line for line in text.split("\n")[:-1] if line.strip()]
    closed = sum(bool(_CLOSED.search(line[-12:])) for line in lines)
    return len(lines) > 1 and closed * 2 > len(lines)


def _repeated(text: str, headline: str) -> tuple[int, ...]:
    """Where a headline repeated within the first characters of the text begins and ends, or nothing."""
    opening = headline[:HEADLINE_OPENING]
    begin = text.find(opening, 0, HEADLINE_REACH) if len(opening) == HEADLINE_OPENING else -1
    if begin < 0:
        return ()
    same = 0
    while same < len(headline) and begin + same < len(text) and headline[same] == text[begin + same]:
        same += 1
    if same * 3 < len(headline) * 2:
        return ()
    end = begin + same
    while end > begin and end < len(text) and not text[end].isspace() and text[end] not in ".":
        end -= 1
    return (begin, end)


def _ends_here(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    if not match.group().startswith("."):
        return True
    window = text[max(0, match.start() - 40) : match.start()]
    before = _WORD_BEFORE.search(window)
    word = before.group().lower() if before else ""
    if word in abbreviations or (len(word) == 1 and word.isalpha()):
        return False
    after = text[match.end() : match.end() + 3].lstrip()
    return not after[:1].islower()


def _cut(text: str, begin: int, end: int) -> Iterator[Sentence]:
    while begin < end:
        stop = end
        if end - begin > LONGEST_SENTENCE:
            blank = text.rfind(" ", begin, begin + LONGEST_SENTENCE)
            stop = blank if blank > begin else begin + LONGEST_SENTENCE
        piece = text[begin:stop]
        bare = piece.strip()
        if bare:
            yield Sentence(bare, begin + piece.index(bare))
        begin = stop


def tokens(sentence: Sentence) -> list[Token]:
    """The tokens of a sentence; offsets are those of the field."""
    out: list[Token] = []
    base = sentence.start
    for match in _TOKEN.finditer(sentence.text):
        raw, kind = match.group(), match.lastgroup or "mark"
        begin, end = match.span()
        start, low = base + begin, raw.lower()
        capital = low != raw
        if kind == "word":
            if not low.isascii():
                low = low.replace("’", "'").replace("\u00ad", "").replace("\u2010", "-").replace("\u2011", "-")
            if low.endswith("'s") and len(low) > 2:
                _split_possessive(out, start, raw, low)
                continue
        elif kind == "entity":
            kind, low = "mark", '"'
        elif raw in _QUOTES:
            if raw in "'’" and out and out[-1].end == start and out[-1].low.endswith("s"):
                kind, low = "possessive", "'"  # "the doctors' union"
            elif raw not in "'’":
                low = '"'
        out.append(_make((start, base + end, raw, low, kind, capital)))
    return out


def _split_possessive(out: list[Token], start: int, raw: str, low: str) -> None:
    cut = start + len(raw) - 2
    out.append(Token(start, cut, raw[:-2], low[:-2], "word", raw != low))
    out.append(Token(cut, start + len(raw), raw[-2:], "'s", "possessive", False))
