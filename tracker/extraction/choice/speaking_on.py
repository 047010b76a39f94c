"""Who speaks on behind a statement: a sentence without a source that only goes on from what was said right before."""

from __future__ import annotations

from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, Reading
from tracker.extraction.who.attribution import SourceReader
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language

OPENING = 2  # tokens at the head of a sentence among which the body that it cites stands: "According to the monitor"
NEAR = 3  # tokens between "he" and what happened to him
SHORT = 14  # tokens of a sentence that only adds a number


class SpeakingOn:
    """Tells it with the lists of one language; in a language without `pointing` words nobody speaks on so."""

    def __init__(self, language: Language, sources: SourceReader, events: EventWords) -> None:
        lists = language.attribution.lists
        self.going_on, self.events = sources.going_on, events
        self.speaks = bool(lists["pointing"])
        self.they = frozenset(lists["persons_told_of"])
        words = r"(?:[\w'’-]{1,20}\s){0,3}?"
        self.pointing = LateRegex(rf"\W{{0,3}}{any_of(lists['pointing'])}(?:\s|(?<=['’])){words}{events.named}")

    def holds(self, reading: Reading, mention: Mention, discourse: Discourse) -> bool:
        """Whether the body named last vouches for a figure of a sentence that names none."""
        before = reading.previous
        if not self.speaks or before is None or reading.attributions or reading.speaker is not None:
            return False
        here, spoken = reading.position, discourse.spoken
        if spoken.sentence != here.sentence - 1 or (spoken.paragraph, spoken.item) != (here.paragraph, here.item):
            return False
        if discourse.total is None and self._cites_at_its_head(before):
            return True
        if any(not when.stretch for when in reading.dates):
            return False
        if '"' in before.context.lows:
            return False  # behind words that are quoted the text itself speaks again
        return (
            self._is_told_of(reading, mention)
            or (discourse.total is not None and self.going_on.counts_on(reading.context))
            or self._only_counts(reading, mention, discourse)
            or self._comes_back(reading, before, discourse)
        )

    def _cites_at_its_head(self, before: Reading) -> bool:
        """Whether all of a sentence is told on the word of a body: "According to the monitor, shells hit the town"."""
        return any(one.cited and one.at < OPENING for one in before.attributions)

    def _is_told_of(self, reading: Reading, mention: Mention) -> bool:
        """Whether a sentence tells what somebody did, or what was done to him: "He was killed with two others"."""
        harm = reading.items[mention.harm].first
        return reading.context.lows[0] in self.they and mention.harm < mention.item and harm <= NEAR

    def _only_counts(self, reading: Reading, mention: Mention, discourse: Discourse) -> bool:
        """Whether a short sentence only adds a number whose noun was told before: "Almost 4,000 were injured"."""
        opens = mention.counted.noun is None and mention.item <= 1 and mention is reading.mentions[0]
        return opens and discourse.total is not None and len(reading.context.lows) <= SHORT and not reading.places

    def _comes_back(self, reading: Reading, before: Reading, discourse: Discourse) -> bool:
        """Whether a sentence tells what came of an event that the one before told without a number: "The army clashed
        with rebels, it said. The clashes left 12 dead".
        """
        low = reading.low
        match = self.pointing.match(low) if discourse.total is None else None
        return match is not None and not self.events.kinds[match["event"]].isdisjoint(self.events.kinds_in(before))
