"""Who is counted and where, in words: "Russian soldiers killed in Ukraine"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dashboard.look import wording
from tracker.knowledge import load_conflicts, load_countries, load_sourcebook
from tracker.knowledge.standing_counts import EVERYONE
from tracker.model import SourceType

PEOPLE = "people"
GROUPS = {
    "children": "children",
    "civilians": "civilians",
    "women": "women",
    "medical": "medical workers",
    "press": "journalists",
    "aid_workers": "aid workers",
    "detainees": "detainees",
}
"""Groups of victims by their names in the data. Combatants have words of their own."""

OUTCOMES = {"casualties": "killed or wounded"}
"""Outcomes whose name in the data is not a participle that fits a sentence."""


def people(counted: str) -> str:
    """The people that a series counts: "people", "civilians", "Russian soldiers". `counted` is its column."""
    group, nation = wording.group_and_nation(counted)
    if group == EVERYONE:
        return _nationals(nation) if nation else PEOPLE
    words = GROUPS.get(group) or (_fighters(nation) if group == "combatants" else wording.plain(group))
    return f"{adjective(nation)} {words}" if nation else words


def everyone(counted: str) -> str:
    """The same as a label: "everyone" instead of "people"."""
    found = people(counted)
    return EVERYONE if found == PEOPLE else found


def harmed(outcome: str) -> str:
    """What happened to the people: "killed", "killed or wounded"."""
    return OUTCOMES.get(outcome, outcome)


def place(area: str, conflict: str) -> str:
    """The name of an area; the part of the country that is the whole theatre of a war stands for its country."""
    return _theatres().get((conflict, area)) or wording.area(area)


def count_in_words(series: Mapping[str, str], *, label: bool = True) -> str:
    """What a series counts: "Russian soldiers killed in Ukraine", "everyone killed in Gaza since May 2025".

    In: the columns of a series (conflict, outcome, area, counted, since). `label`: "everyone" instead of "people".
    """
    words = (everyone if label else people)(series["counted"])
    where = f" in {wording.with_article(place(series['area'], series['conflict']))}" if series["area"] else ""
    since = f" since {wording.month(series['since'])}" if series["since"] else ""
    return f"{words} {harmed(series['outcome'])}{where}{since}"


def adjective(nation: str) -> str:
    """The adjective of a nation: "Russian" for RUS; the name of the country if none is known."""
    return next(iter(_demonyms().get(nation, ())), wording.area(nation))


def _nationals(nation: str) -> str:
    """The people of a nation: "Russians", "Lebanese"."""
    names = _demonyms().get(nation, ())
    plural = next((name for name in names if name.endswith(("s", "ese"))), "")
    return plural or f"{adjective(nation)} people"


def _fighters(nation: str) -> str:
    """A nation with an army has soldiers; where it is not known whose combatants they are, they may be both."""
    if not nation:
        return "soldiers and fighters"
    return "soldiers" if nation in _with_army() else "fighters"


@cache
def _demonyms() -> Mapping[str, tuple[str, ...]]:
    """The adjectives and names of the people of each country, as its file orders them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, nation in load_countries().by_demonym.items():
        found[nation] = (*found.get(nation, ()), name.title())
    return found


@cache
def _with_army() -> frozenset[str]:
    """The countries of which a military body is known."""
    entries = (entry for entries in load_sourcebook().by_name.values() for entry in entries)
    return frozenset(entry.country for entry in entries if entry.type is SourceType.MILITARY and entry.country)


@cache
def _theatres() -> Mapping[tuple[str, str], str]:
    """The name of the theatre of each conflict that is less than a country, by the conflict and that country."""
    found = {}
    for one in load_conflicts():
        if one.theatre and one.countries:
            at = {name: one.name.casefold().find(name.casefold()) for name in one.theatre}
            named = [one.name[begin : begin + len(name)] for name, begin in at.items() if begin >= 0]
            found[one.id, one.countries[0]] = min(named or [next(iter(one.theatre)).title()], key=len)
    return found
