"""Explanations: which numbers a sentence holds, which rule matched each, and why the others gave no figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extraction.choice.candidates import told
from tracker.extraction.passage import Choices, Passage
from tracker.knowledge.language import COUNTED
from tracker.model import Figure

NO_PEOPLE = "it counts no people"
NO_RULE = "no rule joins it to a word of harm"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One number and the decision on it: the figure with the rule that matched, or the reason why there is none."""

    words: str
    rule: str
    figure: Figure | None
    reason: str
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence, its tagged items, and a verdict on each number in it, in order.

    `tags` are pairs of words and roles. It is empty if the sentence has no word of harm, as it was not analysed.
    """

    field: str
    sentence: str
    tags: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]


def explained(passage: Passage) -> Explained:
    """The explanation of one sentence."""
    reading, context = passage.reading, passage.reading.context
    tags = tuple((context.words(item.first, item.stop), "|".join(sorted(item.roles))) for item in reading.items)
    verdicts = sorted((*_taken(passage), *_left(passage)), key=lambda pair: pair[0])
    return Explained(passage.field, reading.sentence.text, tags, tuple(verdict for _, verdict in verdicts))


def _taken(passage: Passage) -> Iterator[tuple[int, Verdict]]:
    for figure, considered in passage.candidates:
        choices = tuple(_choices(considered.choices)) if considered.choices is not None else ()
        verdict = Verdict(considered.words, considered.rule, figure, considered.dropped or "", choices)
        yield considered.start, verdict


def _choices(choices: Choices) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each question that had candidates, with them in words."""
    for question, lines in (("who", told(choices.who)), ("when", told(choices.when)), ("where", told(choices.where))):
        found = tuple(lines)
        if found:
            yield question, found


def _left(passage: Passage) -> Iterator[tuple[int, Verdict]]:
    """The numbers that no rule matched."""
    reading, context = passage.reading, passage.reading.context
    taken = {mention.item for mention in reading.mentions}
    for at, item in enumerate(reading.items):
        if at in taken or not item.roles & {*COUNTED, "other.thing"}:
            continue
        reason = NO_PEOPLE if item.counted is None else NO_RULE
        yield context.tokens.starts[item.first], Verdict(context.words(item.first, item.stop), "", None, reason)
