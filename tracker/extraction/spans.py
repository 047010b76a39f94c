"""Text into sentences. Offsets are code points of the article's field and never change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A sentence of hostile length is cut here, so that no later step sees more than this many characters at once.
LONGEST_SENTENCE = 2000

# A headline is looked for by this many of its first characters, among this many of the text's.
HEADLINE_OPENING = 24
HEADLINE_REACH = 200

_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|\n[ \t\r]{0,20}\n|\n(?=[ \t]{0,20}[-*•·–]\s)")
_LINE_END = re.compile(_END.pattern + r"|\n(?=[ \t]{0,20}\S)")
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
