"""Where people were harmed, as tables of texts: the place and the country of the last figure in each."""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader


def last(reader: Reader, text: str) -> Figure:
    return reader.read(Article(id="test", text=text, published="2024-03-06"))[-1]


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        (
            "Jets struck the Zahra neighborhood in the city of Homs. Six raids on the residential area killed nine.",
            "Zahra neighborhood in the city of Homs",
            "SYR",
        ),
        ("Fighting has spread in Idlib. A week of raids across the northern province left 30 dead.", "Idlib", "SYR"),
        (
            "Troops raided the Balata camp in the West Bank. Two men were killed in the camp.",
            "Balata camp in the West Bank",
            "PSE",
        ),
        # Another place, and places that no name was told for.
        ("Shells hit Homs. Two men were killed in a nearby village.", "nearby village", "SYR"),
        ("Shells hit Homs. Two men were killed in the hospital.", "hospital", "SYR"),
        ("Shells hit homes in Syria. Two men were killed in the village.", "village", "SYR"),
        ("A bomb went off in a hotel, killing two people.", "hotel", None),
        # Beside a name in the same clause a mere hotel says less.
        ("In Cartagena a bomb went off in a hotel, killing two people.", "Cartagena", "COL"),
        ("A bomb went off in a hotel, killing two people, while shells fell on Homs.", "hotel", "SYR"),
    ],
)
def test_a_place_without_a_name_means_one_that_was_named(
    text: str, place: str | None, country: str | None, reader: Reader
) -> None:
    figure = last(reader, text)
    assert (figure.place, figure.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Troops raided the village of Salem, in the area of Nablus, and shot two men dead.", "village of Salem"),
        ("Gunmen stormed the jail at Mariona, located on the outskirts of San Salvador, leaving two dead.", "Mariona"),
        ("A strike on a house in Rafah, near the closed crossing to Egypt, killed nine people.", "Rafah"),
        ("Shells fell on Idlib province, in the village of Sarja, killing two men.", "village of Sarja"),
        ("In Yelovo, a town in the north of the province, shelling killed two men.", "Yelovo"),
        ("She lived in Be'eri, a kibbutz near the Gaza border, where two men were killed.", "Be'eri"),
        ("Jets bombed tents in Hazima to the north of Raqqa city, killing two men.", "Hazima"),
        ("Fighters of a group (a branch of it is in Libya) shelled Aleppo city, killing two men.", "Aleppo city"),
    ],
)
def test_the_narrower_of_two_places_is_taken(text: str, place: str, reader: Reader) -> None:
    figure = last(reader, text)
    assert figure.place is not None
    assert place in figure.place


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        # A place that its own words locate is told for the sentences behind it.
        ("Rockets flew toward the town of Metula in northern Israel. No injuries were reported.", "Metula", "ISR"),
        (
            "Sirens sounded in the Western Galilee in Israel. Rockets fell in open areas. Two men died.",
            "Galilee",
            "ISR",
        ),
        ("Two men were killed in a strike on Gaza's Maghazi refugee camp.", "Gaza's Maghazi refugee camp", "PSE"),
        ("Two men were killed in a strike on a Gaza hospital.", "Gaza hospital", "PSE"),
        ("Two men were killed at the Saudi hospital in Rafah.", "Saudi hospital in Rafah", "PSE"),
    ],
)
def test_a_place_and_its_country(text: str, place: str, country: str, reader: Reader) -> None:
    figure = last(reader, text)
    assert place in (figure.place or "")
    assert figure.country == country


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Shells hit Idlib. Four wounded men were rushed to hospitals in Hatay province.", "Idlib"),
        ("Shells hit Idlib. Four wounded men are being treated in Turkish hospitals.", "Idlib"),
        ("Gunmen killed dozens of villagers and took scores of women back into Chad.", None),
        ("Omar Haddad, who grew up in Boston, said that dozens of his neighbors were killed.", None),
        ("Condemned by leaders from around the world and from leaders in Canada, the raid left two dead.", None),
        ("After a visit to Oslo, the minister said two men had been killed.", None),
        ("Mourners met at a funeral in Rome for five members of a family killed last week.", None),
        ("At her funeral in Rome her brother said that nine people had been killed.", None),
        ("They shot dead two men dressed in T-shirts.", None),
        ("In both Arabic and English, the signs spoke of 12 people killed.", None),
        ("Nine men were captured and are in Russian captivity.", None),
        # What is done to people where they gather, or where they are treated, was done there.
        ("A bomb killed five people at a funeral in Quetta.", "Quetta"),
        ("Thousands took to the streets in Khartoum, and soldiers shot nine of them dead.", "Khartoum"),
        ("Shells on a hospital in Homs killed two patients.", "hospital in Homs"),
        ("Airstrikes against Raqqa killed two men.", "Raqqa"),
    ],
)
def test_places_of_something_else_are_left_out(text: str, place: str | None, reader: Reader) -> None:
    figure = last(reader, text)
    assert figure.place == place or (place is not None and place in (figure.place or ""))


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        (
            "Troops fought in Khan Younis, in Gaza. The army said it had killed 15 gunmen in the past 24 hours.",
            "Gaza",
            "PSE",
        ),
        ("Shells hit Khan Younis in Gaza. Many foreign nationals were reported dead.", None, "PSE"),
        ("Shells hit Khan Younis in Gaza. The army said it had killed 15 gunmen.", "Khan Younis in Gaza", "PSE"),
    ],
)
def test_what_is_of_no_event_takes_no_town_from_the_sentence_before(
    text: str, place: str | None, country: str, reader: Reader
) -> None:
    figure = last(reader, text)
    assert (figure.place, figure.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # What was attacked is where it happened, whatever the verb and its form.
        ("Gunmen rampaged through border towns and killed at least 30 farmers.", "border towns"),
        ("Nine rockets slammed into the neighborhood of Karum, wounding 13 people.", "neighborhood of Karum"),
        ("Rebels attacked army bases and killed some soldiers.", "army bases"),
        ("Shells fell on Tal Sifr village and killed two.", "Tal Sifr village"),
        ("The army pounded al-Karum, killing six.", "al-Karum"),
        ("Militant Attacks Target Karum Area in Rural Hama, Kill 50", "Karum Area in Rural Hama"),
        ("At the site of an outdoor rave gunmen killed 26 dancers.", "outdoor rave"),
        (
            "Rocket attacks on al-Hamad and Saif al-Dawla neighborhoods left one person dead.",
            "Saif al-Dawla neighborhoods",
        ),
        ("Another seven people were killed in raids on Kafr Takha further north in the province.", "Kafr Takha"),
        (
            "Gunmen targeted on Monday morning al-Karum neighborhood with shells, killing a woman.",
            "al-Karum neighborhood",
        ),
        (
            "Two people died in Damascus when mortars hit the Salhi district of the capital.",
            "Salhi district of the capital",
        ),
        # The town, and not the province it lies in, nor whom the dead were.
        ("Attacks in the town of Khan Touran in the Northern Province of Aleppo killed 23 men.", "town of Khan Touran"),
        (
            "The minister spoke of the death of a British captive in east Ukraine while troops left Lviv.",
            "east Ukraine",
        ),
        ("Six men were killed in a United States drone attack in the tribal area of Karum.", "tribal area of Karum"),
        ("The king ordered an inquiry into the stampede near Mecca which claimed over 700 lives.", "Mecca"),
        ("Ten people die on a South Korean fishing boat.", None),
        ("At least 45 people have been killed in the US latest airstrike in Syria.", "Syria"),
        # A part has the place told for the part.
        (
            "More than 1,300 people have died in Israel, including 100 who were dancing at an outdoor rave.",
            "outdoor rave",
        ),
        # A noun for an attack is no verb: "enabled" is no place.
        ("Five men died in Saraqib, and the raid enabled some of the prisoners to flee.", "Saraqib"),
        # Initials are those of a group.
        ("In Tadmur jets pounded ISILs positions and killed nine.", "Tadmur"),
        # Not where the attackers stood, nor what they aimed at from afar.
        ("Rebels positioned in Binesh town fired shells at Karum village, wounding a girl.", "Karum village"),
        (
            "Shells hit Tal Sifr village. They were fired by gunmen stationed in Binesh and killed nine.",
            "Tal Sifr village",
        ),
        ("Rockets were launched from Lebanon toward the area of Metula in northern Israel; no one was hurt.", "Metula"),
        ("Nine soldiers stationed in Binesh were killed.", "Binesh"),
        ("Shells hit Rafah. Nine Turkish soldiers stationed in Binesh were killed.", "Binesh"),
        # Not what a clause tells about the source.
        (
            "Shells hit a school in Rafah. The ministry, which is overseen by the group that rules Gaza, said 47 died.",
            "Rafah",
        ),
        ("Shells hit a school in Rafah. Officials blamed Israel and said at least 50 were killed.", "Rafah"),
        # "in jail" is no place; "in a jail" is.
        ("Shells hit Rafah. Nine men who were in jail have been injured.", "Rafah"),
        # Where capitals tell nothing, a word that no dictionary has is a name.
        ("FIVE GUERRILLAS DIED IN A CLASH IN TONACATE.", "TONACATE"),
        ("TWO PEASANTS WERE MURDERED IN PUERTO ASUL BY UNIDENTIFIED MEN.", "PUERTO ASUL"),
        ("Army Kills over 60 Militants in Deir Zaghur", "Deir Zaghur"),
        ("12 Militants Killed in Zacam", "Zacam"),
        # Names that begin with a title, and what rockets fell on.
        ("Shells hit Homs. Two people were hurt in the attack on the Sheikh Karum area.", "Sheikh Karum area"),
        ("Rebels in the hills of Latakia fired rockets on Kilmar, wounding two people.", "Kilmar"),
        # Not where somebody or something came from.
        ("A drone that flew into northern Israel from Lebanon hurt two soldiers.", "northern Israel"),
        # The subject of a sentence that says it was struck.
        ("Kharkiv was shelled overnight. Two people were killed.", "Kharkiv"),
        ("Kilis, just across the border from Syria, has been hit again. Two people were killed.", "Kilis"),
        ("Nikopol came under heavy artillery fire, and a woman was wounded.", "Nikopol"),
        ("Nikopol was founded under a tsar. Two people were killed.", None),
        # A country with a war on its own ground may be where the strikes in its name hit, and no other.
        ("Monitor: 12 killed in Syria air raid", "Syria"),
        ("At least 30 people died in northern Mali army offensive", "Mali"),
        ("At least 30 people died in US air strike", None),
        ("SIX PEOPLE WERE WOUNDED IN RETALIATION IN BROAD DAYLIGHT.", None),
        ("12 Wounded in Nusrat Front Shelling of Sheikh Karum", "Sheikh Karum"),
    ],
)
def test_what_was_attacked_is_the_place(text: str, place: str | None, reader: Reader) -> None:
    figure = last(reader, text)
    assert figure.place == place or (place is not None and place in (figure.place or ""))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Strikes on Rafah killed 20. The White House said 11 U.S. citizens had been killed in the conflict.", None),
        ("Strikes on Rafah killed 20. The charity said five of its members had been killed in the war.", None),
        ("A bomb in Rafah killed 20. Six Polish nationals died in the attack, Warsaw said.", "Rafah"),
        ("A bomb in Rafah killed 20. Six Polish nationals died in the attack, and another 13 were hurt.", "Rafah"),
    ],
)
def test_foreigners_in_a_war_may_have_been_anywhere(text: str, place: str | None, reader: Reader) -> None:
    assert last(reader, text).place == place


def test_an_event_near_a_border_may_be_on_either_side(reader: Reader) -> None:
    figure = last(reader, "Troops in Syria shelled towns. Jets hit a market near the Turkish border and killed nine.")
    assert (figure.place, figure.country) == ("market near the Turkish border", "SYR")
