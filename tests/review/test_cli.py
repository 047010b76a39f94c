"""The command `tracker review`, as people call it."""

from __future__ import annotations

from calls import records

from tracker.review.review import Reviews
from tracker.store.store import Store


def ids_listed(tracker, *options):
    code, out, _ = tracker("review", "list", "--format", "jsonl", *options)
    assert code == 0
    return [row["figure_id"] for row in records(out)]


def test_a_figure_is_listed_shown_corrected_and_taken_back(tracker, filled):
    assert ids_listed(tracker, "--conflict", "sudan") == ["f3"]
    code, out, _ = tracker("review", "list")
    assert code == 0
    assert "f1" in out
    code, _, told = tracker(
        "review", "correct", "f1", "value=9,000", "source_name=A Body", "--note", "misprint", "--reviewer", "anna"
    )
    assert (code, told[:60]) == (0, "f1: correct (value 9100 → 9000, source_name opposition → A B")
    code, out, _ = tracker("review", "show", "f1")
    assert code == 0
    for words in ("more than 9,100", "9000  (the rules found: 9100)".replace("  ", " "), "by anna", "misprint"):
        assert words in out, words
    assert ids_listed(tracker, "--status", "corrected") == ["f1"]
    assert tracker("review", "undo", "f1")[0] == 0
    assert "f1" in ids_listed(tracker)


def test_who_decides_is_the_login_name_where_none_is_given(tracker, filled):
    assert tracker("review", "accept", "f1", LOGNAME="dora")[0] == 0
    with Store.open(filled) as store:
        assert [one.reviewer for one in Reviews(store).history("f1")] == ["dora"]


def test_a_rejected_figure_is_no_longer_in_the_timeline(tracker, filled):
    assert tracker("review", "reject", "f1")[0] == 0
    _, out, _ = tracker("timeline", "--format", "csv")
    assert "f1" not in [line.split(",")[0] for line in out.splitlines()]
    assert ids_listed(tracker, "--status", "rejected") == ["f1"]


def test_decisions_go_to_another_store_by_a_file(tracker, filled, tmp_path):
    tracker("review", "reject", "f1")
    assert tracker("review", "export", "r.jsonl")[0] == 0
    assert tracker("review", "export", "-")[1] == (tmp_path / "r.jsonl").read_text(encoding="utf-8")
    code, _, told = tracker("review", "import", "r.jsonl")
    assert (code, told) == (0, "0 decisions are new, 1 were here already\n")
    Store.open(tmp_path / "other.db").close()
    code, _, told = tracker("review", "import", "r.jsonl", "--db", "other.db")
    assert code == 0
    assert "the decisions wait for them" in told
    assert "f1" in tracker("review", "list", "--orphaned", "--db", "other.db")[1]


def test_what_is_wrong_is_told_in_one_line(tracker, filled):
    calls = [
        (("accept", "nosuch"), "there is no figure nosuch"),
        (("show", "nosuch"), "there is no figure nosuch"),
        (("correct", "f1", "value"), "'value' is not of the form FIELD=VALUE"),
        (("correct", "f1", "value=x"), "value: 'x' is no whole number"),
        (("undo", "f1"), "no decision on figure f1"),
        (("import", "nosuch.jsonl"), "nosuch.jsonl"),
        (("accept", "f1", "--db", "none.db"), "there is no store yet"),
    ]
    for call, what in calls:
        code, _, told = tracker("review", *call)
        assert (code, told.count("\n")) == (2, 1), call
        assert what in told
    tracker("review", "accept", "f1", "--reviewer", "anna")
    assert "anna has meanwhile accepted" in tracker("review", "reject", "f1", "--seen", "0")[2]
