"""The gazetteer (data/gazetteers): countries, peoples and places by the names that people write. Offline."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from tracker.knowledge.files import cells_of, prepared, read_csv, read_lines, split
from tracker.knowledge.names import Names

COUNTRIES = "gazetteers/countries.csv"
PLACES = "gazetteers/places.csv"
REGIONS = "gazetteers/regions.csv"  # that only languages with names of their own name
PARENTS = "gazetteers/parents.csv"
COLUMNS = ("name", "iso3", "kind", "population", "aliases")  # of both
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


class Places(Mapping[str, tuple[Place, ...]]):
    """The places by their names in lower case, which the cells of their lines in places.csv tell.

    A place is made when it is first asked for: there are fifty thousand, of which an article names a few. `lines`: the
    lines of each name. `by_hand`: the names and countries of those kept by hand.
    """

    def __init__(self, lines: Mapping[str, str], by_hand: Set[tuple[str, str]]) -> None:
        self._lines, self.by_hand = lines, by_hand
        self._made: dict[str, tuple[Place, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Place, ...]:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = tuple(_place(line, self.by_hand) for line in self._lines[name].split("\n"))
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The places of this name."""
        return self[name] if name in self._lines else default  # most words are no name: no error is raised for them

    def __contains__(self, name: object) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _place(line: str, by_hand: Set[tuple[str, str]]) -> Place:
    """The place in a line."""
    name, country, kind, people, _ = cells_of(line)
    return Place(name, country, kind, int(people or 0), (name, country) in by_hand)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Countries, the names of their people, and places. All keys are in lower case.

    `areas` are in no single country. `sure` are the names kept by hand that refer to one country only. `wide` are the
    names of areas that are counted by themselves: "west bank", "darfur". `small_too`: a town is known without a word
    near it that names its country, as in a language whose names no capitals mark.
    """

    countries: dict[str, str]
    demonyms: dict[str, str]
    places: Mapping[str, tuple[Place, ...]]
    not_places: frozenset[str]
    names: dict[str, str]
    areas: frozenset[str]
    sure: dict[str, str]
    capitals: dict[str, str]
    wide: frozenset[str]
    small_too: bool = False
    named: dict[str, str] = field(init=False)
    """Countries by their own names and those of their people."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", self.demonyms | self.countries)

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
    """The gazetteer from data/, by the names of a language (None: English); KnowledgeError for other columns."""
    return _gazetteer(names) if names else _english_gazetteer()


@cache
def _english_gazetteer() -> Gazetteer:
    return _gazetteer(None)


def _gazetteer(names: Names | None) -> Gazetteer:
    countries, demonyms, codes = load_countries(names)
    by_hand = {(row["name"], row["iso3"]) for row in read_csv(BY_HAND, ("name", "iso3"))}
    by_hand |= names.by_hand if names else set()
    made_of = (PLACES, BY_HAND) if names is None else ()  # most starts need the English one, which takes long to make
    found = prepared(made_of, (__file__,), lambda: _by_name(names, by_hand))
    areas, wide = frozenset(found["areas"]), frozenset(found["wide"])
    rest = (load_no_places(names), codes, areas, found["sure"], found["capitals"], wide)
    return Gazetteer(countries, demonyms, Places(found["places"], by_hand), *rest)


def _by_name(names: Names | None, by_hand: Set[tuple[str, str]]) -> dict[str, Any]:
    """What the gazetteer knows by the spellings of names: the lines of their places, which are areas, capitals, …"""
    by_hand_in: dict[str, set[str]] = {}
    lines: dict[str, str] = {}
    areas: set[str] = set()
    wide: set[str] = set()
    capitals: dict[str, str] = {}
    for line, (name, country, kind, *_), spellings in _spelled(names):
        for spelling in spellings:
            lines[spelling] = f"{lines[spelling]}\n{line}" if spelling in lines else line
        if (name, country) in by_hand:
            for spelling in spellings:
                by_hand_in.setdefault(spelling, set()).add(country)
        if kind == "capital":
            capitals = dict.fromkeys(spellings, country) | capitals
        elif kind == "area" and _place(line, by_hand).wide:
            wide.update(spellings)
        if not country:
            areas.update(spellings)
    sure = {name: next(iter(found)) for name, found in by_hand_in.items() if len(found) == 1}
    return {"places": lines, "areas": sorted(areas), "sure": sure, "capitals": capitals, "wide": sorted(wide)}


def _spelled(names: Names | None) -> Iterator[tuple[str, tuple[str, ...], Collection[str]]]:
    """The places that have a name in a language (None: English): line, cells, and spellings in lower case."""
    for line in chain(read_lines(PLACES, COLUMNS), read_lines(REGIONS, COLUMNS) if names else ()):
        cells = cells_of(line)
        own = () if names is None else names.places.get((cells[0], cells[1]))
        if own is None:
            continue
        if own:
            yield line, cells, set(own)
        elif cells[4]:
            yield line, cells, {cells[0].lower(), *map(str.lower, split(cells[4]))}
        else:
            yield line, cells, (cells[0].lower(),)


def load_place_names(names: Names | None = None) -> dict[str, dict[str, str]]:
    """For each spelling of a place, in lower case, the name of the largest place in each country that has it.

    The spellings are those of a language (None: English), the names are English. An area keeps each of its English
    names apart, because "northern Gaza" is a part of the Gaza Strip. A region whose name is another spelling of a
    larger place goes by that place: "Kiev" is Kyiv.
    """
    found: dict[str, dict[str, str]] = {}
    larger: set[tuple[str, str]] = set()
    rows = [
        (cells[0].lower(), cells[1], cells[2], spellings)
        for _, cells, spellings in sorted(_spelled(names), key=lambda row: -int(row[1][3] or 0))
    ]
    for name, country, kind, spellings in rows:
        if name in spellings and not (kind == "region" and (name, country) in larger):
            found.setdefault(name, {}).setdefault(country, name)
        if kind != "area":
            larger.update((alias, country) for alias in spellings if alias != name)
    for name, country, kind, spellings in rows:
        for alias in sorted(set(spellings) - {name}):
            apart = names is None and kind == "area"
            found.setdefault(alias, {}).setdefault(country, alias if apart else name)
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


def place_rows(name: str) -> tuple[tuple[str, str], ...]:
    """The name and country of each row of the places that has this English spelling, which is in lower case."""
    return tuple((one.name, one.country) for one in _english_gazetteer().places.get(name, ()))


def load_no_places(names: Names | None = None) -> frozenset[str]:
    """Words of a language (None: English) that are listed as places and name none, in lower case."""
    return names.not_places if names else frozenset(row["word"].lower() for row in read_csv(NOT_PLACES, ("word",)))
