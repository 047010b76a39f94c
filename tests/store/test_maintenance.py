"""The commands that look after a store: check, backup, restore, reextract."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import threading

import pytest
from calls import ATTACK, STORE, TOTAL
from contents import contents
from made_figures import ARTICLE, FIGURE, figure
from waiting import ended, until

from tracker.knowledge.rules import rules_id
from tracker.model import Article, Status
from tracker.review.review import Action, Decision, Reviews
from tracker.store.backup import backup, restore
from tracker.store.check import Checked, problems
from tracker.store.store import Entry, Store, StoreError

WHOLE = dataclasses.replace(FIGURE, figure_id="f0", part_of=None)
PART = figure("f2", start=4, end=14, figure="opposition", part_of="f0")


@pytest.fixture
def store(database):
    with Store.open(database) as opened:
        opened.add_entry(Entry(ARTICLE, [WHOLE, PART], "a.md"))
        yield opened


@pytest.fixture
def tracker(tracker_here):
    return tracker_here


def wrong(store):
    return [one.what for one in problems(store, Checked())]


def behind_its_back(store, *statements):
    with store.transaction(writes=True) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_store_that_is_as_it_should_be(store):
    store.add_figures([figure("f9", article_id="from a table")], "t.csv")
    checked = Checked()
    assert [one.what for one in problems(store, checked)] == []
    assert (checked.articles, checked.figures, checked.without_text) == (2, 3, 1)


def test_the_figures_of_a_headline_without_a_text_are_compared_with_the_headline(store):
    headline = Article(id="h", title="Strike kills 12 in Homs", text="", published="2012-03-26")
    told = figure("h1", article_id="h", field="title", start=13, end=15, figure="12", quote=headline.title)
    store.add_entry(Entry(headline, [told], "feed"))
    checked = Checked()
    assert list(problems(store, checked)) == []
    assert (checked.articles, checked.figures, checked.without_text) == (2, 3, 0)
    behind_its_back(store, "UPDATE figures SET figure = '13' WHERE figure_id = 'h1'")
    assert wrong(store) == ["figure h1 of article h: '13' does not stand at 13 to 15 of the title"]


WRONG = [
    ("UPDATE figures SET figure = 'more than 9,101' WHERE figure_id = 'f0'", "does not stand at 45 to 60 of the text"),
    ("UPDATE figures SET start = start - 1 WHERE figure_id = 'f0'", "does not stand at 44 to 60 of the text"),
    ("UPDATE figures SET field = 'title' WHERE figure_id = 'f0'", "does not stand at 45 to 60 of the title"),
    ("UPDATE figures SET quote = 'other words' WHERE figure_id = 'f0'", "its quotation does not stand around it"),
    ("UPDATE figures SET quote = 'The opposition says' WHERE figure_id = 'f0'", "its quotation does not stand around"),
    ("DELETE FROM figures WHERE figure_id = 'f0'", "figure f2 of article a1: is part of f0, which is not among"),
    ("UPDATE articles SET text = text || '!'", "article a1: its content is not what was stored"),
    ("DELETE FROM ingests", "article a1: it is not known where it was read from"),
    ("DELETE FROM sketches", "article a1: has no sketch"),
    ("DELETE FROM meta WHERE name = 'revision'", "meta: revision is not there"),
]


@pytest.mark.parametrize(("statement", "what"), WRONG, ids=[what for _, what in WRONG])
def test_what_is_wrong_is_named(store, statement, what):
    behind_its_back(store, statement)
    [told] = wrong(store)
    assert what in told


def test_links_that_lead_on_are_named(store):
    for name in "bc":
        store.add(dataclasses.replace(ARTICLE, id=name), [])
    behind_its_back(
        store,
        "INSERT INTO duplicates (article_id, original, kind) VALUES ('c', 'b', 'text'), ('b', 'a1', 'text')",
    )
    assert wrong(store) == ["article b: stands for others, and another one stands for it"]


def test_a_review_that_lost_its_figure_is_named(store):
    Reviews(store).decide(Decision("f0", Action.ACCEPT, "anna"))
    assert wrong(store) == []
    store.add(dataclasses.replace(ARTICLE, text="Nothing is known."), [])
    assert wrong(store) == [
        "review by anna of figure f0 ('more than 9,100', article a1): the figure is not there any more"
    ]


def test_a_row_that_refers_to_none_is_named(tmp_path):
    with Store.open(tmp_path / STORE) as store:
        store.add(ARTICLE, [FIGURE])
    with sqlite3.connect(tmp_path / STORE) as connection:  # which looks after no references, unless it is told to
        connection.execute("DELETE FROM articles")
    with Store.open(tmp_path / STORE) as store:
        assert any("refers to a row of articles that is not there" in line for line in wrong(store))


def test_check_says_what_it_found_by_its_exit_code(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    assert tracker("check") == (0, "checked 1 articles and 2 figures: nothing wrong\n", "")
    with Store.open(tmp_path / STORE) as store:
        behind_its_back(store, "UPDATE figures SET figure = 'x'")
    code, out, _ = tracker("check")
    assert (code, len(out.splitlines())) == (1, 3)
    assert out.startswith(str(tmp_path / STORE) + ": figure ")
    assert out.endswith("2 wrong\n")
    assert tracker("check", "--db", "none.db")[0] == 2


# Backups


def test_a_backup_holds_everything_and_can_be_put_back_anywhere(store, tmp_path, postgresql):
    Reviews(store).decide(Decision("f0", Action.CORRECT, "anna", changes={"value": "9000"}))
    store.link()
    file = tmp_path / "backup.db"
    backup(store, file)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("backup")] == ["backup.db"]
    wanted = contents(store)
    with Store.open(file) as copy:
        found = contents(copy)
        assert {name: found[name] for name in wanted} == wanted
        assert wrong(copy) == []
    if store.is_sqlite:
        with Store.open(postgresql) as target:
            restore(file, target)
            put_back(target, wanted)
    else:
        with Store.open(tmp_path / "again.db") as target:
            restore(file, target)
            put_back(target, wanted)


def put_back(target, wanted):
    found = contents(target)
    assert {name: found[name] for name in wanted if name in found} == {n: wanted[n] for n in wanted if n in found}
    Reviews(target).decide(Decision("f0", Action.UNDO, "ben"))  # numbers go on where they were
    assert target.figures()[-1].value == 9100
    with pytest.raises(StoreError, match="is not empty"):
        copy_into_itself(target)


def copy_into_itself(store):
    from tracker.store.backup import copy_rows

    with Store.open(":memory:") as other:
        copy_rows(other, store)


def test_a_backup_is_of_one_moment_while_others_write(tmp_path):
    """A writer stores pairs of articles, each pair in one transaction: no backup may hold half a pair."""
    ends, counts = threading.Event(), []

    def write():
        with Store.open(tmp_path / STORE) as own:
            for number in range(4000):
                own.add_many([Entry(Article(f"{number}{side}", "x"), []) for side in "ab"])
                if ends.is_set():
                    return

    with Store.open(tmp_path / STORE) as store:
        writer = threading.Thread(target=write)
        writer.start()

        def several_are_made():
            backup(store, tmp_path / "backup.db")
            with Store.open(tmp_path / "backup.db") as copy:
                counts.append(copy.count_articles())
                assert wrong(copy) == []
            return len(counts) >= 5 and counts[-1] != counts[0]

        until(several_are_made, "the writer does not get on")
        ends.set()
        ended([writer])
    assert all(count % 2 == 0 for count in counts)
    assert counts == sorted(counts)


def test_the_commands_backup_and_restore(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    told = tracker("backup", "b.db")
    assert told == (0, "1 articles and 2 figures written to b.db\n", "")
    assert tracker("backup", "b.db") == told  # an older backup is replaced
    assert tracker("restore", "b.db", "--db", "new.db")[0] == 0
    assert tracker("timeline", "--format", "csv")[1] == tracker("timeline", "--format", "csv", "--db", "new.db")[1]
    (tmp_path / "letter.txt").write_text("Dear all")
    for call, what in (
        (("restore", "b.db"), "is not empty: a backup goes into a new store only"),
        (("restore", "none.db", "--db", "other.db"), "there is no store yet"),
        (("backup", STORE), "is the store itself: name another file"),
        (("backup", "letter.txt"), "is no store of the tracker"),
        (("backup", "no/such/folder/b.db"), "cannot be written"),
    ):
        code, out, errors = tracker(*call)
        assert (code, out, len(errors.splitlines())) == (2, "", 1), call
        assert what in errors
    assert (tmp_path / "letter.txt").read_text() == "Dear all"


# Reading again


@pytest.fixture
def by_old_rules(tracker, tmp_path):
    """A store whose figures were found by other rules than those of today: one that is wrong, and one is missing."""
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.md").write_text(TOTAL)
    tracker("add", "a.md", "b.md")
    with Store.open(tmp_path / STORE) as store:
        [first, second] = store.figures("attack")
        behind_its_back(
            store,
            "UPDATE articles SET rules = 'old' WHERE id = 'attack'",
            f"UPDATE figures SET value = 3 WHERE figure_id = '{first.figure_id}'",
            f"DELETE FROM figures WHERE figure_id = '{second.figure_id}'",
        )
        gone = dataclasses.replace(second, figure_id="gone", part_of=None)
        store.add_figures([gone])
        behind_its_back(store, "UPDATE articles SET rules = 'old' WHERE id = 'attack'")
    return first, second


def test_what_other_rules_find_takes_the_place_of_what_was_found(tracker, tmp_path, by_old_rules):
    told = "read 1 of 1 articles again, 1 differ, failed 0; figures added 1, changed 1, vanished 1\n"
    assert tracker("reextract") == (0, told, "")
    with Store.open(tmp_path / STORE) as store:
        assert store.figures("attack") == list(by_old_rules)
        assert store.known(["attack"])["attack"].rules == rules_id()
    assert tracker("reextract")[1].startswith("read 0 of 0 articles again")
    told = "read 2 of 2 articles again, 0 differ, failed 0; figures added 0, changed 0, vanished 0\n"
    assert tracker("reextract", "--all", "--jobs", "2") == (0, told, "")


def test_decisions_stay_with_their_figures_when_they_are_read_again(tracker, tmp_path, by_old_rules):
    first, _ = by_old_rules
    with Store.open(tmp_path / STORE) as store:
        Reviews(store).decide(Decision(first.figure_id, Action.CORRECT, "anna", changes={"value": "29"}))
        Reviews(store).decide(Decision("gone", Action.ACCEPT, "anna"))
    told = "read 1 of 1 articles again, 1 differ, failed 0; figures added 1, changed 0, vanished 0\n"
    assert tracker("reextract")[1] == told
    with Store.open(tmp_path / STORE) as store:
        now = {one.figure_id: one for one in store.figures("attack")}
        assert (now[first.figure_id].value, now[first.figure_id].status) == (29, Status.CORRECTED)
        assert now["gone"].status == Status.ACCEPTED
        Reviews(store).decide(Decision(first.figure_id, Action.UNDO, "anna"))
        assert store.figures("attack")[0].value == first.value  # what the rules of today find


def test_reading_again_goes_on_where_it_was_interrupted(tracker, tmp_path):
    rows = [{"id": f"{number:03}", "text": f"At least {number} people died in Homs."} for number in range(2, 252)]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert tracker("add", "a.jsonl")[0] == 0
    with Store.open(tmp_path / STORE) as store:
        before = contents(store)
        behind_its_back(
            store,
            "UPDATE articles SET rules = NULL WHERE id >= '102'",
            "DELETE FROM figures WHERE article_id >= '102'",
        )
    told = tracker("reextract")[1]
    assert told.startswith("read 150 of 150 articles again, 150 differ, failed 0; figures added 150,")
    with Store.open(tmp_path / STORE) as store:
        after = contents(store)
        assert after["figures"] == before["figures"]
        assert after["articles"] == before["articles"]
