from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import FIGURE, figure

from tracker.export import csv_text, json_lines, write
from tracker.model import COLUMNS, Figure, TrackerError
from tracker.timelines.columns import frame
from tracker.timelines.guard import as_printed

FORMULAS = Path(__file__).parents[3] / "shared" / "hostile" / "csv" / "formula_payloads.txt"


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_one_header_row_with_the_columns_of_the_contract():
    header, row, *rest = csv_text(frame([FIGURE])).split("\n")
    assert header == ",".join(COLUMNS)
    assert row.startswith("f1,a1,The Daily,2012-03-26,")
    assert rest == [""]


def test_csv_cells():
    (row,) = rows_of(csv_text(frame([figure("f1", value=None, date="2012-03", quote='He said "no", twice\nover')])))
    assert row["value"] == row["best"] == row["place"] == ""
    assert row["low"] == "9101"
    assert row["date"] == "2012-03"
    assert row["quote"] == 'He said "no", twice\nover'
    assert row["confidence"] == "0.9"


def test_csv_of_no_figures_is_the_header():
    assert csv_text(frame([])) == ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-12 people", "'-12 people"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r'=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1+1", "''=1+1"),
        (' "=1+1', " \"'=1+1"),
        ("x;=1+1", "x;'=1+1"),
        ("x\t=1+1", "x\t'=1+1"),
        ("x| ＝1", "x| '＝1"),
        ('x;"=1+1"', 'x;"\'=1+1"'),
        ("x;'=1", "x;''=1"),
        ("x\n-1\r\n+2", "x\n'-1\r\n'+2"),
        ("5, -3; @x", "5, '-3; '@x"),
        ("\t=1", "'\t'=1"),
        ("a = b", "a = b"),
        ("x; a=1 - 2", "x; a=1 - 2"),
        ("'twas", "'twas"),
        ("12-year-old", "12-year-old"),
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(cell, written):
    (row,) = rows_of(csv_text(frame([figure("f1", quote=cell)])))
    assert row["quote"] == written


def test_negative_numbers_stay_numbers():
    table = pd.DataFrame({"change": pd.Series([-5, None], dtype="Int64"), "share": [-0.5, 2.0]})
    assert csv_text(table) == "change,share\n-5,-0.5\n,2.0\n"


def test_dates_that_are_dates_are_written_as_iso():
    assert csv_text(pd.DataFrame({"date": [pd.Timestamp("2012-03-26"), pd.NaT]})) == 'date\n2012-03-26\n""\n'


@pytest.mark.skipif(not FORMULAS.exists(), reason="the formula payloads of ../shared/hostile are not here")
def test_known_formula_payloads():
    payloads = FORMULAS.read_text(encoding="utf-8").splitlines()
    for row in rows_of(csv_text(frame([figure(f"f{number}", quote=text) for number, text in enumerate(payloads)]))):
        assert not row["quote"].startswith(("=", "+", "-", "@", "\t", "\r"))


ALPHABET = "=+-@'\"\t\r\n,;| a＝"
TEXTS = st.text(st.characters(codec="utf-8")) | st.text(ALPHABET, max_size=6)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_csv_is_safe_and_loses_nothing(cells):
    table = frame([figure(f"f{number}", quote=quote, title=title) for number, (quote, title) in enumerate(cells)])
    rows = rows_of(csv_text(table))
    assert len(rows) == len(cells)
    for row, expected in zip(rows, cells, strict=True):
        for cell, text in zip((row["quote"], row["title"]), expected, strict=True):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert as_printed(cell) == text


@given(st.lists(st.text(ALPHABET, max_size=8), min_size=1, max_size=4))
def test_no_separator_makes_a_formula(titles):
    """However a spreadsheet cuts the lines: with or without regard to quotation marks, at any usual separator."""
    written = csv_text(pd.DataFrame({"before": "x", "title": pd.Series(titles, dtype="str"), "after": "y"}))
    for separator in ",;|\t":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = io.StringIO(written, newline="") if quoting == csv.QUOTE_MINIMAL else re.split("[\r\n]", written)
            for row in csv.reader(lines, delimiter=separator, quoting=quoting):
                assert not [cell for cell in row if cell.lstrip(' "')[:1] in tuple("=+-@＝＋－＠")]
    assert [as_printed(row["title"]) for row in rows_of(written)] == titles


def test_json_lines_have_the_columns_in_order_and_null_for_what_is_missing():
    (line,) = json_lines(frame([figure("f1", value=2**53 + 1)]))
    row = json.loads(line)
    assert tuple(row) == COLUMNS
    assert row["value"] == 2**53 + 1
    assert row["place"] is None
    assert Figure(**row) == figure("f1", value=2**53 + 1)
    assert line.endswith(b"\n")


def test_parquet_has_types_and_leaves_dates_as_they_were_known(tmp_path):
    table = frame([figure("f1", value=2**62 + 1, date="2012-03"), figure("f2", value=None)])
    write(table, tmp_path / "t.parquet")
    read = pd.read_parquet(tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(read, table)
    assert read["date"].tolist() == ["2012-03", "2012-03-26"]


OTHER_TABLE = pd.DataFrame(
    {
        "as_of": pd.to_datetime(["2012-03-26", None]),
        "total": pd.Series([9100, None], dtype="Int64"),
        "source": pd.Series(["=UN", None], dtype="str"),
    }
)


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet", "t.xlsx"])
def test_any_table_can_be_written_and_gives_the_same_bytes_again(tmp_path, name):
    for number, table in enumerate((OTHER_TABLE, frame([FIGURE]), frame([]))):
        written = []
        for folder in (tmp_path / f"{number}a", tmp_path / f"{number}b"):
            folder.mkdir(exist_ok=True)
            write(table, folder / name)
            written.append((folder / name).read_bytes())
        assert written[0] == written[1]
        assert written[0] or table.empty


def test_write_picks_the_format_by_the_ending(tmp_path):
    table = frame([FIGURE])
    write(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == csv_text(table).encode()
    write(table, tmp_path / "T.JSONL")
    assert (tmp_path / "T.JSONL").read_bytes() == b"".join(json_lines(table))
    assert {path.name for path in tmp_path.iterdir()} == {"t.csv", "T.JSONL"}


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("t.xml", r"\.xml cannot be written: use \.csv or \.jsonl or \.parquet or \.xlsx"),
        ("t", "the name has no ending that says the format"),
        ("no/such/folder/t.csv", "cannot be written: there is no folder"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path, name, what):
    with pytest.raises(TrackerError, match=what):
        write(frame([FIGURE]), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path):
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(TrackerError, match="is a folder: name a file in it"):
        write(frame([FIGURE]), tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
