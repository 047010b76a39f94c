"""When it happened: the dates that a sentence and those before it tell, and which of them a figure has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from tracker.extraction.choice.beside_dates import BesideDates
from tracker.extraction.choice.candidates import Candidate, Choice, chosen, weighed
from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.choice.reacted_to import ReactionReader
from tracker.extraction.choice.since import SinceReader
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.kind.scope_and_cause import SHORT, TOLL_RULES
from tracker.extraction.reading import Discourse, FieldContext, Reading, is_ahead, of_today, part_of
from tracker.extraction.text.paragraphs import Position
from tracker.extraction.when.phrases import When, published_date, up_to_the_telling
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.evidence import Weights, load_weights
from tracker.knowledge.known_events import KnownEvent, load_known_events
from tracker.knowledge.language import Language
from tracker.knowledge.registry import load_conflicts
from tracker.model import PRECISIONS, Precision, Scope, first_day

FLASHBACK = 60  # days before the date of the lead: what was then is recalled, and later sentences come back
FARTHEST_BACK = 3  # sentences: no date told before it is the weaker for standing farther back
REPORTED = 3  # days between an event and the report of its dead
SOON_AFTER = 1  # days after a well-known event on which news tells of others of its day, in other countries
RIGHT_BEHIND = 16  # characters between a toll and the day of the counting: "22 people on Friday"
HEAD, AT_HEAD = 4, 7  # characters before a day, and items before the toll behind it: "On Friday the toll of the blast"
FARTHEST_DATE = 400  # characters between a figure and a date phrase that still dates it
Dating = tuple[str | None, Precision | None, str | None]
UNDATED: Dating = (None, None, None)


class Date(StrEnum):
    """What may be known about a candidate for the date."""

    AWAY = "characters away"
    AWAY_SPAN = "characters from a span of time"
    AWAY_YEAR = "characters from a year"
    AWAY_OWNED = "characters from the day of an event"
    STANDS_AT = "the day the article stands at"
    LAST = "in the sentence before"
    BACK = "sentences farther back"
    LEAD = "in the lead"
    SAID = "the day of the telling"
    COUNTED = "the day of the counting"
    VAGUE = "a part of a day, or a day of no year"
    KNOWN = "a well-known event"
    REPORTED = "told on this day in the article"
    PRINTED = "the day at the head of the article"


_ELSEWHERE = frozenset((Date.LAST, Date.LEAD, Date.REPORTED))
MEASURES = frozenset((Date.AWAY, Date.AWAY_SPAN, Date.AWAY_YEAR, Date.AWAY_OWNED))


class Told(NamedTuple):
    """What a sentence tells of when: its date phrases to choose from, the one since when something is counted, and
    whether the figure itself is told there as one event: "since 2012, when a blast killed 12".
    """

    choice: Choice[When]
    since: When | None
    once: bool


class DateChooser:
    """Chooses the date of a figure by the weights of data/evidence.toml."""

    def __init__(self, language: Language) -> None:
        self.weights = load_weights("when", Date)
        self.since, self.events = SinceReader(language), EventWords(language)
        self.beside = BesideDates(language, self.events)
        self.reactions = ReactionReader(language, self.events)
        self.again = LateRegex(
            rf"\b{any_of(language.places.lists['definite'])}\s(?:[\w'’-]{{1,20}}\s){{0,2}}?{self.events.named}"
        )

    def told(self, here: FieldContext, reading: Reading, mention: Mention) -> Told:
        """The date phrase of a sentence that a figure has, and the one that tells since when."""
        once = self.since.holds(reading, mention)
        if once is not None and once.when is not None:
            return Told(self.alone(once.when), None, once=True)
        if not reading.dates:
            return Told(Choice((), None), None, once=once is not None)
        at = reading.context.tokens.starts[reading.items[mention.item].first]
        first, last = part_of(reading, at)
        dates = [d for d in reading.dates if first <= d.start < last] if reading.parts else reading.dates
        dates = _without_the_next(reading, self.beside.of_the_figure(reading, mention, dates), at)
        near = [d for d in dates if not (d.since or d.idle or is_ahead(here, d)) and abs(d.start - at) < FARTHEST_DATE]
        near = [*up_to_the_telling(_of_the_end(reading, mention, _reported(reading, near, at)))]
        if mention.pattern in TOLL_RULES:
            near = [_of_the_count(when, reading, mention) for when in near]
        own = [d for d in near if not d.reported and not _in_other_clause(reading, d, at)]
        counted = (d for d in dates if d.since and not (d.begins and own) and not _is_cut_off(d, own, at))
        since = next((d for d in counted if not _is_of_another(reading, d, own, at)), None)
        exact = any(d.precision is Precision.DAY for d in own if not of_today(here, d))
        found = []
        for when in near:
            owned = when.precision is Precision.DAY and self.beside.owns_an_event(reading, when)
            evidence: list[tuple[str, float]] = [
                (Date.AWAY_OWNED if owned else _measure(when, exact), abs(when.start - at))
            ]
            if when.counted:
                evidence = [(Date.COUNTED, 1)]
            elif when.reported and not (when.hour or when.date is None):
                evidence = [(Date.SAID, 1)]
            elif when.reported or when.hour or when.spoken:
                evidence.append((Date.VAGUE, 1))
            elif of_today(here, when):
                evidence.append((Date.STANDS_AT, 1))
            found.append(weighed(here.text[when.start : when.end], when, tuple(evidence), self.weights))
        return Told(chosen(found, self.weights), since, once=once is not None)

    def comes_back(self, reading: Reading, told: Choice[When], discourse: Discourse) -> bool:
        """Whether a sentence tells on a day of its own of the event that was told before it, and which was some days
        before: "On Monday officials said that 12 had died in the attack".
        """
        best, before = told.best, discourse.last or discourse.lead
        if best is None or before is None or all(name is not Date.SAID for name, _ in best.evidence):
            return False
        said, day = published_date(best.answer.date), published_date(before.date)
        soon = said is not None and day is not None and 0 < (said - day).days <= REPORTED
        return soon and self.again.search(reading.low) is not None

    def alone(self, when: When) -> Choice[When]:
        """The choice of a date that no other can be: that of the clause of a figure."""
        day = when._replace(since=False, lately=False, begins=False)
        return chosen([weighed(when.date or "", day, ((Date.AWAY, 1),), self.weights)], self.weights)

    def date(self, told: Choice[When], discourse: Discourse, here: Position, scope: Scope) -> Choice[When]:
        """The date of an event or a stated period, told in its sentence, before it, or in the lead. `scope`: of which
        of these; what happened once has no long span of time of another sentence: "the third attack in a month".
        """
        counted = told.best is not None and told.best.answer.as_of and scope is Scope.INCIDENT
        if told.best is not None and told.best.against < self.weights.of[Date.LAST] and not counted:
            return told  # no date told elsewhere can win
        once = scope is Scope.INCIDENT
        found = [self._counted_by(one) if once else one for one in told.candidates]
        if told.best is not None and told.best.answer.spoken and not _is_just_before(discourse.lead, told.best.answer):
            return told  # "We lost two men today," he said long after what the article is about
        back = min(here.sentence - discourse.last_at.sentence - 1, FARTHEST_BACK)
        recalled = back > 0 and _is_a_flashback(discourse.last, discourse.lead)
        if discourse.last is not None and not recalled and not (once and _is_long(discourse.last)):
            evidence = ((Date.LAST, 1), (Date.BACK, back)) if back > 0 else ((Date.LAST, 1),)
            found.append(weighed(discourse.last.date or "", discourse.last, evidence, self.weights))
        for name, when in (
            (Date.LEAD, discourse.lead),
            (Date.REPORTED, discourse.reported),
            (Date.PRINTED, discourse.printed),
        ):
            if when is not None and not (once and _is_long(when)):
                found.append(weighed(when.date or "", when, ((name, 1),), self.weights))
        return chosen(found, self.weights)

    def _counted_by(self, one: Candidate[When]) -> Candidate[When]:
        """A candidate; one up to which somebody counted is the weaker for it: "by Saturday morning 12 had died"."""
        evidence = (*one.evidence, (Date.COUNTED, 1))
        return weighed(one.words, one.answer, evidence, self.weights) if one.answer.as_of else one


def unsaid(told: Choice[When], weights: Weights) -> Choice[When]:
    """The choice without the days on which somebody only told of it."""
    return chosen((one for one in told.candidates if not _is_said(one)), weights)


def _is_said(one: Candidate[When]) -> bool:
    return any(name is Date.SAID for name, _ in one.evidence)


def is_before_the_event(told: Choice[When], day: str | None) -> bool:
    """Whether what a sentence reports was told before a day, so that it cannot have happened then."""
    days = (one.answer.date for one in told.candidates if _is_said(one) and one.answer.precision is Precision.DAY)
    return (
        day is not None and len(day) == Precision.DAY.length and any(said is not None and said < day for said in days)
    )


def _is_a_flashback(last: When | None, lead: When | None) -> bool:
    """Whether the date told last is long before the one that the article is about."""
    if last is None or lead is None or last.date is None or lead.date is None:
        return False
    return (first_day(lead.date) - first_day(last.date)).days > FLASHBACK


def _is_just_before(when: When | None, today: When) -> bool:
    """Whether a date is of the day before another, on which somebody spoke of it as today."""
    day, told = published_date(today.date), published_date(when.date if when is not None else None)
    return day is not None and told is not None and 0 <= (day - told).days <= SOON_AFTER


def _is_long(when: When) -> bool:
    """Whether a date is a span of more than a few days, or of no stated length: "in recent weeks"."""
    if not when.stretch or when.date is None or when.precision is not Precision.DAY:
        return False
    return when.period_start is None or (first_day(when.date) - first_day(when.period_start)).days > SHORT


def _without_the_next(reading: Reading, dates: Sequence[When], at: int) -> Sequence[When]:
    """The dates of the figure at offset `at` without those behind a comma that lead to other figures, if another date
    leads to this one: "on 3 May 12 died, on 9 June 14 people".
    """
    if len(dates) < 2 or len(reading.mentions) < 2:
        return dates
    if not any(when.end <= at and not when.idle for when in dates):
        return dates
    starts = reading.context.tokens.starts
    comma = next((starts[i.first] for i in reading.items if starts[i.first] > at and "comma" in i.roles), None)
    if comma is None:
        return dates
    last = reading.span(max(reading.mentions, key=attrgetter("item")))[0]
    return [when for when in dates if not comma < when.start < last]


def _of_the_count(when: When, reading: Reading, mention: Mention) -> When:
    """A date right behind a toll is that of the counting, "the toll of Monday's blast rose to 22 on Friday", and so is
    one at the head of its sentence: "On Friday the toll of the blast rose to 22".
    """
    day = when.precision is Precision.DAY and not (when.stretch or when.as_of or when.idle)
    behind = 0 < when.start - reading.span(mention)[1] <= RIGHT_BEHIND
    heads = when.start - reading.sentence.start <= HEAD and mention.harm <= AT_HEAD and mention.harm < mention.item
    return when._replace(reported=True) if day and (behind or heads) else when


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


def unborrowed(dating: Dating, choice: Choice[When], country: str | None, base: dt.date | None) -> Dating:
    """The dating of an event; none if its day was told in another sentence, and is that of a well-known event of
    another country: whoever died in Gaza did not die on the day of the attack on Israel that the text recalls.
    """
    best = choice.best
    elsewhere = best is not None and not _ELSEWHERE.isdisjoint(name for name, _ in best.evidence)
    return UNDATED if elsewhere and is_of_another_country(dating[0], country, base) else dating


def is_of_another_country(day: str | None, country: str | None, base: dt.date | None) -> bool:
    """Whether a day is that of a well-known event of the other country of a war, which the text of the day `base`
    recalls. An earthquake elsewhere may be of the same day.
    """
    if day is None or country is None or base is None:
        return False
    of_day = {one.country for one in load_known_events() if one.day == day}
    recalled = bool(of_day) and country not in of_day and (base - first_day(day)).days > SOON_AFTER
    return recalled and any(
        country in lands and not of_day.isdisjoint(lands)
        for lands in ((*one.countries, *one.spillover) for one in load_conflicts() if one.covers(day))
    )


def of_total(here: FieldContext, when: When | None, since: When | None) -> Dating:
    """Date, precision and start of a running total: it stands at the article's date, unless "as of" says another."""
    day = here.base.isoformat() if here.base else None
    if when is not None and when.date and (when.as_of or when.counted or when.stretch):
        # "killed since January, making it the deadliest year in two decades" counts since January
        return when.date, when.precision, _begin(since) if since else when.period_start
    begin = _begin(since) if since else when.period_start if when and when.stretch else None
    if when is not None and when.reported and when.date and (when.precision is Precision.DAY or _is_past(when, day)):
        return when.date, when.precision, begin  # "officials there said on Monday", "a month ago they put it at"
    return day, Precision.DAY if day else None, begin


