"""Which conflict of the registry does a figure belong to? By country, place, actors and date, with the reason kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.knowledge.registry import Conflict
from tracker.model import Article, Assigned, Cause, Figure

# What each kind of pointer weighs. A country alone is enough where only one conflict fits it.
_COUNTRY, _PLACE, _ACTOR, _MENTION = 3, 3, 2, 1
READ = 20_000  # characters of an article in which actors are looked for


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


def with_conflict(
    figures: Sequence[Figure], article: Article, spoken: Mapping[str, int], registry: Sequence[Conflict]
) -> list[Assigned]:
    """The figures with their conflict; a figure that names no place takes the main country of its conflict.

    `spoken` counts how often the article names each country (ISO 3166-1 alpha-3).
    """
    low = f"{article.title}\n{article.text}"[:READ].lower()
    hints = [_hint(conflict, low, spoken) for conflict in registry]
    return [_assigned(figure, assign(figure, hints)) for figure in figures]


def _assigned(figure: Figure, found: Assignment) -> Assigned:
    if found.conflict is None:
        return Assigned(figure, found.why)
    country = figure.country or found.conflict.countries[0]
    return Assigned(replace(figure, conflict=found.conflict.id, country=country), found.why)


def _hint(conflict: Conflict, article: str, spoken: Mapping[str, int]) -> _Hint:
    mentioned = sum(spoken.get(country, 0) for country in conflict.countries)
    most = mentioned > 0 and mentioned >= max(spoken.values())
    return _Hint(conflict, mentioned, most, _named(conflict.actors, article))


def assign(figure: Figure, hints: Sequence[_Hint]) -> Assignment:
    """The conflict that most points to, the first in the registry of equals, or none where too little points to any;
    harm of another cause belongs to none.
    """
    if figure.cause is not Cause.CONFLICT:
        return Assignment(None, f"the cause is {figure.cause}")
    date = (figure.date or figure.published or "")[:10] or None
    scored = [(*_points(figure, hint), hint.conflict) for hint in hints]
    pointed = [one for one in scored if one[0] > 0]
    at_the_time = [one for one in pointed if one[2].covers(date)]
    if not at_the_time:
        elsewhen = f"{_listed(pointed)} was not going on in {date}"
        return Assignment(None, elsewhen if pointed else "nothing points to any")
    score, reasons, best = max(at_the_time, key=lambda one: one[0])
    if score < _COUNTRY:
        return Assignment(None, f"too little points to {best.id}: {', '.join(reasons)}")
    return Assignment(best, ", ".join(reasons))


def _listed(scored: Sequence[tuple[int, list[str], Conflict]]) -> str:
    return " or ".join(conflict.id for _, _, conflict in scored)


def _points(figure: Figure, hint: _Hint) -> tuple[int, list[str]]:
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
    place = _named(hint.conflict.places, (figure.place or "").lower())
    if place is not None:
        score += _PLACE
        reasons.append(f"place {place!r}")
    near = _named(hint.conflict.actors, f"{figure.quote} {figure.title}".lower())
    if near is not None or hint.actor is not None:
        score += _ACTOR if near else _MENTION
        reasons.append(f"actor {near!r}" if near else f"actor {hint.actor!r} in the article")
    return score, reasons


def _named(names: Sequence[str], text: str) -> str | None:
    """The first of the names that stands in the text as whole words."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
                return name
            at = text.find(name, end)
    return None
