from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from made_figures import FIGURE, figure
from openpyxl import load_workbook

from tracker import timeline
from tracker.export import excel, write, write_tagged
from tracker.export.hxl import HASHTAGS
from tracker.model import COLUMNS, Outcome, TrackerError
from tracker.timelines.columns import frame


def workbook(tmp_path, table, how=write):
    how(table, tmp_path / "t.xlsx")
    return load_workbook(tmp_path / "t.xlsx")


def rows_of(sheet):
    """The rows below the header as dicts of cells."""
    header, *rows = sheet.iter_rows()
    return [dict(zip((cell.value for cell in header), row, strict=True)) for row in rows]


def test_cells_have_types(tmp_path):
    sheet = workbook(tmp_path, frame([figure("f1", value=None, published="2012-03-26T10:30:00Z")]))["figures"]
    (row,) = rows_of(sheet)
    assert tuple(row) == COLUMNS
    assert row["low"].value == 9101
    assert (row["low"].data_type, row["confidence"].value) == ("n", 0.9)
    assert row["value"].value is None
    assert (row["date"].value, row["date"].is_date) == (dt.datetime(2012, 3, 26), True)
    assert row["published"].value == "2012-03-26T10:30:00Z"
    assert row["figure"].value == "more than 9,100"


@pytest.mark.parametrize(
    ("date", "cell"),
    [
        ("2012-03", "2012-03"),
        ("2012", "2012"),
        ("2012-03-26", dt.datetime(2012, 3, 26)),
        ("1899-12-31", "1899-12-31"),  # before the first day that Excel knows
        ("2012-02-31", "2012-02-31"),
    ],
)
def test_only_whole_days_become_dates(tmp_path, date, cell):
    (row,) = rows_of(workbook(tmp_path, frame([figure("f1", date=date)]))["figures"])
    assert row["date"].value == cell


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1", "#N/A", "#DIV/0!", "="])
def test_texts_are_texts_and_stay_so(tmp_path, text):
    (row,) = rows_of(workbook(tmp_path, frame([figure("f1", quote=text)]))["figures"])
    assert (row["quote"].value, row["quote"].data_type) == (text, "s")
    assert row["quote"].quotePrefix or text == "="


def test_numbers_of_more_digits_than_excel_keeps_are_texts(tmp_path):
    (row,) = rows_of(workbook(tmp_path, frame([figure("f1", value=2**53 + 1)]))["figures"])
    assert row["value"].value == "9007199254740993"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a\x00b\x0bc\ufffe", "a\ufffdb\ufffdc\ufffd"),
        ("a\tb\nc", "a\tb\nc"),
        ("_x0041_", "_x005F_x0041_"),  # Excel would show A
        (" 👩‍👩‍👧 \u202e", " 👩‍👩‍👧 \u202e"),
    ],
)
def test_characters_that_a_cell_cannot_hold(tmp_path, text, cell):
    book = workbook(tmp_path, frame([figure("f1", quote=text)]))
    assert rows_of(book["figures"])[0]["quote"].value == cell
    notes = " ".join(str(row["meaning"].value) for row in rows_of(book["notes"]))
    assert ("1 cells hold characters that Excel cannot" in notes) == ("\ufffd" in cell)


def test_a_text_too_long_for_a_cell_is_cut_and_the_cut_is_shown(tmp_path):
    book = workbook(tmp_path, frame([figure("f1", quote="x" * 40_000), figure("f2", quote="x" * 32_767)]))
    cut, whole = (row["quote"].value for row in rows_of(book["figures"]))
    assert cut == "x" * (32_767 - len("… [cut]")) + "… [cut]"
    assert whole == "x" * 32_767
    assert any("1 cells were cut" in str(row["meaning"].value) for row in rows_of(book["notes"]))


def test_excel_counts_an_emoji_as_two_characters(tmp_path):
    book = workbook(tmp_path, frame([figure("f1", quote="😀" * 20_000), figure("f2", quote="😀" * 16_383)]))
    cut, whole = (row["quote"].value for row in rows_of(book["figures"]))
    assert len(cut.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert cut.endswith("😀… [cut]")
    assert whole == "😀" * 16_383


def test_the_header_is_frozen_and_can_be_filtered(tmp_path):
    sheet = workbook(tmp_path, frame([FIGURE, figure("f2")]))["figures"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AI3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["L"].width > sheet.column_dimensions["M"].width  # quote, value


def test_the_sheet_of_sources(tmp_path):
    table = frame(
        [
            figure("f1", date="2012-04"),
            figure("f2", publisher="Other"),
            figure("f3", source_name=None, source_type="unattributed", date=None),
        ]
    )
    rows = rows_of(workbook(tmp_path, table)["sources"])
    assert [[cell.value for cell in row.values()] for row in rows] == [
        ["(not attributed)", "unattributed", 1, None, None, "The Daily"],
        ["opposition", "opposition", 2, dt.datetime(2012, 3, 26), "2012-04", "Other, The Daily"],
    ]


def test_the_sheet_of_notes_says_what_the_columns_mean(tmp_path):
    rows = rows_of(workbook(tmp_path, frame([FIGURE]))["notes"])
    told = {row["column"].value: row["meaning"].value for row in rows}
    assert set(COLUMNS) <= set(told)
    assert "reported, not verified" in rows[0]["meaning"].value


@pytest.mark.parametrize("name", ["ucdp", "acled", "verbatim"])
def test_the_notes_name_the_convention_of_the_bounds(tmp_path, name):
    timeline([FIGURE], name).to_csv(tmp_path / "t.xlsx")
    notes = " ".join(str(row["meaning"].value) for row in rows_of(load_workbook(tmp_path / "t.xlsx")["notes"]))
    assert f'The convention is "{name}"' in notes


def test_hashtags_are_the_second_row(tmp_path):
    table = frame([FIGURE, figure("f2", outcome=Outcome.INJURED, best=12)])
    sheet = workbook(tmp_path, table, write_tagged)["figures"]
    assert sheet.freeze_panes == "A3"
    assert [cell.value for cell in sheet[2]][:35] == list(HASHTAGS.values())
    killed, injured = ([cell.value for cell in column] for column in sheet.iter_cols(min_col=36, max_col=37))
    assert killed == ["killed", "#affected+killed+num", 9100, None]
    assert injured == ["injured", "#affected+injured+num", None, 12]


def test_a_table_of_another_kind_has_one_sheet(tmp_path):
    table = pd.DataFrame({"as_of": pd.to_datetime(["2012-03-26", None]), "total": pd.Series([1, None], dtype="Int64")})
    book = workbook(tmp_path, table)
    assert book.sheetnames == ["table"]
    assert [cell.value for cell in book["table"][2]] == [dt.datetime(2012, 3, 26), 1]


def test_more_rows_than_a_sheet_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "MOST_ROWS", 3)
    write(frame([FIGURE, figure("f2")]), tmp_path / "fits.xlsx")
    for how, rows in ((write, 3), (write_tagged, 2)):
        with pytest.raises(TrackerError, match=rf"{rows} rows do not fit into an Excel sheet"):
            how(frame([figure(f"f{number}") for number in range(rows)]), tmp_path / "t.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["fits.xlsx"]
