"""The schema of a table of figures: it is that of the contract, and what does not keep to it is named."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
import pytest
from made_figures import FIGURE, figure

from tracker.model import COLUMNS, Changes, Figure, Scope, changed
from tracker.timelines.checks import check
from tracker.timelines.columns import figures, frame
from tracker.timelines.schema import NEEDED, SCHEMA, WORDS, Kind


def told(table):
    return [str(problem) for problem in check(table)]


def test_every_column_of_the_contract_is_described():
    assert tuple(SCHEMA) == COLUMNS
    for name, column in SCHEMA.items():
        assert column.name == name
        assert column.meaning
        assert set(WORDS.get(name, column.words)) == set(column.words)


def test_what_may_be_missing_in_a_figure_may_be_empty_in_the_table():
    optional = {name for name, kind in Figure.__annotations__.items() if "None" in kind}
    may_be_empty = {name for name, column in SCHEMA.items() if not column.filled}
    assert may_be_empty == optional | {"publisher", "title", "url"}


def test_a_changed_figure_is_like_the_other_but_for_what_changes():
    other = changed(FIGURE, scope=Scope.INCIDENT, conflict=None)
    assert other == dataclasses.replace(FIGURE, scope=Scope.INCIDENT, conflict=None)
    assert (FIGURE.scope, FIGURE.conflict) == (Scope.CUMULATIVE, "syria")


def test_what_can_be_changed_has_the_types_of_the_columns():
    for name, kind in Changes.__annotations__.items():
        assert kind.__forward_arg__ == Figure.__annotations__[name]


def test_the_examples_keep_to_the_schema():
    cells = {
        name: int(column.example)
        if column.kind is Kind.WHOLE and column.example
        else float(column.example)
        if column.kind is Kind.NUMBER
        else column.example or None
        for name, column in SCHEMA.items()
    }
    row = pd.DataFrame([cells]).astype(frame([]).dtypes.to_dict())
    assert told(row) == []
    assert figures(row)[0].quote == SCHEMA["quote"].example


def test_figures_come_back_from_their_table():
    made = [FIGURE, figure("f2", value=None, date=None, date_precision=None, conflict=None)]
    assert figures(frame(made)) == made


def test_a_right_table_has_no_problems():
    assert told(frame([FIGURE, figure("f2", value=0, low=0, best=0, high=0), figure("f3", published=None)])) == []
    assert told(frame([])) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"value": -1}, "value is below 0: '-1'"),
        ({"confidence": 1.5}, "confidence is above 1: '1.5'"),
        (
            {"outcome": "died"},
            "outcome is none of killed, injured, missing, abducted, detained, displaced, casualties: ",
        ),
        ({"field": "body"}, "field is none of title, text: 'body'"),
        ({"date": "2012-13"}, "date is no date like 2012-03-26, 2012-03 or 2012: '2012-13'"),
        ({"date": "2012-02-31"}, "date is no date like"),
        ({"date": "26.03.2012"}, "date is no date like"),
        ({"date": "2012-3"}, "date is no date like"),
        ({"published": "2012-03"}, "published is no date like 2012-03-26 or 2012-03-26T10:30:00Z: '2012-03'"),
        ({"period_start": "2012-04"}, "period_start is after date"),
        ({"date": "2012"}, "date is not as exact as date_precision says"),
        ({"date": None}, "date is not as exact as date_precision says"),
        ({"country": "Syria"}, "country is not of the form [A-Z]{3}: 'Syria'"),
        ({"country": "syr"}, "country is not of the form"),
        ({"figure": ""}, "figure is empty"),
        ({"rule": None}, "rule is empty"),
        ({"figure": "nine"}, "figure does not stand in quote"),
        ({"end": 45}, "end is not after start"),
        ({"low": 3, "best": 2, "high": 5}, "low is above best"),
        ({"low": 1, "best": 6, "high": 5}, "best is above high"),
        ({"low": 6, "high": 5}, "low is above high"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_a_line(changes, what):
    lines = told(frame([figure("f0"), figure("f1", **changes)]))
    assert any(line.startswith(f"row 2: {what}") for line in lines), lines
    assert all(line.startswith("row 2: ") and "\n" not in line for line in lines)


@pytest.mark.parametrize(
    "changes",
    [
        {"published": "2012-03-26T10:30:00Z"},
        {"published": "2012-03-26T10:30+02:00"},
        {"date": "2012-03", "date_precision": "month", "period_start": "2012-03-20"},
        {"date": "2012", "date_precision": "year", "period_start": "2012-05"},
        {"date": None, "date_precision": None},
        {"low": None, "best": 70, "high": 70},
        {"low": 9101, "best": None, "high": 9200},
        {"country": None},
    ],
)
def test_what_is_right_is_not_told(changes):
    assert told(frame([figure("f1", **changes)])) == []


def test_a_figure_id_that_stands_twice():
    assert told(frame([FIGURE, FIGURE])) == [
        "row 1: figure_id stands in several rows: 'f1'",
        "row 2: figure_id stands in several rows: 'f1'",
    ]


def test_a_table_that_is_none_is_told_as_a_whole():
    table = frame([FIGURE])
    assert told(table.drop(columns=["value", "rule"])) == ["value is missing", "rule is missing"]
    assert told(table.assign(value="x")) == ["value is not of the type Int64"]


def test_a_long_cell_is_not_repeated_in_full():
    (line,) = told(frame([figure("f1", country="x" * 10_000)]))
    assert len(line) < 120


def test_the_columns_that_an_imported_table_needs_are_those_that_are_always_filled():
    assert set(NEEDED) < {name for name, column in SCHEMA.items() if column.filled}
    assert {"figure_id", "article_id", "figure", "quote", "outcome"} <= set(NEEDED)


def test_patterns_are_read_alike_by_every_engine():
    import re2

    for column in SCHEMA.values():
        if column.pattern:
            assert re.fullmatch(column.pattern, column.example)
            assert re2.fullmatch(column.pattern, column.example)
