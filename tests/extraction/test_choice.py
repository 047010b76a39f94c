"""Who, when and where are chosen by evidence: tables of texts and answers, and how the choice is shown."""

from __future__ import annotations

from enum import StrEnum

import pytest

from tracker.extraction.text.paragraphs import positions
from tracker.extraction.text.sentences import sentences
from tracker.knowledge import evidence
from tracker.knowledge.evidence import load_weights
from tracker.model import Article, Figure, KnowledgeError, Scope
from tracker.reader import Reader

DAY = "2023-10-18"  # a Wednesday


def figures(reader: Reader, text: str, title: str = "", published: str = DAY) -> list[Figure]:
    return reader.read(Article(id="test", title=title, text=text, published=published))


WAR = "Israel and Hamas fought in Gaza and in Israel. Palestinian and Israeli families fled. "


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        # What is told in the same clause.
        ("Shelling killed 12 people in Homs.", "Homs", "SYR"),
        ("The army was in Homs, while shelling in Hama killed 12 people.", "Hama", "SYR"),
        # Whose dead they are, in a country at war: no words for a place.
        (WAR + "The ministry said 1,799 Palestinians had been killed.", "Gaza", "PSE"),
        (WAR + "The attack killed 1,300 Israelis.", None, "ISR"),
        # The nation of combatants and of people abroad says nothing.
        (WAR + "In Gaza 12 Israeli soldiers were killed.", "Gaza", "PSE"),
        ("A bomb in Baghdad killed six Spanish tourists.", "Baghdad", "IRQ"),
        # A country that only acts or owns is no place.
        (WAR + "The ministry said 2,778 Palestinians had been killed in Israel's war on Gaza.", "Gaza", "PSE"),
        ("At least 12 people were killed in Israeli strikes on Khan Younis.", "Khan Younis", "PSE"),
        ("The war in Syria's north goes on. Syria's war has killed 300,000 people.", "Syria", "SYR"),
        ("In May, Turkey killed 40 rebels.", None, None),
        ("An attack on Turkey killed 40 people.", "Turkey", "TUR"),
        # "the area" points to the place named before.
        ("In Homs, shells fell on houses. A day-long raid in the area killed 13 people.", "Homs", "SYR"),
        # No place rather than one of another bullet.
        ("* Troops took Mosul in Iraq.\n* Nine people were killed in a bus crash.", None, None),
        # A list takes what its introduction says.
        ("Dead on Sunday in Colombo, by site:\n- the church: 67 dead", "Colombo", "LKA"),
        # Names of persons are no places.
        ("Kira Rudik, a member of parliament, spoke. Rockets struck central Kharkiv, injuring four.", None, "UKR"),
    ],
)
def test_where(text: str, place: str | None, country: str | None, reader: Reader) -> None:
    figure = figures(reader, text)[-1]
    if place is not None:
        assert place in (figure.place or "")
    else:
        assert figure.place is None or country == "UKR"
    assert figure.country == country


@pytest.mark.parametrize("region", ["Nineveh", "Kachin", "Mudug", "Gedaref", "Hadramawt", "Warrap", "Kunar", "Ghor"])
def test_regions_of_countries_at_war_are_known(region: str, reader: Reader) -> None:
    assert figures(reader, f"Shelling in {region} killed nine people.")[0].country is not None


@pytest.mark.parametrize(
    ("text", "begin", "date"),
    [
        ("In the 24 hours to 0600 on 9 October 12 people were killed.", "2023-10-08", "2023-10-09"),
        ("Over the 48 hours up to noon on Monday shells killed 12 people.", "2023-10-14", "2023-10-16"),
        ("Shells killed 12 people between 2 October (noon) and 4 October (14:00).", "2023-10-02", "2023-10-04"),
        ("A bomb killed 12 people on Tuesday of last week.", None, "2023-10-10"),
        ("At 4:12 on Tuesday (2012 Monday, UTC), a quake killed 12 people.", None, "2023-10-17"),
        ("Raiders killed 12 people on Tuesday (3 October).", None, "2023-10-03"),
        ("On 3 October, the day before, raiders killed 12 people.", None, "2023-10-03"),
        ("A short while ago shells killed 12 people.", None, "2023-10-18"),
        ("Shells killed 12 people last weekend.", "2023-10-14", "2023-10-15"),
        ("Shells killed 12 people over this weekend.", "2023-10-14", "2023-10-15"),
        ("The mayor said on Monday that 12 people were killed in the past three days.", "2023-10-13", "2023-10-16"),
        ("Between March and June shells killed 12 people.", "2023-03", "2023-06"),
        ("From 2014 to 2015, sieges killed 120 people.", "2014", "2015"),
        ("A bomb killed 12 people two weeks ago last Friday.", None, "2023-09-29"),
        ("Raiders killed 12 herders on 21/Mar/2015.", None, "2015-03-21"),
        ("2014-Aug-09: shells killed 12 people.", None, "2014-08-09"),
        ("A bus came under fire on 2013/11/04 and 12 passengers were killed.", None, "2013-11-04"),
        ("Relatives on Tuesday buried 12 people killed in a raid.", None, None),
        ("Relatives on Tuesday buried 12 people who had been killed in a raid on Sunday.", None, "2023-10-15"),
    ],
)
def test_when(text: str, begin: str | None, date: str | None, reader: Reader) -> None:
    figure = figures(reader, text)[0]
    assert (figure.period_start, figure.date) == (begin, date)


