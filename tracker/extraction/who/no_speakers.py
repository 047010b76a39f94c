"""Names before a verb of speech that are not its subject: of a place, of a thing, of who did what is told."""

from __future__ import annotations

from tracker.extraction.counts.numbers import quantity_at
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader, Span
from tracker.extraction.who.names import SourceNamer
from tracker.knowledge.language import Language

COUNTED = 4  # tokens before a name among which people and their number stand


class NoSpeakers:
    """Tells them with the words of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        self.namer, self.bodies = namer, bodies
        self.sites = language.places.tables["nouns"].alone

    def holds(self, context: SentenceContext, verb: int, span: Span) -> bool:
        """Whether the subject of the verb may stand behind it, as the name before it is none: "taken by the rebels said
        the group".
        """
        if span[0] > 0 and context.lows[span[0] - 1] in self.bodies.agents:
            return True
        if self.tells_where(context, span):
            return True
        return context.lows[verb] not in self.bodies.addressing and self._names_nobody(context, span)

    def uncounted(self, context: SentenceContext, span: Span) -> Span | None:
        """The span without counted people at its head: "wounding several others activists said"; None if nothing is
        left.
        """
        named = self._name_behind_counted(context, span)
        if named is not None or not context.tokens.counts[span[0]]:
            return named or span
        quantity = quantity_at(context.tokens, span[0], self.bodies.language.numbers)
        if quantity is None or quantity.kind not in ("number", "both"):
            return span
        first = quantity.stop
        while first < span[1] and context.lows[first] in self.bodies.language.others:
            first += 1
        return None if self.bodies.bodies(context).isdisjoint(range(first, span[1])) else (first, span[1])

    def _name_behind_counted(self, context: SentenceContext, span: Span) -> Span | None:
        """The name right behind counted people, where a comma is missing: "killing nine people Sputnik reported"."""
        if context.caps:
            return None
        lows = context.lows
        for at in range(span[1] - 1, max(span[0], 1) - 1, -1):
            if not context.capitals[at] or context.capitals[at - 1] or lows[at] in self.bodies.placing:
                continue
            if lows[at - 1] in self.bodies.happenings and at > span[0]:
                return at, span[1]  # "in an airstrike Libyan officials said"
            if lows[at - 1] not in self.namer.offices and context.tokens.people[at - 1] is not None:
                counted = any(context.tokens.counts[max(0, at - COUNTED) : at - 1])
                return (at, span[1]) if counted else None
        return None

    def follows(self, context: SentenceContext, verb: int) -> bool:
        """Whether a body follows right after a verb of speech, and nothing that it does: "said the monitor"."""
        span = self.bodies.right(context, verb + 1)
        return span is not None and self.bodies.is_body(context, span) and not self.bodies.acts(context, span[1])

    def tells_where(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name before a verb of speech only states a place: "near Adra said the monitor"."""
        if span[0] == 0 or context.lows[span[0] - 1] not in self.bodies.placing:
            return False
        named = self.namer.state(context.lows[span[0] : span[1]]) is not None  # "in Damascus claims 12 lives"
        return named or context.lows[span[1] - 1] in self.sites or not self.bodies.is_body(context, span)

    def _names_nobody(self, context: SentenceContext, span: Span) -> bool:
        """Whether a phrase before a verb of speech names a place or a thing: "… in Ras, a village south of Tarlo said
        the monitor", "to rebuild their country said the monitor".
        """
        first, stop = span
        lows = context.lows[first:stop]
        if not self.bodies.bodies(context).isdisjoint(range(first, stop)):
            return False
        links = (
            at for at, low in enumerate(lows) if at and (low in self.bodies.directions or low in self.bodies.links)
        )
        if self.bodies.is_article(context, first) and lows[next(links, len(lows)) - 1] in self.sites:
            return True
        named = any(context.capitals[first:stop]) or not self.bodies.people.keys().isdisjoint(lows)
        return first > 0 and not named and not context.caps and self.namer.state(lows) is None
