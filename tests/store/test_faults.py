"""What can go wrong around a store: one clear line, nothing lost, nothing doubled."""

from __future__ import annotations

import random
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest
import sqlalchemy as sa
from calls import ATTACK, STORE, TRACKER
from contents import contents
from disks import mounted
from killing import make_articles
from waiting import LONG_WAIT

from tracker.cli.main import main
from tracker.store.check import Checked, problems
from tracker.store.store import Store, StoreError

pytestmark = pytest.mark.process

NUMBER = 410


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    make_articles(path, NUMBER)
    return path


@pytest.fixture(scope="module")
def undisturbed(articles, tmp_path_factory):
    """All rows of the store as it is when nothing goes wrong."""
    path = tmp_path_factory.mktemp("undisturbed") / STORE
    assert add_here(articles, path) == 1  # a broken line
    with Store.open(path, create=False) as store:
        return contents(store)


def add(articles, database, **more):
    command = [*TRACKER, "add", str(articles), "--db", str(database)]
    return subprocess.run(command, capture_output=True, timeout=120, text=True, **more)


def add_here(articles, database):
    return main(["add", str(articles), "--db", str(database)])


def is_whole(path, wanted):
    with Store.open(path, create=False) as store:
        assert [one.what for one in problems(store, Checked())] == []
        assert contents(store) == wanted


def told_in_one_line(done, what):
    lines = [line for line in done.stderr.splitlines() if "line 400" not in line]
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert what in lines[0]


def test_a_full_disk(articles, undisturbed, tmp_path):
    with mounted(tmp_path, "size=500k") as mount_again:
        told_in_one_line(add(articles, tmp_path / STORE), "cannot be written: the disk is full")
        mount_again("size=64m")
        with Store.open(tmp_path / STORE) as store:
            assert [one.what for one in problems(store, Checked())] == []
        assert add_here(articles, tmp_path / STORE) == 1
        is_whole(tmp_path / STORE, undisturbed)


