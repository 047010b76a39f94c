"""The copy of a store in columns: it is never more than a quicker way to read what the store holds."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from made_figures import figure

from tracker.model import Article, Outcome
from tracker.review.review import Action, Decision, Reviews
from tracker.store import columnar
from tracker.store.backup import backup
from tracker.store.columnar import copy_of, follow, keep, load
from tracker.store.store import Entry, Store
from tracker.timelines.columns import in_order

TEXT = "Officials said that 12 people were killed and 30 hurt."


def entry(name, *values, **changes):
    """An article with a figure for each value."""
    article = Article(id=name, title=f"Report {name}", text=TEXT, published="2020-01-01", publisher="The Daily")
    found = [
        figure(f"{name}-{number}", article_id=name, start=number, end=number + 1, value=value, **changes)
        for number, value in enumerate(values)
    ]
    return Entry(article, found)


@pytest.fixture(autouse=True)
def also_small_stores(monkeypatch):
    monkeypatch.setattr(columnar, "LEAST", 1)


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([entry("a", 10, 20), entry("b", 30), entry("c", 40, 50, 60), entry("empty")])
        yield store


def stored(store):
    """What the store itself says."""
    return in_order(store.frame())


def assert_same(columns, store):
    assert columns.table.equals(stored(store))
    assert (columns.table.dtypes == stored(store).dtypes).all()
    assert columns.revision == store.revision()
    assert set(columns.stamps.index) == set(columns.table["article_id"])


def unseen(store):
    """Change a figure in a way that nobody who reads by stamps can see: it tells whether the copy is used."""
    with store.transaction(writes=True) as connection:
        connection.exec_driver_sql("UPDATE figures SET victims = 'unseen' WHERE figure_id = 'b-0'")


def is_from_copy(columns):
    return "unseen" not in set(columns.table["victims"])


def add_one(store):
    store.add_entry(entry("d", 70))


def change_an_article(store):
    store.add_entry(Entry(Article(id="a", title="Other", text=TEXT), entry("a", 11, 20).figures))


def take_all_figures_of_an_article(store):
    store.add_entry(entry("b"))


def accept(store):
    Reviews(store).decide(Decision("a-1", Action.ACCEPT, "me"))


def correct_the_number(store):
    Reviews(store).decide(Decision("c-0", Action.CORRECT, "me", changes={"value": "41"}))


def correct_the_date(store):
    Reviews(store).decide(Decision("c-0", Action.CORRECT, "me", changes={"date": "2019-01-01"}))


def import_a_review(store):
    review = Reviews(store).decide(Decision("c-1", Action.REJECT, "me"))
    Reviews(store).decide(Decision("c-1", Action.UNDO, "me"))
    Reviews(store).take([review])


def add_a_table(store):
    store.add_figures([figure("t-0", article_id="from-table", start=1, value=99), *entry("b", 31).figures])


def name_an_article_anew(store):
    store.add_figures([figure("t-1", article_id="bare", title="Old")])
    store.add_figures([figure("t-1", article_id="bare", title="New")])


def move_a_figure_to_another_article(store):
    store.add_figures([figure("b-0", article_id="moved", start=3, value=30)])


def read_everything_anew(store):
    store.add_many([entry(name, 1, 2, outcome=Outcome.INJURED) for name in ("a", "b", "c", "empty")])


CHANGES = [
    add_one,
    change_an_article,
    take_all_figures_of_an_article,
    accept,
    correct_the_number,
    correct_the_date,
    import_a_review,
    add_a_table,
    name_an_article_anew,
    move_a_figure_to_another_article,
    read_everything_anew,
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_each_change_it_is_what_the_store_is(store, change):
    before = load(store)
    assert_same(before, store)
    assert keep(store, before)
    change(store)
    assert_same(follow(store, before), store)
    assert_same(load(store), store)


def test_all_changes_one_after_the_other(store):
    known = load(store)
    assert keep(store, known)
    for change in CHANGES:
        change(store)
        known = follow(store, known)
        assert_same(known, store)
    assert_same(load(store), store)


def test_only_the_articles_that_changed_are_read_from_the_store(store):
    known = load(store)
    keep(store, known)
    unseen(store)
    add_one(store)
    for now in (load(store), follow(store, known)):
        assert is_from_copy(now)
        assert "d" in set(now.table["article_id"])
    read_everything_anew(store)
    assert_same(load(store), store)


def test_the_order_is_another_object_only_where_rows_come_go_or_move(store):
    known = load(store)
    assert follow(store, known).order is known.order
    accept(store)
    accepted = follow(store, known)
    assert accepted.order is known.order
    correct_the_date(store)
    assert follow(store, accepted).order is not known.order


def cut_short(content):
    return content[:-100]


def cut_in_the_head(content):
    return content[:20]


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def flipped_in_the_list_of_tables(content):
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


def of_another_format(content):
    return content.replace(b"format 2", b"format 0", 1)


def of_other_columns(content):
    return content.replace(b'"figure_id"', b'"figure_no"')


SPOILT = [cut_short, cut_in_the_head, flipped, flipped_in_the_list_of_tables, of_another_format, of_other_columns]


@pytest.mark.parametrize("spoilt", [*SPOILT, bytes])
def test_a_copy_that_is_damaged_is_not_used_and_made_anew(store, spoilt):
    keep(store, load(store))
    sound = copy_of(store).read_bytes()
    copy_of(store).write_bytes(spoilt(sound) if spoilt is not bytes else b"")
    unseen(store)
    now = load(store)
    assert not is_from_copy(now)
    assert_same(now, store)
    assert keep(store, now)
    assert load(store).table.equals(now.table)


def test_a_store_that_something_else_has_written_to_is_read_whole(store):
    known = load(store)
    keep(store, known)
    unseen(store)
    with store.transaction(writes=True) as connection:
        connection.exec_driver_sql("DELETE FROM figures WHERE figure_id = 'c-2'")
    assert_same(load(store), store)
    assert_same(follow(store, known), store)


def test_a_backup_that_takes_the_place_of_the_store_is_not_mistaken_for_it(tmp_path):
    path, older = tmp_path / "store.db", tmp_path / "older.db"
    with Store.open(path) as store:
        store.add_many([entry("a", 10, 20), entry("b", 30), entry("c", 40, 50)])
        backup(store, older, anyway=True)  # its figures are made by hand
        store.add_entry(entry("b", 31))
        known = load(store)
        keep(store, known)
    shutil.copyfile(older, path)
    with Store.open(path) as store:
        assert_same(follow(store, known), store)
        store.add_entry(entry("c", 41, 51))  # the same revision as when the copy was made
        assert_same(load(store), store)


def test_a_store_that_may_only_be_read_uses_the_copy_and_writes_none(store, tmp_path):
    with Store.open(tmp_path / "store.db", read_only=True) as reading:
        assert_same(load(reading), store)
        assert not keep(reading, load(reading))
        assert not copy_of(store).exists()
        keep(store, load(store))
        unseen(store)
        assert is_from_copy(load(reading))


def test_a_copy_that_cannot_be_written_is_done_without(store):
    copy_of(store).mkdir()
    assert not keep(store, load(store))
    assert_same(load(store), store)


def test_a_copy_is_as_private_as_the_store(store):
    for mode in (0o640, 0o600):
        store.file.chmod(mode)
        keep(store, load(store))
        assert copy_of(store).stat().st_mode & 0o777 == mode


def test_small_stores_and_those_without_a_file_have_no_copy(store, monkeypatch):
    monkeypatch.setattr(columnar, "LEAST", 7)
    assert not keep(store, load(store))
    assert not copy_of(store).exists()
    with Store.open(":memory:") as other:
        other.add_entry(entry("a", 1))
        assert copy_of(other) is None
        assert_same(load(other), other)
        assert not keep(other, load(other))


def test_an_empty_store_has_no_figures(tmp_path):
    with Store.open(tmp_path / "empty.db") as store:
        empty = load(store)
        assert_same(empty, store)
        store.add_entry(entry("a", 1))
        assert_same(follow(store, empty), store)


@pytest.mark.process
def test_what_another_process_adds_is_followed(store, tmp_path):
    known = load(store)
    keep(store, known)
    (tmp_path / "article.txt").write_text("The army said on Monday that 17 soldiers were killed in Homs, Syria.")
    command = [sys.executable, "-m", "tracker", "add", str(tmp_path / "article.txt"), "--db", str(store.file)]
    subprocess.run(command, check=True, capture_output=True)
    assert len(stored(store)) > len(known.table)
    assert_same(follow(store, known), store)
    assert_same(load(store), store)
