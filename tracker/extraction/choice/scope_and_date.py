"""Scope and date of a figure, which depend on each other: a running total stands at another day than an event."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from tracker.extraction.attributes import near
from tracker.extraction.choice.candidates import Choice
from tracker.extraction.choice.when import (
    UNDATED,
    DateChooser,
    Dating,
    is_before_the_event,
    of_event,
    of_total,
    unsaid,
)
from tracker.extraction.counts.mentions import FORMER_RULE, Mention
from tracker.extraction.kind.perfect import is_perfect, is_plain
from tracker.extraction.kind.scope_and_cause import APART, FEW, HUGE, SUDDEN, ScopeEvidence, ScopeReader
from tracker.extraction.reading import Discourse, FieldContext, Reading
from tracker.extraction.when.leads import QUOTES
from tracker.extraction.when.phrases import When
from tracker.extraction.who.attribution import SourceReader
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.known_events import KnownEvent
from tracker.knowledge.language import Language
from tracker.knowledge.registry import Conflict
from tracker.model import Cause, Figure, Outcome, Precision, Scope, first_day

WEEK = 7  # days
_OF_SAYING = frozenset({"date", "preposition", "adverb"})  # between "said" and "that"
_LONG = (Precision.MONTH, Precision.YEAR)


class ScopeAndDateChooser:
    """Chooses both with the lists of one language. `conflicts`: the wars, whose first days begin running totals.
    `nations`: the words for people of a country, in lower case.
    """

    def __init__(
        self,
        language: Language,
        scopes: ScopeReader,
        sources: SourceReader,
        conflicts: Iterable[Conflict],
        nations: Container[str] = (),
    ) -> None:
        self.scopes, self.sources, self.when = scopes, sources, DateChooser(language)
        self.reach = int(language.scope.raw["reach"])
        self.nations = nations
        self.same_time = LateRegex(rf"\b{any_of(language.dates.lists['same_time'])}\b")
        self.starts = frozenset(one.start for one in conflicts)

    def choose(
        self, here: FieldContext, reading: Reading, mention: Mention, discourse: Discourse, cause: Cause
    ) -> tuple[Scope, Dating, Choice[When]]:
        """The scope and date of a figure, and what the date was chosen from. `cause`: what did the harm."""
        told, since, once = self.when.told(here, reading, mention)
        if since is not None and mention.outcome is Outcome.MISSING and cause in SUDDEN:
            told, since, once = self.when.alone(since), None, True  # "missing since the storm on Sunday"
        whole = self._divided(reading, mention, discourse, told)
        if whole is not None:
            return whole.scope, (whole.date, whole.date_precision, whole.period_start), told
        when = told.answer
        if when is not None and self._is_beyond_its_clause(reading, mention, when):
            when = None
        words = near(here, reading, mention, self.reach)
        if when is None and since is None:
            when = self._carried(reading, mention, discourse, words)
        scope_before = discourse.total.scope if discourse.total else None
        lately = since is not None and since.lately and since.date not in self.starts
        one_before = self._goes_on_from_one_event(here, reading, discourse)
        perfect, apart = self._counted(reading, mention, one_before)
        total = since is not None and not lately
        then = when is not None and when.precision in _LONG and self.when.since.tells_then(reading, when)
        countless = self._are_countless(reading, mention)
        evidence = ScopeEvidence(
            words, cause, when, total, lately, scope_before, perfect, apart, countless, then, one_before
        )
        scope = Scope.INCIDENT if once else self.scopes.scope_of(mention, evidence)
        if (lately or scope is Scope.CUMULATIVE) and mention.rule != FORMER_RULE:
            if when is not None and (when.reported or when.past) and self._is_known_anyway(reading, mention):
                when = _up_to_today(here, when)
            return scope, of_total(here, when, since), told
        undated = mention.rule == FORMER_RULE and scope is not Scope.INCIDENT  # the text does not say when it was valid
        presupposed = (when is None or when.reported) and self.sources.background.presupposes(
            reading.context.lows, reading.items, mention
        )
        if undated or (scope is Scope.INCIDENT and presupposed):
            return scope, UNDATED, Choice((), None)  # "condemned the killing of 12" may refer to the distant past
        weak = told.best is not None or discourse.reported is not None
        comes_back = weak and self.when.comes_back(reading, told, discourse)
        said = told
        if weak and scope is Scope.INCIDENT and (comes_back or not self.when.events.are_told(reading)):
            told, discourse = unsaid(told, self.when.weights), replace(discourse, reported=None)
        if scope is Scope.INCIDENT and when is None and self.when.beside.is_long_before(reading, mention):
            return scope, UNDATED, told
        told = self.when.date(told, discourse, reading.position, scope)
        if is_before_the_event(said, told.answer.date if told.answer is not None else None):
            told = said  # "On Wednesday the army reported nine dead" tells of no Thursday
        return scope, of_event(told.answer, discourse), told

    def _divided(self, reading: Reading, mention: Mention, discourse: Discourse, told: Choice[When]) -> Figure | None:
        """The figure of the sentence before that a sentence only divides, without a day of its own: "Some 90 have died
        since May. The deaths include 12 in the port".
        """
        whole, value = discourse.total, mention.counted.quantity.value
        if whole is None or whole.outcome is not mention.outcome or None in (value, whole.value):
            return None
        own = told.answer is not None and not (told.answer.reported or told.answer.date is None)
        if own or (value or 0) > (whole.value or 0):
            return None
        return whole if self.scopes.divides.match(reading.low) is not None else None

    def counts_since(self, reading: Reading, mention: Mention, event: KnownEvent) -> bool:
        """Whether a figure counts since the day of a well-known event: "Hamas has killed 700 people since Saturday"."""
        begun = any(when.since and when.date == event.day for when in reading.dates)
        return begun and is_perfect(reading.items, reading.context.lows, mention, self.scopes.auxiliaries)

    def _carried(self, reading: Reading, mention: Mention, discourse: Discourse, words: str) -> When | None:
        """The stretch of time told last, if a figure without a time goes on from it."""
        last = discourse.last
        low = reading.low
        if last is not None and last.precision is not None and self.same_time.search(low) is not None:
            return last  # "In that month alone 12 people died"
        stands = last is not None and (last.stretch or last.as_of)
        if stands and self.scopes.goes_on(words, last, self._is_counted_on(reading, discourse, words)):
            return last  # "… over the past 24 hours. Some 40 fighters were killed around the town"
        # "From Friday to Monday gunmen raided twenty villages. Some 160 people died."
        return last if self._is_in_the_span(reading, mention, discourse) else None

    def _is_counted_on(self, reading: Reading, discourse: Discourse, words: str) -> bool:
        """Whether a sentence may count what the one before tells of: it goes on from its figure, and not to one event,
        or is in the perfect, "The town has been shelled since May. Twelve people have been killed".
        """
        if self.scopes.tells_of_one_event(reading.low):
            return False
        beside = reading.position.sentence == discourse.last_at.sentence + 1
        return discourse.total is not None or (beside and self.scopes.is_in_the_perfect(words))

    def _is_beyond_its_clause(self, reading: Reading, mention: Mention, when: When) -> bool:
        """Whether a date stands behind the comma that ends the clause of a figure in the perfect: "the war, which has
        killed 900 people, entered its third year in April".
        """
        end, lows, items = reading.span(mention)[1], reading.context.lows, reading.items
        clause = next((at for at in range(mention.item - 1, -1, -1) if "relative" in items[at].roles), None)
        if clause is None or when.stretch or when.start < end:
            return False
        starts = reading.context.tokens.starts
        perfect = not self.scopes.auxiliaries.isdisjoint(lows[items[clause].first : items[mention.item].first])
        return perfect and any("comma" in i.roles and end <= starts[i.first] < when.start for i in items)

    def _is_known_anyway(self, reading: Reading, mention: Mention) -> bool:
        """Whether a total stands in a clause about something that a statement only names: "The rebels said on Monday
        they would end the war that has killed 900 people". It is not what they said.
        """
        items = reading.items
        clause = next((at for at in range(mention.item - 1, 0, -1) if "relative" in items[at].roles), None)
        if clause is None:
            return False
        between = reading.context.lows[items[clause].first : items[mention.item].first]
        before = clause - 1
        while before > 0 and not _OF_SAYING.isdisjoint(items[before].roles):
            before -= 1
        return "say" not in items[before].roles and not self.scopes.auxiliaries.isdisjoint(between)

    def _is_in_the_span(self, reading: Reading, mention: Mention, discourse: Discourse) -> bool:
        """Whether several people of a sentence without a time were harmed in the span of time that the one right before
        tells, and not in one event.
        """
        last, before = discourse.last, reading.previous
        if last is None or before is None or last not in before.dates or len(before.dates) > 1 or before.mentions:
            return False
        if not last.stretch or last.loose or last.as_of or last.precision is not Precision.DAY:
            return False
        if self.when.beside.counts_back(last, before.low, before.sentence.start):
            return False  # "It was the third raid in two weeks."
        beside = before.position[1:] == reading.position[1:]
        several = (mention.counted.quantity.value or FEW) >= FEW
        low = reading.low
        told = low[:1] in QUOTES or self.scopes.tells_of_one_event(low)  # a witness tells of one event
        one = told or self.when.again.search(low) is not None
        return self.scopes.spans and beside and several and not one and self.scopes.total.search(low) is None

    def _goes_on_from_one_event(self, here: FieldContext, reading: Reading, discourse: Discourse) -> bool:
        """Whether the sentence before tells of one event of the last days: "A bomb struck a rally on Sunday. So far 54
        people have died."
        """
        before, last = reading.previous, discourse.last
        if before is None or last is None or last.stretch or last.precision is not Precision.DAY or here.base is None:
            return False
        if discourse.last_at.sentence < reading.position.sentence - 2:
            return False
        soon = 0 <= (here.base - first_day(last.date or "")).days <= WEEK
        return soon and self.scopes.tells_of_one_event(before.low)

    def _is_perfect(self, reading: Reading, mention: Mention, apart: bool) -> bool:
        """Whether harm is told in the perfect, or someone says that people counted apart "had been killed"."""
        items, lows = reading.items, reading.context.lows
        if self.scopes.all_auxiliaries.isdisjoint(lows):
            return False
        if is_perfect(items, lows, mention, self.scopes.auxiliaries):
            return apart or not is_plain(items, lows, mention, self.scopes.auxiliaries)
        said = (
            apart
            and "harm.ing" not in items[mention.harm].roles
            and any(at < reading.span(mention)[0] for at in reading.say_words())
        )
        return said and is_perfect(items, lows, mention, self.scopes.auxiliaries_said)

    def _counted(self, reading: Reading, mention: Mention, one_before: bool) -> tuple[bool, bool]:
        """Whether harm is told in the perfect, and whether it is that of people whose dead are counted apart."""
        apart, abroad = (self._are_of(reading, mention, nouns) for nouns in (self.scopes.apart, self.scopes.abroad))
        about = mention.counted.quantity.about
        nation = not one_before and self._are_a_nation(reading, mention)
        perfect = self._is_perfect(reading, mention, apart or abroad or nation or about >= HUGE)
        return perfect, apart or (perfect and (nation or (abroad and about >= APART)))

    def _are_of(self, reading: Reading, mention: Mention, nouns: frozenset[str]) -> bool:
        """Whether the victims are of those whom these nouns name, and were killed or hurt."""
        first, stop = mention.counted.noun or (0, 0)
        named = not nouns.isdisjoint(reading.context.lows[first:stop])
        return named and mention.outcome in (Outcome.KILLED, Outcome.INJURED)

    def _are_a_nation(self, reading: Reading, mention: Mention) -> bool:
        """Whether so many of a nation are told of, by somebody who looks back, that they hardly died at once: "The
        ministry said 34 Malians had been killed".
        """
        if mention.harm < mention.item or mention.counted.quantity.about < APART // 2:
            return False
        first, stop = mention.counted.noun or (0, 0)
        named = any(low in self.nations for low in reading.context.lows[first:stop])
        harmed = mention.outcome in (Outcome.KILLED, Outcome.INJURED)
        return named and harmed and not (self.when.events.speaks and self.when.events.are_told(reading))

    def _are_countless(self, reading: Reading, mention: Mention) -> bool:
        """Whether a figure is only that they are many, of whom the sentence tells what happened: "many have died"."""
        quantity = mention.counted.quantity
        words = reading.context.lows[quantity.first : quantity.stop]
        told = quantity.value is None and mention.harm > mention.item
        return told and not self.scopes.countless.isdisjoint(words)


def _up_to_today(here: FieldContext, when: When) -> When | None:
    """A date of a total that a statement only names: none, or a span of time that ends on the day of the article."""
    if not when.past or here.base is None:
        return None
    return when._replace(date=here.base.isoformat())
