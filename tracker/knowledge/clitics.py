"""Clitics: words that a language writes as one with the next word (proclitics) or with the word before (enclitics)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

MOST = 4  # proclitics that one word may have
SHORTEST = 2  # letters of what clitics are cut from
Pieces = tuple[tuple[int, str], ...]  # the length of each part of a word in the text, and how the lists spell it


@dataclass(frozen=True, slots=True)
class Clitics:
    """The clitics of a language, the longest first. They are cut off only where the lists know what is left.

    `contracted`: two proclitics that are spelled in another way together, with the spelling of each: "لل" is ل and ال.
    `last`: proclitics behind which no other one stands: "السلام" is no ال and س.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    contracted: Mapping[str, tuple[str, ...]] | None = None
    last: frozenset[str] = frozenset()

    def cut(self, word: str, known: Container[str]) -> Pieces:
        """The parts of a word in lower case; the word alone if it is known or if nothing of it is.

        >>> Clitics(("و", "ب"), ("هم",)).cut("وبقتلهم", {"قتل"})
        ((1, 'و'), (1, 'ب'), (3, 'قتل'), (2, 'هم'))
        """
        heads = list(self._heads(word))
        for at, head in heads:
            if word[at:] in known and (not head or len(word) - at >= SHORTEST):
                return (*head, (len(word) - at, word[at:]))
        for at, head in heads:
            stem = next((one for one in self._stems(word[at:]) if one in known), None)
            if stem is not None:
                tail = word[at + len(stem) :]
                return (*head, (len(stem), stem), (len(tail), tail))
        return ((len(word), word),)

    def _heads(self, word: str) -> Iterator[tuple[int, Pieces]]:
        """What may be cut off the head of a word, from nothing on: how many letters, and in which parts."""
        at, head = 0, Pieces()
        yield at, head
        while len(head) < MOST:
            both = next((one for one in self.contracted or () if word.startswith(one, at)), None)
            one = both or next((one for one in self.before if word.startswith(one, at)), None)
            if one is None or len(word) <= at + len(one):
                return
            at += len(one)
            head += self._parts(one) if both else ((len(one), one),)
            yield at, head
            if head[-1][1] in self.last:
                return

    def _parts(self, both: str) -> Pieces:
        """The parts of two contracted proclitics, a letter for each but the last, which has the rest."""
        spelled = (self.contracted or {})[both]
        last = len(spelled) - 1
        return tuple((1 if at < last else len(both) - last, one) for at, one in enumerate(spelled))

    def _stems(self, word: str) -> Iterator[str]:
        """The word without each enclitic that may end it."""
        for tail in self.after:
            if word.endswith(tail) and len(word) >= len(tail) + SHORTEST:
                yield word[: -len(tail)]
