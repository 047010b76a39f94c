"""Places of another role than that of the harm: where people went, came from, spoke, met or protested over."""

from __future__ import annotations

import pytest
from readers import places_read

from tracker.model import Article
from tracker.reader import Reader


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # Where people were brought.
        (
            "Gunmen raided Homs, kidnapped nine villagers and dragged them back through the broken fence to Zerga.",
            "Homs",
        ),
        ("Nine men were wounded in Homs. A plane flew nine of the wounded to Turkey.", "Homs"),
        ("Nine men were wounded in Homs. The nine wounded were moved to hospitals in Hama.", "Homs"),
        ("Nine men taken hostage during the raid into Homs were killed.", "Homs"),
        # Whose citizens they are, and whose family.
        ("Police in Munich said that two citizens of Mali had been stabbed to death.", "Munich"),
        ("Nine people in Ravina's cousin's family were killed in a strike in northern Homs.", "northern Homs"),
        # Where somebody spoke or works, behind the harm and before it.
        ("Gunmen raided Homs. Nine hostages died, the interior ministry said in Algiers.", "Homs"),
        ("Shells hit Homs. Doctors at our partner hospital counted nine dead.", "Homs"),
        # What people only protested over.
        ("Police in Boston arrested nine students at a march against the war in Gaza.", "Boston"),
        ("In Boston, nine students were arrested at a rally over the offensive in Gaza.", "Boston"),
        ("Anger over the war in Gaza, which has killed nine reporters, is growing.", "Gaza"),
        # Where something was made, a body has its seat, a court sat, people were on their way, or mourned.
        ("Shells hit Homs. The missiles, made in Iran, killed nine men.", "Homs"),
        ("Shells hit Homs. A monitor based in Britain counted nine dead.", "Homs"),
        ("A court in Rome heard how guards killed nine men in Hama.", "Hama"),
        ("Shells hit Homs. A judge in Rome jailed him for the deaths of nine men.", "Homs"),
        ("Shells hit Homs. He was convicted by a court in Rome of killing nine men.", "Homs"),
        ("Police said Paul Hesse had killed nine men.", None),
        ("A bus going from Lagos to Abuja overturned, killing nine.", None),
        ("Mourners at the funeral of a man killed in Homs, in the cemetery in Hama, on Monday.", "Homs"),
        ("Funerals in Rome of nine men killed in the raid.", None),
        ("Rockets fired into Syria from Iraq hurt nine men, while sirens blared in Homs.", "Syria"),
        # A part of the dead, and those arrested after an attack elsewhere.
        ("A bomb at the Zerga theatre killed 90 people. The ministry said nine suspects had been arrested.", None),
        ("Police fired at a crowd in Zerga, killing three people. Nine were arrested.", "Zerga"),
    ],
)
def test_where_it_was_not(text: str, place: str | None, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In Tarloka a pensioner died.", "Tarloka"),
        ("Gunmen killed 60 people in nearby Tarloka a week before.", "nearby Tarloka"),
        ("In Tarloka two men died.", "Tarloka"),
        ("A rocket landed beside a market and killed nine men.", "market"),
        ("Militants set fire to a school dormitory in Homs. Nine bodies were found.", "school dormitory in Homs"),
        ("Three bombs exploded at a crowded mosque. Police put the death toll at 35.", "crowded mosque"),
        (
            "Most of the 129 girls abducted from a school in Homs are free. Nine guards died in the raid.",
            "school in Homs",
        ),
        ("The council condemned the barrages on Tarloka near Homs, where nine people died.", "Tarloka near Homs"),
        ("Militias fought for control of Homs. Nine men died.", "Homs"),
        ("Nine people drowned off Lesbos.", "Lesbos"),
        ("Casualties continue to mount in Gaza, with nine children among those killed.", "Gaza"),
        ("A bus fell off Mount Zerga, killing nine.", "Mount Zerga"),
        ("Hundreds of thousands flee south in Gaza after the order.", "Gaza"),
        ("Over 900 children were killed in Gaza in Israel offensive.", "Gaza"),
        ("Over 900 children were killed in Gaza in Israeli counterattacks.", "Gaza"),
        ("Over 900 children were killed in Israel's siege of Gaza.", "Gaza"),
        ("Near the Tarlo music festival close to Gaza, soldiers found nine bodies.", "Tarlo music festival"),
        # A court that was struck, people who stood at a place, what is made where it burned.
        ("Gunmen killed three judges in Kabul.", "Kabul"),
        ("Gunmen shot dead a judge in Kabul.", "Kabul"),
        ("Two judges in Homs were shot dead.", "Homs"),
        ("Nine people were killed at a court in Kabul.", "Kabul"),
        ("Police said that gunmen stormed a court in Homs, killing nine.", "Homs"),
        ("A bomber killed nine people at the trial in Kabul.", "Kabul"),
        ("Nine people died in a stampede at the general's funeral in Kabul.", "Kabul"),
        ("Two blasts killed nine people at a ceremony in Kabul commemorating a general.", "Kabul"),
        ("Nine soldiers based in Homs were killed.", "Homs"),
        ("Nine officers trained in Homs were killed.", "Homs"),
        ("The militants based in Homs killed nine people.", "Homs"),
        ("A blast at a plant where shells are made in Homs killed nine.", "Homs"),
    ],
)
def test_where_it_was(text: str, place: str, reader: Reader) -> None:
    assert places_read(reader, text)[-1] == place


def test_a_long_place_ends_with_its_last_name(reader: Reader) -> None:
    place = "barracks of the prison camp in the Russian-occupied town of Homs in western Syria"
    text = f"A blast ripped through a {place}, killing nine men."
    assert places_read(reader, text) == [place]


@pytest.mark.parametrize("title", ["The minister arrives in Israel", "Protests over the war in Israel grow"])
def test_a_headline_tells_no_place_of_a_meeting_or_a_protest(title: str, reader: Reader) -> None:
    article = Article("a", "The explosion killed nine people.", title, "2024-03-06")
    assert [figure.place for figure in reader.read(article)] == [None]


def test_a_long_headline_does_not_tell_where_people_of_a_sentence_come_from(reader: Reader) -> None:
    text = "Nevertheless 17 internationalists died. Israel is at war in Gaza. Israel fights. Israel bombs Gaza."
    article = Article("a", text, "A big bus fell off a road in Thailand", "2024-03-06")
    assert [figure.country for figure in reader.read(article)] == ["THA"]
