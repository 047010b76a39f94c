"""Papers that a body owns and that count: "the ministry's latest toll is 44 dead"."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.knowledge.language import Language

FARTHEST = 3  # tokens from the ending of the owner to the paper: "'s latest official toll"
_TELLING = frozenset({"be", "rise", "have"})


class OwnedPapers:
    """Finds them with the lists of one language."""

    def __init__(self, language: Language, bodies: BodyReader) -> None:
        self.bodies, self.counting = bodies, frozenset(language.attribution.lists["counting"])

    def find(self, context: SentenceContext) -> Iterator[tuple[int, Span]]:
        """Where the paper stands, and its owner, for each one that tells a number."""
        if self.counting.isdisjoint(context.lows) or "possessive" not in context.kinds:
            return
        for at, low in enumerate(context.lows[:-1]):
            if low not in self.counting:
                continue
            near = range(at - 1, max(0, at - 1 - FARTHEST), -1)
            ending = next((index for index in near if context.kinds[index] == "possessive"), 0)
            owner = self.bodies.left(context, ending - 1) if ending else None
            if owner is None or not self._tells(context, at, owner):
                continue
            state = self.bodies.namer.state(context.lows[owner[0] : owner[1]]) is not None  # "Mali's count is 12"
            if state or self.bodies.is_body(context, owner):
                yield at, owner

    def _tells(self, context: SentenceContext, paper: int, owner: Span) -> bool:
        """Whether a paper tells a number: "its count is 12", "its count of 12", or "by its count"."""
        if not _TELLING.isdisjoint(context.tokens.roles(paper + 1)):
            return True
        if owner[0] > 0 and context.lows[owner[0] - 1] in self.bodies.agents:
            return True
        number = paper + 2 if "of" in context.tokens.roles(paper + 1) else 0
        return 0 < number < len(context.lows) and self.bodies.counts(context, number)
