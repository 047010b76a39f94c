"""One person whom a word of harm before the noun tells of: "a wounded girl was pulled from the rubble"."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.extraction.counts.noun_phrases import Noun, NounReader
from tracker.extraction.text.tags import Quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.lexicon import ED
from tracker.model import Outcome

_TELLING = frozenset({ED, "harm.done"})


def tells_of_harm(tokens: Tokens, at: int) -> bool:
    """Whether the word at `at` may tell, before a noun, that somebody was hurt."""
    found = tokens.lexicon[at] if at < len(tokens.lows) else None
    if found is None or found[0] != 1 or found[1].outcome is not Outcome.INJURED:
        return False
    return not _TELLING.isdisjoint(found[1].roles)


def described(
    tokens: Tokens, quantity: Quantity, start: int, dated: Mapping[int, int], nouns: NounReader
) -> Noun | None:
    """The noun behind an article and such a word at `start`, with the harm as its unit; None if there is none."""
    if quantity.kind != "article" or nouns.head_first or not tells_of_harm(tokens, start):
        return None
    noun = nouns.at(tokens, start + 1, dated)
    if not noun.people or noun.span is None or noun.unit is not None:
        return None
    return noun._replace(span=(start, noun.span[1]), unit=Outcome.INJURED)
