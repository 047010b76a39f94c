"""A sentence that tells when and where the event before it was: "El ataque ocurrió el lunes en Kabul"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tracker.extraction.passage import Passage
from tracker.extraction.reading import DATELINE, Reading
from tracker.extraction.text.paragraphs import Position
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
        self.speaks = bool(events and verbs)
        self.opening = re.compile(told) if self.speaks else _UNMET

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


def before_it(body: Sequence[Passage], position: Position) -> range:
    """The indices of the passages whose event such a sentence may be about: the last ones of its news item. `position`:
    that of the sentence.
    """
    first = len(body)
    while first > max(0, len(body) - BACK) and body[first - 1].reading.position.item == position.item:
        first -= 1
    return range(first, len(body))


def telling(told: Told, reading: Reading, today: dt.date | None) -> Callable[[Figure], Figure]:
    """Gives a figure of one event the day and the place that it has not. The day of the article, `today`, may be that
    of the report only: "murieron seis, informó hoy la policía". `reading`: the sentence of the figure. A figure that
    is told of another place or of a known event stays as it is.
    """
    printed = today.isoformat() if today is not None else None
    own = any(day.date == printed and day.start >= DATELINE and not (day.reported or day.idle) for day in reading.dates)
    undated = (None,) if own else (None, printed)
    wide = frozenset(place.words for place in reading.places if place.is_country or place.is_area)
    when, where = told

    def completed(figure: Figure) -> Figure:
        if (
            figure.scope is not Scope.INCIDENT
            or reading.events
            or (where is not None and _is_elsewhere(figure, where, wide))
        ):
            return figure
        if when is not None and when.date and figure.date in undated:
            figure = changed(figure, date=when.date, date_precision=when.precision)
        if where is not None and figure.place is None:
            figure = changed(figure, place=where.words, country=where.country or figure.country)
        return figure

    return completed


def _is_elsewhere(figure: Figure, where: Where, wide: frozenset[str]) -> bool:
    """Whether a figure is told of another place or country. `wide`: the countries and areas that its sentence names."""
    if figure.country is not None and where.country is not None and figure.country != where.country:
        return True
    if figure.place is None or figure.place in wide:
        return False
    one, other = figure.place.lower(), where.words.lower()
    return one not in other and other not in one
