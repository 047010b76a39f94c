"""What pages show of a view is made once for all visitors, as long as the store is the same. No browser."""

import gzip
import json

import pytest
from callback_bodies import HOST, PATH, body_of, sent, with_values
from visits import made_store

from dashboard.app import create_app
from dashboard.panels import cards as panel
from dashboard.web.answers import Answers
from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Store


@pytest.fixture
def store(tmp_path):
    with Store.open(made_store(tmp_path / "store.db")) as store:
        yield store


@pytest.fixture
def app(store):
    return create_app(store)


@pytest.fixture
def made(monkeypatch):
    """The number of times that cards were made."""
    found, cards = [], panel.cards
    monkeypatch.setattr(panel, "cards", lambda *of: found.append(of) or cards(*of))
    return found


def cards_of(app, address="?conflict=syria"):
    body = with_values(body_of(app, "cards.children"), view=address)
    return app.server.test_client().post(PATH, json=body, headers=HOST | {"Accept-Encoding": "gzip"})


def test_the_second_visitor_is_sent_what_was_made_for_the_first(app, made):
    first, second, other = cards_of(app), cards_of(app), cards_of(app, "?conflict=sudan")
    assert (first.status_code, first.headers["Content-Encoding"]) == (200, "gzip")
    assert first.data == second.data != other.data
    assert len(made) == 2


def test_it_is_made_again_when_the_store_has_changed(app, store, made):
    before = cards_of(app)
    Reviews(store).decide(Decision("f-t1", Action.REJECT, "me"))
    after = cards_of(app)
    assert len(made) == 2
    assert gzip.decompress(before.data) != gzip.decompress(after.data)


def test_who_reads_no_gzip_is_sent_the_same_plain(app):
    packed = cards_of(app)
    plain = sent(app.server.test_client(), with_values(body_of(app, "cards.children"), view="?conflict=syria"))
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert json.loads(plain.data)["response"]["cards"]["children"]


def test_a_callback_that_does_something_is_asked_each_time(app, monkeypatch):
    kept = []
    monkeypatch.setattr(Answers, "keep", lambda *of: kept.append(of))
    assert cards_of(app).status_code == 200
    assert len(kept) == 1
    paste = with_values(body_of(app, "article-read.data"), article_find=1, article_text="")
    assert sent(app.server.test_client(), paste).status_code == 200
    assert len(kept) == 1


def test_the_oldest_answers_go_first_and_those_of_another_state_at_once():
    known = Answers(most_bytes=10)
    for number in range(3):
        known.keep(1, f"q{number}", b"12345")
    assert [known.get(1, f"q{number}") for number in range(3)] == [None, b"12345", b"12345"]
    known.keep(1, "q1", b"123")
    known.keep(1, "q3", b"12")
    assert [known.get(1, f"q{number}") for number in range(1, 4)] == [b"123", b"12345", b"12"]
    assert known.get(2, "q1") is None
    known.keep(2, "q4", b"1")
    assert known.get(1, "q1") is None
