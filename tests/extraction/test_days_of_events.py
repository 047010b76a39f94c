"""Which day an event has when several are told, and what is a running total: tables of texts and answers."""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader

DAY = "2023-10-18"  # a Wednesday


def figures(reader: Reader, text: str, title: str = "", published: str = DAY) -> list[Figure]:
    return reader.read(Article(id="test", title=title, text=text, published=published))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The text comes back to its event and tells the day.
        (
            "A bomber killed nine recruits at a barracks, police said on Wednesday. The blast on Monday evening was the"
            " third this year.",
            "2023-10-16",
        ),
        (
            "Rebels ambushed a convoy, killing 15 soldiers. The army blamed a splinter group for Sunday's ambush.",
            "2023-10-15",
        ),
        (
            "A ferry sank; 31 people drowned. The accident, in the early hours of Tuesday, is the worst in years.",
            "2023-10-17",
        ),
        ("Two guards were shot dead in a bank. Monday's raid was over in minutes.", "2023-10-16"),
        ("A car bomb killed nine people, police said on Tuesday. The bomb went off on Sunday evening.", "2023-10-15"),
        # The text comes back to the people.
        ("The envoy spoke of the killing of six priests. The priests were murdered on 16 September.", "2023-09-16"),
        ("He recalled the killing of nine people. The bishop said that the people met on Monday.", None),
        # A place of its own tells of another event.
        (
            "Shells killed nine people in Kharkiv, medics said on Tuesday. Sunday's strike on Odesa hit a port.",
            "2023-10-17",
        ),
        # Another kind of event dates nothing.
        (
            "A crash killed nine pupils, police said on Tuesday. The men behind Monday's shooting are at large.",
            "2023-10-17",
        ),
        # An old attack that news recalls is none of the last days.
        ("Air strikes killed 22 people in Gaza City, medics said. Israel has vowed to avenge Oct. 7's attack.", None),
    ],
)
def test_a_day_told_where_the_text_comes_back_to_its_event(text: str, date: str | None, reader: Reader) -> None:
    assert figures(reader, text)[0].date == date


def test_the_day_told_later_reaches_the_sentence_behind_the_event(reader: Reader) -> None:
    text = "A gunman killed four people in a bar. Thirty were hurt. Saturday's shooting shook the town."
    assert [figure.date for figure in figures(reader, text)] == ["2023-10-14", "2023-10-14"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The clause of "since" has an event of its own.
        ("It was the worst pit disaster since 1992, when 270 miners died in the north.", "1992"),
        ("Schools have been shut since gunmen killed 12 pupils a week ago.", "2023-10-11"),
        ("Since the raid on Sunday, in which nine guards were killed, the road has been closed.", "2023-10-15"),
        ("It is two years since a mudslide killed 60 people in the valley.", "2021"),
        # So has that of a reprisal.
        ("The jets bombed the port in response to a rocket attack on Monday that killed nine soldiers.", "2023-10-16"),
    ],
)
def test_an_event_in_the_clause_of_another_day(text: str, date: str, reader: Reader) -> None:
    [figure] = figures(reader, text)
    assert (figure.scope, figure.date) == ("incident", date)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("A militia claimed on Monday a blast that had killed nine people a day earlier.", "2023-10-15"),
        ("Saturday's raid came two days after 18 people were killed in the same street.", "2023-10-12"),
        ("Troops entered the town on Monday. Two weeks earlier a landmine had killed nine of them.", "2023-10-02"),
        # The day of a trial, a rally or a rebuke.
        ("A man who shot nine people dead in a mall appeared in court on Monday.", None),
        ("Thousands marched on Monday over a crash that killed nine students.", None),
        ("The president on Monday firmly backed the inquiry into a blast that killed nine sailors.", None),
        # The sentence before tells the day of what is reported later.
        ("Two dams burst on Sunday night. At least 90 people died, officials said on Tuesday.", "2023-10-15"),
        ("Two dams burst last Sunday.\n\nClashes killed 12 people, officials said on Tuesday.", "2023-10-17"),
        # The day behind a toll is that of the counting.
        ("The death toll from Sunday's landslide rose to 45 on Tuesday.", "2023-10-15"),
        # "This year" is no day of a headline's event.
        ("A truck bomb killed nine people in the market. It was the worst attack this year.", None),
    ],
)
def test_days_beside_other_days(text: str, date: str | None, reader: Reader) -> None:
    assert figures(reader, text)[0].date == date


def test_a_well_known_day_is_not_borrowed_for_the_dead_of_another_country(reader: Reader) -> None:
    text = (
        "Gunmen burst out of Gaza on Oct. 7 and killed 1,400 people in Israel. An air strike on a house in Khan Younis,"
        " in Gaza, killed 11 members of one family."
    )
    assert [figure.date for figure in figures(reader, text)] == ["2023-10-07", None]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        # The perfect of an earlier verb.
        ("The army has cut the roads and shelled the hills, killing 300 people.", "cumulative"),
        ("The jets have flattened whole streets and killed 300 people.", "cumulative"),
        ("The junta has answered with air raids on the hills, killing more than 300 people.", "cumulative"),
        ("Coalition raids have also claimed hundreds of civilian lives.", "cumulative"),
        ("The army, which has said little, killed 300 rebels.", "incident"),
        ("The group, which the state has banned as a gang, killed 300 villagers.", "incident"),
        # People counted one by one over a war.
        ("Agency says 43 staffers killed in the war zone", "cumulative"),
        ("The agency said that 11 of its workers had been killed by rebels.", "cumulative"),
        ("A blast killed 25 journalists in the hall.", "incident"),
        ("Two reporters were killed by rebels.", "incident"),
        # One event of a month or year.
        ("In 2015 a shipwreck off the island killed 800 people.", "incident"),
        ("Six people died in March when a dinghy sank.", "incident"),
        # Many were hurt by one event.
        ("Tuesday's explosion in the port killed 154 people and injured about 6,000.", "incident"),
    ],
)
def test_totals_and_events(text: str, scope: str, reader: Reader) -> None:
    assert figures(reader, text)[-1].scope == scope


def test_a_total_behind_the_count_of_a_day(reader: Reader) -> None:
    text = (
        "Raids killed 60 people in the past 24 hours. Overall, 7,300 have been killed since the start of hostilities."
    )
    assert [figure.scope for figure in figures(reader, text)] == ["period", "cumulative"]


def test_the_hurt_of_an_event_are_no_running_total(reader: Reader) -> None:
    text = "Radios blew up across Lebanon on Tuesday, killing nine people and wounding 2,750, the health ministry said."
    found = figures(reader, text, published="2024-09-18")
    assert [(figure.scope, figure.date) for figure in found] == [("incident", "2024-09-17")] * 2


def test_a_headline_takes_the_day_within_the_week_before_the_one_printed(reader: Reader) -> None:
    text = "Mon Oct 16 2023 Mine kills nine herders. A landmine killed nine herders last Wednesday near the border."
    assert figures(reader, text)[0].date == "2023-10-11"
