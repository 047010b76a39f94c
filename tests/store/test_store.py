from __future__ import annotations

import dataclasses
import sqlite3
import threading

import pytest
from made_figures import ARTICLE, FIGURE, figure
from waiting import ended

from tracker.model import COLUMNS, Article, Assigned, InputError, Status
from tracker.store.failures import Failure
from tracker.store.store import Entry, Store, StoreError


@pytest.fixture
def store(database):
    with Store.open(database) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path):
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def in_database(store, *statements):
    """Run statements behind the back of the store."""
    with store.transaction(writes=True) as connection:
        done = [connection.exec_driver_sql(statement) for statement in statements][-1]
        return [tuple(row) for row in done] if done.returns_rows else []


def review(store, figure_id, status):
    in_database(store, f"update figures set status = '{status.value}' where figure_id = '{figure_id}'")


def test_what_is_stored_comes_back_the_same(store):
    parts = [FIGURE, figure("f0", field="title", start=0, part_of="f1", value=None, date_precision=None)]
    assert store.add(ARTICLE, parts, "a.md") == "added"
    assert store.article("a1") == ARTICLE
    assert list(store.articles()) == [ARTICLE]
    assert store.figures() == [parts[1], FIGURE]  # the title before the text
    assert store.figures("a1") == store.figures()
    assert store.figures("other") == []
    assert (store.count_articles(), store.count_figures()) == (1, 2)
    assert store.article("other") is None


def test_frame_is_the_typed_table_of_the_figures(store):
    assert tuple(store.frame().columns) == COLUMNS
    store.add(ARTICLE, [FIGURE])
    frame = store.frame()
    assert str(frame["value"].dtype) == "Int64"
    assert frame.iloc[0][["value", "publisher", "quote"]].tolist() == [9100, "The Daily", ARTICLE.text]


def test_adding_again_changes_nothing(store):
    store.add(ARTICLE, [FIGURE], "a.md")
    revision = store.revision()
    assert store.add(ARTICLE, [FIGURE], "a.md") == "unchanged"
    assert store.revision() == revision
    assert store.figures() == [FIGURE]
    assert [path for path, _ in store.sources_of("a1")] == ["a.md"]


def test_every_path_that_an_article_came_from_is_kept(store):
    store.add(ARTICLE, [FIGURE], "a.md")
    assert store.add(ARTICLE, [FIGURE], "b.md") == "unchanged"
    paths, times = zip(*store.sources_of("a1"), strict=True)
    assert paths == ("a.md", "b.md")
    assert all(time.startswith("20") for time in times)


@pytest.mark.parametrize("name", ["title", "text", "published", "publisher", "url", "language"])
def test_changed_content_replaces_the_article_and_its_figures(store, name):
    store.add(ARTICLE, [FIGURE])
    revision = store.revision()
    changed = dataclasses.replace(ARTICLE, **{name: "2012-04-01"})
    assert store.add(changed, [figure("f2")]) == "updated"
    assert store.article("a1") == changed
    assert [row.figure_id for row in store.figures()] == ["f2"]
    assert store.revision() > revision


def test_new_rules_on_an_unchanged_article_replace_its_figures(store):
    store.add(ARTICLE, [FIGURE])
    assert store.add(ARTICLE, [figure("f1", value=9200)]) == "updated"
    assert store.figures()[0].value == 9200
    assert store.add(ARTICLE, []) == "updated"
    assert store.figures() == []


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.CORRECTED, Status.REJECTED])
def test_reviewed_figures_survive_whatever_the_rules_find(store, status):
    store.add(ARTICLE, [FIGURE, figure("f2")])
    review(store, "f1", status)
    reviewed = figure("f1", status=status)
    assert store.add(ARTICLE, [figure("f1", value=5), figure("f2")]) == "unchanged"
    assert store.figures() == [reviewed, figure("f2")]
    assert store.add(ARTICLE, [figure("f3")]) == "updated"
    assert store.figures() == [reviewed, figure("f3")]
    assert store.add(dataclasses.replace(ARTICLE, title="New"), []) == "updated"
    assert [row.figure_id for row in store.figures()] == ["f1"]


