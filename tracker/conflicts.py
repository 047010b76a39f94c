"""Which conflict of the registry does a figure belong to? By country, place, actors and date, with the reason kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.knowledge.registry import Conflict
from tracker.model import Article, Assigned, Cause, Figure, changed

# What each kind of pointer weighs. A country alone is enough where only one conflict fits it.
_COUNTRY, _PLACE, _ACTOR, _MENTION = 3, 3, 2, 1
READ = 20_000  # characters of an article in which actors are looked for

_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """The conflict chosen for a figure, None where none fits, and why, in words."""

    conflict: Conflict | None
    why: str


@dataclass(frozen=True, slots=True)
class _Hint:
    """What an article as a whole says for a conflict: how often it names its countries, and one of its actors."""

    conflict: Conflict
    mentioned: int
    most: bool
    actor: str | None


class Registry:
    """The conflicts, and for each name and country those that it points to, so that only these are looked at."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        self.by_country = _index(conflicts, lambda one: one.countries)
        self.by_place = _index(conflicts, lambda one: one.places)
        self.by_actor = _index(conflicts, lambda one: one.actors)
        self.names: dict[str, list[str]] = defaultdict(list)
        for name in {*self.by_place, *self.by_actor}:
            first = _RUN.match(name)
            self.names[first.group() if first else ""].append(name)

    def assigned(self, figures: Sequence[Figure], article: Article, spoken: Mapping[str, int]) -> list[Assigned]:
        """The figures with their conflict; a figure that names no place takes the main country of its conflict.

        `spoken` counts how often the article names each country (ISO 3166-1 alpha-3).
        """
        told = self._named_in(f"{article.title}\n{article.text}"[:READ].lower())
        hints = {at: self._hint(at, told, spoken) for at in self._pointed(spoken, self.by_country, told)}
        near = {quote: self._named_in(f"{quote} {article.title}".lower()) for quote in {f.quote for f in figures}}
        return [_assigned(figure, self.assign(figure, hints, near[figure.quote])) for figure in figures]

    def assign(self, figure: Figure, hints: Mapping[int, _Hint], near: frozenset[str]) -> Assignment:
        """The conflict that most points to, the first in the registry of equals, or none where too little points to
        any; harm of another cause belongs to none. `hints` are those of the article, by the conflicts' places; `near`
        are the names in the figure's sentence and title.
        """
        if figure.cause is not Cause.CONFLICT:
            return Assignment(None, f"the cause is {figure.cause}")
        place = self._named_in((figure.place or "").lower())
        found = {*hints, *self._pointed(place, self.by_place), *self._pointed(near, self.by_actor)}
        found.update(self.by_country.get(figure.country or "", ()))
        scored = [
            (*_points(figure, hints.get(at) or _Hint(self.conflicts[at], 0, False, None), place, near), at)
            for at in sorted(found)
        ]
        return self._chosen(figure, [one for one in scored if one[0] > 0])

    def _chosen(self, figure: Figure, pointed: Sequence[tuple[int, list[str], int]]) -> Assignment:
        date = (figure.date or figure.published or "")[:10] or None
        at_the_time = [one for one in pointed if self.conflicts[one[2]].covers(date)]
        if not at_the_time:
            others = " or ".join(self.conflicts[at].id for _, _, at in pointed)
            return Assignment(None, f"{others} was not going on in {date}" if pointed else "nothing points to any")
        score, reasons, at = max(at_the_time, key=lambda one: one[0])
        best = self.conflicts[at]
        if score < _COUNTRY:
            return Assignment(None, f"too little points to {best.id}: {', '.join(reasons)}")
        return Assignment(best, ", ".join(reasons))

    def _hint(self, at: int, told: frozenset[str], spoken: Mapping[str, int]) -> _Hint:
        conflict = self.conflicts[at]
        mentioned = sum(spoken.get(country, 0) for country in conflict.countries)
        most = mentioned > 0 and mentioned >= max(spoken.values())
        return _Hint(conflict, mentioned, most, _first(conflict.actors, told))

    def _pointed(
        self, names: Iterable[str], index: Mapping[str, Sequence[int]], actors: Iterable[str] = ()
    ) -> set[int]:
        """The conflicts that names point to by an index, or as names of actors."""
        found = {at for name in names for at in index.get(name, ())}
        return found | {at for name in actors for at in self.by_actor.get(name, ())}

    def _named_in(self, text: str) -> frozenset[str]:
        """The names of the registry that stand in a text, in lower case, as whole words."""
        begun = self.names.keys() & set(_RUN.findall(text))
        return frozenset(name for first in begun for name in self.names[first] if _stands_in(text, name))


def _stands_in(text: str, name: str) -> bool:
    """Whether a name stands in a text as whole words."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return True
        at = text.find(name, end)
    return False


def _index(conflicts: Sequence[Conflict], words: Callable[[Conflict], Iterable[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, conflict in enumerate(conflicts):
        for word in words(conflict):
            found[word].append(at)
    return {word: tuple(places) for word, places in found.items()}


def _assigned(figure: Figure, found: Assignment) -> Assigned:
    if found.conflict is None:
        return Assigned(figure, found.why)
    country = figure.country or found.conflict.countries[0]
    return Assigned(changed(figure, conflict=found.conflict.id, country=country), found.why)


def _points(figure: Figure, hint: _Hint, place: frozenset[str], near: frozenset[str]) -> tuple[int, list[str]]:
    """How much points to a conflict, and what; `place` and `near` are the names in the figure's place and near it."""
    score, reasons = 0, []
    if figure.country in hint.conflict.countries:
        score += _COUNTRY
        reasons.append(f"country {figure.country}")
    elif figure.country is not None:
        score -= _COUNTRY
    if hint.mentioned:
        score += _MENTION + (1 if hint.mentioned >= 2 else 0) + (1 if hint.most else 0)
        times = "once" if hint.mentioned == 1 else f"{hint.mentioned} times"
        reasons.append(f"the article names its country {times}")
    named = _first(hint.conflict.places, place)
    if named is not None:
        score += _PLACE
        reasons.append(f"place {named!r}")
    actor = _first(hint.conflict.actors, near)
    if actor is not None or hint.actor is not None:
        score += _ACTOR if actor else _MENTION
        reasons.append(f"actor {actor!r}" if actor else f"actor {hint.actor!r} in the article")
    return score, reasons


def _first(names: Sequence[str], found: frozenset[str]) -> str | None:
    """The first of a conflict's names that was found: the fullest."""
    return next((name for name in names if name in found), None) if found else None
