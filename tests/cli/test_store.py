"""`tracker add`, `timeline` and `export`: from articles through the store to a table."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess

import pytest
from calls import ATTACK, TOTAL, TRACKER, ids, records
from waiting import LONG_WAIT, until

from tracker.cli.ingest import AT_A_TIME
from tracker.model import COLUMNS
from tracker.store.store import Store


def test_what_fails_is_named_and_the_rest_is_done(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n{broken\n')
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    for arguments in (["extract", "."], ["add", "."]):
        code, out, errors = tracker(*arguments)
        assert code == 1
        assert errors.splitlines() == [
            "b.jsonl, line 2: is not JSON (Expecting property name enclosed in double quotes at column 2)",
            "c.txt: is not text",
        ]
        assert out
    assert out == "added 2, unchanged 0, updated 0, failed 2; 2 figures\n"


def test_adding_again_changes_nothing_and_changes_are_seen(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.md").write_text(TOTAL)
    assert tracker("add", "a.md", "b.md") == (0, "added 2, unchanged 0, updated 0, failed 0; 3 figures\n", "")
    before = tracker("timeline", "--format", "csv")[1]
    assert tracker("add", ".") == (0, "added 0, unchanged 2, updated 0, failed 0; 3 figures\n", "")
    assert tracker("timeline", "--format", "csv")[1] == before
    (tmp_path / "a.md").write_text(ATTACK.replace("30", "31"))
    assert tracker("add", ".") == (0, "added 0, unchanged 1, updated 1, failed 0; 3 figures\n", "")
    assert [row["value"] for row in records(tracker("timeline", "--format", "jsonl")[1])] == [12, 31, 9100]


def test_from_articles_to_a_csv_file(tracker, tmp_path):
    (tmp_path / "b.md").write_text(TOTAL)
    tracker("add", "b.md")
    code, out, errors = tracker("export", "-o", "timeline.csv")
    assert (code, out, errors) == (0, "", "1 figures written to timeline.csv\n")
    (row,) = csv.DictReader((tmp_path / "timeline.csv").open(encoding="utf-8", newline=""))
    assert (row["figure"], row["value"], row["qualifier"], row["low"]) == (
        "more than 9,100",
        "9100",
        "more_than",
        row["low"],
    )
    assert (row["victims"], row["source"], row["source_type"]) == ("lives", "the opposition", "opposition")
    assert (row["scope"], row["date"], row["country"], row["conflict"]) == ("cumulative", "2012-03-26", "SYR", "syria")


@pytest.mark.process
def test_an_interrupted_command_says_so_and_keeps_what_was_stored(tmp_path):
    environment = {**os.environ, "TRACKER_DB": str(tmp_path / "store.db")}
    command = subprocess.Popen(
        [*TRACKER, "add", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    )
    for number in range(AT_A_TIME + 150):  # more than a batch, so that one is stored before the interruption
        row = {"id": str(number), "text": "Twelve people were killed.", "published": "2012-03-26"}
        command.stdin.write(json.dumps(row).encode() + b"\n")
    command.stdin.flush()
    path = tmp_path / "store.db"
    until(lambda: path.exists() and count_articles(path) == AT_A_TIME, "the first batch is not stored")
    command.send_signal(signal.SIGINT)
    out, errors = command.communicate(timeout=LONG_WAIT)
    assert command.returncode == 130
    assert errors == b"interrupted\n"
    # what is stored may be interrupted before it is counted
    assert out in (b"added %d, unchanged 0, updated 0, failed 0; %d figures\n" % (n, n) for n in (0, AT_A_TIME))
    assert count_articles(tmp_path / "store.db") == AT_A_TIME


def count_articles(path):
    with Store.open(path) as store:
        return store.count_articles()


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ([], ["f1", "f2", "f3", "f5"]),
        (["--all-causes"], ["f4", "f1", "f2", "f3", "f5"]),
        (["--conflict", "sudan"], ["f3"]),
        (["--conflict", "sudan,syria", "--outcome", "injured"], ["f2"]),
        (["--conflict", "sudan", "--conflict", "syria", "--outcome", "Killed"], ["f1", "f3", "f5"]),
        (["--source", "un"], ["f3"]),
        (["--scope", "incident"], ["f2"]),
        (["--country", "SYR", "--until", "2012-03"], ["f1"]),
        (["--since", "2012-04"], ["f2", "f3"]),
        (["--publisher", "nobody"], []),
    ],
)
def test_filters(tracker, filled, filters, kept):
    code, out, errors = tracker("timeline", "--format", "csv", *filters)
    assert (code, ids(out)) == (0, kept)
    assert errors == ("" if kept else f"note: none of the 5 figures in {filled} meets the filters\n")


def test_a_store_without_figures_says_how_to_fill_it(tracker_here, tmp_path):
    """The dashboard shows sample articles then, and readers may take them for their own."""
    with Store.open(tmp_path / "empty.db"):
        pass
    code, _, errors = tracker_here("export", "-o", "all.csv", "--db", "empty.db")
    assert code == 0
    assert "empty.db has no figures yet: add articles with `tracker add`" in errors
    assert "filters" not in errors


def test_timeline_formats(tracker, filled):
    code, table, _ = tracker("timeline")
    assert code == 0
    assert table.split()[:4] == ["date", "conflict", "figure", "value"]
    assert "more than 9,100" in table
    lines = records(tracker("timeline", "--format", "jsonl")[1])
    assert [row["figure_id"] for row in lines] == ["f1", "f2", "f3", "f5"]
    assert tuple(lines[0]) == (*COLUMNS, "read_as")
    assert "'=cmd|" in tracker("timeline", "--format", "csv")[1]


def test_export_formats(tracker, filled, tmp_path):
    for name, format_name in (("t.csv", "csv"), ("t.jsonl", "jsonl")):
        assert tracker("export", "-o", name, "--conflict", "syria")[0] == 0
        expected = tracker("timeline", "--format", format_name, "--conflict", "syria")[1]
        assert (tmp_path / name).read_bytes() == expected.encode()
    for name in ("t.xlsx", "t.parquet"):
        assert tracker("export", "-o", name) == (0, "", f"4 figures written to {name}\n")
        assert (tmp_path / name).stat().st_size > 1000


def test_the_store_can_be_named_by_option_too(tracker, filled, tmp_path):
    filled.rename(tmp_path / "other.db")
    assert ids(tracker("timeline", "--format", "csv", "--db", "other.db")[1]) == ["f1", "f2", "f3", "f5"]