REST = "Rescuers went from house to house in the old town to look for those who were missing. " * 4


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The day of the telling in the sentence itself is nearer than the day of another event before it.
        ("A raid hit the port on Friday. The mayor said on Tuesday that shells killed 12 people.", "2023-10-17"),
        ("A raid hit the port on Friday. A blast on Monday that police said killed 12 shook it.", "2023-10-16"),
        ("A raid hit the port on Friday. Shells killed 12 people, the mayor said.", "2023-10-13"),
        ("A raid hit the port on Monday. It left 12 dead, a doctor told Reuters on Tuesday.", "2023-10-16"),
        ("A raid hit the port on Monday. It left 12 dead, which a doctor told Reuters.", "2023-10-16"),
        (
            "Shells hit the port on Monday. It was a response to a raid on Friday. Twelve died at the port.",
            "2023-10-16",
        ),
        # The same number elsewhere does not change a day that a figure's own sentence states.
        (f"18 October 2023\n\nA raid on Friday killed 12. {REST}Shells killed 12 on Wednesday.", "2023-10-18"),
        # A day that is still to come dates nothing.
        ("A blast hit the port on Friday. He is due in court on November 5. It left 12 people dead.", "2023-10-13"),
        ("A blast hit the port on Friday. A fire swept the hall on 5 October. It left 12 people dead.", "2023-10-05"),
    ],
)
def test_the_day_that_a_sentence_goes_on_with(text: str, date: str | None, reader: Reader) -> None:
    assert figures(reader, text)[-1].date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The day at the head of an article is that of the print, if the text goes on to tell the day before.
        (f"18 October 2023 Blast kills 12. {REST}The bomb went off on Monday.", "2023-10-16"),
        (f"18 October 2023 Blast kills 12. {REST}The hall was built on 3 May.", "2023-10-18"),
        # A headline that the text repeats is about the event that the text dates.
        (f"Blast kills 12 at a port\n\n{REST}The bomb went off on Monday.", "2023-10-16"),
        (f"Blast kills 12 at the port. {REST}The port reopened on Monday.", None),
    ],
)
def test_the_head_of_an_article(text: str, date: str | None, reader: Reader) -> None:
    assert figures(reader, text, "Blast kills 12 at a port")[-1].date == date


@pytest.mark.parametrize(
    ("text", "scopes", "begins"),
    [
        (
            "The union said 31 people were killed in the past 24 hours, bringing the toll since 3 May 2021 to 1,904.",
            [Scope.PERIOD, Scope.CUMULATIVE],
            ["2023-10-17", "2021-05-03"],
        ),
        (
            "Two boys were shot dead on Friday, raising to 187 the number of people killed since 30 March 2018.",
            [Scope.INCIDENT, Scope.CUMULATIVE],
            [None, "2018-03-30"],
        ),
        (
            "The death toll climbs to 2,226 as 84 more people are killed in a day.",
            [Scope.CUMULATIVE, Scope.PERIOD],
            [None, "2023-10-17"],
        ),
    ],
)
def test_a_count_and_a_toll_keep_their_own_date(
    text: str, scopes: list[Scope], begins: list[str | None], reader: Reader
) -> None:
    found = figures(reader, text)
    assert [figure.scope for figure in found] == scopes
    assert [figure.period_start for figure in found] == begins


@pytest.mark.parametrize(
    ("text", "title", "kind", "words"),
    [
        ("A club claimed that 12 people were killed.", "", "officials", "A club"),
        ("Taliban spokesman Zabiullah Mujahid claimed 190 were dead.", "", "armed_group", "Taliban spokesman"),
        ("Twelve people were killed, according to police, who blamed rebels.", "", "police", "police"),
        ("The WHO said 12 people had died.", "", "un", "The WHO"),
        ("According to a statement on Thursday from the mayor, 12 people were killed.", "", "government", "the mayor"),
        ("", "Toll passes 22,000 as army steps up war against Hamas", "unattributed", None),
        ("", "12 dead in blast at a Gaza Hospital", "unattributed", None),
    ],
)
def test_who(text: str, title: str, kind: str, words: str | None, reader: Reader) -> None:
    figure = figures(reader, text, title)[0]
    assert figure.source_type == kind
    assert (figure.source or "").startswith(words or "")
    assert (figure.source is None) == (words is None)


def test_paragraphs_and_items_of_a_text() -> None:
    text = "One. Two.\nThree.\n\n* Four. Five.\n- Six.\n## Seven"
    found = [tuple(at) for at in positions(text, sentences(text, frozenset()))]
    assert found == [(0, 0, 0), (1, 0, 0), (2, 1, 0), (3, 2, 1), (4, 2, 1), (5, 3, 2), (6, 4, 3)]


def test_the_candidates_are_shown_with_their_evidence(reader: Reader) -> None:
    text = "Troops left Israel, while shelling killed 12 people in Gaza on Monday, police said."
    [verdict] = [one for one in reader.explain(Article(id="x", text=text, published=DAY))[-1].verdicts if one.figure]
    choices = dict(verdict.choices)
    assert choices["where"][0] == "Gaza: 1 (words behind the harm), chosen"
    assert choices["who"][0].endswith(", chosen")
    assert choices["when"][0].startswith("on Monday") or choices["when"][0].startswith("Monday")


class _Names(StrEnum):
    NEAR = "near"


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ({}, "is not there"),
        ({"how": {"most": 1, "evidence": {}}}, "near: has no weight"),
        ({"how": {"most": 1, "evidence": {"near": 1, "far": 2}}}, "far: is no evidence"),
        ({"how": {"most": 1, "evidence": {"near": "much"}}}, "near: is no number"),
        ({"how": {"evidence": {"near": 1}}}, "most: is no number"),
    ],
)
def test_wrong_weights_are_named(table: dict[str, object], wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "read_toml", lambda _: table)
    load_weights.cache_clear()
    with pytest.raises(KnowledgeError, match=wrong):
        load_weights("how", _Names)
    load_weights.cache_clear()
