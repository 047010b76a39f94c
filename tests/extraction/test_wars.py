"""What a war tells of where people were harmed: whose people they are, its great event, who struck from outside."""

from __future__ import annotations

import pytest

from tracker.knowledge.known_events import load_known_events
from tracker.model import Article
from tracker.reader import Reader

# When it was printed, the text, the words of the figure; its place and its country.
CAPTIVES = [
    ("2023-10-20", "Israel bombs on. Hamas is believed to hold some 220 hostages in Gaza.", "220", "Gaza", "ISR"),
    (
        "2023-10-20",
        "Israel said that 199 people were abducted and taken to the Gaza Strip.",
        "199",
        None,
        "ISR",
    ),
    ("2024-06-02", "Israel waits: about 80 hostages are still in Gaza.", "80", "Gaza", "ISR"),
    ("2024-06-02", "In Israel the families of the 120 captives marched on.", "120", "Israel", "ISR"),
    (
        "2023-11-20",
        "Ukraine says 20,000 Ukrainian children were abducted and taken to Russia.",
        "20,000",
        None,
        "UKR",
    ),
    ("2023-11-20", "Two reporters were taken hostage in Iraq on Monday.", "Two", "Iraq", "IRQ"),
    (
        "2023-10-20",
        "Israel mourns. In 2006 Hamas seized an Israeli soldier near Rafah.",
        "an",
        "Rafah",
        "PSE",
    ),
    ("2023-10-20", "At least 1,400 Israelis have died and some 200 are held in Gaza.", "1,400", None, "ISR"),
    # Those who were harmed in captivity are where they are held.
    ("2023-10-20", "Israel mourns Sderot after the attack by Hamas. Nine hostages have died.", "Nine", None, "PSE"),
    (
        "2023-10-20",
        "Israel pounded Gaza. Bombs killed 13 of the soldiers whom Hamas had abducted from Israel.",
        "13",
        "Gaza",
        "PSE",
    ),
]
FOREIGNERS = [
    ("2023-10-10", "Israel and Hamas are at war. At least 11 Americans have been killed.", "11", None, "ISR"),
    (
        "2023-10-10",
        "Israel struck Gaza. Paris said eight French citizens had died and 20 were missing.",
        "20",
        None,
        "ISR",
    ),
    ("2023-10-10", "Israel pounded Gaza. Thailand said that 12 of its nationals had been killed.", "12", None, "ISR"),
    ("2023-10-10", "Israel is at war. Two Filipinos died, the embassy in Tel Aviv said.", "Two", None, "ISR"),
    (
        "2023-11-20",
        "Israeli tanks rolled on. An American surgeon was killed in Khan Younis.",
        "An",
        "Khan Younis",
        "PSE",
    ),
    ("2024-04-10", "Israel struck Gaza. Seven Poles were killed, Warsaw said.", "Seven", "Gaza", "PSE"),
]
LOSSES = [
    (
        "2023-10-14",
        "The army is to invade Gaza after the attacks that killed over 1,200 Israelis.",
        "1,200",
        None,
        "ISR",
    ),
    ("2023-10-14", "U.S. and Israeli officials spoke of the attack that killed over 900 Israelis.", "900", None, "ISR"),
    ("2023-10-14", "About 1,400 Israelis died, and Palestinians fled to southern Gaza.", "1,400", None, "ISR"),
    ("2023-10-14", "Israel said that three Israelis were killed in Gaza.", "three", "Gaza", "PSE"),
]
NATIONS = [
    (
        "2023-10-14",
        "Israel mourns. Some Israelis died, and an invasion of Gaza cannot be ruled out.",
        "Some",
        None,
        "ISR",
    ),
    (
        "2023-10-14",
        "In Alexandria in Egypt, a guard fired at men from Israel, killing two Israelis.",
        "two",
        "Egypt",
        "EGY",
    ),
    (
        "2023-10-14",
        "Strikes on Gaza that killed 90 Palestinians come amid a stream of hateful speech in Sweden.",
        "90",
        "Gaza",
        "PSE",
    ),
    ("2023-10-14", "At least 27 Americans were killed in Israel. A Texas native died too.", "A", "Israel", "ISR"),
    ("2023-10-14", "Israel said that two Americans were killed in Kibbutz Yalon.", "two", "Kibbutz Yalon", "ISR"),
]
STRUCK = [
    ("2023-10-14", "Hamas killed 1,400 people in Israel. Israeli strikes have since killed 900.", "900", None, "PSE"),
    ("2023-10-14", "Israel lost many. At least 900 have died in Israeli retaliation.", "900", None, "PSE"),
    ("2023-10-14", "Rockets hit Israel from Lebanon. Israeli shelling killed three people.", "three", None, "LBN"),
    ("2024-05-30", "Israel has old enemies. Syria says an Israeli strike killed a child in Homs.", "a", "Homs", "SYR"),
    ("2022-12-20", "Moscow is in Russia. Russian shelling killed three civilians.", "three", None, "UKR"),
    (
        "2022-12-20",
        "Kyiv is in Ukraine. Ukrainian shelling killed three civilians in Belgorod.",
        "three",
        "Belgorod",
        "RUS",
    ),
    ("2014-12-20", "Damascus is in Syria. Syrian air strikes killed three civilians.", "three", "Syria", "SYR"),
]


