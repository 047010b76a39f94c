"""A noun behind two words that tell of it: "dozens of Hamas and Islamic Jihad members", "two small and poor towns"."""

from __future__ import annotations

from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import VictimGroup

LONGEST_NAMES = 4  # tokens of the second of two names and its head: "and Islamic Jihad members"
Head = tuple[int, VictimGroup, bool | None]
"""Where the noun ends, its group, and whether it names people."""


class TwoWords:
    """Finds it in one language."""

    def __init__(self, language: Language) -> None:
        self.plural = "" if language.head_first else language.plural

    def head(self, tokens: Tokens, stop: int) -> Head | None:
        """The noun, if the first of two words ends at `stop`; None if there is none."""
        if stop >= len(tokens.lows) or "and" not in tokens.roles(stop):
            return None
        return _of_two_names(tokens, stop) or (self._of_two_adjectives(tokens, stop) if self.plural else None)

    def _of_two_adjectives(self, tokens: Tokens, stop: int) -> Head | None:
        """The plural that two unknown words describe: "various small and medium-sized towns"."""
        second, head = stop + 1, stop + 2
        if head >= len(tokens.lows) or tokens.lexicon[second] is not None or tokens.people[second] is not None:
            return None
        if tokens.counts[second] is not None or tokens.counts[head] is not None:
            return None
        alike = tokens.capitals[stop - 1] == tokens.capitals[second] == tokens.capitals[head]
        words = tokens.kinds[second] == tokens.kinds[head] == "word"
        plurals = [tokens.lows[at].endswith(self.plural) for at in (stop - 1, second, head)]
        if not (alike and words) or plurals != [False, False, True]:
            return None
        person = tokens.people[head]
        return (head + 1, VictimGroup.UNSPECIFIED, False) if person is None else (head + 1, person[1], True)


def _of_two_names(tokens: Tokens, stop: int) -> Head | None:
    """The word for people that tells who both names are, if the first ends at `stop`."""
    if not tokens.capitals[stop - 1] or tokens.capitals[stop]:
        return None  # a text in capitals
    for at in range(stop + 1, min(stop + 1 + LONGEST_NAMES, len(tokens.lows))):
        person = tokens.people[at]
        if person is not None and at > stop + 1:
            return at + person[0], person[1], True
        if not tokens.capitals[at] or tokens.counts[at] is not None:
            return None
    return None
