"""The gazetteer (data/gazetteers): countries, peoples and places by the names that people write. Offline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

from tracker.knowledge.files import read_cells, read_csv, split
from tracker.knowledge.names import Names

COUNTRIES = "gazetteers/countries.csv"
PLACES = "gazetteers/places.csv"
REGIONS = "gazetteers/regions.csv"  # that only languages with names of their own name
PARENTS = "gazetteers/parents.csv"
BY_HAND = "gazetteers/places_extra.csv"
NOT_PLACES = "gazetteers/not_a_place.csv"
# A smaller place is accepted only if the article names its country.
WELL_KNOWN = 100_000
WIDE = 500_000  # people of an area whose dead are counted apart from those of its country
_NAMED_KINDS = frozenset({"capital", "region", "area"})


class Place(NamedTuple):
    """One place of the gazetteer; `country` is ISO 3166-1 alpha-3, empty for an area across several."""

    name: str
    country: str
    kind: str
    population: int
    by_hand: bool = False

    @property
    def well_known(self) -> bool:
        """Whether the name refers to this place even if the article never names its country."""
        return self.by_hand or self.kind in _NAMED_KINDS or self.population >= WELL_KNOWN

    @property
    def wide(self) -> bool:
        """Whether it is an area whose dead are counted apart from those of its country."""
        return self.kind == "area" and self.population >= WIDE


class Countries(NamedTuple):
    """ISO 3166-1 alpha-3 by name and by demonym, both in lower case, and the name of each by its code."""

    by_name: dict[str, str]
    by_demonym: dict[str, str]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Countries, the names of their people, and places. All keys are in lower case.

    `areas` are in no single country. `sure` are the names kept by hand that refer to one country only. `small_too`: a
    town is known without a word near it that names its country, as in a language whose names no capitals mark.
    """

    countries: dict[str, str]
    demonyms: dict[str, str]
    places: dict[str, tuple[Place, ...]]
    not_places: frozenset[str]
    names: dict[str, str]
    areas: frozenset[str]
    sure: dict[str, str]
    small_too: bool = False
    named: dict[str, str] = field(init=False)
    """Countries by their own names and those of their people."""
    capitals: dict[str, str] = field(init=False)
    wide: frozenset[str] = field(init=False)
    """The names of areas that are counted by themselves: "west bank", "darfur"."""

    def __post_init__(self) -> None:
        every = [(name, p) for name, found in self.places.items() for p in reversed(found) if p.kind in _NAMED_KINDS]
        object.__setattr__(self, "named", self.demonyms | self.countries)
        object.__setattr__(self, "capitals", {name: p.country for name, p in every if p.kind == "capital"})
        wide = frozenset(name for name, p in every if p.wide)
        object.__setattr__(self, "wide", wide)

    def country_of(self, words: str, country_counts: dict[str, int]) -> str | None:
        """The country of a place name. `country_counts` says how often the article names each, and resolves ties."""
        named = self.named.get(words)
        if named is not None:
            return named
        found = self.places.get(words)
        if found is None or words in self.not_places:
            return None
        if len(found) == 1:
            [place] = found
            known = place.well_known or self.small_too or country_counts.get(place.country, 0)
            return place.country or None if known else None
        mentioned = [p for p in found if country_counts.get(p.country, 0)]
        if mentioned:
            return max(mentioned, key=lambda p: (country_counts[p.country], p.population)).country or None
        likely = [p for p in found if p.well_known or self.small_too]
        return max(likely, key=lambda p: p.population).country or None if likely else None


def load_countries(names: Names | None = None) -> Countries:
    """The countries from data/, by the names of a language (None: English); KnowledgeError if a column is missing."""
    countries: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    codes: dict[str, str] = {}
    for row in read_csv(COUNTRIES, ("iso3", "name", "aliases", "demonyms")):
        code = row["iso3"]
        codes[code] = row["name"]
        for name in names.countries.get(code, ()) if names else (row["name"], *split(row["aliases"])):
            countries.setdefault(name.lower(), code)
        for demonym in names.demonyms.get(code, ()) if names else split(row["demonyms"]):
            demonyms.setdefault(demonym.lower(), code)
    return Countries(countries, demonyms, codes)


