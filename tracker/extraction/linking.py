"""What figures of one article take from each other: a date from the lead, and what a total and its parts share."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence

from tracker.extraction.choice.when import is_of_another_country
from tracker.extraction.counts.mention import PART_RULE
from tracker.extraction.counts.mentions import DIVIDING_RULES, Mention
from tracker.extraction.reading import Discourse
from tracker.extraction.text.sentences import HEADLINE_REACH
from tracker.extraction.who.names import Source
from tracker.model import Figure, Outcome, Precision, Scope, changed, first_day, timed_as

LEAD_REACH = 1_000  # characters at the head of a text among which the day of its event is told
FEW_DAYS = 6  # before the day printed at the head, on which what an article reports happened
LARGE = 5  # so large a number is that of one event in an article
Told = tuple[Scope, str | None, str | None]  # how a number is dated, and its country
OF_DAYS = 7  # so large a number is also that of a stated period
UNUSUAL = 3  # a smaller number may be that of another event of the same article


def dated_by(figure: Figure, lead: Discourse, headline: int, base: dt.date) -> Figure:
    """A figure at the head of a text without a date gets the one that the `lead` states after it.

    The same if it has only the day that is printed at the head. The lead may be farther if it states a day just before
    that one, or for a figure of the headline that the text repeats, up to `headline`. `base`: the day of the article.
    """
    told, printed = lead.lead or lead.printed, lead.printed
    own = figure.date is not None and (printed is None or figure.date != printed.date)
    if own or figure.scope is not Scope.INCIDENT or told is None:
        return figure
    if told.precision is not Precision.DAY or told.stretch or not figure.start < told.start < LEAD_REACH:
        return figure
    if is_of_another_country(told.date, figure.country, base):
        return figure
    headed = figure.start < headline or (figure.date is not None and _days_apart(figure.date, told.date) <= FEW_DAYS)
    if told.start >= HEADLINE_REACH and not headed:
        return figure
    return changed(figure, date=told.date, date_precision=told.precision)


def _days_apart(day: str, other: str | None) -> int:
    return abs((first_day(day) - first_day(other or day)).days)


def crediting(source: Source, taken: Source | None = None) -> Callable[[Figure], Figure]:
    """Gives a figure without a source, or with the one that it was `taken` for, the one that a later sentence names."""

    def credited(figure: Figure) -> Figure:
        if figure.source is not None and (taken is None or figure.source != taken.words):
            return figure
        return changed(figure, source=source.words, source_name=source.name, source_type=source.type)

    return credited


def twin(figure: Figure, in_text: Sequence[Figure], sure: Container[str]) -> Figure:
    """A figure of the headline gets the scope, date and country of the same number in the text: of the first whose own
    sentence states its day, else of the first that has the same scope. `sure`: the ids of those.
    """
    same = [f for f in in_text if f.outcome is figure.outcome and f.value == figure.value]
    if figure.value is None or not same:
        return figure
    alike = next((f for f in same if f.scope is figure.scope), same[0])
    told = next((f for f in same if f.figure_id in sure and _is_of_days(f)), alike)
    if figure.date is not None and told.scope is figure.scope and not _is_of_days(told):
        return changed(figure, country=figure.country or told.country)
    return changed(_alike(figure, told), place=figure.place)


def told_again(figures: Sequence[Figure], printed: str | None, sure: Container[str]) -> Callable[[Figure], Figure]:
    """Gives a figure of an incident that has no date, or only the day `printed` at the head of the article, the day or
    the period in which the article dates the same number elsewhere, in the same country if both have one. `figures` are
    all of the article; parts take their total's day. `sure`: the ids of those whose own sentence states their day.
    """
    days: dict[tuple[Outcome, int | None], dict[Told, Figure]] = defaultdict(dict)
    told = [one for one in figures if one.scope is Scope.INCIDENT and (one.value or 0) >= UNUSUAL]
    over = [one for one in figures if one.scope is Scope.PERIOD and one.figure_id in sure]
    for one in (*told, *(one for one in over if (one.value or 0) >= OF_DAYS and one.part_of is None)):
        if one.date not in (None, printed if one.scope is Scope.INCIDENT else None) and _is_of_days(one):
            days[one.outcome, one.value][one.scope, one.date, one.country] = one
    dated: dict[str, Figure] = {}
    for one in told:
        open_to = one.date in (None, printed) and one.figure_id not in sure
        alike = days[one.outcome, one.value].values() if open_to else ()
        found = {(other.scope, other.date): other for other in alike if _may_be_there(one, other)}
        if len(found) == 1:
            dated[one.figure_id] = found.popitem()[1]

    def redated(figure: Figure) -> Figure:
        other = dated.get(figure.part_of or figure.figure_id)
        if other is None or figure.date not in (None, printed) or figure.scope is not Scope.INCIDENT:
            return figure
        return timed_as(figure, other)

    return redated


def _is_of_days(figure: Figure) -> bool:
    return figure.date_precision is Precision.DAY


def _may_be_there(figure: Figure, other: Figure) -> bool:
    """Whether both figures may be of one country."""
    return None in (figure.country, other.country) or figure.country == other.country


def placed_again(figures: Sequence[Figure]) -> Callable[[Figure], Figure]:
    """Gives a figure without a place that of the first figure of the same number and harm, in the same country if both
    have one: a headline names no village. `figures` are all of the article; a small number in the text may be that of
    another event.
    """
    told: dict[tuple[Outcome, int | None], Figure] = {}
    for one in figures:
        if one.place is not None and (one.value or 0) >= UNUSUAL:
            told.setdefault((one.outcome, one.value), one)

    def placed(figure: Figure) -> Figure:
        same = told.get((figure.outcome, figure.value)) if figure.place is None else None
        if same is None or (None not in (same.country, figure.country) and same.country != figure.country):
            return figure
        if figure.scope is not same.scope or (figure.field != "title" and (figure.value or 0) < LARGE):
            return figure
        return changed(figure, place=same.place, country=figure.country or same.country)

    return placed


def linked(
    figure: Figure, mention: Mention, built: Mapping[int, Figure], discourse: Discourse, told_at: int | None
) -> Figure:
    """The figure as a part of its total, or as one that goes on from the figure before it in its sentence.

    `built`: the figures before it there, by their items. `told_at`: where its place is told.
    """
    total = built.get(mention.part_of) if mention.part_of is not None else None
    found = _with_total(figure, mention, total, built, discourse)
    return found if told_at is None or total is None else _where_its_total_was(found, total, told_at)


def _with_total(
    figure: Figure, mention: Mention, total: Figure | None, built: Mapping[int, Figure], discourse: Discourse
) -> Figure:
    """The figure linked to its total, with the total's scope, date and place. `total`: that of its sentence.

    A figure without a total may take those of the figure before it in its sentence.
    """
    if total is None and mention.part_of is None and mention.pattern in DIVIDING_RULES:
        before = discourse.whole if mention.rule.startswith(PART_RULE) else discourse.total
        total = before if _divides(figure, before) else None
    if total is not None:
        return changed(_alike(figure, total), part_of=total.figure_id)
    last = built[max(built)] if built else None
    if last is None or figure.scope is not Scope.INCIDENT or last.scope is Scope.INCIDENT:
        return figure
    if figure.date not in (None, last.date) and last.scope is Scope.PERIOD:
        return figure
    borrowed = figure.place is not None and figure.place not in figure.quote
    return _alike(changed(figure, place=None, country=None) if borrowed else figure, last)


def _where_its_total_was(figure: Figure, total: Figure, told_at: int) -> Figure:
    """A part of a total of its sentence was where that was, unless its place is told behind the total, at `told_at`."""
    if total.place is None or told_at > total.start or figure.place is None:
        return figure
    return changed(figure, place=total.place, country=total.country)


def _divides(figure: Figure, total: Figure | None) -> bool:
    """Whether a figure can be a part of the one before it."""
    if total is None or total.outcome is not figure.outcome:
        return False
    return figure.value is None or total.value is None or figure.value <= total.value


def _alike(figure: Figure, other: Figure) -> Figure:
    """The figure with the scope and date of another, and with its place if it has none. It keeps its own date if the
    other has none.
    """
    dated = figure if other.date is None and other.scope is figure.scope else timed_as(figure, other)
    return changed(
        dated,
        place=figure.place or other.place,
        country=figure.country or other.country,
    )
