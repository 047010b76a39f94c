"""Why a sentence gives the figures it gives: what was counted, which rule took it, and why the rest was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extraction.extract import Passage
from tracker.knowledge.language import COUNTED
from tracker.model import Figure

NO_PEOPLE = "it counts no people"
NO_RULE = "no rule joins it to a word of harm"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One number and what became of it: the figure with the rule that took it, or the reason it is none."""

    words: str
    rule: str
    figure: Figure | None
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence, the tokens of tags that the patterns ran over, and a verdict on each number in it, in order.

    `tags` are pairs of words and their roles; () where the sentence has no word of harm and was not looked at.
    """

    field: str
    sentence: str
    tags: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]


def explained(passage: Passage) -> Explained:
    """What there is to say about one sentence."""
    reading, context = passage.reading, passage.reading.context
    tags = tuple((context.words(item.first, item.stop), "|".join(sorted(item.roles))) for item in reading.items)
    verdicts = sorted((*_taken(passage), *_left(passage)), key=lambda pair: pair[0])
    return Explained(passage.field, reading.sentence.text, tags, tuple(verdict for _, verdict in verdicts))


def _taken(passage: Passage) -> Iterator[tuple[int, Verdict]]:
    for figure, considered in passage.candidates:
        yield considered.start, Verdict(considered.words, considered.rule, figure, considered.dropped or "")


def _left(passage: Passage) -> Iterator[tuple[int, Verdict]]:
    """The numbers that no rule took."""
    reading, context = passage.reading, passage.reading.context
    taken = {mention.item for mention in reading.mentions}
    for at, item in enumerate(reading.items):
        if at in taken or not item.roles & {*COUNTED, "other.thing"}:
            continue
        reason = NO_PEOPLE if item.counted is None else NO_RULE
        yield context.tokens.starts[item.first], Verdict(context.words(item.first, item.stop), "", None, reason)
