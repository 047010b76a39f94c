"""Text into sentences. Offsets are code points of the article's field and never change."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A sentence of hostile length is cut here, so that no later step sees more than this many characters at once.
LONGEST_SENTENCE = 2000

# A headline is looked for by this many of its first characters, among this many of the text's.
HEADLINE_OPENING = 24
HEADLINE_REACH = 200
LONGEST_ABBREVIATION = 40

# They begin with a class of characters, which `re` looks for faster than for one of several beginnings.
_ENDS = r"[.!?\n](?:(?<!\n)[.!?]*[\"'”’)\]]*(?=\s)|(?<=\n)(?:[ \t\r]{0,20}\n|(?=[ \t]{0,20}[-*•·–]\s)%s))"
_END = re.compile(_ENDS % "")
_LINE_END = re.compile(_ENDS % r"|(?=[ \t]{0,20}\S)")
_CLOSED = re.compile(r"[.!?:][\"'”’)\]]*\s*\Z")
_WORD_BEFORE = re.compile(r"[^\s(\"'“‘\[]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a field: its text and the offset of its first character in the field."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just after the last character, in the field."""
        return self.start + len(self.text)


def sentences(text: str, abbreviations: frozenset[str], headline: str = "", begin: int = 0) -> list[Sentence]:
    """The sentences of `text` from `begin` on, without surrounding white space; `abbreviations` do not end one.

    Where the text repeats its `headline` at its head, that is a sentence of its own, though no mark ends it.
    """
    out: list[Sentence] = []
    for cut in _repeated(text, headline):
        _cut(out, text, begin, cut)
        begin = max(begin, cut)
    for match in (_LINE_END if _lines_are_sentences(text) else _END).finditer(text, begin):
        at, end = match.span()
        if text[at] != "." or _ends_here(text, at, end, abbreviations):
            _cut(out, text, begin, end)
            begin = end
    _cut(out, text, begin, len(text))
    return out


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


def _ends_here(text: str, at: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop at `at` ends a sentence, and no abbreviation or initial."""
    before = text[max(0, at - LONGEST_ABBREVIATION) : at].split()
    word = before[-1].lower() if before and not text[at - 1].isspace() else ""
    if not word.isalnum() and (bare := _WORD_BEFORE.search(word)) is not None:
        word = bare.group()
    if word in abbreviations or (len(word) == 1 and word.isalpha()):
        return False
    return not text[end : end + 3].lstrip()[:1].islower()


def _cut(out: list[Sentence], text: str, begin: int, end: int) -> None:
    """Adds the sentences between two places: one, unless it is of a hostile length."""
    while begin < end:
        stop = end
        if end - begin > LONGEST_SENTENCE:
            blank = text.rfind(" ", begin, begin + LONGEST_SENTENCE)
            stop = blank if blank > begin else begin + LONGEST_SENTENCE
        piece = text[begin:stop].lstrip()
        bare = piece.rstrip()
        if bare:
            out.append(Sentence(bare, stop - len(piece)))
        begin = stop
