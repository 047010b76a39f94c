"""Cells: texts become days, numbers and country codes; a row with a bad cell is reported and left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

import pandas as pd

from tracker.knowledge import load_countries
from tracker.model import InputError
from tracker.reference.files import Rows

MOST_PROBLEMS = 100
"""How many bad rows are kept by name; the others are counted."""

ISO_DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]{0,15}Z?)?$"
WHOLE = r"[0-9]{1,10}(?:\.0{0,2})?"  # "12", "12.0"; "9.000" may be 9 or 9000
SHOWN = 40  # characters of a bad cell that are shown
LOST = "\ufffd"  # the character for a byte that could not be decoded
UNNAMED = ""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells of a file that a format reads.

    `table` has a text column for each requested column that the file has. Its index is the place of each row.
    `skipped` is the number of rows that were left out, `bad` the places and reasons of the first MOST_PROBLEMS of them.
    """

    path: str
    unit: str
    table: pd.DataFrame
    bad: tuple[tuple[int, str], ...]
    skipped: int

    def without(self, wrong: Sequence[pd.Series[str]]) -> Cells:
        """The rows for which all of `wrong` are ""; for each other row its first reason is kept."""
        first = wrong[0]
        for other in wrong[1:]:
            first = first.mask(first == "", other)
        wrong_rows = first[first != ""].sort_index()
        places = wrong_rows.index[:MOST_PROBLEMS].tolist()
        bad = sorted([*self.bad, *zip(places, wrong_rows.tolist(), strict=False)])[:MOST_PROBLEMS]
        return Cells(self.path, self.unit, self.table[first == ""], tuple(bad), self.skipped + len(wrong_rows))

    @property
    def problems(self) -> tuple[InputError, ...]:
        """The bad rows, one message each. An item of a JSON array has no line number."""
        if self.unit == "line":
            return tuple(InputError(self.path, what, place) for place, what in self.bad)
        return tuple(InputError(self.path, f"{self.unit} {place}: {what}") for place, what in self.bad)

    def checked(self) -> Cells:
        """These cells; InputError where no row is left."""
        if self.table.empty and self.bad:
            more = f"; all {self.skipped} rows are bad" if self.skipped > 1 else ""
            first = self.problems[0]
            raise InputError(first.path, f"{first.what}{more}", first.line)
        if self.table.empty:
            raise InputError(self.path, "holds no rows")
        return self


def collect(rows: Rows, columns: Sequence[str]) -> Cells:
    """The cells of these columns, if the file has them. A row that is longer or shorter than the header is bad."""
    present = [name for name in columns if name in rows.header]
    pick = itemgetter(*(rows.header.index(name) for name in present))
    length, places, kept = len(rows.header), [], []
    bad: list[tuple[int, str]] = []
    skipped = 0
    for place, row in rows.rows:
        if not isinstance(row, str) and len(row) == length:
            places.append(place)
            kept.append(pick(row))
            continue
        skipped += 1
        if len(bad) < MOST_PROBLEMS:
            bad.append((place, row if isinstance(row, str) else f"has {len(row)} cells, but the header {length}"))
    by_column = zip(*kept, strict=True) if kept else [()] * len(present)
    index = pd.Index(places, dtype="int64")
    table = pd.DataFrame(
        {name: pd.Series(texts, index, dtype="str") for name, texts in zip(present, by_column, strict=True)}
    )
    return Cells(rows.path, rows.unit, table, tuple(bad), skipped)


def days(texts: pd.Series[str], formats: Sequence[str] = ()) -> tuple[pd.Series[pd.Timestamp], pd.Series[str]]:
    """The days in a column of ISO dates (a time of day is ignored) or of one of the other formats (for strptime).

    Out: the days, with NaT where there is none, and for each row the reason why it is wrong, or "".
    """
    stripped = texts.str.slice(0, SHOWN).str.strip()
    iso = stripped.str.extract(ISO_DAY, expand=False)
    found = pd.to_datetime(iso, format="%Y-%m-%d", errors="coerce")
    for written in formats:
        found = found.fillna(pd.to_datetime(stripped, format=written, errors="coerce"))
    return found, _wrong(texts, found.notna(), _no_day)


def whole_numbers(texts: pd.Series[str]) -> tuple[pd.Series[int], pd.Series[str]]:
    """The counts in a column as Int64, and for each row the reason why it is wrong, or ""."""
    stripped = texts.str.strip()
    good = stripped.str.fullmatch(WHOLE)
    numbers = pd.to_numeric(stripped.where(good)).astype("Float64").astype("Int64")
    return numbers, _wrong(texts, good, _no_count)


def numbers_or_none(texts: pd.Series[str]) -> tuple[pd.Series[int], pd.Series[str]]:
    """Like `whole_numbers`, but a cell may be empty."""
    numbers, wrong = whole_numbers(texts)
    return numbers, wrong.mask(texts.str.strip() == "", "")


def iso_codes(names: pd.Series[str], own: Mapping[str, str]) -> tuple[pd.Series[str], pd.Series[str]]:
    """The ISO 3166-1 alpha-3 codes of countries ("" for an unknown name), and the reason why a row is wrong, or "".

    A name is looked up as it is ("Syria", "SYR"), then without the words in brackets after it, then by those words:
    "Yemen (North Yemen)", "Kingdom of eSwatini (Swaziland)". `own` are names in lower case that mean another country
    in this dataset than elsewhere.
    """
    countries = load_countries()
    known = countries.by_name | {code.lower(): code for code in countries.names} | dict(own)
    codes = {name: _code(name, known) for name in names.unique()}
    broken = names.str.contains(LOST, regex=False)
    return names.map(codes).astype("str"), _wrong(names, ~broken, _mixed)


def _code(name: str, known: Mapping[str, str]) -> str:
    whole = name.strip().lower()
    before, _, inside = whole.partition("(")
    spellings = (whole, before.strip(), inside.partition(")")[0].strip())
    return next((known[spelling] for spelling in spellings if spelling in known), UNNAMED)


def _wrong(texts: pd.Series[str], good: pd.Series[bool], why: Any) -> pd.Series[str]:
    """For each row the reason why it is wrong, beginning with the name of the column, or ""."""
    wrong = pd.Series("", index=texts.index, dtype="str")
    bad = texts[~good.astype(bool)]
    if len(bad):
        wrong[~good.astype(bool)] = bad.map(partial(why, str(texts.name))).to_numpy()
    return wrong


def _no_day(column: str, text: str) -> str:
    return f"{column} is no date: {_shown(text)}"


def _mixed(column: str, text: str) -> str:
    return f"{column} is in another encoding than the rest of the file: {_shown(text)}"


def _no_count(column: str, text: str) -> str:
    stripped = text.strip()
    if not stripped:
        return f"{column} is empty"
    digits = stripped.lstrip("-")
    if digits.isdecimal() and stripped.startswith("-"):
        return f"{column} is negative: {_shown(text)}"
    if digits.isdecimal() and len(digits) > 10:
        return f"{column} is too large for a count: {len(digits)} digits"
    return f"{column} is no whole number: {_shown(text)}"


def _shown(text: str) -> str:
    clipped = text.strip()
    return repr(clipped if len(clipped) <= SHOWN else clipped[:SHOWN] + "…")
