"""Assignment of figures to conflicts, with the reason, for sentences that a journalist could have written."""

from __future__ import annotations

import pytest

from tracker.model import Article


@pytest.mark.parametrize(
    ("text", "published", "conflict", "why"),
    [
        # a place of the conflict's
        ("Shelling killed 17 people in Idlib.", "2013-05-14", "syria", "country SYR"),
        ("An air strike killed 17 people in Rafah.", "2024-05-14", "gaza", "place 'rafah'"),
        ("A raid killed 4 people in Jenin.", "2024-05-14", "west-bank", "place 'jenin'"),
        ("Police wounded 20 people at Damascus Gate.", "2021-04-23", "west-bank", "place 'damascus gate'"),
        # a place of one conflict, and an actor of another on the same ground
        (
            "Hamas said troops had killed 4 people in Nur Shams camp in Palestine.",
            "2024-05-14",
            "west-bank",
            "'nur shams'",
        ),
        (
            "Hamas fights the Israeli army in Gaza. Soldiers killed 2 people in the West Bank, the Israeli army said.",
            "2024-05-14",
            "west-bank",
            "'west bank'",
        ),
        ("The army seized 90 men in the Shifa Hospital.", "2024-03-14", "gaza", "place 'shifa hospital'"),
        (
            "A rocket killed 2 people in the Western Galilee, in Israel.",
            "2024-03-14",
            "israel-hezbollah-2023",
            "galilee",
        ),
        # the name of a war, where no country is known; a country is surer than a name
        ("The Israel-Hamas war has killed 94 reporters.", "2024-03-14", "gaza", "its name 'israel-hamas war'"),
        ("Troops shot 3 men dead in Alexandria, Egypt, during the war in Gaza.", "2024-03-14", None, "not going on"),
        # no place, but an actor near the figure and the country elsewhere in the text
        ("Hamas said 12 people were killed. Gaza has no power.", "2024-05-14", "gaza", "actor 'hamas'"),
        # an actor whose name is not written in the letters of English alone
        ("Séléka rebels killed 17 people.", "2013-05-14", "central-african-republic", "actor 'séléka'"),
        # the same ground in other years is another conflict
        ("Shelling killed 17 people near Donetsk.", "2015-01-20", "donbas", "place 'donetsk'"),
        ("Shelling killed 17 people near Donetsk.", "2023-01-20", "ukraine", "place 'donetsk'"),
        # a figure that is told of another year belongs to that year
        ("In 1982 the army killed 10,000 people in Hama.", "2013-05-14", "hama-1982", "place 'hama'"),
        ("In 1986 the army killed 90 people in Hama.", "2013-05-14", None, "was not going on in 1986"),
        (
            "Over 90,000 people died in the siege in 1941 and 1942. Ukraine fights Russia.",
            "2023-02-02",
            None,
            "not going on",
        ),
        # the number of the dead is no year
        ("Shelling killed 1597 people near Donetsk.", "2023-01-20", "ukraine", "place 'donetsk'"),
        # a war that the registry does not have; nothing to go by; another cause
        ("Gunmen killed 3 soldiers in Oslo.", "2013-05-14", None, "nothing points to any"),
        # a country into which a war only reaches says nothing by itself
        ("A bomb killed 9 people in Sylhet, Bangladesh.", "2017-03-26", None, "nothing points to any"),
        ("Rohingya rebels killed 9 people in Sylhet.", "2017-03-26", "rohingya", "actor 'rohingya'"),
        ("Gunmen killed 3 soldiers.", "2013-05-14", None, "nothing points to any"),
        ("A bus crash killed 3 people in Aleppo.", "2013-05-14", None, "the cause is accident"),
        # an actor whom only one war has, or the one country of a short text, is enough where no country is told
        ("Hamas said 12 people were killed.", "2024-05-14", "gaza", "actor 'hamas'"),
        ("Twelve bodies were found, Israel says.", "2024-05-14", "gaza", "names its country once"),
        # but not an actor of many wars, for people detained, or where a place is named that nobody knows
        ("Security forces shot 12 people dead.", "2022-10-14", None, "too little points to iran-protests-2022"),
        ("Police detained 12 students. They had jeered a guest, a Hamas man.", "2024-05-14", None, "too little"),
        (
            "Two men were shot dead in Plainville after a row about Hamas.",
            "2024-05-14",
            None,
            "too little points to gaza",
        ),
        # reports from another time zone are printed the evening before; an old weekday is no date of the war
        ("Rockets from Gaza killed 12 people.", "2023-10-06", "gaza", "place 'gaza'"),
        (
            "On Wednesday Hamas was at war with Israel, and 12 Americans were killed in Israel.",
            "2023-10-09",
            "gaza",
            "",
        ),
        # a war in a corner of a country
        ("Shells killed 12 people in Kilis, Turkey.", "2016-04-12", None, ""),
        ("The PKK killed 12 soldiers in Turkey.", "2015-09-07", "turkey-pkk", "actor 'pkk'"),
    ],
)
def test_the_conflict_of_a_figure_and_why(reader, text, published, conflict, why):
    [found] = reader.assigned(Article(id="test", text=text, published=published))
    assert found.figure.conflict == conflict
    assert why in found.why


def test_reading_gives_the_same_figures_without_the_reasons(reader):
    article = Article(id="test", text="Shelling killed 17 people in Idlib and wounded 30.", published="2013-05-14")
    assert [one.figure for one in reader.assigned(article)] == reader.read(article)
    assert len(reader.read(article)) == 2


def test_a_figure_without_a_place_takes_the_main_country_of_its_conflict(reader):
    article = Article(id="test", text="Hamas said 12 people were killed. Gaza has no power.", published="2024-05-14")
    assert [(one.place, one.country) for one in reader.read(article)] == [(None, "PSE")]


@pytest.mark.parametrize(
    ("text", "place", "country", "conflict"),
    [
        # a foreign ministry counts its own people abroad, and people from a country were harmed anywhere but there
        (
            "Hamas has attacked Israel. The foreign ministry in Bangkok said three Thais had been killed.",
            None,
            "PSE",
            "gaza",
        ),
        ("Russia attacks Ukraine. The Indian embassy said a student from Agra was killed.", None, "UKR", "ukraine"),
        (
            "Hamas attacked Israel. Foreign nationals have also been killed, including 18 people from Thailand.",
            "Israel",
            "ISR",
            "gaza",
        ),
        # the country of the sentence before is not where the sides of a war far from it kill
        (
            "Hamas and Israel are at war. Crowds prayed in Ankara. Hamas said that 30 hostages had been killed.",
            None,
            "PSE",
            "gaza",
        ),
        # a place that nobody knows lies in the one country that the article names
        (
            "Greek trains collided near Tarnovia, killing 12 people. It was the worst crash in Greece.",
            "Tarnovia",
            "GRC",
            None,
        ),
    ],
)
def test_the_country_where_people_were_harmed(reader, text, place, country, conflict):
    figure = reader.read(Article(id="test", text=text, published="2023-10-12"))[0]
    assert (figure.place, figure.country, figure.conflict) == (place, country, conflict)
