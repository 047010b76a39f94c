"""When it happened and what kind of count it is, as newspapers word it: tables of texts and answers."""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader

DAY = "2023-10-18"  # a Wednesday


def figures(reader: Reader, text: str, published: str = DAY) -> list[Figure]:
    return reader.read(Article(id="test", text=text, published=published))


@pytest.mark.parametrize(
    ("text", "begin", "date"),
    [
        # The night ends on the day on which it is told.
        ("The army said Tuesday that shells had killed 80 people overnight.", None, "2023-10-17"),
        ("Overnight, a spokesman said on Tuesday, seven people died in the shelling.", None, "2023-10-17"),
        ("Seven people were killed overnight, the mayor said.", None, "2023-10-18"),
        ("A raid killed nine overnight on Sunday.", None, "2023-10-15"),
        # Two days joined by "and".
        ("Naval fire killed four fishermen on Saturday and Sunday.", "2023-10-14", "2023-10-15"),
        ("The fever killed 900 people in 2018 and 2019.", "2018", "2019"),
        # What lasted no stated time.
        ("In recent weeks 60 people have been killed on the border.", None, "2023-10-18"),
        # The same weekday as the article's.
        ("Since Wednesday raids have killed 12 people.", "2023-10-11", "2023-10-18"),
        # A video or a vow is another day's.
        ("A video posted online on Sunday showed gunmen shooting 12 prisoners dead.", None, None),
        ("The general vowed on Sunday to avenge the blast that had killed 12 recruits.", None, None),
        ("The union mourned Sunday's attack, in which six nurses died.", None, "2023-10-15"),
        # Who said so, and when.
        ("According to a hospital official on Monday, 12 people were killed in the raid.", None, "2023-10-16"),
        # A day that is soon to come.
        ("Gunmen shot nine people dead at a rally for the November 5 poll.", None, None),
    ],
)
def test_when(text: str, begin: str | None, date: str | None, reader: Reader) -> None:
    figure = figures(reader, text)[0]
    assert (figure.period_start, figure.date) == (begin, date)


QUIET = "The mayor asked for calm. Shops were shut. Buses stood still. "


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # The day of three sentences ago gives way to that of the lead; one told just before does not.
        (f"A raid hit the port on Friday. A truce had ended on Monday. {QUIET}Shells killed 12 people.", "2023-10-13"),
        ("A raid hit the port on Friday. A boat sank there on Monday. Twelve people died.", "2023-10-16"),
        # The day of the telling counts wherever it stands in the sentence.
        (
            "A truce had ended on Monday. Three people died when shells fell on a row of shops and on the yard of a"
            " school near the old bridge in the north of the town, the mayor said on Tuesday.",
            "2023-10-17",
        ),
        # A truce has a day of its own.
        (
            "A raid hit the port on Friday. A truce announced by the army on Monday did not hold. Twelve people died.",
            "2023-10-13",
        ),
        # A sentence goes on with the day of its figure.
        ("After talks on Monday, shells killed nine people on Tuesday. Another four were hurt.", "2023-10-17"),
    ],
)
def test_the_day_that_a_text_goes_on_with(text: str, date: str | None, reader: Reader) -> None:
    assert figures(reader, text)[-1].date == date


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        # One event, told in a week or month.
        ("Earlier this month a rocket killed 14 people in the market.", "incident"),
        ("Last week a bomb in the port killed 14 people.", "incident"),
        ("Two men were captured last week.", "incident"),
        ("Gunmen shot two guards dead last week.", "period"),
        ("So far this week 14 people have died in rocket attacks.", "period"),
        ("Gunmen killed 14 people last week.", "period"),
        # Several events in a month or at a weekend.
        ("Clashes in the valley in September left 60 dead.", "period"),
        ("The bomb in September left 60 dead.", "incident"),
        ("At least six people died in shootings over the weekend.", "period"),
        ("A weekend of fighting in the hills killed 14 soldiers.", "period"),
        # Since one of the last days; but since a war broke out it is a total.
        ("Clashes have killed 70 people since Sunday.", "period"),
        ("At least 70 people have been killed since fighting erupted on Sunday.", "cumulative"),
        ("Raids have killed 70 people in recent days.", "period"),
        # A war's beginning is no mere day of the last week.
        ("Strikes on Gaza have killed 900 people since 7 October.", "cumulative"),
        # What is counted since then is something else.
        ("Gunmen killed nine guards in a raid on Tuesday, the worst of many such raids since May.", "incident"),
        # Running totals.
        ("The coalition has killed more than twenty commanders, a spokesman said on Tuesday.", "cumulative"),
        ("The talks came on the fifth day of an offensive that has left dozens dead.", "cumulative"),
        ("He recalled the islands' war, which killed 900 sailors.", "cumulative"),
        ("At least 60 people have been killed, the army said on Monday.", "cumulative"),
        ("Nine people were killed, the army said on Monday.", "incident"),
        ("By week's end, more than 2,000 people had been killed.", "cumulative"),
    ],
)
def test_scope(text: str, scope: str, reader: Reader) -> None:
    assert figures(reader, text)[0].scope == scope


def test_a_toll_beside_a_span_of_a_day_stays_a_running_total(reader: Reader) -> None:
    found = figures(reader, "Raids kill 31 people in 24 hours, the death toll climbs to 2,904")
    assert [figure.scope for figure in found] == ["period", "cumulative"]
