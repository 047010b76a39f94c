"""What a verb states that often means something else: "reported that …", ", reported the UN", "reported 12 deaths"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.extraction.who.bodies import BodyReader
from tracker.extraction.who.no_speakers import NoSpeakers
from tracker.knowledge.language import Language

_TELLING = frozenset({"be", "have", "harm.done", "harm.ed"})  # "claimed 190 were dead", "claims two killed"
_TAKEN = 5  # tokens behind a number that is taken
BEFORE = 5  # tokens between a verb and the number that it gives: "gave a preliminary toll of 12 dead"
BEHIND = 6  # tokens behind that number among which the harm is told


class StatingReader:
    """Tells it with the lists of one language."""

    def __init__(self, language: Language, bodies: BodyReader, no_speakers: NoSpeakers) -> None:
        lists = language.attribution.lists
        self.bodies, self.no_speakers = bodies, no_speakers
        self.that, self.pronouns = frozenset(lists["that"]), frozenset(lists["pronouns"])
        self.finding, self.issued = frozenset(lists["finding"]), frozenset(lists["issued"])
        self.giving = language.attribution.tables["giving_numbers"]
        self.has_perfect = bodies.verb_first and language.spelling.capitals

    def states(self, context: SentenceContext, verb: int) -> bool:
        """Whether a weak verb of speech states something: "the club reported that", ", reported the UN"; or gives a
        number of the harmed, "the club reported 12 deaths".
        """
        lows = context.lows
        after = verb + 1
        if after < len(lows) and (lows[after] in self.that or self._is_a_channel(context, after)):
            return True
        if lows[verb] in self.bodies.addressing and self._addresses(context, after):
            return True
        left = self.bodies.skip_back(context, verb - 1) if self.has_perfect else verb - 1  # ", a dénoncé la police"
        if left > 0 and lows[left] == "," and self.no_speakers.follows(context, verb):
            return True
        return self.closes(context, verb) or self.gives(context, verb) or self._ends_behind_a_name(context, verb)

    def _ends_behind_a_name(self, context: SentenceContext, verb: int) -> bool:
        """Whether a verb ends the sentence, or its date follows, right behind a name: "killing nine, Tass reported"."""
        after, first = verb + 1, verb - 1
        if self.bodies.verb_first or context.caps or not (after >= len(context.lows) or self._stops(context, after)):
            return False
        while first >= 0 and context.capitals[first] and first not in context.dated:
            first -= 1
        named = first < verb - 1
        first -= first > 0 and context.lows[first] in self.bodies.articles
        return named and first > 0 and context.lows[first] not in self.bodies.placing

    def _stops(self, context: SentenceContext, index: int) -> bool:
        index += context.lows[index] in self.issued  # "on Monday"
        return index < len(context.lows) and (index in context.dated or context.lows[index] == ".")

    def _addresses(self, context: SentenceContext, index: int) -> bool:
        """Whether somebody is told something at `index`: "tell the BBC"."""
        index += index < len(context.lows) and context.lows[index] in self.bodies.determiners
        return index < len(context.lows) and context.capitals[index] and not context.caps

    def _is_a_channel(self, context: SentenceContext, index: int) -> bool:
        """Whether it is told here where a body spoke: "the border guards reported on Facebook"."""
        channels = self.bodies.channels
        return context.lows[index] in channels.by_first and channels.at(context.lows, index) is not None

    def closes(self, context: SentenceContext, verb: int) -> bool:
        """Whether a verb that tells what was found ends the sentence: "Forty died, the Tarlo centre found."."""
        ends = verb + 1 == len(context.lows) or [*context.lows[verb + 1 :]] == ["."]
        return verb > 1 and ends and context.lows[verb] in self.finding

    def only_gives(self, context: SentenceContext, verb: int) -> bool:
        """Whether a verb states something only as it gives a number."""
        return self.that.isdisjoint(context.lows[verb + 1 : verb + 2]) and self.gives(context, verb)

    def gives(self, context: SentenceContext, verb: int) -> bool:
        """Whether a number of the harmed is the object of a verb: "reported the arrest of 12", "gave a toll of 12". It
        is none in "12 reported killed" and "reports of 12 dead".
        """
        hit = self.giving.at(context.lows, verb)
        if hit is None or verb == 0 or context.lows[verb - 1] in self.pronouns:
            return False
        first = verb + hit[0]
        told = any("harm.toll" in context.tokens.roles(at) for at in range(verb, first))
        for at in range(first, min(len(context.lows), first + BEFORE)):
            if context.tokens.counts[at] and at not in context.dated and self.bodies.counts(context, at):
                behind = range(at, min(len(context.lows), at + BEHIND))
                return told or any(context.tokens.is_harm(index) for index in behind)
            begins = at == first and (context.tokens.is_harm(at) or "of" in context.tokens.roles(at))
            if begins or context.kinds[at] == "mark" or (context.capitals[at] and not context.caps):
                return False
            told = told or context.tokens.is_harm(at)
        return False

    def takes(self, context: SentenceContext, number: int) -> bool:
        """Whether a number is what is taken: "claimed 9 lives", but not "claimed 190 were dead"."""
        if number >= len(context.lows) or not self.bodies.counts(context, number):
            return False
        clause = range(number + 1, min(number + _TAKEN, len(context.lows)))
        return all(_TELLING.isdisjoint(context.tokens.roles(at)) for at in clause)
