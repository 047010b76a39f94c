"""Sources in brackets with a date, behind what they say, as in reports of aid agencies: "… (UNICEF 23/05/2021)"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import Span
from tracker.extraction.who.names import Source, SourceNamer

LONGEST = 10  # words of a source in brackets
FARTHEST = 30  # words between two brackets


class BracketReader:
    """Finds them with the names that a language knows."""

    def __init__(self, namer: SourceNamer) -> None:
        self.namer = namer

    def find(self, context: SentenceContext) -> list[tuple[int, int, Source]]:
        """The sources: where what they vouch for begins, the token of the bracket, and the source."""
        lows, dated = context.lows, context.dated
        found: list[tuple[int, int, Source]] = []
        begin = 0
        for at in (at for at, low in enumerate(lows) if low == "(") if dated else ():
            close = next((index for index in range(at + 1, min(len(lows), at + FARTHEST)) if lows[index] == ")"), 0)
            stop = next((index for index in range(at + 1, close) if index in dated), 0)
            stop -= stop > at + 1 and lows[stop - 1] == ","
            only_dated = stop > at + 1 and all(index in dated or lows[index] == "," for index in range(stop, close))
            if only_dated and stop - at <= LONGEST and self._is_named(context, (at + 1, stop)):
                found.append((begin, at, self.namer.source(context, (at + 1, stop))))
                begin = close
        return found

    def _is_named(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name in brackets is that of a body, and not of a place."""
        lows = context.lows[span[0] : span[1]]
        if self.namer.state(lows) is not None:
            return False
        known = self.namer.type_of(lows, context.country_counts) is not None
        return known or all(map(context.acronym, range(*span)))
