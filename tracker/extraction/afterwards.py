"""A sentence that tells when and where the event before it was: "El ataque ocurrió el lunes en Kabul"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from tracker.extraction.reading import Reading
from tracker.extraction.when.phrases import When
from tracker.extraction.where.place import Where
from tracker.knowledge.alternation import any_of
from tracker.knowledge.language import Language
from tracker.model import Figure, Precision, Scope, changed

BACK = 3  # sentences before such a one of which it may tell
FARTHEST = 60  # characters between the event and its verb, and between the verb and the date or place
_UNMET = re.compile(r"(?!)")


class Told(NamedTuple):
    """The day and the place that a sentence tells of the event before it."""

    when: When | None
    where: Where | None

    def __bool__(self) -> bool:
        return self.when is not None or self.where is not None


class AfterwardsReader:
    """Finds such sentences with the lists of one language; in a language without them there are none."""

    def __init__(self, language: Language) -> None:
        lists = language.dates.lists
        events, verbs = lists["events_told_of"], lists["taking_place"]
        gap = rf"[^.;:,]{{0,{FARTHEST}}}"
        told = rf"(?:\A|,\s)\W{{0,3}}{any_of(events)}\b{gap}\b{any_of(verbs)}\b"
        self.opening = re.compile(told) if events and verbs else _UNMET

    def told(self, reading: Reading) -> Told:
        """What the sentence tells of the event before it: a date and a place right behind its verb, if it has no
        figure of its own.
        """
        opening = None if reading.mentions else self.opening.search(reading.sentence.text.lower())
        if opening is None:
            return Told(None, None)
        at = reading.sentence.start + opening.end()
        days = (d for d in reading.dates if d.precision is Precision.DAY and not (d.since or d.idle or d.stretch))
        when = next((day for day in days if at <= day.start < at + FARTHEST), None)
        strong = (w for w in reading.places if w.strong and w.named)
        return Told(when, next((place for place in strong if at <= place.start < at + 2 * FARTHEST), None))


def telling(told: Told, today: dt.date | None) -> Callable[[Figure], Figure]:
    """Gives a figure of one event the day and the place that it has not. The day of the article, `today`, may be that
    of the report only: "murieron seis, informó hoy la policía".
    """
    undated = (None, today.isoformat() if today is not None else None)

    def completed(figure: Figure) -> Figure:
        if figure.scope is not Scope.INCIDENT:
            return figure
        when, where = told
        if when is not None and when.date and figure.date in undated:
            figure = changed(figure, date=when.date, date_precision=when.precision)
        if where is not None and figure.place is None:
            figure = changed(figure, place=where.words, country=where.country or figure.country)
        return figure

    return completed
