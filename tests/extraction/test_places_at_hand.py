"""Places told without a name, by what was attacked, in texts of capitals, and those that belong to another event."""

from __future__ import annotations

import pytest
from readers import places_read

from tracker.reader import Reader


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Floods hit Kenya this week. At least 40 people have died across the country.", "Kenya"),
        (
            "Rebels rose in Syria. Nine men died in raids across the war-torn country.",
            "Syria",
        ),
        ("Nine men died in attacks across the country.", "country"),
        ("Nine men died in clashes in several parts of the country.", "several parts of the country"),
        ("NINE MEN DIED IN CLASHES IN THE NORTHERN SECTOR OF THE COUNTRY.", "NORTHERN SECTOR OF THE COUNTRY"),
        ("Nine men died in the south of the country.", "south of the country"),
        ("In the worst attack in the country this year, gunmen killed nine men in Lahore.", "Lahore"),
        # A part of a town is no other name for the place told before, nor is a province for a village.
        (
            "A bomb killed two at a mosque in Homs. Four died at the northern gate of the city and nine were hurt at "
            "the southern entrance of the city.",
            "southern entrance of the city",
        ),
        ("Two died in the village of Zerga. Raids killed nine in the eastern province.", "eastern province"),
        # Journalists are told things in a place, and are killed in one.
        ("A strike kills two local journalists in Gao, medics say.", "Gao"),
        ("Two died in the district of Zerga. Raids killed nine in the same neighbourhood.", "district of Zerga"),
    ],
)
def test_a_place_at_hand(text: str, place: str, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen attacked Israel in October, killing nine men after they had stormed across the border.", "Israel"),
        ("Those killed include nine from Fiji.", None),
        ("Those killed include nine people from Fiji.", None),
        ("In Qamishli, 80 km to the north of Hasaka, nine men died.", "Qamishli"),
        ("Nine men died in a village a few miles from Mosul.", "village"),
        ("Anger at Israel's actions in Gaza grows after nine men died.", "Gaza"),
        ("Nine bodies were found after troops left Khan Younis, Gaza hospital says.", "Khan Younis"),
        ("Nine Israelis were killed when gunmen raided villages near Sderot on Sunday.", "villages near Sderot"),
    ],
)
def test_where_it_was_not(text: str, place: str | None, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nine men died in the assault on Beit Zerga, the mayor said.", "Beit Zerga"),
        ("Nine men died in the strike on Zerquda and more may follow.", "Zerquda"),
        ("Nine men died in a drone attack on Zerquda.", "Zerquda"),
        ("Nine men died in an attack on Zerquda. Help came to those in Zerquda late.", "Zerquda"),
        ("Nine men died in an attack on a labour union headquarters.", "labour union headquarters"),
        ("Nine men died in an attack on the local army post.", "local army post"),
        ("Nine men died in a strike on a UN Gaza school.", "UN Gaza school"),
        ("Guerrillas occupied the Central Bank Palace, killing nine men.", "Central Bank Palace"),
        ("NINE MEN DIED IN THE SAN ZERQUO GOTERO AREA.", "SAN ZERQUO GOTERO AREA"),
        ("NINE MEN DIED IN SAN ANTONIO DEL ZERQUO.", "SAN ANTONIO DEL ZERQUO"),
        ("THE TOWN OF SAN ZERQUO WAS ATTACKED. NINE MEN DIED.", "TOWN OF SAN ZERQUO"),
        # Persons, bodies and groups are no places.
        ("Nine men died in an air strike on Hezbollah.", None),
        ("Nine men died in an attack on Zerqudi, a writer.", None),
        ("Nine men died in a raid on Jabhat al-Nusra.", None),
    ],
)
def test_what_was_attacked(text: str, place: str | None, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Gunmen fired at a camp on Utoya island, killing 84, hours after a bomb in central Oslo killed seven.",
            ["Utoya island", "central Oslo"],
        ),
        ("A soldier died near Basra, raising the number of soldiers killed in Iraq to 98.", ["Basra", "Iraq"]),
        (
            "A bomb hit a market in the town of Zerga. Nine died, the health office of Idlib province said.",
            ["market in the town of Zerga"],
        ),
        ("Nine people were killed on Monday. The attack took place in the village of Zerga.", ["village of Zerga"]),
        ("The mayor of Homs said nine people had been killed there after shells hit a prison.", ["Homs"]),
        ("Gunmen stormed an unprepared Israel, killing nine.", ["Israel"]),
        ("Rescuers showed the bodies of nine men after warning Israel.", [None]),
        ("Gunmen raided Homs. Amnesty International, which has an office in Jos, put the toll at nine dead.", ["Homs"]),
        ("TWO DIED IN HOMS AND NINE WERE WOUNDED IN THE NORTHERN PART OF HAMA.", ["HOMS", "NORTHERN PART OF HAMA"]),
        ("Nine people were killed in Homs. It happened in the village of Zerga.", ["Homs"]),
    ],
)
def test_each_place_belongs_to_its_event(text: str, found: list[str], reader: Reader) -> None:
    assert places_read(reader, text) == found
