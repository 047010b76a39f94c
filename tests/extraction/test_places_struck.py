"""Places that an attack hit, names that capitals do not tell, and what a headline takes from the text."""

from __future__ import annotations

import pytest
from readers import places_read

from tracker.reader import Reader


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Two men died in a mortar attack by rebels on Zerqan.", "Zerqan"),
        ("Three nurses were hurt by shells fired by gunmen on Khan Zerqan and Tulan cities.", "Khan Zerqan"),
        ("An attack launched by bandits against the police station in Zerqan killed four men.", "police station"),
        ("The air force dropped barrel bombs on Tuesday on the village of Zerqan, killing nine people.", "Zerqan"),
        ("Shelling on a residential district killed nine people.", "residential district"),
        ("In Quneitra one man was killed by rockets launched by rebels on Tal Zerqan district.", "Tal Zerqan district"),
        # A body, a whole country, and an attack of which another clause tells, are no such places.
        ("In Homs nine men died in an attack by rebels on Fatah.", "Homs"),
        ("In Homs nine men died in raids by jets on Syria.", "Homs"),
        ("An attack by rebels killed nine men in Homs, and talks began on Zerqan.", "Homs"),
        ("In Homs nine men died in strikes by jets on the province.", "Homs"),
    ],
)
def test_what_an_attack_hit_behind_who_made_it(text: str, place: str, reader: Reader) -> None:
    found = places_read(reader, text)[-1]
    assert found is not None
    assert place in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("TWO SOLDIERS DIED NEAR THE TOWNS OF ZERQUILLA AND SAN MIGUEL.", "TOWNS OF ZERQUILLA AND SAN MIGUEL"),
        ("TWO GUARDS DIED AT THE POLICE STATION IN ZERQUILLA.", "POLICE STATION IN ZERQUILLA"),
        ("TWO GUARDS DIED NEAR ZERQUILLA, IN ANTIOQUIA DEPARTMENT.", "ZERQUILLA"),
        ("TWO GUARDS DIED IN THE TOWN OF ORIGIN OF A REBEL.", "TOWN"),
        ("Nine people died at a market in the holy city of Karbala.", "market in the holy city of Karbala"),
        ("Two children died in Baker Street on Sunday.", "Baker Street"),
        ("Nine people died at an exchange point.", "exchange point"),
    ],
)
def test_names_are_told_by_the_nouns_beside_them(text: str, place: str, reader: Reader) -> None:
    assert places_read(reader, text) == [place]


def test_a_headline_names_its_place_before_who_says_so(reader: Reader) -> None:
    assert places_read(reader, "", "Nine Dead as Rebels Clash in Eastern Zerqan Monitor") == ["Eastern Zerqan"]


def test_a_figure_without_a_place_takes_the_one_told_of_the_same_number(reader: Reader) -> None:
    text = "Shells killed 17 people. A medic said that 17 people were killed in the town of Zerqan."
    assert places_read(reader, text, "Shelling kills 17") == ["town of Zerqan"] * 3
    abroad = "Floods killed 17 people in Somalia. Fire killed 17 people in Yemen."
    assert places_read(reader, abroad, "Fire kills 17 in Yemen") == ["Yemen", "Somalia", "Yemen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Twelve people died near Zerqan, a day after a fire killed nine in Tulan.", ["Zerqan", "Tulan"]),
        ("The raid on Zerqan that killed 12 came a week after nine people died in Tulan.", ["Zerqan", "Tulan"]),
        ("Fighting killed 12 people and wounded nine in Tulan.", ["Tulan", "Tulan"]),
        # A part of a total was where that was, unless its own place is told behind it.
        ("In the town of Zerqan shells hit near a school, wounding ten people including five girls.", ["Zerqan"] * 2),
        ("Shells wounded ten people in Zerqan, including five girls in Tulan.", ["Zerqan", "Tulan"]),
    ],
)
def test_each_of_several_harms_has_its_place(text: str, found: list[str], reader: Reader) -> None:
    told = places_read(reader, text)
    assert len(told) == len(found)
    assert all(one is not None and place in one for one, place in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen stormed the music festival, where 260 people died.", "music festival"),
        ("Aid was sent to Homs and Hama, where dozens of people have been killed.", "Homs and Hama"),
        ("A nurse fled from an outdoor festival where 12 people were killed.", "outdoor festival"),
        ("Clashes broke out in Zerqan to the north of Homs, where 12 people were killed.", "Zerqan"),
        ("In Homs, where the army is advancing on three sides, 12 people died in Zerqan.", "Zerqan"),
    ],
)
def test_the_scene_of_a_clause(text: str, place: str, reader: Reader) -> None:
    assert places_read(reader, text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "A blast killed 12 men in Zerqan. Dozens of wounded were taken to hospitals in Tulan. A guard was killed.",
        "A blast killed 12 men in Zerqan. The mayor, who had flown to Tulan, said help came. A guard was killed.",
        "A blast in Zerqan killed 12 people, the mayor said on Monday in Tulan.",
        "A blast in Zerqan killed 12 people, the mayor said in a radio address from Tulan.",
    ],
)
def test_where_people_were_brought_or_spoke_is_passed_by(text: str, reader: Reader) -> None:
    assert set(places_read(reader, text)) <= {"Zerqan", None}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shells hit a U.N. school, killing six people.", "U.N. school"),
        ("Since last week eastern Ghouta has been under heavy shelling that killed 70 people.", "eastern Ghouta"),
        ("The Manchester attack killed 22 people.", "Manchester"),
        ("Jordan said that a Gaza City explosion that killed dozens was an accident.", "Gaza City"),
        ("Eight people were killed on the outskirts of the capital.", "outskirts of the capital"),
        ("A van carrying nurses overturned on a mountain road, killing two.", "mountain road"),
        ("Survivors of the siege, which killed 12 people in Zerqan, met in Tulan.", "Zerqan"),
        ("An attack on Sderot, in which gunmen killed nine and kidnapped 12 to Gaza, went on.", "Sderot"),
        ("In Sweida the army shelled a camp in Zerqan village. Many fighters died.", "camp in Zerqan village"),
        ("Jets struck Zerqan town. Rockets hit homes in the besieged town, killing a nurse.", "Zerqan town"),
        ("A jet dropped a barrel of gas on the neighbourhood of Zerqan. Two men died.", "neighbourhood of Zerqan"),
    ],
)
def test_words_that_tell_where(text: str, place: str, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


def test_what_is_counted_over_months_is_of_no_town(reader: Reader) -> None:
    assert places_read(reader, "Rebels attacked a town hall in Zerqan. They have killed 700 people this year.") == [
        None
    ]


def test_no_word_of_an_attack_is_a_place(reader: Reader) -> None:
    assert places_read(reader, "Two men were killed.", "Two Men Killed in Mortar Shells Bomb Attack") == [None, None]
