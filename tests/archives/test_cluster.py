"""Extraction on a cluster: a real scheduler, real worker processes, one of which is killed in the middle."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading

import pandas as pd
import pytest
from calls import TRACKER
from waiting import line_of, until

from tracker.archives.parquet import tables
from tracker.model import COLUMNS
from tracker.timelines.filters import Filters

pytestmark = pytest.mark.process

FILES, ARTICLES = 12, 30
WHERE = (("--figures", "figures"), ())
SENTENCES = (
    "Shelling killed at least {n} people in Idlib on Monday, activists said.",
    "An air strike on Rafah wounded {n} people, the Gaza health ministry said.",
    "The council debated the budget for {n} hours.",
)


def day(at):
    """Days so far apart that no article is taken for a copy of another: a folder has no texts to compare."""
    return (dt.date(2014, 1, 1) + dt.timedelta(days=9 * at)).isoformat()


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for file in range(FILES):
        articles = [
            {"id": f"{file}-{at}", "published": day(file * ARTICLES + at), "text": SENTENCES[at % 3].format(n=2 + at)}
            for at in range(ARTICLES)
        ]
        (folder / f"{file:02}.jsonl").write_text("\n".join(map(json.dumps, articles)))
    return folder


@contextlib.contextmanager
def program(*arguments, ready):
    """A program of Dask's that runs until the end; what the pattern finds in its first lines."""
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            found = None
            while found is None and (line := line_of(process.stderr)):
                found = re.search(ready, line)
            assert found, "it ended before it was ready"
            # read on: a pipe that nobody reads would be full one day, and hold it up
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield process, found.group(1)
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.fixture
def scheduler():
    listening = ("--port", "0", "--host", "127.0.0.1", "--no-dashboard")
    with program("scheduler", *listening, ready=r"(tcp://\S+)") as (_, address):
        yield address


def worker(scheduler, local):
    return program(
        *("worker", scheduler, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(local)),
        ready=r"Start worker at:\s+(tcp://\S+)",
    )


def figures_of(folder):
    rows = pd.concat(tables(str(folder), Filters()))
    return rows.sort_values("figure_id").reset_index(drop=True)


def test_a_killed_worker_costs_only_what_it_was_reading(tracker, corpus, scheduler, tmp_path):
    """The same figures as one process finds, although a worker is killed once it has work."""
    call = (*TRACKER, "extract", "--cluster", scheduler, str(corpus), "-o", "figures")
    with worker(scheduler, tmp_path / "w1") as (doomed, _), worker(scheduler, tmp_path / "w2"):
        running = subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        until(lambda: list((tmp_path / "figures").glob("*.parquet")) or running.poll() is not None, "it does not begin")
        os.kill(doomed.pid, signal.SIGKILL)
        out, errors = running.communicate(timeout=120)
    assert running.returncode == 0, errors
    assert "Traceback" not in errors
    assert out == f"{FILES * 20} figures in {FILES * ARTICLES} articles of {FILES} partitions; failed 0\n"
    found = figures_of(tmp_path / "figures")
    assert list(found.columns) == list(COLUMNS)
    _, printed, _ = tracker("extract", "--format", "csv", corpus)
    expected = pd.read_csv(io.StringIO(printed)).sort_values("figure_id")
    assert found["figure_id"].tolist() == expected["figure_id"].tolist()
    assert found["value"].tolist() == expected["value"].tolist()


def test_what_is_finished_is_not_read_again(tracker, corpus):
    first, *others = sorted(corpus.iterdir())[:3]
    code, out, errors = tracker("extract", "--cluster", "local", "--jobs", "2", first, others[0], "-o", "figures")
    assert (code, out) == (0, "40 figures in 60 articles of 2 partitions; failed 0\n")
    assert "progress: http://127.0.0.1" in errors
    code, out, errors = tracker("extract", "--cluster", "local", first, others[1], "-o", "figures")
    assert (code, out) == (0, "20 figures in 30 articles of 1 partitions; failed 0\n")
    assert "note: 1 of 2 partitions are finished, and not read again" in errors


def test_the_timeline_of_a_folder_is_that_of_a_store_with_the_same_articles(tracker, corpus):
    files = sorted(corpus.iterdir())[:3]
    tracker("extract", "--cluster", "local", *files, "-o", "figures")
    tracker("add", *files)
    for view in ("claims", "incidents", "totals", "disagreement"):
        folder, store = (tracker("timeline", "--view", view, "--format", "csv", *where)[1] for where in WHERE)
        assert sorted(folder.splitlines()) == sorted(store.splitlines()), view
    _, out, _ = tracker("timeline", "--figures", "figures", "--conflict", "syria", "--format", "csv")
    assert len(out.splitlines()) == 1 + 30
    code, out, errors = tracker("timeline", "--figures", "figures", "--conflict", "sudan", "--format", "csv")
    assert (code, len(out.splitlines())) == (0, 1)
    assert errors == "note: none of the figures in figures meets the filters\n"


def test_bad_articles_are_named_and_counted(tracker, corpus):
    (corpus / "00.jsonl").write_text('{"id": "a", "text": "Shelling killed 3 people."}\n{broken\n')
    (corpus / "01.jsonl").write_bytes(b"\x00\x01")
    code, out, errors = tracker("extract", "--cluster", "local", corpus / "0[01].jsonl", "-o", "figures")
    assert (code, out) == (1, "1 figures in 1 articles of 2 partitions; failed 2\n")
    assert "00.jsonl: 1 of 2 articles cannot be read" in errors
    kept = "".join(file.read_text() for file in (corpus.parent / "figures/failures").iterdir())
    assert "00.jsonl, line 2: is not JSON" in kept
    assert "01.jsonl: is not text" in kept


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--cluster", "local", "corpus"), "name it with -o DIR"),
        (("--cluster", "local", "nothing", "-o", "figures"), "nothing: does not exist"),
        (("--cluster", "nonsense", "corpus", "-o", "figures"), "nonsense: no scheduler answers"),
        (("--cluster", "local", "corpus", "-o", "nokind://x"), "nokind://x: cannot be reached"),
        (("--cluster", "local", "corpus", "-o", "other"), "other: holds figures found by other rules"),
        (("corpus", "-o", "figures"), "-o is for --cluster"),
    ],
)
def test_wrong_calls_are_one_line(tracker, corpus, arguments, what):
    (corpus.parent / "other").mkdir()
    (corpus.parent / "other/_rules.json").write_text('{"rules": "older", "causes": []}')
    code, out, errors = tracker("extract", *arguments)
    assert (code, out) == (2, "")
    assert what in errors
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(
    ("folder", "what"), [("none", "holds no Parquet files"), ("wrong", "there is no column figure_id")]
)
def test_a_folder_without_figures_is_one_line(tracker, tmp_path, folder, what):
    (tmp_path / "wrong").mkdir()
    pd.DataFrame({"x": [1]}).to_parquet(tmp_path / "wrong/a.parquet")
    code, out, errors = tracker("timeline", "--figures", folder)
    assert (code, out) == (2, "")
    assert what in errors
