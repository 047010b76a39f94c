"""What is wrong with a store is said in one clear line, never by a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from calls import ATTACK, STORE, TRACKER, fill
from disks import fill_up, mounted

from tracker.model import Article
from tracker.store.check import Checked, problems
from tracker.store.store import Store, StoreError

pytestmark = pytest.mark.process  # other programs write, are killed, or read in a sandbox

COMMANDS = [("timeline",), ("check",), ("add", "a.md"), ("review", "list"), ("backup", "b.db"), ("retry",)]


@pytest.fixture
def tracker(tracker_here, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    return tracker_here


def one_line(told, *words):
    code, out, errors = told
    assert (code, out, len(errors.splitlines())) == (2, "", 1), errors
    for word in words:
        assert word in errors


def change(path, statement):
    with Store.open(path) as store, store.transaction(writes=True) as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("call", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("version", [0, -1, 99, "'x'", "NULL"])
def test_a_schema_version_that_never_was(tracker, tmp_path, call, version):
    fill(tmp_path / STORE)
    if version == "NULL":
        change(tmp_path / STORE, "DELETE FROM meta WHERE name = 'schema_version'")
    else:
        change(tmp_path / STORE, f"UPDATE meta SET value = {version} WHERE name = 'schema_version'")
    before = (tmp_path / STORE).read_bytes()
    one_line(tracker(*call), f"{STORE}: ", "schema version")
    assert (tmp_path / STORE).read_bytes() == before


@pytest.mark.parametrize("name", ["revision", "texts", "linked"])
def test_a_number_that_is_missing(tmp_path, name):
    with Store.open(tmp_path / STORE) as store:
        store.add(Article("a1", "Nobody was hurt."), [])
    change(tmp_path / STORE, f"DELETE FROM meta WHERE name = '{name}'")
    with Store.open(tmp_path / STORE) as store:
        assert [one.what for one in problems(store, Checked())] == [f"meta: {name} is not there"]
        asked = {"revision": store.revision, "texts": store.copies, "linked": store.link}[name]
        with pytest.raises(StoreError, match=f"is damaged: its number '{name}' is missing"):
            asked()


@pytest.mark.parametrize("call", [*COMMANDS, ("watch", "feeds.toml", "--once"), ("restore", "b.db")], ids=" ".join)
def test_a_folder_given_as_store(tracker, tmp_path, call):
    (tmp_path / "folder").mkdir()
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://paper.example/feed"\n')
    Store.open(tmp_path / "b.db").close()
    for name in ("folder", "folder/", ".", f"sqlite:///{tmp_path / 'folder'}"):
        one_line(tracker(*call, "--db", name), "is a folder: name a file in it")
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("name", ["a\0b", "sqlite:///a\0b", "x" * 300, "/dev/null", "a.md/b.db"])
def test_names_that_are_no_files(tmp_path, name):
    (tmp_path / "a.md").write_text(ATTACK)
    given = name if name.startswith(("sqlite", "/")) else str(tmp_path / name)
    for read_only in (True, False):
        with pytest.raises(StoreError) as caught:
            Store.open(given, read_only=read_only)
        assert "\n" not in str(caught.value)


def test_postgresql_in_an_encoding_that_does_not_hold_every_letter(tracker, postgresql):
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for encoding in ("SQL_ASCII", "LATIN1"):
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS other_{encoding}")
            made = f"CREATE DATABASE other_{encoding} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
            connection.exec_driver_sql(made)
            url = postgresql.replace("/postgres?", f"/other_{encoding.lower()}?")
            for call in COMMANDS:
                one_line(tracker(*call, "--db", url), f"is a database in the encoding {encoding}", "make one in UTF8")
            connection.exec_driver_sql(f"DROP DATABASE other_{encoding} WITH (FORCE)")
    engine.dispose()


# A full disk


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize(
    "call",
    [
        ("timeline",),
        ("timeline", "--format", "csv"),
        ("check",),
        ("extract", "a.md"),
        ("review", "list"),
        ("reextract",),
    ],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_told_once(tracker, tmp_path, call):
    fill(tmp_path / STORE)
    with Path("/dev/full").open("w") as full:
        command = [*TRACKER, *call, "--db", str(tmp_path / STORE)] if call[0] != "extract" else [*TRACKER, *call]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, text=True)
    assert (done.returncode, done.stderr) == (2, "tracker: standard output: the disk is full\n")


@pytest.mark.parametrize("call", [("add", "a.md"), ("restore", "b.db"), ("reextract", "--all")], ids=" ".join)
def test_a_store_on_a_full_disk_is_named_once_by_its_own_name(tracker, tmp_path, call):
    """As users see it: in a process of its own, whose libraries may have something to say at its end."""
    (tmp_path / "many.md").write_text(ATTACK.replace("id: attack", "id: many") + "Nobody knows why. " * 20_000)
    tracker("add", "many.md", "--db", "b.db")
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "size=2m"):
        if call[0] == "reextract":
            shutil.copy(tmp_path / "b.db", disk / STORE)
        fill_up(disk)
        environment = {**os.environ, "TRACKER_DB": str(disk / STORE)}
        command = [sys.executable, "-m", "tracker", *call]
        done = subprocess.run(command, env=environment, capture_output=True, cwd=tmp_path, text=True)
        lines = [line for line in done.stderr.splitlines() if "full" in line or "disk" in line]
        assert done.returncode == 2, done.stderr
        assert len(lines) == 1, done.stderr
        assert lines[0].startswith(f"tracker: {disk / STORE}: ")
        assert "Traceback" not in done.stderr
        assert ".tracker-" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists the open files of a process there")
def test_a_failed_command_leaves_no_open_database(tracker, tmp_path):
    """Whoever opens a store in vain holds nothing of it."""
    fill(tmp_path / STORE)
    change(tmp_path / STORE, "UPDATE meta SET value = 99 WHERE name = 'schema_version'")
    for read_only in (True, False):
        with pytest.raises(StoreError):
            Store.open(tmp_path / STORE, read_only=read_only)
    opened = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    assert not [path for path in opened if path.is_relative_to(tmp_path)]  # another test may still hold its own
