"""What an open page is told of the store, and what is sent compressed. No browser."""

import gzip

import pytest
from made_figures import figure
from visits import made_store

from dashboard.app import create_app
from tracker.model import Article
from tracker.store.store import Store

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def store(tmp_path):
    with Store.open(made_store(tmp_path / "store.db")) as store:
        yield store


def test_the_revision_rises_when_the_store_has_changed(store):
    client = create_app(store).server.test_client()
    before = client.get("/revision")
    assert before.headers["Cache-Control"] == "no-store"
    store.add(Article(id="new", title="New", text="5 people were killed."), [figure("n", article_id="new")])
    assert client.get("/revision").json["revision"] > before.json["revision"]


def test_scripts_and_answers_are_compressed(store):
    client = create_app(store).server.test_client()
    page = client.get("/").text
    sources = [part.partition('"')[0] for part in page.split('src="')]
    script = next(one for one in sources if "dash_renderer" in one)
    answers = [client.get(script, headers=GZIP) for _ in range(2)]
    assert {one.headers["Content-Encoding"] for one in answers} == {"gzip"}
    assert gzip.decompress(answers[0].data) == gzip.decompress(answers[1].data) == client.get(script).data
    assert "max-age" in answers[0].headers["Cache-Control"]
    asked = client.get("/_dash-dependencies", headers=GZIP)
    assert asked.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(asked.data) == client.get("/_dash-dependencies").data
