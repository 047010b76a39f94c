"""The chart as a picture: what is written on it is what is drawn. No browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_figures import ARTICLE, figure

from dashboard.charts.picture import balanced
from dashboard.panels.picture import drawn
from dashboard.view.data import Data
from dashboard.view.query import View
from tracker.model import Scope
from tracker.store.store import Store
from tracker.timelines.filters import Filters

SYRIA = View(Filters(conflict=("syria",), outcome=("killed",)))


def total(name, day, source, source_type="ngo", **changes):
    made = {"value": 9_000, "low": 9_000, "figure": "9,000", "date": day, "published": day, "publisher": "The Daily"}
    return figure(name, article_id=name, source_name=source, source_type=source_type, **(made | changes))


@pytest.fixture
def data(tmp_path):
    observatory = "Syrian Observatory for Human Rights"
    figures = [
        total("t1", "2012-03-26", observatory),
        total("t2", "2012-08-14", observatory, value=23_000, low=23_000),
        total("t3", "2012-04-01", "Somebody in Homs", "witness", value=12, low=12),
        total("late", "2019-01-01", None, "unattributed", scope=Scope.INCIDENT, value=3, low=3, place="Homs"),
    ]
    with Store.open(tmp_path / "store.db") as store:
        for one in figures:
            store.add(replace(ARTICLE, id=one.article_id, published=one.published), [one])
        yield Data(store)


def test_it_names_whose_counts_it_draws_and_the_last_day_that_it_shows(data):
    made = drawn(data, SYRIA, "svg-article")
    written = " ".join(note["text"] for note in made["layout"]["annotations"])
    assert "Counts of the Syrian Observatory for Human Rights, as printed by The Daily." in written
    assert "Latest report of 14 August 2012." in written  # not of an incident that lies seven years beyond the axis
    assert made["name"] == "syria-killed-to-2012-08-14-article.svg"


@pytest.mark.parametrize(
    ("text", "longest", "lines"),
    [
        ("35,091 people killed in Gaza (12 May 2024)", 38, ["35,091 people killed", "in Gaza (12 May 2024)"]),
        ("9 killed", 38, ["9 killed"]),
        ("", 38, []),
        ("a" * 50, 38, ["a" * 25, "a" * 25]),
    ],
)
def test_no_title_ends_with_a_line_of_one_word(text, longest, lines):
    assert balanced(text, longest) == lines
