"""What is known of the bodies that keep a standing count, applied to the figures of an article.

The world follows a few standing counts of each war (data/standing_counts/). A paper names their bodies in many ways,
and often says neither where nor since when they count. From the registry the figure gets the name of the body; and
where it states the count's running total, also its scope, start, as-of date and country. The words of the article stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.knowledge.known_events import load_known_events
from tracker.knowledge.phrases import words_of
from tracker.knowledge.registry import Conflict
from tracker.knowledge.sourcebook import Sourcebook
from tracker.knowledge.standing_counts import EVERYONE, StandingCount
from tracker.model import (
    Article,
    Assigned,
    Cause,
    Changes,
    Figure,
    Outcome,
    Precision,
    Scope,
    VictimGroup,
    changed,
    first_day,
)

NEAR_START = 3
"""Days by which "in the past two weeks" may miss the day since when a count runs."""
PART_OF_TIME = 0.15
"""The same as a part of the time that has passed since then, which counts where it is more."""
KEPT = 2_000  # words for victims that are kept with their nation: each count of a conflict asks for it
LONGEST_NAME = 3  # words in the name of a country or people


class Peoples(NamedTuple):
    """The countries of the names of countries and peoples, as `key` writes them, and whether a capital tells these
    names.
    """

    countries: Mapping[str, str]
    capitals: bool
    key: Callable[[str], str]


class StandingCounts:
    """Applies the standing counts of the registry.

    `counts_of` gives those of a conflict. `determiners` are words before the name of a body that say nothing.
    """

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        counts_of: Callable[[str], Sequence[StandingCount]],
        peoples: Peoples,
        book: Sourcebook,
        determiners: frozenset[str],
    ) -> None:
        self.conflicts = {one.id: one for one in conflicts}
        self.counts_of = counts_of
        self.peoples = peoples
        self.book = book
        self.determiners = determiners
        self.nation = lru_cache(KEPT)(self._nation)
        self.named = lru_cache(KEPT)(self._named)

    def applied(self, found: Sequence[Assigned], article: Article, country_counts: Mapping[str, int]) -> list[Assigned]:
        """The figures with what the registry knows of their counts; the reason of the conflict names the count."""
        return [self._applied(one, article, country_counts) for one in found]

    def _applied(self, assigned: Assigned, article: Article, country_counts: Mapping[str, int]) -> Assigned:
        figure = assigned.figure
        if figure.cause is not Cause.CONFLICT:
            return assigned
        if figure.source is not None:
            for conflict in self._possible(figure, article, country_counts):
                count = self._of_body(figure, conflict)
                if count is not None:
                    return self._told_by(count, assigned, article)
        restated = self._restated(figure, figure.conflict) if figure.conflict is not None else None
        return _total(restated, assigned, article) if restated is not None else assigned

    def _possible(self, figure: Figure, article: Article, country_counts: Mapping[str, int]) -> Iterable[str]:
        """The conflicts whose counts may be meant: the figure's, or if it has none those of the article's countries."""
        if figure.conflict is not None:
            return (figure.conflict,)
        day = (article.published or "")[:10] or None
        return (
            one.id
            for one in self.conflicts.values()
            if one.end is None and one.covers(day) and country_counts.get(one.countries[0], 0) > 0
        )

    def _of_body(self, figure: Figure, conflict: str) -> StandingCount | None:
        """The standing count that a figure's source keeps of such people: rather one of the figure's country, and of
        its victims' nation.
        """
        named = self.named(conflict, figure.source, figure.source_name)
        if not named:
            return None
        nation = self.nation(figure.victims)
        fitting = [one for one in named if _counts(one, figure, nation) and _is_time(one, figure)]
        here = [one for one in fitting if figure.country in (None, one.country)] or fitting
        same = [one for one in here if nation and one.nation == nation]
        whose = {one.nation for one in here if one.counted == VictimGroup.COMBATANTS}
        if not nation and len(whose) > 1:
            return None  # an army counts its own dead and the enemy's: nothing says which
        return next(iter(same or here), None)

    def _restated(self, figure: Figure, conflict: str) -> StandingCount | None:
        """The count whose total of everyone in its area a report states that names no source, or one that keeps no
        count of its own.
        """
        nation, value = self.nation(figure.victims), figure.value or 0
        for count in self.counts_of(conflict):
            if value < count.least or count.counted != EVERYONE:
                continue  # most figures are too small for any total
            if not _is_total(count, figure) or not _counts(count, figure, nation):
                continue
            theirs = bool(nation) and nation == count.nation
            placed = theirs or (figure.place is not None and _names_area(count, figure.place))
            if placed and _is_time(count, figure) and self._is_whole(count, figure):
                return count
        return None

    def _told_by(self, count: StandingCount, assigned: Assigned, article: Article) -> Assigned:
        """The figure under the name of the count's body; as the count's total, if it is one."""
        figure = assigned.figure
        if not self._is_here(count, figure):
            return assigned
        named = figure if self._is_wider(figure, count) else changed(figure, **self._body(count))
        if figure.country not in (None, count.country) and figure.outcome is not Outcome.ABDUCTED:
            named = changed(named, country=count.country, place=None)  # the place was where it was said, or began
        told = Assigned(named, assigned.why)
        return _total(count, told, article) if self._is_whole(count, named) and _is_total(count, named) else told

    def _is_wider(self, figure: Figure, count: StandingCount) -> bool:
        """Whether the text only names an international body, and not the office of it that keeps the count: "UN"."""
        if figure.source_name == count.body:
            return False
        entries = self.book.by_name.get(self._said(figure.source), ())
        return any(entry.name == figure.source_name and not entry.country for entry in entries)

    def _body(self, count: StandingCount) -> Changes:
        spelled = (" ".join(words_of(count.body)), *sorted(count.named))
        entries = (entry for name in spelled for entry in self.book.by_name.get(name, ()) if entry.name == count.body)
        entry = next(entries, None)
        kind: Changes = {"source_type": entry.type} if entry is not None else {}
        return {"source_name": count.body, **kind}

    def _is_here(self, count: StandingCount, figure: Figure) -> bool:
        """Whether a figure is of the count's area. A place in another country does not speak against it if the people
        counted, or the words for the body, are of the count's own country: "Palestinians", "officials in Gaza".
        """
        if figure.country in (None, count.country):
            return True
        if count.counted != EVERYONE:
            return False  # soldiers fall abroad
        nation = self.nation(figure.victims)
        if nation:
            return nation == count.nation
        if figure.date == count.since and figure.scope is Scope.INCIDENT:
            return False  # the event with which the count began was elsewhere
        large = figure.value is not None and figure.value >= count.least and not self._is_of_another(count, figure)
        source = figure.source or ""
        return large or self.nation(source) == count.country or _names_area(count, source)

    def _is_of_another(self, count: StandingCount, figure: Figure) -> bool:
        """Whether a figure is as large as one that another body counted in the country where it is placed."""
        value = figure.value or 0
        return any(
            one.country == figure.country != count.country and one.most is not None and one.least <= value <= one.most
            for one in self.counts_of(count.conflict)
            if figure.outcome in one.outcomes
        )

    def _is_whole(self, count: StandingCount, figure: Figure) -> bool:
        """Whether a figure's place is no part of the count's area, but the area, its country or not told."""
        if figure.place is None or figure.country != count.country:
            return True
        place = figure.place.lower()
        conflict = self.conflicts.get(count.conflict)
        wholes = (*count.area_names, *(conflict.theatre if conflict else ()))
        return (
            any(name in place for name in wholes)
            or self.peoples.countries.get(self.peoples.key(place)) == count.country
        )

    def _named(self, conflict: str, source: str | None, name: str | None) -> Sequence[StandingCount]:
        """The counts of a conflict that the body keeps which these words for a source or its name mean."""
        names = {self._said(source), " ".join(words_of(name or ""))}  # as the registry spells them
        return [one for one in self.counts_of(conflict) if not names.isdisjoint(one.named)]

    def _said(self, source: str | None) -> str:
        """The words of the source without determiners."""
        words = words_of(source or "")
        while len(words) > 1 and words[0] in self.determiners:
            words = words[1:]
        return " ".join(words)

    def _nation(self, victims: str | None) -> str:
        """The country whose people the words for the victims name; "" for none or several."""
        words = (victims or "").replace("’", "'").split()
        countries, capitals, key = self.peoples
        found = {
            countries[name]
            for at in range(len(words))
            for size in range(1, LONGEST_NAME + 1)
            if (words[at][:1].isupper() or not capitals)
            and (name := key(" ".join(words[at : at + size]).lower().removesuffix("'s"))) in countries
        }
        return found.pop() if len(found) == 1 else ""


def _names_area(count: StandingCount, words: str) -> bool:
    """Whether words name the area of a count."""
    low = words.lower()
    return any(name in low for name in count.area_names)


def _counts(count: StandingCount, figure: Figure, nation: str) -> bool:
    """Whether people of this outcome, group and nation are in the count."""
    if nation and count.nation and nation != count.nation:
        return False
    if count.counts(figure.outcome, figure.victim_group):
        return True
    # "5,000 Russians": the nation tells that the enemy's soldiers are meant
    soldiers = count.counted == VictimGroup.COMBATANTS and figure.victim_group is VictimGroup.UNSPECIFIED
    return soldiers and figure.outcome in count.outcomes and nation == count.nation != ""


def _is_time(count: StandingCount, figure: Figure) -> bool:
    """Whether the count had begun when the article was printed."""
    printed = (figure.published or "")[:10]
    return not printed or count.since[: len(printed)] <= printed


def _is_total(count: StandingCount, figure: Figure) -> bool:
    """Whether a figure states the running total of a count: it says so, or is too large for a day or an event."""
    if figure.scope is Scope.INCIDENT and (figure.date, count.country) in _days_of_events():
        return False
    if count.until == count.since or (figure.part_of is not None and figure.scope is not Scope.CUMULATIVE):
        return False  # the count of one day is of an event; a part goes with its total
    if figure.scope is Scope.CUMULATIVE:
        return figure.value is not None and figure.value >= count.least and not _starts_later(count, figure)
    if figure.value is None or figure.value < count.least or figure.outcome is Outcome.DISPLACED:
        return False
    if figure.scope is Scope.PERIOD:
        printed = (figure.published or "")[:10]
        ended = figure.date is not None and len(figure.date) == len(printed) and figure.date != printed
        return figure.period_start is not None and not (ended or _starts_later(count, figure))
    return True


@cache
def _days_of_events() -> frozenset[tuple[str | None, str | None]]:
    """The days and countries of well-known events: the dead of an event are no total."""
    return frozenset((one.day, one.country) for one in load_known_events())


def _starts_later(count: StandingCount, figure: Figure) -> bool:
    """Whether a figure says that it counts from a day well after the count's first."""
    begin, first, until = map(_day, (figure.period_start, count.since, figure.date or figure.published))
    if begin is None or first is None:
        return False
    passed = (until - first).days if until is not None else 0
    return (begin - first).days > max(NEAR_START, PART_OF_TIME * passed)


