"""The day of what was done about an event is not the day of it: "on Monday condemned a raid that killed 12"."""

from __future__ import annotations

from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language

CLAUSE = 60  # characters between the word that opens the clause about an event and the figure in it


class ReactionReader:
    """Finds such events with the lists of one language; in a language without them there are none."""

    def __init__(self, language: Language, events: EventWords) -> None:
        lists = language.dates.lists
        self.words = tuple(lists["reacting_to"])
        the, within = any_of(language.places.lists["definite"]), any_of(lists["during"])
        self.in_the_event = LateRegex(rf"\s{within}\s{the}\s(?:[\w'’-]{{1,20}}\s){{0,2}}?{events.named}")
        self.whose = tuple(f" {word} " for word in lists["whose"])
        words = r"(?:[\w'’-]{1,20}\s){0,4}?"
        behind = r"(?:\s[\w'’-]{1,20}){0,5}?"
        self.event = LateRegex(
            rf"\b{any_of(self.words)}\s{words}{events.named}{behind},?\s{any_of(lists['event_clause'])}\s"
        )

    def without_the_reaction(self, reading: Reading) -> list[When] | None:
        """The dates of a sentence, those outside the words for such an event idle, if all figures are of it; or None"""
        low = reading.low
        if not reading.dates or not any(word in low for word in self.words):
            return self._of_the_bereaved(reading, low) if reading.dates else None
        offset = reading.sentence.start
        figures = sorted(reading.span(mention)[0] - offset for mention in reading.mentions)
        match = self.event.search(low, 0, figures[0])
        if match is None:
            return self._of_the_bereaved(reading, low)
        if figures[0] - match.end() > CLAUSE or "," in low[match.end() : figures[0]]:
            return None
        comma = low.find(",", figures[-1])
        stop = comma if comma >= 0 else len(low)
        own = range(match.start() + offset, stop + offset)
        return [when if when.start in own or when.since else when._replace(idle=True) for when in reading.dates]

    def _of_the_bereaved(self, reading: Reading, low: str) -> list[When] | None:
        """The same for a sentence about somebody of those harmed in an event told before: "on Monday met the parents of
        a soldier killed in the attacks".
        """
        if len(reading.mentions) != 1 or not self.whose:
            return None
        mention, offset = reading.mentions[0], reading.sentence.start
        harm, first = reading.items[mention.harm], reading.span(mention)[0] - offset
        if "harm.done" not in harm.roles or mention.harm != mention.item + 1:
            return None
        if not low[:first].endswith(self.whose):
            return None
        end = reading.context.tokens.ends[harm.stop - 1] - offset
        if self.in_the_event.match(low, end) is None:
            return None
        return [when._replace(idle=True) if when.end <= first + offset else when for when in reading.dates]
