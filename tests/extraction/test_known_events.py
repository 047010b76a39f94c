"""Well-known events that a clause names: the figure has their day and country, whatever else the sentence tells of."""

from __future__ import annotations

import pytest
from readers import READER

from tracker.knowledge.known_events import load_events_in, load_known_events
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
        "2023-10-14",
        "The Hamas assault on Israel shocked many. An estimated 260 people were killed in that attack.",
        "260",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-14",
        "Hamas gunmen stormed into Israel a week ago. They slaughtered more than 1,200 people.",
        "1,200",
        "2023-10-07 incident ISR",
    ),
    (
        "2023-10-11",
        "The call-up followed attacks by Palestinian gunmen, who killed more than 900 people.",
        "900",
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
FAR_BACK = [
    (
        "2023-10-20",
        "Crowds marched over the explosion at a Gaza hospital. Leaders spoke in Amman. The army denied it. "
        "Police closed roads. The ministry said on Wednesday that the blast killed 480 people.",
        "480",
        "2023-10-17 incident PSE",
    ),
    (
        "2023-10-19",
        "Hamas militants stormed into Israel this month. Ministers met. Schools are closed. The border is shut. "
        "At least 1,000 people were killed in the rampage.",
        "1,000",
        "2023-10-07 incident ISR",
    ),
    (
        "2022-08-04",
        "Beirut recalled the Beirut port explosion. Silos fell. Families marched. A judge was blamed. "
        "The blast killed more than 200 people.",
        "more than 200",
        "2020-08-04 incident LBN",
    ),
    (
        "2021-03-02",
        "Mourners spoke of the Christchurch shootings. Imams came. Roads were shut. Choirs sang. "
        "In the massacre 51 people were killed.",
        "51",
        "2019-03-15 incident NZL",
    ),
    (
        "2023-10-11",
        "Israel is at war with Hamas in Gaza. Envoys of Israel met. Six Nepali citizens were killed in the attacks.",
        "Six",
        "2023-10-07 incident ISR",
    ),
]
FAR_BACK_OF_ANOTHER = [
    (
        "2022-08-04",
        "Beirut recalled the Beirut port explosion. Families marched. A blast hit a depot in Tripoli on Tuesday. "
        "Firemen came. Roads were shut. The blast killed seven people.",
        "seven",
    ),
    (
        "2023-10-20",
        "Leaders spoke of the explosion at a Gaza hospital. Talks went on. Roads were shut. Shops closed. "
        "The raid on Jenin killed six people.",
        "six",
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
    (
        "2023-10-19",
        "Hamas gunmen overran towns on Oct. 7. In the assault on Gaza City 40 people died on Monday.",
        "40",
    ),
    (
        "2023-10-19",
        "Jets that target Hamas have killed 3,700 people in Gaza.",
        "3,700",
    ),
]


def found(published: str, text: str, words: str, reader: Reader) -> str:
    """Date, scope and country of the figure with these words."""
    figures = reader.read(Article(id="test", text=text, published=published))
    figure = next(one for one in figures if words in one.figure)
    return f"{figure.date} {figure.scope} {figure.country}"


@pytest.mark.parametrize(("published", "text", "words", "expected"), [*OF_THE_EVENT, *FAR_BACK])
def test_a_figure_of_an_event_has_its_day_and_country(
    published: str, text: str, words: str, expected: str, reader: Reader
) -> None:
    assert found(published, text, words, reader) == expected


@pytest.mark.parametrize(("published", "text", "words"), [*OF_NONE, *FAR_BACK_OF_ANOTHER])
def test_others_keep_their_own(published: str, text: str, words: str, reader: Reader) -> None:
    assert not found(published, text, words, reader).startswith(tuple(one.day for one in load_known_events()))


def test_events_have_a_day_a_country_and_a_name() -> None:
    events = load_known_events()
    assert len({one.id for one in events}) == len(events) > 40
    assert all(one.called or one.soon for one in events)
    assert all(bool(one.soon) == bool(one.days) for one in events)


# The language, when it was printed, the text, the number of the figure; its date and country, or the day it is not of.
IN_OTHER_LANGUAGES = [
    (
        "ru",
        "2023-10-20",
        "Израиль нанес удары по Газе после нападения ХАМАС, в результате которого погибли 1400 человек.",
        1400,
        "2023-10-07 ISR",
    ),
    (
        "ru",
        "2024-06-10",
        "В Москве судят обвиняемых по делу о теракте в «Крокусе», жертвами которого стали 145 человек.",
        145,
        "2024-03-22 RUS",
    ),
    (
        "ru",
        "2024-10-02",
        "«Хезболла» обвинила Израиль во взрывах пейджеров, при которых погибли 37 человек.",
        37,
        "2024-09-17 LBN",
    ),
    (
        "uk",
        "2023-10-25",
        "Ізраїль бомбить Газу після нападу ХАМАС, під час якого загинули 1400 людей.",
        1400,
        "2023-10-07 ISR",
    ),
    (
        "uk",
        "2024-04-08",
        "У Києві вшанували жертв удару по вокзалу в Краматорську, внаслідок якого загинула 61 людина.",
        61,
        "2022-04-08 UKR",
    ),
    (
        "uk",
        "2024-06-01",
        "Переговори тривають у Каїрі. Під час атаки ХАМАС на Ізраїль загинули понад 1200 людей.",
        1200,
        "2023-10-07 ISR",
    ),
    ("ar", "2023-10-25", "تقصف إسرائيل قطاع غزة منذ هجوم حماس الذي أسفر عن مقتل 1400 شخص.", 1400, "2023-10-07 ISR"),
    (
        "ar",
        "2024-10-07",
        "قالت الخارجية المصرية إن هجوم 7 أكتوبر الذي شنته حماس أسفر عن مقتل نحو 1200 إسرائيلي.",
        1200,
        "2023-10-07 ISR",
    ),
    (
        "ar",
        "2024-10-02",
        "أعلن حزب الله أن تفجيرات البيجر التي وقعت الشهر الماضي أدت إلى مقتل 37 شخصا.",
        37,
        "2024-09-17 LBN",
    ),
    (
        "fr",
        "2023-10-25",
        "Israël bombarde Gaza depuis l'attaque du Hamas, qui a fait plus de 1 400 morts.",
        1400,
        "2023-10-07 ISR",
    ),
    (
        "fr",
        "2024-07-10",
        "Le procès de l'attentat de Nice, qui a fait 86 morts, s'est ouvert à Paris.",
        86,
        "2016-07-14 FRA",
    ),
    (
        "es",
        "2023-10-25",
        "Israel bombardea Gaza desde el ataque de Hamás, en el que murieron 1.400 personas.",
        1400,
        "2023-10-07 ISR",
    ),
    (
        "es",
        "2024-04-10",
        "Rusia juzga en Moscú a los acusados del ataque al Crocus City Hall, que dejó 145 muertos.",
        145,
        "2024-03-22 RUS",
    ),
]
NOT_IN_OTHER_LANGUAGES = [
    (
        "ru",
        "2023-10-20",
        "После нападения ХАМАС удары израильской авиации убили в Газе 3000 человек.",
        3000,
        "2023-10-07",
    ),
    ("ru", "2024-06-11", "После теракта в «Крокусе» в Дагестане убиты двое полицейских.", 2, "2024-03-22"),
    ("uk", "2023-10-20", "Після нападу ХАМАС ізраїльські удари вбили в Газі 3000 людей.", 3000, "2023-10-07"),
    ("ar", "2023-10-20", "وبعد هجوم حماس أسفرت غارات إسرائيلية على غزة عن مقتل 3000 شخص.", 3000, "2023-10-07"),
    (
        "fr",
        "2023-10-20",
        "Depuis l'attaque du Hamas, les frappes israéliennes ont fait 3 000 morts à Gaza.",
        3000,
        "2023-10-07",
    ),
    (
        "es",
        "2023-10-20",
        "Tras el ataque de Hamás, los bombardeos israelíes han dejado 3.000 muertos en Gaza.",
        3000,
        "2023-10-07",
    ),
]


def told(code: str, published: str, text: str, number: int) -> str:
    """The date and the country of the figure of so many in an article of a language."""
    figures = READER.read(Article(id="test", text=text, published=published, language=code))
    [figure] = [one for one in figures if one.value == number]
    return f"{figure.date} {figure.country}"


@pytest.mark.parametrize(("code", "published", "text", "number", "expected"), IN_OTHER_LANGUAGES)
def test_each_language_names_events(code: str, published: str, text: str, number: int, expected: str) -> None:
    assert told(code, published, text, number) == expected


@pytest.mark.parametrize(("code", "published", "text", "number", "day"), NOT_IN_OTHER_LANGUAGES)
def test_in_each_language_others_keep_their_own(code: str, published: str, text: str, number: int, day: str) -> None:
    assert not told(code, published, text, number).startswith(day)


def test_a_language_without_words_names_none() -> None:
    assert load_events_in("eo") == ()
