"""Well-known events that a clause names: the figure has their day and country, whatever else the sentence tells of."""

from __future__ import annotations

import pytest

from tracker.knowledge.known_events import load_known_events
from tracker.model import Article
from tracker.reader import Reader

# When it was printed, the text, the words of the figure; its date, scope and country.
OF_THE_EVENT = [
    (
        "2023-10-12",
        "Jets bombed Gaza for a fifth day after the Hamas attack that killed 1,200 people.",
        "1,200",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-19",
        "The minister flew from Gaza's border to Cairo. Hamas gunmen killed more than 1,400 people.",
        "1,400",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-20",
        "In Gaza fuel ran out. On Oct. 7, when Hamas fighters overran towns, killing some 1,400 people, he was abroad.",
        "1,400",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-14",
        "The embassy said 14 Nepalis were killed in the attack on Israel.",
        "14",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-19",
        "The rockets of Hamas, which killed 1,400 people and took 200 hostages, reach far.",
        "200",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-25",
        "She was among the hundreds killed at a music festival, her brother said in Haifa on Friday.",
        "hundreds",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-20",
        "Relatives buried three sisters killed in the Hamas attack this month.",
        "three",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-18",
        "At the grounds of an outdoor rave, gunmen had shot dead some 250 dancers.",
        "some 250",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-19",
        "Her sister was among the hundreds killed by Hamas gunmen at a rave, she said, in Haifa on Tuesday.",
        "hundreds",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-18",
        "The Hamas attacks have killed 1,300 people in Israel and injured more than 4,000, doctors said.",
        "more than 4,000",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-11-02",
        "Doctors recalled the blast at a Gaza hospital that killed hundreds of people.",
        "hundreds",
        "2023-10-17 incident PSE",
    ),
    (
        "2021-03-01",
        "The families of the 298 people killed in the downing of MH17 met in Amsterdam.",
        "298",
        "2014-07-17 incident UKR",
    ),
    (
        "2020-07-11",
        "Serbs and Bosniaks remembered the Srebrenica massacre, in which some 8,000 men were killed.",
        "8,000",
        "1995-07 incident BIH",
    ),
]
OF_NONE = [
    (
        "2023-10-12",
        "On Sunday, a day after the Hamas attack, in which 1,200 people died, a guard shot dead two tourists in Cairo.",
        "two",
    ),
    (
        "2023-10-19",
        "After the Hamas attack, strikes on Gaza have killed 3,700 people.",
        "3,700",
    ),
    (
        "2023-10-19",
        "Hamas officials said that 471 people were killed in Khan Younis on Wednesday.",
        "471",
    ),
    (
        "2023-10-16",
        "Hamas said Israel killed 22 of the hostages on Sunday.",
        "22",
    ),
    (
        "2024-04-14",
        "Iran launched an attack on Israel that injured 31 people on Saturday.",
        "31",
    ),
    (
        "2023-10-16",
        "A surprise attack on a checkpoint killed five soldiers in Sinai on Sunday.",
        "five",
    ),
    (
        "2023-10-17",
        "Soldiers killed 1,500 Palestinian gunmen who took part in the attack on Israel.",
        "1,500",
    ),
]


def found(published: str, text: str, words: str, reader: Reader) -> str:
    """Date, scope and country of the figure with these words."""
    figures = reader.read(Article(id="test", text=text, published=published))
    figure = next(one for one in figures if words in one.figure)
    return f"{figure.date} {figure.scope} {figure.country}"


@pytest.mark.parametrize(("published", "text", "words", "expected"), OF_THE_EVENT)
def test_a_figure_of_an_event_has_its_day_and_country(
    published: str, text: str, words: str, expected: str, reader: Reader
) -> None:
    assert found(published, text, words, reader) == expected


@pytest.mark.parametrize(("published", "text", "words"), OF_NONE)
def test_others_keep_their_own(published: str, text: str, words: str, reader: Reader) -> None:
    assert not found(published, text, words, reader).startswith(tuple(one.day for one in load_known_events()))


def test_events_have_a_day_a_country_and_a_name() -> None:
    events = load_known_events()
    assert len({one.id for one in events}) == len(events) > 40
    assert all(one.called or one.soon for one in events)
    assert all(bool(one.soon) == bool(one.days) for one in events)
