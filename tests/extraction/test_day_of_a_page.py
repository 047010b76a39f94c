"""Which day a page stands at, which day somebody spoke, and which day what was told happened: texts and answers."""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure, Scope
from tracker.reader import Reader

DAY = "2024-05-09"  # a Thursday


def figures(reader: Reader, text: str, title: str = "") -> list[Figure]:
    return reader.read(Article(id="test", title=title, text=text, published=DAY))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The day of the page, as it prints it.
        ("Posted on May 3 2024 by Ana Ruiz. A raid on a farm near Zerga killed seven people on Friday.", "2024-05-03"),
        ("Last modified on 8 May 2024. Shells killed three people in Zerga yesterday.", "2024-05-07"),
        ("Talks resumed.\nOn March 2, 2019 a truce began. Shells killed three people on Wednesday.", "2024-05-08"),
        ("Few recall the May 1, 2019, truce. Shells killed three people in Zerga on Wednesday.", "2024-05-08"),
        # That of a picture or a post is not it, and dates nothing behind it.
        (
            "Troops in Tarlo, Tuesday, May 7, 2024. (AP Photo/Ana Ruiz) Rebels shot dead 15 men on Thursday.",
            "2024-05-09",
        ),
        (
            "Rebels struck the port on Wednesday. A girl in Tarlo, April 2, 2024 (Photo AP). They killed six.",
            "2024-05-08",
        ),
        # The day of an event that a statement names is not the day of the statement.
        ("The monitor said Tuesday's strike destroyed a school. The strike killed 14 people.", "2024-05-07"),
        ("The monitor said Tuesdays strike destroyed a school. The strike killed 14 people.", "2024-05-07"),
        ("The monitor said in Tuesday's report that 14 people had been killed.", "2024-05-07"),
        # What was reported on a day did not happen after it.
        (
            "Rebels shelled Zerga on Thursday. On Wednesday a paper reported that the army had killed 28 men.",
            "2024-05-08",
        ),
        # What a later sentence tells of the event counts, not the day of the report.
        ("A bomb went off in a market in Zerga on Tuesday. On Wednesday the police said 12 had died.", "2024-05-07"),
        # A toll at the head of its sentence is counted on that day, and the event was before.
        ("A landslide hit a village on Monday. On Wednesday the death toll rose to 45.", "2024-05-06"),
        # Later parts of a day.
        ("Gunmen raided Dorla on Monday. Earlier in the day, two farmers were shot dead.", "2024-05-06"),
        ("The army shelled Tarlo on Tuesday. Later that day, rebels shot dead five guards.", "2024-05-07"),
        ("The army shelled Tarlo on Tuesday. On that evening, rebels shot dead five guards.", "2024-05-07"),
        ("The army shelled Tarlo on Monday. Two nights later, rebels shot dead five guards.", "2024-05-08"),
        ("Earlier in the day, rebels shot dead five guards in Tarlo.", "2024-05-09"),
        # "Today" in a quotation is the speaker's.
        (
            'A raid hit a base on Wednesday. "Jets flew five raids today," they said. "Forty men died in them."',
            "2024-05-08",
        ),
        ('A raid hit a base on 2 March. "Today we lost 12 men," the captain said.', "2024-05-09"),
    ],
)
def test_day(text: str, date: str, reader: Reader) -> None:
    assert figures(reader, text)[-1].date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The war has killed 2,800 people in Zerga, doctors there said Monday.", "2024-05-06"),
        ("The war has killed 2,800 people, the ministry said in its daily bulletin on Tuesday.", "2024-05-07"),
        (
            "At least 4,100 people have died since the war began, it said in a post on Telegram on Tuesday.",
            "2024-05-07",
        ),
        ("Doctors in Tarlo said late on Tuesday that the toll since the siege began had reached 640.", "2024-05-07"),
        ("By Tuesday evening, at least 3,200 people had been killed in the war, officials said.", "2024-05-07"),
        # What a clause tells of a war is not what was said that day.
        ("The rebels said on Monday that they would end the war that has killed 70,000 people.", "2024-05-09"),
        ("The minister hoped on Monday to end the conflict that has displaced 300,000 people.", "2024-05-09"),
    ],
)
def test_day_of_a_total(text: str, date: str, reader: Reader) -> None:
    figure = figures(reader, text)[0]
    assert (figure.scope, figure.date) == (Scope.CUMULATIVE, date)


