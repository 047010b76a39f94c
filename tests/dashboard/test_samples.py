"""An empty store: the samples are shown in its place, until something is added to it. No browser."""

import argparse
from contextlib import ExitStack

import pytest
from dash import html
from made_figures import ARTICLE, FIGURE, figure

from dashboard import app, shell
from dashboard.view.data import Data
from dashboard.view.intake import Intake, Intakes
from dashboard.web import server
from tracker.model import Article
from tracker.store.store import Entry, Store

OTHER = Entry(Article(id="o1", title="Own", text="5 were killed."), [figure("o1", article_id="o1", conflict="sudan")])


@pytest.fixture
def stores(tmp_path):
    """A store with samples, and an empty one."""
    with Store.open(tmp_path / "samples.db") as samples, Store.open(tmp_path / "own.db") as own:
        samples.add(ARTICLE, [FIGURE])
        yield samples, own


@pytest.fixture
def data(stores):
    samples, own = stores
    return Data(samples, is_sample=True, own=own)


def shown(data):
    return set(data.snapshot().table["article_id"])


def words(component):
    children = component if isinstance(component, list | str) else getattr(component, "children", None) or ""
    return children if isinstance(children, str) else "".join(map(words, children))


def test_the_samples_are_shown_until_something_is_added_by_whomever(data, stores):
    samples, own = stores
    before = data.revision()
    assert (shown(data), data.snapshot().revision) == ({"a1"}, before)
    data.rendered("chart", make=lambda: "of the samples")
    with Store.open(own.file) as other:  # as `tracker add` does beside the page
        other.add_entry(OTHER)
    assert data.revision() > before  # open pages ask for this
    assert (shown(data), data.snapshot().revision) == ({"o1"}, data.revision())
    assert data.rendered("chart", make=lambda: "of the own store") == "of the own store"
    assert data.snapshot().default.conflict == ("sudan",)
    assert (data.is_sample, data.store, samples.count_articles()) == (False, own, 1)


def test_what_is_added_on_the_page_goes_to_the_own_store(data, stores):
    samples, own = stores
    intakes = Intakes(data.target)
    intake = Intake("pasted text", entries=[OTHER])
    intake.finished.set()
    intakes._known["key"] = intake
    assert intakes.keep("key") == {"added": 1}
    assert (samples.count_articles(), own.count_articles(), shown(data)) == (1, 1, {"o1"})


def test_the_banner_says_what_is_shown_and_where_things_go(data, stores):
    samples, own = stores
    assert "Your own store is empty" in words(shell._banner(data))
    assert "not into your own" in words(shell._banner(Data(samples, is_sample=True)))
    own.add_entry(OTHER)
    data.snapshot()
    assert shell._banner(data) == []
    assert isinstance(shell._banner(Data(samples, is_sample=True))[0], html.Aside)


def test_an_open_page_is_told(stores):
    samples, own = stores
    client = app.create_app(samples, is_sample=True, own=own).server.test_client()
    before = client.get("/revision").json["revision"]
    assert [row["figure_id"] for row in client.get("/api/figures.json").json] == ["f1"]
    own.add_entry(OTHER)
    assert client.get("/revision").json["revision"] > before
    assert [row["figure_id"] for row in client.get("/api/figures.json").json] == ["o1"]


@pytest.mark.parametrize(
    ("sample", "filled", "expected"),
    [(False, False, ("samples", "own")), (False, True, ("own", None)), (True, False, ("own", None))],
)
def test_which_store_is_shown_at_the_start(tmp_path, monkeypatch, capsys, sample, filled, expected):
    monkeypatch.setattr(server, "add_samples", lambda store: store.add(ARTICLE, [FIGURE]))
    with Store.open(tmp_path / "own.db") as own:
        if filled:
            own.add_entry(OTHER)
    with ExitStack() as stack:
        found = server._stores(argparse.Namespace(sample=sample, db=str(tmp_path / "own.db")), stack)
        assert tuple(one and one.file.stem for one in found) == expected
        assert ("is empty" in capsys.readouterr().err) == (expected[1] is not None)
        if expected[1]:
            assert found[1].count_articles() == 0
