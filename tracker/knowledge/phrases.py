"""A phrase table: it finds the longest phrase at an index of a sequence of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Meaning]):
    """Phrases by their first word, the longest first."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
    alone: dict[str, tuple[int, Meaning]] = field(init=False)
    """The results of `at` for phrases of one word."""
    longer: dict[str, dict[str, tuple[tuple[tuple[str, ...], tuple[int, Meaning]], ...]]] = field(init=False)
    """The other phrases and their results of `at`, by their first and second words."""

    def __post_init__(self) -> None:
        alone: dict[str, tuple[int, Meaning]] = {}
        longer: dict[str, dict[str, tuple[tuple[tuple[str, ...], tuple[int, Meaning]], ...]]] = {}
        for first, group in self.by_first.items():
            for phrase, meaning in group:
                if len(phrase) == 1:
                    alone[first] = (1, meaning)
                else:
                    seconds = longer.setdefault(first, {})
                    seconds[phrase[1]] = (*seconds.get(phrase[1], ()), (phrase, (len(phrase), meaning)))
        object.__setattr__(self, "alone", alone)
        object.__setattr__(self, "longer", longer)

    def at(self, words: Sequence[str], index: int) -> tuple[int, Meaning] | None:
        """The length and meaning of the longest phrase that begins at `index`; None if there is none."""
        word = words[index]
        if word not in self.by_first:
            return None
        seconds = self.longer.get(word)
        if seconds is not None and index + 1 < len(words):
            for phrase, hit in seconds.get(words[index + 1], ()):
                if len(phrase) == 2 or tuple(words[index : index + len(phrase)]) == phrase:
                    return hit
        return self.alone.get(word)

    def hits(self, words: Sequence[str]) -> Iterator[tuple[int, int, Meaning]]:
        """The index, length and meaning of each phrase in a sequence of words, from left to right without overlap."""
        end = 0
        for index in self.starts(words):
            if index < end:
                continue
            word = words[index]
            hit = self.at(words, index) if word in self.longer else self.alone[word]
            if hit is not None:
                yield index, *hit
                end = index + hit[0]

    def starts(self, words: Sequence[str]) -> list[int]:
        """The indices of words that may begin a phrase. This cheap check avoids most of the work."""
        return [index for index, word in enumerate(words) if word in self.by_first]

    def occur_in(self, words: Sequence[str]) -> bool:
        """Whether any of the phrases occurs in a sequence of words."""
        return any(self.at(words, index) is not None for index in self.starts(words))

    def __contains__(self, word: str) -> bool:
        return word in self.alone


def phrase_table(entries: Iterable[tuple[str, Meaning]]) -> Phrases[Meaning]:
    """A table from (phrase, meaning). If a phrase comes twice, its first meaning is kept."""
    grouped: dict[str, dict[tuple[str, ...], Meaning]] = {}
    for text, meaning in entries:
        words = (text.lower(),) if text.isascii() and text.isalpha() else words_of(text)  # most are one word
        if words[0] in grouped:
            grouped[words[0]].setdefault(words, meaning)
        else:
            grouped[words[0]] = {words: meaning}
    return Phrases(
        {first: tuple(group.items()) if len(group) == 1 else _longest_first(group) for first, group in grouped.items()}
    )


def signs_of(*tables: Phrases[Any]) -> frozenset[str]:
    """The longest word of each phrase, which is probably its rarest: words without any of these hold no phrase."""
    groups = (group for table in tables for group in table.by_first.values())
    return frozenset(max(phrase, key=len) for group in groups for phrase, _ in group)


def _longest_first(group: Mapping[tuple[str, ...], Meaning]) -> tuple[tuple[tuple[str, ...], Meaning], ...]:
    """The phrases that begin with one word."""
    return tuple(sorted(group.items(), key=lambda one: -len(one[0])))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, split as the tokenizer does: a possessive ending is a word."""
    low = text.lower().replace("’", "'")
    if "'" not in low and "," not in low:
        return tuple(low.split())
    words: list[str] = []
    for word in low.split():
        if word.endswith("'s") and len(word) > 2:
            words += [word[:-2], "'s"]
        elif word.endswith("s'") and len(word) > 2:
            words += [word[:-1], "'"]
        elif word.endswith(",") and len(word) > 1:
            words += [word[:-1], ","]
        else:
            words.append(word)
    return tuple(words)
