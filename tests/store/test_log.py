"""Writes that only the log of a store held: where they are lost, it is said, by `check` and by who opens the store."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from calls import STORE

from tracker.store.check import Checked, problems
from tracker.store.log import FRAME_HEADER, HEADER, lost_writes
from tracker.store.store import Store

pytestmark = pytest.mark.process  # other programs write, are killed, or read in a sandbox

WRITES_AND_IS_KILLED = """
import os, sys
from tracker.model import Article
from tracker.store.store import Store
store = Store.open(sys.argv[1])
for number in range(int(sys.argv[2])):
    store.add(Article(f"a{number:03}", f"At least {number} people were killed."), [], "a.md")
os._exit(0)
"""
PAGE = 4096
FRAME = FRAME_HEADER + PAGE


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A store whose writer was killed: the newest of its forty articles are in the log only."""
    folder = tmp_path_factory.mktemp("killed")
    subprocess.run([sys.executable, "-c", WRITES_AND_IS_KILLED, str(folder / STORE), "40"], check=True)
    return folder


@pytest.fixture
def store(killed, tmp_path):
    for path in killed.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path / STORE


def log_of(store):
    return store.with_name(f"{STORE}-wal")


def index_of(store):
    return store.with_name(f"{STORE}-shm")


def flipped(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def shortened(path, frames):
    path.write_bytes(path.read_bytes()[: HEADER + FRAME * frames])


def count(store):
    with Store.open(store, create=False, read_only=True) as opened:
        return opened.count_articles()


LOST = {
    "the log is gone": (lambda store: log_of(store).unlink(), "is gone"),
    "the log and its index are gone": (
        lambda store: (log_of(store).unlink(), index_of(store).unlink()),
        "was not closed after it was last written, and the log of writes that belongs beside it (-wal) is missing",
    ),
    "the log is empty": (lambda store: log_of(store).write_bytes(b""), "is gone"),
    "the log is cut at a frame": (lambda store: shortened(log_of(store), 20), "ends after 20 of"),
    "the log is cut within a frame": (
        lambda store: log_of(store).write_bytes(log_of(store).read_bytes()[: HEADER + FRAME * 20 + 500]),
        "ends after 20 of",
    ),
    "a bit of a page": (lambda store: flipped(log_of(store), HEADER + FRAME * 20 + 1000), "is damaged behind frame 20"),
    "a bit of the header of a frame": (
        lambda store: flipped(log_of(store), HEADER + FRAME * 20 + 17),
        "is damaged behind frame 20",
    ),
    "a bit of the header": (lambda store: flipped(log_of(store), 20), "is damaged at its beginning"),
    "the header": (lambda store: log_of(store).write_bytes(bytes(log_of(store).stat().st_size)), "at its beginning"),
}


@pytest.mark.parametrize(("harm", "what"), LOST.values(), ids=list(LOST))
def test_lost_writes_are_told_by_check(store, tracker_here, harm, what):
    assert count(store) == 40
    harm(store)
    code, out, _ = tracker_here("check")
    assert code == 1
    told = [line for line in out.splitlines() if what in line]
    assert told, out
    assert "as it was at an earlier moment" in told[0]
    assert tracker_here("check")[1] == out, "looking has changed something"
    assert count(store) < 40


@pytest.mark.process
@pytest.mark.parametrize(("harm", "what"), LOST.values(), ids=list(LOST))
def test_and_by_whoever_opens_the_store(store, tracker_here, tmp_path, harm, what):
    (tmp_path / "a.md").write_text("At least 30 people were killed in Homs on Sunday, the opposition said.")
    harm(store)
    for call in (("timeline",), ("retry", "--list"), ("add", "a.md")):
        code, _, errors = tracker_here(*call)
        assert code == 0
        assert f"note: {store}: " in errors
        assert what in errors
    assert tracker_here("add", "a.md")[2] == ""  # it was told, and the store goes on from there
    assert tracker_here("check")[0] == 0


def test_a_log_that_is_whole_is_none_to_tell_of(store, tracker_here):
    assert lost_writes(store) == ""
    assert tracker_here("check") == (0, "checked 40 articles and 0 figures: nothing wrong\n", "")


def test_the_index_of_a_log_can_be_made_again(store, tracker_here):
    index_of(store).unlink()
    assert tracker_here("check") == (0, "checked 40 articles and 0 figures: nothing wrong\n", "")


@pytest.mark.parametrize("kept", range(1, 60, 7))
def test_what_a_killed_writer_did_not_finish_is_not_lost(store, kept):
    """Frames behind the last end of a transaction were never part of the store."""
    data = log_of(store).read_bytes()
    frames = [data[at : at + FRAME] for at in range(HEADER, len(data), FRAME)]
    ends = [number for number, frame in enumerate(frames, 1) if frame[4:8] != bytes(4)]
    index_of(store).unlink()
    last = max(end for end in ends if end <= max(kept, ends[0]))
    log_of(store).write_bytes(data[: HEADER + FRAME * last + 300])
    assert lost_writes(store) == ""


@pytest.mark.process
def test_a_store_that_is_being_written_tells_of_no_loss(tmp_path, tracker_here):
    """Whatever moment the log is looked at."""
    script = WRITES_AND_IS_KILLED.replace("os._exit(0)", "store.close()")
    writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / STORE), "400"])
    told = set()
    while writer.poll() is None:
        told.add(lost_writes(tmp_path / STORE) if (tmp_path / STORE).exists() else "")
    assert told == {""}
    assert tracker_here("check")[0] == 0


