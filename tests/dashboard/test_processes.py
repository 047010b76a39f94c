"""A dashboard of several processes is one dashboard: what one is told, all know. Real processes, no browser."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3
from callback_bodies import PATH, body_of, with_values
from dash import no_update
from visits import made_store, serving
from waiting import LONG_WAIT, line_of, until

from dashboard.app import create_app
from dashboard.panels.looking import LOST, looked
from dashboard.web import processes
from tracker.model import TrackerError
from tracker.store.store import Store

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not processes.can_fork(), reason="processes cannot be forked here"),
]

TEXT = "The army said on 3 May 2020 that 17 soldiers were killed in Homs, Syria."
TOKEN = "a token that nobody guesses"


def asked(address, path, **more):
    """An answer on a connection of its own, which any of the processes may take."""
    with urllib3.PoolManager() as pool:
        return pool.request(more.pop("method", "GET"), address + path, retries=False, **more)


def children(pid):
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid):
    """Whether a process runs: neither gone nor waiting for its parent to take note of its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def path(tmp_path):
    return made_store(tmp_path / "store.db")


@pytest.fixture
def app(path):
    """The same app, to write the bodies of requests."""
    with Store.open(path) as store:
        yield create_app(store)


def test_what_one_process_reads_all_can_show_and_store(path, app):
    with serving("--db", str(path), "--port", "0", "--processes", "3") as (address, _):

        def sent(output, **values):
            body = with_values(body_of(app, output), **values)
            answer = asked(address, PATH, method="POST", json=body, headers={"Origin": address})
            assert answer.status == 200, answer.data
            return answer.json()["response"]

        key = sent("article-read.data", article_find=1, article_text=TEXT)["article-read"]["data"]
        looks = [until(lambda: "1 figure found" in str(look(sent, key)), "it is not read") for _ in range(6)]
        assert len(looks) == 6
        assert "Added to the timeline" in str(sent("article-done.children@", article_add=1, article_read=key))
        for _ in range(6):
            assert "17 soldiers" in asked(address, "/api/figures.csv").data.decode()


def look(sent, key):
    return sent("article-found.children@", article_look=1, article_read=key)


def test_wrong_tokens_are_counted_once_for_all(path, tmp_path):
    (tmp_path / "token").write_text(TOKEN)
    arguments = ["--db", str(path), "--port", "0", "--processes", "3", "--token-file", str(tmp_path / "token")]
    with serving(*arguments) as (address, _):
        looked_at = 0  # 401: wrong; 429: not looked at, because it came too early

        def wait():
            nonlocal looked_at
            answer = asked(address, "/api/figures.csv", headers={"Authorization": f"Bearer no {looked_at}"})
            looked_at += answer.status == 401
            return int(answer.headers.get("Retry-After", 0))

        until(lambda: wait() > 2, "the wait does not grow")
        assert 7 <= looked_at <= 10  # 3 processes that count alone look at about 20


@contextmanager
def started(path):
    """A dashboard of two processes that serve: the first process, its address, and the other ones."""
    command = [sys.executable, "-P", "-m", "dashboard", "--no-browser", "--db", str(path), "--port", "0"]
    run = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([*command, "--processes", "2"], **run)
    try:
        address = line_of(process.stdout).split()[4]
        yield process, address, until(lambda: len(found := children(process.pid)) == 3 and found, "they do not begin")
    finally:
        process.terminate()
        process.communicate(timeout=LONG_WAIT)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_a_process_that_ends_is_started_again(path):
    with started(path) as (process, address, before):
        os.kill(before[1], signal.SIGKILL)
        until(lambda: len(found := children(process.pid)) == 3 and before[1] not in found, "none is started again")
        assert {asked(address, "/revision").status for _ in range(6)} == {200}
        assert line_of(process.stderr) == f"dashboard: process {before[1]} has ended (-9): starting another one\n"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_no_process_is_left_when_the_first_is_killed(path):
    with started(path) as (process, _, others):
        process.kill()
        until(lambda: not any(map(is_alive, others)), "some are left")


@contextmanager
def keeping(keeper, path, after=0.0):
    """A keeper in a process of its own, which begins to listen after so many seconds."""

    def work():
        time.sleep(after)
        with Store.open(path) as store:
            keeper.run(store)

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(LONG_WAIT)


def test_who_comes_before_the_keeper_listens_is_answered_all_the_same(path, tmp_path):
    keeper = processes.Keeper.at(tmp_path)
    with keeping(keeper, path, after=1.0):
        assert keeper.intakes.look("an unknown key") is None
    with keeping(keeper, path, after=0.5):  # started again, with the socket of the one before still in its place
        assert keeper.guesses.attempt("198.51.100.7", is_right=True) == (True, 0.0)


def test_a_keeper_that_is_gone_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "SECONDS_TO_LISTEN", 0.2)
    keeper = processes.Keeper.at(tmp_path)
    with pytest.raises(TrackerError, match="try again in a moment"):
        keeper.intakes.look("a key")
    shown, looks_no_more, is_disabled = looked(keeper.intakes, "a key", lambda _: (None, False))
    assert "try again in a moment" in str(shown)
    assert (looks_no_more, is_disabled) == (no_update, True)


def test_visitors_who_ask_at_the_same_moment_are_all_answered(path, tmp_path):
    keeper = processes.Keeper.at(tmp_path)
    with keeping(keeper, path), ThreadPoolExecutor(8) as pool:
        assert set(pool.map(keeper.intakes.look, map(str, range(400)))) == {None}


def test_what_was_lost_is_told(path, tmp_path):
    keeper = processes.Keeper.at(tmp_path)
    with keeping(keeper, path):
        assert LOST in str(looked(keeper.intakes, "of a keeper that has ended", lambda _: (None, False)))


def test_a_wrong_number_of_processes_is_told():
    for number in ("0", "65", "many"):
        command = [sys.executable, "-P", "-m", "dashboard", "--sample", "--processes", number]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=LONG_WAIT)
        assert ended.returncode == 2
        assert "is not a number of processes (1 to 64)" in ended.stderr
