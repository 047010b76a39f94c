"""Files appear when they are complete, and nothing that matters is overwritten: the writer that all commands use."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from waiting import ended

from tracker.atomic import Target, check, replacing, write_text
from tracker.model import TrackerError


def of(path, *, own=True, force=False):
    return Target(path, "a letter", lambda _: own, force)


def test_the_content_is_on_the_disk_before_the_file_has_its_name(tmp_path, monkeypatch):
    done = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda number: (done.append(name_of(number)), sync(number)))
    monkeypatch.setattr(Path, "replace", lambda self, to: (done.append("renamed"), replace(self, to))[1])
    write_text(of(tmp_path / "a.txt"), "new\n")
    assert (tmp_path / "a.txt").read_text() == "new\n"
    [content, renamed, folder] = done
    assert Path(content).parent == tmp_path
    assert (renamed, folder) == ("renamed", str(tmp_path))


def name_of(number):
    return str(Path(f"/proc/self/fd/{number}").readlink())


def test_an_older_file_stays_where_the_new_one_fails(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(TrackerError, match=r"a\.txt: cannot be written: the disk is full$"):
        fail_in_the_middle(tmp_path / "a.txt")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "old"}


def fail_in_the_middle(path):
    with replacing(of(path)) as unfinished:
        unfinished.write_text("half of it")
        raise OSError(errno.ENOSPC, "No space left on device", str(unfinished))


def interrupted(path, error):
    with replacing(of(path)) as unfinished:
        unfinished.write_text("half of it")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("wrong")])
def test_nothing_is_left_of_a_file_that_was_interrupted(tmp_path, error):
    with pytest.raises(type(error)):
        interrupted(tmp_path / "a.txt", error)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_replaced_only_by_force(tmp_path):
    (tmp_path / "a.txt").write_text("a poem")
    with pytest.raises(TrackerError, match=r"a\.txt: is not a letter: name another file, or replace it with --force"):
        write_text(of(tmp_path / "a.txt", own=False), "new")
    assert (tmp_path / "a.txt").read_text() == "a poem"
    write_text(of(tmp_path / "a.txt", own=False, force=True), "new")
    assert (tmp_path / "a.txt").read_text() == "new"
    (tmp_path / "empty").touch()
    write_text(of(tmp_path / "empty", own=False), "new")  # nothing is lost


def test_a_database_and_what_belongs_to_it_is_never_replaced(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
    (tmp_path / "link").symlink_to("a.db")
    os.link(tmp_path / "a.db", tmp_path / "another name")
    for name in ("a.db", "link", "another name", "a.db-wal", "a.db-shm", "a.db-journal"):
        with pytest.raises(TrackerError, match="is a database, such as a store, or belongs to one: name another file"):
            write_text(of(tmp_path / name, force=True), "new")
    connection.close()
    (tmp_path / "moved").write_bytes(b"\x37\x7f\x06\x82" + bytes(28))  # the log of a database that is elsewhere
    with pytest.raises(TrackerError, match="belongs to one"):
        check(of(tmp_path / "moved", force=True))
    write_text(of(tmp_path / "b.db-wal"), "there is no database b.db")


def test_a_link_stays_and_so_does_the_mode_of_the_file(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    write_text(of(tmp_path / "link"), "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640
    previous = os.umask(0o027)
    try:
        write_text(of(tmp_path / "fresh"), "new")
    finally:
        os.umask(previous)
    assert (tmp_path / "fresh").stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    found = []
    reader = threading.Thread(target=lambda: found.append((tmp_path / "pipe").read_text()))
    reader.start()
    write_text(of(tmp_path / "pipe", own=False), "new")
    ended([reader])
    assert found == ["new"]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("folder", "folder: is a folder: name a file in it"),
        ("no/a.txt", "cannot be written: there is no folder"),
        ("x" * 300, "cannot be written: File name too long"),
        ("a\0b", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path, name, what):
    (tmp_path / "folder").mkdir()
    with pytest.raises(TrackerError, match=what) as caught:
        write_text(of(tmp_path / name), "new")
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_name_of_the_greatest_length(tmp_path):
    write_text(of(tmp_path / ("x" * 255)), "new")
    assert (tmp_path / ("x" * 255)).read_text() == "new"