def _total(count: StandingCount, assigned: Assigned, article: Article) -> Assigned:
    """A figure as the running total of a count: its scope, start, as-of date, country and conflict."""
    figure = assigned.figure
    changes: Changes = {"scope": Scope.CUMULATIVE, "country": count.country, "conflict": count.conflict}
    if figure.country not in (None, count.country):
        changes["place"] = None  # where it was said, or where it began
    if figure.period_start is None or not _starts_later(count, figure):
        changes["period_start"] = count.since
    printed = (article.published or "")[:10]
    if printed and (figure.scope is Scope.INCIDENT or _is_the_start(count, figure, printed) or figure.date is None):
        changes |= {"date": printed, "date_precision": Precision.DAY}
    return Assigned(changed(figure, **changes), f"{assigned.why}; standing count {count.id}")


def _is_the_start(count: StandingCount, figure: Figure, printed: str) -> bool:
    """Whether the date of a total is the day since when it counts, and not the one up to which it does."""
    date, first, day = _day(figure.date), _day(count.since), _day(printed)
    if date is None or first is None or day is None:
        return False
    return abs((date - first).days) <= NEAR_START and (day - first).days > NEAR_START


def _day(text: str | None) -> dt.date | None:
    """The first day of an ISO date or datetime of any precision; None for none."""
    try:
        return first_day((text or "")[:10])
    except ValueError:
        return None
