"""The names of each language: they point to what exists, and the same body, place and war is meant in all of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.extraction.conflicts import Registry
from tracker.knowledge import load_conflicts, load_countries, load_gazetteer, load_sourcebook
from tracker.knowledge.names import holds_spellings, load_names, read_names
from tracker.knowledge.registry import load_recall_guards
from tracker.knowledge.standing_counts import in_language, load_standing_counts
from tracker.timelines.areas import load_areas

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = sorted(folder.parent.name for folder in DATA.glob("languages/*/names"))
FORMS = ("names", "names_forms", "demonyms", "demonyms_forms", "common", "common_forms")


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_row_points_to_what_there_is(language: str) -> None:
    listed = (*rows("gazetteers/places.csv"), *rows("gazetteers/regions.csv"))
    places = {(row["name"], row["iso3"]) for row in listed}
    bodies = {row["name"] for row in rows("gazetteers/sources.csv")}
    conflicts = {one.id for one in load_conflicts()}
    folder = f"languages/{language}/names"
    assert {row["iso3"] for row in rows(f"{folder}/countries.csv")} <= load_countries().names.keys()
    for name in ("places.csv", "places_extra.csv"):
        assert {(row["place"], row["iso3"]) for row in rows(f"{folder}/{name}")} <= places
    assert {row["source"] for row in rows(f"{folder}/bodies.csv")} <= bodies
    told = [*rows(f"{folder}/actors.csv"), *rows(f"{folder}/standing_counts.csv")]
    assert {row["conflict"] for row in told} <= conflicts
    counted = {(one.conflict, one.body) for conflict in conflicts for one in load_standing_counts(conflict)}
    assert {(row["conflict"], row["body"]) for row in rows(f"{folder}/standing_counts.csv")} <= counted


def test_no_cell_repeats_a_name(language: str) -> None:
    for path in sorted(DATA.glob(f"languages/{language}/names/*.csv")):
        for row in read_names(str(path.relative_to(DATA)), ()):
            for column in FORMS:
                names = row.get(column, "").split("|")
                assert len(names) == len(set(names)), f"{path.name}: {row}"
                assert all(name == name.strip() for name in names), f"{path.name}: {row}"


def test_an_entry_stands_at_one_place_and_each_of_its_lines_can_be_read(language: str) -> None:
    for path in sorted(DATA.glob(f"languages/{language}/names/*.csv")):
        told = [
            tuple(cell for column, cell in row.items() if not holds_spellings(column))
            for row in read_names(str(path.relative_to(DATA)), ())
        ]
        assert len(told) == len(set(told)), path.name
        assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120, path.name


@pytest.mark.parametrize(
    ("code", "words", "country"),
    [
        ("ar", "قطاع غزة", "PSE"),
        ("ar", "سوريا", "SYR"),
        ("ar", "الفاشر", "SDN"),
        ("fr", "alep", "SYR"),
        ("fr", "djibo", "BFA"),
        ("fr", "états-unis", "USA"),
        ("es", "járkov", "UKR"),
        ("es", "líbano", "LBN"),
        ("es", "sinaloa", "MEX"),
        ("es", "euskadi", "ESP"),
        ("ru", "одессе", "UKR"),
        ("ru", "саудовской аравии", "SAU"),
        ("uk", "києві", "UKR"),
        ("uk", "донеччині", "UKR"),
        ("uk", "сєвєродонецька", "UKR"),
    ],
)
def test_a_place_is_known_by_its_name_in_a_language(code: str, words: str, country: str) -> None:
    assert load_gazetteer(load_names(code)).country_of(words, {country: 1}) == country


@pytest.mark.parametrize(("code", "word"), [("fr", "est"), ("es", "este"), ("ar", "العين"), ("ru", "мир")])
def test_an_ordinary_word_is_no_place(code: str, word: str) -> None:
    assert load_gazetteer(load_names(code)).country_of(word, {}) is None


@pytest.mark.parametrize(
    ("code", "words", "nation"),
    [
        ("ar", "فلسطينيين", "PSE"),
        ("fr", "tchadiens", "TCD"),
        ("es", "israelíes", "ISR"),
        ("ru", "палестинцев", "PSE"),
        ("ru", "российские", "RUS"),
        ("uk", "росіян", "RUS"),
    ],
)
def test_a_people_is_known_in_its_forms(code: str, words: str, nation: str) -> None:
    assert load_gazetteer(load_names(code)).demonyms[words] == nation


@pytest.mark.parametrize(
    ("code", "words", "name"),
    [
        ("ar", "المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights"),
        ("ar", "وزارة الصحة في غزة", "Gaza health ministry"),
        ("fr", "l' armée israélienne", "Israeli military"),
        ("es", "ministerio de sanidad de gaza", "Gaza health ministry"),
        ("ru", "генштаба всу", "Ukraine's General Staff"),
        ("ru", "российского минобороны", "Russian defence ministry"),
        ("uk", "генштабу зсу", "Ukraine's General Staff"),
        ("uk", "офісі генпрокурора", "Ukrainian prosecutor general"),
    ],
)
def test_a_body_has_one_name_in_all_languages(code: str, words: str, name: str) -> None:
    found = load_sourcebook((), load_names(code)).find(words.split(), {})
    assert found is not None
    assert found.name == name


def test_a_ministry_without_a_country_is_that_of_the_article() -> None:
    book = load_sourcebook((), load_names("ar"))
    words = "وزارة الصحة".split()
    assert book.find(words, {}) is None
    found = book.find(words, {"LBN": 3})
    assert found is not None
    assert found.name == "Lebanese health ministry"


@pytest.mark.parametrize(
    ("code", "place", "conflict"),
    [("ar", "باخموت", "ukraine"), ("ru", "Бахмута", "ukraine"), ("fr", "El-Facher", "sudan"), ("es", "Rafah", "gaza")],
)
def test_a_place_points_to_its_conflict_in_every_language(code: str, place: str, conflict: str) -> None:
    registry = Registry(load_conflicts(load_names(code)), load_recall_guards())
    assert conflict in {registry.conflicts[at].id for at in registry.placed(place)}


def test_a_standing_count_knows_its_body_and_area_in_a_language() -> None:
    [first, *_] = in_language(load_standing_counts("gaza"), load_names("ru"))
    assert first.body == "Gaza health ministry"
    assert "минздрав газы" in first.named
    assert "gaza health ministry" in first.named  # the name that the sourcebook gives
    assert "секторе газа" in first.area_names


def test_a_place_is_one_area_in_all_languages() -> None:
    areas = load_areas(frozenset({"ar", "ru", "uk"}))
    english = areas.area("Kharkiv", "UKR", "ukraine")
    assert english == "kharkiv"
    assert {areas.area(name, "UKR", "ukraine") for name in ("Харькове", "Харкові", "خاركيف")} == {english}
    assert areas.area("секторе Газа", "PSE", "gaza") == areas.area("Gaza Strip", "PSE", "gaza") == "PSE"
    assert areas.area("Сирии", "SYR", "syria") == "SYR"
