"""The guard of the dashboard, without a browser: addresses, names, tokens, and writes."""

from __future__ import annotations

import pytest
from flask import Flask
from made_figures import ARTICLE, FIGURE

from dashboard.app import create_app
from dashboard.web.security import Guard, guard_for, protect, read_token, refuse_writes
from dashboard.web.server import listening, main
from tracker.model import InputError, TrackerError
from tracker.store.store import Entry, Store

TOKEN = "a token that nobody guesses"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "news.example"])
def test_an_address_for_others_asks_for_a_token(host):
    with pytest.raises(TrackerError, match="can be reached from other machines"):
        guard_for(host, None, is_open=False)
    assert not guard_for(host, TOKEN, is_open=False).is_local
    assert not guard_for(host, None, is_open=True).is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_an_address_of_this_machine_does_not(host):
    assert guard_for(host, None, is_open=False).is_local


def test_a_short_token_is_refused():
    with pytest.raises(TrackerError, match="at least 16 are needed"):
        guard_for("0.0.0.0", "short", is_open=False)


def test_a_wrong_call_is_told_in_one_line(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv("TRACKER_TOKEN", raising=False)
    store = str(tmp_path / "store.db")
    for arguments, words in (
        (["--host", "0.0.0.0"], "give a token"),
        (["--host", "203.0.113.9", "--insecure-no-auth"], "is no address of this machine"),
        (["--token-file", str(tmp_path / "none")], "cannot be read"),
    ):
        assert main(create_app, ["--db", store, "--port", "0", "--no-browser", *arguments]) == 2
        errors = capsys.readouterr().err
        assert errors.count("\n") == 1
        assert words in errors


def test_the_token_is_what_stands_in_the_file(tmp_path):
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")
    assert read_token(str(path)) == TOKEN
    path.write_bytes(b"\xff")
    with pytest.raises(InputError, match="is no text"):
        read_token(str(path))


def test_it_answers_on_this_machine_only_unless_told_otherwise():
    with listening(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "local", "others"),
    [
        ("127.0.0.1:8050", True, True),
        ("localhost", True, True),
        ("[::1]:80", True, True),
        ("192.168.1.5:80", False, True),
        ("evil.example", False, False),
        ("127.0.0.1.evil.example", False, False),
        ("", False, False),
        ("data.news.example:443", False, True),
    ],
)
def test_which_names_are_ours(host, local, others):
    assert Guard().accepts_host(host) is local
    assert guard_for("0.0.0.0", TOKEN, is_open=False, names=["Data.News.example"]).accepts_host(host) is others


@pytest.fixture
def served(tmp_path):
    """An app that everybody may read, and the store behind it."""
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([Entry(ARTICLE, [FIGURE])])
        app = create_app(store)
        app.server.add_url_rule("/test-write", "write", lambda: _write(store), methods=["POST"])
        guard = guard_for("0.0.0.0", TOKEN, is_open=True)
        protect(app, guard)
        refuse_writes(guard, [store.engine])
        yield app.server, store


def _write(store):
    try:
        return store.add_entry(Entry(ARTICLE, []))
    except TrackerError as error:
        return str(error), 403


def test_where_everybody_may_read_nobody_writes_without_the_token(served):
    server, store = served
    assert isinstance(server, Flask)
    client = server.test_client()
    assert client.get("/api/figures.csv").status_code == 200
    answer = client.post("/test-write")
    assert (answer.status_code, answer.text) == (403, "nothing can be changed here without the token")
    with pytest.raises(TrackerError):  # nor does what runs beside the requests
        store.add_entry(Entry(ARTICLE, []))
    assert store.count_figures() == 1
    assert client.post("/test-write", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert store.count_figures() == 0
    assert client.post("/login", data={"token": "no"}).status_code == 403
    assert client.post("/login", data={"token": TOKEN}).status_code == 302
    assert client.post("/test-write").status_code == 200  # the client keeps the cookie