TOTAL, EVENT, SPAN = Scope.CUMULATIVE, Scope.INCIDENT, Scope.PERIOD


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        # So many of one nation, looked back upon.
        ("The ministry of Tarlo said that 34 Malians had been killed.", [TOTAL]),
        ("On Monday, the prime minister said in a statement that at least 16 Canadians had been killed.", [TOTAL]),
        ("A bomb exploded at a bus stop on Tuesday. The governor said 27 Kenyans had been killed.", [EVENT]),
        ("The governor said that a strike had killed 27 Kenyans who were on their way home.", [EVENT]),
        ("Police said three Kenyans had been killed.", [EVENT]),
        # So many in the perfect, whatever word tells of the fighting.
        ("The bombing has killed more than 2,800 people in Zerga.", [TOTAL]),
        ("The bombing killed 28 people in Zerga.", [EVENT]),
        ("The militia has executed 140 villagers, according to a report.", [TOTAL]),
        # A sentence that divides the total before it.
        ("Some 90 people have died in the siege since March. The dead include 12 children.", [TOTAL, TOTAL]),
        ("Between Monday and Wednesday, 44 people died in clashes. The casualties included nine women.", [SPAN, SPAN]),
        ("A raid killed 44 people on Monday. The casualties included nine women.", [EVENT, EVENT]),
        ("Some 90 people have died in the siege. The toll includes two men killed on Sunday.", [TOTAL, EVENT]),
        # Captives in a state, several of them.
        ("The junta is holding 140 students behind bars, a lawyer said.", [TOTAL]),
        ("The 39 former guards now in jail will not be freed, the minister said.", [TOTAL]),
        ("Police arrested 39 guards on Monday.", [EVENT]),
        # A span of time behind many words that only compares.
        ("Rockets killed 15 people in Zerga on Thursday in the second heavy attack by the group in a week.", [EVENT]),
        # A number that grows.
        ("Casualties continue to mount in Zerga, with many children among the dead.", [TOTAL]),
        # The time that was told last.
        ("In April, 12 people died in clashes. In that month alone, 466 people were wounded.", [SPAN, SPAN]),
    ],
)
def test_scopes(text: str, scopes: list[Scope], reader: Reader) -> None:
    assert [figure.scope for figure in figures(reader, text)] == scopes


def test_a_headline_is_dated_by_the_sentence_that_states_the_day_of_its_number(reader: Reader) -> None:
    title = "Army says 31 rebels killed in northern hills"
    text = (
        f"{title}\nThirty one rebels have been killed in the hills over the last 48 hours, the army said on Thursday."
    )
    told = figures(reader, text, title)
    assert {(one.value, one.scope, one.date) for one in told} == {(31, SPAN, DAY)}


def test_a_number_told_again_is_of_the_period_that_its_own_sentence_states(reader: Reader) -> None:
    text = 'Over the past two days jets killed nine commanders. "Nine commanders were killed," the general said.'
    assert [one.scope for one in figures(reader, text)] == [SPAN, SPAN]


def test_parts_of_the_total_of_a_count_are_totals(reader: Reader) -> None:
    text = "The toll in Gaza from ten days of strikes has reached 2,600 killed, including 700 children, medics said."
    article = Article(id="test", text=text, published="2023-10-16")
    assert [(one.scope, one.date) for one in reader.read(article)] == [(TOTAL, "2023-10-16")] * 2
