"""Where the phrases of a list may begin in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.knowledge.phrases import Phrases


class PhraseStarts:
    """Finds where phrases may begin in a sentence, by the longest word of each, which is probably its rarest."""

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        before: dict[str, set[int]] = {}
        for phrase in phrases:
            rarest = max(phrase, key=len)
            before.setdefault(rarest, set()).add(phrase.index(rarest))
        self.before = {word: tuple(counts) for word, counts in before.items()}  # words of a phrase before it
        self.rarest = frozenset(before)

    def __call__(self, lows: Sequence[str]) -> list[int]:
        """The indices, in order."""
        rarest = self.rarest
        if rarest.isdisjoint(lows):
            return []
        found = [(at, self.before[low]) for at, low in enumerate(lows) if low in rarest]
        return sorted({at - before for at, counts in found for before in counts if before <= at})


def phrases_of(table: Phrases[str]) -> list[tuple[str, ...]]:
    """The phrases of a table."""
    return [phrase for group in table.by_first.values() for phrase, _ in group]
