"""The body at the head of a clause about it: "the mayor, who fled, said", "a doctor reached by telephone said"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import LONGEST_NAME, BodyReader, Span
from tracker.extraction.who.names import SourceNamer
from tracker.knowledge.language import Language


class ClauseReader:
    """Finds such bodies with the names and words of one language."""

    def __init__(self, language: Language, namer: SourceNamer, bodies: BodyReader) -> None:
        self.namer, self.bodies = namer, bodies
        self.having = frozenset(language.attribution.lists["having"])

    def before(self, context: SentenceContext, comma: int) -> Span | None:
        """The body before a clause that ends in a comma: "El Observatorio, con sede en Londres, cifró"."""
        closed = self.bodies.verb_first and comma >= 0 and context.lows[comma] == ","
        return self.subject(context, comma) if closed else None

    def at_head(self, context: SentenceContext, verb: int) -> Span | None:
        """The known body that stands alone before its verb, where verbs come first and no capital tells a name:
        "الصحة العالمية تعلن".
        """
        before = range(min(verb, LONGEST_NAME))
        if not self.bodies.verb_first or self.bodies.language.spelling.capitals or not 0 < verb == len(before):
            return None
        lows = context.lows[:verb]
        if any(context.kinds[at] != "word" or at in context.dated or lows[at] in self.bodies.clausal for at in before):
            return None
        if any(context.tokens.is_harm(at) for at in before):
            return None
        head = int(lows[0] in self.bodies.determiners)
        speaks = not self.bodies.firm.isdisjoint(lows)  # "وقالت الشرطة"
        known = head in self.bodies.bodies(context) or self.namer.state(lows) is not None
        return (0, verb) if known and not speaks else None

    def subject(self, context: SentenceContext, verb: int) -> Span | None:
        """The body at the head of a clause, before a relative clause: "Activist Omar Laila who lives abroad said".

        The clause begins after the last mark, else at the start of the sentence.
        """
        marks = (i + 1 for i in range(verb - 2, -1, -1) if context.kinds[i] == "mark")
        who = self._clause_word(context, next(marks, 0), verb) or self._clause_word(context, 0, verb)
        span = self._before(context, who) if who else None
        if span is None:
            return None
        known = self.namer.type_of(context.lows[span[0] : span[1]], context.country_counts) is not None
        return span if known or (self._heads(context, span) and self.bodies.is_full_name(context, span)) else None

    def enclosed(self, context: SentenceContext, comma: int) -> Span | None:
        """The name before a clause between two commas, the second one at `comma`: "Ana Ruiz, who leads it, said"."""
        if comma < 0 or context.lows[comma] != ",":
            return None
        opened = next((at for at in range(comma - 1, max(0, comma - LONGEST_NAME), -1) if context.lows[at] == ","), 0)
        if not opened or not self.bodies.opens_clause(context, opened + 1):
            return None
        span = self._before(context, opened + 1)
        if span is None or not (self._heads(context, span) or self.bodies.known(context, span)):
            return None
        return span

    def told_in(self, context: SentenceContext, who: int, verb: int) -> tuple[Span, tuple[int, int]] | None:
        """The known body that speaks in a clause about it, and the tokens of that clause behind the verb: "Mali, which
        says it has lost 12 men, left".
        """
        if who < 1 or self.bodies.verb_first or not self.bodies.opens_clause(context, who):
            return None
        span, size = self._before(context, who), len(context.lows)
        if span is None or self.namer.type_of(context.lows[span[0] : span[1]], context.country_counts) is None:
            return None
        closed = context.lows[who - 1] == ","
        return span, (verb, next((at for at in range(verb, size) if closed and context.lows[at] == ","), size))

    def around(self, context: SentenceContext, span: Span) -> Span | None:
        """The body at the head of a clause without commas that a name only ends: "the monitor which has a network in
        Tarlo said". None in "men whom the police in Tarlo said they held".
        """
        first, stop = span
        start = next((at + 1 for at in range(first - 1, -1, -1) if context.kinds[at] == "mark"), 0)
        who = next((at for at in range(first - 1, start, -1) if self.bodies.opens_clause(context, at)), 0)
        if not who:
            return self._having(context, first)
        if who + 1 == first and self.bodies.has_head(context, (first, stop)):
            return None
        subject = self._before(context, who)
        if subject is None or not self.bodies.is_body(context, subject):
            return None
        new = context.lows[who] not in self.bodies.nobody and context.lows[subject[0]] in self.bodies.articles
        return subject if new or self._heads(context, subject) else None  # "… near Tarlo a group tracking the war said"

    def _having(self, context: SentenceContext, first: int) -> Span | None:
        """The body at the head of a clause that has what `first` names: "The group with a network in Tarlo said"."""
        if first < 2 or context.lows[first - 1] not in self.having:
            return None
        subject = self._before(context, first - 1)
        if subject is None or not self.bodies.is_body(context, subject):
            return None
        return subject if self._heads(context, subject) else None

    def _heads(self, context: SentenceContext, span: Span) -> bool:
        """Whether a name stands at the head of its clause."""
        first = span[0] - 1
        return first < 0 or context.kinds[first] == "mark" or context.lows[first] in self.bodies.that

    def _before(self, context: SentenceContext, who: int) -> Span | None:
        """The name before the word that opens a clause about it."""
        last = who - 1
        while last > 0 and context.lows[last] in (",", ")"):
            last -= 1
        return self.bodies.left(context, last)

    def _clause_word(self, context: SentenceContext, first: int, verb: int) -> int | None:
        """Where a clause about the body at `first` begins: "who", "reached by telephone"; no "monitoring group"."""
        reach = range(first, min(verb, first + LONGEST_NAME))
        return next(
            (i for i in reach if context.lows[i] in self.bodies.clauses and not self._in_name(context, i)), None
        )

    def _in_name(self, context: SentenceContext, index: int) -> bool:
        """Whether a word only begins a longer word for a body."""
        hit = self.namer.types.at(context.lows, index)
        return hit is not None and hit[0] > 1
