"""What is made again when the store changes: the conflicts that the change touches, and no others. No browser."""

import pytest
from wars import TEXT, WARS, all_of, assert_same, entry

from dashboard.view import tables as module
from dashboard.view.data import Data
from tracker.model import Article
from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Entry, Store


@pytest.fixture
def data(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([entry(f"{war}{n}", war, 1_000 * n + 1) for war in WARS for n in (1, 2)])
        store.add_entry(entry("yemen-copy", "yemen", 3_001, TEXT))
        yield Data(store)


@pytest.fixture
def made(monkeypatch):
    """The conflicts whose claims were made."""
    found, claims = [], module.claims
    monkeypatch.setattr(module, "claims", lambda rows, *how: found.append({*rows["conflict"]}) or claims(rows, *how))
    return found


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (lambda store: store.add_entry(entry("new", "sudan", 5_000)), {"sudan"}),
        (lambda store: Reviews(store).decide(Decision("f-yemen1", Action.REJECT, "me")), {"yemen"}),
        (lambda store: store.add_entry(Entry(Article(id="none", text="Nothing."), [])), set()),
        (lambda store: store.add_entry(entry("new", "sudan", 3_001, TEXT)), {"sudan", "yemen"}),  # and a copy in Yemen
    ],
)
def test_only_the_conflicts_that_a_change_touches_are_made_again(data, made, change, touched):
    all_of(data.snapshot().tables)
    assert [*map(set, made)] == [{one} for one in sorted(WARS)]
    made.clear()
    change(data.store)
    all_of(data.snapshot().tables)
    assert set().union(*made) == touched
    assert_same(data)


def test_several_changes_that_nobody_looked_at_between_are_one(data, made):
    all_of(data.snapshot().tables)
    made.clear()
    for number, war in enumerate(("sudan", "yemen")):
        data.store.add_entry(entry(f"new{number}", war, 5_000))
        data.snapshot()
    all_of(data.snapshot().tables)
    assert set().union(*made) == {"sudan", "yemen"}
    assert_same(data)
