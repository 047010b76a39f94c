"""`tracker export` to all it can write, and `tracker add` of what it wrote."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pytest
from calls import ATTACK, ids

from tracker.export.hxl import HASHTAGS
from tracker.model import COLUMNS


def test_an_exported_table_fills_another_store(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    tracker("export", "-o", "t.csv")
    code, out, errors = tracker("add", "t.csv", "--db", "other.db")
    assert (code, errors) == (0, "")
    assert out.splitlines() == [
        "added 0, unchanged 0, updated 0, failed 0; 0 figures",
        "figures out of tables: added 2, unchanged 0, updated 0",
    ]
    tracker("export", "-o", "t2.csv", "--db", "other.db")
    assert (tmp_path / "t2.csv").read_bytes() == (tmp_path / "t.csv").read_bytes()
    assert tracker("add", "t.csv", "a.md", "--db", "other.db")[1].splitlines() == [
        "added 0, unchanged 0, updated 1, failed 0; 2 figures",  # the article that had no text has one now
        "figures out of tables: added 0, unchanged 2, updated 0",
    ]
    assert tracker("timeline", "--format", "csv", "--db", "other.db")[1].encode() == (tmp_path / "t.csv").read_bytes()


def test_what_a_person_decided_in_a_spreadsheet_is_taken(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    tracker("export", "-o", "t.csv")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8").replace("extracted", "rejected", 1)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    assert tracker("add", "t.csv")[1].splitlines()[1] == "figures out of tables: added 0, unchanged 1, updated 1"
    with sqlite3.connect(tmp_path / "store.db") as connection:
        statuses = connection.execute("select status from figures order by status").fetchall()
    assert statuses == [("extracted",), ("rejected",)]


def test_bad_rows_are_named_and_the_rest_is_done(tracker, filled, tmp_path):
    tracker("export", "-o", "t.csv", "--outcome", "killed")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8").replace(",9100,more_than", ",many,more_than", 1)
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    code, out, errors = tracker("add", "t.csv", "--jobs", "2", "--db", "other.db")
    assert code == 1
    assert errors.splitlines() == [
        "t.csv, line 2: value is no whole number: 'many'",
        "t.csv, line 4: figure does not stand in quote",
    ]
    assert out.splitlines()[1] == "figures out of tables: added 1, unchanged 0, updated 0"


def test_a_table_without_any_good_row_is_wrong_input(tracker, tmp_path):
    (tmp_path / "t.csv").write_text(f"{','.join(COLUMNS)}\n1,2\n")
    assert tracker("add", "t.csv")[0] == 2
    (tmp_path / "t.csv").write_text("figure_id,title\n1,2\n")
    code, _, errors = tracker("add", "t.csv")
    assert code == 2
    assert errors.startswith("t.csv: is a table of figures without the columns article_id, field, start")


def test_extract_says_that_it_is_a_table_of_figures(tracker, filled):
    tracker("export", "-o", "t.csv")
    for arguments in (["extract", "t.csv"], ["extract", "--explain", "t.csv"]):
        code, out, errors = tracker(*arguments)
        assert (code, out) == (1 if "--explain" in arguments else 2, "")
        assert errors == "t.csv: is a table of figures, not of articles: `tracker add` reads it\n"


def test_hxl(tracker, filled, tmp_path):
    assert tracker("export", "--hxl", "-o", "t.csv") == (0, "", "4 figures written to t.csv\n")
    text = (tmp_path / "t.csv").read_text(encoding="utf-8")
    tags = next(csv.reader(io.StringIO(text.split("\n")[1])))
    assert tags == [*HASHTAGS.values(), "", "#affected+killed+num", "#affected+injured+num"]
    assert ids(text)[1:] == ids(tracker("timeline", "--format", "csv")[1])


def test_a_package_and_a_file_at_once(tracker, filled, tmp_path):
    code, out, errors = tracker("export", "--package", "p", "-o", "t.csv", "--outcome", "injured")
    assert (code, out) == (0, "")
    assert errors.splitlines() == ["1 figures written to t.csv", "1 figures written to p/datapackage.json"]
    assert (tmp_path / "p" / "figures.csv").read_bytes() == (tmp_path / "t.csv").read_bytes()
    assert json.loads((tmp_path / "p" / "datapackage.json").read_text())["resources"][0]["path"] == "figures.csv"


def test_rows_that_do_not_keep_to_the_schema_of_a_package_are_noted(tracker, filled):
    code, _, errors = tracker("export", "--package", "p")
    assert code == 0
    assert errors.splitlines()[0] == "note: figure f5: figure does not stand in quote"


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "export where to? name a file with -o FILE, or a folder with --package DIR"),
        (["--hxl"], "export where to?"),
        (["--hxl", "--package", "p"], "--hxl is for a file: name one with -o FILE"),
        (["--hxl", "-o", "t.parquet"], "t.parquet: .parquet cannot be written with HXL hashtags: use .csv or .xlsx"),
        (["-o", "t.ods"], "t.ods: .ods cannot be written: use .csv or .jsonl or .parquet or .xlsx"),
        (["--package", "."], ".: holds other files"),
        (["--package", "store.db"], "store.db: cannot be written: Not a directory"),
        (["--package", "no/such/p"], "no/such/p: cannot be written: No such file or directory"),
    ],
)
def test_calls_that_cannot_be_met_are_told_in_one_line(tracker, filled, tmp_path, arguments, what):
    code, out, errors = tracker("export", *arguments)
    assert (code, out) == (2, "")
    assert what in errors.splitlines()[-1]
    assert {path.name for path in tmp_path.iterdir()} <= {"store.db", "store.db-wal", "store.db-shm"}