def test_one_article_that_cannot_be_stored_does_not_keep_out_the_others(store):
    answers = store.add_many(
        [
            Entry(ARTICLE, [FIGURE]),
            Entry(Article("huge", "x"), [figure("f2", article_id="huge", value=2**70)]),
            Entry(Article("twice", "x"), [figure("f3", article_id="twice"), figure("f3", article_id="twice")]),
            Entry(Article("surrogate", "\ud800"), []),
            Entry(Article("last", "x"), []),
        ]
    )
    assert [answer if isinstance(answer, str) else type(answer) for answer in answers] == [
        "added",
        StoreError,
        StoreError,
        StoreError,
        "added",
    ]
    assert "article huge cannot be stored" in str(answers[1])
    assert [article.id for article in store.articles()] == ["last", "a1"]
    with pytest.raises(StoreError, match="article surrogate cannot be stored"):
        store.add(Article("surrogate", "\ud800"), [])


def test_a_batch_that_is_interrupted_leaves_nothing_behind(store):
    def interrupted():
        yield Entry(ARTICLE, [FIGURE])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add_many(interrupted())
    assert (store.count_articles(), store.count_figures(), store.revision()) == (0, 0, 0)


def test_odd_text_comes_back_as_it_was(store):
    odd = Article("odd", "ab\u202e\u2028 ' \" ; drop table articles; 👩‍👩‍👧", title="=1+1")
    store.add(odd, [])
    assert store.article("odd") == odd


def test_a_nul_is_stored_or_its_article_is_named(store):
    odd = Article("odd", "a\x00b")
    answers = store.add_many([Entry(ARTICLE, [FIGURE]), Entry(odd, [])])
    if store.is_sqlite:
        assert store.article("odd") == odd
    else:
        assert str(answers[1]).endswith(
            "article odd cannot be stored: PostgreSQL text fields cannot contain NUL (0x00) bytes"
        )
    assert answers[0] == "added"
    assert store.figures() == [FIGURE]


def test_an_id_longer_than_an_index_holds_keeps_out_its_article_only(store):
    long = "".join(map(str, range(50_000)))
    answers = store.add_many([Entry(ARTICLE, [FIGURE]), Entry(Article(long, "x"), []), Entry(Article("b", "x"), [])])
    assert (answers[0], answers[2]) == ("added", "added")
    assert answers[1] == "added" if store.is_sqlite else isinstance(answers[1], StoreError)


def test_a_figure_refers_to_an_article_that_is_there(store):
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        store.add(ARTICLE, [figure("f1", article_id="no such article")])
    assert store.count_articles() == 0


def test_the_write_ahead_log_is_on(sqlite_store):
    assert in_database(sqlite_store, "pragma journal_mode") == [("wal",)]


WRONG = [
    {"outcome": "eaten"},
    {"status": "perhaps"},
    {"field": "margin"},
    {"date_precision": "hour"},
    {"start": -1},
    {"end": 45},
    {"value": -1},
    {"low": 9, "best": 8},
    {"best": 9, "high": 8},
    {"confidence": 1.5},
    {"part_of": "f1"},
    {"quote": None},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_no_figure_can_be_is_kept_out(store, wrong):
    """Whoever writes it: the database itself refuses it."""
    low_high = {"low": None, "best": None, "high": None} | wrong
    with pytest.raises(StoreError, match="article a1 cannot be stored"):
        store.add(ARTICLE, [figure("f1", **low_high)])
    assert store.count_articles() == 0


def test_the_store_outlives_its_process(database):
    with Store.open(database) as first:
        first.add(ARTICLE, [FIGURE])
    with Store.open(database, create=False) as second:
        assert second.figures() == [FIGURE]


def test_two_writers_wait_for_each_other(database):
    def write(name):
        with Store.open(database) as store:
            for number in range(20):
                article_id = f"{name}{number}"
                store.add(Article(article_id, "x"), [figure(article_id, article_id=article_id)])

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    ended(threads)
    with Store.open(database) as store:
        assert (store.count_articles(), store.count_figures(), store.revision()) == (60, 60, 60)


def test_where_the_store_lies_when_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TRACKER_DB", raising=False)
    with Store.open() as store:
        assert store.name == str(tmp_path / "data" / "casualty-tracker" / "tracker.db")
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "named.db"))
    with Store.open() as store:
        assert store.name == str(tmp_path / "named.db")


