"""Where a text that tells of several lands goes on, what leads back to a place, and names that are none."""

from __future__ import annotations

import pytest

from tracker.model import Article, Cause
from tracker.reader import Reader

WARS = "2023-10-25"  # wars were on in Gaza and in Ukraine


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        # The last place of the victims' land, though the text went on to another land.
        (
            "Hamas attacked villages in Israel. Jets then bombed Gaza. More than 2,300 Palestinians have been killed.",
            "Gaza",
            "PSE",
        ),
        ("Rockets fell on Belgorod in Russia. Missiles struck Kharkiv. Four Ukrainians were killed.", "Kharkiv", "UKR"),
        (
            "Shells struck Kherson. In Moscow, the Kremlin denied it. Nine Ukrainians lost their lives.",
            "Kherson",
            "UKR",
        ),
        ("Warplanes have since hit 90 targets in Gaza. The strikes killed 900 Palestinians.", "Gaza", "PSE"),
        (
            "Since Saturday — when gunmen raided towns in Israel — clinics have been hit in Gaza. At least 950"
            " Palestinians have died.",
            "Gaza",
            "PSE",
        ),
        # A part of a nation's dead is of that nation, and a body counts the dead of its own land.
        (
            "Hamas attacked Israel. Doctors said that 1,700 Palestinians, including 580 children, had died.",
            None,
            "PSE",
        ),
        ("At least 900 people were killed, the Israeli military said.", None, "ISR"),
        # A total goes on from the one before it, or points back to its town.
        ("Drones have killed 14 civilians in Izium since Monday. Another 30 were injured.", "Izium", "UKR"),
        # Who speaks from a capital is not at the place told before.
        (
            "Soldiers stormed a camp in Kidal. The raid killed 30 rebels, a spokesman in Bamako said.",
            "camp in Kidal",
            "MLI",
        ),
        # "there" behind people.
        ("Settlers in the West Bank have grown bolder. Settlers there have killed 12 farmers.", "West Bank", "PSE"),
        # What a town owns.
        ("Kunduz's main hospital lost 12 nurses.", "Kunduz's main hospital", "AFG"),
        # Where the attackers stood, and where those who were hit had come from.
        ("Men positioned in Duma fired shells on Homs. The attack killed four.", "Homs", "SYR"),
        # A side of a country gives way to a town in it.
        ("In northern Syria helicopters dropped bombs in Homs, killing 12.", "Homs", "SYR"),
        (
            "A bomb killed 58 people in a mostly Muslim town south of Baghdad.",
            "mostly Muslim town south of Baghdad",
            "IRQ",
        ),
        # Whose war it is says not where.
        ("Russia's war has left tens of thousands dead.", None, "UKR"),
        # A gathering that is held holds nobody.
        ("A rally was held in Homs, where soldiers shot 12 people dead.", "Homs", "SYR"),
    ],
)
def test_where_the_text_goes_on(text: str, place: str | None, country: str | None, reader: Reader) -> None:
    last = reader.read(Article(id="example", text=text, published=WARS))[-1]
    assert (last.place, last.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # Where the dead were mourned or borne to the grave.
        ("Men carry the body of a nurse who was killed in an air strike, in Gaza City on Sunday.", None),
        ("Mourners at the funeral of a soldier killed by gunmen, in a cemetery in Netanya, Israel.", None),
        # Whom somebody speaks to.
        ("UN chief to Israel: 196 nurses have been killed.", None),
        # The name of a body.
        ("Some prisoners were killed, according to a report by the Union for Peace in Oldovia.", None),
        # A word that a lost line break joined to the name; but not a capital that is part of it.
        ("A bomb killed 12 people in Khan YunisThe police closed the road.", "Khan Yunis"),
        ("A bomb killed 12 people in McAllen.", "McAllen"),
        # A doctor speaks from the hospital.
        ("Shells hit Homs. A doctor in the Ramla hospital counted 12 dead.", "Homs"),
        ("Among the rebels in Homs there were 12 dead.", "Homs"),
    ],
)
def test_names_of_another_role(text: str, place: str | None, reader: Reader) -> None:
    assert reader.read(Article(id="example", text=text, published=WARS))[-1].place == place


@pytest.mark.parametrize(
    ("text", "country", "cause"),
    [
        ("Police arrested 60 students at campus protests against the war in Gaza.", None, Cause.OTHER),
        ("Troops arrested 60 fighters in the war in Gaza.", "PSE", Cause.CONFLICT),
    ],
)
def test_a_protest_over_a_war_is_not_in_it(text: str, country: str | None, cause: Cause, reader: Reader) -> None:
    [figure] = reader.read(Article(id="example", text=text, published=WARS))
    assert (figure.country, figure.cause) == (country, cause)
    assert (figure.conflict is None) == (country is None)


def test_where_nobody_was_harmed_may_be_on_either_side(reader: Reader) -> None:
    text = "Rockets were fired at the north of Israel by Hezbollah, Israel said. No injuries were reported."
    found = reader.read(Article(id="example", text=text, published="2023-11-20"))
    assert [figure.country for figure in found] != ["LBN"]
