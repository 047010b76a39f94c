"""A table of phrases that finds the longest one at a place in a row of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Meaning]):
    """Phrases by their first word, the longest first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], Meaning], ...]]

    def at(self, words: Sequence[str], index: int) -> tuple[int, Meaning] | None:
        """How many words the longest phrase beginning at `index` has, and what it means; None where none begins."""
        group = self.by_first.get(words[index])
        if group is None:
            return None
        for phrase, meaning in group:
            size = len(phrase)
            if size == 1 or tuple(words[index : index + size]) == phrase:
                return size, meaning
        return None

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, int, Meaning]]:
        """The phrases in a row of words from left to right, none inside another: index, size and meaning of each."""
        behind = 0
        for index in self.starts(words):
            hit = self.at(words, index) if index >= behind else None
            if hit is not None:
                yield index, *hit
                behind = index + hit[0]

    def starts(self, words: Sequence[str]) -> list[int]:
        """The indices of the words with which a phrase may begin: a look that spares most of the work."""
        return [index for index, word in enumerate(words) if word in self.by_first]

    def occur_in(self, words: Sequence[str]) -> bool:
        """Whether any of the phrases stands in a row of words."""
        return any(True for _ in self.hits(words))

    def __contains__(self, word: str) -> bool:
        return any(len(phrase) == 1 for phrase, _ in self.by_first.get(word, ()))


def phrase_table(entries: Iterable[tuple[str, Meaning]]) -> Phrases[Meaning]:
    """A table from (phrase, meaning); where a phrase comes twice, the first meaning stays."""
    found: dict[tuple[str, ...], Meaning] = {}
    for text, meaning in entries:
        found.setdefault(words_of(text), meaning)
    grouped: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for words, meaning in found.items():
        grouped.setdefault(words[0], []).append((words, meaning))
    return Phrases({first: tuple(sorted(group, key=lambda g: -len(g[0]))) for first, group in grouped.items()})


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase as the tokenizer cuts them: a possessive ending stands alone."""
    words: list[str] = []
    for word in text.lower().replace("’", "'").split():
        if word.endswith("'s") and len(word) > 2:
            words += [word[:-2], "'s"]
        elif word.endswith("s'") and len(word) > 2:
            words += [word[:-1], "'"]
        elif word.endswith(",") and len(word) > 1:
            words += [word[:-1], ","]
        else:
            words.append(word)
    return tuple(words)
