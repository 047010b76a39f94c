"""The area that a figure counts: an entity of the gazetteer, whatever the words around its name."""

from __future__ import annotations

import pytest

from tracker.timelines.areas import load_areas

AREAS = load_areas()

NAMED = [
    # words                                  country conflict   area
    ("Gaza", "PSE", "gaza", "PSE"),
    ("Hamas-run Gaza", "PSE", "gaza", "PSE"),
    ("Israel's Gaza", "PSE", "gaza", "PSE"),
    ("Gaza hospital", "PSE", "gaza", "PSE"),
    ("the enclave", "PSE", "gaza", "PSE"),
    ("Arabic", "PSE", "gaza", "PSE"),
    ("Jewish", "ISR", "gaza", "ISR"),
    ("Middle East", "PSE", "gaza", "PSE"),
    ("hospital in Gaza City", "PSE", "gaza", "gaza city"),
    ("Gaza's Rafah", "PSE", "gaza", "rafah"),
    ("a street by Gaza's Al-Farouq clinic", "PSE", "gaza", "farouq"),
    ("Luhansk People's Republic", "UKR", "ukraine", "luhansk"),
    ("U.N. school", "PSE", "gaza", "PSE"),
    ("a market in Idlib", "SYR", "syria", "idlib"),
    ("Saraqib, in Idlib", "SYR", "syria", "saraqib"),
    ("the village of al-Maleh", "SYR", "syria", "maleh"),
    ("Maleh", "SYR", "syria", "maleh"),
    ("Russian-held prison", "UKR", "ukraine", "UKR"),
    ("Sultan Quarter", "SYR", "syria", "sultan quarter"),
    ("Kibbutz Be’eri", "ISR", "gaza", "be'eri"),
    ("Khan Yunis", "PSE", "gaza", "khan younis"),
    ("western Khan Younis", "PSE", "gaza", "khan younis"),
    ("United States and Israel", "ISR", "gaza", "ISR"),
    ("the Strip", "PSE", "gaza", "PSE"),
    ("a field near the Gaza border", "ISR", "gaza", "ISR"),
    ("Egypt", "ISR", "gaza", "EGY"),
    ("Shifa Hospital", "PSE", "gaza", "shifa"),
    ("Russian-Held Prison", "UKR", "ukraine", "UKR"),
    ("Kiev", "UKR", "ukraine", "kyiv"),
    ("Rif Dimashq", "SYR", "syria", "rif dimashq"),
    ("Syria", "SYR", "syria", "SYR"),
    ("Сумы", "UKR", "ukraine", "сумы"),
    (None, "SYR", "syria", "SYR"),
    ("Jewish", None, None, ""),
]


@pytest.mark.parametrize(("place", "country", "conflict", "area"), NAMED)
def test_the_area_of_the_words_for_a_place(place, country, conflict, area):
    assert AREAS.area(place, country, conflict) == area


def test_only_the_bare_name_of_a_theatre_or_country_names_the_whole():
    assert AREAS.whole("Gaza Strip", "gaza")
    assert AREAS.whole("Syria", "")
    assert not AREAS.whole("hospital in Gaza", "gaza")


def test_words_for_both_countries_of_a_war_are_told_from_a_place_in_one():
    both = ("Israel and Gaza", "Gaza, Israel", "the Strip and Israel", "Israel and the Gaza Strip", "Israel & Gaza")
    for place in (*both, "Gaza/Israel", "Israel-Gaza", "Israel–Gaza", "Israel Gaza", "The Gaza Strip, and Israel"):
        assert AREAS.of_several(place, "gaza"), place
    for place in ("Gaza", "villages of Israel near Gaza", "Israel and Lebanon", "Gaza and Rafah", "", None):
        assert not AREAS.of_several(place, "gaza"), place
    between = ("Israel near Gaza", "Gaza from Israel", "Israel, not Gaza", "Israel to Gaza", "Israel's Gaza")
    for place in (*between, "the Israel-Gaza border", "Gaza and the Gaza Strip", "the", "and", ","):
        assert not AREAS.of_several(place, "gaza"), place


@pytest.mark.parametrize(
    ("code", "place", "other"),
    [
        ("fr", "la Russie et l’Ukraine", "la Russie sauf l’Ukraine"),
        ("es", "Rusia y Ucrania", "Rusia desde Ucrania"),
        ("uk", "Росія та Україна", "Росія без Україна"),
    ],
)
def test_each_language_has_the_words_of_its_lists(code: str, place: str, other: str) -> None:
    known = load_areas(frozenset({code}))
    assert known.of_several(place, "ukraine")
    assert not known.of_several(other, "ukraine")


def test_a_town_lies_in_its_region_under_the_name_of_its_area():
    assert AREAS.parents["SYR", "saraqib"] == {"idlib"}
    assert AREAS.parents["UKR", AREAS.area("Bakhmut", "UKR", "ukraine")] == {"donetsk"}
    assert ("SYR", "idlib") not in AREAS.parents
