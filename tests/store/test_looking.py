"""Only looking changes nothing: no byte of any file, no file that was not there, no table in a database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from calls import ATTACK, STORE, TOTAL
from old_store import make_version_1

from tracker.model import Article
from tracker.store.store import Store, StoreError

pytestmark = pytest.mark.process  # other programs write, are killed, or read in a sandbox

LOOKING = {
    "timeline": ("timeline",),
    "export": ("export", "-o", "{out}/x.csv"),
    "compare": ("compare", "--reference", "{out}/monitor.csv"),
    "check": ("check",),
    "backup": ("backup", "{out}/b.db"),
    "review list": ("review", "list"),
    "review orphans": ("review", "list", "--orphaned"),
    "review show": ("review", "show", "f1"),
    "review export": ("review", "export", "{out}/r.jsonl"),
    "retry --list": ("retry", "--list"),
    "add --dry-run": ("add", "{out}/a.md", "--dry-run"),
}
EVERY = pytest.mark.parametrize("call", LOOKING.values(), ids=list(LOOKING))


@pytest.fixture
def look(tracker_here, tmp_path_factory):
    """Call a command that only looks; what it writes goes into another folder."""
    out = tmp_path_factory.mktemp("out")
    (out / "monitor.csv").write_text("date,value,country\n2012-03-20,9000,SYR\n")
    (out / "a.md").write_text(ATTACK)
    return lambda call, *more: tracker_here(*(part.format(out=out) for part in call), *more)


@pytest.fixture
def store(tmp_path):
    """A store with the figure f1, as `tracker add` would leave it."""
    from calls import fill

    fill(tmp_path / STORE)
    return tmp_path / STORE


def state_of(folder):
    """Every file with its bytes and its time."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.process
@EVERY
def test_a_store_is_not_changed(look, store, tmp_path, call):
    before = state_of(tmp_path)
    # the figures of this store do not stand in their article
    assert look(call)[0] == {"check": 1, "backup": 2}.get(call[0], 0)
    assert state_of(tmp_path) == before


