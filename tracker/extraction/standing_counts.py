"""What is known of the bodies that keep a standing count, applied to the figures of an article.

The world follows a few standing counts of each war (data/standing_counts/). A paper names their bodies in many ways,
and often says neither where nor since when they count. From the registry the figure gets the name of the body; and
where it states the count's running total, also its scope, start, as-of date and country. The words of the article stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from tracker.extraction.standing_totals import (
    as_told,
    as_total,
    is_beside_the_dead,
    is_large,
    is_local_event,
    is_time,
    is_total,
    least_of_first_days,
    least_total,
    with_parts,
)
from tracker.knowledge.phrases import words_of
from tracker.knowledge.registry import Conflict
from tracker.knowledge.sourcebook import Sourcebook
from tracker.knowledge.standing_counts import EVERYONE, StandingCount
from tracker.model import Article, Assigned, Cause, Changes, Figure, Outcome, Scope, VictimGroup, changed

TOO_MANY = 100
"""So many children, medics or journalists are more than one event harms: the number is of the war."""
STAFF = 50
"""So many of a body's own people are its dead of the war."""
KEPT = 2_000  # words for victims that are kept with their nation: each count of a conflict asks for it
LONGEST_NAME = 3  # words in the name of a country or people

_BEHIND = re.compile(r"(?: [^\W\d_]+){1,3}")


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
        self.beside = lru_cache(KEPT)(self._beside)
        self.least = cache(lambda conflict: min(map(least_total, counts_of(conflict)), default=inf))
        self.names = cache(lambda conflict: frozenset().union(*(one.all_names for one in counts_of(conflict))))
        self.theatres = {one.id: frozenset(map(self._bare, one.theatre)) for one in conflicts}

    def applied(self, found: Sequence[Assigned], article: Article, country_counts: Mapping[str, int]) -> list[Assigned]:
        """The figures with what the registry knows of their counts; the reason of the conflict names the count."""
        out: list[Assigned] = []
        for one in found:
            told = self._applied(self._at_home(one), article, country_counts)
            out.append(as_told(told, one) if out and is_beside_the_dead(one.figure, out[-1].figure) else told)
        return with_parts(found, out)

    def _applied(self, assigned: Assigned, article: Article, country_counts: Mapping[str, int]) -> Assigned:
        figure = assigned.figure
        if figure.cause is not Cause.CONFLICT:
            return assigned
        if figure.source is not None:
            count = self._of_neighbour(figure)
            if count is not None:  # the place is one of the war that the article is on
                return self._told_by(count, Assigned(changed(figure, place=None), assigned.why), article)
            for conflict in self._possible(figure, article, country_counts):
                count = self._of_body(figure, conflict)
                if count is not None:
                    return self._told_by(count, assigned, article)
        restated = self._restated(figure, figure.conflict) if figure.conflict is not None else None
        return as_total(restated, assigned, article) if restated is not None else assigned

    def _at_home(self, assigned: Assigned) -> Assigned:
        """A figure of an event's dead in the country of the event, if their nation is named, or the body that counts
        them says it: "1,400 Israelis" by Gaza; "Israel says 1,200 people died in the attack".
        """
        figure = assigned.figure
        if figure.conflict is None or figure.value is None or figure.country is None:
            return assigned
        for count in self.counts_of(figure.conflict):
            if count.until != count.since or count.counted != EVERYONE or figure.country == count.country:
                continue
            if not count.least <= figure.value <= (count.most or figure.value):
                continue
            nation = self.nation(figure.victims)
            theirs = nation == count.nation != "" or (not nation and self._is_told_by_its_body(count, figure))
            if theirs and count.counts(figure.outcome, figure.victim_group):
                return Assigned(changed(figure, country=count.country, place=None), assigned.why)
        return assigned

    def _is_told_by_its_body(self, count: StandingCount, figure: Figure) -> bool:
        """Whether the body of an event's count tells of an event of that day, or of no day, with at least half as many
        dead as were ever counted.
        """
        most = 2 * (figure.value or 0) >= (count.most or 0) > 0 and figure.date in (None, count.since)
        return most and figure.source is not None and not self._names(figure).isdisjoint(count.named)

    def _possible(self, figure: Figure, article: Article, country_counts: Mapping[str, int]) -> Iterable[str]:
        """The conflicts whose counts may be meant: the figure's, or if it has none those of the article's countries,
        and for a total those of the body's own country.
        """
        if figure.conflict is not None:
            return (figure.conflict,)
        day = (article.published or "")[:10] or None
        known = (entry for name in self._names(figure) for entry in self.book.by_name.get(name, ()))
        total = figure.scope is Scope.CUMULATIVE
        own = {entry.country for entry in known if total and entry.name == figure.source_name and entry.country}
        return (
            one.id
            for one in self.conflicts.values()
            if ((one.end is None and country_counts.get(one.countries[0], 0) > 0) or one.countries[0] in own)
            and one.covers(day)
        )

    def _of_body(self, figure: Figure, conflict: str) -> StandingCount | None:
        """The standing count that a figure's source keeps of such people: rather one of the figure's country, and of
        its victims' nation.
        """
        names = self._names(figure)
        if names.isdisjoint(self.names(conflict)):
            return None
        named = [one for one in self.counts_of(conflict) if self._means(one, names, figure)]
        if not named:
            return None
        nation = self.nation(figure.victims)
        fitting = [one for one in named if _counts(one, figure, nation) and is_time(one, figure)]
        if not fitting and figure.victim_group is VictimGroup.CIVILIANS and not nation:
            fitting = [one for one in named if _is_of_staff(one, figure) and is_time(one, figure)]
        if not fitting and _is_of_army(named, figure, nation):
            fitting = [one for one in named if figure.outcome in one.outcomes and is_time(one, figure)]
        here = [one for one in fitting if figure.country in (None, one.country)] or fitting
        same = [one for one in here if nation and one.nation == nation]
        whose = {one.nation for one in here if one.counted == VictimGroup.COMBATANTS}
        if not nation and len(whose) > 1:
            return None  # an army counts its own dead and the enemy's: nothing says which
        return next(iter(same or here), None)

    def _may_be_total(self, figure: Figure, conflict: str) -> bool:
        """Whether a number is large enough for a total of any count of a conflict, which few numbers are."""
        return figure.value is not None and figure.value >= self.least(conflict)

    def _means(self, count: StandingCount, names: frozenset[str], figure: Figure) -> bool:
        """Whether these names of a source mean the body of a count, or loosely do so beside its total ("officials")."""
        if not names.isdisjoint(count.named):
            return True
        loosely = not names.isdisjoint(count.in_totals)
        return loosely and self._is_total(count, figure) and self._is_placed(count, figure)

    def _is_total(self, count: StandingCount, figure: Figure) -> bool:
        """Whether a figure states a count's running total; early in a war also by a small number of the whole area."""
        if not is_large(count, figure):
            return False
        place = self._bare(figure.place or "")
        alone = not place or place in count.area_names or place in self.theatres.get(count.conflict, ())
        least = least_of_first_days(count, figure) if alone and figure.country == count.country else count.least
        return is_total(count, figure, least) and (alone or not is_local_event(figure))

    def _is_placed(self, count: StandingCount, figure: Figure) -> bool:
        """Whether the place of a figure or the people it counts are those of a count, and no part of its area."""
        nation = self.nation(figure.victims)
        theirs = bool(nation) and nation == count.nation
        placed = theirs or (figure.place is not None and self._names_area(count, figure.place))
        return placed and _counts(count, figure, nation) and is_time(count, figure) and self._is_whole(count, figure)

    def _of_neighbour(self, figure: Figure) -> StandingCount | None:
        """The count of another war in the same country whose total a figure states, if its body is known only there:
        what the authorities of Gaza count, in an article on the West Bank.
        """
        wars = [other for other in self.beside(figure.conflict) if self._may_be_total(figure, other)]
        beside = [one for other in wars for one in self.counts_of(other) if is_large(one, figure)]
        if not beside:
            return None
        spelled = self._spelled(figure)
        own = (one.named for one in self.counts_of(figure.conflict or ""))
        longest = max((len(name) for named in own for name in spelled & named), default=0)
        names = frozenset(name for name in spelled if len(name) > longest)
        if not names:
            return None
        for count in beside:
            known = not names.isdisjoint(count.named) and count.counted == EVERYONE and is_time(count, figure)
            wider = known and self._is_wider(figure, count)
            if known and not wider and self._is_total(count, figure) and _counts(count, figure, ""):
                return count
        return None

    def _beside(self, conflict: str | None) -> tuple[str, ...]:
        """The other wars of a conflict's first country that still go on."""
        own = self.conflicts.get(conflict or "")
        if own is None:
            return ()
        others = (one for one in self.conflicts.values() if one is not own and one.end is None)
        return tuple(one.id for one in others if one.countries[0] == own.countries[0])

    def _restated(self, figure: Figure, conflict: str) -> StandingCount | None:
        """The count whose total in its area a report states that names no source, or one that keeps no count of its
        own: of everyone, or of more people of a group than an event harms.
        """
        if not self._may_be_total(figure, conflict):
            return None
        for count in self.counts_of(conflict):
            if count.counted == VictimGroup.COMBATANTS or not is_large(count, figure):
                continue
            if not self._is_total(count, figure):
                continue
            of_group = figure.victim_group == count.counted != VictimGroup.CIVILIANS
            counted = count.counted == EVERYONE or (of_group and (figure.value or 0) >= TOO_MANY)
            if counted and (self._is_placed(count, figure) or self._is_beyond(count, figure)):
                return count
        return None

    def _is_beyond(self, count: StandingCount, figure: Figure) -> bool:
        """Whether a figure is larger than all that was ever counted in the country where it is placed, so that it must
        be of the other country of the war: "the toll passes 34,000 as Israel strikes".
        """
        if count.counted != EVERYONE or count.most is not None or figure.country == count.country:
            return False
        here = [
            one.most
            for one in self.counts_of(count.conflict)
            if one.country == figure.country and one.counted == EVERYONE and figure.outcome in one.outcomes
        ]
        beyond = bool(here) and all(most is not None and most < (figure.value or 0) for most in here)
        return beyond and is_time(count, figure) and _counts(count, figure, self.nation(figure.victims))

    def _told_by(self, count: StandingCount, assigned: Assigned, article: Article) -> Assigned:
        """The figure under the name of the count's body; as the count's total, if it is one."""
        figure = assigned.figure
        if not self._is_here(count, figure):
            said = self._said(figure)
            if any(said in one.in_totals for one in self.counts_of(count.conflict)):
                figure = changed(figure, source_name=said[:1].upper() + said[1:])  # no officials of the sentence before
            return Assigned(figure, assigned.why)
        named = figure if self._is_wider(figure, count) else changed(figure, **self._body(count))
        if figure.country not in (None, count.country) and figure.outcome is not Outcome.ABDUCTED:
            named = changed(named, country=count.country, place=None)  # the place was where it was said, or began
        if _is_of_staff(count, named):
            named = changed(named, victim_group=VictimGroup.AID_WORKERS)
        told = Assigned(named, assigned.why)
        return as_total(count, told, article) if self._is_whole(count, named) and self._is_total(count, named) else told

    def _is_wider(self, figure: Figure, count: StandingCount) -> bool:
        """Whether the text only names an international body, and not the office of it that keeps the count: "UN"."""
        if figure.source_name == count.body:
            return False
        entries = self.book.by_name.get(self._said(figure), ())
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
        nation = self.nation(figure.victims)
        if count.counted == VictimGroup.COMBATANTS:  # they fall abroad; the enemy's country only says whose they are
            whose = figure.country == count.nation and (figure.place is None or self._names_land(figure.place))
            return whose and count.nation != count.country and self._is_total(count, figure)
        if nation:
            several = count.until != count.since or (figure.value or 0) >= count.least  # a few of them die elsewhere
            return several and nation == (count.nation or count.country)
        if count.counted != EVERYONE:
            return figure.scope is Scope.CUMULATIVE and self._names_area(count, figure.place or "")
        if count.until == count.since and figure.place is not None:
            return False  # of an event of one day nothing is told elsewhere
        if figure.date == count.since and figure.scope is Scope.INCIDENT:
            return False  # the event with which the count began was elsewhere
        large = figure.value is not None and figure.value >= count.least and not self._is_of_another(count, figure)
        source = figure.source or ""
        return large or self.nation(source) == count.country or self._names_area(count, source)

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
        land = self.peoples.countries.get(self.peoples.key(figure.place.lower()))
        return land == count.country or self._names_area(count, figure.place)

    def _names_area(self, count: StandingCount, words: str) -> bool:
        """Whether words name the area of a count, or the theatre of the war in its country: "Palestinian enclave"."""
        low, conflict = f" {words.lower()} ", self.conflicts.get(count.conflict)
        theatre = conflict.theatre if conflict is not None and conflict.countries[0] == count.country else ()
        return any(name in low for name in (*count.area_names, *(f" {self._bare(name)} " for name in theatre)))

    def _names_land(self, place: str) -> bool:
        """Whether words for a place are the name of a country."""
        return self.peoples.key(place.lower()) in self.peoples.countries

    def _names(self, figure: Figure) -> frozenset[str]:
        """The words of the source as in `_spelled`, and its name, as the registry spells them."""
        return self._spelled(figure) | {" ".join(words_of(figure.source_name or ""))}

    def _spelled(self, figure: Figure) -> frozenset[str]:
        """The words of the source without determiners, also with those behind it: "officials", "officials there"."""
        said = self._said(figure)
        at = figure.quote.find(figure.source or "")
        behind = _BEHIND.match(figure.quote, at + len(figure.source or "")) if at >= 0 else None
        words = behind[0].lower().split() if behind else []
        longer = (" ".join((said, *words[:size])) for size in range(1, len(words) + 1))
        return frozenset((said, *longer))

    def _said(self, figure: Figure) -> str:
        """The words of the source without determiners."""
        return self._bare(figure.source or "")

    def _bare(self, name: str) -> str:
        """A name in lower case, its words joined by one blank, without determiners at its beginning."""
        words = words_of(name)
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


