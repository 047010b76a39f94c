"""Backups: a good one is never replaced by a damaged or older copy, and reading one leaves it as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from calls import ATTACK, STORE, TOTAL
from old_store import make_version_1

from tracker.model import Article, TrackerError
from tracker.review.review import Action, Decision, Reviews
from tracker.store.backup import backup, restore
from tracker.store.store import Store, StoreError

pytestmark = pytest.mark.process  # other programs write, are killed, or read in a sandbox


@pytest.fixture
def tracker(tracker_here, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.md").write_text(TOTAL)
    assert tracker_here("add", "a.md", "b.md")[0] == 0
    return tracker_here


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def flip_an_index(path):
    """Change one word within the index of the articles, by its words, which stand in the tables elsewhere."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_figures_article_id'"
        (page,) = connection.execute(query).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    begin = data.index(b"attack", (page - 1) * size, page * size)
    data[begin] ^= 1
    path.write_bytes(data)


DAMAGED = {
    "a bit of an index": flip_an_index,
    "a letter of a text": lambda path: change(path, "UPDATE articles SET text = replace(text, 'Homs', 'Hims')"),
    "a figure": lambda path: change(path, "UPDATE figures SET figure = 'x' WHERE value = 30"),
    "a row of the index of quotes": lambda path: change(path, "DELETE FROM quotes_docsize", "DELETE FROM quotes_data"),
    "an article without its row": lambda path: change(path, "DELETE FROM articles WHERE id = 'attack'"),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=list(DAMAGED))
def test_a_good_backup_is_not_replaced_by_a_damaged_copy(tracker, tmp_path, damage):
    assert tracker("backup", "b.db")[0] == 0
    good = (tmp_path / "b.db").read_bytes()
    damage(tmp_path / STORE)
    assert tracker("check")[0] == 1
    for more in ((), ("--force",), ("--anyway",)):
        code, out, errors = tracker("backup", "b.db", *more)
        assert (code, out, len(errors.splitlines())) == (2, "", 1), errors
        assert errors.startswith("tracker: b.db: ")
    assert (tmp_path / "b.db").read_bytes() == good
    code, _, errors = tracker("backup", "new.db")
    assert code == 2
    assert "no backup is written, because the store is damaged (" in errors
    assert "--anyway writes it under a new name" in errors
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "b.md", "b.db", STORE}
    assert tracker("backup", "new.db", "--anyway")[0] == 0
    assert (tmp_path / "b.db").read_bytes() == good


def test_a_review_that_lost_its_figure_keeps_no_one_from_a_backup(tracker, tmp_path):
    """That is for people to solve, and nothing is damaged."""
    with Store.open(tmp_path / STORE) as store:
        Reviews(store).decide(Decision(store.figures("attack")[0].figure_id, Action.ACCEPT, "anna"))
        store.add(Article("attack", "Nothing is known."), [])
    assert tracker("check")[0] == 1
    assert tracker("backup", "b.db")[0] == 0


def test_a_store_that_is_in_use_is_not_replaced(tracker, tmp_path):
    (tmp_path / "c.md").write_text(ATTACK.replace("id: attack", "id: other"))
    assert tracker("add", "c.md", "--db", "other.db")[0] == 0
    before = (tmp_path / "other.db").read_bytes()
    code, _, errors = tracker("backup", "other.db")
    assert (code, errors) == (
        2,
        "tracker: other.db: is not a backup: name another file, or replace it with --force\n",
    )
    assert (tmp_path / "other.db").read_bytes() == before
    assert tracker("backup", "other.db", "--force")[0] == 0


def test_a_database_of_another_program_is_never_replaced(tracker, tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE notes (words TEXT)")
        other.commit()
    before = (tmp_path / "other.db").read_bytes()
    for force in ((), ("--force",)):
        told = tracker("backup", "other.db", *force)
        assert told == (2, "", "tracker: other.db: is a database, but not a store of the tracker\n")
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_backup_that_was_looked_at_is_still_a_backup(tracker, tmp_path):
    assert tracker("backup", "b.db")[0] == 0
    before = (tmp_path / "b.db").read_bytes()
    for call in (("timeline",), ("check",), ("review", "list"), ("retry", "--list"), ("export", "-o", "x.csv")):
        assert tracker(*call, "--db", "b.db")[0] == 0, call
    with Store.open(tmp_path / "b.db") as store:
        assert store.count_articles() == 2
    assert (tmp_path / "b.db").read_bytes() == before
    assert tracker("backup", "b.db")[0] == 0


def test_what_was_written_to_is_no_backup_any_more(tracker, tmp_path):
    assert tracker("backup", "b.db")[0] == 0
    (tmp_path / "c.md").write_text(ATTACK.replace("id: attack", "id: other"))
    assert tracker("add", "c.md", "--db", "b.db")[0] == 0
    assert "is not a backup" in tracker("backup", "b.db")[2]


def test_an_older_backup_is_put_back_and_not_changed(tmp_path):
    make_version_1(tmp_path / "old.db")
    before = (tmp_path / "old.db").read_bytes()
    with Store.open(tmp_path / "new.db") as store:
        restore(tmp_path / "old.db", store)
        assert (store.count_articles(), store.count_figures()) == (1, 1)
    assert (tmp_path / "old.db").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"old.db", "new.db"}


def test_a_backup_is_put_back_into_its_own_file_never(tracker, tmp_path):
    assert tracker("backup", "b.db")[0] == 0
    before = (tmp_path / "b.db").read_bytes()
    assert "is not empty" in tracker("restore", "b.db", "--db", "b.db")[2]
    assert (tmp_path / "b.db").read_bytes() == before


def test_nothing_is_made_where_the_backup_cannot_be_read(tracker, tmp_path):
    assert tracker("restore", "none.db", "--db", "new.db")[0] == 2
    assert not (tmp_path / "new.db").exists()


def test_a_damaged_store_of_a_server_is_not_copied_either(postgresql, tmp_path):
    with Store.open(postgresql) as store:
        store.add(Article("a", "At least 30 people were killed."), [], "a.md")
        backup(store, tmp_path / "b.db")
        good = (tmp_path / "b.db").read_bytes()
        with store.transaction(writes=True) as connection:
            connection.exec_driver_sql("UPDATE articles SET text = 'At least 31 people were killed.'")
        with pytest.raises(StoreError, match="no backup is written, because the store is damaged"):
            backup(store, tmp_path / "b.db")
    assert (tmp_path / "b.db").read_bytes() == good


def test_a_backup_does_not_go_into_what_belongs_to_a_store(tracker, tmp_path):
    with Store.open(tmp_path / STORE) as store:
        for end in ("-wal", "-shm", "-journal"):
            with pytest.raises(TrackerError, match="belongs to one"):
                backup(store, tmp_path / f"{STORE}{end}", force=True)
