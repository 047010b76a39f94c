"""Files of datasets however they are packed, and rows that are broken: each is named, and the others are read."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from reference_samples import ACLED, GAZA, PLAIN, UCDP, read, rows

from tracker.model import InputError
from tracker.reference.reading import read_reference
from tracker.reference.series import TABLE_COLUMNS

# --- files -------------------------------------------------------------------------------------------------------


def zipped(text: str, *names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(UCDP.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(UCDP.encode("utf-16"), id="utf-16"),
        pytest.param(UCDP.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(UCDP.replace("Clear,Army,", "Clear,Armée,").encode("cp1252"), id="cp1252"),
        pytest.param(UCDP.replace("Clear,Army,", "Clear,Armée,").encode("latin-1"), id="latin-1"),
        pytest.param(UCDP.replace('"Army, navy"', "navy").replace(",", ";").encode(), id="semicolons"),
        pytest.param(UCDP.replace('"Army, navy"', "navy").replace(",", "\t").encode(), id="tabs"),
        pytest.param(UCDP.replace("\n", "\n\n").encode(), id="blank lines"),
        pytest.param(gzip.compress(UCDP.encode()), id="gzip"),
        pytest.param(zipped(UCDP, "GEDEvent_v25_1.csv"), id="zip, as UCDP publishes it"),
    ],
)
def test_however_it_is_packed_it_is_the_same(data, tmp_path):
    assert rows(read(data, tmp_path), *TABLE_COLUMNS) == rows(read(UCDP, tmp_path), *TABLE_COLUMNS)


def test_the_name_of_a_file_says_nothing(tmp_path):
    assert read(UCDP, tmp_path, "acled.json").name == "UCDP GED"
    assert read(GAZA, tmp_path, "ucdp.csv.gz").name == "Tech for Palestine"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", ": is empty"),
        (b" \r\n\n", ": is empty"),
        (b"date,value\n", ": holds no rows"),
        (bytes(range(256)) * 9, ": is not text"),
        (b"a,b\n1,2\n", ": is no reference series that is known (columns looked for: UCDP GED"),
        (b"report_date,killed_cum\n2023-10-07,5\n", ": is no reference series"),  # their West Bank and Lebanon
        (b'{"a": 1}', ": is JSON, but not an array"),
        (b'[{"a": 1},', ", line 1: is not JSON"),
        (b"[" * 100_000, ": is nested too deeply"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:30], ": cannot be unpacked"),
        (b"PK\x03\x04 and nothing else", ": cannot be unpacked"),
        (zipped(UCDP, "a.csv", "b.csv"), ": is an archive with 2 CSV or JSON files in it"),
        (b"date,value\nx,1\ny,2\n", ", line 2: date is no date: 'x'; all 2 rows are bad"),
    ],
)
def test_a_file_that_is_no_dataset_is_one_clear_line(data, what, tmp_path):
    with pytest.raises(InputError) as caught:
        read(data, tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'data'}{what}")
    assert "\n" not in str(caught.value)


def test_a_folder_and_a_file_that_is_not_there(tmp_path):
    for path, what in ((tmp_path, "Is a directory"), (tmp_path / "none", "No such file or directory")):
        with pytest.raises(InputError, match=what):
            read_reference(path)


# --- bad rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("2012-13-01,5", "date is no date: '2012-13-01'"),
        ("2012-02-30,5", "date is no date: '2012-02-30'"),
        ("1 March,5", "date is no date: '1 March'"),
        (",5", "date is no date: ''"),
        ("2012-03-01,", "value is empty"),
        ("2012-03-01,-5", "value is negative: '-5'"),
        ("2012-03-01,many", "value is no whole number: 'many'"),
        ("2012-03-01,1.5", "value is no whole number: '1.5'"),
        ("2012-03-01,1e3", "value is no whole number: '1e3'"),
        ('2012-03-01,"9,100"', "value is no whole number: '9,100'"),
        ("2012-03-01,9.000", "value is no whole number: '9.000'"),
        ("2012-03-01,NaN", "value is no whole number: 'NaN'"),
        ("2012-03-01,١٢", "value is no whole number: '١٢'"),
        pytest.param("2012-03-01," + "9" * 10_000_000, "value is too large for a count: 10000000 digits", id="giant"),
        ("2012-03-01,5,6", "has 3 cells, but the header 2"),
        ("2012-03-01", "has 1 cells, but the header 2"),
        ('2012-03-01,"5"x', "is not CSV (',' expected after '\"')"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_the_others_are_read(row, what, tmp_path):
    reference = read(f"date,value\n2012-01-01,1\n{row}\n2012-04-01,2\n", tmp_path, "d.csv")
    assert [str(problem) for problem in reference.problems] == [f"{tmp_path / 'd.csv'}, line 3: {what}"]
    assert rows(reference, "date", "value") == [("2012-01-01", 1), ("2012-04-01", 2)]
    assert reference.skipped == 1


def test_lines_are_counted_through_line_ends_in_cells(tmp_path):
    text = UCDP.replace('"Army, navy"', '"Army,\nnavy"').replace("2016-01-02,0,0,0,1,1,1,0", "2016-01-02,0,0,0,1,x,1,0")
    (problem,) = read(text, tmp_path).problems
    assert (problem.line, problem.what) == (6, "best is no whole number: 'x'")


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_rows_in_silence(tmp_path):
    reference = read('date,value\n2012-01-01,1\n2012-01-02,"2\n2012-01-03,3\n', tmp_path)
    assert [problem.line for problem in reference.problems] == [3]
    assert "never closed" in str(reference.problems[0])


def test_a_country_in_another_encoding_is_a_bad_row_among_good_ones(tmp_path):
    head = "country,date_end,best,high,low,note\n"
    good = "Türkiye,2016-01-01,1,1,1,\nSyria,2016-01-01,1,1,1,Überfälle\n"
    reference = read((head + good).encode() + "Türkei,2016-01-02,1,1,1,é\n".encode("cp1252"), tmp_path)
    assert [problem.line for problem in reference.problems] == [4]
    assert reference.countries == {"TUR", "SYR"}


def test_items_of_json_are_counted_as_such(tmp_path):
    items = '{"report_date": "2023-10-07", "ext_killed_cum": 5, "killed_cum": NaN}, 7, {"report_date": "x"}'
    reference = read(f"[{items}]", tmp_path, "d.json")
    told = [str(problem).removeprefix(str(tmp_path)) for problem in reference.problems]
    assert told == ["/d.json: item 2: is not an object", "/d.json: item 3: report_date is no date: 'x'"]
    assert rows(reference, "date", "value") == [("2023-10-07", 5)]


def test_of_thousands_of_bad_rows_the_first_are_named_and_all_are_counted(tmp_path):
    reference = read("date,value\n2012-01-01,1\n" + "x,1\n" * 5000, tmp_path)
    assert (len(reference.problems), reference.skipped) == (100, 5000)
    assert [problem.line for problem in reference.problems] == list(range(3, 103))


def test_of_two_numbers_for_one_day_the_larger_is_taken_and_the_other_named(tmp_path):
    reference = read("date,value\n2012-01-01,5\n2012-01-01,7\n2012-01-01,7\n", tmp_path)
    assert rows(reference, "value") == [(7,)]
    assert [problem.line for problem in reference.problems] == [2]


def test_bounds_must_lie_around_the_number(tmp_path):
    text = "date,value,low,high\n2012-01-01,5,6,9\n2012-01-02,5,1,4\n2012-01-03,5,5,5\n"
    reference = read(text, tmp_path)
    assert [problem.line for problem in reference.problems] == [2, 3]


def test_an_event_that_stands_there_twice_counts_once_with_its_larger_number(tmp_path):
    reference = read(ACLED + "SYR1;02 January 2017;Battles;Syria;the other side;4\n", tmp_path)
    assert [value for (value,) in rows(reference, "value")] == [3, 7, 7, 7]
    assert reference.notes == ("rows that repeat an event and are not counted again: 1",)
