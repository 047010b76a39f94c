"""Review: what people decide is kept, decides what is shown, can be taken back, and survives whatever is read again."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from made_figures import ARTICLE, FIGURE, figure
from old_store import make_version_1
from waiting import LONG_WAIT, ended

import tracker
from tracker.model import Article, InputError, Status, TrackerError
from tracker.review.corrections import CorrectionError
from tracker.review.file import lines, parse_reviews
from tracker.review.review import Action, Decision, ReviewConflictError, Reviews
from tracker.store.search import numbered, numbers
from tracker.store.store import Entry, Store


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store.db") as opened:
        opened.add(ARTICLE, [FIGURE, figure("f2", start=0, end=3, figure="The")])
        yield opened


def decide(store, action, figure_id="f1", reviewer="anna", **more):
    return Reviews(store).decide(Decision(figure_id, Action(action), reviewer, **more))


def shown(store, figure_id="f1"):
    return {one.figure_id: one for one in store.figures()}[figure_id]


def test_a_figure_that_is_accepted_says_so_and_who_did_it(store):
    revision = store.revision()
    made = decide(store, "accept", note="checked with the paper")
    assert shown(store) == dataclasses.replace(FIGURE, status=Status.ACCEPTED)
    assert Reviews(store).history("f1") == [made]
    assert (made.reviewer, made.note, made.changes["status"]) == (
        "anna",
        "checked with the paper",
        ["extracted", "accepted"],
    )
    assert made.at.endswith("+00:00")
    assert store.revision() == revision + 1  # caches follow


def test_what_is_corrected_is_shown_and_what_the_rules_found_is_kept(store):
    made = decide(store, "correct", changes={"value": "1,900", "qualifier": "exact", "date": "2012-03"})
    now = shown(store)
    assert (now.value, now.qualifier, now.date, now.date_precision) == (1900, "exact", "2012-03", "month")
    assert (now.low, now.best, now.high, now.status) == (1900, 1900, 1900, "corrected")
    assert (now.figure, now.quote) == (FIGURE.figure, FIGURE.quote)  # the words are the article's
    assert made.changes["value"] == [9100, 1900]
    before = Reviews(store).extracted("f1")
    assert (before["value"], before["qualifier"], before["low"]) == (9100, "more_than", 9101)


def test_what_is_rejected_leaves_the_timeline_and_is_still_there(store):
    decide(store, "reject")
    assert [one.figure_id for one in store.figures() if one.status == Status.REJECTED] == ["f1"]
    assert "f1" not in set(tracker.timeline(store).figures["figure_id"])


def test_undo_goes_back_one_decision_at_a_time(store):
    decide(store, "correct", changes={"value": "9000"})
    decide(store, "reject", reviewer="ben")
    decide(store, "undo", reviewer="cleo")
    assert (shown(store).value, shown(store).status) == (9000, "corrected")
    decide(store, "undo")
    assert shown(store) == FIGURE
    with pytest.raises(TrackerError, match="no decision on figure f1 that could be undone"):
        decide(store, "undo")
    assert [one.action for one in Reviews(store).history("f1")] == ["correct", "reject", "undo", "undo"]


def test_accepting_what_was_corrected_keeps_the_correction_in_view(store):
    decide(store, "correct", changes={"value": "9000"})
    decide(store, "accept", reviewer="ben")
    assert (shown(store).value, shown(store).status) == (9000, "corrected")


def test_who_saw_an_older_state_is_told_and_nothing_is_lost(store):
    seen = Reviews(store).last_number("f1")
    decide(store, "correct", changes={"value": "9000"}, reviewer="ben", seen=seen)
    with pytest.raises(
        ReviewConflictError, match=r"ben has meanwhile corrected this figure \(20\d\d-\d\d-\d\d \d\d:\d\d UTC\)"
    ):
        decide(store, "reject", seen=seen)
    assert (shown(store).value, shown(store).status) == (9000, "corrected")
    decide(store, "reject", seen=Reviews(store).last_number("f1"))
    assert [one.reviewer for one in Reviews(store).history("f1")] == ["ben", "anna"]


def test_of_two_who_decide_at_once_one_is_told(store):
    told, ready = [], threading.Barrier(2, timeout=LONG_WAIT)

    def work(name):
        with Store.open(store.name) as own:
            ready.wait()
            try:
                told.append(decide(own, "accept", reviewer=name, seen=0).reviewer)
            except ReviewConflictError as conflict:
                told.append(conflict.last.reviewer)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("anna", "ben")]
    for thread in threads:
        thread.start()
    ended(threads)
    [made] = Reviews(store).history("f1")
    assert told == [made.reviewer] * 2


WRONG = [
    ({"value": "many"}, "value: 'many' is no whole number"),
    ({"value": "-5"}, "no whole number"),
    ({"value": ""}, "cannot be empty where the qualifier is more_than"),
    ({"value": "9" * 19}, "no whole number"),
    ({"qualifier": "roughly"}, "qualifier: 'roughly' is none of exact, at_least"),
    ({"qualifier": "range"}, "a range needs its upper end"),
    ({"qualifier": "range", "high": "90"}, "a range needs its upper end, which is not below value"),
    ({"high": "9200"}, "high: follows from value and qualifier"),
    ({"qualifier": "vague"}, "value: must be empty where the qualifier is vague"),
    ({"date": "2012-02-30"}, "no date like"),
    ({"date": "last week"}, "no date like"),
    ({"date": "2012-03", "date_precision": "day"}, "does not fit the date"),
    ({"period_start": "2013"}, "period_start: 2013 is after the date 2012-03-26"),
    ({"country": "Syria"}, "no code of a country like SYR"),
    ({"conflict": "narnia"}, "not in the registry"),
    ({"outcome": ""}, "outcome: cannot be empty"),
    ({"quote": "other words"}, "quote: cannot be corrected"),
    ({"place": "x" * 301}, "longer than 300"),
    ({"place": "a\u202eb"}, "not all of it is text"),
    ({"place": ""}, "is not changed"),
]


@pytest.mark.parametrize(("changes", "what"), WRONG, ids=[str(list(changes.items()))[:40] for changes, _ in WRONG])
def test_a_correction_that_is_wrong_says_where_and_changes_nothing(store, changes, what):
    with pytest.raises(CorrectionError, match=what):
        decide(store, "correct", changes=changes)
    assert shown(store) == FIGURE
    assert Reviews(store).all() == []


@pytest.mark.parametrize(
    ("changes", "bounds"),
    [
        ({"qualifier": "range", "value": "20", "high": "30"}, (20, 20, 30)),
        ({"qualifier": "up_to"}, (None, 9100, 9100)),
        ({"value": "9 200"}, (9200, 9200, None)),
        ({"qualifier": "vague", "value": ""}, (None, None, None)),
    ],
)
def test_bounds_follow_from_value_and_qualifier(store, changes, bounds):
    decide(store, "correct", changes=changes)
    assert (shown(store).low, shown(store).best, shown(store).high) == bounds


def test_fields_can_be_emptied_and_words_written_as_people_do(store):
    decide(store, "correct", changes={"source": "", "source_name": "", "source_type": "Armed group", "country": "lbn"})
    now = shown(store)
    assert (now.source, now.source_name, now.source_type, now.country) == (None, None, "armed_group", "LBN")


@pytest.mark.parametrize("reviewer", ["", "  ", "x" * 101, "a\nb\x00"])
def test_a_decision_needs_somebody_who_decides(store, reviewer):
    with pytest.raises(TrackerError, match="reviewer"):
        decide(store, "accept", reviewer=reviewer)


def test_a_figure_that_is_not_there_cannot_be_decided_on(store):
    with pytest.raises(TrackerError, match="there is no figure nosuch"):
        decide(store, "accept", figure_id="nosuch")


def test_why_it_belongs_to_its_conflict_is_that_somebody_said_so(store):
    decide(store, "correct", changes={"conflict": "sudan"})
    assert store.reasons("a1")["f1"] == "set by anna in review"
    decide(store, "undo")
    assert "f1" not in store.reasons("a1")


# What happens when articles are read again


def test_decisions_survive_new_rules_and_undo_gives_what_those_find(store):
    decide(store, "correct", changes={"value": "9000"})
    assert store.add(ARTICLE, [figure("f1", place="Homs")]) == "updated"  # f2 is found no more
    assert (shown(store).value, shown(store).place) == (9000, None)
    decide(store, "undo")
    assert shown(store) == figure("f1", place="Homs")


def test_a_figure_that_the_rules_lose_stays_when_somebody_decided_on_it(store):
    decide(store, "accept")
    store.add(ARTICLE, [])
    assert [one.figure_id for one in store.figures()] == ["f1"]


def test_other_words_in_the_article_are_not_decided_on(store):
    decide(store, "accept")
    revised = dataclasses.replace(ARTICLE, text=ARTICLE.text.replace("9,100", "1,900"))
    new = figure("f1", figure="more than 1,900", quote=revised.text, value=1900, low=1901)
    store.add(revised, [new])
    assert store.figures() == [new]  # the same place in the text, another number
    [orphan] = Reviews(store).orphans()
    assert (orphan.figure_id, orphan.figure, orphan.reviewer) == ("f1", "more than 9,100", "anna")
    store.add(ARTICLE, [FIGURE])
    assert shown(store).status == Status.ACCEPTED  # the words are back, and the decision on them
    assert Reviews(store).orphans() == []


def test_a_decision_waits_for_a_figure_that_vanished(store):
    decide(store, "correct", changes={"value": "9000"})
    store.add(dataclasses.replace(ARTICLE, text="Nothing is known."), [])
    assert store.figures() == []
    assert [one.figure_id for one in Reviews(store).orphans()] == ["f1"]
    store.add_figures([FIGURE])  # back, by way of a table
    assert (shown(store).value, shown(store).status) == (9000, "corrected")
    decide(store, "undo")
    assert shown(store).value == 9100


def test_a_table_does_not_undo_what_was_decided_here(store):
    decide(store, "correct", changes={"value": "9000"})
    store.add_figures([figure("f1", status=Status.ACCEPTED, value=1), FIGURE])
    assert shown(store).value == 9000


# Review files


def other_store(tmp_path, figures=(FIGURE,)):
    store = Store.open(tmp_path / "other.db")
    store.add_entry(Entry(ARTICLE, list(figures)))
    return store


def through_file(store):
    return parse_reviews("".join(lines(Reviews(store).all())).splitlines(), "r.jsonl")


def test_a_review_file_brings_the_same_decisions_to_another_store(store, tmp_path):
    decide(store, "correct", changes={"value": "9000"}, note="Ünïcode “quotes”\nand lines")
    decide(store, "reject", figure_id="f2")
    decide(store, "undo", figure_id="f2")
    with other_store(tmp_path) as other:
        assert Reviews(other).take(through_file(store)) == (3, 0, 0, 0)
        assert shown(other) == shown(store)
        assert list(lines(Reviews(other).all())) == list(lines(Reviews(store).all()))
        revision = other.revision()
        assert Reviews(other).take(through_file(store)) == (0, 3, 0, 0)
        assert other.revision() == revision
        decide(other, "undo")
        assert shown(other) == FIGURE


def test_of_two_decisions_the_later_one_stands_on_both_stores(store, tmp_path):
    with other_store(tmp_path) as other:
        decide(store, "correct", changes={"value": "1"})
        decide(other, "correct", changes={"value": "2"}, reviewer="ben")
        assert Reviews(store).take(through_file(other)).both == 1
        Reviews(other).take(through_file(store))
        assert shown(store).value == shown(other).value == 2


def test_decisions_wait_for_articles_that_come_later(store, tmp_path):
    decide(store, "reject")
    with Store.open(tmp_path / "empty.db") as other:
        assert Reviews(other).take(through_file(store)) == (1, 0, 1, 0)
        other.add(ARTICLE, [FIGURE])
        assert shown(other).status == Status.REJECTED
        assert Reviews(other).orphans() == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "line 2: it is no JSON"),
        ("[" * 100_000, "line 2"),
        ("[]", "line 2: it is no review"),
        ('{"id": "1"}', "line 2: it is no review"),
    ],
)
def test_a_review_file_that_is_wrong_names_the_line(line, what):
    with pytest.raises(InputError, match=what):
        parse_reviews(["", line], "r.jsonl")


@pytest.mark.parametrize(
    ("old", "new"),
    [('"value": 9000', '"value": -1'), ('"killed"', '"eaten"'), ('"accept', '"sing'), ('"at": "2', '"at": "x')],
)
def test_what_could_not_be_stored_is_not_taken(store, old, new):
    decide(store, "correct", changes={"value": "9000"})
    decide(store, "accept")
    text = "".join(lines(Reviews(store).all()))
    assert old in text
    with pytest.raises(InputError, match=r"r\.jsonl, line"):
        parse_reviews(text.replace(old, new).splitlines(), "r.jsonl")


def test_reviews_outlive_the_tables_of_before(tmp_path):
    """A store of version 2 is brought up to date, with its quotes searchable and its statuses kept."""
    make_version_1(tmp_path / "old.db")
    with Store.open(tmp_path / "old.db") as store:
        assert store.search("claimed lives") == ["f1"]
        assert shown(store).status == Status.ACCEPTED
        decide(store, "reject")
        decide(store, "undo")
        assert shown(store).status == Status.ACCEPTED


# Search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("claimed", ["f1", "f2"]),
        ("CLAIMED liv", ["f1", "f2"]),
        ('"the fighting"', ["f1", "f2"]),
        ('"fighting the"', []),
        ("claimed rubble", []),
        ("9,100", ["f1", "f2"]),
        ("  ", None),
        ("-- *", None),
    ],
)
def test_quotes_are_searched_by_words(store, words, found):
    assert store.search(words) == found


@pytest.mark.parametrize(
    "words", ['"', 'a" OR "b', "NEAR(a b)", "quote:x", "a*b", "^a", "a AND", "\x00", "(" * 99, "'", "x" * 9999]
)
def test_no_search_is_syntax(store, words):
    assert store.search(words) in ([], None)


def test_the_index_follows_what_is_stored(store):
    store.add(ARTICLE, [figure("f1", quote="Another sentence.")])
    assert store.search("claimed") == []
    assert store.search("another") == ["f1"]
    store.add_many([Entry(Article("b", "x"), [figure("f9", article_id="b", quote="Ça brûle")])])
    assert store.search("ca brule") == ["f9"]
    with store.transaction(writes=True) as connection:
        connection.exec_driver_sql("INSERT INTO quotes(quotes) VALUES ('integrity-check')")
        rows = connection.exec_driver_sql("SELECT COUNT(*) FROM quote_rows").scalar_one()
    assert rows == store.count_figures()


def test_elsewhere_words_are_looked_for_by_like():
    from sqlalchemy.dialects import postgresql

    from tracker.store.search import having, terms

    question = str(having(terms('50% "the dead"')).compile(dialect=postgresql.dialect()))
    assert question.count("ILIKE") == 2


def test_what_is_found_is_told_by_numbers_too(store):
    with store.transaction() as connection:
        known = dict(numbered(connection))
        assert sorted(known[one] for one in numbers(connection, "claimed")) == ["f1", "f2"]
        assert numbers(connection, "*") is None