@pytest.mark.process
@EVERY
def test_nor_is_one_whose_writer_was_killed(look, store, tmp_path, call):
    script = (
        "import os, sys; from tracker.store.store import Store; from tracker.model import Article;"
        "store = Store.open(sys.argv[1]); store.add(Article('x', 'y'), [], 'x.md'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(store)], check=True)
    before = state_of(tmp_path)
    assert f"{STORE}-wal" in before
    look(call)
    after = state_of(tmp_path)
    # the index of the log is memory that processes share, and holds nothing of the store
    assert {name: after[name] for name in after if not name.endswith("-shm")} == {
        name: before[name] for name in before if not name.endswith("-shm")
    }


@pytest.mark.process
@EVERY
def test_a_store_of_an_older_version_is_read_and_not_changed(look, tmp_path, call):
    make_version_1(tmp_path / STORE)
    before = state_of(tmp_path)
    code, _, errors = look(call)
    assert code in ((0, 1, 2) if call[0] in ("check", "backup") else (0,)), errors
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
@EVERY
def test_the_database_of_another_program_is_not_changed(look, tmp_path, call, mode):
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE letters (words)")
        connection.commit()
    before = state_of(tmp_path)
    code, out, errors = look(call)
    assert (code, out) == (2, "")
    assert "is a database, but not a store of the tracker" in errors
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("writing", [("add", "a.md"), ("review", "accept", "f1"), ("retry",), ("reextract",)])
def test_nor_by_what_would_write(tracker_here, tmp_path, writing):
    (tmp_path / "a.md").write_text(ATTACK)
    with closing(sqlite3.connect(tmp_path / STORE)) as connection:
        connection.execute("CREATE TABLE letters (words)")
        connection.commit()
    before = state_of(tmp_path)
    code, out, errors = tracker_here(*writing)
    assert (code, out, len(errors.splitlines())) == (2, "", 1)
    assert "is a database, but not a store of the tracker" in errors
    assert state_of(tmp_path) == before


@pytest.mark.process
@EVERY
def test_an_empty_file_stays_empty(look, tmp_path, call):
    (tmp_path / STORE).touch()
    code, _, errors = look(call)
    if call[-1] == "--dry-run":
        assert code == 0
    else:
        assert code == 2
        assert "there is no store yet" in errors
    assert (tmp_path / STORE).stat().st_size == 0
    assert [path.name for path in tmp_path.iterdir()] == [STORE]


@pytest.mark.process
@EVERY
def test_a_store_that_is_not_there_is_not_made(look, tmp_path, call):
    code, _, errors = look(call, "--db", "folder/none.db")
    assert code == 2 or call[-1] == "--dry-run", errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", [*LOOKING.values(), ("add", "a.md"), ("watch", "feeds.toml"), ("restore", "b.db")])
@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_an_empty_name_is_not_the_users_own_store(look, tmp_path, call, name):
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://paper.example/feed"\n')
    (tmp_path / "b.db").touch()
    code, out, errors = look(call, "--db", name)
    assert (code, out) == (2, "")
    assert "name is empty" in errors or (call[0] == "restore" and "there is no store yet" in errors)
    assert not (tmp_path / STORE).exists()


@pytest.mark.parametrize("option", ["--state", "--figures"])
def test_other_empty_names_are_refused_as_well(look, tmp_path, option):
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://paper.example/feed"\n')
    call = ("watch", "feeds.toml", "--once") if option == "--state" else ("timeline",)
    code, out, errors = look(call, option, "")
    assert (code, out, len(errors.splitlines())) == (2, "", 1)


@EVERY
def test_an_empty_database_of_a_server_stays_empty(look, postgresql, call):
    code, _, errors = look(call, "--db", postgresql)
    if call[-1] != "--dry-run":
        assert code == 2
        assert "there is no store yet" in errors
    engine = sa.create_engine(postgresql)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


@pytest.mark.process
@pytest.mark.parametrize("database_name", ["sqlite", "postgresql"])
def test_a_store_that_is_open_for_reading_cannot_be_written(request, tmp_path, database_name):
    name = str(tmp_path / STORE) if database_name == "sqlite" else request.getfixturevalue("postgresql")
    with Store.open(name) as store:
        store.add(Article("a", "x"), [])
    with Store.open(name, read_only=True) as store:
        for write in (lambda: store.add(Article("b", "x"), []), lambda: store.clear_failures(["x"])):
            with pytest.raises(StoreError, match=r"is read-only"):
                write()
        assert store.count_articles() == 1


def test_a_reader_sees_what_is_written_meanwhile(tmp_path):
    with Store.open(tmp_path / STORE) as writer:
        writer.add(Article("a", "x"), [])
        with Store.open(tmp_path / STORE, read_only=True) as reader:
            assert reader.count_articles() == 1
            writer.add(Article("b", "x"), [])
            assert reader.count_articles() == 2
    assert [path.name for path in tmp_path.iterdir()] == [STORE]


def test_a_writer_that_begins_while_somebody_reads_is_not_disturbed(tmp_path):
    Store.open(tmp_path / STORE).close()
    with Store.open(tmp_path / STORE, read_only=True) as reader:
        with Store.open(tmp_path / STORE) as writer:
            writer.add(Article("a", "x"), [])
        assert reader.count_articles() == 1
        later = Store.open(tmp_path / STORE)
        later.add(Article("b", "x"), [])
    assert later.count_articles() == 2  # the reader that left has taken nothing away
    later.close()
    with Store.open(tmp_path / STORE, read_only=True) as reader:
        assert reader.count_articles() == 2


@pytest.mark.process
@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_somebody_who_may_not_write_there_can_look(store):
    script = (
        "import os, sys; os.chdir('/'); from tracker.store.store import Store; import tracker.timelines.columns;"
        "os.setgid(65534); os.setuid(65534); print(Store.open(sys.argv[1], read_only=True).count_figures())"
    )
    with tempfile.TemporaryDirectory() as folder:  # pytest closes its own to others, each time it begins
        open_to_all = Path(shutil.copy(store, folder))
        Path(folder).chmod(0o755)
        open_to_all.chmod(0o644)
        done = subprocess.run([sys.executable, "-c", script, str(open_to_all)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "5\n"), done.stderr


def test_the_python_interface_only_looks_too(tmp_path):
    import tracker

    make_version_1(tmp_path / "old.db")
    before = state_of(tmp_path)
    assert len(tracker.timeline(tmp_path / "old.db")) == 1
    assert state_of(tmp_path) == before
    with pytest.raises(tracker.TrackerError, match="there is no store yet"):
        tracker.timeline(tmp_path / "none.db")
    assert state_of(tmp_path) == before


def test_two_who_look_at_once_leave_nothing_behind(tmp_path):
    for text, name in ((ATTACK, "a.md"), (TOTAL, "b.md")):
        (tmp_path / name).write_text(text)
    with Store.open(tmp_path / STORE) as store:
        store.add(Article("a", "x"), [])
    shutil.copy(tmp_path / STORE, tmp_path / "copy")
    first = Store.open(tmp_path / STORE, read_only=True)
    second = Store.open(tmp_path / STORE, read_only=True)
    first.close()
    assert second.count_articles() == 1
    second.close()
    assert (tmp_path / STORE).read_bytes() == (tmp_path / "copy").read_bytes()
    assert not list(tmp_path.glob("*-wal"))
    assert not list(tmp_path.glob("*-shm"))
