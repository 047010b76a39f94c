"""Which paragraph and which news item each sentence of a text belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.extraction.text.sentences import Sentence

# What opens an item of its own at the head of a line: a bullet, a heading, the dateline of another story.
_OPENS_ITEM = re.compile(
    r"(?:[*•·▪●‣–—-]|#{1,6})\s"
    r"|[A-Z][A-Z'’.-]{2,}(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]+){0,4}\s{0,2}(?:\([^()\n]{2,40}\)\s{0,2})?(?:--|—|–|-\s)"
)


class Position(NamedTuple):
    """Where a sentence stands: its number in the text, that of its paragraph, and that of its bullet or news item."""

    sentence: int
    paragraph: int
    item: int


START = Position(0, 0, 0)


def positions(text: str, sentences: Iterable[Sentence]) -> Iterator[Position]:
    """The position of each sentence of a text. A line ends a paragraph; a bullet or a heading begins an item."""
    at, end = START, 0
    for number, sentence in enumerate(sentences):
        begins_line = end < sentence.start and "\n" in text[end : sentence.start]
        if number and begins_line:
            item = at.item + (_OPENS_ITEM.match(sentence.text) is not None)
            at = Position(number, at.paragraph + 1, item)
        else:
            at = Position(number, at.paragraph, at.item)
        end = sentence.end
        yield at
