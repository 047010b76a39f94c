"""What figures of one article take from each other: a date from the lead, and what a total and its parts share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence

from tracker.extraction.counts.mentions import DIVIDING_RULES, Mention
from tracker.extraction.reading import Discourse
from tracker.extraction.text.sentences import HEADLINE_REACH
from tracker.extraction.who.names import Source
from tracker.model import Figure, Outcome, Precision, Scope, changed, first_day

LEAD_REACH = 1_000  # characters at the head of a text among which the day of its event is told
FEW_DAYS = 3  # before the day printed at the head, on which what an article reports happened
UNUSUAL = 3  # a smaller number may be that of another event of the same article


def dated_by(figure: Figure, lead: Discourse, headline: int) -> Figure:
    """A figure at the head of a text without a date gets the one that the `lead` states after it.

    The same if it has only the day that is printed at the head. The lead may be farther if it states a day just before
    that one, or for a figure of the headline that the text repeats, up to `headline`.
    """
    told, printed = lead.lead or lead.printed, lead.printed
    own = figure.date is not None and (printed is None or figure.date != printed.date)
    if own or figure.scope is not Scope.INCIDENT or told is None:
        return figure
    if told.precision is not Precision.DAY or not figure.start < told.start < LEAD_REACH:
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


def twin(figure: Figure, in_text: Sequence[Figure]) -> Figure:
    """A figure of the headline gets the scope, date and country of the same number in the text."""
    same = [f for f in in_text if f.outcome is figure.outcome and f.value == figure.value]
    if figure.value is None or not same:
        return figure
    return changed(_alike(figure, same[0]), place=figure.place)


def told_again(figures: Sequence[Figure], printed: str | None, sure: Container[str]) -> Callable[[Figure], Figure]:
    """Gives a figure of an incident that has no date, or only the day `printed` at the head of the article, the day on
    which the article dates the same number elsewhere, in the same country if both have one. `figures` are all of the
    article; parts take their total's day. `sure`: the ids of those whose own sentence states their day.
    """
    days: dict[tuple[Outcome, int | None], set[tuple[str, str | None]]] = defaultdict(set)
    told = [one for one in figures if one.scope is Scope.INCIDENT and (one.value or 0) >= UNUSUAL]
    for one in told:
        if one.date not in (None, printed) and one.date_precision is Precision.DAY:
            days[one.outcome, one.value].add((one.date or "", one.country))
    dated: dict[str, str] = {}
    for one in told:
        open_to = one.date in (None, printed) and one.figure_id not in sure
        alike = days[one.outcome, one.value] if open_to else ()
        found = {day for day, country in alike if None in (country, one.country) or country == one.country}
        if len(found) == 1:
            dated[one.figure_id] = found.pop()

    def redated(figure: Figure) -> Figure:
        day = dated.get(figure.part_of or figure.figure_id)
        if day is None or figure.date not in (None, printed):
            return figure
        return changed(figure, date=day, date_precision=Precision.DAY)

    return redated


def with_total(figure: Figure, mention: Mention, built: Mapping[int, Figure], discourse: Discourse) -> Figure:
    """The figure linked to its total, with the total's scope, date and place.

    A figure without a total may take those of the figure before it in its sentence.
    """
    total = built.get(mention.part_of) if mention.part_of is not None else None
    if total is None and mention.part_of is None and mention.rule.rstrip("+") in DIVIDING_RULES:
        total = discourse.total if _divides(figure, discourse.total) else None
    if total is not None:
        return changed(_alike(figure, total), part_of=total.figure_id)
    last = built[max(built)] if built else None
    if last is None or figure.scope is not Scope.INCIDENT or last.scope is Scope.INCIDENT:
        return figure
    other_date = figure.date not in (None, last.date) and last.scope is Scope.PERIOD
    return figure if other_date else _alike(figure, last)


def _divides(figure: Figure, total: Figure | None) -> bool:
    """Whether a figure can be a part of the one before it."""
    if total is None or total.outcome is not figure.outcome:
        return False
    return figure.value is None or total.value is None or figure.value <= total.value


def _alike(figure: Figure, other: Figure) -> Figure:
    """The figure with the scope and date of another, and with its place if it has none."""
    return changed(
        figure,
        scope=other.scope,
        date=other.date,
        date_precision=other.date_precision,
        period_start=other.period_start,
        place=figure.place or other.place,
        country=figure.country or other.country,
    )