@pytest.mark.parametrize(
    ("published", "text", "words", "place", "country"), [*CAPTIVES, *FOREIGNERS, *LOSSES, *NATIONS, *STRUCK]
)
def test_a_war_tells_where(
    published: str, text: str, words: str, place: str | None, country: str, reader: Reader
) -> None:
    figures = reader.read(Article(id="test", text=text, published=published))
    figure = next(one for one in figures if words in one.figure)
    assert (place is None) is (figure.place is None)
    assert (place or "") in (figure.place or "")
    assert figure.country == country


def test_only_events_of_a_war_have_captives() -> None:
    assert [one.id for one in load_known_events() if one.captive_days] == ["hamas-attack-2023"]


# When it was printed, the text, the words of the figure; its date.
TOLLS = [
    ("2023-10-14", "Hundreds of Israelis and Palestinians were killed.", "Hundreds", None),  # not in that event alone
    (
        "2023-10-20",
        "Israel said on Wednesday that 1,400 people had been killed in southern Israel.",
        "1,400",
        "2023-10-07",
    ),
    (
        "2023-10-14",
        "In Israel grief ran deep: the raids left more than 900 Israelis dead.",
        "more than 900",
        "2023-10-07",
    ),
    ("2023-10-20", "Israel struck Gaza. On Wednesday 12 people were killed in Ashkelon, Israel.", "12", "2023-10-18"),
    ("2023-10-20", "Israel struck Gaza. The strike on Wednesday killed 300 people in Gaza City.", "300", "2023-10-18"),
    ("2023-10-20", "Israel recalled that 2,600 soldiers were killed in Israel in October 1973.", "2,600", "1973-10"),
    ("2014-10-20", "Israel and Gaza fought. On Sunday 900 people were killed in Haifa, Israel.", "900", "2014-10-19"),
]


@pytest.mark.parametrize(("published", "text", "words", "date"), TOLLS)
def test_so_many_fell_in_one_event_only(
    published: str, text: str, words: str, date: str | None, reader: Reader
) -> None:
    figures = reader.read(Article(id="test", text=text, published=published))
    assert [figure.date for figure in figures if figure.figure == words] == [date]


# Several millions died in no war of today; a text that recalls one right before goes on about that one, or a battle.
RECALLED_BEFORE = [
    ("We remember World War II. Where eight million Tavrians died.", None),
    ("The mayor spoke of the Second World War. In total, the war claimed at least 50 million lives.", None),
    ("Nobody wants a new World War II. In Ukraine the war has killed 8,400 civilians.", "ukraine"),
]


@pytest.mark.parametrize(("text", "conflict"), RECALLED_BEFORE)
def test_millions_of_dead_behind_a_past_war_are_of_no_war_of_today(
    text: str, conflict: str | None, reader: Reader
) -> None:
    [figure] = reader.read(Article(id="test", text=f"{text} Shells fell on Kharkiv.", published="2022-05-09"))
    assert figure.conflict == conflict