def _begin(since: When) -> str | None:
    """When a count began: "с начала года" is since the first day of that year."""
    return since.period_start if since.stretch and since.period_start else since.date


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


def _is_cut_off(since: When, own: Sequence[When], at: int) -> bool:
    """Whether a date of its own stands between a figure and a date since when something else is counted: "killed 12 in
    May 1985, has held talks since December".
    """
    return any(at < when.start < since.start and when.date and not when.stretch for when in own)


def _is_of_another(reading: Reading, since: When, own: Sequence[When], at: int) -> bool:
    """Whether another figure counts since a date, as this one has a span of time of its own before that: "ten killed in
    three days, 48 since the war began".
    """
    figures = [reading.span(mention)[0] for mention in reading.mentions] if len(reading.mentions) > 1 else []
    return any(
        when.stretch and any(at < when.start < figure < since.start for figure in figures) for when in own if when.date
    )


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


def _shifted(when: When, discourse: Discourse) -> When | None:
    """The date counted from the one stated before it, if there is one: "a day earlier". Where there is none, or it
    would be after the day of the article, nothing tells what "two days later" is.
    """
    anchor = published_date((discourse.last or discourse.lead or when).date)
    told = when is discourse.last or (when is discourse.lead and when.shift < 0)  # a lead counts back from the article
    if anchor is None or told or not (discourse.last or discourse.lead):
        return when if when.shift < 0 else None
    try:
        day = (anchor + dt.timedelta(days=when.shift)).isoformat()
    except OverflowError:  # after the year 9999, which means "not known" in some collections
        return when
    after = when.shift > 0 and when.date is not None and day > when.date
    return None if after else when._replace(date=day, precision=Precision.DAY)
