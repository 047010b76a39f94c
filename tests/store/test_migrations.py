"""Stores that older trackers made: they are brought up to date where they lie, and nothing in them is lost."""

from __future__ import annotations

import re
import sqlite3
import threading
from dataclasses import replace

import pytest
from made_figures import ARTICLE, FIGURE
from old_store import OWN, make_version_1
from waiting import ended

from tracker.store.columnar import follow, load
from tracker.store.store import Entry, Store, StoreError


def test_a_store_of_version_1_is_read_and_written_on(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with Store.open(path, create=False) as store:
        assert store.article("a1") == ARTICLE
        [figure] = store.figures()
        assert (figure.figure_id, figure.status, figure.value) == (FIGURE.figure_id, "accepted", FIGURE.value)
        assert store.revision() == 7
        assert [place for place, _ in store.sources_of("a1")] == ["a.md"]
        assert store.reasons("a1") == {}  # not known before the article is read again
        twin = Entry(type(ARTICLE)(id="b1", text=ARTICLE.text, published=ARTICLE.published), [], "b.md")
        store.add_entry(twin)
        assert store.copies() == {}  # b1 has no figures
    with Store.open(path) as store:
        assert store.count_articles() == 2


def test_articles_of_before_are_known_as_copies_too(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with sqlite3.connect(path) as connection:
        same = "title, text, published, 'Other', url, language, 'h'"
        connection.execute(f"INSERT INTO articles SELECT 'a2', {same} FROM articles")
        names = ", ".join(f'"{name}"' for name in OWN if name not in ("figure_id", "article_id"))
        into = f"INSERT INTO figures (figure_id, article_id, {names})"
        connection.execute(f"{into} SELECT 'f2', 'a2', {names} FROM figures")
    with Store.open(path) as store:
        assert store.copies() == {"a1": "a1", "a2": "a1"}


def test_several_programs_that_open_an_old_store_at_once_are_no_harm(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    figures, failures = [], []

    def read() -> None:
        try:
            with Store.open(path, create=False) as store:
                figures.append(store.count_figures())
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    ended(threads)
    assert (figures, failures) == ([1] * 8, [])


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sketches (something_else TEXT)")
    with pytest.raises(StoreError, match="sketches already exists"):
        Store.open(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchall() == [(1,)]
        assert "conflict_reason" not in [row[1] for row in connection.execute("PRAGMA table_info(figures)")]


def shape(path):
    """What there is in a database, whatever the blanks and quotation marks, and the order of the columns."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'quotes_%'").fetchall()
    return {
        name: sorted(re.sub(r'[\s"(),]+', " ", sql or "").replace(" VARCHAR ", " TEXT ").split()) for name, sql in rows
    }


def test_a_store_of_before_becomes_what_a_new_one_is(tmp_path):
    make_version_1(tmp_path / "old.db")
    for name in ("old.db", "new.db"):
        Store.open(tmp_path / name).close()
    old, new = shape(tmp_path / "old.db"), shape(tmp_path / "new.db")
    assert old.keys() == new.keys()
    for name in ("figures", "duplicates", "failures", "reviews", "extracted", "sketches"):
        assert old[name] == new[name]


def test_after_the_rebuilding_references_checks_and_search_work(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with Store.open(path) as store:
        assert store.search("claimed") == ["f1"]
        with pytest.raises(StoreError, match="outcome_is_known"), store.transaction(writes=True) as connection:
            connection.exec_driver_sql("UPDATE figures SET outcome = 'eaten'")
        with store.transaction(writes=True) as connection:
            connection.exec_driver_sql("UPDATE articles SET url = 'http://www.x.example/a#b' WHERE id = 'a1'")
            connection.exec_driver_sql("DELETE FROM articles WHERE id = 'a1'")  # its figures go with it
        assert store.count_figures() == 0
        assert store.search("claimed") == []


def test_an_old_figure_that_cannot_be_leaves_the_store_as_it_was(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE figures SET outcome = 'eaten'")
    with pytest.raises(StoreError, match="outcome_is_known"):
        Store.open(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchall() == [(1,)]
        assert connection.execute("SELECT outcome FROM figures").fetchall() == [("eaten",)]


def test_addresses_of_before_are_known(tmp_path):
    path = tmp_path / "old.db"
    make_version_1(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET url = 'http://www.x.example/a?utm_source=b'")
    with Store.open(path) as store:
        store.add_entry(Entry(type(ARTICLE)(id="b", text="Another text.", url="https://x.example/a"), [], "b.md"))
        assert store.link() == [("b", ("a1", "address"))]


def test_a_store_of_version_4_gets_stamps_wherever_it_is(database):
    with Store.open(database) as store:
        store.add(ARTICLE, [FIGURE])
        with store.transaction(writes=True) as connection:
            connection.exec_driver_sql("DROP TABLE stamps")
            connection.exec_driver_sql("UPDATE meta SET value = 4 WHERE name = 'schema_version'")
    with Store.open(database) as store:
        known = load(store)
        assert [*known.stamps.index] == ["a1"]
        assert (store.revision(), len(known.table)) == (1, 1)
        store.add_entry(Entry(replace(ARTICLE, title="Another"), [FIGURE]))
        assert follow(store, known).table["title"].tolist() == ["Another"]
