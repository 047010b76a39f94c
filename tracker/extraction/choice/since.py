"""Events told with a day that is no one else's: "the worst since 2012, when a blast killed 12"."""

from __future__ import annotations

from typing import NamedTuple

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.kind.perfect import is_perfect
from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language

LONGEST = 90  # characters between the word for since and a figure in its clause
_NAME = r"(?:\s[\w'’-]{1,20}){0,5}"  # the name of an event behind a date: "since Tuesday's attack, in which"


class Once(NamedTuple):
    """One event told in such a clause, and the date there if it has one."""

    when: When | None


class SinceReader:
    """Finds such clauses with the lists of one language; in a language without them there are none."""

    def __init__(self, language: Language) -> None:
        lists = language.dates.lists
        words, opening = lists["since_then_told"], lists["since_when"]
        self.words = tuple(words)
        self.since = LateRegex(rf"\b{any_of(words)}\s")
        then = rf",?\s{any_of(opening)}\s[^,;]*\Z"
        named = rf"(?:{any_of(lists['owning'])})?{_NAME}"
        self.opening, self.right_behind = LateRegex(named + then), LateRegex(then)
        self.happened = LateRegex(rf",?\s{any_of(opening)}\s")
        self.some_time_after = tuple(lists["some_time_after"])
        self.auxiliaries = frozenset(language.scope.lists["auxiliaries"])

    def tells_then(self, reading: Reading, when: When) -> bool:
        """Whether a sentence goes on behind a date with what happened then: "in May 1985, when 12 people died", "ten
        years after gunmen killed 12".
        """
        low, end = reading.low, when.end - reading.sentence.start
        return low.endswith(self.some_time_after, 0, end) or self.happened.match(low, end) is not None

    def holds(self, reading: Reading, mention: Mention) -> Once | None:
        """The event if a figure is told in a clause that tells since when, or behind another event's day; else None."""
        low = reading.low
        offset, at = reading.sentence.start, reading.span(mention)[0]
        for when in reading.dates:
            opening = self.opening if when.since else self.right_behind if when.idle and when.date else None
            if opening is not None and when.end <= at and opening.match(low, when.end - offset, at - offset):
                return Once(when._replace(since=False, lately=False, idle=False))
        return self._behind(reading, mention, low) if any(word in low for word in self.words) else None

    def _behind(self, reading: Reading, mention: Mention, low: str) -> Once | None:
        """The same where no date stands before the figure: "since gunmen killed 12 people in May"."""
        items, offset, at = reading.items, reading.sentence.start, reading.span(mention)[0]
        if mention.harm >= mention.item or is_perfect(items, reading.context.lows, mention, self.auxiliaries):
            return None
        harm = reading.context.tokens.starts[items[mention.harm].first] - offset
        found = [match.end() for match in self.since.finditer(low, max(0, at - offset - LONGEST), harm)]
        if not found or {",", ";"} & {*low[found[-1] : at - offset]}:
            return None
        begin = found[-1] + offset
        if any(begin <= when.end <= at for when in reading.dates):
            return None
        when = next((when for when in reading.dates if when.since and when.start > at), None)
        return Once(when._replace(since=False, lately=False) if when is not None else None)
