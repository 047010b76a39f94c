"""Validation of a table of figures with pandera: each cell against the schema, and the rules between cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from tracker.timelines.columns import dates, last_dates
from tracker.timelines.schema import CUT, EMPTY, SCHEMA, Column, Kind

if TYPE_CHECKING:
    import pandera.pandas as pandera

LONGEST_SHOWN = 40  # characters of a wrong cell that are shown

DTYPES = {Kind.WHOLE: "Int64", Kind.NUMBER: "Float64"}

Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: in which row (0 is the first; None: the whole table) and column ("": several)."""

    row: int | None
    column: str
    what: str

    def __str__(self) -> str:
        words = f"{self.column} {self.what}".strip()
        return words if self.row is None else f"row {self.row + 1}: {words}"


def check(table: pd.DataFrame) -> list[Problem]:
    """The problems of a table of figures (see tracker.timelines.schema), ordered by row (none: empty).

    A missing column, or one of another type than `tracker.timelines.columns.typed` makes, is a problem without a row.
    """
    problems = check_rows(table)
    if any(problem.row is None for problem in problems):
        return problems
    problems += _repeated(table["figure_id"].reset_index(drop=True))
    return sorted(problems, key=lambda one: (one.row or 0, one.column, one.what))


def check_rows(table: pd.DataFrame) -> list[Problem]:
    """The problems of each row by itself: like `check`, but a figure_id may stand in several rows."""
    missing = [Problem(None, name, "is missing") for name in SCHEMA if name not in table.columns]
    if missing:
        return missing
    import pandera.errors  # takes more than a second to import, and only checked tables need it

    try:
        _schema().validate(table.reset_index(drop=True), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return _problems(errors.failure_cases)
    return []


def _repeated(figure_ids: pd.Series[Any]) -> list[Problem]:
    again = figure_ids[figure_ids.duplicated(keep=False) & figure_ids.notna()]
    cells = zip(again.index.tolist(), again, strict=True)
    return [Problem(row, "figure_id", f"stands in several rows: {shown(cell)}") for row, cell in cells]


def shown(cell: object) -> str:
    """A cell as a message quotes it, shortened where it is long."""
    text = str(cell)
    return repr(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…")


@cache
def _schema() -> pandera.DataFrameSchema:
    import pandera.pandas as pandera

    return pandera.DataFrameSchema(
        {name: _column(column) for name, column in SCHEMA.items()},
        checks=[pandera.Check(rule, error=what, ignore_na=False) for what, rule in RULES.items()],
    )


def _column(column: Column) -> pandera.Column:
    import pandera.pandas as pandera

    checks = [pandera.Check(test, error=what, ignore_na=True) for what, test in _tests(column)]
    return pandera.Column(DTYPES.get(column.kind, "str"), checks, nullable=not column.filled)


def _tests(column: Column) -> list[tuple[str, Callable[[pd.Series[Any]], pd.Series[bool]]]]:
    """The tests for each cell of a column, each with the message for a cell that fails it."""
    tests: list[tuple[str, Callable[[pd.Series[Any]], pd.Series[bool]]]] = []
    if column.words:
        tests.append((f"is none of {', '.join(column.words)}", lambda cells: cells.isin(column.words)))
    if column.kind in (Kind.DATE, Kind.MOMENT):
        tests.append((_NO_DATE[column.kind], lambda cells: _are_dates(cells, column.pattern)))
    elif column.pattern:
        tests.append((f"is not of the form {column.pattern}", lambda cells: cells.str.fullmatch(column.pattern)))
    if column.least is not None:
        tests.append((f"is below {column.least}", lambda cells: cells >= column.least))
    if column.most is not None:
        tests.append((f"is above {column.most}", lambda cells: cells <= column.most))
    if column.filled and column.kind is Kind.TEXT:
        tests.append((EMPTY, lambda cells: cells.str.strip() != ""))
    return tests


_NO_DATE = {
    Kind.DATE: "is no date like 2012-03-26, 2012-03 or 2012",
    Kind.MOMENT: "is no date like 2012-03-26 or 2012-03-26T10:30:00Z",
}


def _are_dates(cells: pd.Series[Any], pattern: str) -> pd.Series[bool]:
    in_calendar = dates(cells.to_frame("date")).notna()
    return cells.str.fullmatch(pattern) & in_calendar


def _unless_empty(holds: pd.Series[Any]) -> pd.Series[bool]:
    """The comparison, true where a cell is empty."""
    return holds.fillna(True).astype(bool)


def _begins_before(table: pd.DataFrame) -> pd.Series[bool]:
    begin, end = dates(table, "period_start"), last_dates(table)
    return (begin <= end) | begin.isna() | end.isna()


def _quoted(table: pd.DataFrame) -> pd.Series[bool]:
    """Whether the quote contains the figure. A quote that Excel has cut off may have lost it, so that one passes."""
    pairs = zip(table["figure"].fillna(""), table["quote"].fillna(""), strict=True)
    found = [figure in quote or quote.endswith(CUT) for figure, quote in pairs]
    return pd.Series(found, index=table.index, dtype=bool)


def _as_precise(table: pd.DataFrame) -> pd.Series[bool]:
    stated = table["date_precision"].map({"day": 10, "month": 7, "year": 4})
    return stated.fillna(0) == table["date"].str.len().fillna(0)


RULES: dict[str, Rule] = {
    "low is above best": lambda table: _unless_empty(table["low"] <= table["best"]),
    "best is above high": lambda table: _unless_empty(table["best"] <= table["high"]),
    "low is above high": lambda table: _unless_empty(table["low"] <= table["high"]),
    "end is not after start": lambda table: _unless_empty(table["end"] > table["start"]),
    "period_start is after date": _begins_before,
    "date is not as exact as date_precision says": _as_precise,
    "figure does not stand in quote": _quoted,
}
"""What must hold between the cells of a row, by what is said of a row in which it does not."""


def _problems(failures: pd.DataFrame) -> list[Problem]:
    """The failure cases of pandera as problems, each once, ordered by row.

    A column of the wrong type fails every other check as well. Then only the wrong types are reported.
    """
    wrong_type = failures["check"].str.startswith("dtype(")
    if wrong_type.any():
        types = failures.loc[wrong_type, ["column", "check"]].drop_duplicates().itertuples(index=False)
        return [Problem(None, str(column), f"is not of the type {check[7:-2]}") for column, check in types]
    cases = failures[["schema_context", "column", "check", "failure_case", "index"]]
    problems = {_problem(*case) for case in cases.itertuples(index=False)}
    return sorted(problems, key=lambda one: (one.row or 0, one.column, one.what))


def _problem(context: str, column: object, what: str, cell: object, row: int) -> Problem:
    if context == "DataFrameSchema":  # pandera reports a rule between columns once for each column
        return Problem(int(row), "", what)
    if what == "not_nullable":
        return Problem(int(row), str(column), EMPTY)
    return Problem(int(row), str(column), what if what == EMPTY else f"{what}: {shown(cell)}")
