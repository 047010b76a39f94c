"""When it happened: the dates that a sentence and those before it tell, and which of them a figure has."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from tracker.extraction.choice.candidates import Candidate, Choice, chosen, weighed
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import Discourse, FieldContext, Reading, of_today, part_of
from tracker.extraction.when.phrases import When, published_date, up_to_the_telling
from tracker.knowledge.evidence import load_weights
from tracker.knowledge.known_events import KnownEvent
from tracker.model import PRECISIONS, Precision, Scope

FARTHEST_DATE = 400  # characters between a figure and a date phrase that still dates it
Dating = tuple[str | None, Precision | None, str | None]
UNDATED: Dating = (None, None, None)


class Date(StrEnum):
    """What may be known about a candidate for the date."""

    AWAY = "characters away"
    AWAY_SPAN = "characters from a span of time"
    AWAY_YEAR = "characters from a year"
    STANDS_AT = "the day the article stands at"
    LAST = "in the sentence before"
    LEAD = "in the lead"
    SAID = "the day of the telling"
    VAGUE = "a part of a day, or a day of no year"
    KNOWN = "a well-known event"
    REPORTED = "told on this day in the article"
    PRINTED = "the day at the head of the article"


MEASURES = frozenset((Date.AWAY, Date.AWAY_SPAN, Date.AWAY_YEAR))


class DateChooser:
    """Chooses the date of a figure by the weights of data/evidence.toml."""

    def __init__(self) -> None:
        self.weights = load_weights("when", Date)

    def told(self, here: FieldContext, reading: Reading, mention: Mention) -> tuple[Choice[When], When | None]:
        """The date phrase of a sentence that a figure has, and the one that tells since when."""
        if not reading.dates:
            return Choice((), None), None
        at = reading.context.tokens.starts[reading.items[mention.item].first]
        first, last = part_of(reading, at)
        dates = [d for d in reading.dates if first <= d.start < last] if reading.parts else reading.dates
        near = [d for d in dates if not (d.since or d.idle) and abs(d.start - at) < FARTHEST_DATE]
        near = [*up_to_the_telling(_of_the_end(reading, mention, _reported(reading, near, at)))]
        own = [d for d in near if not d.reported and not _in_other_clause(reading, d, at)]
        since = next((d for d in dates if d.since and not (d.begins and own)), None)
        exact = any(d.precision is Precision.DAY for d in own if not of_today(here, d))
        found = []
        for when in near:
            evidence: list[tuple[str, float]] = [(_measure(when, exact), abs(when.start - at))]
            if when.reported:
                evidence.append((Date.VAGUE if when.hour or when.date is None else Date.SAID, 1))
            elif of_today(here, when):
                evidence.append((Date.STANDS_AT, 1))
            found.append(weighed(here.text[when.start : when.end], when, tuple(evidence), self.weights))
        return chosen(found, self.weights), since

    def date(self, told: Choice[When], discourse: Discourse) -> Choice[When]:
        """The date of an event or a stated period, told in its sentence, before it, or in the lead."""
        if told.best is not None and told.best.against < self.weights.of[Date.LAST]:
            return told  # no date told elsewhere can win
        found = [*told.candidates]
        for name, when in (
            (Date.LAST, discourse.last),
            (Date.LEAD, discourse.lead),
            (Date.REPORTED, discourse.reported),
            (Date.PRINTED, discourse.printed),
        ):
            if when is not None:
                found.append(weighed(when.date or "", when, ((name, 1),), self.weights))
        return chosen(found, self.weights)


def _of_the_end(reading: Reading, mention: Mention, dates: list[When]) -> list[When]:
    """The dates behind the verb that says who died, if the figure was harmed before in another way: "a man wounded on
    Sunday died on Tuesday".
    """
    harm = reading.items[mention.harm]
    between = reading.items[mention.item + 1 : mention.harm]
    if "harm.die" not in harm.roles or not any("harm.done" in item.roles for item in between):
        return dates
    end = reading.context.tokens.ends[harm.stop - 1]
    return [when for when in dates if when.start >= end] or dates


def _measure(when: When, exact: bool) -> Date:
    """How the distance of a date counts: a span of time is nearer, a mere year less so beside a day."""
    if when.stretch:
        return Date.AWAY_SPAN
    return Date.AWAY_YEAR if exact and when.precision is Precision.YEAR else Date.AWAY


def of_known(event: KnownEvent) -> tuple[Scope, Dating, Choice[When]]:
    """Scope, date and choice of a figure that counts the dead of a well-known event."""
    precision = PRECISIONS[len(event.day)]
    when = When(0, 0, event.day, precision, None, stretch=False)
    choice = Choice((Candidate(event.name, when, ((Date.KNOWN, 1),), 0),), None)
    return Scope.INCIDENT, (event.day, precision, None), choice


def of_total(here: FieldContext, when: When | None, since: When | None) -> Dating:
    """Date, precision and start of a running total: it stands at the article's date, unless "as of" says another."""
    day = here.base.isoformat() if here.base else None
    if when is not None and when.date and (when.as_of or when.stretch):
        return when.date, when.precision, when.period_start or (since.date if since else None)
    begin = since.date if since else when.period_start if when and when.stretch else None
    if when is not None and when.reported and when.date and (when.precision is Precision.DAY or _is_past(when, day)):
        return when.date, when.precision, begin  # "officials there said on Monday", "a month ago they put it at"
    return day, Precision.DAY if day else None, begin


def _is_past(when: When, day: str | None) -> bool:
    """Whether a month or year ended before the day of the article."""
    return when.date is not None and day is not None and not when.stretch and when.date < day[: len(when.date)]


def of_event(told: When | None, discourse: Discourse) -> Dating:
    """Date, precision and start of an event or a stated period."""
    if told is not None and told.shift:
        told = _shifted(told, discourse)
    if told is None or told.date is None:
        return UNDATED
    return told.date, told.precision, told.period_start


def _in_other_clause(reading: Reading, when: When, at: int) -> bool:
    """Whether a word between clauses separates a date from the figure at offset `at`."""
    if not reading.breaks:
        return False
    low, high = sorted((when.start, at))
    return any(low < reading.context.tokens.starts[index] < high for index in reading.breaks)


def _reported(reading: Reading, dates: list[When], at: int) -> list[When]:
    """The dates, with `reported` set on those that date the report: "On Monday police said 12 …".

    Such a date has a verb of speech between it and the figure at offset `at`, and no other figure before that verb.
    """
    verbs = reading.say_words()
    if not verbs:
        return dates
    figures = [reading.span(mention)[0] for mention in reading.mentions]
    out: list[When] = []
    for when in dates:
        end = when.end
        verb = min([verb for verb in verbs if verb >= end], default=at)
        # "In the past 24 hours, the army said, 12 …": this dates the event, not the report
        own = when.past or verb >= at or any(end <= figure < verb for figure in figures)
        out.append(when if own else when._replace(reported=True))
    return out


def _shifted(when: When, discourse: Discourse) -> When:
    """The date counted from the one stated before it, if there is one: "a day earlier"."""
    anchor = published_date((discourse.last or discourse.lead or when).date)
    if anchor is None or when is discourse.last or not (discourse.last or discourse.lead):
        return when
    try:
        return when._replace(date=(anchor + dt.timedelta(days=when.shift)).isoformat())
    except OverflowError:  # after the year 9999, which means "not known" in some collections
        return when
