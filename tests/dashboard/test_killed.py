"""A dashboard that is killed in the middle of an upload or of a review: what it answered is stored whole."""

from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
import urllib3
from callback_bodies import PATH, body_of, with_values
from contents import contents
from killing import make_articles
from made_figures import ARTICLE, figure
from visits import ADDRESS
from waiting import ended, line_of, until

from dashboard.app import create_app
from tracker.review.review import Reviews
from tracker.store.check import Checked, problems
from tracker.store.store import Store

pytestmark = pytest.mark.process

SEED = 20_261_129
ROUNDS = 2
ARTICLES = 200
ACCEPT = '{"act":"accept"}'
PATIENCE = 120  # seconds, for what takes a few; only a failing test waits that long


class Remote:
    """A dashboard in a process of its own, as a browser uses it: by callbacks."""

    def __init__(self, app, address, process):
        self.app, self.address, self.process = app, address, process

    def post(self, body):
        """The answer, by component and property."""
        headers = {"Origin": self.address}
        url = self.address + PATH
        answer = urllib3.request("POST", url, json=body, headers=headers, retries=False, timeout=PATIENCE)
        if answer.status != 200:
            self.kill()
            raise AssertionError(f"{answer.status}: {self.process.stderr.read()}")
        return answer.json()["response"]

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)


@pytest.fixture
def app(tmp_path):
    """An app of the same pages, which tells what callbacks there are."""
    with Store.open(tmp_path / "shape.db") as store:
        yield create_app(store)


@contextmanager
def dashboard(app, path):
    """A dashboard of a store, which is killed at the end if it was not before."""
    command = [sys.executable, "-P", "-m", "dashboard", "--no-browser", "--port", "0", "--db", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            found = ADDRESS.search(line_of(process.stdout))
            assert found, "it has ended"
            remote = Remote(app, found.group(), process)
            yield remote
        finally:
            process.kill()


def killed_after(remote, seconds, work):
    """Do the work while the dashboard is killed after so many seconds."""
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(seconds)
    remote.kill()
    ended([thread])


def uploaded(remote, path):
    """Upload a file and wait until it is read; the key by which it is stored."""
    data = f"data:x;base64,{base64.b64encode(path.read_bytes()).decode()}"
    begin = body_of(remote.app, "intake.data")
    for entry in [*begin["inputs"], *begin["state"]]:
        entry["value"] = {"contents": [data], "filename": [path.name]}.get(entry["property"])
    begin["changedPropIds"] = [f"{begin['inputs'][0]['id']}.contents"]
    begun = remote.post(begin)
    key = begun["intake"]["data"]
    assert key, begun
    for _ in range(PATIENCE * 5):
        looked = remote.post(with_values(body_of(remote.app, "intake-found.children@"), intake_look=1, intake=key))
        if "intake-look" in looked:
            return key
        time.sleep(0.2)
    raise AssertionError("it is not read in two minutes")


def keep(remote, key):
    return remote.post(with_values(body_of(remote.app, "intake-added.children@"), intake_add=1, intake=key))


def is_whole(path):
    with Store.open(path, create=False) as store:
        assert [one.what for one in problems(store, Checked())] == []
        return contents(store)


def test_an_upload(app, tmp_path):
    make_articles(tmp_path / "articles.jsonl", ARTICLES)
    for name in ("whole.db", "killed.db"):  # with an article in each: an empty store would show the samples
        with Store.open(tmp_path / name) as store:
            store.add(ARTICLE, [figure("f1")])
    with dashboard(app, tmp_path / "whole.db") as remote:
        key = uploaded(remote, tmp_path / "articles.jsonl")
        begun = time.monotonic()
        keep(remote, key)
        seconds = time.monotonic() - begun  # only to choose moments within it
    whole = is_whole(tmp_path / "whole.db")
    assert len(whole["articles"]) == ARTICLES + 1
    chance = random.Random(SEED)
    path = tmp_path / "killed.db"
    nothing = is_whole(path)
    for _ in range(ROUNDS):
        with dashboard(app, path) as remote:
            key = uploaded(remote, tmp_path / "articles.jsonl")

            def work(remote=remote, key=key):
                with suppress(urllib3.exceptions.HTTPError):
                    keep(remote, key)

            killed_after(remote, chance.uniform(0, seconds), work)
        assert is_whole(path) in (nothing, whole)
    with dashboard(app, path) as remote:
        keep(remote, uploaded(remote, tmp_path / "articles.jsonl"))
    assert is_whole(path) == whole


def decided(remote, answered):
    """Accept one figure after the other; note each that was answered."""
    body = body_of(remote.app, "review-card.children")
    shown = remote.post(_with(body, {"review-view": "/review?cause="}, "review-view.data"))
    while True:
        at = shown["review-at"]["data"]
        fields = {name: one["value"] for name, one in shown.items() if "correct" in name}
        now = {"review-view": "/review?cause=", "review-at": at, "reviewer": "Ada", ACCEPT: 1, **fields}
        shown = remote.post(_with(body, now, f"{ACCEPT}.n_clicks"))
        assert shown["review-said"]["className"] == "said", shown["review-said"]
        answered.append(at["figure_id"])


def _with(body, values, changed):
    for entry in [*body["inputs"], *body["state"]]:
        named = entry["id"] if isinstance(entry["id"], str) else json.dumps(entry["id"], separators=(",", ":"))
        entry["value"] = values.get(named)
    return {**body, "changedPropIds": [changed]}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_review(app, tmp_path, number):
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        for n in range(200):
            store.add(replace(ARTICLE, id=f"a{n}"), [figure(f"f{n}", article_id=f"a{n}")])
    answered = []

    wrong = []

    def work():
        try:
            decided(remote, answered)
        except (urllib3.exceptions.HTTPError, AssertionError) as error:
            wrong.append(error)

    with dashboard(app, path) as remote:
        thread = threading.Thread(target=work)
        thread.start()
        until(lambda: len(answered) >= 3 + number or not thread.is_alive(), "nothing is accepted")
        time.sleep(random.Random(SEED + number).uniform(0, 0.1))
        remote.kill()
        ended([thread])
    is_whole(path)
    with Store.open(path, create=False) as store:
        kept = Reviews(store).all()
    assert len(answered) >= 3 + number, wrong
    stored = [one.figure_id for one in kept]
    assert stored[: len(answered)] == answered
    assert len(stored) - len(answered) <= 1  # the last one may have been stored without an answer