def _counts(count: StandingCount, figure: Figure, nation: str) -> bool:
    """Whether people of this outcome, group and nation are in the count."""
    if nation and count.nation and nation != count.nation:
        return False
    if count.counts(figure.outcome, figure.victim_group):
        return True
    # "5,000 Russians": the nation tells that the enemy's soldiers are meant
    soldiers = count.counted == VictimGroup.COMBATANTS and figure.victim_group is VictimGroup.UNSPECIFIED
    return soldiers and figure.outcome in count.outcomes and nation == count.nation != ""


def _is_of_staff(count: StandingCount, figure: Figure) -> bool:
    """Whether civilians of a total, or so many that no event harms them, are the aid workers whom the body counts: "57
    of its employees".
    """
    total = figure.scope is Scope.CUMULATIVE or (figure.value or 0) >= STAFF
    staff = count.counted == VictimGroup.AID_WORKERS and figure.victim_group is VictimGroup.CIVILIANS
    return staff and total and figure.outcome in count.outcomes


def _is_of_army(named: Sequence[StandingCount], figure: Figure, nation: str) -> bool:
    """Whether a large total of nobody named is of soldiers, since the body counts only those of one nation: "Ukraine's
    military speaks of 678,520 casualties".
    """
    counts = [one for one in named if figure.outcome in one.outcomes]
    nations = {one.nation for one in counts if one.counted == VictimGroup.COMBATANTS}
    alone = len(nations) == 1 and all(one.counted == VictimGroup.COMBATANTS for one in counts)
    of_nobody = not nation and figure.victim_group is VictimGroup.UNSPECIFIED and figure.scope is Scope.CUMULATIVE
    return alone and of_nobody and (figure.value or 0) >= min(one.least for one in counts)
