"""Which conflict of the registry does a figure belong to? By country, place, actors and date, with the reason kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.knowledge.registry import Conflict
from tracker.model import Article, Cause, Figure

# What each kind of pointer weighs. A country alone is enough where only one conflict fits it.
_COUNTRY, _PLACE, _ACTOR, _MENTION = 3, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Assignment:
    """The conflict chosen for a figure and why, in words."""

    conflict: Conflict
    why: str


def with_conflict(
    figures: Sequence[Figure], article: Article, spoken: dict[str, int], registry: Sequence[Conflict]
) -> list[Figure]:
    """The figures with their conflict; a figure that names no place takes the country of its conflict, if it has one.

    `spoken` counts how often the article names each country (ISO 3166-1 alpha-3).
    """
    low = f" {article.title}\n{article.text} ".lower()
    out = []
    for figure in figures:
        found = assign(figure, low, spoken, registry)
        if found is None:
            out.append(figure)
            continue
        conflict = found.conflict
        country = figure.country
        country = country or conflict.countries[0]
        out.append(replace(figure, conflict=conflict.id, country=country))
    return out


def assign(figure: Figure, article_low: str, spoken: dict[str, int], registry: Sequence[Conflict]) -> Assignment | None:
    """The conflict that most points to, or None where none does; harm of another cause belongs to none."""
    if figure.cause is not Cause.CONFLICT:
        return None
    date = figure.date or figure.published
    best: tuple[int, Conflict, list[str]] | None = None
    for conflict in registry:
        if not conflict.covers(date[:10] if date else None):
            continue
        score, reasons = _points(figure, article_low, spoken, conflict)
        if score > 0 and (best is None or score > best[0]):
            best = (score, conflict, reasons)
    if best is None or best[0] < _COUNTRY:
        return None
    return Assignment(best[1], ", ".join(best[2]))


def _points(figure: Figure, article_low: str, spoken: dict[str, int], conflict: Conflict) -> tuple[int, list[str]]:
    score, reasons = 0, []
    if figure.country in conflict.countries:
        score += _COUNTRY
        reasons.append(f"country {figure.country}")
    elif figure.country is not None:
        score -= _COUNTRY
    mentioned = sum(spoken.get(c, 0) for c in conflict.countries)
    if mentioned:
        score += _MENTION + (1 if mentioned >= 2 else 0) + (1 if mentioned >= max(spoken.values()) else 0)
        reasons.append(f"the article names its country {mentioned} times")
    place = _named(conflict.places, (figure.place or "").lower())
    if place is not None:
        score += _PLACE
        reasons.append(f"place {place!r}")
    near = _named(conflict.actors, f"{figure.quote} {figure.title}".lower())
    actor = near or _named(conflict.actors, article_low)
    if actor is not None:
        score += _ACTOR if near else _MENTION
        reasons.append(f"actor {actor!r}" + ("" if near else " in the article"))
    return score, reasons


def _named(names: Iterable[str], text: str) -> str | None:
    """The first of the names, in alphabetical order, that stands in the text as whole words."""
    for name in sorted(names):
        at = text.find(name)
        if at >= 0 and not text[at - 1 : at].isalnum() and not text[at + len(name) : at + len(name) + 1].isalnum():
            return name
    return None
