from __future__ import annotations

import pandas as pd
import pytest
from made_figures import figure

from tracker.model import COLUMNS, TrackerError
from tracker.timelines.columns import dates, frame, in_order, last_dates, typed


def test_frame_has_exactly_the_columns_of_the_contract_and_their_types():
    table = frame([figure("a"), figure("b", value=None, place="Homs")])
    assert tuple(table.columns) == COLUMNS
    assert str(table["value"].dtype) == "Int64"
    assert str(table["quote"].dtype) == "str"
    assert table["value"].tolist() == [9100, pd.NA]
    assert table["place"].tolist()[1] == "Homs"
    assert table["place"].isna().tolist() == [True, False]
    assert table["qualifier"].unique().tolist() == ["more_than"]


def test_empty_frame_has_the_same_types_as_a_full_one():
    assert frame([]).dtypes.equals(frame([figure("a")]).dtypes)


def test_large_numbers_beside_missing_ones_stay_exact():
    number = 2**62 + 1  # a float would lose the one
    assert frame([figure("a", value=number), figure("b", value=None)])["value"].iloc[0] == number


def test_typed_leaves_out_other_columns_and_names_missing_ones():
    table = frame([figure("a")]).assign(extra=1)
    assert tuple(typed(table).columns) == COLUMNS
    with pytest.raises(TrackerError, match="lacks the columns value, rule"):
        typed(table.drop(columns=["value", "rule"]))


@pytest.mark.parametrize("value", ["many", 9100.5, float("inf"), 2**64])
def test_typed_names_a_column_that_holds_other_things(value):
    with pytest.raises(TrackerError, match="the column value of the table of figures holds other things than whole"):
        typed(frame([figure("a")]).assign(value=pd.Series([value], dtype=object)))


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2012-03-26", "2012-03-26", "2012-03-26"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2011", "2011-01-01", "2011-12-31"),
        ("2012-03-26T10:30:00Z", "2012-03-26", "2012-03-26"),
        ("0099-01-01", "0099-01-01", "0099-01-01"),
        ("2012-02-31", None, None),
        ("soon", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_dates(date, first, last):
    table = frame([figure("a", date=date)])
    for found, expected in ((dates(table), first), (last_dates(table), last)):
        assert found.isna().all() if expected is None else found.iloc[0] == pd.Timestamp(expected)


def test_timeline_order_puts_what_is_missing_last_and_does_not_depend_on_ingestion():
    rows = [
        figure("undated", date=None),
        figure("later", date="2012-04"),
        figure("same-2", start=50),
        figure("same-1", start=40),
        figure("no-conflict", conflict=None),
        figure("earlier", date="2011"),
    ]
    expected = ["earlier", "same-1", "same-2", "no-conflict", "later", "undated"]
    assert in_order(frame(rows))["figure_id"].tolist() == expected
    assert in_order(frame(rows[::-1]))["figure_id"].tolist() == expected
