"""The name before an apposition without a comma: "the Syrian Center an NGO has said"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import SourceNamer

BRACKETED = 3  # tokens of a short form with its brackets: "(LCC)"


class NamedBefore:
    """Finds such names with the words of one language."""

    def __init__(self, namer: SourceNamer, bodies: BodyReader) -> None:
        self.namer, self.bodies = namer, bodies

    def before(self, context: SentenceContext, span: Span) -> Span:
        """The name before the apposition `span`, or the span itself."""
        bodies, lows = self.bodies, context.lows
        first = span[0] - (span[0] > 0 and lows[span[0] - 1] in bodies.articles)  # "a local activist"
        office = "the" in context.tokens.roles(first) and not bodies.people.keys().isdisjoint(lows[first : span[1]])
        indefinite = (lows[first] in bodies.articles or office) and first > 0
        last = self._before_brackets(context, first - 1)
        if not indefinite or not context.capitals[last] or context.caps:
            return span
        name = bodies.left(context, last)
        if name is None or self.namer.state(lows[name[0] : name[1]]) is not None:
            return span
        if name[0] > 0 and lows[name[0] - 1] in bodies.placing:
            return span  # "near the rebel bastion Tarlo a monitor said"
        head = next((i for i in range(*name) if lows[i] in bodies.links and i > name[0]), name[1]) - 1
        book = self.namer.book.find(lows[name[0] : name[1]], context.country_counts) is not None
        person = bodies.is_full_name(context, name)  # "Ali Sani an activist told"
        if not book and lows[first] in bodies.articles and self._are_several(lows[head]):
            return span  # "clashes with Tarlo jihadists a monitor said"
        return name if person or (not office and (book or head in bodies.bodies(context))) else span

    def _are_several(self, head: str) -> bool:
        """Whether the head of a name is in the plural, so that "a monitor" is not its apposition."""
        plural = self.bodies.language.plural
        return bool(plural) and head.endswith(plural)

    def _before_brackets(self, context: SentenceContext, last: int) -> int:
        """The last token of a name before a short form in brackets that ends at `last`: "the Tarlo Center (TC) an"."""
        first = last - BRACKETED + 1
        return first - 1 if first > 0 and context.lows[last] == ")" and context.lows[first] == "(" else last
