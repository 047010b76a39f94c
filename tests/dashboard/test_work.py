"""Working with figures, without a browser: selected rows, the shared table after a decision, the review queue."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_figures import ARTICLE, FIGURE, figure

from dashboard.panels import download, reports, table
from dashboard.view import review_queue
from dashboard.view.column_filters import Condition, of_grid, parse, to_grid, to_text
from dashboard.view.data import Data
from dashboard.view.query import View
from dashboard.view.review_queue import Position
from dashboard.view.selection import Selection, of_view, rows
from tracker.model import Article, Cause, TrackerError
from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Store
from tracker.timelines.filters import Filters

FIGURES = [
    FIGURE,
    figure("f2", start=1, value=None, place=None, confidence=0.5, source_name=None, date=None, date_precision=None),
    figure("f3", start=2, value=5, place="Homs", confidence=0.7, source_name="Zulu", quote="Five in Homs."),
]


@pytest.fixture
def data(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        store.add(ARTICLE, FIGURES)
        yield Data(store)


def ids(data, **asked):
    return rows(data, Selection(Filters(cause=()), **asked))["figure_id"].tolist()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "value"}, ["f3", "f1", "f2"]),
        ({"sort": "-value"}, ["f1", "f3", "f2"]),  # empty cells come last in both directions
        ({"sort": "source_name"}, ["f1", "f3", "f2"]),
        ({"sort": "-source_name"}, ["f3", "f1", "f2"]),
        ({"sort": "-date"}, ["f3", "f1", "f2"]),
        ({"find": "homs"}, ["f3"]),
        ({"where": (Condition("place", "blank"),)}, ["f1", "f2"]),
        ({"where": (Condition("place", "equals", "HOMS"),)}, ["f3"]),
        ({"where": (Condition("value", "lessThanOrEqual", "5"),)}, ["f3"]),
        ({"status": "accepted"}, []),
        ({"sort": "no such column", "status": "nonsense"}, ["f3", "f1", "f2"]),
    ],
)
def test_rows_are_found_and_sorted(data, asked, expected):
    assert ids(data, **asked) == expected


def test_the_table_says_how_many_figures_it_leaves_out_because_they_are_of_no_conflict(data):
    selection = Selection(Filters(conflict=("syria",)))
    assert table.left_out(selection, data) == []
    data.store.add(replace(ARTICLE, id="b"), [figure("f4", article_id="b", cause=Cause.ACCIDENT)])
    said, link = table.left_out(selection, data)
    assert said == "1 figure of disasters, crime or other causes is left out. "
    assert (
        "f4" in rows(data, of_view(data.view_at("/figures", link.href.removeprefix("/figures"))))["figure_id"].tolist()
    )
    assert table.left_out(Selection(Filters(cause=())), data) == []


def test_conditions_go_to_the_address_and_to_the_grid_and_back():
    model = {"place": {"filterType": "text", "type": "contains", "filter": "homs"}, "x": {"type": "contains"}}
    conditions = of_grid(model)
    assert parse(to_text(conditions)) == conditions == (Condition("place", "contains", "homs"),)
    assert of_grid(to_grid(conditions)) == conditions


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "[[" * 9999, '[["value","equals","x"]]', '[["a","b"]]', "[" + "[1]," * 30 + "1]"]
)
def test_what_is_no_condition_is_told(text):
    with pytest.raises(TrackerError):
        parse(text)


def test_after_a_decision_the_shared_table_is_that_of_the_store(data):
    before = data.snapshot()
    for decision in (
        Decision("f3", Action.CORRECT, "anna", changes={"value": "7", "date": "2013", "source_name": ""}),
        Decision("f1", Action.REJECT, "anna"),
        Decision("f3", Action.UNDO, "anna"),
        Decision("f2", Action.CORRECT, "anna", changes={"place": "Aleppo"}),
    ):
        Reviews(data.store).decide(decision)
        now, fresh = data.snapshot(), Data(data.store).snapshot()
        assert now.table.equals(fresh.table)
        assert now.revision == fresh.revision > before.revision
    assert ids(data) == ["f3", "f2"]
    assert ids(data, status="rejected") == ["f1"]


def test_what_else_happens_is_read_anew(data):
    data.snapshot()
    Reviews(data.store).decide(Decision("f1", Action.REJECT, "anna"))
    data.store.add(Article("b1", "x"), [figure("f9", article_id="b1")])
    assert set(data.snapshot().table["figure_id"]) == {"f1", "f2", "f3", "f9"}


def test_the_queue_goes_from_the_least_sure_to_the_surest(data):
    view = View(Filters(cause=()))
    turn = review_queue.start(data, view, Position())
    assert turn.at.figure_id == "f2"
    form = (review_queue.correction_form.texts(review_queue.figure_of(data, "f2")), "", "anna")
    turn = review_queue.step(data, view, turn.at, "accept", form)
    assert (turn.at.figure_id, turn.at.decided) == ("f3", ("f2",))
    assert review_queue.progress(data, view) == (1, 3)
    turn = review_queue.step(data, view, turn.at, "skip", form)
    assert turn.at.figure_id == "f1"
    turn = review_queue.step(data, view, turn.at, "undo", form)
    assert (turn.at.figure_id, review_queue.progress(data, view)) == ("f2", (0, 3))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "many"}, "Not saved: Number: 'many' is no whole number"),
        ({"qualifier": "vague"}, "Not saved: Number: must be empty where the qualifier is vague"),
        ({"country": "Syria"}, "Not saved: Country: 'Syria' is no code of a country"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_in_the_words_of_the_form(data, typed, told):
    turn = review_queue.start(data, View(Filters(cause=())).having(figure="f1"), Position())
    form = review_queue.correction_form.texts(review_queue.figure_of(data, "f1")) | typed
    turn = review_queue.step(data, View(), turn.at, "correct", (form, "", "anna"))
    assert turn.message.startswith(told)


def test_the_other_reports_of_a_claim_are_named(data):
    twin = figure("t1", article_id="b1", publisher="The <b>Weekly</b>")
    data.store.add(
        Article("b1", "Another text about the same.", publisher="The <b>Weekly</b>", published="2012-03-27"), [twin]
    )
    said = str(reports.other_reports(data, FIGURE))
    assert "2 articles, 2 independent reports" in said
    assert "The <b>Weekly</b>" in said


def test_the_line_to_cite_and_the_frame(data):
    view = View(Filters(conflict=("syria",), outcome=("killed",)))
    assert download.permalink(view).startswith("?conflict=syria&outcome=killed&source=all&scope=all")
    framed, _, fitted = download.frame('http://h/embed?a=1&b="><script>').partition("</iframe>")
    assert framed.count('"') == 12
    assert "<script>" not in framed
    assert fitted == f"<script>{download.FITTED}</script>"  # the same for every chart
