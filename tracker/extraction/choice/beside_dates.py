"""Which dates of a sentence a figure cannot have, or is likely to have, by the words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language
from tracker.model import Precision

_WORDS = r"(?:\s[^\W\d][\w'’-]{0,20}){0,8}"  # what was so bad, or came again: "the second attack on the city in a week"


class BesideDates:
    """Reads such words with the lists of one language; in a language without them nothing changes."""

    def __init__(self, language: Language, events: EventWords) -> None:
        lists = language.dates.lists
        self.cues = tuple({*lists["some_time_after"], *lists["compared"], *lists["after_that"]})
        self.some_time = LateRegex(rf"\b{any_of(lists['some_time_after'])}\b")
        self.after = LateRegex(rf"\b{any_of(lists['after_that'])}\b")
        compared = rf"\b{any_of(lists['compared'])}{_WORDS}"
        self.compared = LateRegex(rf"{compared}(?:\s{any_of(lists['since'])}\b[^.;:]*|\s)\Z")
        self.events = events

    def of_the_figure(self, reading: Reading, mention: Mention, dates: Sequence[When]) -> Sequence[When]:
        """The dates without those that count back, "the worst attack in a decade", and those of a clause to which the
        harm was before: "signed on Monday, weeks after a blast killed 12", "fled on Monday after 12 died on Sunday".
        """
        low, offset = reading.low, reading.sentence.start
        if not dates or not any(map(low.__contains__, self.cues)):
            return dates
        dates = [when for when in dates if not self.counts_back(when, low, offset)]
        harm = reading.context.tokens.starts[min(reading.items[mention.harm].first, reading.items[mention.item].first)]
        found = [match.start() for match in self.some_time.finditer(low, 0, harm - offset)]
        own = max((one.start() for one in self.after.finditer(low, 0, harm - offset)), default=len(low)) + offset
        if any(when.start > own and when.precision is Precision.DAY and not when.reported for when in dates):
            found.append(own - offset)
        return [when for when in dates if when.since or not found or when.end > max(found) + offset]

    def is_long_before(self, reading: Reading, mention: Mention) -> bool:
        """Whether a figure is told as days or more before what the sentence tells: "signed, weeks after 12 died"."""
        low, offset = reading.low, reading.sentence.start
        harm = reading.context.tokens.starts[reading.items[min(mention.harm, mention.item)].first] - offset
        return any(map(low.__contains__, self.cues)) and self.some_time.search(low, 0, harm) is not None

    def counts_back(self, when: When, low: str, offset: int) -> bool:
        """Whether a date only tells since when nothing was so bad: "the worst since 2012", "the third in a week"."""
        return (when.since or when.stretch) and self.compared.search(low, 0, when.start - offset) is not None

    def owns_an_event(self, reading: Reading, when: When) -> bool:
        """Whether a date owns what happened on it: "the 12 people killed in Friday's attack"."""
        low, offset = reading.low, reading.sentence.start
        return self.events.owned_by(low, when.start - offset, when.end - offset) is not None
