"""A start takes the tables from the copy of the store, and makes only those anew that a change touches."""

import threading

import pytest
from waiting import ended
from wars import WARS, all_of, assert_same, entry

from dashboard.view import kept_tables
from dashboard.view import tables as module
from dashboard.view.data import Data
from tracker.store import columnar
from tracker.store.store import Store


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(columnar, "LEAST", 1)
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([entry(f"{war}{n}", war, 1_000 * n + 1) for war in WARS for n in (1, 2)])
        yield store


@pytest.fixture
def made(monkeypatch):
    """The conflicts whose claims were made."""
    found, claims = [], module.claims
    monkeypatch.setattr(module, "claims", lambda rows, *how: found.append({*rows["conflict"]}) or claims(rows, *how))
    return found


def started(store):
    """A dashboard on the store after a start, once it has kept what it made."""
    data, before = Data(store), threading.enumerate()
    data.warm()
    ended([one for one in threading.enumerate() if one not in before])
    return data


def test_a_start_makes_no_table_that_is_kept(store, made):
    first = all_of(started(store).snapshot().tables)
    made.clear()
    data = started(store)
    assert all(one.equals(other) for one, other in zip(all_of(data.snapshot().tables), first, strict=True))
    assert made == []
    assert_same(data)


def test_a_start_after_a_change_makes_the_conflicts_anew_that_it_touches(store, made):
    started(store)
    store.add_entry(entry("new", "sudan", 5_000))
    made.clear()
    data = started(store)
    all_of(data.snapshot().tables)
    assert made == [{"sudan"}]
    assert_same(data)
    made.clear()
    all_of(started(store).snapshot().tables)  # the start before has kept the change
    assert made == []


def test_tables_that_other_rules_made_are_made_and_kept_anew(store, made, monkeypatch):
    started(store)
    monkeypatch.setattr(kept_tables, "_made_by", lambda: "other rules")
    for expected in ([{war} for war in sorted(WARS)], []):
        made.clear()
        all_of(started(store).snapshot().tables)
        assert made == expected


def test_tables_with_options_of_their_own_are_not_those_that_are_kept(store):
    started(store)
    data = Data(store)
    for options in ("?convention=acled", "?cause=all", "?publisher=Nobody"):
        view, whole = data.view(options), module.Tables(data.snapshot().table, store.copies)
        assert data.snapshot().tables.claims(view).equals(whole.claims(view))
