"""Numbers of nobody who was harmed: "if we lose 1,000 men", "that would be 40,000 killed", "most of the 170 died"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import UNIT_RULE, Mention
from tracker.knowledge.language import Language
from tracker.knowledge.phrases import Phrases, signs_of

REACH = 20  # tokens between "if" and what its clause counts
COMPARED = 14  # tokens between "would be" and a number that is only compared
OWNED = 6  # tokens between "most of" and the number: "most of the agency's 13,000 employees"
_VERBS = frozenset({"be", "have"})
_QUOTES = frozenset({'"', "“", "”", "‘", "’", "'", ".", "$", "£", "€"})


class UnrealReader:
    """Tells such numbers with the lists of one language."""

    def __init__(self, language: Language) -> None:
        section = language.context
        self.supposing, self.ends = frozenset(section.lists["supposing"]), frozenset(section.lists["ends"])
        self.joining, self.possessives = frozenset(section.lists["joining"]), frozenset(section.lists["possessives"])
        self.likened, self.most = (section.tables[name] for name in ("likened", "most_of"))
        self.comparing, self.parts = signs_of(self.likened), signs_of(self.most)
        self.words = self.supposing | self.comparing | self.parts

    def reason(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> str | None:
        """Why a number counts nobody who was harmed; None if nothing says so."""
        if self.words.isdisjoint(lows):
            return None
        figure, harm = items[mention.item], items[mention.harm]
        begin = min(figure.first, harm.first)
        if not self.supposing.isdisjoint(lows) and self._is_supposed(lows, begin):
            return "only supposed"
        if not self.comparing.isdisjoint(lows) and _behind(self.likened, lows, begin, self.ends - self.joining):
            return "only compared"
        if not self.parts.isdisjoint(lows) and mention.rule != UNIT_RULE and self._is_part(items, lows, mention):
            return "a whole of which a part was harmed"
        return None

    def _is_supposed(self, lows: Sequence[str], begin: int) -> bool:
        """Whether the clause of the number begins with "if" or "whoever"."""
        for at in range(begin - 1, max(-1, begin - 1 - REACH), -1):
            if lows[at] in self.supposing:
                return at == 0 or not lows[at - 1].isalnum()
            if _is_break(lows[at]):
                return False
        return False

    def _is_part(self, items: Sequence[Item], lows: Sequence[str], mention: Mention) -> bool:
        """Whether a part of the whole that the number counts came to harm: "most of the 170 passengers died"."""
        figure, harm = items[mention.item], items[mention.harm]
        if mention.harm <= mention.item:
            return False
        between = items[mention.item + 1 : mention.harm]
        if any("relative" in item.roles for item in between):
            return False  # "some of the 12 people who died were children"
        if "harm.die" not in harm.roles and not any(item.roles & _VERBS for item in between):
            return False
        for at in range(figure.first - 2, max(-1, figure.first - 2 - OWNED), -1):
            size = (self.most.at(lows, at) or (0, ""))[0]
            if size:
                rest = figure.first - at - size
                return rest <= 1 or lows[figure.first - 1] in self.possessives
        return False


def _behind(phrases: Phrases[str], lows: Sequence[str], begin: int, ends: frozenset[str]) -> bool:
    """Whether one of these phrases stands before a token in its clause."""
    for at in range(begin - 1, max(-1, begin - 1 - COMPARED), -1):
        if lows[at] in ends or _is_break(lows[at]):
            return False
        if phrases.at(lows, at) is not None:
            return True
    return False


def _is_break(low: str) -> bool:
    """Whether a mark parts two clauses; quotation marks and what belongs to a word do not."""
    return not any(map(str.isalnum, low)) and low not in _QUOTES
