"""A sentence that tells when or where the event before it was: "El ataque ocurrió el lunes en Kabul"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tracker.extraction.passage import Passage, changed_passage
from tracker.extraction.reading import DATELINE, Reading
from tracker.extraction.text.paragraphs import Position
from tracker.extraction.when.phrases import When
from tracker.extraction.where.place import Where
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.language import Language
from tracker.model import Figure, Precision, Scope, changed

BACK = 3  # sentences before such a one of which it may tell
FARTHEST = 60  # characters between the verb and the date, or the place that is told without one
GAP = rf"[^.;:,]{{0,{FARTHEST}}}"  # between the event and its verb
GAP_WITH_CLAUSE = r"(?:,[^.;:,]{0,80},)?[^.;:,]{0,40}"  # the same with ", which lasted an hour,"


class Told(NamedTuple):
    """The day and the place that a sentence tells of the event before it."""

    when: When | None
    where: Where | None

    def __bool__(self) -> bool:
        return self.when is not None or self.where is not None


class AfterwardsReader:
    """Finds such sentences with the lists of one language; in a language without them there are none.

    A language has `events_told_of`, if such a sentence tells day and place for all figures of the sentences before it,
    or `events_placed`, if it tells the place alone, and for the last of these sentences.
    """

    def __init__(self, language: Language) -> None:
        lists, verbs = language.dates.lists, any_of(language.dates.lists["taking_place"])
        told_of, placed, that = (lists[name] for name in ("events_told_of", "events_placed", "told_that"))
        begins = rf"|\b{any_of(that)}\s" if that else ""
        self.speaks, self.places = bool(told_of), bool(placed)
        self.opening = LateRegex(rf"(?:\A|,\s{begins})\W{{0,3}}{any_of(told_of)}\b{GAP}\b{verbs}\b")
        self.placing = LateRegex(rf"\W{{0,3}}{any_of(placed)}\b{GAP_WITH_CLAUSE}\b{verbs}\b")

    def opens_place(self, low: str) -> bool:
        """Whether a sentence, in lower case, says that the event before it took place."""
        return self.places and self.placing.match(low) is not None

    def complete(self, body: list[Passage], reading: Reading, low: str, today: dt.date | None) -> None:
        """Gives the figures of the last passages the day and the place that a sentence tells for them. `low`: its text
        in lower case; `today`: the day of the article.
        """
        told = self._told(reading, low)
        for at in _before_it(body, reading.position) if told else ():
            beside = body[at].reading.position.sentence + 1 == reading.position.sentence
            body[at] = changed_passage(body[at], _telling(told, body[at].reading, today, beside=beside))

    def place(self, body: list[Passage], reading: Reading, low: str) -> None:
        """Gives the figures of the last sentence that has some the place that a sentence tells for them."""
        where = self._place(reading, low)
        if where is None:
            return
        before = _before_it(body, reading.position)
        last = next((at for at in reversed(before) if any(figure for figure, _ in body[at].candidates)), None)
        if last is not None:
            body[last] = changed_passage(body[last], _placing(where, body[last].reading.places))

    def _told(self, reading: Reading, low: str) -> Told:
        """What the sentence tells of the event before it: a date and a place right behind its verb, if it has no
        figure of its own.
        """
        opening = self.opening.search(low) if self.speaks and not reading.mentions else None
        if opening is None:
            return Told(None, None)
        at = reading.sentence.start + opening.end()
        days = (d for d in reading.dates if d.precision is Precision.DAY and not (d.since or d.idle or d.stretch))
        near = [day for day in days if at <= day.start < at + FARTHEST]
        when = next((day for day in near if not day.hour), next(iter(near), None))  # "вранці 10 червня"
        return Told(when, next(_named_behind(reading, at, 2 * FARTHEST), None))

    def _place(self, reading: Reading, low: str) -> Where | None:
        """The place, and no whole country, right behind the verb of such a sentence."""
        opening = self.placing.match(low) if self.places and reading.places else None
        if opening is None:
            return None
        behind = _named_behind(reading, reading.sentence.start + opening.end(), FARTHEST)
        return next((where for where in behind if not where.is_country), None)


def _named_behind(reading: Reading, at: int, farthest: int) -> Iterator[Where]:
    """The places with a name that begin at most so many characters behind an offset."""
    return (where for where in reading.places if where.strong and where.named and at <= where.start < at + farthest)


def _before_it(body: Sequence[Passage], position: Position) -> range:
    """The indices of the passages whose event such a sentence may be about: the last ones of its news item. `position`:
    that of the sentence.
    """
    first = len(body)
    while first > max(0, len(body) - BACK) and body[first - 1].reading.position.item == position.item:
        first -= 1
    return range(first, len(body))


def _telling(told: Told, reading: Reading, today: dt.date | None, *, beside: bool) -> Callable[[Figure], Figure]:
    """Gives a figure of one event the day and the place that it has not. The day of the article, `today`, may be that
    of the report only: "murieron seis, informó hoy la policía". `reading`: the sentence of the figure. A figure that
    is told of another place or of a known event stays as it is; right before the sentence (`beside`), such a place is
    the wider one: "seis muertos en Tibú. El ataque ocurrió el lunes en una vereda de La Gabarra".
    """
    printed = today.isoformat() if today is not None else None
    own = any(day.date == printed and day.start >= DATELINE and not (day.reported or day.idle) for day in reading.dates)
    undated = (None,) if own else (None, printed)
    beside = beside and all(day.reported or day.date != printed for day in reading.dates)
    wide = frozenset(place.words for place in reading.places if place.is_country or place.is_area)
    when, where = told

    def completed(figure: Figure) -> Figure:
        if (
            figure.scope is not Scope.INCIDENT
            or reading.events
            or (where is not None and (_is_abroad(figure, where) if beside else _is_elsewhere(figure, where, wide)))
        ):
            return figure
        if when is not None and when.date and figure.date in undated:
            figure = changed(figure, date=when.date, date_precision=when.precision)
        if where is not None and (figure.place is None or _is_nameless(figure.place)):
            figure = changed(figure, place=where.words, country=where.country or figure.country)
        return figure

    return completed


def _is_elsewhere(figure: Figure, where: Where, wide: frozenset[str]) -> bool:
    """Whether a figure is told of another place or country. `wide`: the countries and areas that its sentence names."""
    if _is_abroad(figure, where):
        return True
    if figure.place is None or figure.place in wide or _is_nameless(figure.place):
        return False
    one, other = figure.place.lower(), where.words.lower()
    return one not in other and other not in one


def _is_nameless(place: str) -> bool:
    """Whether a place is only a kind of place, whose name a later sentence may tell: "приватному будинку"."""
    return place.upper() != place.lower() == place


def _placing(where: Where, own: Sequence[Where]) -> Callable[[Figure], Figure]:
    """Gives a figure of one event a place, unless its own sentence, which tells the places `own`, tells one."""
    words = frozenset(one.words for one in own if not (one.is_country or one.is_area))

    def placed(figure: Figure) -> Figure:
        if figure.scope is not Scope.INCIDENT or figure.place in words or _is_abroad(figure, where):
            return figure
        return changed(figure, place=where.words, country=where.country or figure.country)

    return placed


def _is_abroad(figure: Figure, where: Where) -> bool:
    """Whether a figure is known to be of another country than a place."""
    return figure.country is not None and where.country is not None and figure.country != where.country
