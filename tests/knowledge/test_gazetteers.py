"""The gazetteers: their rows are complete and consistent, and names resolve as a reader of news expects."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.extraction.where.countries import CountryCounter
from tracker.extraction.where.names import PlaceNames
from tracker.knowledge import load_countries, load_gazetteer, load_language, load_sourcebook
from tracker.model import SourceType

FOLDER = Path(__file__).parents[2] / "data" / "gazetteers"
GAZETTEER = load_gazetteer()
BOOK = load_sourcebook()
COUNTRIES = {name.casefold(): code for code, name in load_countries().names.items()}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_country_codes_are_unique() -> None:
    codes = [row["iso3"] for row in rows("countries.csv")]
    assert len(codes) == len(set(codes)) >= 249
    assert all(len(code) == 3 and code.isupper() for code in codes)


@pytest.mark.parametrize("name", ["places.csv", "places_extra.csv", "regions.csv"])
def test_places_lie_in_listed_countries(name: str) -> None:
    known = {row["iso3"] for row in rows("countries.csv")} | {""}
    for row in rows(name):
        assert row["iso3"] in known, row
        assert row["kind"] in {"capital", "city", "town", "region", "district", "area"}, row
        assert row["population"].isdigit(), row


def test_places_are_built_from_those_kept_by_hand() -> None:
    built = {(row["name"], row["iso3"]) for row in rows("places.csv")}
    assert {(row["name"], row["iso3"]) for row in rows("places_extra.csv")} <= built


def test_sources_have_a_known_type_and_a_name_of_their_own() -> None:
    found = rows("sources.csv")
    assert len({row["name"] for row in found}) == len(found)
    assert {row["type"] for row in found} <= {kind.value for kind in SourceType}


def test_sources_that_share_a_spelling_differ_in_their_country() -> None:
    for spelling, found in BOOK.by_name.items():
        countries = [entry.country for entry in found]
        assert len(found) == 1 or len(set(countries)) == len(found), spelling
        assert len(found) == 1 or "" not in countries, spelling


def test_a_body_that_is_named_after_a_country_belongs_to_it() -> None:
    """Otherwise "the commission of inquiry" of any country is the one on Syria."""
    for row in rows("sources.csv"):
        named = {code for name, code in COUNTRIES.items() if f" {name} " in f" {row['name'].casefold()} "}
        assert not named or row["country"], row["name"]


def test_publishers_have_spellings_and_domains_of_their_own() -> None:
    found = rows("publishers.csv")
    spellings = [one for row in found for one in {n.casefold() for n in (row["name"], *row["aliases"].split("|")) if n}]
    domains = [one for row in found for one in row["domains"].split("|")]
    assert [one for one in spellings if spellings.count(one) > 1] == []
    assert [one for one in domains if domains.count(one) > 1 or one != one.lower() or "." not in one] == []
    assert len(found) >= 100


def test_a_ministry_belongs_to_the_country_of_the_article_or_is_unknown() -> None:
    words = ["the", "interior", "ministry"]
    found = BOOK.find(words, {"UKR": 4, "RUS": 3})
    assert found is not None
    assert found.country == "UKR"
    assert BOOK.find(words, {"SYR": 5}) is None
    assert BOOK.find(words, {"SYR": 5, "UKR": 1}) is None
    assert BOOK.find(words, {}) is None


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("aleppo", "SYR"),
        ("deir ezzor", "SYR"),
        ("rafah", "PSE"),
        ("gaza", "PSE"),
        ("kharkiv", "UKR"),
        ("kiev", "UKR"),
        ("el fasher", "SDN"),
        ("fallujah", "IRQ"),
        ("medellin", "COL"),
        ("san salvador", "SLV"),
        ("syria", "SYR"),
        ("u.s", "USA"),
        ("police", None),
        ("march", None),
    ],
)
def test_where_a_name_is(place: str, country: str | None) -> None:
    assert GAZETTEER.country_of(place, {}) == country


def test_tripoli_is_in_the_country_of_the_article() -> None:
    assert GAZETTEER.country_of("tripoli", {"LBN": 3}) == "LBN"
    assert GAZETTEER.country_of("tripoli", {"LBY": 3}) == "LBY"


def test_health_ministry_belongs_to_the_country_of_the_article() -> None:
    found = BOOK.find(["the", "health", "ministry"], {"PSE": 4})
    assert found is not None
    assert found.name == "Gaza health ministry"
    assert BOOK.find(["the", "health", "ministry"], {}) is None


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Sudan's army, the Sudanese", {"SDN": 2}),
        ("South Sudan’s army in (South) Sudan", {"SSD": 2}),  # and not Sudan
        ("the Gambia; the “United States”", {"GMB": 1, "USA": 1}),
        ("Syrias war", {"SYR": 1}),
        ("Gaza and the Strait of Kerch", {"PSE": 1}),
        ("policeman", {}),
    ],
)
def test_how_often_a_text_names_each_country(text: str, counted: dict[str, int]) -> None:
    counter = CountryCounter(GAZETTEER, PlaceNames(load_language("en"), GAZETTEER))
    assert counter.count("", text) == counted