def test_a_database_url_names_a_store_too(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/url.db") as store:
        store.add(ARTICLE, [FIGURE])
    assert (tmp_path / "url.db").exists()


def test_a_store_in_memory():
    with Store.open(":memory:") as store:
        assert store.add(ARTICLE, [FIGURE]) == "added"
        assert store.figures() == [FIGURE]


def make_other_database(path):
    with sqlite3.connect(path) as connection:
        connection.execute("create table other (x)")


def make_later_store(path):
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("update meta set value = 99 where name = 'schema_version'")


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: path.write_text("not a database, but long enough to be taken for one" * 20), "is no store"),
        (make_other_database, "is a database, but not a store of the tracker"),
        (make_later_store, "has schema version 99"),
        (lambda path: path.mkdir(), "is a folder: name a file in it"),
        (lambda path: None, "there is no store yet"),
    ],
)
def test_what_is_no_store_is_told_in_one_line(tmp_path, make, what):
    path = tmp_path / "s.db"
    make(path)
    with pytest.raises(StoreError, match=what) as told:
        Store.open(path, create=False)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("db", "what"),
    [
        ("nosuchkind://user:secret@host/name", "cannot be opened"),
        ("postgresql://user:secret@host:port/name", "is not a database URL"),
    ],
)
def test_a_url_that_cannot_be_opened_is_told_without_its_password(db, what):
    with pytest.raises(StoreError, match=what) as told:
        Store.open(db)
    assert "secret" not in str(told.value)


def test_a_figure_without_an_outcome_of_ours_is_not_read_silently(sqlite_store):
    sqlite_store.add(ARTICLE, [FIGURE])
    with sqlite3.connect(sqlite_store.name) as connection:
        connection.execute("pragma ignore_check_constraints = on")
        connection.execute("update figures set outcome = 'unknown'")
    with pytest.raises(StoreError, match="'unknown' is not a valid Outcome"):
        sqlite_store.figures()


def test_why_a_figure_belongs_to_its_conflict_is_kept_with_it(store):
    [found] = [Assigned(FIGURE, "country SYR, place 'idlib'")]
    assert store.add_entry(Entry.of(ARTICLE, [found], "a.md")) == "added"
    assert store.reasons(ARTICLE.id) == {FIGURE.figure_id: "country SYR, place 'idlib'"}
    assert store.add_entry(Entry.of(ARTICLE, [found], "a.md")) == "unchanged"
    assert store.add_entry(Entry.of(ARTICLE, [Assigned(FIGURE, "place 'idlib'")], "a.md")) == "updated"
    assert store.reasons(ARTICLE.id) == {FIGURE.figure_id: "place 'idlib'"}
    assert store.add_figures([FIGURE]) == {"added": 0, "unchanged": 1, "updated": 0}  # a table tells no reasons
    assert store.reasons(ARTICLE.id) == {FIGURE.figure_id: "place 'idlib'"}
    assert store.reasons("other") == {}


def test_copies_are_told_by_text_and_day_whatever_the_order(tmp_path):
    text = "Shelling killed 17 people in the market of the old town, activists said. Ten shops burnt down."
    days = {"a": "2013-05-14", "b": "2013-05-15T10:00:00", "c": "2013-06-30", "d": None}
    entries = [
        Entry(Article(id=name, text=text, published=day), [figure(f"f-{name}", article_id=name)], name)
        for name, day in days.items()
    ]
    for name, order in (("one", entries), ("two", entries[::-1])):
        with Store.open(tmp_path / f"{name}.db") as store:
            store.add_many(order)
            found = store.copies()
            assert {found[one] for one in "ab"} == {"a"}
            assert not {"c", "d"} & set(found)  # printed weeks later; nobody knows when
            changed = dataclasses.replace(entries[1].article, text="Another text altogether.")
            store.add_entry(entries[1]._replace(article=changed))
            assert "b" not in store.copies()


def test_a_failure_is_kept_whatever_is_in_its_words(store):
    error = InputError("a", "is \x00 odd \ud800 " + "x" * 5000, line=3)
    failure = Failure.of(error, "folder/\udcff.md", "id \x00" * 5000, "folder")
    for _ in range(2):
        store.put_many([], [failure])
    [kept] = store.failures()
    assert (kept.path, kept.line, kept.times, kept.id) == ("folder/\ufffd.md", 3, 2, failure.id)
    assert kept.what.startswith("is \ufffd odd \ufffd x")
    assert kept.last_failed is not None
    store.clear_failures([kept.id])
    assert store.failures() == []
