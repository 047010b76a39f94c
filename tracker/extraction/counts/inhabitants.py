"""Kinds of people that patterns tell apart: lives, those who live somewhere, and peoples."""

from __future__ import annotations

from collections.abc import Collection

from tracker.extraction.counts.noun_phrases import Noun
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import FOLK, LIVES, NATION, Language


class Inhabitants:
    """Tells such kinds with the lists of one language and the names of peoples."""

    def __init__(self, language: Language, peoples: Collection[str]) -> None:
        lists = language.context.lists
        self.folk, self.nations = frozenset(lists["inhabitants"]), frozenset({*peoples, *lists["stateless"]})

    def roles(self, tokens: Tokens, noun: Noun) -> frozenset[str] | None:
        """The roles of a counted phrase with this noun; None if it is of no such kind."""
        if not noun.people or noun.span is None:
            return None
        last = noun.span[1] - 1
        if "lives" in tokens.roles(last):
            return LIVES
        if tokens.lows[last] in self.nations:
            return NATION
        return FOLK if tokens.lows[last] in self.folk else None