def test_reading_with_a_writer_beside_it_marks_nothing(tmp_path, tracker_here):
    with Store.open(tmp_path / STORE) as writer:
        from tracker.model import Article

        writer.add(Article("a", "x"), [], "a.md")
        assert tracker_here("check")[0] == 0
        with Store.open(tmp_path / STORE) as other:
            other.add(Article("b", "x"), [], "a.md")
        writer.add(Article("c", "x"), [], "a.md")
        for end in ("", "-wal", "-shm"):
            shutil.copy(tmp_path / f"{STORE}{end}", tmp_path / f"copy.db{end}")
        shutil.copy(tmp_path / STORE, tmp_path / "alone.db")
    assert tracker_here("check")[0] == 0
    assert tracker_here("check", "--db", "copy.db")[0] == 0
    code, out, _ = tracker_here("check", "--db", "alone.db")
    assert code == 1, "a copy without its log was taken for whole"
    assert "was not closed after it was last written" in out


@pytest.mark.process
def test_a_store_that_nobody_closed_is_closed_at_the_end_of_the_program(tmp_path, tracker_here):
    script = WRITES_AND_IS_KILLED.replace("os._exit(0)", "")
    subprocess.run([sys.executable, "-c", script, str(tmp_path / STORE), "2"], check=True)
    assert [path.name for path in tmp_path.iterdir()] == [STORE]
    assert tracker_here("check") == (0, "checked 2 articles and 0 figures: nothing wrong\n", "")


def test_checksums_of_long_logs_are_those_of_sqlite(tmp_path):
    """More frames than are read at once, of pages of other sizes."""
    for size in (512, 65536):
        path = tmp_path / f"{size}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA page_size = {size}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("CREATE TABLE t (x)")
            chance = random.Random(size)
            for _ in range(1500 if size == 512 else 20):
                connection.execute("INSERT INTO t VALUES (?)", (chance.randbytes(size),))
                connection.commit()
            assert lost_writes(path) == ""
            log = path.with_name(f"{path.name}-wal")
            assert log.stat().st_size > (1000 if size == 512 else 20) * size
            flipped(log, log.stat().st_size - 10 * size)
            assert "is damaged behind frame" in lost_writes(path)


def test_a_snapshot_of_the_program_counts_a_loss_once(store):
    log_of(store).unlink()
    with Store.open(store, create=False, read_only=True) as opened:
        checked = Checked()
        found = [one for one in problems(opened, checked) if one.what == opened.lost]
        assert len(found) == 1
        assert found[0].damage
