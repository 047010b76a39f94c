"""`tracker.extract` as a notebook calls it: a text in, a list of figures out that shows itself as a table."""

from __future__ import annotations

import datetime
import doctest
import pickle
import re
import threading
from html.parser import HTMLParser

import pytest
from made_figures import figure
from waiting import LONG_WAIT, ended

import tracker
from tracker import api, figures
from tracker.model import COLUMNS

TEXT = "Shelling killed at least 17 people, including five children, in Idlib on Monday, the opposition said."
HOSTILE = "<img src=x onerror=alert(1)>\x1b[31m\u202e\nFIN & $x^2$"


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(figures).failed == 0


def test_a_text_and_its_date_are_enough():
    found = tracker.extract(TEXT, "2013-05-14")
    assert isinstance(found, list)
    assert all(isinstance(one, tracker.Figure) for one in found)
    assert [(one.figure, one.date) for one in found] == [("at least 17", "2013-05-13"), ("five", "2013-05-13")]


def test_a_text_gives_the_same_as_its_article():
    values = {"id": "a1", "title": "Nine killed in Homs", "publisher": "bbc news", "url": "https://example.org/a"}
    article = tracker.Article(text=TEXT, published="2013-05-14", **values)
    found = tracker.extract(TEXT, published=datetime.date(2013, 5, 14), **values)
    assert found == tracker.extract(article)
    assert [one.figure for one in found] == ["Nine", "at least 17", "five"]
    assert {(one.article_id, one.url, one.publisher) for one in found} == {("a1", values["url"], "BBC News")}


@pytest.mark.parametrize("published", ["14 May 2013", "2013-05-14T10:00:00Z", datetime.datetime(2013, 5, 14, 10)])
def test_dates_are_read_as_in_files(published):
    assert tracker.extract(TEXT, published)[0].date == "2013-05-13"


def test_figures_of_every_cause_are_found():
    (crash,) = tracker.extract("Seven people were killed when two buses collided near Lyon, police said.")
    assert crash.cause == "accident"


@pytest.mark.parametrize(
    ("arguments", "values", "what"),
    [
        (("",), {}, "the article: has neither text nor title"),
        ((TEXT, "soon"), {}, "the article: published date not understood: 'soon'"),
        ((None,), {}, "the article: has neither text nor title"),
        ((TEXT,), {"title": 7}, "the article: title is not text"),
        ((tracker.Article("a", TEXT), "2013-05-14"), {}, "an Article holds its own values"),
        ((tracker.Article("a", TEXT),), {"title": "x"}, "an Article holds its own values"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(arguments, values, what):
    with pytest.raises(tracker.TrackerError, match=f"^{what}"):
        tracker.extract(*arguments, **values)


def test_a_value_that_an_article_has_not_is_refused():
    with pytest.raises(TypeError, match="'headline'"):
        tracker.extract(TEXT, headline="Nine killed")


def test_a_language_without_rules_is_told():
    with pytest.warns(UserWarning, match="no rules for the language 'xx'"):
        assert tracker.extract(TEXT, language="xx") == []


def test_threads_that_come_at_once_load_the_rules_once(monkeypatch):
    loads = []
    together = threading.Barrier(4, timeout=LONG_WAIT)

    def load_reader():
        loads.append(1)
        return tracker.load_reader()

    def run():
        together.wait()
        found.append(tracker.extract(TEXT))

    found = []
    monkeypatch.setattr(api, "load_reader", load_reader)
    api._loaded.cache_clear()
    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    ended(threads)
    assert len(loads) == 1
    assert found[1:] == found[:-1]
    assert len(found[0]) == 2


def test_a_terminal_shows_a_table():
    found = tracker.Figures([figure("a"), figure("b", value=None, victims=None, source="x" * 99)])
    head, first, second = repr(found).splitlines()
    assert head.split() == list(figures.PRINTED)
    assert first.split()[:3] == ["more", "than", "9,100"]
    assert head.index("value") + len("value") == first.index("9100") + len("9100"), "numbers stand on the right"
    assert "x" * (figures.WIDEST - 1) + "…" in second
    assert "None" not in repr(found)


def test_a_terminal_gets_no_control_characters():
    shown = repr(tracker.Figures([figure("a", source=HOSTILE)]))
    assert len(shown.splitlines()) == 2
    assert all(letter.isprintable() for letter in shown.replace("\n", ""))


def test_a_long_list_says_what_it_leaves_out():
    many = tracker.Figures(figure(str(number)) for number in range(figures.MOST_ROWS + 1200))
    assert repr(many).splitlines()[-1] == "… and 1,200 more"
    assert len(repr(many).splitlines()) == figures.MOST_ROWS + 2
    assert many._repr_html_().count("<tr>") == figures.MOST_ROWS + 1
    assert "… and 1,200 more" in many._repr_html_()
    assert "more</p>" not in many[: figures.MOST_ROWS]._repr_html_()


def test_no_figures_are_told():
    assert repr(tracker.Figures()) == "no figures"
    assert tracker.Figures()._repr_html_() == "<p>no figures</p>"


class Table(HTMLParser):
    """The cells of a table and the tags that it is made of."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.cells = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")
        assert dict(attributes).keys() <= {"class"}

    def handle_data(self, data):
        self.cells[-1] += data


def test_a_notebook_shows_every_cell_and_no_markup_of_others():
    texts = {name: HOSTILE + name for name in ("figure", "quote", "victims", "source", "place", "conflict", "title")}
    one = figure("a", **texts)
    shown = Table(tracker.Figures([one])._repr_html_())
    assert shown.tags == {"table", "thead", "tbody", "tr", "th", "td"}
    wanted = [getattr(one, name) for name in figures.SHOWN]
    assert shown.cells == [*figures.SHOWN, *("" if value is None else str(value) for value in wanted)]
    alone = Table(one._repr_html_())
    assert alone.tags == {"table", "tbody", "tr", "th", "td"}
    filled = {name: str(getattr(one, name)) for name in COLUMNS if getattr(one, name) not in (None, "")}
    assert dict(zip(alone.cells[::2], alone.cells[1::2], strict=True)) == filled


def test_notebooks_leave_dollars_alone():
    for shown in (figure("a")._repr_html_(), tracker.Figures([figure("a")])._repr_html_()):
        assert re.match(r'<table class="tex2jax_ignore mathjax_ignore">', shown), "MathJax would read $5 and $10"


def test_it_is_a_list_like_others():
    found = tracker.extract(TEXT, "2013-05-14")
    assert found == list(found)
    assert found[0].figure == "at least 17"
    assert isinstance(found[:1], tracker.Figures)
    assert found[:1] == [found[0]]
    assert pickle.loads(pickle.dumps(found)) == found
    assert len(tracker.timeline(found)) == 2


def test_it_gives_a_pandas_table_of_the_contract():
    table = tracker.extract(TEXT, "2013-05-14").to_frame()
    assert tuple(table.columns) == COLUMNS
    assert table["value"].tolist() == [17, 5]
    assert str(table["value"].dtype) == "Int64"


def test_a_notebook_completes_the_public_names():
    assert set(tracker.__all__) <= set(dir(tracker))