def load_gazetteer(names: Names | None = None) -> Gazetteer:
    """The gazetteer from data/, by the names of a language (None: English); KnowledgeError if a column is missing."""
    countries, demonyms, codes = load_countries(names)
    places: dict[str, tuple[Place, ...]] = {}
    by_hand_in: dict[str, set[str]] = {}
    areas: set[str] = set()
    by_hand = {(row["name"], row["iso3"]) for row in read_csv(BY_HAND, ("name", "iso3"))}
    by_hand |= names.by_hand if names else set()
    for row, spellings in _spelled(names):
        own = (row.name, row.country) in by_hand
        place = Place(row.name, row.country, row.kind, int(row.population or 0), own)
        for name in spellings:
            places[name] = (*places.get(name, ()), place)
            if own:
                by_hand_in.setdefault(name, set()).add(place.country)
            if not place.country:
                areas.add(name)
    not_places = load_no_places(names)
    sure = {name: next(iter(found)) for name, found in by_hand_in.items() if len(found) == 1}
    return Gazetteer(countries, demonyms, places, not_places, codes, frozenset(areas), sure)


class _Row(NamedTuple):
    """A row of the places."""

    name: str
    country: str
    kind: str
    population: str
    aliases: str


def _spelled(names: Names | None) -> Iterator[tuple[_Row, Collection[str]]]:
    """The places that have a name in a language (None: English), each with its spellings in lower case."""
    columns = ("name", "iso3", "kind", "population", "aliases")
    for row in map(_Row._make, chain(read_cells(PLACES, columns), read_cells(REGIONS, columns) if names else ())):
        own = () if names is None else names.places.get((row.name, row.country))
        if own is None:
            continue
        if own:
            yield row, set(own)
        elif row.aliases:
            yield row, {row.name.lower(), *(alias.lower() for alias in split(row.aliases))}
        else:
            yield row, (row.name.lower(),)


def load_place_names(names: Names | None = None) -> dict[str, dict[str, str]]:
    """For each spelling of a place, in lower case, the name of the largest place in each country that has it.

    The spellings are those of a language (None: English), the names are English. An area keeps each of its English
    names apart, because "northern Gaza" is a part of the Gaza Strip. A region whose name is another spelling of a
    larger place goes by that place: "Kiev" is Kyiv.
    """
    found: dict[str, dict[str, str]] = {}
    larger: set[tuple[str, str]] = set()
    rows = sorted(_spelled(names), key=lambda one: -int(one[0].population or 0))
    for row, spellings in rows:
        name = row.name.lower()
        if name in spellings and not (row.kind == "region" and (name, row.country) in larger):
            found.setdefault(name, {}).setdefault(row.country, name)
        if row.kind != "area":
            larger.update((alias, row.country) for alias in spellings if alias != name)
    for row, spellings in rows:
        name = row.name.lower()
        for alias in sorted(set(spellings) - {name}):
            apart = names is None and row.kind == "area"
            found.setdefault(alias, {}).setdefault(row.country, alias if apart else name)
    return found


def load_parents(places: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    """For each town, by country and name, the names of the regions in which one of this name lies, as `places` names
    them (see `load_place_names`).
    """
    found: dict[tuple[str, str], set[str]] = {}
    for row in read_csv(PARENTS, ("region", "iso3", "places")):
        country = row["iso3"]
        region, *towns = (
            places.get(name.lower(), {}).get(country, name.lower()) for name in (row["region"], *split(row["places"]))
        )
        for town in towns:
            if town != region:
                found.setdefault((country, town), set()).add(region)
    return {key: frozenset(regions) for key, regions in found.items()}


@cache
def load_place_rows() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each English spelling of a place, in lower case, the name and country of the rows that have it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row, spellings in _spelled(None):
        for name in spellings:
            found.setdefault(name, []).append((row.name, row.country))
    return {name: tuple(rows) for name, rows in found.items()}


def load_no_places(names: Names | None = None) -> frozenset[str]:
    """Words of a language (None: English) that are listed as places and name none, in lower case."""
    return names.not_places if names else frozenset(row["word"].lower() for row in read_csv(NOT_PLACES, ("word",)))