def test_a_file_that_may_not_grow(articles, undisturbed, tmp_path):
    limit = (300_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    done = add(articles, tmp_path / STORE, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    told_in_one_line(done, "cannot be read or written (disk I/O error)")
    assert add_here(articles, tmp_path / STORE) == 1
    is_whole(tmp_path / STORE, undisturbed)


def test_a_store_that_is_read_only(articles, tracker, filled):
    before = filled.read_bytes()
    url = f"sqlite:///file:{filled}?mode=ro&uri=true"
    told_in_one_line(add(articles, url), "is read-only")
    assert "f1" in tracker("timeline", "--format", "csv", "--db", url)[1]
    assert filled.read_bytes() == before


def test_a_store_on_a_disk_that_is_read_only(articles, tracker, filled, tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    with mounted(place, "size=8m") as mount_again:
        (place / STORE).write_bytes(filled.read_bytes())
        mount_again("ro")
        told_in_one_line(add(articles, place / STORE), "is read-only")
        assert "f1" in tracker("timeline", "--format", "csv", "--db", place / STORE)[1]
        told_in_one_line(add(articles, place / "new.db"), str(place / "new.db"))


def test_a_store_that_somebody_else_is_writing(articles, undisturbed, tmp_path):
    Store.open(tmp_path / STORE).close()
    with closing(sqlite3.connect(tmp_path / STORE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = add(articles, f"sqlite:///{tmp_path / STORE}?timeout=0.2")
        told_in_one_line(done, "is being written by another process, which did not end in time")
        other.execute("ROLLBACK")
    assert add_here(articles, tmp_path / STORE) == 1
    is_whole(tmp_path / STORE, undisturbed)


def test_a_postgresql_store_that_somebody_else_is_writing(postgresql, monkeypatch):
    monkeypatch.setattr("tracker.store.connections.BUSY_TIMEOUT", 0.2)
    with Store.open(postgresql) as store, Store.open(postgresql) as other:
        with other.writing(), pytest.raises(StoreError, match="is being written by another process"):
            store.clear_failures(["none"])
        store.clear_failures(["none"])


def test_a_server_that_is_not_there(tracker, tmp_path):
    url = f"postgresql+psycopg://user:secret@/name?host={tmp_path}"
    code, out, errors = tracker("timeline", "--db", url)
    assert (code, out, len(errors.splitlines())) == (2, "", 1)
    assert "connection" in errors
    assert "secret" not in errors


def test_a_server_that_goes_away_is_told_and_comes_back(postgresql):
    with Store.open(postgresql) as store:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
        with engine.connect() as other, pytest.raises(StoreError, match=r"terminating connection|closed"):
            write_meanwhile(store, lambda: other.exec_driver_sql(end))
        engine.dispose()
        assert store.count_articles() == 0


def write_meanwhile(store, other):
    with store.writing() as connection:
        other()
        connection.exec_driver_sql("SELECT 1")


def test_flipped_bytes_are_told_never_raised(articles, tmp_path):
    """Wherever the file is damaged: it is told, or it lies where nothing is kept."""
    add_here(articles, tmp_path / STORE)
    good = (tmp_path / STORE).read_bytes()
    chance, seen, quiet = random.Random(1), 0, 0
    for number in range(60):
        damaged = bytearray(good)
        for _ in range(1 + number % 5 * 20):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(damaged)
        told = told_of(path)
        assert all("\n" not in line for line in told)
        seen, quiet = seen + bool(told), quiet + (not told and number % 5 > 0)
        path.unlink()
    assert seen >= 40
    assert quiet == 0, "twenty flipped bytes or more were not seen"


def told_of(path):
    try:
        with Store.open(path, create=False) as store:
            found = [one.what for one in problems(store, Checked())]
            for read in (store.figures, store.copies, store.failures, lambda: list(store.articles())):
                try:
                    read()
                except StoreError as error:
                    found.append(error.what)
            return found
    except StoreError as error:
        return [error.what]


def test_a_damaged_store_is_named_by_the_commands(tracker, filled):
    with filled.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    code, out, errors = tracker("check")
    assert code in (1, 2)
    assert "damaged" in out + errors
    code, _, errors = tracker("timeline")
    assert (code, len(errors.splitlines())) == (2, 1)


def test_a_clock_that_went_backwards(articles, undisturbed, tmp_path):
    """Everything that is stored so far is from the future."""
    half = tmp_path / "articles.jsonl"
    half.write_text("".join(articles.read_text().splitlines(keepends=True)[:405]))
    add_here(half, tmp_path / STORE)
    with Store.open(tmp_path / STORE) as store, store.transaction(writes=True) as connection:
        connection.exec_driver_sql("UPDATE ingests SET first_seen = '2099-01-01 00:00:00'")
        connection.exec_driver_sql("UPDATE failures SET first_failed = '2099-01-01 00:00:00.000000'")
    half.write_text(articles.read_text())
    assert add_here(half, tmp_path / STORE) == 1
    with Store.open(tmp_path / STORE) as store:
        assert store.count_articles() == NUMBER
        assert len(store.failures()) == 1
        found = contents(store)
    for table in ("articles", "figures", "sketches", "duplicates", "quotes"):
        assert found[table] == undisturbed[table]


def test_two_ingests_and_a_reader_at_once(articles, undisturbed, database, tmp_path):
    rows = articles.read_text().splitlines(keepends=True)
    halves = (rows[:405], rows[130:])
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path, half in zip(paths, halves, strict=True):
        path.write_text("".join(half))
    command = [sys.executable, "-m", "tracker", "add", "--db", database]
    ingests = [subprocess.Popen([*command, str(path)], stdout=-1, stderr=-1) for path in paths]
    states = []
    with Store.open(database) as store:
        while any(one.poll() is None for one in ingests):
            with store.snapshot() as connection:
                orphans = "SELECT COUNT(*) FROM articles WHERE id NOT IN (SELECT article_id FROM ingests)"
                assert connection.exec_driver_sql(orphans).scalar_one() == 0
            states.append((store.revision(), store.count_articles(), store.count_figures()))
            with suppress(subprocess.TimeoutExpired):
                ingests[0].wait(0.1)
        assert states == sorted(states), "what was there was gone again"
        for one in ingests:
            errors = one.communicate(timeout=LONG_WAIT)[1].decode()
            assert errors.count("\n") == 1, errors  # the broken line
        found = contents(store)
        assert [one.what for one in problems(store, Checked())] == []
    for table in ("articles", "figures", "sketches", "duplicates"):
        assert found[table] == undisturbed[table]


def test_a_store_that_was_not_closed_is_read_from_its_log(tmp_path):
    """What a killed process left beside the file is part of the store."""
    (tmp_path / "a.md").write_text(ATTACK)
    code = (
        "import os, sys; from tracker.store.store import Store; from tracker.model import Article;"
        "s = Store.open(sys.argv[1]); s.add(Article('x', 'y'), []); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / STORE)], check=True)
    assert (tmp_path / f"{STORE}-wal").stat().st_size > 0
    with Store.open(tmp_path / STORE) as store:
        assert store.count_articles() == 1
