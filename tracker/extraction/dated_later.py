"""The day of an event that another sentence tells, before or where the text comes back to it: "… Monday's blast"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.choice.event_words import EventWords
from tracker.extraction.choice.when import REPORTED, SOON_AFTER, Date
from tracker.extraction.lines import Line
from tracker.extraction.passage import Candidate, Passage
from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When, published_date
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.known_events import load_known_events
from tracker.knowledge.language import Language
from tracker.model import Precision, Scope, changed, first_day

FARTHEST = 25  # sentences behind the first figure without a day in which its day is looked for
LED = 3  # words before a noun among which "the" stands
HARMED = 8  # words between the people who were harmed and the day
BESIDE = 40  # characters between a day and the place of its event: "Monday's strike on the port of Odesa"
NEWS = 10  # days before the article on which the event that it reports happened
_WEAK = frozenset({Date.SAID, Date.PRINTED, Date.REPORTED, Date.STANDS_AT})  # days of a report and not of an event


class Return(NamedTuple):
    """Where a text comes back to an event and tells its day: the passage, the kinds of event that it may be, the day,
    and the places that stand beside it.
    """

    passage: int
    kinds: frozenset[str]
    day: str
    places: tuple[str, ...]


class ReturnReader:
    """Finds such words with the lists of one language; in a language without them there are none."""

    def __init__(self, language: Language) -> None:
        lists, self.events = language.dates.lists, EventWords(language)
        the, on, verbs = any_of(language.places.lists["definite"]), any_of(lists["event_on"]), lists["taking_place"]
        words = r"(?:\s[\w'’-]{1,20}){0,3}?"
        self.definite = frozenset(language.places.lists["definite"])
        happening = rf"(?:(?:\s[\w'’-]{{1,20}}){{0,1}}\s{any_of(verbs)})?"
        glued = not self.definite.isdisjoint(language.spelling.glued.before)  # "الهجوم", or none: "هجوم الثلاثاء"
        led = r"(?<![\w-])" if glued else rf"\b{the}(?:(?<=['’])|{words}\s)"  # "l'attaque de mardi"
        before = rf"{led}{self.events.named},?{happening}"
        self.before = LateRegex(rf"{before}(?:\s(?:{on}|[\d.:]{{1,5}})){{0,5}}\s?\Z")

    def returns(self, passages: Sequence[Passage], lines: Sequence[Line], base: dt.date) -> list[Return]:
        """Where the passages come back to an event of the last days. `lines`: the sentences of the last passages."""
        found, first = [], len(passages) - len(lines)
        for at, passage in enumerate(passages):
            for when in passage.reading.dates or (lines[at - first].dates() if at >= first else ()):
                kinds = self._kinds_at(passage.reading, when) if _is_news(when, base) else None
                if kinds is not None and not _is_of_its_own(passage, when.date):
                    beside = (one for one in passage.reading.places if 0 < one.start - when.end <= BESIDE)
                    places = tuple(one.words.lower() for one in beside if one.named)
                    found.append(Return(at, kinds, when.date or "", places))
        return found

    def _kinds_at(self, reading: Reading, when: When) -> frozenset[str] | None:
        """The kinds of the event that a date is told to be of: "Monday's blast", "the blast late on Monday"."""
        low, offset = reading.low, reading.sentence.start
        match = self.events.owned_by(low, when.start - offset, when.end - offset) or self.before.search(
            low, 0, when.start - offset
        )
        return self.events.kinds[match["event"]] if match is not None else None

    def day_of_victims(self, passages: Sequence[Passage], lines: Sequence[Line], at: int) -> str | None:
        """The day that the text tells when it comes back to the people of a passage: "the priests were killed on 16
        May". `lines`: the sentences of the last passages.
        """
        first = len(passages) - len(lines)
        nouns = {
            figure.victims.lower().split()[-1] for figure, _ in passages[at].candidates if figure and figure.victims
        }
        for passage, line in zip(passages[first:], lines, strict=True):
            if not line.harms or passage.candidates or not any(noun in line.low for noun in nouns):
                continue
            if line.sentence.start <= passages[at].reading.sentence.start and at >= first:
                continue
            for when in line.dates():
                before = line.low[: when.start - line.sentence.start]
                plain = when.precision is Precision.DAY and not (
                    when.reported or when.since or when.stretch or when.idle
                )
                if plain and any(self._are_harmed(noun, before) for noun in nouns):
                    return when.date
        return None

    def _are_harmed(self, noun: str, before: str) -> bool:
        """Whether the words before a date are about these people: "the two priests, who were shot dead on"."""
        at = before.rfind(f" {noun} ") if f" {noun} " in before else before.rfind(f" {noun}, ")
        led = {*before[:at].split()[-LED:]} if at >= 0 else set()
        return not self.definite.isdisjoint(led) and len(before[at:].split()) <= HARMED


def _is_news(when: When, base: dt.date) -> bool:
    """Whether a date is a day of news, and that of an event."""
    if when.precision is not Precision.DAY or when.reported or when.stretch:
        return False
    day = published_date(when.date)
    return day is not None and 0 <= (base - day).days <= NEWS and not _is_recalled(when.date, base)


def _is_recalled(day: str | None, base: dt.date) -> bool:
    """Whether a day is that of an attack by which a war began, which news recalls beside later ones."""
    began = (one for one in load_known_events() if one.by and one.day == day)
    return any((base - first_day(one.day)).days > SOON_AFTER for one in began)


def _is_of_its_own(passage: Passage, day: str | None) -> bool:
    """Whether a sentence has figures of that day, so that it may tell of another event."""
    return any(figure is not None and figure.date == day for figure, _ in passage.candidates)


def dated_later(
    reader: ReturnReader, passages: Sequence[Passage], lines: Sequence[Line], base: dt.date
) -> list[Passage]:
    """The passages, with the day that the text tells later for figures that have none, or only that of a report."""
    out = [*passages]
    telling = [at for at, passage in enumerate(passages) if passage.candidates] if reader.events.speaks else []
    for at in telling:
        out[at] = _reported_next(reader, passages[at - 1] if at else None, passages[at])
    undated = [at for at in telling if any(map(_is_open, out[at].candidates))]
    if not undated:
        return out
    last = undated[0] + FARTHEST
    near = lines[: max(0, last - len(passages) + len(lines))]
    returns = reader.returns(passages[:last], near, base)
    told: dict[int, str] = {}
    for at in undated:
        kinds = reader.events.kinds_in(passages[at].reading)
        where = _places_of(passages[at])
        later = [one for one in returns if one.passage > at and kinds & one.kinds and _is_there(where, one.places)]
        if len({one.day for one in later}) == 1 and not _is_told_between(passages[at + 1 : later[0].passage], later[0]):
            told[at] = later[0].day
        elif not kinds and at - 1 in told:
            told[at] = told[at - 1]  # "Gunmen stormed a bank, killing two. Nine people were hurt."
        elif not later and (day := reader.day_of_victims(out, lines, at)) is not None:
            told[at] = day
        if at in told:
            out[at] = _dated(out[at], told[at])
    return out


def _places_of(passage: Passage) -> list[str]:
    return [figure.place.lower() for figure, _ in passage.candidates if figure is not None and figure.place]


def _is_there(places: Sequence[str], others: Sequence[str]) -> bool:
    """Whether these may be the places of one event: one of them is told in another, or they are not told."""
    return not (places and others) or any(one in other or other in one for one in places for other in others)


def _reported_next(reader: ReturnReader, before: Passage | None, passage: Passage) -> Passage:
    """A passage that reports some days later what the one before it told, with the day of that: "A storm hit the coast
    on Sunday. At least 300 people died, officials said on Tuesday."
    """
    said = [one for one in passage.candidates if _is_said(one)]
    kinds_in = reader.events.kinds_in
    if not said or before is None or kinds_in(passage.reading) or not kinds_in(before.reading):
        return passage
    at, here = before.reading.position, passage.reading.position
    days = [one for one in before.reading.dates if not (one.reported or one.since or one.idle or one.stretch)]
    if before.field != passage.field or at[1:] != here[1:] or len(days) != 1:
        return passage
    day, told = published_date(days[0].date), published_date(said[0][0].date if said[0][0] is not None else None)
    soon = day is not None and told is not None and 0 < (told - day).days <= REPORTED
    return _dated(passage, days[0].date or "") if soon else passage


def _evidence(candidate: Candidate) -> frozenset[str] | None:
    """What tells the date of a figure of one event, empty if nothing does; None for other figures."""
    figure, considered = candidate
    if figure is None or figure.scope is not Scope.INCIDENT or considered.choices is None:
        return None
    best = considered.choices.when.best
    return frozenset(name for name, _ in best.evidence) if best is not None else frozenset()


def _is_said(candidate: Candidate) -> bool:
    """Whether a figure of one event has only the day on which somebody told of it."""
    return Date.SAID in (_evidence(candidate) or ())


def _is_told_between(passages: Sequence[Passage], later: Return) -> bool:
    """Whether another event of that day is told before the text comes back to it."""
    return any(_is_of_its_own(passage, later.day) for passage in passages)


def _is_open(candidate: Candidate) -> bool:
    """Whether a figure of one event has no day of its own."""
    figure, evidence = candidate[0], _evidence(candidate)
    if figure is None or evidence is None:
        return False
    return figure.date is None or not _WEAK.isdisjoint(evidence)


def _dated(passage: Passage, day: str) -> Passage:
    candidates = [
        (changed(figure, date=day, date_precision=Precision.DAY), considered)
        if figure is not None and _is_open((figure, considered)) and day < (figure.date or "9")
        else (figure, considered)
        for figure, considered in passage.candidates
    ]
    return Passage(passage.field, passage.reading, tuple(candidates))
