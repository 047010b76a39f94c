"""The one way of choosing: candidates carry named evidence, and the one that least counts against is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from tracker.knowledge.evidence import Weights

Answer = TypeVar("Answer")
Evidence = tuple[tuple[str, float], ...]  # what is known about a candidate, and how many times
_AGAINST = attrgetter("against")


class Candidate(NamedTuple, Generic[Answer]):
    """A possible answer with the words that tell it, what speaks about it, and how much counts against it."""

    words: str
    answer: Answer
    evidence: Evidence
    against: float


@dataclass(slots=True)  # one is made for each question of each figure, and a frozen one takes longer
class Choice(Generic[Answer]):
    """The candidates of a question in the order in which they were found, and the one chosen; None for no answer."""

    candidates: Sequence[Candidate[Answer]]
    best: Candidate[Answer] | None

    @property
    def answer(self) -> Answer | None:
        """What was chosen."""
        return self.best.answer if self.best is not None else None


def weighed(words: str, answer: Answer, evidence: Evidence, weights: Weights) -> Candidate[Answer]:
    """The candidate with what its evidence comes to."""
    of = weights.of
    return Candidate(words, answer, evidence, sum([of[name] * times for name, times in evidence]))


def chosen(candidates: Iterable[Candidate[Answer]], weights: Weights) -> Choice[Answer]:
    """The choice among candidates: the first of those that least counts against, unless that is too much."""
    found = tuple(candidates)
    best = min(found, key=_AGAINST, default=None)
    return Choice(found, best if best is not None and best.against <= weights.most else None)


def told(choice: Choice[Answer]) -> Iterator[str]:
    """The candidates of a question in words, the one chosen first: "Gaza: 4 (words behind the harm 4), chosen"."""
    for one in sorted(choice.candidates, key=_AGAINST):
        evidence = ", ".join(name if times == 1 else f"{name} {times:g}" for name, times in one.evidence)
        chosen_one = ", chosen" if one is choice.best else ""
        yield f"{' '.join(one.words.split()) or 'no words'}: {one.against:g} ({evidence or 'alone'}){chosen_one}"
